/** Events between areas: written with the change that causes them, delivered by one leader, at least once, oldest first. */

import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { floorToHour, hourMs } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import type { StoreName } from '../access-policy/access.ts';
import type { Clock } from '../clock.ts';
import { findPointer, type UnitKeys } from '../crypto/crypto.ts';
import {
  type AnyTables,
  beginWriting,
  type Databases,
  forceSynchronousCommit,
  type Reader,
  setContext,
  type Writer,
} from '../database/database.ts';

export type OutboxEvent = {
  readonly event: string;
  readonly about: string | null;
  readonly details: Readonly<Record<string, unknown>>;
};

/** Sends an event to other areas if the transaction commits. Details carry ids, never what a person said. The time is the transaction's own, which in the safeguarding database is the full hour. */
export async function publishEvent(
  tx: Writer<AnyTables>,
  event: string,
  about: string,
  details: Record<string, unknown> = {},
): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({
      id: newTimelessId(),
      event,
      about,
      details: JSON.stringify(details),
      at: sql`coalesce(ctx.now(), now())`,
    })
    .execute();
}

export type Listener = (tx: Writer<AnyTables>, news: OutboxEvent, now: Date) => Promise<void>;
export type Listeners = Readonly<Record<string, readonly Listener[]>>;

/** Something to do again and again: clocks, sealing, retention. Runs in the leader alone. */
export type Chore = {
  readonly name: string;
  readonly everySeconds: number;
  /** The store it works in; the main store by default. In the safeguarding database it gets the time by the full hour. */
  readonly store?: StoreName;
  /** One transaction. True where more of the same waits: then it is run again at once, a few times. */
  readonly run: (tx: Writer<AnyTables>, now: Date) => Promise<unknown>;
};

/** Hears an error of the background work, and of which chore it is. */
export type BackgroundErrorHandler = (error: unknown, chore?: Chore) => void;

/** An event that failed this often is given up. */
export const mostTries = 10;

/** Hears what waits in one store, oldest first; a listener that fails is tried again, ten times, and its error stays readable. Listeners write to the main store. Returns how many were heard. */
export async function deliverEvents(
  databases: Databases,
  clock: Clock,
  listeners: Listeners,
  store: StoreName = 'main',
): Promise<number> {
  const db = databases.for(store, 'leader');
  let heard = 0;
  for (;;) {
    const tx = await beginWriting(db);
    try {
      await setContext(tx, { now: clock.now() });
      // Who forgets what was heard destroys the key that it travelled under.
      if (store === 'safeguarding') await forceSynchronousCommit(tx);
      const next = await tx
        .selectFrom('outbox')
        .select(['id', 'event', 'about', 'details'])
        .where('handledAt', 'is', null)
        .where('tries', '<', mostTries)
        .orderBy('at')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (!next) {
        await tx.commit().execute();
        return heard;
      }
      const told = listeners[next.event] ?? [];
      const failure =
        store === 'main'
          ? await runListeners(tx, next, clock.now(), told)
          : await deliverSafeguardingEvent(databases, next, clock.now(), told);
      await tx
        .updateTable('outbox')
        .set(
          failure
            ? { tries: sql`tries + 1`, lastError: failure }
            : { handledAt: store === 'main' ? clock.now() : floorToHour(clock.now()) },
        )
        .where('id', '=', next.id)
        .execute();
      await tx.commit().execute();
      if (failure) return heard;
      heard += 1;
    } catch (error) {
      await tx.rollback().execute();
      throw error;
    }
  }
}

async function runListeners(
  tx: Writer<AnyTables>,
  news: OutboxEvent,
  now: Date,
  listeners: readonly Listener[],
): Promise<string | undefined> {
  await sql`savepoint telling`.execute(tx);
  try {
    for (const listen of listeners) await listen(tx, news, now);
    return undefined;
  } catch (error) {
    await sql`rollback to savepoint telling`.execute(tx);
    return error instanceof Error ? error.name : 'error';
  }
}

/** Events from the safeguarding database are delivered at the next full hour. Nobody outside learns the minute at which a person spoke, and no listener takes an event for older than it is. */
async function deliverSafeguardingEvent(
  databases: Databases,
  news: OutboxEvent,
  now: Date,
  listeners: readonly Listener[],
): Promise<string | undefined> {
  const hour = new Date(floorToHour(now).getTime() + hourMs);
  const tx = await beginWriting(databases.for('main', 'leader'));
  try {
    await setContext(tx, { now: hour });
    const failure = await runListeners(tx, news, hour, listeners);
    await tx.commit().execute();
    return failure;
  } catch (error) {
    await tx.rollback().execute();
    throw error;
  }
}

