import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantAt } from '../../vocabulary/calendar/wall-clock.ts';
import type { Nation } from '../../vocabulary/calendar/working-days.ts';
import { type Clock, type ClockState, clockStatusOf, dueOf, type Soon, type Term } from './clock.ts';
import { calendarOf } from './work-calendar.ts';

const working = (days: number): Term => ({ counts: 'working days', days, until: 'close of business' });
const wholeWorking = (days: number): Term => ({ counts: 'working days', days, until: 'end of the day' });
const hours = (count: number): Term => ({ counts: 'elapsed minutes', minutes: count * 60 });
const calendarDays = { counts: 'calendar days', until: 'end of the day' } as const;
const stays = (days: number): Term => ({ ...calendarDays, days, onDayOff: 'stays' });
const moves = (days: number): Term => ({ ...calendarDays, days, onDayOff: 'moves to the next working day' });
const england: Nation = 'England and Wales';
const scotland: Nation = 'Scotland';

type Case = readonly [what: string, nation: Nation, began: string, term: Term, due: string];

const summerNight = '2026-07-15 00:30';
const maundy = '2026-04-02 09:00';
/** A term with its start and end in local time, worked out by hand from printed calendars. */
const cases: readonly Case[] = [
  ['an ordinary Tuesday', england, '2026-11-24 10:00', working(1), '2026-11-25 17:00'],
  ['a Friday afternoon', england, '2026-11-27 16:59', working(1), '2026-11-30 17:00'],
  ['a Friday night in Scotland, before St Andrew’s Day', scotland, '2026-11-27 23:30', working(1), '2026-12-01 17:00'],
  ['an hour after midnight: it is Tuesday already', england, '2026-11-24 01:00', working(1), '2026-11-25 17:00'],
  ['half past midnight in summer, when Greenwich has yesterday', england, summerNight, working(1), '2026-07-16 17:00'],
  ['a Saturday', england, '2026-11-28 12:00', working(1), '2026-11-30 17:00'],
  ['Maundy Thursday', england, maundy, working(1), '2026-04-07 17:00'],
  ['Maundy Thursday in Scotland, where Easter Monday is worked', scotland, maundy, working(1), '2026-04-06 17:00'],
  ['Good Friday itself', england, '2026-04-03 11:00', working(1), '2026-04-07 17:00'],
  ['Easter Monday itself', england, '2026-04-06 23:59', working(1), '2026-04-07 17:00'],
  ['over Easter and the change of clocks', england, '2027-03-25 15:00', working(5), '2027-04-05 17:00'],
  ['Christmas Eve, Boxing Day on a Saturday', england, '2026-12-24 15:00', working(1), '2026-12-29 17:00'],
  ['Christmas Eve, both on a weekend', england, '2027-12-24 15:00', working(1), '2027-12-29 17:00'],
  ['New Year’s Eve in Scotland, which keeps two days', scotland, '2026-12-31 10:00', working(1), '2027-01-05 17:00'],
  ['the eve of St Patrick’s Day', 'Northern Ireland', '2026-03-16 10:00', working(1), '2026-03-18 17:00'],
  ['the Twelfth on a Sunday', 'Northern Ireland', '2026-07-10 10:00', working(1), '2026-07-14 17:00'],
  ['the Coronation', england, '2023-05-05 10:00', working(1), '2023-05-09 17:00'],
  ['the football in Scotland alone', scotland, '2026-06-12 10:00', working(1), '2026-06-16 17:00'],
  ['the football elsewhere', england, '2026-06-12 10:00', working(1), '2026-06-15 17:00'],
  ['five working days in an ordinary week', england, '2026-11-18 10:00', working(5), '2026-11-25 17:00'],
  ['five working days, the whole of the last', england, '2026-11-18 10:00', wholeWorking(5), '2026-11-26 00:00'],
  ['five working days over Christmas and New Year', england, '2026-12-23 10:00', working(5), '2027-01-04 17:00'],
  ['five working days begun on a bank holiday', england, '2026-08-31 10:00', working(5), '2026-09-07 17:00'],
  ['the autumn change: an office closes by the wall', england, '2026-10-23 10:00', working(1), '2026-10-26 17:00'],
  ['48 hours in winter', england, '2026-11-24 10:00', hours(48), '2026-11-26 10:00'],
  ['48 hours over the missing hour', england, '2026-03-28 10:00', hours(48), '2026-03-30 11:00'],
  ['48 hours over the doubled hour', england, '2026-10-24 10:00', hours(48), '2026-10-26 09:00'],
  [
    '72 hours over Christmas: nobody waits for working days',
    england,
    '2026-12-24 18:00',
    hours(72),
    '2026-12-27 18:00',
  ],
  ['120 hours over a leap day', england, '2028-02-27 06:00', hours(120), '2028-03-03 06:00'],
  ['28 days', england, '2026-11-02 10:00', stays(28), '2026-12-01 00:00'],
  ['28 days over a leap day', england, '2028-02-15 10:00', stays(28), '2028-03-15 00:00'],
  ['28 days begun half past midnight in summer', england, summerNight, stays(28), '2026-08-13 00:00'],
  ['28 days that end on a Sunday', england, '2026-11-01 10:00', moves(28), '2026-12-01 00:00'],
  ['28 days that end on Christmas Day', england, '2026-11-27 10:00', moves(28), '2026-12-30 00:00'],
  ['90 days that end on Good Friday', england, '2026-01-03 10:00', moves(90), '2026-04-08 00:00'],
  ['30 days begun on the eve of the change, late at night', england, '2026-03-28 23:30', stays(30), '2026-04-28 00:00'],
];

