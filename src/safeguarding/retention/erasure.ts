/** Applies the retention rules to a person’s record in the safeguarding database. Pure. */
import {
  daysOfWarning,
  type RecordClass,
  type RetainedRecord,
  type RetentionEventKind,
  type RetentionRule,
  type RetentionStatus,
  retentionStatusOn,
} from '../../retention/index.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';

/** Help never keeps a suspect’s record: a suspect’s record of the same person is in the main database. */
export const safeguardingClasses = [
  'person helped',
  'victim or witness',
  'met without concern',
] as const satisfies readonly RecordClass[];
export type SafeguardingClass = (typeof safeguardingClasses)[number];

/** Recorded facts that affect the retention of a record. */
export const factKinds = ['class', 'happening', 'hold', 'review', 'asked to go'] as const;
export type FactKind = (typeof factKinds)[number];

export type RetentionFactId = Id<'keeping fact'>;
export type RetentionFact = {
  readonly id: RetentionFactId;
  readonly personId: string | null;
  /** For a person without a record: the meeting, until a record takes the fact over. */
  readonly encounterId: string | null;
  readonly agencyId: AgencyId;
  readonly what: FactKind;
  readonly detail: string;
  readonly reason: string;
  readonly reviewOn: string | null;
  readonly recordedOn: string;
  readonly recordedBy: MemberId;
  readonly endedOn: string | null;
  readonly endedBy: MemberId | null;
};

export type AgencyRetentionRule = {
  readonly id: Id<'keeping rule'>;
  readonly agencyId: AgencyId;
  readonly class: SafeguardingClass;
  readonly months: number;
  readonly notBeforeAge: number | null;
  readonly source: string;
  readonly validFrom: string;
  readonly recordedOn: string;
  readonly setBy: MemberId;
  readonly setAt: Date;
};

/** The id to find it by: the record, or the meeting where there is none. */
export const aboutOf = ({ personId, encounterId }: Pick<RetentionFact, 'personId' | 'encounterId'>): string =>
  personId ?? encounterId ?? '';

/** A record, or one agency’s notes of a meeting without a record. */
export const retainedKinds = ['record', 'meeting'] as const;
export type RetainedKind = (typeof retainedKinds)[number];

/** What the database supplies for one record: days and facts, and no content. */
export type RetainedItem = {
  readonly kind: RetainedKind;
  readonly id: string;
  readonly agencyId: AgencyId;
  readonly origin: string;
  readonly openedAt: Date;
  readonly openedOn: string;
  readonly fromDay: string;
  readonly facts: readonly Omit<RetentionFact, 'reason'>[];
  /** Days of notes, requests for help, tasks, consents or disclosures: each is help given. Notes of a meeting are separate. */
  readonly helped: readonly string[];
  /** Days of the notes of a meeting: without consent, a note prolongs nothing. */
  readonly met: readonly string[];
  /** One of those notes, to be viewed. */
  readonly noteId: string | null;
  readonly help: readonly { readonly since: string; readonly ended: string | null }[];
  /** Days on which a concern was raised. */
  readonly concerned: readonly string[];
  /** The number of dependent rows at the time of this read, so that later additions are noticed. */
  readonly seen: number;
};

/** A person who receives help is reviewed every year; without a date of birth, a member decides each time. */
const everyYear = { months: 12 } as const;

export const ruleOf = ({
  class: of,
  months,
  notBeforeAge,
  validFrom,
  recordedOn,
}: AgencyRetentionRule): RetentionRule => ({
  class: of,
  period: { months },
  notBeforeAge,
  notAfterAge: null,
  ends: 'by itself',
  reviewEvery: everyYear,
  validFrom,
  recordedOn,
});

/** By default a record was opened to help. A person met without any consent counts as met without concern. */
const openedAs: Readonly<Record<RetainedKind, SafeguardingClass>> = {
  record: 'person helped',
  meeting: 'met without concern',
};

