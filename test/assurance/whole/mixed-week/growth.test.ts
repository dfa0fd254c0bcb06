import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chance } from '../../../harness/assurance.ts';
import { growthOf, inTenth, isWithin, levelOf, type Sample, spread } from './growth.ts';

const hour = 3_600_000;
const every10Seconds = (level: (minute: number, index: number) => number): Sample[] =>
  Array.from({ length: 361 }, (_, index) => ({ atMs: index * 10_000, levels: { memory: level(index / 6, index) } }));
const growth = (level: (minute: number, index: number) => number, how: 'median' | 'least' = 'median') =>
  growthOf(every10Seconds(level), 'memory', hour, how);

test('a level that stays does not grow, however it warmed up', () => {
  const found = growth((minute) => (minute < 6 ? 100 + minute : 160));
  assert.deepEqual(found, { before: 160, after: 160, share: 0 });
  assert.ok(isWithin(found));
});

test('a leak of a tenth in an hour is more than the limit, one of a fiftieth is not', () => {
  assert.ok(!isWithin(growth((minute) => 100 + minute / 6)));
  assert.ok(isWithin(growth((minute) => 100 + minute / 30)));
});

test('peaks of single moments change no median, and a fall is no growth', () => {
  assert.ok(isWithin(growth((_, index) => (index > 330 && index % 5 === 0 ? 500 : 100))));
  assert.ok(isWithin(growth((minute) => 200 - minute)));
});

test('the least of a sawtooth tells a leak that its median hides', () => {
  const sawtooth = (minute: number, index: number): number =>
    minute < 30 ? 100 + (index % 6) * 20 : 130 + (index % 2) * 20;
  assert.ok(isWithin(growth(sawtooth)));
  assert.ok(!isWithin(growth(sawtooth, 'least')));
});

test('what was not measured is not passed', () => {
  assert.ok(!isWithin(growthOf([], 'memory', hour, 'median')));
  assert.ok(
    !isWithin(
      growthOf(
        every10Seconds(() => 1),
        'sockets',
        hour,
        'median',
      ),
    ),
  );
});

test('a level that begins at nought and does not stay there has grown', () => {
  assert.ok(!isWithin(growth((minute) => Number(minute > 30))));
  assert.ok(isWithin(growth(() => 0)));
});

test('the last moment belongs to the last tenth, and each tenth has its samples', () => {
  const samples = every10Seconds(() => 1);
  assert.equal(inTenth(samples, 'memory', 2, hour).length, 36);
  assert.equal(inTenth(samples, 'memory', 10, hour).length, 37);
});

test('levels: the median of an even number lies between the two in the middle; the least; the mean', () => {
  assert.equal(levelOf([4, 1, 3, 2], 'median'), 2.5);
  assert.equal(levelOf([3, 1, 2], 'median'), 2);
  assert.equal(levelOf([3, 1, 2], 'least'), 1);
  assert.equal(levelOf([3, 1, 2, 4], 'mean'), 2.5);
});

test('acts are spread so that each tenth has the same number of them', () => {
  const at = spread(70, hour, chance(7));
  assert.equal(at.length, 70);
  for (let tenth = 0; tenth < 10; tenth += 1)
    assert.equal(at.filter((moment) => Math.floor((moment / hour) * 10) === tenth).length, 7);
});
