import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureOf, idNamed } from '../document/examples.ts';
import { addBreakdowns } from './breakdowns.ts';
import { exampleWeek, keptReturn, keyOf, lea, stort } from './examples.ts';
import { judgeWeek, type ReadableReturn, type Reporter } from './inbox.ts';
import { listLikelyPairs, listPairs, listSame, mostOpenPairs, type PairAnswer } from './joint-visits.ts';
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

test('ten returns with 2,000 lines each are added up in less than half a second', (t) => {
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
  assert.ok(ms < 500, `${Math.round(ms)} ms`);
});
