import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { type Attendance, attendanceStateOf, readingHoursSince, weekOf } from './attendance.ts';

const hour = 3_600_000;
const monday = new Date('2026-09-14T00:00:00Z');
const after = (hours: number): Date => new Date(monday.getTime() + hours * hour);
/** Nine to five by UTC, weekends aside. */
const isReading = (at: Date): boolean =>
  at.getUTCDay() >= 1 && at.getUTCDay() <= 5 && at.getUTCHours() >= 9 && at.getUTCHours() < 17;

const attendance = (more: Partial<Attendance> = {}): Attendance => ({
  id: newTimelessId(),
  agencyId: newTimelessId(),
  state: 'open',
  keyId: 'a',
  days: ['Monday'],
  opens: '09:00',
  closes: '17:00',
  promisedHours: 8,
  readers: '',
  mustAct: '',
  immigration: '',
  notice: '',
  keepsConfidence: false,
  onCall: '',
  setBy: newTimelessId(),
  setAt: monday,
  ...more,
});

test('only reading hours count: a weekend is no delay', () => {
  const friday = after(4 * 24 + 16);
  assert.equal(readingHoursSince(friday, after(7 * 24 + 8), isReading), 1);
  assert.equal(readingHoursSince(monday, after(24), isReading), 8);
  assert.equal(readingHoursSince(after(5), after(5), isReading), 0);
  assert.equal(readingHoursSince(after(9), after(5), isReading), 0, 'a clock set back is no delay');
});

test('the state of a line follows from when its queue was opened', () => {
  const cases: [Attendance | undefined, Date | null, Date, string][] = [
    [undefined, null, after(10), 'not open'],
    [attendance({ state: 'closed' }), after(9), after(10), 'not open'],
    [attendance(), null, after(16), 'attended'],
    [attendance(), null, after(18), 'lies unopened'],
    [attendance(), after(16), after(18), 'attended'],
    [attendance(), after(16), after(24 + 15), 'attended'],
    [attendance(), after(16), after(24 + 18), 'lies unopened'],
    [attendance({ setAt: after(24) }), after(9), after(24 + 12), 'attended'],
  ];
  for (const [told, opened, now, expected] of cases)
    assert.equal(attendanceStateOf(told, opened, now, isReading), expected);
});

test('the longest silence is computed as quickly as a short one', () => {
  const asked: Date[] = [];
  const standing = attendanceStateOf(
    attendance(),
    null,
    after(10 * 365 * 24),
    (at) => asked.push(at) > 0 && isReading(at),
  );
  assert.equal(standing, 'lies unopened');
  assert.ok(asked.length <= 21 * 24);
});

test('reading hours count a week in the same way as opening hours of support services', () => {
  assert.deepEqual(weekOf({ days: ['Monday', 'Friday'], opens: '07:30', closes: '22:00' }), {
    Monday: [{ from: 450, to: 1320 }],
    Friday: [{ from: 450, to: 1320 }],
  });
});
