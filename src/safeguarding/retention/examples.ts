/** Runs the retention chores for tests, seeds and the assurance: the leader's work, one chore after the other. */

import type { TestApplication } from '../../../test/fixtures/application.ts';
import { runChore } from '../../platform/jobs/outbox.ts';
import { retentionChores } from './chores.ts';

/** Runs all chores until none has more work. */
export async function runRetentionChores({
  databases,
  clock,
  keys,
}: Pick<TestApplication, 'databases' | 'clock' | 'keys'>): Promise<void> {
  for (const chore of retentionChores(keys)) while (await runChore(databases, clock, chore));
}
