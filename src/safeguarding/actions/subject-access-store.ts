/** A person's actions for their subject access request: the data-protection lead of the keeping agency reads them while the request is open. */

import type { AreaRecordsHeld } from '../../platform/area.ts';
import { formatMoments } from '../../platform/forms/correction.ts';
import { createLines, type ShownColumn } from '../../vocabulary/records-held.ts';
import { readPart } from '../people/subject-access-store.ts';
import { listTasksOf } from './store.ts';

const taskLabels: readonly ShownColumn[] = [
  ['what', 'What was to be done, or could still be done', 'another person'],
  ['way', 'Of which kind'],
  ['by', 'By when'],
  ['earliest', 'The time began at'],
  ['ending', 'How it ended'],
  ['endedWith', 'What was written down of it', 'another person'],
  ['addedAt', 'Written in the hour after'],
];

export const readHeldTasks: AreaRecordsHeld = (db, keys, about) =>
  readPart(db, about, 'What was to be done for you', async (id) =>
    (await listTasksOf(db, keys, id)).flatMap((task) =>
      createLines(`person_actions/${task.id}`, formatMoments(task), taskLabels),
    ),
  );
