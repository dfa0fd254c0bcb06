/** The leader's erasure work, as a process that a test kills: addresses, halves and files from the environment. Begins on command, and reports its progress. */

import { stoppedClock } from '../../../../src/platform/clock.ts';
import { Databases } from '../../../../src/platform/database/database.ts';
import { runChore } from '../../../../src/platform/jobs/outbox.ts';
import { deleteOrphanedFiles } from '../../../../src/safeguarding/documents/sweep.ts';
import { rebuildSearchTerms } from '../../../../src/safeguarding/people/store.ts';
import { retentionChores } from '../../../../src/safeguarding/retention/chores.ts';
import { testKeys } from '../../../harness/keys.ts';

/** Falls by itself once the database has answered so often. */
type Go = { readonly now: number; readonly fallsAfter?: number };
export type Told = 'ready' | 'destroying' | { readonly answers: number };

const tell = (told: Told): void => void process.send?.(told);
let [answers, fallsAfter] = [0, Number.POSITIVE_INFINITY];
const databases = new Databases(JSON.parse(process.env.HOUSE_ADDRESSES ?? ''), {
  maxConnections: 2,
  onQuery: (text) => {
    answers += 1;
    if (text.includes('keys_waiting')) tell('destroying');
    if (answers >= fallsAfter) process.kill(process.pid, 'SIGKILL');
  },
});
const keys = testKeys.withHalvesIn(process.env.HOUSE_HALVES ?? '');
const store = 'safeguarding';
const chores = [
  { name: 'mark people anew', everySeconds: 600, store, run: (tx: never) => rebuildSearchTerms(tx, keys) },
  ...retentionChores(keys),
  { name: 'sweep papers', everySeconds: 3_600, store, run: deleteOrphanedFiles(process.env.HOUSE_FILES ?? '') },
] as const;

process.once('message', async (go: Go) => {
  fallsAfter = go.fallsAfter ?? fallsAfter;
  const clock = stoppedClock(new Date(go.now));
  for (const chore of chores) while (await runChore(databases, clock, chore as never));
  await databases.close();
  process.send?.({ answers }, () => process.exit(0));
});
tell('ready');
