/** How the rules apply to a person's record on a day: kept, named or due, and why. Pure: a fold over what was known on each day since it was opened. */
import { addDays, addMonths } from '../vocabulary/calendar/days.ts';
import {
  daysOfWarning,
  daysWithoutConcern,
  type KeepReason,
  keepReasonClasses,
  type RecordClass,
  type RetentionEventKind,
  restarts,
} from './classes.ts';
import { newest, ruleInForce } from './rule-in-force.ts';

export type Period = { readonly days: number } | { readonly months: number } | { readonly years: number };

/** One dated rule of the agency that keeps the record. The newest rule in force on the day also applies to existing records. */
export type RetentionRule = {
  readonly class: RecordClass;
  /** The minimum period since the last restart; null: no period alone erases it. */
  readonly period: Period | null;
  /** The minimum age of the person, whatever the period; without a date of birth the record stays. */
  readonly notBeforeAge: number | null;
  /** The age at which it is erased even without a review. */
  readonly notAfterAge: number | null;
  /** Whether it is erased automatically or after somebody approves it. */
  readonly ends: 'by itself' | 'after a review';
  /** The interval to the next review after one that kept it; without a period, also to the first. */
  readonly reviewEvery: Period | null;
  readonly validFrom: string;
  /** A rule applies from the day it was recorded. Of two valid from one day, the one recorded last wins; on a tie, the later in the list. */
  readonly recordedOn: string;
};

/** Each fact with the day on which it became known here. A reply recorded late counts from its own day, but only once it is known. */
export type RetainedRecord = {
  /** The day of the event: the meeting, the report, the arrest. */
  readonly from: string;
  readonly openedOn: string;
  readonly classes: readonly { readonly class: RecordClass; readonly recordedOn: string }[];
  readonly births: readonly { readonly bornOn: string; readonly recordedOn: string }[];
  readonly happenings: readonly {
    readonly what: RetentionEventKind;
    readonly on: string;
    readonly recordedOn: string;
  }[];
  /** From the day it was placed until the day it was ended; null while it continues, whatever its review date. */
  readonly keeps: readonly { readonly why: KeepReason; readonly recordedOn: string; readonly endedOn: string | null }[];
  readonly reviews: readonly { readonly decided: 'keep' | 'let go'; readonly on: string }[];
};

const never = '9999-12-31';
const latest = (...days: string[]): string => days.toSorted().at(-1) ?? never;
const earliest = (...days: string[]): string => days.toSorted()[0] ?? never;

/** The same day of the month; 29 February becomes 28 February where needed. */
const after = (day: string, period: Period): string =>
  'days' in period ? addDays(day, period.days) : addMonths(day, 'months' in period ? period.months : period.years * 12);

/** The record is kept for the whole period. The day after is the first on which it may be erased. */
const dayAfterPeriod = (day: string, period: Period | null): string => (period ? addDays(after(day, period), 1) : day);

/** A person born on 29 February is a year older on 1 March in other years. */
function birthday(bornOn: string, age: number): string {
  const day = addMonths(bornOn, age * 12);
  return day.slice(8) === bornOn.slice(8) ? day : addDays(day, 1);
}

const latestKnown = <Fact extends { readonly recordedOn: string }>(
  facts: readonly Fact[],
  today: string,
): Fact | undefined =>
  newest(
    facts.filter(({ recordedOn }) => recordedOn <= today),
    ({ recordedOn }) => recordedOn,
  );

export const classOn = (record: RetainedRecord, today: string): RecordClass | undefined =>
  latestKnown(record.classes, today)?.class;

const bornOn = (record: RetainedRecord, today: string): string | undefined => latestKnown(record.births, today)?.bornOn;

export const ruleOn = (rules: readonly RetentionRule[], of: RecordClass, today: string): RetentionRule | undefined =>
  ruleInForce(
    rules.filter((rule) => rule.class === of && rule.recordedOn <= today),
    today,
    ({ recordedOn }) => recordedOn,
  );

/** The start of its retention period, as known on a day. */
export function startedOn(record: RetainedRecord, of: RecordClass, today: string): string {
  const known = record.happenings.filter(
    ({ what, on, recordedOn }) => restarts[of].includes(what) && latest(on, recordedOn) <= today,
  );
  return latest(record.from, ...known.map(({ on }) => on));
}

const keptBy = (record: RetainedRecord, of: RecordClass, today: string): KeepReason | undefined =>
  record.keeps.find(
    ({ why, recordedOn, endedOn }) =>
      keepReasonClasses[why].includes(of) && recordedOn <= today && (endedOn === null || today < endedOn),
  )?.why;

const reviewsUpTo = (record: RetainedRecord, today: string) => record.reviews.filter(({ on }) => on <= today);

/** An approved erasure holds until another review or a fact that restarts the period. A fact on the same day also cancels it, since the order is unknown. */
function erasureApprovedOn(record: RetainedRecord, of: RecordClass, today: string): string | undefined {
  const review = newest(reviewsUpTo(record, today), ({ on }) => on);
  if (review?.decided !== 'let go') return undefined;
  const isRestarted = record.happenings
    .filter(({ what }) => restarts[of].includes(what))
    .map(({ on, recordedOn }) => latest(on, recordedOn))
    .some((known) => review.on <= known && known <= today);
  return isRestarted ? undefined : review.on;
}

