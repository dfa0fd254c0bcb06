import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closedOn, exampleHours, interval, makeHours, weekOf, workingDays } from '../signs/examples.ts';
import { type Calendar, type Hours, hoursAt, weekdays } from './hours.ts';
import { describeHours, describeUsualHours } from './hours-words.ts';

const named: Readonly<Record<string, string>> = {
  '2025-12-25': 'Christmas Day',
  '2025-12-26': 'Boxing Day',
  '2026-12-25': 'Christmas Day',
  '2026-12-26': 'Boxing Day',
  '2026-12-28': 'bank holiday for Boxing Day',
};
const holidays: Calendar = (_nation, day) => named[day];

const office = exampleHours.office;
const care = exampleHours['victim care'];
const nights = exampleHours['nights all week'];
const closing = makeHours(weekOf(workingDays, '09:30-12:00'), {
  exceptions: [closedOn('2026-11-24', 'staff training')],
});
const short = makeHours(weekOf(workingDays, '09:00-17:00'), {
  exceptions: [{ day: '2026-12-24', intervals: [interval('10:00-13:00')], why: 'Christmas Eve' }],
});
const late = makeHours(weekOf(['Monday'], '12:00-24:00'));
const weekend = makeHours({ ...weekOf(['Friday'], '18:00-24:00'), ...weekOf(['Saturday', 'Sunday'], '00:00-24:00') });
const never = makeHours({});

const cases: readonly [hours: Hours, at: string, words: string][] = [
  [care, '2026-11-24T16:00Z', 'open now until 8pm'],
  [care, '2026-11-24T20:00Z', 'opens tomorrow at 8am'],
  [care, '2026-11-24T07:59Z', 'opens today at 8am'],
  [care, '2026-11-24T08:00Z', 'open now until 8pm'],
  [care, '2026-11-28T17:00Z', 'opens Monday at 8am'],
  [care, '2026-12-26T10:00Z', 'hours not confirmed today (Boxing Day); usual hours start again Tuesday at 8am'],
  [care, '2026-12-27T12:00Z', 'opens Tuesday at 8am; hours not confirmed for tomorrow (bank holiday for Boxing Day)'],
  [
    care,
    '2026-12-24T21:00Z',
    'opens Tuesday at 8am; hours not confirmed for tomorrow (Christmas Day), Saturday (Boxing Day) and Monday (bank holiday for Boxing Day)',
  ],
  [office, '2026-06-15T08:30Z', 'open now until 5pm'],
  [office, '2026-01-15T08:30Z', 'opens today at 9am'],
  [office, '2025-12-26T10:00Z', 'closed today (Boxing Day), opens Monday at 9am'],
  [office, '2025-12-25T10:00Z', 'closed today (Christmas Day), opens Monday at 9am'],
  [office, '2026-11-27T18:00Z', 'opens Monday at 9am'],
  [nights, '2026-11-24T23:00Z', 'open now until 6am tomorrow'],
  [nights, '2026-11-25T01:00Z', 'open now until 6am'],
  [nights, '2026-11-25T12:00Z', 'opens today at 10pm'],
  [closing, '2026-11-24T10:00Z', 'closed today (staff training), opens tomorrow at 9:30am'],
  [closing, '2026-11-25T10:00Z', 'open now until midday'],
  [short, '2026-12-24T11:00Z', 'open now until 1pm (Christmas Eve)'],
  [short, '2026-12-24T09:30Z', 'opens today at 10am (Christmas Eve)'],
  [short, '2026-12-24T14:00Z', 'opens tomorrow at 9am'],
  [late, '2026-11-23T13:00Z', 'open now until midnight'],
  [late, '2026-11-23T11:00Z', 'opens today at midday'],
  [late, '2026-11-24T11:00Z', 'opens Monday at midday'],
  [weekend, '2026-11-27T19:00Z', 'open now until Sunday at midnight'],
  [weekend, '2026-11-29T19:00Z', 'open now until midnight'],
  [exampleHours['one day a year'], '2027-05-20T12:00Z', 'opens Tuesday 1 June at midday'],
  [exampleHours['one day a year'], '2026-05-20T12:00Z', 'closed now, we do not know when it opens again'],
  [never, '2026-05-20T12:00Z', 'closed now, we do not know when it opens again'],
  [exampleHours.always, '2026-12-25T03:00Z', 'open now, 24 hours a day'],
  [exampleHours['always, closed at Christmas'], '2026-11-01T03:00Z', 'open now, 24 hours a day'],
  [exampleHours['always, closed at Christmas'], '2026-12-24T23:30Z', 'open now until midnight'],
  [exampleHours['always, closed at Christmas'], '2026-12-22T12:00Z', 'open now until Thursday at midnight'],
  [
    exampleHours['always, closed at Christmas'],
    '2026-12-25T12:00Z',
    'closed today (Christmas Day), opens tomorrow at midnight',
  ],
  [exampleHours.unknown, '2026-11-24T12:00Z', 'hours not confirmed: it answers every day'],
  [exampleHours['unknown, with one day that is known'], '2026-12-24T12:00Z', 'open now until 1pm (Christmas Eve)'],
];

