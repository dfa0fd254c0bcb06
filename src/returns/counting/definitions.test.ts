import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventRecords } from '../../../test/assurance/returns/assurance.ts';
import {
  compareAmounts,
  compareCounts,
  countByHand,
  sumByHand,
} from '../../../test/assurance/returns/count-by-hand.ts';
import { chance } from '../../../test/harness/assurance.ts';
import { breakdownsOf, type Indicator, indicators } from '../../vocabulary/figures.ts';
import type { Records } from './counting.ts';
import { countIndicators, type Edition, editions, findEdition, getEdition } from './definitions.ts';
import { getCount } from './qualify.ts';

const names = Object.keys(indicators) as Indicator[];
const latest = editions.at(-1) ?? editions[0];

test('the count by hand notices when any definition counts one thing too few', () => {
  const edition = latest;
  for (const indicator of names) {
    const definition = edition.definitions[indicator];
    assert.ok(definition, indicator);
    const find = (records: Records) => {
      const found = definition.find(records);
      return { ...found, whole: found.whole.slice(1) };
    };
    const definitions = { ...edition.definitions, [indicator]: { ...definition, find } };
    const short: Edition = { ...edition, definitions };
    const random = chance(7);
    const noticed = Array.from({ length: 60 }, () => inventRecords(random)).some((records) => {
      const counted = countIndicators(short, records);
      const wrong = compareCounts(counted, countByHand(records)).wrongNumbers;
      return [...wrong, ...compareAmounts(counted, sumByHand(records))].includes(indicator);
    });
    assert.ok(noticed, indicator);
  }
});

test('every indicator has a definition in a plain sentence and its allowed breakdowns', () => {
  const records = inventRecords(chance(3));
  for (const edition of editions) {
    const { figures } = countIndicators(edition, records);
    for (const indicator of Object.keys(edition.definitions) as Indicator[]) {
      assert.match(edition.definitions[indicator]?.sentence ?? '', /^Each .+\.$/, indicator);
      assert.deepEqual(Object.keys(figures[indicator]?.breakdowns ?? {}), breakdownsOf[indicator] ?? [], indicator);
    }
  }
});

test('an operation without records counts zero everywhere', () => {
  const nothing = Object.fromEntries(Object.keys(inventRecords(chance(1))).map((name) => [name, []])) as never;
  const { figures, countedRecords } = countIndicators(latest, nothing);
  for (const indicator of names)
    assert.deepEqual(figures[indicator]?.total, { kind: 'number', value: 0, qualifier: 'exact' }, indicator);
  assert.deepEqual(countedRecords, []);
});

test('a return finds the edition that it names, and a day the one in force', () => {
  const [first] = editions;
  assert.equal(getEdition('1999-01-01'), first, 'days before the first');
  assert.equal(getEdition('2099-01-01'), editions.at(-1));
  for (const edition of editions) assert.equal(findEdition(edition.label), edition);
  assert.equal(findEdition('1999-01'), undefined);
  const days = editions.map(({ since }) => since);
  assert.deepEqual(days, [...days].sort());
});

test('a person whom two helpers advised counts once, and two needs of one person count twice', () => {
  const fact = (id: string, person: string, indicator: string, part: string | null) => ({
    id,
    person,
    indicator,
    part,
    town: 'Watford',
  });
  const records = {
    ...inventRecords(chance(5)),
    facts: [
      fact('2', 'a', 'people.advised', null),
      fact('1', 'a', 'people.advised', null),
      fact('3', 'a', 'people.advised', 'health'),
      fact('4', 'a', 'people.advised', 'health'),
      fact('5', 'a', 'needs.recorded', 'shelter'),
      fact('6', 'a', 'needs.recorded', 'health'),
      fact('7', 'b', 'needs.recorded', 'nothing now'),
    ],
  };
  const { figures, countedRecords } = countIndicators(getEdition('2026-09-18'), records);
  const value = (indicator: Indicator) => getCount(figures[indicator]?.total);
  assert.deepEqual([value('people.advised'), value('needs.recorded')], [1, 2]);
  assert.deepEqual(
    countedRecords
      .filter(({ indicator, cell }) => indicator === 'people.advised' && cell === 'total')
      .map(({ id }) => id),
    ['1'],
  );
});

test('people without an account count once for each unit, as many as came to the one visit where most did', () => {
  const nothing = Object.fromEntries(Object.keys(inventRecords(chance(1))).map((name) => [name, []]));
  const others = [
    ['a1', 'a', 'Support'],
    ['a2', 'a', 'Support'],
    ['b1', 'b', 'Support'],
    ['b2', 'b', 'Support'],
    ['b3', 'b', 'Support'],
    ['a3', 'a', 'Interpreters'],
  ].map(([id, visitId, partner]) => ({ id, visitId, partner }));
  const { figures, countedRecords } = countIndicators(getEdition('2026-09-18'), {
    ...nothing,
    others,
  } as never);
  const deployed = figures['people.deployed'];
  assert.equal(deployed && getCount(deployed.total), 4);
  assert.deepEqual(
    countedRecords.filter(({ cell }) => cell === 'total').map(({ id }) => id),
    ['b1', 'b2', 'b3', 'a3'],
  );
});
