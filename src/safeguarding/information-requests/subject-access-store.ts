/** Decisions on victim information requests about a person, for their subject access request. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, Seen } from '../../platform/database/database.ts';
import { withMoments } from '../../platform/forms/correction.ts';
import { linesOf, type Part, type Told } from '../../vocabulary/records-held.ts';
import { listRecordsOf } from '../people/subject-access-store.ts';
import { listDecisionsOn } from './store.ts';

const decidedTold: readonly Told[] = [
  ['outcome', 'Police asked about you, and it was decided to'],
  ['kinds', 'What they were given'],
  ['ground', 'Why that was allowed'],
  ['reasons', 'The reasons that were written down', 'an agency’s own remark'],
  ['decidedAt', 'Decided in the hour from'],
];

const agreedTold: readonly Told[] = [
  ['wording', 'What you were asked before, word for word'],
  ['how', 'Who said that you agree'],
  ['language', 'In which language it was explained'],
  ['interpreted', 'Who interpreted'],
  ['interpreter', 'The interpreter', 'another person'],
];

export async function heldOfDecisions(db: Seen<AnyTables>, keys: UnitKeys, about: readonly string[]): Promise<Part[]> {
  const lines = [];
  for (const id of await listRecordsOf(db, about))
    for (const decision of await listDecisionsOn(db, keys, id))
      lines.push(
        ...linesOf(`information_decisions/${decision.id}`, withMoments(decision), decidedTold),
        ...linesOf(`information_decisions/${decision.id}`, decision.agreed ?? {}, agreedTold),
      );
  return lines.length > 0 ? [{ title: 'What police asked about you', lines }] : [];
}
