/** Pages of retention: rules, the dry run, one record’s retention, certificates. No person’s name is on any of them. */

import type { FormErrors } from '../../platform/http/server.ts';
import {
  backTo,
  type Cell,
  type FormPage,
  type Link,
  type ListPage,
  type SectionsPage,
  type TableSection,
} from '../../platform/rendering/pages.ts';
import type { Pages } from '../../platform/rendering/paging.ts';
import { daysOfWarning, daysWithoutConcern, retentionTags, retentionWords } from '../../retention/index.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital, plural } from '../../vocabulary/languages/english.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { retentionPaths } from '../../vocabulary/paths/safeguarding/retention.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import {
  type AgencyRetentionRule,
  aboutOf,
  type ItemStatus,
  type RetainedItem,
  type RetentionFact,
  type SafeguardingClass,
  type Statement,
  type StatementRefusal,
  safeguardingClasses,
} from './erasure.ts';
import { ruledClasses } from './forms.ts';
import type { ShownCertificate } from './store.ts';

const text = (words: string) => ({ text: words });
const numberOf = (id: string): string => `Case ${referenceOf('case', id)}`;
const nameOf = ({ kind, id }: Pick<RetainedItem, 'kind' | 'id'>): string =>
  kind === 'record' ? numberOf(id) : `Encounter ${referenceOf('encounter', id)}, no record`;
const factOf = (fact: RetentionFact): Pick<RetainedItem, 'kind' | 'id'> => ({
  kind: fact.personId ? 'record' : 'meeting',
  id: aboutOf(fact),
});
const many = (count: number) => text(count.toLocaleString('en-GB'));
const recordOf = (kept: Pick<RetainedItem, 'kind' | 'id'>): Cell => ({
  text: nameOf(kept),
  href: retentionPaths.record(kept.id),
});

const classWords: Readonly<Record<SafeguardingClass, string>> = {
  'person helped': 'People who were helped',
  'victim or witness': 'Victims and witnesses',
  'met without concern': 'People met, with no concern about them',
};

const ruleWords = ({ months, notBeforeAge, validFrom, source }: AgencyRetentionRule): string =>
  `${months} ${plural(months, 'month')} after the last help or contact${notBeforeAge ? `, and not before the person is ${notBeforeAge}` : ''}, since ${longDay(validFrom)}: ${source}`;

export type ItemWithStatus = { readonly kept: RetainedItem; readonly stands: ItemStatus };

/** The erasure date: the earlier of the request and the rule. */
const erasureDate = ({ asked, dueOn }: ItemStatus): string =>
  [asked, dueOn].flatMap((day) => day ?? []).toSorted()[0] ?? '';

/** The most that are listed; all are counted. */
const mostListed = 100;
export const listNextErasures = (judged: readonly ItemWithStatus[]): readonly ItemWithStatus[] =>
  judged
    .filter(({ stands }) => stands.goes || stands.asked !== undefined || stands.state === 'destroyed soon')
    .toSorted((one, other) => (erasureDate(one.stands) < erasureDate(other.stands) ? -1 : 1))
    .slice(0, mostListed);
export const listItemsToReview = (judged: readonly ItemWithStatus[]): readonly ItemWithStatus[] =>
  judged.filter(({ stands }) => stands.state === 'review due').slice(0, mostListed);

const whyWords = ({ asked, state, class: of }: ItemStatus): string =>
  asked !== undefined && state !== 'due' ? 'The person asked for it' : (classWords[of as SafeguardingClass] ?? '');

export type RetentionPageData = {
  readonly judged: readonly ItemWithStatus[];
  readonly rules: readonly AgencyRetentionRule[];
  readonly open: readonly RetentionFact[];
  readonly today: string;
  readonly sets: boolean;
};

