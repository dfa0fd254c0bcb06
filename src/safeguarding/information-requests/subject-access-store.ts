/** Decisions on victim information requests about a person, for their subject access request. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { formatMoments } from '../../platform/forms/correction.ts';
import { createLines, type Part, type ShownColumn } from '../../vocabulary/records-held.ts';
import { listRecordIdsAbout } from '../people/subject-access-store.ts';
import { listDecisionsOn } from './store.ts';

const decisionLabels: readonly ShownColumn[] = [
  ['outcome', 'Police asked about you, and it was decided to'],
  ['kinds', 'What they were given'],
  ['ground', 'Why that was allowed'],
  ['reasons', 'The reasons that were written down', 'an agency’s own remark'],
  ['decidedAt', 'Decided in the hour from'],
];

const consentLabels: readonly ShownColumn[] = [
  ['wording', 'What you were asked before, word for word'],
  ['how', 'Who said that you agree'],
  ['language', 'In which language it was explained'],
  ['interpreted', 'Who interpreted'],
  ['interpreter', 'The interpreter', 'another person'],
];

export async function readHeldDecisions(
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
  about: readonly string[],
): Promise<Part[]> {
  const lines = [];
  for (const id of await listRecordIdsAbout(db, about))
    for (const decision of await listDecisionsOn(db, keys, id))
      lines.push(
        ...createLines(`information_decisions/${decision.id}`, formatMoments(decision), decisionLabels),
        ...createLines(`information_decisions/${decision.id}`, decision.agreed ?? {}, consentLabels),
      );
  return lines.length > 0 ? [{ title: 'What police asked about you', lines }] : [];
}
