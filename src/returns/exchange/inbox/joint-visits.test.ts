import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureOf, idNamed } from '../document/examples.ts';
import { addBreakdowns } from './breakdowns.ts';
import { exampleWeek, keptReturn, keyOf, lea, stort } from './examples.ts';
import { judgeWeek, type ReadableReturn, type Reporter } from './inbox.ts';
import { listLikelyPairs, listPairs, listSame, mostOpenPairs, type PairAnswer, renewPairKey } from './joint-visits.ts';
import { rollUp } from './roll-up.ts';

const line = { day: '2026-09-15', town: 'Ware', kind: 'nail bar', visits: 1, premises: 1 };

function addedOf(reporters: readonly Reporter[], visits: readonly (typeof line)[]): readonly ReadableReturn[] {
  const figures = { 'visits.made': figureOf('visits.made', visits.length) };
  const documents = reporters.map((reporter) => keptReturn(reporter, { figures, visits: [...visits] }));
  const keys = reporters.map((one) => keyOf(one));
  const judged = judgeWeek(exampleWeek({ reporters }), { keys, documents }, new Date('2026-09-23T12:00:00Z'));
  return rollUp(judged, new Map()).added;
}

test('a return with one line a thousand times makes no pair with itself, and one with another return', () => {
  const same = Array.from({ length: 1_000 }, (_, index) => ({ ...line, town: index % 2 ? 'WARE ' : 'Ware' }));
  assert.deepEqual(listLikelyPairs(addedOf([lea], same)), []);
  const [pair, ...more] = listLikelyPairs(addedOf([lea, stort], same));
  assert.equal(more.length, 0);
  assert.deepEqual(
    pair?.groups.map(({ visits, premises }) => [visits, premises]),
    [
      [1_000, 1_000],
      [1_000, 1_000],
    ],
  );
});

test('lists the first pairs to decide, every decided pair, and how many more wait', () => {
  const lines = Array.from({ length: 300 }, (_, index) => ({ ...line, kind: `kind ${index}` }));
  const added = addedOf([lea, stort], lines);
  const all = listLikelyPairs(added);
  assert.equal(all.length, 300);
  const open = listPairs(added, new Map());
  assert.deepEqual([open.pairs.length, open.unlisted], [mostOpenPairs, 100]);
  const last = all.at(-1)?.key ?? '';
  const decided = listPairs(added, new Map([[last, 'same']]));
  assert.deepEqual([decided.pairs.length, decided.unlisted], [mostOpenPairs + 1, 99]);
  assert.equal(decided.pairs.at(-1)?.key, last, 'it can be taken back');
  assert.equal(listSame(added, new Map([[last, 'same']])).length, 1);
});

test('ten returns with 2,000 lines each are added up in time that does not grow with the square of their number', (t) => {
  const reporters = Array.from({ length: 10 }, (_, index): Reporter => ({ ...lea, name: `Force ${index}` }));
  const lines = Array.from({ length: 2_000 }, (_, index) => ({ ...line, town: `Town ${index}` }));
  const added = addedOf(reporters, lines);
  const began = process.cpuUsage();
  // As a page of the week does it, on returns that it has just read.
  const fresh = added.map((one) => ({
    ...one,
    document: { ...one.document, visits: one.document.visits.map((visit) => ({ ...visit })) },
  }));
  const key = [idNamed('Force 3'), idNamed('Force 7')].sort().join('|');
  const decisions = new Map<string, PairAnswer>([[`${key}|2026-09-15|town 5|nail bar`, 'same']]);
  const rolled = rollUp({ counted: fresh }, decisions);
  const { pairs, unlisted } = listPairs(rolled.added, decisions);
  addBreakdowns(rolled.added, decisions, rolled.totals);
  const { user, system } = process.cpuUsage(began);
  assert.equal(pairs.length + unlisted, 2_000 * 45);
  assert.equal(listSame(rolled.added, decisions).length, 1);
  const ms = (user + system) / 1_000;
  t.diagnostic(`${Math.round(ms)} ms`);
  // About 0.4 s on a quiet machine; compared each with each it took 12 s.
  assert.ok(ms < 3_000, `${Math.round(ms)} ms`);
});

