/** Example data for tests, seeds and the gallery. Uses a database without restrictions; people are invented. */

import { digest, seal, type UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newId, newTimelessId } from '../../vocabulary/ids.ts';
import { editionOn } from './law.ts';
import { type Decision, dueOf, type InformationRequest } from './request.ts';
import { decisionRow, requestRow, wordsContext } from './store.ts';

type By = { readonly id: string; readonly agencyId: string };

export const said = {
  who: 'Olga Kovalenko',
  reference: '41WA/1234/26',
  handling: 'It is read by the officer in the case alone and kept with the case.',
} as const;

export async function addRequest(
  db: Db,
  keys: UnitKeys,
  of: { readonly by: By; readonly to: string; readonly at: Date },
  more: Partial<InformationRequest> = {},
): Promise<InformationRequest> {
  const edition = editionOn(of.at.toISOString().slice(0, 10));
  const request: InformationRequest = {
    ...said,
    id: newId(),
    agencyId: of.by.agencyId as AgencyId,
    askedBy: of.by.id as MemberId,
    recipient: of.to as AgencyId,
    law: edition.name,
    kinds: ['help provided'],
    tests: Object.fromEntries(edition.tests.map(({ name }) => [name, 'An invented answer of a sentence.'])),
    notice: 'given',
    noticeWhy: null,
    askedAt: of.at,
    dueAt: dueOf(of.at),
    ...more,
  };
  await db.insertInto('informationRequests').values(requestRow(keys, request)).execute();
  return request;
}

export async function addAnswer(db: Db, keys: UnitKeys, { id, kinds, askedAt }: InformationRequest): Promise<void> {
  const { key, wrapped } = keys.newRecordKey(id);
  const sealedWords = seal(key, wordsContext(id), 'Invented words that were agreed to.');
  await db
    .insertInto('informationAnswers')
    .values({ id, kinds, sealedWords, wrappedKey: wrapped, arrivedAt: floorToHour(askedAt) })
    .execute();
}

export async function addDecision(
  db: Db,
  keys: UnitKeys,
  of: { readonly request: InformationRequest; readonly by: By; readonly personId: string | null; readonly at: Date },
): Promise<Decision> {
  const gives = of.personId !== null;
  const decision: Decision = {
    id: newTimelessId(),
    requestId: of.request.id,
    agencyId: of.by.agencyId as AgencyId,
    decidedBy: of.by.id as MemberId,
    personId: of.personId as Decision['personId'],
    outcome: gives ? 'give agreed items' : 'give nothing',
    ground: gives ? 'the person agreed' : null,
    kinds: gives ? of.request.kinds : [],
    reasons: 'Invented reasons of a sentence.',
    agreed: gives
      ? {
          ...{ wording: 'Invented words that were shown.', digest: digest('Invented words that were shown.') },
          ...{ how: 'the person themself', language: 'uk', interpreted: 'shared language' },
          interpreter: null,
        }
      : null,
    decidedAt: floorToHour(of.at),
  };
  await db.insertInto('informationDecisions').values(decisionRow(keys, decision)).execute();
  return decision;
}