for (const [hours, at, words] of cases) {
  test(`at ${at} the page says "${words}"`, () => {
    assert.equal(describeHours(hoursAt(hours, new Date(at), holidays), hours, new Date(at)), words);
  });
}

const length = (day: string, night: Hours): number => {
  const start = new Date(`${day}T22:30Z`);
  const state = hoursAt(night, start, holidays);
  assert.equal(state.state, 'open');
  return state.state === 'open' && state.until ? (state.until.getTime() - start.getTime()) / 3_600_000 : Number.NaN;
};

test('a night is an hour shorter in spring and an hour longer in autumn', () => {
  assert.equal(length('2026-02-14', nights), 7.5);
  assert.equal(length('2026-03-28', nights), 6.5);
  assert.equal(length('2026-10-24', makeHours(weekOf(weekdays, '23:00-07:00'))), 8.5);
});

test('an hour that comes twice closes where it comes first, and does not open again', () => {
  const hours = makeHours(weekOf(['Saturday'], '22:00-01:30'));
  const stateAt = (at: string) => hoursAt(hours, new Date(at), holidays).state;
  assert.equal(stateAt('2026-10-25T00:29Z'), 'open');
  assert.equal(stateAt('2026-10-25T00:30Z'), 'closed');
  assert.equal(stateAt('2026-10-25T01:15Z'), 'closed', '01:15 on the wall for the second time');
});

test('hours that touch are one opening', () => {
  const hours = exampleHours['joined at midnight'];
  const at = new Date('2026-11-23T19:00Z');
  assert.equal(describeHours(hoursAt(hours, at, holidays), hours, at), 'open now until 5am tomorrow');
});

test('an opening ends where a day begins whose hours nobody confirmed', () => {
  const hours = { ...nights, nation: 'Scotland', bankHolidays: 'not known' } as const;
  const at = new Date('2026-12-24T23:00Z');
  assert.equal(describeHours(hoursAt(hours, at, holidays), hours, at), 'open now until 6am tomorrow');
  const morning = new Date('2026-12-25T07:00Z');
  assert.equal(hoursAt(hours, morning, holidays).state, 'not confirmed');
});

test('we look five weeks ahead to the minute, and then say that we do not know', () => {
  const openDay = exampleHours['one day a year'];
  const opens = new Date('2027-06-01T11:00Z');
  const before = (hours: Hours, end: Date, minutes: number) =>
    hoursAt(hours, new Date(end.getTime() - minutes * 60_000), holidays);
  const [near, far] = [before(openDay, opens, 35 * 1440), before(openDay, opens, 35 * 1440 + 1)];
  assert.deepEqual([near.state, near.state === 'closed' && near.opens], ['closed', opens]);
  assert.deepEqual([far.state, far.state === 'closed' && far.opens], ['closed', null]);
  const christmas = exampleHours['always, closed at Christmas'];
  const closes = new Date('2026-12-25T00:00Z');
  const [soon, later] = [before(christmas, closes, 35 * 1440), before(christmas, closes, 35 * 1440 + 1)];
  assert.deepEqual([soon.state === 'open' && soon.until, later.state === 'open' && later.until], [closes, null]);
});

test('hours that fall wholly into the missing hour are no opening', () => {
  const hours = exampleHours['within the hour that is missing or doubled'];
  const at = new Date('2026-03-29T00:30Z');
  assert.equal(describeHours(hoursAt(hours, at, holidays), hours, at), 'opens today at 4am');
});

const onPaper: readonly [name: keyof typeof exampleHours, words: string][] = [
  ['always', '24 hours a day'],
  ['unknown', 'hours not confirmed: it answers every day'],
  ['office', 'Monday to Friday 9am to 5pm; closed on bank holidays'],
  ['victim care', 'Monday to Friday 8am to 8pm, Saturday 9am to 5pm; bank holidays not confirmed'],
  ['nights all week', 'Monday to Sunday 10pm to 6am the next day'],
  ['two shifts', 'Monday to Friday 8am to midday and 1:30pm to 6:15pm; on bank holidays 10am to 2pm'],
];

for (const [name, words] of onPaper) {
  test(`on paper, the hours of ${name} are "${words}"`, () => {
    assert.equal(describeUsualHours(exampleHours[name]), words);
  });
}