const seine: Reporter = { ...lea, name: 'Police de Lille', country: 'FR' };
const leie: Reporter = { ...lea, name: 'Politie Gent', country: 'BE' };

/** Each of these reporters with one visit in its town. */
function addedIn(...towns: readonly (readonly [Reporter, string])[]): readonly ReadableReturn[] {
  const reporters = towns.map(([reporter]) => reporter);
  const figures = { 'visits.made': figureOf('visits.made', 1), 'premises.visited': figureOf('premises.visited', 1) };
  const documents = towns.map(([reporter, town]) => keptReturn(reporter, { figures, visits: [{ ...line, town }] }));
  const keys = reporters.map((one) => keyOf(one));
  const judged = judgeWeek(exampleWeek({ reporters }), { keys, documents }, new Date('2026-09-23T12:00:00Z'));
  return rollUp(judged, new Map()).added;
}

test('a town is one town however it is written, in two countries too', () => {
  for (const [one, other] of [
    ['St Albans', 'saint-albans'],
    ['Málaga', 'MALAGA'],
  ] as const)
    assert.equal(listLikelyPairs(addedIn([lea, one], [stort, other])).length, 1, one);
  const [across] = listLikelyPairs(addedIn([seine, 'Lille'], [leie, 'LILLE']));
  assert.equal(across?.town, 'Lille');
});

test('one slip of a letter makes a pair within a country alone, and “the same” counts it once', () => {
  const added = addedIn([lea, 'Hertfort'], [stort, 'Hertford']);
  const [pair, ...more] = listLikelyPairs(added);
  assert.equal(more.length, 0);
  assert.match(pair?.town ?? '', /^Hertfor[dt] or Hertfor[dt]$/);
  assert.deepEqual(rollUp({ counted: added }, new Map()).totals.get('visits.made'), {
    ...{ value: 2, qualifier: 'about', least: 1 },
  });
  const same = new Map<string, PairAnswer>([[pair?.key ?? '', 'same']]);
  assert.deepEqual(rollUp({ counted: added }, same).totals.get('visits.made'), { value: 1, qualifier: 'exact' });
  assert.deepEqual(listLikelyPairs(addedIn([seine, 'Hertfort'], [leie, 'Hertford'])), []);
  assert.deepEqual(listLikelyPairs(addedIn([lea, 'Sector 4'], [stort, 'Sector 5'])), []);
});

test('three spellings that are all the same visit count once', () => {
  const third: Reporter = { ...lea, name: 'Nene Police' };
  const added = addedIn([lea, 'Hertford'], [stort, 'Hertfort'], [third, 'HERTFORD']);
  const pairs = listLikelyPairs(added);
  assert.equal(pairs.length, 3);
  const all = new Map<string, PairAnswer>(pairs.map(({ key }) => [key, 'same']));
  assert.equal(listSame(added, all).length, 1);
  assert.equal(rollUp({ counted: added }, all).totals.get('visits.made')?.value, 1);
});

test('a decision from before towns were compared as now still holds', () => {
  const key = 'one|other|2026-09-15|king s lynn|nail bar';
  assert.equal(renewPairKey(key), 'one|other|2026-09-15|kings lynn|nail bar');
  assert.equal(renewPairKey(renewPairKey(key)), renewPairKey(key));
  assert.equal(renewPairKey('one|other|2026-09-15|hertford~hertfort|nail bar').split('|')[3], 'hertford~hertfort');
});

test('a place that very many returns of two countries name is compared within each country', () => {
  const many = Array.from({ length: 60 }, (_, index): readonly [Reporter, string] => [
    { ...(index % 2 ? seine : leie), name: `Force ${index}` },
    'Lille',
  ]);
  assert.equal(listLikelyPairs(addedIn(...many)).length, 2 * ((30 * 29) / 2));
});
