/** Consents for tests, seeds and the gallery. Writes as an all-powerful database role; people and places are invented. */

import type { Member } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type Db, setContext } from '../../platform/database/database.ts';
import { floorToHour, hourMs } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, newTimelessId, type OperationId, type PersonId } from '../../vocabulary/ids.ts';
import { requiredForReferral, type SharedItem } from '../../vocabulary/information-shared.ts';
import { type Disclosure, undecidedDisclosure, urgentBases } from '../disclosures/disclosure.ts';
import { addDisclosure as insertDisclosure, saveReview } from '../disclosures/store.ts';
import { type Consent, type Scope, withdraw } from './consent.ts';
import { createGrant, type Grant, type GrantBasis } from './grant.ts';
import { lastDayOf } from './pages.ts';
import * as store from './store.ts';
import { composeWording } from './wording.ts';

export type ExamplePerson = { readonly personId: string; readonly operationId: OperationId | null; readonly at: Date };
type By = Pick<Member, 'id' | 'agencyId'>;

export const fourWeeks = 28 * 86_400_000;
const scopeOf = ({ personId, at }: ExamplePerson, to: string, more: Partial<Scope>): Scope => ({
  personId: personId as PersonId,
  act: 'refer',
  recipient: to as AgencyId,
  purpose: 'requested help',
  items: requiredForReferral,
  until: new Date(floorToHour(at).getTime() + fourWeeks),
  ...more,
});

function composeConsent(known: ExamplePerson, to: string, by: By, more: Partial<Consent>): Consent {
  const scope = scopeOf(known, to, {});
  return {
    ...scope,
    id: newTimelessId(),
    operationId: known.operationId,
    agencyId: by.agencyId,
    authorId: by.id,
    wording: composeWording({
      ...scope,
      recipient: 'An invented agency',
      metAtVisit: false,
      mayBeChild: false,
      lastDay: lastDayOf(scope.until),
    }),
    ...{ shownWording: null, shownLanguage: null },
    language: 'ro',
    how: 'the person themself',
    interpreted: 'remote interpreter',
    interpreter: 'Interpreter 4471',
    givenAt: floorToHour(known.at),
    withdrawnAt: null,
    withdrawnBy: null,
    withdrawnHow: null,
    ...more,
  };
}

/** Given by the person in Romanian, through an interpreter, for four weeks. */
export async function addConsent(
  db: Db,
  keys: UnitKeys,
  known: ExamplePerson,
  to: string,
  by: By,
  more: Partial<Consent> = {},
): Promise<Consent> {
  const consent = composeConsent(known, to, by, more);
  await store.addConsent(db, keys, consent);
  return consent;
}

/** The person said no to an examination, explained in the same way. */
export const addRefusal = (db: Db, keys: UnitKeys, known: ExamplePerson, to: string, by: By): Promise<void> => {
  const asked = { act: 'examine', purpose: 'examine and treat', items: ['injury examination'] } as const;
  return store.addConsentRefusal(db, keys, composeConsent(known, to, by, asked));
};

/** On the ground “child”: disclosed at once and not reviewed yet. On another ground: approved by an unknown member. */
export async function addDisclosure(
  db: Db,
  keys: UnitKeys,
  known: ExamplePerson,
  to: string,
  by: By,
  more: Partial<Disclosure> = {},
): Promise<Disclosure> {
  const { act: _act, ...scope } = scopeOf(known, to, {});
  const at = floorToHour(known.at);
  const basis = more.basis ?? 'child';
  const once = urgentBases.includes(basis);
  const disclosure: Disclosure = {
    ...scope,
    ...undecidedDisclosure,
    id: newTimelessId(),
    operationId: known.operationId,
    agencyId: by.agencyId,
    basis,
    reasons: 'May be fifteen, and is told where to sleep by a man she fears',
    timing: once ? 'at once' : 'after approval',
    askedBy: by.id,
    askedAt: at,
    plan: null,
    approvedBy: once ? by.id : newTimelessId(),
    approvedAt: at,
    cannotWait: once ? 'He comes back within the hour, and nobody else was to be reached' : null,
    reviewBy: once ? new Date(at.getTime() + 48 * hourMs) : null,
    ...more,
  };
  await addReviewedDisclosure(db, keys, disclosure);
  return disclosure;
}

/** First requested, then answered, because the database requires this order. */
async function addReviewedDisclosure(db: Db, keys: UnitKeys, disclosure: Disclosure): Promise<void> {
  const { approvedBy, approvedAt } = disclosure.timing === 'at once' ? disclosure : undecidedDisclosure;
  const asked: Disclosure = {
    ...disclosure,
    ...undecidedDisclosure,
    ...pickImmediateFields(disclosure),
    approvedBy,
    approvedAt,
  };
  await insertDisclosure(db, keys, asked);
  const answered =
    disclosure.timing === 'after approval' ? (disclosure.approvedBy ?? disclosure.refusedBy) : disclosure.reviewResult;
  if (answered) await saveReview(db, keys, disclosure);
}
const pickImmediateFields = ({ cannotWait, reviewBy }: Disclosure) => ({ cannotWait, reviewBy });

/** All items that the ground allows, with the given words. */
export async function addGrant(
  db: Db,
  keys: UnitKeys,
  ground: GrantBasis,
  shown: readonly SharedItem[],
  by: By,
  more: Partial<Grant> = {},
): Promise<Grant> {
  const on = 'consent' in ground ? ground.consent : { ...ground.disclosure, act: 'refer' as const };
  const madeAt =
    'consent' in ground ? ground.consent.givenAt : (ground.disclosure.approvedAt ?? ground.disclosure.askedAt);
  const { personId, act, recipient, until, operationId } = on;
  const purpose = on.purpose as Grant['purpose'];
  const wanted = { personId, act, recipient, purpose, until, operationId, items: shown.map(({ item }) => item) };
  const made = createGrant(
    ground,
    {
      ...wanted,
      id: newTimelessId(),
      fromAgency: by.agencyId,
      authorId: by.id,
      referralId: null,
      shown,
      madeAt,
      ...more,
    },
    madeAt,
  );
  if (!made.ok) throw new Error(made.refusal);
  await store.addGrant(db, keys, made.value);
  return made.value;
}

/** In a transaction of its own, with the time of the database set. */
export async function addWithdrawal(db: Db, consent: Consent, by: Pick<Member, 'id'>, at: Date): Promise<void> {
  const taken = withdraw(consent, 'the person themself', by.id, floorToHour(at));
  if (!taken.ok) throw new Error(taken.refusal);
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: floorToHour(at) });
    await store.saveWithdrawal(tx, taken.value);
  });
}
