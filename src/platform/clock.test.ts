import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf, instantAt, stoppedClock, timeOf } from './clock.ts';

test('a wall clock’s time is one instant, through both changes of the clock', () => {
  const cases = [
    ['2026-01-15', '09:30', '2026-01-15T09:30:00.000Z'],
    ['2026-07-15', '09:30', '2026-07-15T08:30:00.000Z'],
    ['2026-03-29', '00:59', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29', '02:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25', '01:30', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '02:30', '2026-10-25T02:30:00.000Z'],
    ['2026-07-15', '9:30', '2026-07-15T08:30:00.000Z'],
  ] as const;
  for (const [day, time, instant] of cases) assert.equal(instantAt(day, time).toISOString(), instant, `${day} ${time}`);
});

test('day and time are those of the place, not of Greenwich', () => {
  const justPastMidnight = new Date('2026-07-14T23:10:00Z');
  assert.equal(dayOf(justPastMidnight), '2026-07-15');
  assert.equal(timeOf(justPastMidnight), '00:10');
});

test('a stopped clock moves only when it is moved', () => {
  const clock = stoppedClock(instantAt('2026-07-15', '12:00'));
  assert.equal(clock.today(), '2026-07-15');
  clock.move(instantAt('2026-07-16', '00:00'));
  assert.equal(clock.today(), '2026-07-16');
});
