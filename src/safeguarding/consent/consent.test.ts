import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AgencyId, type MemberId, newTimelessId, type PersonId } from '../../vocabulary/ids.ts';
import {
  draftGroup,
  legalBases,
  nrmPurpose,
  requiredForReferral,
  shareableItems,
} from '../../vocabulary/information-shared.ts';
import { roles } from '../../vocabulary/people.ts';
import {
  checkDisclosurePermits,
  checkImmediateDisclosure,
  type Disclosure,
  decideDisclosure,
  deriveDisclosureStatus,
  isReviewLate,
  reviewDisclosure,
  undecidedDisclosure,
} from '../disclosures/disclosure.ts';
import {
  acts,
  allows,
  type Consent,
  deriveConsentStatus,
  purposesByAct,
  sortByTime,
  validateConsent,
  withdraw,
} from './consent.ts';
import { createGrant, deriveGrantStatus } from './grant.ts';

const at = (text: string): Date => new Date(text);
const now = at('2026-09-18T10:00:00Z');
const later = at('2026-10-16T23:00:00Z');
const person = newTimelessId() as unknown as PersonId;
const council = newTimelessId<'agency'>() as AgencyId;
const worker = newTimelessId<'member'>() as MemberId;

const consent: Consent = {
  id: newTimelessId(),
  personId: person,
  act: 'refer',
  recipient: council,
  purpose: 'safe place',
  items: [...requiredForReferral, 'where we met'],
  until: later,
  operationId: null,
  agencyId: newTimelessId(),
  authorId: worker,
  wording: 'Words',
  ...{ shownWording: null, shownLanguage: null },
  language: 'en',
  how: 'the person themself',
  interpreted: 'nobody was needed',
  interpreter: null,
  givenAt: now,
  withdrawnAt: null,
  withdrawnBy: null,
  withdrawnHow: null,
};
const asked = { personId: person, recipient: council, purpose: consent.purpose, until: later };
const wanted = { ...asked, act: 'refer' as const, items: requiredForReferral };
const saidOf = (result: { readonly ok: boolean; readonly refusal?: string }): string =>
  result.ok ? 'yes' : (result.refusal ?? '');

test('allows exactly what was agreed and nothing beyond', () => {
  type Case = readonly [string, Partial<typeof wanted> | Record<string, unknown>, Partial<Consent>?, Date?];
  const cases: readonly Case[] = [
    ['yes', {}],
    ['yes', { items: ['when we met'] }],
    ['yes', { until: at('2026-09-18T11:00:00Z') }],
    ['another person', { personId: newTimelessId() }],
    ['another act', { act: 'share' }],
    ['another act', { act: 'examine' }],
    ['another recipient', { recipient: newTimelessId() }],
    ['another purpose', { purpose: 'requested help' }],
    ['not agreed', { items: [...requiredForReferral, 'wishes'] }],
    ['not agreed', { items: [] }],
    ['longer than agreed', { until: at('2026-10-17T00:00:00Z') }],
    ['run out', {}, {}, later],
    ['yes', {}, {}, at('2026-10-16T22:59:59Z')],
    ['taken back', {}, { withdrawnAt: now }],
    ['taken back', {}, { withdrawnAt: now }, later],
  ];
  for (const [says, ask, more = {}, when = now] of cases) {
    const result = allows({ ...consent, ...more }, { ...wanted, ...ask } as never, when);
    assert.equal(saidOf(result), says, JSON.stringify(ask));
  }
});

test('none of the three acts implies another', () => {
  for (const act of acts)
    for (const other of acts)
      assert.equal(allows({ ...consent, act }, { ...wanted, act: other }, now).ok, act === other, `${act}, ${other}`);
});

