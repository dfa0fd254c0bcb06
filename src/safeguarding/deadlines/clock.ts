/** A clock: its calendar and its state at an instant. Pure: reads no time, no database, no wording. */
import { addDays } from '../../vocabulary/days.ts';
import { dayOf, instantAt } from '../../vocabulary/wall.ts';
import { addWorkingDays, type Calendar, type Nation, workingDayFrom } from '../../vocabulary/working-days.ts';

/** When offices close: an action due on a working day is of no use at ten in the evening. */
export const closeOfBusiness = '17:00';

export type DayEnd = 'close of business' | 'end of the day';

/** Elapsed time runs through nights, holidays and changes of clocks. Days are those of the wall, and the one on which a clock begins never counts. */
export type Term =
  | { readonly counts: 'elapsed minutes'; readonly minutes: number }
  | { readonly counts: 'working days'; readonly days: number; readonly until: DayEnd }
  | {
      readonly counts: 'calendar days';
      readonly days: number;
      readonly until: DayEnd;
      /** Where the last day is none on which people work. */
      readonly onDayOff: 'stays' | 'moves to the next working day';
    };

/** Before its end from when a clock asks for attention. */
export type Soon =
  | { readonly from: 'so many minutes before'; readonly minutes: number }
  | { readonly from: 'the last day' }
  | { readonly from: 'the beginning' };

/** Whose holidays count: those of the nation in which the work is to be done, not of where the person comes from or is. */
export type WorkCalendar = { readonly nation: Nation; readonly holidays: Calendar };

/** The day whose end, or close of business, ends the term; nothing where time is counted as it passes. */
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
  /** When it was done, answered, or needed no longer. A clock that stopped does not go on: what follows has a clock of its own. */
  readonly stoppedAt: Date | null;
};

export const clockStates = ['running', 'due soon', 'overdue', 'stopped'] as const;
export type ClockState = (typeof clockStates)[number];

export type Standing = {
  readonly state: ClockState;
  /** Reckoned from the earliest that it may have begun. */
  readonly dueAt: Date;
  /** Reckoned from the latest; `dueAt` where the beginning is known. */
  readonly atLatest: Date;
  readonly soonFrom: Date;
  /** Whether it stopped after the last instant that was in time, however late it began. */
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

/** What is done at the last instant is in time; so is whatever stops a clock that has not begun. Uncertain of the beginning, it is overdue only when it surely is. */
export function standingOf(clock: Clock, now: Date, calendar: WorkCalendar): Standing {
  const dueAt = dueOf(clock.term, clock.began.earliest, calendar);
  const atLatest = dueOf(clock.term, clock.began.latest, calendar);
  const soon = soonFrom(clock, dueAt, calendar);
  const late = clock.stoppedAt !== null && clock.stoppedAt > atLatest;
  const at = (state: ClockState): Standing => ({ state, dueAt, atLatest, soonFrom: soon, late });
  if (clock.stoppedAt) return at('stopped');
  if (now > atLatest) return at('overdue');
  return at(now >= soon ? 'due soon' : 'running');
}
