/** A thread that tries one input after another, and says what it found. */
import { parentPort } from 'node:worker_threads';
import { chance } from '../../../harness/assurance.ts';
import type { Answer, Asked } from './lanes.ts';
import { trials } from './trials.ts';

const answer = (said: Answer): void => parentPort?.postMessage(said);

parentPort?.on('message', async ({ trial, seed, index, size }: Asked) => {
  try {
    answer({ index, found: await trials[trial](chance(seed * 1_000_003 + index), index, size) });
  } catch (error) {
    answer({ index, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
