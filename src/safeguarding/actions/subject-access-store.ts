/** A person's actions for their subject access request: the data-protection lead of the keeping agency reads them while the request is open. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { formatMoments } from '../../platform/forms/correction.ts';
import { createLines, type Part, type ShownColumn } from '../../vocabulary/records-held.ts';
import { listRecordIdsAbout } from '../people/subject-access-store.ts';
import { listTasksOf } from './store.ts';

const taskLabels: readonly ShownColumn[] = [
  ['what', 'What was to be done, or could still be done', 'another person'],
  ['way', 'Of which kind'],
  ['by', 'By when'],
  ['earliest', 'The time began at'],
  ['ending', 'How it ended'],
  ['endedWith', 'What was written down of it', 'another person'],
  ['addedAt', 'Written in the hour from'],
];

export async function readHeldTasks(
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
  about: readonly string[],
): Promise<Part[]> {
  const lines = [];
  for (const id of await listRecordIdsAbout(db, about))
    for (const task of await listTasksOf(db, keys, id))
      lines.push(...createLines(`person_actions/${task.id}`, formatMoments(task), taskLabels));
  return lines.length > 0 ? [{ title: 'What was to be done for you', lines }] : [];
}