function classesTable({ judged, rules, today }: RetentionPageData): TableSection {
  const ruleOf = (of: SafeguardingClass) => rules.filter((rule) => rule.class === of && rule.validFrom <= today).at(-1);
  const countOf = (of: SafeguardingClass, is: (stands: ItemStatus) => boolean): Cell =>
    many(judged.filter(({ stands }) => stands.class === of && is(stands)).length);
  return {
    kind: 'table',
    caption: 'Records by class',
    stack: true,
    columns: [
      text('Records'),
      text('Rule in force'),
      ...['Kept', 'Due now', `Within ${daysOfWarning} days`, 'Held'].map((name) => ({ text: name, numeric: true })),
    ],
    rows: safeguardingClasses.map((of) => {
      const rule = ruleOf(of);
      return [
        text(classWords[of]),
        of === 'met without concern'
          ? text(`${daysWithoutConcern} days at most: Safelight’s own limit`)
          : rule
            ? text(ruleWords(rule))
            : { text: 'No rule', tag: 'yellow' },
        countOf(of, () => true),
        countOf(of, ({ goes }) => goes),
        countOf(of, ({ goes, state, asked }) => !goes && (state === 'destroyed soon' || asked !== undefined)),
        countOf(of, ({ state }) => state === 'legal hold'),
      ];
    }),
  };
}

const erasuresTable = ({ judged }: RetentionPageData): TableSection => ({
  kind: 'table',
  caption: `Due in the next ${daysOfWarning} days`,
  stack: true,
  columns: ['Record', 'Why', 'Destroyed on', 'State'].map(text),
  rows: listNextErasures(judged).map(({ kept, stands }) => [
    recordOf(kept),
    text(whyWords(stands)),
    text(longDay(erasureDate(stands))),
    {
      text: stands.goes ? retentionTags.due : retentionTags['destroyed soon'],
      tag: stands.goes ? 'red' : 'yellow',
    },
  ]),
  empty: 'Nothing is due for destruction in this period.',
});

const factsTable = ({ open, sets }: RetentionPageData): TableSection => ({
  kind: 'table',
  caption: 'Records on hold, and erasure requests',
  stack: true,
  columns: ['Record', 'Why', 'Review by', 'Change'].map(text),
  rows: open.map((fact) => [
    recordOf(factOf(fact)),
    text(fact.reason),
    text(fact.reviewOn ? longDay(fact.reviewOn) : `The person asked on ${longDay(fact.recordedOn)}`),
    sets || fact.what !== 'hold'
      ? { text: 'End', hidden: nameOf(factOf(fact)), href: retentionPaths.factEnd(fact.id) }
      : text('By your data-protection lead'),
  ]),
  empty: 'No holds.',
});

const reviewsTable = ({ judged, today }: RetentionPageData): TableSection => ({
  kind: 'table',
  caption: 'Records to review: they have no date for destruction',
  stack: true,
  columns: ['Record', 'Since'].map(text),
  rows: listItemsToReview(judged).map(({ kept, stands }) => [recordOf(kept), text(longDay(stands.reviewOn ?? today))]),
  empty: 'No records are due for a review.',
});

export const retentionPage = (shown: RetentionPageData): SectionsPage => ({
  title: 'Retention of people’s records',
  back: { href: staffSite, text: 'Your work' },
  lead: [
    `Records are kept until a rule sets how long. If no rule is set, Safelight destroys only records of people who gave no cause for concern when they were met, after ${daysWithoutConcern} days. A record appears here ${daysOfWarning} days before it is destroyed. If you still need a record, place a hold on it and give a reason. The hold stops its destruction. If a person has asked for a copy of their record, the record is kept until they have an answer.`,
    `Notes of a meeting are also destroyed ${daysWithoutConcern} days after the meeting, if your agency created no record of the person. The notes are kept longer if the person gave consent, help was requested, or the law allowed a disclosure. These notes are then kept like records of people who were helped. If somebody creates a record of the person, the notes move to that record.`,
    'This is a preview. The next clean-up destroys only the records that are listed here as due. Safelight keeps the figures that it has already counted.',
  ],
  actions: [
    ...(shown.sets ? [{ href: retentionPaths.rule(), text: 'Set a retention rule' }] : []),
    { href: retentionPaths.certificates(), text: 'Certificates', secondary: true },
  ],
  sections: [classesTable(shown), erasuresTable(shown), factsTable(shown), reviewsTable(shown)],
});

