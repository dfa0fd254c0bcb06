/** The leader's sealing, for tests: round by round, and until nothing waits. */
import { setTimeout as sleep } from 'node:timers/promises';
import { logChores } from '../../../../src/audit/log/chores.ts';
import { freshLogKeys, type LogKeys } from '../../../../src/audit/log/keys.ts';
import { unsealed } from '../../../../src/audit/log/store.ts';
import type { StoreName } from '../../../../src/platform/access.ts';
import { doOnce } from '../../../../src/platform/outbox.ts';
import type { TestHouse } from '../../house.ts';

export const testLogKeys = freshLogKeys();

export async function sealOnce({ databases, clock }: TestHouse, store: StoreName, keys = testLogKeys): Promise<void> {
  for (const chore of logChores(keys)) if (chore.store === store) await doOnce(databases, clock, chore);
}

/** Transactions of other tests on the same server hold a row back for a moment, as a slow one does in life. */
export async function sealAll(house: TestHouse, keys: LogKeys = testLogKeys): Promise<void> {
  for (const [store, db] of [
    ['main', house.db],
    ['safeguarding', house.safeguardingDb],
  ] as const) {
    do {
      await sealOnce(house, store, keys);
      await sleep(10);
    } while ((await unsealed(db)).count > 0);
  }
}
