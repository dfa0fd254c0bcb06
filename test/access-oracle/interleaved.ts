/** Many people at once over few connections, a fifth of them torn off midway: no row of one may come to another, and nothing may be left of any. */

import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Actor } from '../../src/platform/access-policy/access.ts';
import { beginReading, beginWriting, type Db, type Transaction } from '../../src/platform/database/database.ts';
import { sessionCookie } from '../../src/platform/http/sites.ts';
import { chance, inLanes } from '../harness/assurance.ts';
import { query } from '../harness/sql.ts';
import { actorOf, nameOf } from './cells.ts';
import { type Door, Oracle, roleOf, storeOf } from './oracle.ts';
import type { Person } from './people.ts';
import { inContext } from './probe.ts';
import { keyOf, keySql, type Table, type World } from './world.ts';

const looks: readonly (readonly [Door, string])[] = [
  ['main/staff', 'visits'],
  ['main/staff', 'premises'],
  ['main/staff', 'arrests'],
  ['main/publisher', 'releases'],
  ['main/statistics', 'returns'],
  ['safeguarding/safeguarding', 'notes'],
  ['safeguarding/safeguarding', 'referrals'],
  ['safeguarding/safeguarding', 'persons'],
  ['safeguarding/safeguarding', 'person_actions'],
  ['safeguarding/safeguarding', 'wristbands'],
];
const pages = ['/staff/operations', '/staff/visits', '/staff/safeguarding', '/staff/newsroom', '/staff/returns'];
const atOnce = 40;

/** As many transactions of their own as said, and pages of the app beside them: `wrong` are rows shown to a member who may not see them, or missing for one who may; `unclean` are connections on which something was left. */
export async function interleave(
  world: World,
  seed: number,
  counts: { readonly direct: number; readonly pages: number },
) {
  const oracle = new Oracle(world);
  const random = chance(seed);
  const one = <Some>(from: readonly Some[]): Some => from[Math.floor(random() * from.length)] as Some;
  const people = Array.from({ length: 200 }, () => one(world.cast.people));
  const actors = new Map<Person, Actor | undefined>();
  for (const person of people) if (!actors.has(person)) actors.set(person, await actorOf(world, person));
  const wrong = new Set<string>();
  let aborted = 0;

  const direct = async (index: number): Promise<void> => {
    const [door, name] = one(looks);
    const person = index % 20 === 0 ? undefined : one(people);
    const torn = random() < 0.2 ? one(['rolled back', 'cancelled', 'killed'] as const) : undefined;
    if (torn) aborted += 1;
    const table = world.table(storeOf(door), name);
    const db = world.application.databases.for(storeOf(door), roleOf(door));
    const reads = random() < 0.5;
    const tx = await (reads ? beginReading(db) : beginWriting(db));
    try {
      // A transaction without a member must see nothing, whatever the connection was used for before.
      if (person) await inContext(tx as never, world.now, actors.get(person));
      if (torn) await tear(world, door, tx, torn);
      const seen = await keysOf(tx as never, table);
      const she = person && oracle.meOf(person, door);
      const me = reads ? she : she?.writing;
      const expected = table.rows
        .filter((row) => oracle.may(door, me, 'read', name, row))
        .map((row) => keyOf(table, row));
      if ([...seen].sort().join() !== expected.sort().join())
        wrong.add(`${nameOf(person)} sees ${seen.length} of ${name}, not ${expected.length}`);
      await tx.commit().execute();
    } catch (error) {
      await tx
        .rollback()
        .execute()
        .catch(() => {});
      if (!torn) wrong.add(`${nameOf(person)} at ${name}: ${(error as Error).message}`);
    }
  };

  const origin = await world.application.app.listen({ host: '127.0.0.1', port: 0 });
  const owners = ownersOf(world);
  const page = async (): Promise<void> => {
    const person = one(people);
    const url = one(pages);
    const gone = random() < 0.2;
    const ending = new AbortController();
    if (gone) setTimeout(() => ending.abort(), random() * 12).unref();
    try {
      const answer = await fetch(origin + url, {
        headers: { cookie: `${sessionCookie}=${person.token}` },
        redirect: 'manual',
        signal: ending.signal,
      });
      const body = await answer.text();
      if (answer.status >= 500) wrong.add(`${nameOf(person)} at ${url}: ${answer.status}`);
      for (const [id] of body.matchAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g)) {
        const mayRead = owners.get(id);
        if (mayRead && !mayRead(oracle, person)) wrong.add(`${nameOf(person)} is shown ${id} at ${url}`);
      }
    } catch {
      aborted += 1;
    }
  };

  const waiting = [...Array(counts.direct).keys()].map((index) => () => direct(index));
  const every = Math.max(1, Math.floor(counts.direct / Math.max(1, counts.pages)));
  for (let index = 0; index < counts.pages; index += 1) waiting.splice(index * (every + 1), 0, page);
  await inLanes(atOnce, waiting, (next) => next());
  await sleep(200);
  return { requests: counts.direct + counts.pages, aborted, wrong: [...wrong], unclean: await uncleanOf(world) };
}

