/** What a witness makes of a checkpoint that it is shown: whether the log has only grown since it last looked. Pure. */

import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { verifyConsistency } from '../verify/merkle.ts';
import { findFault, type Key, type Note, readKey, readNote } from '../verify/note.ts';

export type Refusal =
  | 'unreadable'
  | 'another log'
  | 'not signed by the log'
  | 'rolled back'
  | 'forked'
  | 'no proof'
  | 'does not follow';

export const refusalMessages: Record<Refusal, string> = {
  unreadable: 'what the log showed is no checkpoint',
  'another log': 'what the log showed is another log’s checkpoint',
  'not signed by the log': 'the checkpoint is not signed by the log’s key as this witness knows it',
  'rolled back': 'the log shows fewer rows than it did before',
  forked: 'the log shows the same number of rows as before, and other rows',
  'no proof': 'the log could not prove that it only grew',
  'does not follow': 'the proof of the log does not hold: rows that were seen before were changed',
};

export type ShownCheckpoint = {
  readonly note: string;
  readonly keys: readonly string[];
  readonly before: string | null;
};

/** Reads the checkpoint and compares it with the one before; says which proof it needs, if any. */
export function judgeCheckpoint({
  note,
  keys,
  before,
}: ShownCheckpoint): Result<{ now: Note; last: Note | undefined }, Refusal> {
  const now = readNote(note);
  if (!now) return refuse('unreadable');
  const last = before === null ? undefined : readNote(before);
  const known = keys.map(readKey).filter((key): key is Key => key !== undefined);
  if (last ? last.origin !== now.origin : !known.some(({ name }) => name === now.origin)) return refuse('another log');
  if (findFault(now, known) !== undefined) return refuse('not signed by the log');
  if (last && now.size < last.size) return refuse('rolled back');
  if (last && now.size === last.size && now.root !== last.root) return refuse('forked');
  return accept({ now, last });
}

/** Whether the proof shows that the one grew from the other. */
export function checkConsistencyProof(last: Note, now: Note, proof: string | undefined): Result<true, Refusal> {
  if (proof === undefined) return refuse('no proof');
  const hashes = proof
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'base64'));
  if (hashes.some(({ length }) => length !== 32)) return refuse('no proof');
  return verifyConsistency(last, now, hashes) ? accept(true) : refuse('does not follow');
}
