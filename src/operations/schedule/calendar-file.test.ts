import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCalendar } from '../../../test/oracles/calendar.ts';
import { type CalendarEvent, foldLine, writeCalendar } from './calendar-file.ts';

const event: CalendarEvent = {
  id: '01a22513-a00b-71a8-9ccd-728fd138860c',
  summary: 'Team 1: visit V-4F7-K2Q',
  location: 'Watford',
  starts: new Date('2026-09-16T08:30:00Z'),
  ends: new Date('2026-09-16T10:00:00Z'),
  cancelled: false,
};
const made = new Date('2026-09-10T09:00:00Z');

test('a visit is an event in UTC with the id of the visit', () => {
  assert.deepEqual(readCalendar(writeCalendar('Team 1', [event], made)), [
    {
      UID: `${event.id}@safelight`,
      DTSTAMP: '20260910T090000Z',
      DTSTART: '20260916T083000Z',
      DTEND: '20260916T100000Z',
      SUMMARY: event.summary,
      LOCATION: 'Watford',
      STATUS: 'CONFIRMED',
    },
  ]);
  assert.equal(readCalendar(writeCalendar('Team 1', [{ ...event, cancelled: true }], made))[0]?.STATUS, 'CANCELLED');
});

test('any text comes back as it was written, folded and escaped', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 }).filter((one) => !/[\r\p{Surrogate}]/u.test(one));
  fc.assert(
    fc.property(text, text, (summary, location) => {
      const [read] = readCalendar(writeCalendar(summary, [{ ...event, summary, location }], made));
      assert.deepEqual([read?.SUMMARY, read?.LOCATION], [summary, location]);
    }),
    { seed: 5545, numRuns: 300 },
  );
});

test('a line is folded after 75 octets, never within a character', () => {
  assert.equal(foldLine('a'.repeat(75)), 'a'.repeat(75));
  assert.equal(foldLine('a'.repeat(76)), `${'a'.repeat(75)}\r\n a`);
  assert.equal(foldLine(`${'a'.repeat(74)}é`), `${'a'.repeat(74)}\r\n é`);
});
