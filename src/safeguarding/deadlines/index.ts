/** The interface of the deadlines module: when something is due, or still possible, by the right calendar. */
export {
  type ClockEntry,
  type ClockGroup,
  clockGroups,
  clockOn,
  clocksOn,
  daysFresh,
  type Keeper,
  type Meaning,
} from './catalogue.ts';
export {
  type Clock,
  type ClockState,
  clockStates,
  closeOfBusiness,
  dueOf,
  type Soon,
  type Standing,
  standingOf,
  type Term,
  type WorkCalendar,
} from './clock.ts';
export { clockEntries } from './load.ts';
export { dueWords, momentWords, spanWords, standingWords, tagWords } from './words.ts';
export { calendarOf } from './work-calendar.ts';
