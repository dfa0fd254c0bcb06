import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureOf, idNamed, type Said } from '../document/examples.ts';
import { exampleWeek, keptReturn, keyOf, lea, stort } from './examples.ts';
import { judgeWeek, type Reporter } from './inbox.ts';
import { listLikelyPairs, listReferences, type PairAnswer } from './joint-visits.ts';
import { listDoubled } from './overlaps.ts';
import { rollUp } from './roll-up.ts';
import { formatTotal } from './words.ts';

const national: Reporter = { name: 'National Unit', country: 'GB', level: 'country', partOf: null };
const region: Reporter = { name: 'Eastern Unit', country: 'GB', level: 'partnership', partOf: null };
const lyon: Reporter = { name: 'Police of Lyon', country: 'FR', level: 'force', partOf: null };

function countOf(sent: readonly (readonly [Reporter, Said])[], decisions: Record<string, PairAnswer> = {}) {
  const reporters = sent.map(([reporter]) => reporter);
  const documents = sent.map(([reporter, said]) => keptReturn(reporter, said));
  const keys = reporters.map((one) => keyOf(one));
  const judged = judgeWeek(exampleWeek({ reporters }), { keys, documents }, new Date('2026-09-23T12:00:00Z'));
  const rolled = rollUp(judged, new Map(Object.entries(decisions)));
  return { ...rolled, judged, said: (name: string) => say(rolled.totals.get(name)) };
}
const say = (total: { value: number; qualifier: string } | undefined) => total && `${total.qualifier} ${total.value}`;

const jointLine = (counts: Record<string, number>, more = {}) => ({
  ...{ reference: 'JV-ABCD-2345', day: '2026-09-15', town: 'Ware', kind: 'nail bar', counts },
  ...more,
});

test('adds each indicator, and says “at least” where a part is or is missing', () => {
  const floor = {
    indicator: 'people.advised',
    total: { kind: 'number', value: 10, qualifier: 'at least' },
    breakdowns: {},
  };
  const words = { indicator: 'people.advised', total: { kind: 'words', words: 'fewer than 5' }, breakdowns: {} };
  const { said } = countOf([
    [lea, { figures: { 'people.advised': floor, 'visits.made': figureOf('visits.made', 4) } as never }],
    [
      stort,
      {
        figures: {
          'people.advised': words,
          'visits.made': figureOf('visits.made', 3),
          'arrests.made': figureOf('arrests.made', 2),
        } as never,
      },
    ],
  ]);
  assert.equal(said('visits.made'), 'exact 7');
  assert.equal(said('people.advised'), 'at least 10');
  assert.equal(said('arrests.made'), 'at least 2');
});

test('says “about” where a part is', () => {
  const about = { indicator: 'visits.made', total: { kind: 'number', value: 10, qualifier: 'about' }, breakdowns: {} };
  assert.equal(
    countOf([
      [lea, { figures: { 'visits.made': about } as never }],
      [stort, { counts: { 'visits.made': 3 } }],
    ]).said('visits.made'),
    'about 13',
  );
});

test('a return of a country includes its forces, and a region those that the week says; each is added once', () => {
  const visits = (value: number): Said => ({ counts: { 'visits.made': value } });
  const all = countOf([
    [national, visits(9)],
    [lea, visits(4)],
    [stort, visits(3)],
    [lyon, visits(2)],
  ]);
  assert.equal(all.said('visits.made'), 'exact 11');
  assert.deepEqual(
    all.included.map(({ what, within }) => [what.reporter.name, within.name]),
    [
      [lea.name, national.name],
      [stort.name, national.name],
    ],
  );
  const regional = countOf([
    [region, visits(5)],
    [{ ...lea, partOf: region.name }, visits(4)],
    [stort, visits(3)],
  ]);
  assert.equal(regional.said('visits.made'), 'exact 8');
  assert.equal(say(all.byCountry.get('FR')?.get('visits.made')), 'exact 2');
  assert.equal(say(all.byReporter.get('GB stort police')?.get('visits.made')), 'exact 3');
});

test('two reporters that are said to be part of each other are both added once', () => {
  const { added } = countOf([
    [{ ...lea, partOf: stort.name }, {}],
    [{ ...stort, partOf: lea.name }, {}],
  ]);
  assert.equal(added.length, 2);
});

test('a visit under a shared reference counts once, and what both may have counted is between two numbers', () => {
  const counts = { 'premises.visited': 2, 'visits.made': 2, 'arrests.made': 3, 'nrm.sent': 1 };
  const { said, totals, judged } = countOf([
    [
      lea,
      {
        counts,
        jointVisits: [jointLine({ 'premises.visited': 1, 'visits.made': 1, 'arrests.made': 2, 'nrm.sent': 1 })],
      },
    ],
    [
      stort,
      {
        counts,
        jointVisits: [jointLine({ 'premises.visited': 1, 'visits.made': 1, 'arrests.made': 1, 'nrm.sent': 1 })],
      },
    ],
  ]);
  assert.equal(said('premises.visited'), 'exact 3');
  assert.equal(said('visits.made'), 'exact 3');
  const between = (name: string) => formatTotal(totals.get(name) ?? { value: 0, qualifier: 'not known' });
  assert.equal(between('arrests.made'), 'between 5 and 6');
  assert.equal(between('nrm.sent'), 'between 1 and 2', 'of people helped no return says who was at the visit');
  assert.equal(listReferences(judged.counted)[0]?.lines.length, 2);
  assert.equal(totals.size, 4);
});

