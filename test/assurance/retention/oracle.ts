/**
 * A second way to know when a record goes: day by day, from the day it was opened, as somebody would who keeps a paper list
 * of what goes soon and strikes off what no longer does. Shares no code with the rules, and no table: classes, what begins
 * their time again and the calendar are written down here again. Only the shape of the facts is theirs.
 */
import type { Period, RetainedRecord, RetentionRule } from '../../../src/retention/retention-status.ts';

/** Days since 1970. */
export const numberOf = (day: string): number => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return Math.round(Date.UTC(year, month - 1, date) / 86_400_000);
};
export const dayOf = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

const lengthOf = (year: number, month: number): number => {
  if (month === 1) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [3, 5, 8, 10].includes(month) ? 30 : 31;
};

/** So many months on; `over`: what is missing of a short month runs into the next. */
function monthsOn(number: number, months: number, over: boolean): number {
  const date = new Date(number * 86_400_000);
  const all = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const [year, month] = [Math.floor(all / 12), all % 12];
  const wanted = date.getUTCDate();
  const length = lengthOf(year, month);
  const day = wanted <= length ? wanted : over ? length + 1 : length;
  return Math.round(Date.UTC(year, month, day) / 86_400_000);
}

function on(number: number, period: Period): number {
  if ('days' in period) return number + period.days;
  return monthsOn(number, 'months' in period ? period.months : 12 * period.years, false);
}

const suspicion = new Set([
  'offence',
  'suspected offence',
  'evidence of risk to others',
  'request from another law enforcement body',
  'disclosure to employers',
]);

function beginsAnew(of: string, what: string): boolean {
  if (of === 'met without concern') return false;
  if (of === 'person helped')
    return ['help given', 'help ended', 'reply from the person', 'contact as a victim'].includes(what);
  if (of === 'victim or witness')
    return ['contact as a witness', 'reply from the person', 'contact as a victim'].includes(what);
  return suspicion.has(what);
}

function staysFor(of: string, why: string): boolean {
  if (why === 'legal hold') return true;
  if (why === 'linked record') return of !== 'met without concern';
  return of === 'person helped' || of === 'victim or witness';
}

const cache = new Map<string, number>();
function n(day: string): number {
  const known = cache.get(day);
  if (known !== undefined) return known;
  const number = numberOf(day);
  cache.set(day, number);
  return number;
}

const nowhere = Number.POSITIVE_INFINITY;

/** The last in the list of those that are greatest by what is asked. */
function last<Fact>(facts: readonly Fact[], by: (fact: Fact) => readonly number[]): Fact | undefined {
  let found: Fact | undefined;
  for (const fact of facts) {
    if (found === undefined) found = fact;
    else {
      const [one, other] = [by(found), by(fact)];
      const place = one.findIndex((value, index) => value !== other[index]);
      if (place < 0 || (other[place] ?? 0) > (one[place] ?? 0)) found = fact;
    }
  }
  return found;
}

/** By what is known on one day: from when nothing keeps it any more. */
function free(record: RetainedRecord, rules: readonly RetentionRule[], today: number): number {
  const of = last(
    record.classes.filter((fact) => n(fact.recordedOn) <= today),
    (fact) => [n(fact.recordedOn)],
  )?.class;
  if (of === undefined) return nowhere;
  for (const keep of record.keeps) {
    const still = keep.endedOn === null || n(keep.endedOn) > today;
    if (staysFor(of, keep.why) && n(keep.recordedOn) <= today && still) return nowhere;
  }
  const rule = last(
    rules.filter((one) => one.class === of && n(one.recordedOn) <= today && n(one.validFrom) <= today),
    (one) => [n(one.validFrom), n(one.recordedOn)],
  );
  const from = n(record.from);
  if (of === 'met without concern') {
    const shorter = rule?.period ? on(from, rule.period) : nowhere;
    return Math.min(from + 28, shorter);
  }
  if (!rule) return nowhere;
  let start = from;
  let lastRestart = -nowhere;
  for (const { what, on: happened, recordedOn } of record.happenings) {
    const known = Math.max(n(happened), n(recordedOn));
    if (known > today || !beginsAnew(of, what)) continue;
    start = Math.max(start, n(happened));
    lastRestart = Math.max(lastRestart, known);
  }
  const timeOver = rule.period ? on(start, rule.period) + 1 : start;
  const birth = last(
    record.births.filter((fact) => n(fact.recordedOn) <= today),
    (fact) => [n(fact.recordedOn)],
  );
  const review = last(
    record.reviews.filter((one) => n(one.on) <= today),
    (one) => [n(one.on)],
  );
  let earliest = nowhere;
  if (rule.ends === 'by itself' && rule.period) {
    if (rule.notBeforeAge === null) earliest = timeOver;
    else if (birth) earliest = Math.max(timeOver, monthsOn(n(birth.bornOn), 12 * rule.notBeforeAge, true));
  }
  if (review?.decided === 'let go' && lastRestart < n(review.on))
    earliest = Math.min(earliest, Math.max(timeOver, n(review.on)));
  if (rule.notAfterAge !== null && birth)
    earliest = Math.min(earliest, monthsOn(n(birth.bornOn), 12 * rule.notAfterAge, true));
  return earliest;
}

export type Walked = {
  /** The day on which it is destroyed; none within the days walked. */
  readonly goes: number | undefined;
  /** Days on which it stood on the list of what goes soon, and was not destroyed yet. */
  readonly named: ReadonlySet<number>;
};

/** Walks until it is destroyed, or to the end. Destroyed is what is free and has stood on the list on each of the fourteen days before. */
export function walk(record: RetainedRecord, rules: readonly RetentionRule[], end: number): Walked {
  const named = new Set<number>();
  const opened = n(record.openedOn);
  const first = last(
    record.classes.filter((fact) => n(fact.recordedOn) <= opened),
    (fact) => [n(fact.recordedOn)],
  );
  let running = 0;
  // The last day of a record without a concern is set when the record is opened: days before a late entry count as known.
  if (first?.class === 'met without concern') running = opened - (free(record, rules, opened) - 14);
  if (!(running > 0 && running < nowhere)) running = 0;
  for (let today = opened; today <= end; today += 1) {
    const earliest = free(record, rules, today);
    if (earliest <= today && running >= 14) return { goes: today, named };
    const listed = earliest - 14 <= today;
    running = listed ? running + 1 : 0;
    if (listed) named.add(today);
  }
  return { goes: undefined, named };
}