export const tooEarly: FormErrors = {
  validFrom: 'Enter today or a later date',
};

export const rulePage = (today: string, id: string): FormPage => ({
  title: 'Set how long people’s records are kept',
  ...backTo(retentionPaths.list(), 'Retention'),
  lead: [
    'The retention period starts on the date of the last help, reply or contact. Records are kept while help continues. The newest rule in force applies to all records of its kind, including older ones.',
    `A new rule destroys nothing in its first ${daysOfWarning} days.`,
  ],
  button: 'Save the decision',
  fields: (ask) => [
    ask.one(
      'class',
      'Records',
      ruledClasses.map((value) => ({ value, text: classWords[value] })),
    ),
    ask.count('months', 'Kept for how many months', { hint: '24 is two years, 72 six years' }),
    ask.one(
      'notBeforeAge',
      'Records of people helped as children',
      [
        { value: 'no', text: 'Destroyed like the other records, at any age' },
        { value: '18', text: 'Not destroyed before the person is 18' },
        { value: '25', text: 'Not destroyed before the person is 25' },
      ],
      {
        hint: 'Safelight does not keep dates of birth. If you choose 18 or 25, somebody must decide about each record when its retention period ends.',
      },
    ),
    ask.text('source', 'Law, agreement or notice, with its date'),
    ask.day('validFrom', 'In force from', { value: today }),
    ask.formId(id),
  ],
});

const statementWords: Readonly<Record<Statement, { readonly text: string; readonly hint?: string }>> = {
  held: { text: 'It must not be destroyed', hint: 'Proceedings, a claim, an inquest, a complaint' },
  'came back': { text: 'The person came back, or replied', hint: 'Restart the period' },
  'of no concern': {
    text: 'No indicators or needs',
    hint: `It is destroyed ${daysWithoutConcern} days after the meeting, at the latest`,
  },
  helped: { text: 'The person was helped' },
  'victim or witness': { text: 'The person is a victim or a witness in a case' },
  'still needed': { text: 'Reviewed: it is still needed' },
  'needed no more': { text: 'Reviewed: it may go', hint: `Named here for ${daysOfWarning} days first` },
  'asked to go': {
    text: 'The person asked for erasure, and it is granted',
    hint: 'The person must have an open subject access request. Somebody must have checked the person’s identity. The record is destroyed when the request has been answered, but not before tomorrow.',
  },
};

export type RecordPageData = {
  readonly kept: RetainedItem;
  readonly stands: ItemStatus;
  readonly facts: readonly RetentionFact[];
  readonly orders: boolean;
  readonly says: boolean;
  /** Whether the member can open the record itself. Without access, a data-protection lead gets no link to it. */
  readonly reads: boolean;
};

const recordLink = ({ kind, id, noteId }: RetainedItem): Link | undefined => {
  if (kind === 'record') return { href: recordPaths.record(id), text: 'The record itself' };
  return noteId ? { href: notePaths.note(noteId), text: 'The note itself' } : undefined;
};

/** Without a request, by its class. */
const statusWords = (stands: ItemStatus): string =>
  stands.asked === undefined
    ? retentionWords(stands)
    : `The person asked for erasure: destroyed on ${longDay(stands.asked)}`;

