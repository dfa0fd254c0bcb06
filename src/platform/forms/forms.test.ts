import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { Day, OptionalDay, readForm, Time } from './forms.ts';

const day = (name: string, date: string, month: string, year: string) => ({
  [`${name}-day`]: date,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
});

test('refuses a time that clocks skip when they go forward, at the field, and no other', () => {
  const form = z.object({ time: Time('Enter the time'), day: Day('Enter the day') });
  const read = (time: string, date: string, month = '3') =>
    readForm(form, { time, ...day('day', date, month, '2026') });
  const skipped = read('1:30', '29');
  assert.deepEqual(skipped, {
    ok: false,
    errors: { time: 'There is no 01:30 on 29 March 2026: the clocks go forward from 01:00 to 02:00. Check the time' },
  });
  for (const [time, date, month] of [
    ['00:59', '29', '3'],
    ['02:00', '29', '3'],
    ['01:30', '28', '3'],
    ['01:30', '25', '10'],
  ] as const)
    assert.equal(read(time, date, month).ok, true, `${time} on ${date}/${month}`);
});

for (const [time, on] of [
  ['time', 'on'],
  ['starts', 'day'],
  ['starts', 'startDay'],
  ['from', 'day'],
  ['ends', 'endDay'],
  ['fromTime', 'fromDay'],
  ['untilTime', 'untilDay'],
  ['leftTime', 'leftDay'],
  ['executedTime', 'executedOn'],
  ['embargoTime', 'embargo'],
] as const)
  test(`refuses a skipped time in “${time}” with its day in “${on}”`, () => {
    const form = z.object({ [time]: Time('Enter the time'), [on]: OptionalDay() });
    const refused = readForm(form, { [time]: '01:00', ...day(on, '28', 'March', '2027') });
    assert.deepEqual(refused.ok ? [] : Object.keys(refused.errors), [time]);
  });
