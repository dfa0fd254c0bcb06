/** When an action is due or a chance passes: by a fixed span, or by a clock of the catalogue as the nurse keeps it. No database. */

import { daysBetween, longDay } from '../../vocabulary/calendar/days.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';
import { type ClockEntry, clockOn, clocksOn } from '../deadlines/catalogue.ts';
import { type ClockStatus, clockStatusOf, type Term, type WorkCalendar } from '../deadlines/clock.ts';
import { clockEntries } from '../deadlines/load.ts';
import { type Span, spans, type Task } from './action.ts';

export type TaskRule = Pick<
  ClockEntry,
  'id' | 'name' | 'means' | 'term' | 'soon' | 'afterwards' | 'check' | 'sources' | 'dateChecked' | 'ours'
> & { readonly reading?: GuidelineComparison };

/** The result of a nurse's comparison of a clock with the guideline of the profession. */
export const comparisonResults = ['as listed', 'other hours', 'not found'] as const;
export type ComparisonResult = (typeof comparisonResults)[number];
export type GuidelineComparison = {
  readonly id: string;
  readonly clock: string;
  readonly agencyId: string;
  readonly memberId: string;
  readonly readOn: string;
  readonly says: ComparisonResult;
  readonly hours: number | null;
  /** Title and edition of the guideline. */
  readonly source: string;
  /** Applies to clocks that begin from this day on. */
  readonly validFrom: string;
};

const spanRule = (id: Span, term: Term): TaskRule => ({
  id,
  name: id,
  means: 'to be done by',
  term,
  soon:
    term.counts === 'elapsed minutes' ? { from: 'so many minutes before', minutes: 1_440 } : { from: 'the last day' },
  afterwards: 'Do it now, or hand it over. Tell the people who are waiting for this action.',
  check: [],
  sources: [],
  dateChecked: '',
  ours: true,
});
const spanRules: Readonly<Record<Span, TaskRule>> = {
  'within four hours': spanRule('within four hours', { counts: 'elapsed minutes', minutes: 4 * 60 }),
  today: spanRule('today', { counts: 'calendar days', days: 0, until: 'end of the day', onDayOff: 'stays' }),
  'by the next working day': spanRule('by the next working day', {
    counts: 'working days',
    days: 1,
    until: 'close of business',
  }),
  'within 48 hours': spanRule('within 48 hours', { counts: 'elapsed minutes', minutes: 48 * 60 }),
  'within 72 hours': spanRule('within 72 hours', { counts: 'elapsed minutes', minutes: 72 * 60 }),
  'within five working days': spanRule('within five working days', {
    counts: 'working days',
    days: 5,
    until: 'close of business',
  }),
};
const setDay = /^by (\d{4}-\d{2}-\d{2})$/;
/** A deadline on a day that a member sets, where no span fits: until the end of that day. */
export const byDay = (day: string): string => `by ${day}`;
function setDayRule(by: string, began: string): TaskRule | undefined {
  const day = setDay.exec(by)?.[1];
  if (!day) return undefined;
  const days = Math.max(0, daysBetween(began, day));
  const term: Term = { counts: 'calendar days', days, until: 'end of the day', onDayOff: 'stays' };
  const rule = spanRule('today', term);
  return { ...rule, id: by, name: `by ${longDay(day)}` };
}

const isSpan = (by: string): by is Span => spans.some((span) => span === by);

/** Clocks of a case that a member may also set by hand. */
export const caseClocks = ['police-protection'] as const;

export const healthClocksOn = (day: string): readonly ClockEntry[] =>
  clocksOn(clockEntries, day).filter(({ group }) => group === 'health');

/** The latest reading of this clock that applies on that day; a later comparison replaces an earlier one. */
export const findComparison = (
  readings: readonly GuidelineComparison[],
  clock: string,
  day: string,
): GuidelineComparison | undefined =>
  readings
    .filter((one) => one.clock === clock && one.validFrom <= day)
    .toSorted((one, other) =>
      one.readOn === other.readOn ? (one.validFrom < other.validFrom ? -1 : 1) : one.readOn < other.readOn ? -1 : 1,
    )
    .at(-1);

/** The rule of the day on which it began. For clocks in hours, a nurse's reading replaces the hours. */
export function ruleOf(by: string, day: string, readings: readonly GuidelineComparison[]): TaskRule {
  if (isSpan(by)) return spanRules[by];
  const chosen = setDayRule(by, day);
  if (chosen) return chosen;
  const entry = clockOn(clockEntries, by, day);
  if (!entry) throw new Error(`nobody keeps a clock called ${by}`);
  const reading = entry.group === 'health' ? findComparison(readings, by, day) : undefined;
  if (!reading) return entry;
  if (reading.says !== 'other hours' || reading.hours === null || entry.term.counts !== 'elapsed minutes')
    return { ...entry, reading };
  return { ...entry, reading, term: { counts: 'elapsed minutes', minutes: reading.hours * 60 } };
}

export type DueTask = { readonly task: Task; readonly rule: TaskRule; readonly standing: ClockStatus };

export function dueOn(
  task: Task,
  readings: readonly GuidelineComparison[],
  calendar: WorkCalendar,
  now: Date,
): DueTask {
  const rule = ruleOf(task.by, dayOf(task.earliest), readings);
  const began = { earliest: task.earliest, latest: task.latest };
  const standing = clockStatusOf({ term: rule.term, soon: rule.soon, began, stoppedAt: task.doneAt }, now, calendar);
  return { task, rule, standing };
}

export const groups = ['can still be done', 'overdue', 'due soon', 'later', 'has passed'] as const;
export type Group = (typeof groups)[number];

/** Chances first, because they pass. One that has passed prevents no help and comes last. */
export function groupOf({ rule, standing }: DueTask): Group {
  if (rule.means === 'possible until') return standing.state === 'overdue' ? 'has passed' : 'can still be done';
  if (standing.state === 'overdue') return 'overdue';
  return standing.state === 'due soon' ? 'due soon' : 'later';
}

/** The nearest first. */
export const sortByDueDate = (all: readonly DueTask[]): DueTask[] =>
  all.toSorted(
    (one, other) =>
      one.standing.dueAt.getTime() - other.standing.dueAt.getTime() || (one.task.id < other.task.id ? -1 : 1),
  );
