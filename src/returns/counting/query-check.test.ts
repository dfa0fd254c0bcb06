import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly, type Figures } from '../../vocabulary/figures.ts';
import type { QueriedNumber } from './fact-counts.ts';
import { checkQueries } from './query-check.ts';

const figures: Figures = {
  'visits.made': {
    indicator: 'visits.made',
    total: exactly(3),
    breakdowns: {
      byTown: [
        { of: { town: 'Ware' }, quantity: exactly(2) },
        { of: { town: 'not known' }, quantity: exactly(1) },
      ],
      byPower: [{ of: { power: 'Search warrant' }, quantity: exactly(3) }],
    },
  },
  'checks.people': {
    indicator: 'checks.people',
    total: { kind: 'number', value: 4, qualifier: 'at least' },
    breakdowns: {},
  },
  'checks.vehicles': { indicator: 'checks.vehicles', total: { kind: 'not known' }, breakdowns: {} },
  'people.advised': { indicator: 'people.advised', total: exactly(9), breakdowns: {} },
};
const queried: readonly QueriedNumber[] = [
  { indicator: 'visits.made', breakdown: null, part: [], amount: 3, isFloor: false },
  { indicator: 'visits.made', breakdown: 'byTown', part: ['Ware'], amount: 2, isFloor: false },
  { indicator: 'visits.made', breakdown: 'byTown', part: ['not known'], amount: 1, isFloor: false },
  { indicator: 'visits.made', breakdown: 'byPower', part: ['old-warrant'], amount: 1, isFloor: false },
  { indicator: 'visits.made', breakdown: 'byPower', part: ['new-warrant'], amount: 2, isFloor: false },
  { indicator: 'checks.people', breakdown: null, part: [], amount: 4, isFloor: true },
  { indicator: 'checks.vehicles', breakdown: null, part: [], amount: 0, isFloor: true },
  { indicator: 'seizures.made', breakdown: null, part: [], amount: 0, isFloor: false },
];
const check = (given: readonly QueriedNumber[]) => checkQueries(figures, given, () => 'Search warrant');

test('the two counts agree: powers of one name are one part, and figures of later editions are left out', () => {
  assert.deepEqual([check(queried).holds, check(queried).found], [true, null]);
});

for (const [what, at, change] of [
  ['a total', 0, { amount: 2 }],
  ['a part', 1, { amount: 3 }],
  ['a part of another name', 1, { part: ['Tring'] }],
  ['a number that is no longer the least', 5, { isFloor: false }],
  ['nought instead of not known', 6, { isFloor: false }],
] as const)
  test(`the two counts disagree on ${what}, and nobody can sign`, () => {
    const found = check(queried.map((one, index) => (index === at ? { ...one, ...change } : one)));
    assert.deepEqual([found.holds, found.stops, found.figures], [false, 'signing', [queried[at]?.indicator]]);
    assert.match(found.found ?? '', /numbers differ\. Count again\./);
  });

test('a number that only one of the two has is a difference', () => {
  assert.equal(check(queried.slice(0, -2)).holds, false);
  assert.equal(check(queried.slice(1)).holds, false);
});
