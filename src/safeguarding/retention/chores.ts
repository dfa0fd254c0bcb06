/** Scheduled work: erases due records, destroys their keys after the commit, and clears the index of their names. */

import { dayOf } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { forceSynchronousCommit, type Reader } from '../../platform/database/database.ts';
import type { Chore } from '../../platform/jobs/outbox.ts';
import { hourMs } from '../../vocabulary/calendar/moments.ts';
import { erasureGround, itemStatus } from './erasure.ts';
import * as stored from './store.ts';

/** A long write transaction delays the sealing of the log. */
const mostAtOnce = 200;

/** A record whose key was destroyed came back with a backup, and is erased again at once. */
const restoredFromBackup = {
  of: 'not known any more',
  why: 'let go before, and brought back with a backup: its key was destroyed',
};

/** Returns whether more remain. */
export async function eraseDueRecords(tx: Reader<stored.RetentionTables>, now: Date, keys: UnitKeys): Promise<boolean> {
  await forceSynchronousCommit(tx);
  const today = dayOf(now);
  const rules = await stored.listAllRules(tx);
  let erasedCount = 0;
  for await (const { kept, keyGone } of stored.iterateRetainedItems(tx, keys)) {
    const status = itemStatus(kept, rules, today);
    if (!keyGone && !status.goes) continue;
    const by = keyGone ? restoredFromBackup : { of: status.class ?? '', why: erasureGround(status, today) };
    // A refusal while the person is being informed does not delay the others.
    if (await stored.erase(tx, kept, now, by)) erasedCount += 1;
    if (erasedCount === mostAtOnce) return true;
  }
  return false;
}

const keysAtOnce = 5_000;

/** Runs after the rows are deleted and committed, and repeats if it was interrupted. */
export async function destroyKeys(tx: Reader<stored.RetentionTables>, now: Date, keys: UnitKeys): Promise<boolean> {
  const waiting = await stored.listKeysWaiting(tx, keysAtOnce);
  if (waiting.length === 0) return false;
  if (!keys.halves) throw new Error('keys wait to be destroyed, and this process does not have the folder of halves');
  keys.halves.destroy(waiting);
  await stored.saveKeysDestroyed(tx, waiting, now);
  return waiting.length === keysAtOnce;
}

/** Repeated for two days, because open read transactions keep old rows alive. */
const markRetention = 2 * 24 * hourMs;

/** In this order: keys are destroyed after the rows are gone. */
export const retentionChores = (keys: UnitKeys): readonly Chore[] => [
  {
    name: 'let people go',
    everySeconds: 3_600,
    store: 'safeguarding',
    run: (tx, now) => eraseDueRecords(tx, now, keys),
  },
  { name: 'seal reasons', everySeconds: 3_600, store: 'safeguarding', run: (tx) => stored.sealReasons(tx, keys) },
  { name: 'destroy keys', everySeconds: 600, store: 'safeguarding', run: (tx, now) => destroyKeys(tx, now, keys) },
  {
    name: 'clear marks',
    everySeconds: 6 * 3_600,
    store: 'safeguarding',
    run: (tx, now) => stored.rewriteMarks(tx, new Date(now.getTime() - markRetention)),
  },
];
