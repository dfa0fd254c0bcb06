/** Invented NRM referrals of officers, for tests. Arranges with an all-powerful database. */

import type { Member } from '../../identity/agencies/index.ts';
import { formVersions } from '../../nrm/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { Visit } from '../visit.ts';
import { findDecisionDay } from './decisions/decision-day.ts';
import { emptyContent, type OfficerReferral, type ReferralContent, type Submission } from './nrm-referral.ts';
import { addOfficerReferral } from './store.ts';

export const agreed: Pick<ReferralContent, 'consent' | 'ageBasis'> = {
  ageBasis: 'a document was seen',
  consent: {
    ...{ answer: 'yes', wordingId: 'told-2026-11', digest: 'd', on: '2026-09-18' },
    ...{ language: 'ro', interpreted: 'remote interpreter', interpreter: 'Line 4471' },
  },
};

/** A draft about somebody met at a visit who agreed, unless `more` says otherwise. */
export async function addReferralDraft(
  db: Db,
  keys: UnitKeys,
  visit: Pick<Visit, 'id' | 'arrivedAt'>,
  by: Pick<Member, 'id' | 'agencyId'>,
  more: Partial<Pick<OfficerReferral, 'id' | 'arrestId' | 'encounterId' | 'outcome' | 'closedAt' | 'decisionDue'>> & {
    content?: Partial<ReferralContent>;
  } = {},
): Promise<OfficerReferral> {
  const { content, ...of } = more;
  const referral: OfficerReferral = {
    id: newId(),
    visitId: visit.id,
    arrestId: null,
    encounterId: null,
    agencyId: by.agencyId,
    outcome: null,
    closedAt: null,
    ...{ takenOverBy: null, takenOverAt: null, takenOverWhy: null, decisionDue: null },
    recordedBy: by.id,
    recordedAt: visit.arrivedAt,
    ...of,
  };
  await addOfficerReferral(db, keys, referral, { ...emptyContent, ...agreed, ...content });
  return referral;
}

/** One that was recorded as sent when the visit began, under the number NRM 4417. */
export async function addSentReferral(
  db: Db,
  keys: UnitKeys,
  visit: Pick<Visit, 'id' | 'arrivedAt'>,
  by: Pick<Member, 'id' | 'agencyId'>,
  about: Partial<Pick<OfficerReferral, 'id' | 'arrestId' | 'encounterId'>>,
  way: Submission['way'] = 'referral',
): Promise<OfficerReferral> {
  const submission: Submission = {
    ...{
      way,
      ground: way === 'referral' ? 'consent' : 'no consent',
      referredAs: 'adult',
      responderId: 'territorial-police-england-wales',
    },
    ...{ formId: formVersions.at(-1)?.id ?? '', facts: { nation: 'england' }, digest: 'd' },
    ...{ reference: 'NRM 4417', sentAt: visit.arrivedAt },
  };
  const content = { submission };
  const decisionDue = await findDecisionDay({ ...emptyContent, ...content });
  const ended = { outcome: way, closedAt: visit.arrivedAt, decisionDue };
  return addReferralDraft(db, keys, visit, by, { ...about, ...ended, content });
}
