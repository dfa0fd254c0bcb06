import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageTreatments } from '../vocabulary/age.ts';
import { type Capacity, chooseRoute, needsConsentToStay, type RouteInput } from './route.ts';

const able: Capacity = { kind: 'not in doubt' };
const unable = (decisionMaker: string | null, decision: 'refer' | 'do not refer' | null): Capacity => ({
  kind: 'assessed',
  assessor: 'An assessor',
  able: false,
  decisionMaker,
  decision,
});

const maker = 'A decision-maker';
const doubted: Capacity = { kind: 'in doubt' };
const assessedAs = (assessor: string): Capacity => ({ kind: 'assessed', assessor, able: true });
type Case = readonly [what: string, RouteInput['age'], RouteInput['consent'], Capacity, way: string];

const cases: readonly Case[] = [
  ['a child is referred', 'child', null, able, 'referral: child'],
  ['a child who says no is referred', 'child', 'no', able, 'referral: child'],
  [
    'age not sure is a child, whatever is said',
    'not sure',
    'no',
    doubted,
    'referral: age not sure: a child until assessed',
  ],
  ['an adult who says yes', 'adult', 'yes', able, 'referral: consent'],
  ['an adult who says no', 'adult', 'no', able, 'notification: no consent'],
  ['an adult not asked yet', 'adult', null, able, 'first: consent to be asked'],
  ['capacity in doubt comes before a yes', 'adult', 'yes', doubted, 'first: assessor to be named'],
  ['capacity in doubt comes before a no', 'adult', 'no', doubted, 'first: assessor to be named'],
  ['an assessor without a name is none', 'adult', 'yes', assessedAs(' '), 'first: assessor to be named'],
  ['an adult with capacity decides', 'adult', 'no', assessedAs('An assessor'), 'notification: no consent'],
  [
    'who is not able has a decision-maker named',
    'adult',
    'yes',
    unable(null, 'refer'),
    'first: best-interests decision-maker to be named',
  ],
  ['who then decides', 'adult', 'yes', unable(maker, null), 'first: best-interests decision to be made'],
  ['to refer', 'adult', null, unable(maker, 'refer'), 'referral: best interests'],
  ['or not to, and then without a name', 'adult', 'yes', unable(maker, 'do not refer'), 'notification: best interests'],
];

for (const [what, age, consent, capacity, way] of cases)
  test(`the fork: ${what}`, () => {
    const { kind, ...why } = chooseRoute({ age, consent, capacity });
    assert.deepEqual([kind, Object.values(why)], [way.split(': ')[0], [way.slice(kind.length + 2)]]);
  });

test('refers no adult by name unless they said yes or a named person decided for them', () => {
  const capacities = [able, doubted, unable(null, null), unable('Somebody', 'do not refer')];
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
