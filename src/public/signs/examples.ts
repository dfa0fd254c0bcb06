/** Invented services with every kind of hours that ours may one day have: for tests, assurance and the gallery. */
import type { Service } from '../contacts/contacts.ts';
import {
  type Exception,
  type Hours,
  type Interval,
  type Nation,
  type Week,
  type Weekday,
  weekdays,
} from '../contacts/hours.ts';

/** "22:00-06:00", in minutes. */
export function interval(text: string): Interval {
  const [from = 0, to = 0] = text.split('-').map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  return { from, to: to > from ? to : to + 1440 };
}

export function weekOf(days: readonly Weekday[], ...hours: readonly string[]): Week {
  return Object.fromEntries(days.map((day) => [day, hours.map(interval)]));
}

export const workingDays: readonly Weekday[] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];

export const closedOn = (day: string, why: string): Exception => ({ day, why, intervals: [] });

export function makeHours(usual: Hours['usual'], more: Partial<Hours> = {}): Hours {
  return { usual, says: null, nation: null, bankHolidays: 'as usual', exceptions: [], ...more };
}

const withBankHolidays = (nation: Nation, bankHolidays: Hours['bankHolidays']): Partial<Hours> => ({
  nation,
  bankHolidays,
});

export const exampleHours = {
  always: makeHours('24 hours'),
  'always, closed at Christmas': makeHours('24 hours', { exceptions: [closedOn('2026-12-25', 'Christmas Day')] }),
  unknown: makeHours('not confirmed', { says: 'it answers every day' }),
  'unknown, with one day that is known': makeHours('not confirmed', {
    says: 'it answers every day',
    exceptions: [{ day: '2026-12-24', intervals: [interval('09:00-13:00')], why: 'Christmas Eve' }],
  }),
  office: makeHours(weekOf(workingDays, '09:00-17:00'), withBankHolidays('England and Wales', 'closed')),
  'victim care': makeHours(
    { ...weekOf(workingDays, '08:00-20:00'), ...weekOf(['Saturday'], '09:00-17:00') },
    withBankHolidays('England and Wales', 'not known'),
  ),
  'nights all week': makeHours(weekOf(weekdays, '22:00-06:00')),
  'nights at the weekend': makeHours(
    weekOf(['Friday', 'Saturday'], '20:00-04:00'),
    withBankHolidays('Scotland', 'closed'),
  ),
  'within the hour that is missing or doubled': makeHours(weekOf(['Sunday'], '01:10-01:40', '04:00-05:00')),
  'into the hour that is missing or doubled': makeHours(weekOf(['Saturday'], '22:00-01:30')),
  'from the end of that hour': makeHours(weekOf(['Sunday'], '02:00-03:00')),
  'two shifts': makeHours(weekOf(workingDays, '08:00-12:00', '13:30-18:15'), {
    ...withBankHolidays('Northern Ireland', [interval('10:00-14:00')]),
    exceptions: [
      { day: '2026-03-29', intervals: [interval('00:30-02:30')], why: 'training by night' },
      { day: '2027-10-31', intervals: [interval('23:00-01:00')], why: 'training by night' },
    ],
  }),
  'joined at midnight': makeHours(
    { ...weekOf(['Monday'], '18:00-24:00'), ...weekOf(['Tuesday'], '00:00-03:00', '02:00-05:00') },
    withBankHolidays('England and Wales', 'not known'),
  ),
  'one day a year': makeHours(
    {},
    { exceptions: [{ day: '2027-06-01', intervals: [interval('12:00-13:00')], why: 'open day' }] },
  ),
} as const satisfies Record<string, Hours>;

export const exampleService = (id: string, more: Partial<Service> = {}): Service => ({
  id,
  name: id,
  role: 'support',
  runBy: 'An invented charity',
  sits: 'An invented office',
  independentOfPolice: true,
  area: 'England and Wales',
  forWhom: 'Anyone',
  kinds: null,
  for: { 'worried person': 1, professional: 1, 'it is happening to me': 1, 'child or worried about a child': 1 },
  promise: 'Invented.',
  notes: [],
  languages: 'Not confirmed',
  hours: exampleHours.always,
  channels: [],
  sources: [],
  dateChecked: '2026-11-24',
  validFrom: '2019-01-01',
  validTo: null,
  withheld: null,
  ...more,
});
