/** Decisions on victim information requests about a person, for their subject access request. */

import type { AreaRecordsHeld } from '../../platform/area.ts';
import { formatMoments } from '../../platform/forms/correction.ts';
import { createLines, type ShownColumn } from '../../vocabulary/records-held.ts';
import { readPart } from '../people/subject-access-store.ts';
import { listDecisionsOn } from './store.ts';

const decisionLabels: readonly ShownColumn[] = [
  ['outcome', 'Police asked about you, and it was decided to'],
  ['kinds', 'What they were given'],
  ['ground', 'Why that was allowed'],
  ['reasons', 'The reasons that were written down', 'an agency’s own remark'],
  ['decidedAt', 'Decided in the hour after'],
];

const consentLabels: readonly ShownColumn[] = [
  ['wording', 'What you were asked before, word for word'],
  ['shownWording', 'The same words in your language, as they were shown'],
  ['how', 'Who said that you agree'],
  ['language', 'In which language it was explained'],
  ['interpreted', 'Interpreter'],
  ['interpreter', 'The interpreter', 'another person'],
];

export const readHeldDecisions: AreaRecordsHeld = (db, keys, about) =>
  readPart(db, about, 'What police asked about you', async (id) =>
    (await listDecisionsOn(db, keys, id)).flatMap((decision) => [
      ...createLines(`information_decisions/${decision.id}`, formatMoments(decision), decisionLabels),
      ...createLines(`information_decisions/${decision.id}`, decision.agreed ?? {}, consentLabels),
    ]),
  );