test('what each team states of a joint visit is “about”: no return says whom both checked', () => {
  const counts = { 'visits.made': 1, 'checks.people': 5 };
  const sent: [Reporter, Said][] = [lea, stort].map((reporter) => [
    reporter,
    { counts, jointVisits: [jointLine({ 'visits.made': 1 })] },
  ]);
  assert.equal(countOf(sent).said('checks.people'), 'about 10');
  assert.equal(countOf(sent.slice(0, 1)).said('checks.people'), 'exact 5');
});

test('where one force alone recorded the arrest of a joint visit, the number stays exact', () => {
  const counts = { 'visits.made': 1, 'arrests.made': 1 };
  const { said } = countOf([
    [lea, { counts, jointVisits: [jointLine({ 'visits.made': 1, 'arrests.made': 1 })] }],
    [stort, { counts: { ...counts, 'arrests.made': 0 }, jointVisits: [jointLine({ 'visits.made': 1 })] }],
  ]);
  assert.equal(said('visits.made'), 'exact 1');
  assert.equal(said('arrests.made'), 'exact 1');
});

const day = { day: '2026-09-15', town: 'Ware', kind: 'nail bar', visits: 1, premises: 1 };

test('a likely pair is listed, counts twice until it is decided, and once after “same”', () => {
  const counts = { 'premises.visited': 1, 'visits.made': 1, 'arrests.made': 1 };
  const sent: [Reporter, Said][] = [
    [lea, { counts, visits: [day] }],
    [stort, { counts, visits: [{ ...day, town: 'WARE ' }] }],
    [lyon, { counts, visits: [{ ...day, town: 'Lyon' }] }],
  ];
  const open = countOf(sent);
  const pairs = listLikelyPairs(open.added);
  assert.equal(pairs.length, 1);
  assert.equal(open.said('visits.made'), 'about 3');
  const total = open.totals.get('visits.made');
  assert.equal(total && formatTotal(total), 'between 2 and 3');
  const key = pairs[0]?.key ?? '';
  assert.equal(countOf(sent, { [key]: 'different' }).said('visits.made'), 'exact 3');
  const same = countOf(sent, { [key]: 'same' });
  assert.equal(same.said('visits.made'), 'exact 2');
  assert.equal(same.said('premises.visited'), 'exact 2');
  assert.equal(same.said('arrests.made'), 'about 3');
});

test('three forces at one visit, decided pair by pair, count once', () => {
  const counts = { 'premises.visited': 1, 'visits.made': 1 };
  const third: Reporter = { ...lea, name: 'Third Police' };
  const sent = [lea, stort, third].map((reporter): [Reporter, Said] => [reporter, { counts, visits: [day] }]);
  const pairs = listLikelyPairs(countOf(sent).added);
  assert.equal(pairs.length, 3);
  const all = Object.fromEntries(pairs.map(({ key }) => [key, 'same'] as const));
  assert.equal(countOf(sent, all).said('visits.made'), 'exact 1');
});

test('a visit that a shared reference names is no likely pair, and one that a single force names still is', () => {
  const counts = { 'premises.visited': 1, 'visits.made': 1 };
  const line = jointLine({ 'visits.made': 1, 'premises.visited': 1 });
  const both = countOf([
    [lea, { counts, visits: [day], jointVisits: [line] }],
    [stort, { counts, visits: [day], jointVisits: [line] }],
  ]);
  assert.deepEqual(listLikelyPairs(both.added), []);
  const one = countOf([
    [lea, { counts, visits: [day], jointVisits: [line] }],
    [stort, { counts, visits: [day] }],
  ]);
  assert.equal(listLikelyPairs(one.added).length, 1);
});

test('two returns of one force with one operation name and the same dates make no exact total', () => {
  const counts = { 'visits.made': 4, 'people.deployed': 9, 'arrests.made': 0 };
  const twice = countOf([
    [lea, { counts }],
    [lea, { counts, operation: { id: idNamed('another'), name: 'Operation lantern ' } }],
  ]);
  assert.equal(listDoubled(twice.added).length, 1);
  assert.equal(twice.said('visits.made'), 'about 8');
  assert.equal(twice.said('people.deployed'), 'about 18');
  assert.equal(twice.said('arrests.made'), 'exact 0');
  const total = twice.totals.get('visits.made');
  assert.equal(total && formatTotal(total), 'between 4 and 8');
  const two = countOf([
    [lea, { counts }],
    [lea, { counts, operation: { id: idNamed('another'), name: 'Operation Heron' } }],
  ]);
  assert.deepEqual([listDoubled(two.added), two.said('visits.made')], [[], 'exact 8']);
});

test('not known and not known is not known, also after “the same visit”', () => {
  const unknown = { indicator: 'checks.people', total: { kind: 'not known' }, breakdowns: {} };
  const figures = { 'visits.made': figureOf('visits.made', 1), 'checks.people': unknown } as never;
  const sent: [Reporter, Said][] = [lea, stort].map((reporter) => [reporter, { figures, visits: [day] }]);
  const [pair] = listLikelyPairs(countOf(sent).added);
  for (const decisions of [{}, { [pair?.key ?? '']: 'same' as const }])
    assert.equal(countOf(sent, decisions).said('checks.people'), 'not known 0');
  const total = countOf(sent).totals.get('checks.people');
  assert.equal(total && formatTotal(total), 'not known');
});
