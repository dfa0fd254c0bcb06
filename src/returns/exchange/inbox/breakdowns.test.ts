import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Quantity } from '../../../vocabulary/figures.ts';
import { figureOf, type Said } from '../document/examples.ts';
import { addBreakdowns, findWrongChildren, type Range } from './breakdowns.ts';
import { exampleWeek, keptReturn, keyOf, lea, stort } from './examples.ts';
import { judgeWeek, type Reporter } from './inbox.ts';
import { listLikelyPairs, type PairAnswer } from './joint-visits.ts';
import { rollUp } from './roll-up.ts';

const exact = (value: number): Quantity => ({ kind: 'number', value, qualifier: 'exact' });
const about = (value: number): Quantity => ({ kind: 'number', value, qualifier: 'about' });
const atLeast = (value: number): Quantity => ({ kind: 'number', value, qualifier: 'at least' });
const few: Quantity = { kind: 'words', words: 'fewer than 5' };

type Parts = Readonly<Record<string, Quantity>>;
const broken = (indicator: string, total: Quantity, breakdown: string, dimension: string, parts: Parts) =>
  ({
    [indicator]: {
      ...{ indicator, total },
      breakdowns: {
        [breakdown]: Object.entries(parts).map(([part, quantity]) => ({ of: { [dimension]: part }, quantity })),
      },
    },
  }) as NonNullable<Said['figures']>;

function addOf(sent: readonly (readonly [Reporter, Said])[], decisions: Record<string, PairAnswer> = {}) {
  const reporters = sent.map(([reporter]) => reporter);
  const documents = sent.map(([reporter, said]) => keptReturn(reporter, said));
  const judged = judgeWeek(
    exampleWeek({ reporters }),
    { keys: reporters.map((one) => keyOf(one)), documents },
    new Date('2026-09-23T12:00:00Z'),
  );
  assert.equal(judged.counted.length, sent.length, 'every return counts');
  const answers = new Map(Object.entries(decisions));
  const { added, totals } = rollUp(judged, answers);
  return { added, totals, all: addBreakdowns(added, answers, totals) };
}
const say = ({ least, most, about: sent }: Range): string =>
  `${sent === null ? '' : `~${sent} `}${least}${most === least ? '' : `-${most ?? ''}`}`;
const sumsOf = (all: ReturnType<typeof addBreakdowns>): Record<string, string> =>
  Object.fromEntries(all.flatMap(({ parts }) => parts.map(({ of, sum }) => [Object.values(of).join(), say(sum)])));

test('adds exact parts under one spelling, and an absent part as nobody', () => {
  const { all } = addOf([
    [lea, { figures: broken('visits.made', exact(5), 'byTown', 'town', { Watford: exact(3), Ware: exact(2) }) }],
    [stort, { figures: broken('visits.made', exact(4), 'byTown', 'town', { 'watford ': exact(4) }) }],
  ]);
  assert.equal(all.length, 1);
  assert.deepEqual(Object.values(sumsOf(all)), ['7', '2']);
  assert.deepEqual([all[0]?.isWrong, all[0]?.given, all[0]?.asked], [false, 2, 2]);
});

test('rounded parts of potential victims become a range, and never an exact number', () => {
  const { all } = addOf([
    [lea, { figures: broken('victims.byOfficers', about(15), 'byAge', 'age', { adult: about(10), child: few }) }],
    [stort, { figures: broken('victims.byOfficers', about(5), 'byAge', 'age', { adult: about(5), child: few }) }],
  ]);
  assert.deepEqual(sumsOf(all), { adult: '~15 1-33', child: '0-8' });
  assert.equal(all[0]?.isProtected, true);
  assert.equal(all[0]?.isWrong, false);
  for (const { parts } of all) for (const { sum } of parts) assert.notEqual(sum.least, sum.most);
});

test('rounded parts stay a range though each was fewer than five or rounded down', () => {
  const { all } = addOf([
    [lea, { figures: broken('nrm.sent', atLeast(10), 'byOrganisation', 'organisation', { 'Lea Vale': atLeast(10) }) }],
    [stort, { figures: broken('nrm.sent', about(5), 'byOrganisation', 'organisation', { 'Lea Vale': few }) }],
  ]);
  assert.deepEqual(sumsOf(all), { 'Lea Vale': '10-' });
});