test('accepts and refuses combinations in one consent', () => {
  const cases: readonly (readonly [string, Partial<Consent>])[] = [
    ['yes', {}],
    ['yes', { act: 'share', items: ['where we met'] }],
    ['yes', { act: 'examine', items: ['forensic samples'], purpose: 'proof of injuries' }],
    ['yes', { act: 'examine', items: ['sexual health tests'], purpose: 'examine and treat' }],
    ['purpose of another act', { act: 'examine', items: ['forensic samples'] }],
    ['purpose of another act', { act: 'share', items: ['where we met'], purpose: nrmPurpose }],
    ['purpose of another act', { act: 'share', items: ['where we met'], purpose: 'requested help' }],
    ['purpose of another act', { purpose: 'proof of injuries' }],
    ['another act’s', { act: 'share', items: [draftGroup] }],
    ['nothing named', { items: [] }],
    ['another act’s', { act: 'examine', items: ['where we met'] }],
    ['another act’s', { act: 'share', items: ['sexual health tests'] }],
    ['too little to refer', { items: ['when we met'] }],
    ['nobody interpreted', { language: 'ro' }],
    ['yes', { language: 'ro', interpreted: 'shared language' }],
    ['interpreter not named', { language: 'ro', interpreted: 'interpreter present' }],
    ['yes', { language: 'ro', interpreted: 'interpreter present', interpreter: '4471' }],
    ['over before it begins', { until: now }],
    ['yes', { until: at('2027-09-19T10:00:00Z') }],
    ['longer than a year', { until: at('2027-09-19T11:00:00Z') }],
  ];
  for (const [says, more] of cases)
    assert.equal(saidOf(validateConsent({ ...consent, ...more })), says, JSON.stringify(more));
});

test('each act has several purposes of its own', () => {
  for (const act of acts) assert.ok(purposesByAct[act].length > 1, act);
  assert.deepEqual(
    purposesByAct.examine.filter((purpose) => purposesByAct.refer.includes(purpose)),
    ['examine and treat'],
  );
});

test('sorts consents of one hour by act, recipient and purpose, whatever the stored order', () => {
  const names: Record<string, string> = { a: 'Zed House', b: 'Ash Clinic' };
  const one = (id: string, act: Consent['act'], recipient: string, more: Partial<Consent> = {}) =>
    ({ ...consent, id, act, recipient, ...more }) as Consent;
  const wanted = [
    one('9', 'refer', 'a', { givenAt: later }),
    one('8', 'examine', 'a'),
    one('7', 'share', 'b'),
    one('6', 'share', 'a'),
    one('5', 'refer', 'b', { purpose: 'safe place' }),
    one('4', 'refer', 'b', { purpose: 'safety planning' }),
    one('3', 'refer', 'a'),
  ];
  for (const turn of wanted.keys()) {
    const lying = [...wanted.slice(turn), ...wanted.slice(0, turn).reverse()];
    const stands = sortByTime(
      lying,
      ({ givenAt }) => givenAt,
      (id) => String(names[id]),
    );
    assert.equal(stands.map(({ id }) => id).join(''), '9876543');
  }
});

test('a consent is withdrawn once, at any time, and a worker’s report of it is kept as such', () => {
  const taken = withdraw(consent, 'reported by worker', worker, later);
  assert.ok(
    taken.ok &&
      taken.value.withdrawnHow === 'reported by worker' &&
      deriveConsentStatus(taken.value, now) === 'taken back',
  );
  assert.equal(saidOf(withdraw(taken.value, 'the person themself', worker, later)), 'taken back already');
});

const asker = newTimelessId<'member'>() as MemberId;
const agencyId = newTimelessId<'agency'>();
const disclosure: Disclosure = {
  ...wanted,
  ...undecidedDisclosure,
  id: newTimelessId(),
  operationId: null,
  agencyId,
  basis: 'child',
  reasons: 'May be fifteen',
  timing: 'after approval',
  askedBy: asker,
  askedAt: now,
  plan: null,
};
const by = (more: object = {}) =>
  ({ memberId: worker, agencyId, roles: ['safeguarding lead'], ...more }) as Parameters<typeof reviewDisclosure>[2];

test('without consent nothing is disclosed before a second person of the agency, in a permitted role, approves it', () => {
  const asks = { ...wanted, authorId: asker };
  assert.equal(saidOf(checkDisclosurePermits(disclosure, asks, now)), 'not approved');
  const decide = (who: object, approves = true, said: string | null = null, at = now, of = disclosure) =>
    saidOf(decideDisclosure(of, { approves, said }, by(who), at));
  for (const role of roles)
    assert.equal(
      decide({ roles: [role] }),
      ['safeguarding lead', 'data-protection lead'].includes(role) ? 'yes' : 'not yours',
    );
  assert.equal(decide({ memberId: asker }), 'who asked');
  assert.equal(decide({ memberId: asker }, false, 'It is mine, and I take it back'), 'who asked');
  assert.equal(decide({ agencyId: newTimelessId() }), 'not yours');
  assert.equal(decide({}, false), 'unsaid');
  assert.equal(decide({}, true, null, later), 'over');
  const approved = decideDisclosure(disclosure, { approves: true, said: null }, by(), now);
  assert.ok(approved.ok && approved.value.approvedBy === worker);
  assert.equal(decide({}, true, null, now, approved.value), 'answered already');
  assert.equal(saidOf(checkDisclosurePermits(approved.value, asks, now)), 'yes');
  assert.equal(saidOf(checkDisclosurePermits(approved.value, { ...asks, authorId: worker }, now)), 'another asked');
  assert.equal(saidOf(checkDisclosurePermits(approved.value, asks, later)), 'run out');
  assert.equal(saidOf(checkDisclosurePermits(approved.value, { ...asks, items: shareableItems }, now)), 'not agreed');
  const other = { ...asks, recipient: newTimelessId() as AgencyId };
  assert.equal(saidOf(checkDisclosurePermits(approved.value, other, now)), 'another recipient');
  const refused = decideDisclosure(disclosure, { approves: false, said: 'She can be asked' }, by(), now);
  assert.ok(refused.ok && deriveDisclosureStatus(refused.value) === 'refused');
  assert.equal(saidOf(checkDisclosurePermits(refused.value, asks, now)), 'not approved');
});