export function toRetainedRecord({
  kind,
  openedOn,
  fromDay,
  facts,
  helped,
  met,
  help,
  concerned,
}: RetainedItem): RetainedRecord {
  const of = (kind: FactKind) => facts.filter(({ what }) => what === kind);
  const goesOn = (day: string) => help.some(({ since, ended: on }) => since <= day && (on === null || day < on));
  const given = [...helped, ...concerned].map((on) => ({
    what: 'help given' as RetentionEventKind,
    on,
    recordedOn: on,
  }));
  const ended = help.flatMap(({ ended: on }) =>
    on ? [{ what: 'help ended' as RetentionEventKind, on, recordedOn: on }] : [],
  );
  return {
    from: fromDay,
    openedOn,
    classes: [
      { class: openedAs[kind], recordedOn: openedOn },
      // A concern or help outweighs an earlier “without concern”.
      ...[...concerned, ...helped].map((recordedOn) => ({ class: 'person helped' as const, recordedOn })),
      ...of('class')
        .filter(({ detail, recordedOn }) => detail !== 'met without concern' || !goesOn(recordedOn))
        .map(({ detail, recordedOn }) => ({ class: detail as RecordClass, recordedOn })),
    ],
    births: [],
    happenings: [
      ...given,
      ...ended,
      ...met.map((on) => ({ what: 'contact as a victim' as RetentionEventKind, on, recordedOn: on })),
      ...of('happening').map(({ detail, recordedOn }) => ({
        what: detail as RetentionEventKind,
        on: recordedOn,
        recordedOn,
      })),
    ],
    keeps: [
      ...of('hold').map(({ recordedOn, endedOn }) => ({ why: 'legal hold' as const, recordedOn, endedOn })),
      ...help.map(({ since, ended: endedOn }) => ({ why: 'help goes on' as const, recordedOn: since, endedOn })),
    ],
    reviews: of('review').map(({ detail, recordedOn }) => ({ decided: detail as 'keep' | 'let go', on: recordedOn })),
  };
}

/** The day after the person’s request, so that a mistake can be undone. Only a court’s hold keeps the record; after a hold it is named like any other. */
export function erasureRequestedOn({ facts }: RetainedItem): string | undefined {
  const ends = facts.flatMap(({ what, endedOn }) => (what === 'hold' && endedOn ? [endedOn] : []));
  const free = ends.map((day) => addDays(day, daysOfWarning));
  const asked = facts.filter(({ what, endedOn }) => what === 'asked to go' && endedOn === null);
  const [first] = asked.map(({ recordedOn }) => addDays(recordedOn, 1)).toSorted();
  return first && [first, ...free].toSorted().at(-1);
}

export const isHeld = ({ facts }: RetainedItem): boolean =>
  facts.some(({ what, endedOn }) => what === 'hold' && endedOn === null);

export type ItemStatus = RetentionStatus & { readonly asked: string | undefined; readonly goes: boolean };

export function itemStatus(kept: RetainedItem, rules: readonly AgencyRetentionRule[], today: string): ItemStatus {
  const own = rules.filter(({ agencyId }) => agencyId === kept.agencyId).map(ruleOf);
  const by = retentionStatusOn(toRetainedRecord(kept), own, today);
  const asked = isHeld(kept) ? undefined : erasureRequestedOn(kept);
  return { ...by, asked, goes: by.state === 'due' || (asked !== undefined && asked <= today) };
}

/** The ground of the erasure, for the certificate. */
export function erasureGround({ asked, class: of, rule, startedOn }: ItemStatus, today: string): string {
  if (asked !== undefined && asked <= today) return 'the person asked for it, and it was granted';
  if (of === 'met without concern') return 'met without concern: at most 28 days';
  const months = rule?.period && 'months' in rule.period ? rule.period.months : 0;
  return `the rule in force: ${months} months for “${of}”, from ${startedOn}`;
}

/** What a member can record about retention, as in the form. */
export const statements = {
  held: { what: 'hold', detail: 'legal hold' },
  'came back': { what: 'happening', detail: 'reply from the person' },
  'of no concern': { what: 'class', detail: 'met without concern' },
  helped: { what: 'class', detail: 'person helped' },
  'victim or witness': { what: 'class', detail: 'victim or witness' },
  'still needed': { what: 'review', detail: 'keep' },
  'needed no more': { what: 'review', detail: 'let go' },
  'asked to go': { what: 'asked to go', detail: 'the person asked' },
} as const satisfies Record<string, { readonly what: FactKind; readonly detail: string }>;
export type Statement = keyof typeof statements;

export type StatementRefusal =
  | 'looked at again when'
  | 'in the past'
  | 'nothing to review'
  | 'not theirs to order'
  | 'said already'
  | 'help goes on';

/** Only the data-protection lead orders an erasure; a review needs a record that is due for one. */
export function checkStatement(
  saying: Statement,
  reviewOn: string | null,
  { of, today, orders }: { readonly of: ItemStatus; readonly today: string; readonly orders: boolean },
): StatementRefusal | undefined {
  if (saying === 'held' && reviewOn === null) return 'looked at again when';
  if (saying === 'held' && reviewOn !== null && reviewOn <= today) return 'in the past';
  if (statements[saying].what === 'review' && of.state !== 'review due') return 'nothing to review';
  if (saying === 'of no concern' && of.state === 'help goes on') return 'help goes on';
  if (saying === 'asked to go' && !orders) return 'not theirs to order';
  if (saying === 'asked to go' && of.asked !== undefined) return 'said already';
  return undefined;
}