const forgottenAtOnce = 1_000;

/** Deletes delivered events of the safeguarding database. The key of a sealed event is destroyed first, so that none is left over. For the leader; says whether more are waiting. */
export async function deleteDelivered(tx: Writer<AnyTables>, keys: UnitKeys): Promise<boolean> {
  const heard = await tx
    .selectFrom('outbox')
    .select(['id', sql<string | null>`details ->> 'wrapped'`.as('wrapped')])
    .where('handledAt', 'is not', null)
    .limit(forgottenAtOnce)
    .execute();
  if (heard.length === 0) return false;
  const pointers = heard.flatMap(({ wrapped }) => (wrapped ? (findPointer(Buffer.from(wrapped, 'base64')) ?? []) : []));
  if (pointers.length > 0) {
    if (!keys.halves) throw new Error('this process does not have the folder of halves of keys');
    keys.halves.destroy(pointers);
  }
  await sql`select ctx.forget_heard(${heard.map(({ id }) => id)}::uuid[])`.execute(tx);
  return heard.length === forgottenAtOnce;
}

/** The advisory lock of the process that does the background work. */
export const leaderLockId = 7_220_011;

/** What is heard of either store. Behind the wall news travels sealed: a process without the keys hears none of it. */
export type StoreListeners = { readonly main: Listeners; readonly safeguarding?: Listeners };

/** Runs background work in whichever process holds the lock; another takes over when it goes. Stop by the signal. */
export async function runLeader(
  databases: Databases,
  clock: Clock,
  hearing: StoreListeners,
  chores: readonly Chore[],
  signal: AbortSignal,
  onError: BackgroundErrorHandler,
): Promise<void> {
  const due = new Map(chores.map((chore) => [chore.name, 0]));
  while (!signal.aborted) {
    try {
      await databases
        .for('main', 'leader', { maxConnections: 1 })
        .connection()
        .execute(async (held) => {
          if (!(await takeLeadership(held))) return;
          while (!signal.aborted) {
            await sql`select 1`.execute(held); // The lock is ours only while this connection lives.
            await deliverEvents(databases, clock, hearing.main);
            await runChores(databases, clock, chores, due, onError);
            if (hearing.safeguarding) await deliverEvents(databases, clock, hearing.safeguarding, 'safeguarding');
            await pause(500, signal);
          }
        });
    } catch (error) {
      if (!signal.aborted) onError(error);
    }
    await pause(2_000, signal);
  }
}

async function takeLeadership(db: Reader<AnyTables>): Promise<boolean> {
  const { rows } = await sql<{ led: boolean }>`select pg_try_advisory_lock(${sql.lit(leaderLockId)}) as led`.execute(
    db,
  );
  return rows[0]?.led === true;
}

/** A chore that fails is reported and tried again when it is next due. It does not delay the others. */
async function runChores(
  databases: Databases,
  clock: Clock,
  chores: readonly Chore[],
  due: Map<string, number>,
  onError: BackgroundErrorHandler,
): Promise<void> {
  for (const chore of chores) {
    const now = clock.now().getTime();
    if ((due.get(chore.name) ?? 0) > now || !databases.has(chore.store ?? 'main', 'leader')) continue;
    due.set(chore.name, now + chore.everySeconds * 1_000);
    try {
      for (let more = true, times = 0; more && times < mostTimes; times += 1)
        more = await runChore(databases, clock, chore);
    } catch (error) {
      onError(error, chore);
    }
  }
}

const mostTimes = 20;

/** One round of a chore, in a transaction of its own. Returns whether more waits. */
export async function runChore(databases: Databases, clock: Clock, { store = 'main', run }: Chore): Promise<boolean> {
  const now = store === 'safeguarding' ? floorToHour(clock.now()) : clock.now();
  const tx = await beginWriting(databases.for(store, 'leader'));
  try {
    await setContext(tx, { now });
    const more = await run(tx, now);
    await tx.commit().execute();
    return more === true;
  } catch (error) {
    await tx.rollback().execute();
    throw error;
  }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal }).catch(() => {});
