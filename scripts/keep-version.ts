/** Keeps the demonstration's two databases as this version made them, for the versions after it: each is restored and brought up to date by a test. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sealAll } from '../test/fixtures/audit-log.ts';
import { openDemonstration } from '../test/fixtures/demonstration.ts';
import { shareServer, stopSharedServer } from '../test/harness/shared-server.ts';

/** Where Debian puts the programs of PostgreSQL 17, before `PATH`: there may be an older one. */
const folders = ['/usr/lib/postgresql/17/bin', ...(process.env.PATH ?? '').split(delimiter)];

/** As statements, which any client sends. What is in no backup is not kept either. */
const flags = ['--inserts', '--rows-per-insert=200', '--no-unlogged-table-data', '--encoding=UTF8'];
/** Lines for `psql` alone. */
const commands = /^\\(?:un)?restrict .*\n/gm;

/** Writes `<version>.main.sql.gz` and `<version>.safeguarding.sql.gz` to the folder. Refuses where `pg_dump` is not found. */
export async function keepVersionDatabases(folder: string, version: string): Promise<void> {
  const program = folders.map((found) => join(found, 'pg_dump')).find((path) => existsSync(path));
  if (!program)
    throw new Error(
      'To keep the databases of a version, install pg_dump of PostgreSQL 17: on Debian, postgresql-client-17.',
    );
  const closing: (() => unknown)[] = [];
  const server = await shareServer();
  try {
    const scope = { after: (close: () => unknown) => closing.push(close) };
    const demonstration = await openDemonstration(scope as never);
    await sealAll(demonstration);
    for (const store of ['main', 'safeguarding'] as const) {
      // As a superuser: row policies bind the owner too.
      const address = Object.assign(new URL(server.address), {
        pathname: new URL(demonstration.addresses[store].owner ?? '').pathname,
      });
      const text = execFileSync(program, [...flags, '--dbname', address.href], {
        encoding: 'utf8',
        maxBuffer: 2 ** 30,
      });
      writeFileSync(join(folder, `${version}.${store}.sql.gz`), gzipSync(text.replace(commands, ''), { level: 9 }));
    }
  } finally {
    for (const close of closing) await close();
    await stopSharedServer();
  }
}
