import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventRecords } from '../../../test/assurance/returns/assurance.ts';
import { chance } from '../../../test/harness/assurance.ts';
import {
  type Breakdown,
  exactly,
  type Figure,
  fewerThanFive,
  safeguardingIndicators,
} from '../../vocabulary/figures.ts';
import { checkCount } from './checks.ts';
import { countIndicators, editions } from './definitions.ts';
import {
  controlChecks,
  controlCount,
  controlFigure,
  controlFigures,
  roundForDisclosure,
  safeguardingRecords,
} from './disclosure-control.ts';

const advised = (total: number, byAdvice: Record<string, number> = {}): Figure => ({
  indicator: 'people.advised',
  total: exactly(total),
  breakdowns: {
    byAdvice: Object.entries(byAdvice).map(([advice, many]) => ({ of: { advice }, quantity: exactly(many) })),
  },
});

test('says 1 to 4 as "fewer than 5", and rounds larger counts down to a multiple of 5', () => {
  assert.deepEqual(roundForDisclosure(0), exactly(0));
  for (const few of [1, 2, 3, 4]) assert.deepEqual(roundForDisclosure(few), fewerThanFive);
  for (const [many, value] of [
    [5, 5],
    [9, 5],
    [10, 10],
    [44, 40],
  ] as const)
    assert.deepEqual(roundForDisclosure(many), { kind: 'number', value, qualifier: 'at least' });
});

test('gives a breakdown whole, or not at all where one cell is from 1 to 4', () => {
  assert.deepEqual(controlFigure(advised(13, { health: 6, safety: 7 })).breakdowns.byAdvice?.length, 2);
  assert.deepEqual(controlFigure(advised(13, { health: 12, 'sexual health': 1 })).breakdowns, {});
  assert.deepEqual(controlFigure(advised(3, { health: 3 })), {
    indicator: 'people.advised',
    total: fewerThanFive,
    breakdowns: {},
  });
});

test('every figure that counts safeguarding records is under control, and no other', () => {
  const [{ definitions }] = editions;
  const counted = Object.entries(definitions).filter(([, { records }]) => safeguardingRecords.includes(records));
  assert.deepEqual(counted.map(([indicator]) => indicator).sort(), [...safeguardingIndicators].sort());
});

test('of a thousand operations no safeguarding count from 1 to 4, no exact count and no reference is kept', () => {
  const random = chance(16);
  let [withheld, given] = [0, 0];
  for (let round = 0; round < 1_000; round += 1) {
    const records = inventRecords(random);
    const exact = countIndicators(editions[0], records);
    const kept = controlCount(exact);
    const hidden = new Set([...records.facts, ...records.referrals].map(({ id }) => id));
    assert.ok(!kept.countedRecords.some(({ id }) => hidden.has(id)));
    for (const indicator of safeguardingIndicators) {
      const figure = kept.figures[indicator];
      const cells = Object.values(figure?.breakdowns ?? {}).flatMap((parts) => parts ?? []);
      given += cells.length;
      withheld +=
        Object.keys(exact.figures[indicator]?.breakdowns ?? {}).length - Object.keys(figure?.breakdowns ?? {}).length;
      for (const quantity of [figure?.total, ...cells.map((cell) => cell.quantity)]) {
        assert.ok(quantity);
        if (quantity.kind === 'number' && quantity.value !== 0)
          assert.ok(quantity.qualifier === 'at least' && quantity.value % 5 === 0, JSON.stringify(quantity));
      }
    }
    for (const check of controlChecks(checkCount(records, exact))) {
      if (!check.figures.some((one) => (safeguardingIndicators as readonly string[]).includes(one))) continue;
      assert.deepEqual(check.records, []);
      assert.doesNotMatch(check.found ?? '', /\d/);
    }
  }
  assert.ok(withheld > 100 && given >= 0, `${withheld} breakdowns withheld, ${given} cells given`);
});

/** Every exact figure that would be shown as this one, from 0 to 24 people over two kinds of advice. */
test('no count from 1 to 4 can be worked out: each shown figure fits several counts of each cell', () => {
  const shown = new Map<string, Set<string>[]>();
  for (let one = 0; one <= 24; one += 1)
    for (let other = 0; other <= 24; other += 1) {
      const parts = Object.fromEntries([...(one ? [['a', one]] : []), ...(other ? [['b', other]] : [])]);
      const key = JSON.stringify(controlFigure(advised(one + other, parts)));
      const possible = shown.get(key) ?? [new Set(), new Set(), new Set()];
      for (const [index, value] of [one, other, one + other].entries()) possible[index]?.add(String(value));
      shown.set(key, possible);
    }
  for (const [key, possible] of shown)
    for (const values of possible)
      assert.ok(values.size > 1 || values.has('0') || Number([...values][0]) > 4, `${key}: ${[...values]}`);
});

test('two versions that differ by one person below the next step are the same', () => {
  const [before, after] = [advised(6, { health: 6 }), advised(7, { health: 7 })].map((figure) =>
    controlFigures({ 'people.advised': figure }),
  );
  assert.deepEqual(after, before);
});

test('leaves operational figures as they are', () => {
  const figure: Figure = {
    indicator: 'arrests.made',
    total: exactly(1),
    breakdowns: { byTown: [{ of: { town: 'Ware' }, quantity: exactly(1) }] } satisfies Partial<
      Record<Breakdown, unknown>
    >,
  };
  assert.deepEqual(controlFigures({ 'arrests.made': figure }), { 'arrests.made': figure });
});