test('at once: only in danger, only by a member who could approve for colleagues and gives a reason; reviewed once by somebody else', () => {
  for (const basis of legalBases)
    for (const role of roles) {
      const urgent = basis === 'child' || basis === 'vital interests';
      const leads = role === 'safeguarding lead' || role === 'data-protection lead';
      const said = urgent ? (leads ? 'yes' : 'a lead tells at once') : 'time to ask';
      assert.equal(saidOf(checkImmediateDisclosure(basis, 'He comes back tonight', [role])), said);
      assert.equal(checkImmediateDisclosure(basis, null, [role]).ok, false);
    }
  const once: Disclosure = { ...disclosure, timing: 'at once', approvedBy: asker, approvedAt: now, reviewBy: later };
  assert.equal(saidOf(checkDisclosurePermits(once, { ...wanted, authorId: asker }, now)), 'yes');
  assert.deepEqual([isReviewLate(once, now), isReviewLate(once, later)], [false, true]);
  const look = (who: object, reviewResult: Disclosure['reviewResult'], said: string | null, of = once) =>
    reviewDisclosure(of, { reviewResult: reviewResult ?? 'agrees', said }, by(who), later);
  assert.equal(saidOf(look({ memberId: asker }, 'agrees', null)), 'who asked');
  assert.equal(saidOf(look({ roles: ['field'] }, 'agrees', null)), 'not yours');
  assert.equal(saidOf(look({}, 'something was wrong', null)), 'unsaid');
  assert.equal(saidOf(look({}, 'agrees', null, disclosure)), 'answered already');
  const wrong = look({}, 'something was wrong', 'The council was not to be told the address');
  assert.ok(wrong.ok && deriveDisclosureStatus(wrong.value) === 'something was wrong');
  assert.equal(saidOf(look({}, 'agrees', null, wrong.value)), 'answered already');
  assert.equal(
    saidOf(checkDisclosurePermits(wrong.value, { ...wanted, authorId: asker }, now)),
    'not approved',
    'no more is told',
  );
  assert.equal(saidOf(decideDisclosure(once, { approves: true, said: null }, by(), now)), 'answered already');
});

test('a grant shows exactly the items that it names, each in words', () => {
  const shown = requiredForReferral.map((item) => ({ item, words: 'x' }));
  const asks = {
    ...wanted,
    id: newTimelessId<'grant'>(),
    operationId: null,
    fromAgency: newTimelessId<'agency'>(),
    authorId: worker,
    referralId: newTimelessId(),
    shown,
    madeAt: now,
  };
  const made = createGrant({ consent }, asks, now);
  assert.ok(made.ok && made.value.consentId === consent.id && made.value.disclosureId === null);
  assert.equal(deriveGrantStatus(made.value, now), 'open');
  assert.equal(deriveGrantStatus(made.value, later), 'run out');
  assert.equal(deriveGrantStatus({ ...made.value, ended: 'taken back' }, later), 'taken back');
  for (const wrong of [[], shown.slice(1), [...shown, { item: 'where we met' as const, words: 'Tring' }]])
    assert.equal(saidOf(createGrant({ consent }, { ...asks, shown: wrong }, now)), 'nothing to show');
  const twice = [shown[0], shown[0], shown[1]] as typeof shown;
  assert.equal(saidOf(createGrant({ consent }, { ...asks, shown: twice }, now)), 'nothing to show');
  assert.equal(saidOf(createGrant({ consent }, asks, later)), 'run out');
});
