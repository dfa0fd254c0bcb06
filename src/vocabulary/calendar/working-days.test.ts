import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addWorkingDays, type Calendar, isWorkingDay, type Nation, workingDayFrom } from './working-days.ts';

const christmas: Calendar = (nation, day) =>
  ({ '2026-12-25': 'Christmas Day', '2026-12-28': 'bank holiday for Boxing Day' })[day] ??
  (nation === 'Scotland' && day === '2027-01-04' ? 'an invented day' : undefined);

test('weekends and bank holidays are no working days', () => {
  const cases = [
    ['2026-12-24', true],
    ['2026-12-25', false],
    ['2026-12-26', false],
    ['2026-12-27', false],
    ['2026-12-28', false],
    ['2026-12-29', true],
  ] as const;
  for (const [day, works] of cases) assert.equal(isWorkingDay(day, 'England and Wales', christmas), works, day);
  assert.equal(workingDayFrom('2026-12-25', 'England and Wales', christmas), '2026-12-29');
  assert.equal(workingDayFrom('2026-12-29', 'England and Wales', christmas), '2026-12-29');
});

test('working days are counted from the day after, by the nation’s own list', () => {
  const cases: readonly [from: string, count: number, nation: Nation, wanted: string][] = [
    ['2026-12-24', 0, 'England and Wales', '2026-12-24'],
    ['2026-12-24', 1, 'England and Wales', '2026-12-29'],
    ['2026-12-26', 1, 'England and Wales', '2026-12-29'],
    ['2026-12-31', 2, 'England and Wales', '2027-01-04'],
    ['2026-12-31', 2, 'Scotland', '2027-01-05'],
  ];
  for (const [from, count, nation, wanted] of cases)
    assert.equal(addWorkingDays(from, count, nation, christmas), wanted, `${count} after ${from} in ${nation}`);
});