const keysOf = async (tx: Db, table: Table): Promise<string[]> => {
  const rows = await query<{
    key: string;
  }>(tx)`select ${sql.raw(keySql(table))} as key from ${sql.id(table.name)}`;
  return rows.map(({ key }) => key);
};

/** Ends a transaction as nobody means to. What is asked afterwards fails, and its failure is expected. */
async function tear(
  { application }: World,
  door: Door,
  tx: Transaction,
  how: 'rolled back' | 'cancelled' | 'killed',
): Promise<void> {
  if (how === 'rolled back') {
    await tx.rollback().execute();
    throw new Error(how);
  }
  const rows = await query<{ pid: number }>(tx as never)`select pg_backend_pid() as pid`;
  const pid = rows[0]?.pid;
  const superuser = storeOf(door) === 'main' ? application.db : application.safeguardingDb;
  if (how === 'killed') {
    await query(superuser)`select pg_terminate_backend(${pid})`;
    throw new Error(how);
  }
  const sleeping = sql`select pg_sleep(20)`.execute(tx as never);
  sleeping.catch(() => {});
  await sleep(5);
  for (let tries = 0; tries < 200; tries += 1) {
    await query(superuser)`select pg_cancel_backend(${pid}) where exists
      (select from pg_stat_activity where pid = ${pid} and query like '%pg_sleep(20)%' and state = 'active')`;
    if (
      await Promise.race([
        sleeping.then(
          () => true,
          () => true,
        ),
        sleep(20).then(() => false),
      ])
    )
      break;
  }
  await sleeping;
}

type MayRead = (oracle: Oracle, person: Person) => boolean;

/** By id, whether the member may read the row by the process that the pages use. */
function ownersOf(world: World): Map<string, MayRead> {
  const found = new Map<string, MayRead>();
  for (const [door, name] of [
    ...looks,
    ['main/staff', 'operations'] as const,
    // A member who counts sees by another process which operations there are to count.
    ['main/statistics', 'operations'] as const,
    ['main/staff', 'planned_visits'] as const,
  ]) {
    const table = world.table(storeOf(door), name);
    for (const row of table.rows) {
      const before = found.get(String(row.id));
      found.set(String(row.id), (oracle, person) => {
        if (before?.(oracle, person)) return true;
        return oracle.may(door, oracle.meOf(person, door), 'read', name, row);
      });
    }
  }
  return found;
}

/** Nobody's context on any connection, and no transaction left open. */
async function uncleanOf({ application }: World): Promise<string[]> {
  const found: string[] = [];
  for (const door of new Set(looks.map(([one]) => one))) {
    const db = application.databases.for(storeOf(door), roleOf(door));
    const asked = Array.from({ length: 30 }, async () => {
      const rows = await query<{ left: string | null }>(db)`
        select concat_ws(' ', ctx.member(), ctx.roles()::text, ctx.operations()::text, ctx.now()::text) as left`;
      if (rows[0]?.left) found.push(`${door}: ${rows[0].left}`);
    });
    await Promise.all(asked);
  }
  const rows = await query<{ usename: string }>(application.db)`select usename from pg_stat_activity
    where state like 'idle in transaction%' and datname = current_database()`;
  return [...found, ...rows.map(({ usename }) => `a transaction of ${usename} is open`)];
}
