/** A transaction that waits for no lock longer than a moment. It gives back all that it holds and tries again later, so that nobody queues behind it. */
import { sql } from 'kysely';
import { BadConfiguration } from '../config.ts';
import type { Db } from './database.ts';

export type LockPatience = {
  /** In milliseconds: for so long one lock is waited for. Everybody who wants the table waits behind it. */
  readonly lockMs: number;
  readonly tries: number;
  /** Between two tries. */
  readonly pause: (milliseconds: number) => Promise<unknown>;
};

const longestPause = 2_000;

/** About four minutes. */
export const defaultPatience = (pause: LockPatience['pause']): LockPatience => ({ lockMs: 300, tries: 150, pause });

/** Lock not had in time, deadlock, and two that changed one row of the catalogue. */
const collisionCodes = new Set(['55P03', '40P01', 'XX000']);
const isCollision = (error: unknown): boolean => collisionCodes.has((error as { code?: string }).code ?? '');

/** Runs the work in a transaction; from `limitLocks` on no lock is waited for longer than `lockMs`. Refuses, in a sentence, when every try met a lock. */
export async function inShortLocks<Value>(
  owner: Db,
  { lockMs, tries, pause }: LockPatience,
  tell: (sentence: string) => void,
  work: (tx: Db, limitLocks: () => Promise<unknown>) => Promise<Value>,
): Promise<Value> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await owner
        .transaction()
        .execute((tx) => work(tx, () => sql`set local lock_timeout = ${sql.lit(lockMs)}`.execute(tx)));
    } catch (error) {
      if (!isCollision(error)) throw error;
      if (tried === tries) throw new BadConfiguration(busyMessage(tries, error));
      if (tried === 1) tell('A table is in use. Waiting for a moment in which it is free; nothing is held meanwhile.');
      // By chance, so that two who collide do not collide again.
      await pause(Math.min(longestPause, 50 * tried) * (0.5 + Math.random()));
    }
  }
}

const busyMessage = (tries: number, error: unknown): string =>
  `The database could not be changed in ${tries} tries, because other work holds a table: ${(error as Error).message}. Nothing was changed. Find what holds it (docs/operations/upgrade.md), then start again.`;
