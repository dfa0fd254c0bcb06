import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageTreatments } from '../vocabulary/age.ts';
import { type Capacity, chooseRoute, needsConsentToStay, type ReferralRoute, type RouteInput } from './route.ts';

const able: Capacity = { kind: 'not in doubt' };
const unable = (decisionMaker: string | null, decision: 'refer' | 'do not refer' | null): Capacity => ({
  kind: 'assessed',
  assessor: 'An assessor',
  able: false,
  decisionMaker,
  decision,
});

const cases: readonly [string, RouteInput, ReferralRoute][] = [
  ['a child is referred', { age: 'child', consent: null, capacity: able }, { kind: 'referral', ground: 'child' }],
  [
    'a child who says no is referred',
    { age: 'child', consent: 'no', capacity: able },
    { kind: 'referral', ground: 'child' },
  ],
  [
    'age not sure is a child, whatever is said',
    { age: 'not sure', consent: 'no', capacity: { kind: 'in doubt' } },
    { kind: 'referral', ground: 'age not sure: a child until assessed' },
  ],
  ['an adult who says yes', { age: 'adult', consent: 'yes', capacity: able }, { kind: 'referral', ground: 'consent' }],
  [
    'an adult who says no',
    { age: 'adult', consent: 'no', capacity: able },
    { kind: 'notification', ground: 'no consent' },
  ],
  [
    'an adult not asked yet',
    { age: 'adult', consent: null, capacity: able },
    { kind: 'first', wait: 'consent to be asked' },
  ],
  [
    'capacity in doubt comes before a yes',
    { age: 'adult', consent: 'yes', capacity: { kind: 'in doubt' } },
    { kind: 'first', wait: 'assessor to be named' },
  ],
  [
    'capacity in doubt comes before a no',
    { age: 'adult', consent: 'no', capacity: { kind: 'in doubt' } },
    { kind: 'first', wait: 'assessor to be named' },
  ],
  [
    'an assessor without a name is none',
    { age: 'adult', consent: 'yes', capacity: { kind: 'assessed', assessor: ' ', able: true } },
    { kind: 'first', wait: 'assessor to be named' },
  ],
  [
    'who is able decides herself',
    { age: 'adult', consent: 'no', capacity: { kind: 'assessed', assessor: 'An assessor', able: true } },
    { kind: 'notification', ground: 'no consent' },
  ],
  [
    'who is not able has a decision-maker named',
    { age: 'adult', consent: 'yes', capacity: unable(null, 'refer') },
    { kind: 'first', wait: 'best-interests decision-maker to be named' },
  ],
  [
    'who then decides',
    { age: 'adult', consent: 'yes', capacity: unable('A decision-maker', null) },
    { kind: 'first', wait: 'best-interests decision to be made' },
  ],
  [
    'to refer',
    { age: 'adult', consent: null, capacity: unable('A decision-maker', 'refer') },
    { kind: 'referral', ground: 'best interests' },
  ],
  [
    'or not to, and then without a name',
    { age: 'adult', consent: 'yes', capacity: unable('A decision-maker', 'do not refer') },
    { kind: 'notification', ground: 'best interests' },
  ],
];

for (const [what, asked, way] of cases) test(`the fork: ${what}`, () => assert.deepEqual(chooseRoute(asked), way));

test('refers no adult by name unless they said yes or a named person decided for them', () => {
  const capacities: readonly Capacity[] = [
    able,
    { kind: 'in doubt' },
    unable(null, null),
    unable('Somebody', 'do not refer'),
  ];
  for (const consent of ['yes', 'no', null] as const)
    for (const capacity of capacities)
      if (consent !== 'yes' || capacity !== able)
        assert.notEqual(chooseRoute({ age: 'adult', consent, capacity }).kind, 'referral');
});

test('requires agreement to stay from a person who turns 18 before a conclusive decision', () => {
  for (const then of ageTreatments) assert.equal(needsConsentToStay(then, 'adult', false, false), then !== 'adult');
  assert.equal(needsConsentToStay('child', 'adult', true, false), false);
  assert.equal(needsConsentToStay('child', 'adult', false, true), false);
  assert.equal(needsConsentToStay('child', 'child', false, false), false);
});