const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11));

for (const [what, nation, began, term, due] of cases) {
  test(`a clock ends where the calendar says: ${what}`, async () => {
    assert.deepEqual(dueOf(term, at(began), await calendarOf(nation)), at(due));
  });
}

test('fifteen minutes are fifteen minutes, also in the repeated hour', async () => {
  const began = new Date('2026-10-25T00:50:00Z');
  const due = dueOf({ counts: 'elapsed minutes', minutes: 15 }, began, await calendarOf(england));
  assert.equal(due.toISOString(), '2026-10-25T01:05:00.000Z');
});

const clockOf = (term: Term, soon: Soon, earliest: string, latest = earliest, stopped?: string): Clock => ({
  term,
  soon,
  began: { earliest: at(earliest), latest: at(latest) },
  stoppedAt: stopped === undefined ? null : at(stopped),
});
const within = (minutes: number): Soon => ({ from: 'so many minutes before', minutes });

const tuesday = '2026-11-24 10:00';
const friday = '2026-11-27 10:00';
const monday = '2026-11-30 00:00';
const lastDay: Soon = { from: 'the last day' };
const beginning: Soon = { from: 'the beginning' };
const stoppedAt = (stopped: string) => clockOf(hours(48), within(60), tuesday, tuesday, stopped);
/** It began at an unknown time on one of two days. */
const unsure = (stopped?: string) => clockOf(hours(72), within(60), '2026-11-20 10:00', '2026-11-22 10:00', stopped);

const states: readonly [what: string, clock: Clock, now: string, state: ClockState, late?: boolean][] = [
  ['runs', clockOf(hours(48), within(1440), tuesday), '2026-11-25 09:59', 'running'],
  ['is due soon', clockOf(hours(48), within(1440), tuesday), '2026-11-25 10:00', 'due soon'],
  ['is in time at the last instant', clockOf(hours(48), within(1440), tuesday), '2026-11-26 10:00', 'due soon'],
  ['is overdue after it', clockOf(hours(48), within(1440), tuesday), '2026-11-26 10:01', 'overdue'],
  ['is due soon from midnight of the last day', clockOf(working(1), lastDay, friday), monday, 'due soon'],
  ['is not due soon on the Sunday before', clockOf(working(1), lastDay, friday), '2026-11-29 23:59', 'running'],
  ['counts the last day where it ends with it', clockOf(wholeWorking(1), lastDay, friday), monday, 'due soon'],
  ['is due soon from the beginning where that is so', clockOf(hours(72), beginning, tuesday), tuesday, 'due soon'],
  ['has not begun: it runs', clockOf(hours(72), beginning, tuesday), '2026-11-24 09:00', 'running'],
  [
    'asks for attention no sooner than it began',
    clockOf(hours(1), within(120), tuesday),
    '2026-11-24 09:30',
    'running',
  ],
  ['stopped in time', stoppedAt('2026-11-26 10:00'), '2026-12-24 10:00', 'stopped', false],
  ['stopped late', stoppedAt('2026-11-26 10:01'), '2026-12-24 10:00', 'stopped', true],
  ['began nobody knows when: perhaps over', unsure(), tuesday, 'due soon'],
  ['began nobody knows when: surely over', unsure(), '2026-11-25 10:01', 'overdue'],
  ['began nobody knows when: stopped before it was surely over', unsure(tuesday), '2026-11-25 10:01', 'stopped', false],
];

for (const [what, clock, now, state, late = false] of states) {
  test(`a clock ${what}`, async () => {
    const standing = clockStatusOf(clock, at(now), await calendarOf(england));
    assert.equal(standing.state, state);
    assert.equal(standing.late, late);
  });
}
