import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import {
  Day,
  OptionalDay,
  OptionalLine,
  OptionalText,
  RequiredLine,
  RequiredText,
  readForm,
  Sentence,
  Time,
} from './forms.ts';

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

test('text of which a reader sees nothing is no text', () => {
  const schema = z.object({ reason: RequiredText('Enter the reason'), name: RequiredText('Enter the name', 120) });
  for (const blank of [
    '\u200B',
    '\u2060',
    '\u3164',
    '\u115F\u1160',
    '\uFFA0',
    '\u00AD',
    '\u2800',
    '\uFEFF',
    '\u200D \n\u200C',
    '\u{E0001}\uFE0F',
  ]) {
    const read = readForm(schema, { reason: blank, name: blank });
    assert.deepEqual(read, { ok: false, errors: { reason: 'Enter the reason', name: 'Enter the name' } });
  }
  const joined = 'می\u200Cخواهم';
  assert.deepEqual(readForm(schema, { reason: joined, name: '👩\u200D⚕️' }), {
    ok: true,
    values: { reason: joined, name: '👩\u200D⚕️' },
  });
  const padded = readForm(z.object({ why: Sentence('Say why') }), { why: `a b c${'\u200B'.repeat(20)}` });
  assert.equal(padded.ok, false);
});

test('a field of one line stays one line, and a longer text keeps its lines', () => {
  const schema = z.object({
    town: RequiredText('Enter the town', 80),
    heldBy: OptionalText(120),
    address: RequiredLine('Enter the address', 300),
    interpreter: OptionalLine(300),
    risks: OptionalText(4_000),
  });
  const typed = ' Watford\r\nEND:VEVENT\u2028BEGIN:VEVENT\n\n';
  const line = 'Watford END:VEVENT BEGIN:VEVENT';
  assert.deepEqual(
    readForm(schema, { town: typed, heldBy: typed, address: typed, interpreter: typed, risks: 'A dog\nA ladder' }),
    { ok: true, values: { town: line, heldBy: line, address: line, interpreter: line, risks: 'A dog\nA ladder' } },
  );
  assert.equal(readForm(schema, { town: '\r\n', address: 'x' }).ok, false);
});
