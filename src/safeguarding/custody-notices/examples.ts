/** Example data for tests, seeds and the gallery. Uses a database without restrictions; people are invented. */

import { seal, type UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import { floorToHour, hourMs } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newId, newTimelessId, type OperationId } from '../../vocabulary/ids.ts';
import { custodyItem, custodyPurpose } from '../../vocabulary/information-shared.ts';
import { addDisclosure } from '../consent/examples.ts';
import type { OnCallShift, PassOnMethod } from '../custody-notices-received/urgent-page.ts';
import { type Disclosure, disclosureIdOf } from '../disclosures/disclosure.ts';
import { composeNoticeWording } from './consent-wording.ts';
import type { CrossingId, Notice } from './notice.ts';
import { sentenceOn } from './sentence.ts';
import { noticeRow, referenceContext } from './store.ts';

export type By = { readonly id: string; readonly agencyId: string };

/** Sent in the name of its author, in that hour; this alone carries nothing across. */
export async function addNotice(
  db: Db,
  keys: UnitKeys,
  of: { readonly personId: string; readonly to: string; readonly by: By; readonly at: Date },
  more: Partial<Notice> = {},
): Promise<Notice> {
  const sentence = more.sentence ?? 'consider section 45';
  const notice: Notice = {
    id: newTimelessId(),
    personId: of.personId as Notice['personId'],
    agencyId: of.by.agencyId as AgencyId,
    authorId: of.by.id as MemberId,
    recipient: of.to as AgencyId,
    sentence,
    ground: 'the person agreed',
    wording: composeNoticeWording({
      sentence: sentenceOn(sentence, of.at.toISOString().slice(0, 10)),
      authority: 'an invented force',
    }),
    ...{ shownWording: null, shownLanguage: null },
    interpreted: 'nobody was needed',
    reasons: null,
    transferId: newTimelessId(),
    givenAt: floorToHour(of.at),
    withdrawnAt: null,
    withdrawnBy: null,
    withdrawalTransferId: null,
    ...more,
  };
  if (notice.ground === 'child’s best interests') await addApproved(db, keys, notice);
  const { withdrawnAt, withdrawnBy, withdrawalTransferId, ...row } = noticeRow(keys, notice);
  await db.insertInto('custodyNotices').values(row).execute();
  if (withdrawnAt) {
    const back = { withdrawnAt: floorToHour(withdrawnAt), withdrawnBy, withdrawalTransferId };
    await db.updateTable('custodyNotices').set(back).where('id', '=', notice.id).execute();
  }
  return notice;
}

/** An approval by an unrelated second person, under the id of the child’s notice that it is for. */
export async function addApproved(db: Db, keys: UnitKeys, notice: Notice, more: Partial<Disclosure> = {}) {
  const { id, personId, recipient, reasons, authorId, agencyId, givenAt } = notice;
  const person = await db.selectFrom('persons').select('operationId').where('id', '=', personId).executeTakeFirst();
  const known = { personId, operationId: (person?.operationId ?? null) as OperationId | null, at: givenAt };
  return addDisclosure(
    db,
    keys,
    known,
    recipient,
    { id: authorId, agencyId },
    {
      id: disclosureIdOf(id),
      purpose: custodyPurpose,
      items: [custodyItem],
      reasons: reasons ?? '',
      timing: 'after approval',
      plan: { shown: [{ item: 'the custody reference', words: 'WD/1234/26' }], noteId: null, form: {} },
      approvedBy: newTimelessId(),
      cannotWait: null,
      reviewBy: null,
      ...more,
    },
  );
}

/** Received by the custodians of an agency. */
export async function addCustodyNotice(
  db: Db,
  keys: UnitKeys,
  of: { readonly to: string; readonly at: Date; readonly reference?: string },
  ring: { readonly rounds?: number; readonly by?: string; readonly passedOn?: PassOnMethod } = {},
  id: CrossingId = newTimelessId(),
): Promise<CrossingId> {
  const { key, wrapped } = keys.newRecordKey(id);
  const hour = floorToHour(of.at);
  await db
    .insertInto('receivedCustodyNotices')
    .values({
      id,
      agencyId: of.to,
      sentence: 'consider section 45',
      sealedReference: seal(key, referenceContext(id), of.reference ?? 'WD/1234/26'),
      wrappedKey: wrapped,
      withdraws: null,
      arrivedAt: hour,
    })
    .execute();
  await db
    .insertInto('custodyUrgentPages')
    .values({
      id,
      agencyId: of.to,
      rounds: ring.rounds ?? 0,
      acknowledgedBy: ring.by ?? null,
      acknowledgedAt: ring.by ? hour : null,
      passedOn: ring.passedOn ?? null,
      passedAt: ring.passedOn ? hour : null,
    })
    .execute();
  return id;
}

export async function addOnCallShift(
  db: Db,
  custodian: By,
  at: Date,
  more: Partial<OnCallShift> = {},
): Promise<OnCallShift> {
  const turn: OnCallShift = {
    id: newId(),
    agencyId: custodian.agencyId as AgencyId,
    memberId: custodian.id as MemberId,
    startsAt: new Date(at.getTime() - hourMs),
    endsAt: new Date(at.getTime() + 8 * hourMs),
    reached: 'Duty telephone 01632 960 111',
    setBy: custodian.id as MemberId,
    setAt: at,
    ...more,
  };
  await db.insertInto('custodianShifts').values(turn).execute();
  return turn;
}
