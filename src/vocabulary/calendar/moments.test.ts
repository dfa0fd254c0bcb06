import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ceilToHour,
  floorToHour,
  formatDateTime,
  formatDeadline,
  formatHour,
  formatHoursAgo,
  formatPeriod,
  formatTimes,
} from './moments.ts';
import { instantAt } from './wall-clock.ts';

const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11));

test('shows a moment in local time with its weekday, and midnight as the end of a day', () => {
  assert.equal(formatDeadline(at('2026-12-03 17:00')), '17:00 on Thursday 3 December 2026');
  assert.equal(formatDeadline(at('2026-12-04 00:00')), 'the end of Thursday 3 December 2026');
  assert.equal(
    formatDeadline(new Date('2026-10-25T00:30:00Z')),
    '01:30, before the clocks go back on Sunday 25 October 2026',
  );
  assert.equal(
    formatDeadline(new Date('2026-10-25T01:30:00Z')),
    '01:30, after the clocks went back on Sunday 25 October 2026',
  );
  assert.equal(formatDeadline(new Date('2026-10-25T02:30:00Z')), '02:30 on Sunday 25 October 2026');
});

test('shows a moment, an hour and a period in local time', () => {
  const [evening, night] = [at('2026-09-16 22:00'), at('2026-09-17 06:00')];
  assert.equal(formatDateTime(evening), '16 September 2026, 22:00');
  assert.equal(formatHour(evening), 'in the hour after 22:00 on 16 September 2026');
  assert.equal(formatPeriod(evening, night), '22:00 on 16 September 2026 to 06:00 on 17 September 2026');
  assert.equal(formatPeriod(night, at('2026-09-17 08:30')), '06:00 on 17 September 2026 to 08:30');
  assert.equal(formatTimes(evening, night), '22:00 to 06:00 the next day');
  assert.equal(formatTimes(night, at('2026-09-17 08:30')), '06:00 to 08:30');
});

test('rounds to the hour, down for what happened and up for an end', () => {
  const between = new Date('2026-09-16T10:00:00.001Z');
  assert.deepEqual(floorToHour(between), new Date('2026-09-16T10:00:00Z'));
  assert.deepEqual(ceilToHour(between), new Date('2026-09-16T11:00:00Z'));
  const full = new Date('2026-09-16T10:00:00Z');
  assert.deepEqual([floorToHour(full), ceilToHour(full)], [full, full]);
});

test('how long ago says hours, and days from two days on', () => {
  const at = new Date('2026-09-18T10:00:00Z');
  const words = (minutes: number): string => formatHoursAgo(at, new Date(at.getTime() + minutes * 60_000));
  assert.deepEqual([0, 59, 60, 185, 47 * 60, 48 * 60, 200 * 60].map(words), [
    ...['less than an hour ago', 'less than an hour ago', 'about 1 hour ago', 'about 3 hours ago'],
    ...['about 47 hours ago', 'about 2 days ago', 'about 8 days ago'],
  ]);
});