export function recordPage({ kept, stands, facts, orders, says, reads }: RecordPageData, id: string): FormPage {
  const offered = (Object.keys(statementWords) as Statement[]).filter(
    (one) =>
      (orders || one !== 'asked to go') &&
      (stands.state === 'review due' || (one !== 'still needed' && one !== 'needed no more')),
  );
  return {
    title: 'Retention of this record',
    caption: nameOf(kept),
    ...backTo(retentionPaths.list(), 'Retention'),
    lead: [
      `${capital(classWords[stands.class as SafeguardingClass] ?? '')}. ${statusWords(stands)}.`,
      ...facts.map(
        ({ what, detail, recordedOn, endedOn, reason }) =>
          `${longDay(recordedOn)}: ${what === 'class' || what === 'happening' ? detail : `${what}, ${detail}`}${endedOn ? `, until ${longDay(endedOn)}` : ''}. ${reason}`,
      ),
    ],
    button: 'Save the decision',
    closed: !says,
    more: reads ? recordLink(kept) : undefined,
    fields: (ask) => [
      ask.one(
        'saying',
        'Decision about this record',
        offered.map((value) => {
          const { text: words, hint } = statementWords[value];
          return { value, text: words, ...(hint && { hint: { text: hint } }) };
        }),
      ),
      ask.words('because', 'Why', {
        hint: 'Write so that a colleague can understand your reason. No names.',
        most: 1_000,
      }),
      ask.day('reviewOn', 'Review date, if you hold the record', { hint: 'The hold does not end on this date' }),
      ask.formId(id),
    ],
  };
}

export const refusals: Record<StatementRefusal | 'gone' | 'not asked', FormErrors> = {
  'not asked': {
    saying: 'Open a subject access request of the person first, and check their identity',
  },
  'looked at again when': { reviewOn: 'Enter the review date' },
  'in the past': { reviewOn: 'Enter a future date' },
  'nothing to review': { saying: 'No review of this record is due' },
  'not theirs to order': { saying: 'Your data-protection lead decides that' },
  'help goes on': { saying: 'Help for this person goes on. Decide when it has ended' },
  'said already': { saying: 'This is already granted' },
  gone: { '': 'This record is already destroyed.' },
};

export const endPage = (fact: RetentionFact): FormPage => ({
  title: fact.what === 'hold' ? 'End a hold' : 'Do not let it go',
  caption: nameOf(factOf(fact)),
  ...backTo(retentionPaths.list(), 'Retention'),
  lead: [
    `Said on ${longDay(fact.recordedOn)}: ${fact.reason}`,
    fact.what === 'hold'
      ? `If its time is over, or the person asked that it goes, it is named for ${daysOfWarning} days and then goes.`
      : 'It stays until its time is over, or the person asks again.',
  ],
  button: fact.what === 'hold' ? 'End the hold' : 'Let it stay',
  dangerous: fact.what === 'hold',
  closed: fact.endedOn !== null,
  errors: fact.endedOn ? endedAlready : undefined,
});
export const endedAlready: FormErrors = { '': 'Somebody ended it already.' };

const keysWords = ({ keys, wholeKeys, keysDestroyedAt }: ShownCertificate): string =>
  [
    keysDestroyedAt ? `${keys} destroyed: no backup of the database opens it` : `${keys} still to be destroyed`,
    ...(wholeKeys > 0 ? [`${wholeKeys} from before keys had halves: older backups and the unit’s key open these`] : []),
  ].join('; ');

export const certificatesPage = (all: readonly ShownCertificate[], pages: Pages | undefined): ListPage => ({
  title: 'Certificates of people’s records destroyed',
  ...backTo(retentionPaths.list(), 'Retention'),
  lead: ['Certificates hold no personal data. Each certificate has a row in the sealed log.'],
  list: {
    kind: 'table',
    caption: 'The latest first',
    stack: true,
    columns: ['Record', 'Destroyed in the hour after', 'Why', 'Parts', 'Keys', 'Row of the log'].map(text),
    rows: all.map((one) => [
      text(numberOf(one.personId)),
      text(formatMoment(one.destroyedAt)),
      text(capital(one.why)),
      text(String(one.records)),
      text(keysWords(one)),
      text(one.leaf === undefined ? 'Not sealed yet' : String(one.leaf)),
    ]),
    empty: 'No person’s record has been destroyed yet.',
    ...(pages && { pages }),
  },
});
