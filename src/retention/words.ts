/** The retention state of a record, in words for its readers. */
import { longDay } from '../vocabulary/calendar/days.ts';
import { countWord, plural } from '../vocabulary/languages/english.ts';
import { daysWithoutConcern } from './classes.ts';
import type { Period, RetentionRule, RetentionState, RetentionStatus } from './retention-status.ts';

/** "six years", "28 days" */
export function periodWords(period: Period): string {
  const [[unit, count]] = Object.entries(period) as [[keyof typeof units, number]];
  return `${countWord(count)} ${plural(count, units[unit])}`;
}
const units = { days: 'day', months: 'month', years: 'year' } as const;

export const retentionTags: Readonly<Record<RetentionState, string>> = {
  'legal hold': 'Held',
  'linked record': 'Part of a case',
  'help goes on': 'Help goes on',
  'no rule': 'No rule',
  'review due': 'To be reviewed',
  kept: 'Kept',
  'destroyed soon': 'Destroyed soon',
  due: 'Will be destroyed when Safelight next deletes records',
};

/** The end of the retention period, for a page of the record. */
export function retentionWords({ state, dueOn, reviewOn, class: of }: RetentionStatus): string {
  if (state === 'legal hold') return 'Kept while the record is on hold';
  if (state === 'linked record') return 'Kept as long as the case that it belongs to';
  if (state === 'help goes on') return 'Kept while help continues. The retention period starts when help ends';
  if (state === 'no rule') return 'Kept until your agency sets a rule for records of this class';
  if (state === 'review due') return `Until somebody decides: a review has been due since ${longDay(reviewOn ?? '')}`;
  if (state === 'due') return 'Will be destroyed when Safelight next deletes records';
  if (dueOn === null)
    return reviewOn ? `At least until it is reviewed on ${longDay(reviewOn)}` : 'Until somebody decides';
  const without =
    of === 'met without concern'
      ? `. Records of people met without concern are kept for at most ${daysWithoutConcern} days`
      : '';
  return `${state === 'destroyed soon' ? 'Destroyed soon, on' : 'Destroyed on'} ${longDay(dueOn)}${without}`;
}

/** A rule in one sentence, for the page that sets it. */
export function ruleWords(rule: Omit<RetentionRule, 'validFrom' | 'recordedOn' | 'class'>): string {
  const { period, notBeforeAge, notAfterAge, ends, reviewEvery } = rule;
  const time = period ? `${periodWords(period)} after it last began anew` : '';
  const old = notBeforeAge === null ? '' : `not before the person is ${notBeforeAge}`;
  const again = reviewEvery ? `each ${periodWords(reviewEvery)}` : '';
  const first = ['Reviewed', [time, again].filter((part) => part !== '').join(', then ')].join(' ');
  const main = ends === 'by itself' && period ? `Destroyed ${time}` : first;
  const limit = notAfterAge === null ? '' : `destroyed when the person is ${notAfterAge}`;
  return [main, old, limit].filter((part) => part !== '').join('; ');
}