test('a protected breakdown may leave out a few people with no known age', () => {
  const { all } = addOf([
    [
      lea,
      { figures: broken('victims.inNotes', about(20), 'byAge', 'age', { adult: about(15), 'not known': about(5) }) },
    ],
    [stort, { figures: broken('victims.inNotes', about(5), 'byAge', 'age', { adult: about(5) }) }],
  ]);
  assert.deepEqual(sumsOf(all), { adult: '~20 6-38', 'not known': '~5 0-18' });
});

test('adds cash by currency, and compares the pounds alone with the whole', () => {
  const cash = (pounds: number, euros: number) =>
    broken('cash.seized', exact(pounds), 'byCurrency', 'currency', { GBP: exact(pounds), EUR: exact(euros) });
  const { all } = addOf([
    [lea, { figures: cash(1_000, 50) }],
    [stort, { figures: cash(250, 500) }],
  ]);
  assert.deepEqual(sumsOf(all), { GBP: '1250', EUR: '550' });
  assert.equal(all[0]?.isWrong, false);
});

test('a joint visit counts once in its town, and its power is between two numbers', () => {
  const line = {
    ...{ reference: 'JV-ABCD-2345', day: '2026-09-15', town: 'Ware', kind: 'nail bar' },
    counts: { 'visits.made': 1, 'premises.visited': 1 },
  };
  const said = (ware: number, entered: number): Said => {
    const town = broken('visits.made', exact(ware), 'byTown', 'town', { Ware: exact(ware) });
    const power = broken('visits.made', exact(ware), 'byPower', 'power', { consent: exact(entered) });
    const figure = town['visits.made'];
    return {
      jointVisits: [line],
      figures: {
        ...{ 'premises.visited': figureOf('premises.visited', ware) },
        'visits.made': {
          ...(figure as NonNullable<typeof figure>),
          breakdowns: { ...figure?.breakdowns, ...power['visits.made']?.breakdowns },
        },
      } as NonNullable<Said['figures']>,
    };
  };
  const { all } = addOf([
    [lea, said(3, 3)],
    [stort, said(2, 2)],
  ]);
  assert.deepEqual(sumsOf(all), { Ware: '4', consent: '4-5' });
  assert.deepEqual(
    all.map(({ isWrong }) => isWrong),
    [false, false],
  );
});

test('visits that are the same count once in their town, and those that may be are between two numbers', () => {
  const day = { day: '2026-09-15', town: 'Ware', kind: 'nail bar', visits: 1, premises: 1 };
  const said = { visits: [day], figures: broken('visits.made', exact(1), 'byTown', 'town', { Ware: exact(1) }) };
  const sent: [Reporter, Said][] = [
    [lea, said],
    [stort, said],
  ];
  const key = listLikelyPairs(addOf(sent).added)[0]?.key ?? '';
  assert.deepEqual(sumsOf(addOf(sent, { [key]: 'same' }).all), { Ware: '1' });
  assert.deepEqual(sumsOf(addOf(sent).all), { Ware: '1-2' });
  assert.deepEqual(sumsOf(addOf(sent, { [key]: 'different' }).all), { Ware: '2' });
});

test('finds parts that are more than their total, and a return without the breakdown leaves a rest', () => {
  const { all, added } = addOf([
    [lea, { figures: broken('visits.made', exact(5), 'byTown', 'town', { Ware: exact(5) }) }],
    [stort, { counts: { 'visits.made': 4 } }],
  ]);
  assert.deepEqual([all[0]?.given, all[0]?.asked, all[0]?.isWrong], [1, 2, false]);
  const less = new Map([['visits.made', { value: 4, qualifier: 'exact' as const }]]);
  assert.equal(addBreakdowns(added, new Map(), less)[0]?.isWrong, true);
});

test('finds a figure that is more than the one that it is a part of', () => {
  const { added, totals } = addOf([
    [lea, { counts: { 'visits.made': 2, 'visits.refused': 2, 'visits.nobodyFound': 3 } }],
  ]);
  assert.deepEqual(findWrongChildren(added, totals), [{ child: 'visits.nobodyFound', parent: 'visits.made' }]);
});
