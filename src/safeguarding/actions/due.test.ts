import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf, instantAt, timeOf } from '../../vocabulary/calendar/wall-clock.ts';
import { isWorkingDay, type Nation, nations } from '../../vocabulary/calendar/working-days.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { calendarOf } from '../deadlines/work-calendar.ts';
import { spans, type Task } from './action.ts';
import { dueOn, type GuidelineComparison, groupOf, ruleOf, sortByDueDate } from './due.ts';

const aTask = (more: Partial<Task>): Task => ({
  id: newTimelessId(),
  personId: newTimelessId(),
  agencyId: newTimelessId(),
  authorId: newTimelessId(),
  addedAt: new Date(0),
  what: 'Something',
  way: 'a thing to do',
  by: 'by the next working day',
  nation: 'England and Wales',
  earliest: new Date(0),
  latest: new Date(0),
  ending: null,
  endedWith: null,
  takenBy: null,
  takenAt: null,
  handoverId: null,
  meetingId: null,
  doneAt: null,
  doneBy: null,
  ...more,
});
const begunAt = (at: Date, more: Partial<Task> = {}) => aTask({ earliest: at, latest: at, ...more });
const written = (at: Date): string => `${dayOf(at)} ${timeOf(at)}`;

/** Expected due times, worked out by hand from a wall calendar. */
const cases: readonly (readonly [by: string, nation: Nation, begins: string, due: string])[] = [
  ['within four hours', 'England and Wales', '2026-09-20 21:45', '2026-09-21 01:45'],
  ['today', 'England and Wales', '2026-09-20 21:45', '2026-09-21 00:00'],
  ['by the next working day', 'England and Wales', '2026-09-18 12:00', '2026-09-21 17:00'],
  ['by the next working day', 'England and Wales', '2026-09-20 23:59', '2026-09-21 17:00'],
  ['by the next working day', 'England and Wales', '2026-12-24 16:00', '2026-12-29 17:00'],
  ['by the next working day', 'England and Wales', '2026-12-31 09:00', '2027-01-04 17:00'],
  ['by the next working day', 'Scotland', '2026-12-31 09:00', '2027-01-05 17:00'],
  ['by the next working day', 'Northern Ireland', '2026-07-10 09:00', '2026-07-14 17:00'],
  ['within 48 hours', 'England and Wales', '2026-10-24 12:00', '2026-10-26 11:00'],
  ['within 72 hours', 'England and Wales', '2026-03-27 23:00', '2026-03-31 00:00'],
  ['within five working days', 'England and Wales', '2026-04-02 10:00', '2026-04-13 17:00'],
  ['within five working days', 'Scotland', '2026-04-02 10:00', '2026-04-10 17:00'],
  ['police-protection', 'England and Wales', '2026-12-24 18:30', '2026-12-27 18:30'],
  ['help-arrived-28', 'England and Wales', '2026-11-27 00:00', '2026-12-29 17:00'],
  ['help-arrived-90', 'England and Wales', '2026-09-18 00:00', '2026-12-17 17:00'],
  ['hiv-prophylaxis', 'England and Wales', '2026-10-24 20:00', '2026-10-27 19:00'],
  ['emergency-contraception', 'England and Wales', '2026-09-18 12:00', '2026-09-23 12:00'],
  ['forensic-vaginal', 'England and Wales', '2026-09-18 12:00', '2026-09-25 12:00'],
  ['forensic-mouth', 'England and Wales', '2026-09-18 12:00', '2026-09-20 12:00'],
];

test('ends each time by the calendar of the place', async () => {
  for (const [by, nation, begins, due] of cases) {
    const [day = '', time = ''] = begins.split(' ');
    const task = begunAt(instantAt(day, time), { by, nation });
    const { standing } = dueOn(task, [], await calendarOf(nation), task.earliest);
    assert.equal(written(standing.dueAt), due, `${by} in ${nation}, begun ${begins}`);
  }
});

