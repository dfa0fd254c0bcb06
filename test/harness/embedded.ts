/** An embedded PostgreSQL of a test or a measurement: its databases brought up to the application's schema, and its first process. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { databaseDefinition } from '../../src/app.ts';
import type { StoreName } from '../../src/platform/access-policy/access.ts';
import { openDatabase } from '../../src/platform/database/database.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { databaseNames, type Embedded } from '../../src/platform/embedded-postgres/embedded.ts';

export async function migrateEmbedded(
  { addresses, passwords, superuserAddress }: Pick<Embedded, 'addresses' | 'passwords' | 'superuserAddress'>,
  stores: readonly StoreName[] = ['main', 'safeguarding'],
): Promise<void> {
  for (const store of stores) {
    const owner = openDatabase(addresses[store].owner ?? '', { maxConnections: 2 });
    await migrate(owner, store, databaseDefinition, passwords).finally(() => owner.destroy());
  }
  if (stores.includes('main')) await openPublicSite(superuserAddress(databaseNames.main));
}

/** A live site opens when two people confirmed its contacts; one that was in use before there were settings is open. Takes an address that row policies do not bind. */
export async function openPublicSite(address: string): Promise<void> {
  const owner = openDatabase(address, { maxConnections: 1 });
  await sql`insert into public_site_open_before_settings (noted_at) values (now()) on conflict do nothing`
    .execute(owner)
    .finally(() => owner.destroy());
}

export function postmasterOf({ superuserAddress }: Pick<Embedded, 'superuserAddress'>): number {
  const run = new URL(superuserAddress()).searchParams.get('host') ?? '';
  return Number(readFileSync(join(run, '..', 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}
