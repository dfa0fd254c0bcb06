import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Temporal } from 'temporal-polyfill';
import { dayNumberOf, dayText, firstMinuteShowing, instantOf, minuteOf, wallAt, weekdayNumber } from './wall-clock.ts';

const wallOf = (day: string, time: string): number =>
  dayNumberOf(day) * 1440 + Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

test('the wall shows what Temporal says it shows, on both sides of every change of clocks', () => {
  for (let year = 1996; year <= 2040; year++) {
    for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 41 * 60_000 * 13) {
      const shown = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Europe/London').toPlainDateTime();
      assert.equal(wallAt(at / 60_000), Date.parse(`${shown.toString().slice(0, 16)}Z`) / 60_000);
    }
  }
});

const times: readonly [what: string, day: string, time: string, instant: string][] = [
  ['winter', '2026-01-05', '09:00', '2026-01-05T09:00Z'],
  ['summer', '2026-07-06', '09:00', '2026-07-06T08:00Z'],
  ['before the missing hour', '2026-03-29', '00:59', '2026-03-29T00:59Z'],
  ['in the missing hour: where the clock leaps', '2026-03-29', '01:30', '2026-03-29T01:00Z'],
  ['after the missing hour', '2026-03-29', '02:00', '2026-03-29T01:00Z'],
  ['before the doubled hour', '2026-10-25', '00:59', '2026-10-24T23:59Z'],
  ['in the doubled hour: where it comes first', '2026-10-25', '01:30', '2026-10-25T00:30Z'],
  ['after the doubled hour', '2026-10-25', '02:00', '2026-10-25T02:00Z'],
  ['the last minute of a year', '2026-12-31', '23:59', '2026-12-31T23:59Z'],
];

for (const [what, day, time, instant] of times) {
  test(`a time is first shown at one instant: ${what}`, () => {
    assert.equal(
      instantOf(firstMinuteShowing(wallOf(day, time)))
        .toISOString()
        .slice(0, 16),
      instant.slice(0, 16),
    );
  });
}

test('days and weekdays are counted alike before and after 1970', () => {
  for (const day of ['1969-12-31', '1970-01-01', '2000-02-29', '2026-11-24']) {
    assert.equal(dayText(dayNumberOf(day)), day);
    assert.equal(weekdayNumber(dayNumberOf(day)), new Date(`${day}T12:00Z`).getUTCDay());
  }
  assert.equal(minuteOf(new Date('1970-01-02T00:00:59Z')), 1440);
});
