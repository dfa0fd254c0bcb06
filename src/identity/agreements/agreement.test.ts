import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgencyId } from '../../vocabulary/ids.ts';
import {
  type Agreement,
  type AgreementGap,
  confirmAgreement,
  findAgreement,
  findDateRefusals,
  getStanding,
  listToReview,
  mayWithdraw,
} from './agreement.ts';

const [force, council, nurses] = ['force', 'council', 'nurses'] as unknown as AgencyId[];
const agreement = (more: Partial<Agreement> = {}): Agreement => ({
  id: 'one' as Agreement['id'],
  agencies: [force, council] as AgencyId[],
  reference: 'ISA/12',
  signedOn: '2026-03-02',
  reviewOn: '2027-03-02',
  dpiaReference: 'DPIA/4',
  dpiaOn: '2026-02-20',
  confirmed: more.agencies ?? ([force, council] as AgencyId[]),
  replaces: null,
  alsoAsks: [],
  withdrawn: [],
  withdrawnReason: null,
  ...more,
});
const successor = (more: Partial<Agreement> = {}) =>
  agreement({ id: 'two' as Agreement['id'], replaces: 'one' as Agreement['id'], ...more });
const noDpia = { dpiaReference: null, dpiaOn: null };
const today = '2026-09-14';

const cases: readonly (readonly [says: string, on: readonly Agreement[], found: 'valid' | AgreementGap])[] = [
  ['nothing on file', [], 'no agreement'],
  ['an agreement with a DPIA', [agreement()], 'valid'],
  [
    'one of three agencies covers two of them',
    [agreement({ agencies: [nurses, council, force] as AgencyId[] })],
    'valid',
  ],
  ['one of other agencies', [agreement({ agencies: [nurses, council] as AgencyId[] })], 'no agreement'],
  ['signed today', [agreement({ signedOn: today })], 'valid'],
  ['signed tomorrow', [agreement({ signedOn: '2026-09-15' })], 'no agreement'],
  ['its last day', [agreement({ reviewOn: today })], 'valid'],
  ['the day after its last', [agreement({ reviewOn: '2026-09-13' })], 'review overdue'],
  ['no DPIA', [agreement(noDpia)], 'no DPIA'],
  ['a DPIA of tomorrow', [agreement({ dpiaOn: '2026-09-15' })], 'no DPIA'],
  ['an old one and a new one', [agreement({ reviewOn: '2026-09-13' }), agreement()], 'valid'],
  ['one that the other agency has not confirmed', [agreement({ confirmed: [force] as AgencyId[] })], 'not confirmed'],
  [
    'one that a third agency has not confirmed',
    [agreement({ agencies: [force, council, nurses] as AgencyId[], confirmed: [force, council] as AgencyId[] })],
    'not confirmed',
  ],
  ['one that an agency withdrew from', [agreement({ withdrawn: [council] as AgencyId[] })], 'no agreement'],
  [
    'one that a third agency withdrew from',
    [agreement({ agencies: [force, council, nurses] as AgencyId[], withdrawn: [nurses] as AgencyId[] })],
    'valid',
  ],
  ['one with a change that waits', [agreement(), successor({ confirmed: [force] as AgencyId[] })], 'valid'],
  ['one that all replaced', [agreement(), successor({ reviewOn: '2026-09-13' })], 'review overdue'],
  [
    'one whose change drops an agency that was not asked yet',
    [agreement({ agencies: [force, council, nurses] as AgencyId[] }), successor({ alsoAsks: [nurses] as AgencyId[] })],
    'valid',
  ],
  ['an old one, and a new one without a DPIA', [agreement({ reviewOn: '2026-09-13' }), agreement(noDpia)], 'no DPIA'],
];

for (const [says, on, found] of cases)
  test(`agreement between two agencies: ${says}`, () => {
    for (const pair of [
      [force, council],
      [council, force],
    ] as [string, string][]) {
      const result = findAgreement(on, pair, today);
      assert.equal(result.ok ? 'valid' : result.refusal, found);
    }
  });

test('a review is due 60 days before the last day, until a later agreement of the same agencies replaces it', () => {
  const due = (...on: Agreement[]) => listToReview(on, today).map(({ reviewOn }) => reviewOn);
  assert.deepEqual(due(agreement({ reviewOn: '2026-11-14' })), []);
  assert.deepEqual(due(agreement({ reviewOn: '2026-11-13' })), ['2026-11-13']);
  assert.deepEqual(due(agreement({ reviewOn: '2026-09-01' })), ['2026-09-01']);
  assert.deepEqual(due(agreement({ reviewOn: '2026-09-01' }), agreement()), []);
  const others = [force, nurses] as AgencyId[];
  assert.deepEqual(due(agreement({ reviewOn: '2026-09-01' }), agreement({ agencies: others })), ['2026-09-01']);
});

test('an agency confirms for itself, once, and withdraws for itself', () => {
  const waiting = agreement({ confirmed: [force] as AgencyId[] });
  assert.deepEqual(confirmAgreement(waiting, String(council)).ok && getStanding(agreement(), []), 'confirmed');
  for (const [asked, who, refused] of [
    [waiting, force, 'confirmed already'],
    [waiting, nurses, 'not asked'],
    [{ ...waiting, withdrawn: [force] as AgencyId[] }, council, 'dropped'],
  ] as const) {
    const result = confirmAgreement(asked, String(who));
    assert.equal(result.ok ? 'confirmed' : result.refusal, refused);
  }
  assert.equal(getStanding({ ...waiting, withdrawn: [council] as AgencyId[] }, []), 'dropped');
  assert.equal(mayWithdraw(waiting, String(council), 'waiting'), true);
  assert.equal(mayWithdraw(waiting, String(nurses), 'waiting'), false);
  assert.equal(mayWithdraw(agreement(), String(council), 'replaced'), false);
});

test('refuses dates that cannot be right', () => {
  const found = (signedOn: string, reviewOn: string) => findDateRefusals({ signedOn, reviewOn }, today);
  assert.deepEqual(found('1900-01-01', '2099-12-31'), ['signed too early', 'review too late']);
  assert.deepEqual(found('2014-12-31', '2024-12-31'), ['signed too early']);
  assert.deepEqual(found('2015-01-01', '2025-01-01'), []);
  assert.deepEqual(found('2026-03-02', '2031-09-14'), []);
  assert.deepEqual(found('2026-03-02', '2031-09-15'), ['review too late']);
  assert.deepEqual(found('2017-03-01', '2027-03-02'), ['too old for a review']);
});