/** The first day on which it may be erased by what is known on a day, ignoring warnings and holds. */
function erasableOn(record: RetainedRecord, of: RecordClass, rule: RetentionRule | undefined, today: string): string {
  if (of === 'met without concern') {
    const limit = addDays(record.from, daysWithoutConcern);
    return rule?.period ? earliest(limit, after(record.from, rule.period)) : limit;
  }
  if (!rule) return never;
  const born = bornOn(record, today);
  const byTime = dayAfterPeriod(startedOn(record, of, today), rule.period);
  const approvedOn = erasureApprovedOn(record, of, today);
  const oldEnough =
    rule.notBeforeAge === null ? byTime : born ? latest(byTime, birthday(born, rule.notBeforeAge)) : never;
  const automatic = rule.ends === 'by itself' && rule.period ? oldEnough : never;
  const byReview = approvedOn === undefined ? never : latest(byTime, approvedOn);
  const tooOld = rule.notAfterAge !== null && born ? birthday(born, rule.notAfterAge) : never;
  return earliest(automatic, byReview, tooOld);
}

/** The day of the next review; never for records that are erased automatically. */
function reviewOn(record: RetainedRecord, of: RecordClass, rule: RetentionRule | undefined, today: string): string {
  if (!rule || of === 'met without concern') return never;
  const unknown = rule.notBeforeAge !== null && !bornOn(record, today);
  if (rule.ends === 'by itself' && rule.period && !unknown) return never;
  if (erasureApprovedOn(record, of, today) !== undefined) return never;
  const first = rule.period ?? rule.reviewEvery;
  const kept = newest(
    reviewsUpTo(record, today).filter(({ decided }) => decided === 'keep'),
    ({ on }) => on,
  );
  const again = kept ? (rule.reviewEvery ? dayAfterPeriod(kept.on, rule.reviewEvery) : never) : '';
  return first ? latest(dayAfterPeriod(startedOn(record, of, today), first), again) : never;
}

/** Days on which a fact became known that may change the result. */
function changeDays(record: RetainedRecord, rules: readonly RetentionRule[], today: string): readonly string[] {
  const days = [
    ...record.classes.map(({ recordedOn }) => recordedOn),
    ...record.births.map(({ recordedOn }) => recordedOn),
    ...record.happenings.map(({ on, recordedOn }) => latest(on, recordedOn)),
    ...record.keeps.flatMap(({ recordedOn, endedOn }) => (endedOn ? [recordedOn, endedOn] : [recordedOn])),
    ...record.reviews.map(({ on }) => on),
    ...rules.map(({ validFrom, recordedOn }) => latest(validFrom, recordedOn)),
  ];
  return [record.openedOn, ...new Set(days.filter((day) => day > record.openedOn && day <= today).toSorted())];
}

/** The start of the present unbroken run of warning days, or of the expected one; undefined if it is not to be erased. */
function warningSince(record: RetainedRecord, rules: readonly RetentionRule[], today: string): string | undefined {
  const days = changeDays(record, rules, today);
  let since: string | undefined;
  for (const [place, day] of days.entries()) {
    const of = classOn(record, day);
    const free = of && !keptBy(record, of, day) ? erasableOn(record, of, ruleOn(rules, of, day), day) : never;
    const names = free === never ? never : addDays(free, -daysOfWarning);
    // The reader sees the last day when a record without concern is opened, so late entry does not extend it.
    if (place === 0 && of === 'met without concern') since = names;
    else if (since === undefined || names > day) since = latest(day, names);
    if (since >= (days[place + 1] ?? never)) since = undefined;
  }
  return since;
}

export const retentionStates = [
  'legal hold',
  'linked record',
  'help goes on',
  'no rule',
  'review due',
  'kept',
  'destroyed soon',
  'due',
] as const;
export type RetentionState = (typeof retentionStates)[number];

export type RetentionStatus = {
  readonly state: RetentionState;
  readonly class: RecordClass | undefined;
  readonly rule: RetentionRule | undefined;
  readonly startedOn: string;
  /** The day on which it is erased if nothing else becomes known; null if nothing allows that. */
  readonly dueOn: string | null;
  readonly namedFrom: string | null;
  readonly reviewOn: string | null;
};

const orNull = (day: string | undefined): string | null => (day === undefined || day === never ? null : day);

/** Ignores everything recorded or happening after this day. A record is erased exactly on the day it is due. */
export function retentionStatusOn(
  record: RetainedRecord,
  rules: readonly RetentionRule[],
  today: string,
): RetentionStatus {
  const of = classOn(record, today);
  const rule = of && ruleOn(rules, of, today);
  const kept = of && keptBy(record, of, today);
  const free = of && !kept ? erasableOn(record, of, rule, today) : never;
  const since = warningSince(record, rules, today);
  const due = free === never || since === undefined ? never : latest(free, addDays(since, daysOfWarning));
  const review = of ? reviewOn(record, of, rule, today) : never;
  const stateNow = (): RetentionState => {
    if (kept) return kept;
    if (due <= today) return 'due';
    if (due !== never && since !== undefined && since <= today) return 'destroyed soon';
    if (!rule && of !== 'met without concern') return 'no rule';
    return review <= today ? 'review due' : 'kept';
  };
  return {
    state: stateNow(),
    class: of,
    rule,
    startedOn: of ? startedOn(record, of, today) : record.from,
    dueOn: orNull(due),
    namedFrom: due === never ? null : orNull(since),
    reviewOn: orNull(review),
  };
}
