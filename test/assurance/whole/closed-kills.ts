/** Kills the server, and the database too, in the middle of reads and changes; then reckons what was answered against what was written down. */

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Db, openDatabase } from '../../../src/platform/database/database.ts';
import { databaseNames, type Embedded } from '../../../src/platform/embedded-postgres/embedded.ts';
import type { Row } from '../../harness/assurance.ts';
import { postmasterOf } from '../../harness/embedded.ts';
import { query } from '../../harness/sql.ts';
import { openForm, read, send, startServer, type Target } from './closed-asking.ts';

export type Records = { readonly toRead: readonly Target[]; readonly toChange: readonly Target[] };

/** Complete answers that reached the senders. No record is requested twice, so that an extra row cannot hide a missing one. */
export type Answered = {
  asked: number;
  readonly shown: Set<string>;
  changes: number;
  readonly statuses: Map<number, number>;
};

const readersAtOnce = 8;

/** Readers and writers at work, until the server is killed at a moment that nobody chose. */
export async function untilKilled(
  embedded: Embedded,
  { toRead, toChange }: Records,
  answered: Answered,
  after: number,
  withDatabase: boolean,
): Promise<void> {
  const { url, child } = await startServer(embedded);
  let heard = 0;
  let over = false;
  const reader = async (): Promise<void> => {
    while (!over && answered.asked < toRead.length) {
      const target = toRead[answered.asked] as Target;
      answered.asked += 1;
      try {
        const answer = await read(url, target);
        const body = await answer.text();
        heard += 1;
        answered.statuses.set(answer.status, (answered.statuses.get(answer.status) ?? 0) + 1);
        if (body.includes('Romanian')) answered.shown.add(target.id);
      } catch {
        // The answer never came whole: nobody saw it.
      }
    }
  };
  const writer = async (from: number): Promise<void> => {
    for (let next = answered.changes + from; !over; next += 2) {
      try {
        const { status } = await send(await openForm(url, toChange[next % toChange.length] as Target));
        if (status === 303) answered.changes += 1;
      } catch {
        // It may have been made: its row then says so.
      }
    }
  };
  const work = [...Array.from({ length: readersAtOnce }, reader), ...[0, 1].map(writer)];
  const patience = performance.now() + 20_000;
  while (heard < after && performance.now() < patience) await sleep(1);
  if (withDatabase) process.kill(postmasterOf(embedded), 'SIGKILL');
  child.kill('SIGKILL');
  await once(child, 'exit');
  over = true;
  await Promise.all(work);
}

export type Count = { readonly versions: number; readonly logged: number };
type Reckoned = Count & { readonly unwritten: number; readonly rows: number };

async function countIn(db: Db): Promise<Count> {
  const rows = await query<Count>(db)`
    select (select count(*) from encounters_versions) as versions,
           (select count(*) from access_log where event = 'encounter.corrected') as logged`;
  return rows[0] as Count;
}

export async function countOf(embedded: Embedded): Promise<Count> {
  const db = openDatabase(embedded.superuserAddress(databaseNames.main), { maxConnections: 1 });
  return countIn(db).finally(() => db.destroy());
}

async function reckonIn(db: Db, { shown }: Answered): Promise<Reckoned> {
  const rows = await query<{ subject: string }>(db)`
    select subject from access_log
    where event = 'encounter.shown' and request_id is not null and returned = '{}' and fields && array['language']`;
  const written = new Set(rows.map(({ subject }) => subject));
  const unwritten = [...shown].filter((id) => !written.has(id)).length;
  return { ...(await countIn(db)), unwritten, rows: rows.length };
}

/** So that a reckoning that misses nothing is known to reckon: a row of each kind taken away, which is undone. */
async function withRowsTaken(db: Db, answered: Answered): Promise<Reckoned> {
  const tx = await db.startTransaction().execute();
  try {
    const [shown] = answered.shown;
    await query(tx)`alter table access_log disable trigger user`;
    await query(tx)`delete from access_log where event = 'encounter.shown' and subject = ${shown}`;
    await query(tx)`
      delete from access_log
      where id = (select max(id) from access_log where event = 'encounter.corrected')`;
    return await reckonIn(tx, answered);
  } finally {
    await tx.rollback().execute();
  }
}

/** Every record that was shown has its row; every change has exactly one. */
export async function reckon(embedded: Embedded, answered: Answered, kills: number, before: Count): Promise<Row[]> {
  const db = openDatabase(embedded.superuserAddress(databaseNames.main), { maxConnections: 1 });
  try {
    const { unwritten, rows, versions, logged } = await reckonIn(db, answered);
    const taken = await withRowsTaken(db, answered);
    const { changes, shown, statuses } = answered;
    const [made, told] = [versions - before.versions, logged - before.logged];
    return [
      {
        what: `kill -9 of the server at ${kills} random moments, every third with the database: answers received without their row`,
        figure: `${shown.size} answers, ${unwritten} without; ${rows} rows of looks in all (${[...statuses].map(([status, count]) => `${status}: ${count}`).join(', ')})`,
        passed: unwritten === 0 && shown.size > kills * 20,
      },
      {
        what: 'the same: changes without their row, rows without their change, changes answered and lost',
        figure: `${made} changes, ${told} rows, ${changes} answered`,
        passed: made === told && changes <= made && changes >= kills,
      },
      {
        what: 'a row of each kind taken away from the log, to see whether it is missed',
        figure: `${taken.unwritten - unwritten} answer without its row, ${logged - taken.logged} change`,
        passed: taken.unwritten === unwritten + 1 && taken.logged === logged - 1,
      },
    ];
  } finally {
    await db.destroy();
  }
}
