import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgencyId } from '../../vocabulary/ids.ts';
import { type Agreement, type AgreementGap, findAgreement, listToReview } from './agreement.ts';

const [force, council, nurses] = ['force', 'council', 'nurses'] as unknown as AgencyId[];
const agreement = (more: Partial<Agreement> = {}): Agreement => ({
  id: 'one' as Agreement['id'],
  agencies: [force, council] as AgencyId[],
  reference: 'ISA/12',
  signedOn: '2026-03-02',
  reviewOn: '2027-03-02',
  dpiaReference: 'DPIA/4',
  dpiaOn: '2026-02-20',
  ...more,
});
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
