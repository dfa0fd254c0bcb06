/** Runs the retention chores for tests, seeds and the assurance: the leader's work, one chore after the other. */

import type { TestApplication } from '../../../test/fixtures/application.ts';
import { runChore } from '../../platform/jobs/outbox.ts';
import { lettingGoChores } from './chores.ts';

/** Runs all chores until none has more work. */
export async function letGo({
  databases,
  clock,
  keys,
}: Pick<TestApplication, 'databases' | 'clock' | 'keys'>): Promise<void> {
  for (const chore of lettingGoChores(keys)) while (await runChore(databases, clock, chore));
}
