/** The databases of an embedded PostgreSQL brought up to the application's schema. */
import { databaseDefinition } from '../../src/app.ts';
import type { StoreName } from '../../src/platform/access-policy/access.ts';
import { openDatabase } from '../../src/platform/database/database.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import type { Embedded } from '../../src/platform/embedded-postgres/embedded.ts';

export async function migrateEmbedded(
  { addresses, passwords }: Pick<Embedded, 'addresses' | 'passwords'>,
  stores: readonly StoreName[] = ['main', 'safeguarding'],
): Promise<void> {
  for (const store of stores) {
    const owner = openDatabase(addresses[store].owner ?? '', { maxConnections: 2 });
    await migrate(owner, store, databaseDefinition, passwords).finally(() => owner.destroy());
  }
}
