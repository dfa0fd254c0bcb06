/** A clock: its calendar and its state at an instant. Pure: reads no time, no database, no wording. */
import { addDays } from '../../vocabulary/calendar/days.ts';
import { dayOf, instantAt } from '../../vocabulary/calendar/wall-clock.ts';
import { addWorkingDays, type Calendar, type Nation, workingDayFrom } from '../../vocabulary/calendar/working-days.ts';

/** When offices close: an action due on a working day is of no use at ten in the evening. */
export const closeOfBusiness = '17:00';

export type DayEnd = 'close of business' | 'end of the day';

/** Elapsed time continues through nights, holidays and clock changes. Days are local days, and the day on which a clock begins never counts. */
export type Term =
  | { readonly counts: 'elapsed minutes'; readonly minutes: number }
  | { readonly counts: 'working days'; readonly days: number; readonly until: DayEnd }
  | {
      readonly counts: 'calendar days';
      readonly days: number;
      readonly until: DayEnd;
      /** If the last day is not a working day. */
      readonly onDayOff: 'stays' | 'moves to the next working day';
    };

/** How long before its end a clock asks for attention. */
export type Soon =
  | { readonly from: 'so many minutes before'; readonly minutes: number }
  | { readonly from: 'the last day' }
  | { readonly from: 'the beginning' };

/** The bank holidays of the nation where the work is done, not of the person's origin or location. */
export type WorkCalendar = { readonly nation: Nation; readonly holidays: Calendar };

/** The day whose end, or close of business, ends the term; undefined for elapsed time. */
export function lastDayOf(term: Term, began: Date, { nation, holidays }: WorkCalendar): string | undefined {
  if (term.counts === 'elapsed minutes') return undefined;
  if (term.counts === 'working days') return addWorkingDays(dayOf(began), term.days, nation, holidays);
  const last = addDays(dayOf(began), term.days);
  return term.onDayOff === 'stays' ? last : workingDayFrom(last, nation, holidays);
}

const endOf = (day: string, until: DayEnd): Date =>
  until === 'close of business' ? instantAt(day, closeOfBusiness) : instantAt(addDays(day, 1), '00:00');

/** The last instant that is in time. */
export function dueOf(term: Term, began: Date, calendar: WorkCalendar): Date {
  if (term.counts === 'elapsed minutes') return new Date(began.getTime() + term.minutes * 60_000);
  return endOf(lastDayOf(term, began, calendar) ?? dayOf(began), term.until);
}

export type Clock = {
  readonly term: Term;
  readonly soon: Soon;
  /** Equal, unless the exact time is unknown: then the earliest and the latest possible. */
  readonly began: { readonly earliest: Date; readonly latest: Date };
  /** When it was done, answered or no longer needed. A stopped clock does not resume: what follows has its own clock. */
  readonly stoppedAt: Date | null;
};

export const clockStates = ['running', 'due soon', 'overdue', 'stopped'] as const;
export type ClockState = (typeof clockStates)[number];

export type ClockStatus = {
  readonly state: ClockState;
  /** Counted from the earliest possible start. */
  readonly dueAt: Date;
  /** Counted from the latest possible start; equal to `dueAt` if the start is known. */
  readonly atLatest: Date;
  readonly soonFrom: Date;
  /** Whether it stopped after the deadline, even for the latest possible start. */
  readonly late: boolean;
};

function soonFrom({ term, soon, began: { earliest } }: Clock, dueAt: Date, calendar: WorkCalendar): Date {
  if (soon.from === 'the beginning') return earliest;
  const from =
    soon.from === 'the last day'
      ? instantAt(lastDayOf(term, earliest, calendar) ?? dayOf(dueAt), '00:00')
      : new Date(dueAt.getTime() - soon.minutes * 60_000);
  return from < earliest ? earliest : from;
}

/** An act at the last instant is in time, as is one before the clock began. With an uncertain start, it is overdue only when it certainly is. */
export function clockStatusOf(clock: Clock, now: Date, calendar: WorkCalendar): ClockStatus {
  const dueAt = dueOf(clock.term, clock.began.earliest, calendar);
  const atLatest = dueOf(clock.term, clock.began.latest, calendar);
  const soon = soonFrom(clock, dueAt, calendar);
  const late = clock.stoppedAt !== null && clock.stoppedAt > atLatest;
  const at = (state: ClockState): ClockStatus => ({ state, dueAt, atLatest, soonFrom: soon, late });
  if (clock.stoppedAt) return at('stopped');
  if (now > atLatest) return at('overdue');
  return at(now >= soon ? 'due soon' : 'running');
}
