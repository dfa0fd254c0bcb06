/** The log gone, forbidden, full and read-only under a server that works: what it then answers. */

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, openDatabase } from '../../../src/platform/database/database.ts';
import { databaseNames, type Embedded } from '../../../src/platform/embedded-postgres/embedded.ts';
import type { Row } from '../../harness/assurance.ts';
import { type OpenForm, openForm, read, send, startServer, type Target } from './closed-asking.ts';

/** Every way in which the log can fail, short of the whole database: each read must say so and show nothing, each change leave nothing. With the log mended, the same are answered and made. */
export async function whileTheLogFails(embedded: Embedded, targets: readonly Target[]): Promise<Row[]> {
  const { url, child } = await startServer(embedded);
  const db = openDatabase(embedded.superuserAddress(databaseNames.main), { maxConnections: 2 });
  const found: Row[] = [];
  const toRead = targets.slice(0, 20);
  const toChange = targets.slice(20, 24);
  try {
    for (const [what, breakIt, mend] of ways) {
      const forms = await Promise.all(toChange.map((target) => openForm(url, target)));
      await sql.raw(breakIt).execute(db);
      const before = await state(db);
      const answers = await readAll(url, toRead);
      const changed = await sendAll(forms);
      await sql.raw(mend).execute(db);
      const open = answers.filter(({ status, shows }) => status !== 503 || shows).length;
      const stayed = (await state(db)) === before;
      found.push({
        what: `the log ${what}: reads refused with 503 that show nothing, changes undone`,
        figure: `${answers.length} reads, ${open} open; changes answered ${changed.join(', ')}, ${stayed ? 'nothing changed' : 'SOMETHING CHANGED'}`,
        passed: open === 0 && stayed && changed.every((status) => status === 503),
      });
    }
    const forms = await Promise.all(toChange.map((target) => openForm(url, target)));
    const before = await state(db);
    const shown = (await readAll(url, toRead)).filter(({ status, shows }) => status === 200 && shows);
    const changed = await sendAll(forms);
    const stayed = (await state(db)) === before;
    found.push({
      what: 'the log mended: the same reads are shown, the same changes made',
      figure: `${shown.length} of ${toRead.length} shown; changes answered ${changed.join(', ')}, ${stayed ? 'NOTHING CHANGED' : 'and made'}`,
      passed: shown.length === toRead.length && !stayed && changed.every((status) => status === 303),
    });
  } finally {
    child.kill('SIGKILL');
    await db.destroy();
  }
  return found;
}

const readAll = (url: string, targets: readonly Target[]) =>
  Promise.all(
    targets.map(async (target) => {
      const answer = await read(url, target);
      return { status: answer.status, shows: (await answer.text()).includes('Romanian') };
    }),
  );

const sendAll = (forms: readonly OpenForm[]): Promise<number[]> =>
  Promise.all(forms.map(async (form) => (await send(form)).status));

const refuseRows = `create function bench_full() returns trigger language plpgsql as $$ begin raise exception 'no space left on device' using errcode = '53100'; end $$;
  create trigger bench_full before insert on access_log for each row execute function bench_full()`;
const mendRows = 'drop trigger bench_full on access_log; drop function bench_full()';
const ways = [
  ['is gone', 'alter table access_log rename to access_log_away', 'alter table access_log_away rename to access_log'],
  [
    'may not be written',
    'revoke insert on access_log from safelight_staff',
    'grant insert on access_log to safelight_staff',
  ],
  ['is full', refuseRows, mendRows],
  [
    'is read-only',
    "alter role safelight_staff set default_transaction_read_only = on; select pg_terminate_backend(pid) from pg_stat_activity where usename = 'safelight_staff'",
    "alter role safelight_staff reset default_transaction_read_only; select pg_terminate_backend(pid) from pg_stat_activity where usename = 'safelight_staff'",
  ],
] as const;

async function state(db: Db): Promise<string> {
  const { rows } = await sql<{ language: string }>`select language from encounters order by id`.execute(db);
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}
