import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, addMonths, dayRange, daysBetween, isDay, longDay, weekdayOf } from './calendar/days.ts';
import { countWord, listOf, plural } from './languages/english.ts';

test('counts and lists read as English does', () => {
  assert.deepEqual([0, 1, 2, 10, 11, 1234].map(countWord), ['no', 'one', 'two', 'ten', '11', '1,234']);
  assert.deepEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listOf), ['', 'a', 'a and b', 'a, b and c']);
  assert.deepEqual(
    [0, 1, 2].map((count) => plural(count, 'arrest')),
    ['arrests', 'arrest', 'arrests'],
  );
});

test('days that are none are refused', () => {
  for (const text of ['2026-02-30', '2025-02-29', '2026-13-01', '26-01-01', '2026-1-1', '', 'tomorrow'])
    assert.equal(isDay(text), false, text);
  for (const text of ['2024-02-29', '2026-12-31']) assert.equal(isDay(text), true, text);
});

test('a month on from the last of a month is the last of the next', () => {
  const cases = [
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-09-14', 3, '2026-12-14'],
  ] as const;
  for (const [day, count, wanted] of cases) assert.equal(addMonths(day, count), wanted);
});

test('ranges of days say no more than they must', () => {
  assert.equal(dayRange('2019-09-16', '2019-09-22'), '16 to 22 September 2019');
  assert.equal(dayRange('2019-09-28', '2019-10-04'), '28 September to 4 October 2019');
  assert.equal(dayRange('2019-12-28', '2020-01-03'), '28 December 2019 to 3 January 2020');
  assert.equal(dayRange('2019-09-16', '2019-09-16'), '16 September 2019');
  assert.equal(weekdayOf('2019-09-16'), 'Monday');
  assert.equal(longDay('2026-03-01'), '1 March 2026');
});

/** The oracle counts days one by one through the lengths of the months. */
function nextDay(day: string): string {
  let [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  date += 1;
  if (date > (lengths[month - 1] ?? 0)) [date, month] = [1, month + 1];
  if (month > 12) [month, year] = [1, year + 1];
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

test('adding days agrees with counting them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 800 }), (offset, count) => {
      const from = addDays('1990-01-01', offset);
      let day = from;
      for (let step = 0; step < count; step += 1) day = nextDay(day);
      assert.equal(addDays(from, count), day);
      assert.equal(daysBetween(from, day), count);
    }),
    { numRuns: 300 },
  );
});