test('never makes a later start due sooner; a working-day deadline falls on a working day', async () => {
  let state = 20261125;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
  const from = Date.parse('2025-01-01T00:00:00Z');
  for (let round = 0; round < 600; round += 1) {
    const nation = nations[round % nations.length] as Nation;
    const calendar = await calendarOf(nation);
    const first = new Date(from + Math.floor(random() * 2 * 365 * 24 * 60) * 60_000);
    const second = new Date(first.getTime() + Math.floor(random() * 5 * 24 * 60) * 60_000);
    for (const by of [...spans, 'hiv-prophylaxis', 'help-arrived-28']) {
      const [one, other] = [first, second].map(
        (at) => dueOn(begunAt(at, { by, nation }), [], calendar, second).standing.dueAt,
      );
      assert.ok(one && other && one <= other, `${by} from ${first.toISOString()} and ${second.toISOString()}`);
      assert.ok(one > first, `${by} leaves time`);
      if (/working day|arrived/.test(by)) assert.ok(isWorkingDay(dayOf(one), nation, calendar.holidays), by);
    }
  }
});

test('lists chances first and never as overdue; overdue actions come before others', async () => {
  const calendar = await calendarOf('England and Wales');
  const now = instantAt('2026-09-18', '12:00');
  const at = (hoursAgo: number, by: string) =>
    dueOn(begunAt(new Date(now.getTime() - hoursAgo * 3_600_000), { by }), [], calendar, now);
  assert.equal(groupOf(at(0, 'hiv-prophylaxis')), 'can still be done');
  assert.equal(groupOf(at(72, 'hiv-prophylaxis')), 'can still be done', 'the last instant is in time');
  assert.equal(groupOf(at(73, 'hiv-prophylaxis')), 'has passed');
  assert.equal(groupOf(at(49, 'within 48 hours')), 'overdue');
  assert.equal(groupOf(at(30, 'within 48 hours')), 'due soon');
  assert.equal(groupOf(at(1, 'within 48 hours')), 'later');
  const order = sortByDueDate([at(1, 'within 72 hours'), at(50, 'within 48 hours'), at(1, 'within 48 hours')]);
  assert.deepEqual(
    order.map(({ rule, standing }) => [rule.id, standing.state]),
    [
      ['within 48 hours', 'overdue'],
      ['within 48 hours', 'running'],
      ['within 72 hours', 'running'],
    ],
  );
});

test('without a known hour, calls it over only when it certainly is', async () => {
  const calendar = await calendarOf('England and Wales');
  const earliest = instantAt('2026-09-15', '08:00');
  const latest = instantAt('2026-09-15', '20:00');
  const at = (time: string) =>
    groupOf(dueOn(aTask({ by: 'hiv-prophylaxis', earliest, latest }), [], calendar, instantAt('2026-09-18', time)));
  assert.equal(at('08:01'), 'can still be done');
  assert.equal(at('20:00'), 'can still be done');
  assert.equal(at('20:01'), 'has passed');
});

const reading = (more: Partial<GuidelineComparison>): GuidelineComparison => ({
  id: newTimelessId(),
  clock: 'hiv-prophylaxis',
  agencyId: '',
  memberId: '',
  readOn: '2026-09-01',
  says: 'other hours',
  hours: 48,
  source: 'An invented guideline',
  validFrom: '2026-09-01',
  ...more,
});

test('applies a nurse’s reading to clocks that begin from its day on, the later over the earlier, and only in health agencies', () => {
  const hours = (day: string, readings: readonly GuidelineComparison[], by = 'hiv-prophylaxis') => {
    const { term } = ruleOf(by, day, readings);
    return term.counts === 'elapsed minutes' ? term.minutes / 60 : undefined;
  };
  const one = reading({});
  assert.equal(hours('2026-09-18', []), 72);
  assert.equal(hours('2026-08-31', [one]), 72, 'begun before');
  assert.equal(hours('2026-09-01', [one]), 48);
  const back = reading({ readOn: '2026-09-10', says: 'as listed', hours: null });
  assert.equal(hours('2026-09-18', [back, one]), 72, 'compared again');
  assert.equal(hours('2026-09-18', [one, reading({ readOn: '2026-09-10', hours: 60 })]), 60);
  assert.equal(hours('2026-09-18', [reading({ clock: 'police-protection' })], 'police-protection'), 72);
  assert.equal(hours('2026-09-18', [reading({ says: 'not found', hours: null })]), 72);
  assert.equal(ruleOf('hiv-prophylaxis', '2026-09-18', [one]).reading?.id, one.id);
});

test('refuses a clock that is not in the catalogue', () => {
  assert.throws(() => ruleOf('no-such-clock', '2026-09-18', []), /nobody keeps/);
});
