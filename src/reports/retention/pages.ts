/** What is shown of retention: the rules, the dry run in numbers and one by one, holds, certificates; and the warning that readers get. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import {
  backTo,
  type Cell,
  type FormPage,
  type ListPage,
  type Section,
  type SectionsPage,
  type TableSection,
} from '../../platform/rendering/pages.ts';
import type { Pages } from '../../platform/rendering/paging.ts';
import { daysOfWarning } from '../../retention/index.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatHour, formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital, plural } from '../../vocabulary/languages/english.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { numberOf, text } from '../page-parts.ts';
import type { IntakeLine } from '../report.ts';
import { type Hold, type Outcome, outcomes, proposedRules, type RetentionRule } from './retention.ts';
import type { DueReport, OutcomeCount, ShownCertificate } from './store.ts';

const lineLabels: Record<IntakeLine, string> = { police: 'reports to police', help: 'reports to support agencies' };

const formatDays = (days: number): string => `${days.toLocaleString('en-GB')} ${plural(days, 'day', 'days')}`;
const describeRule = ({ days, source, validFrom }: RetentionRule): string =>
  `${formatDays(days)} after closing, since ${longDay(validFrom)}: ${source}`;

export type Overview = {
  readonly line: IntakeLine;
  readonly rules: Readonly<Record<Outcome, RetentionRule | undefined>>;
  readonly coming: readonly RetentionRule[];
  readonly counts: readonly OutcomeCount[];
  readonly next: readonly DueReport[];
  readonly sets: boolean;
  readonly holds: boolean;
};

const rulesTable = ({ rules, counts }: Overview): TableSection => ({
  kind: 'table',
  caption: 'Rules by outcome',
  stack: true,
  columns: [
    text('Outcome'),
    text('Rule in force'),
    ...['Closed', 'Due now', `Within ${daysOfWarning} days`, 'Held'].map((name) => ({ text: name, numeric: true })),
  ],
  rows: outcomes.map((outcome) => {
    const count = counts.find((one) => one.outcome === outcome);
    const rule = rules[outcome];
    return [
      text(capital(outcome)),
      rule ? text(describeRule(rule)) : { text: 'No rule', tag: 'yellow' },
      ...[count?.closed, count?.due, count?.soon, count?.held].map((value) =>
        text((value ?? 0).toLocaleString('en-GB')),
      ),
    ];
  }),
});

const holdCell = ({ line, holds }: Overview, { id, held }: DueReport): Cell => {
  if (held) return { text: 'Held', tag: 'blue' };
  return holds ? { text: 'Hold it', hidden: numberOf(id), href: reportPaths[line].newHold(id) } : text('No');
};

const nextTable = (overview: Overview): TableSection => ({
  kind: 'table',
  caption: `Due for destruction within ${daysOfWarning} days`,
  stack: true,
  columns: ['Report', 'Outcome', 'Destroyed from', 'By the rule', 'Hold'].map(text),
  rows: overview.next.map((report) => [
    text(numberOf(report.id)),
    text(capital(report.outcome)),
    text(formatMoment(report.dueAt)),
    text(`${formatDays(report.days)}: ${report.source}`),
    holdCell(overview, report),
  ]),
  empty: 'Nothing is due for destruction in this period.',
});

export function retentionPage(overview: Overview): SectionsPage {
  const { line, coming, sets } = overview;
  const paths = reportPaths[line];
  const toCome: Section[] =
    coming.length > 0
      ? [
          {
            kind: 'list',
            title: 'Rules to come',
            items: coming.map((rule) => `${capital(rule.outcome)}: ${describeRule(rule)}`),
          },
        ]
      : [];
  return {
    title: `Retention of ${lineLabels[line]}`,
    back: { href: staffSite, text: 'Your work' },
    lead: [
      `The retention period starts when a report is closed. The length of the period depends on the outcome. If no rule is set, reports are kept. A report appears here ${daysOfWarning} days before it is destroyed. A new rule does not shorten these ${daysOfWarning} days. If you still need a report, place a hold on it and give a reason. The hold stops its destruction.`,
      'The next clean-up destroys only the reports that are listed here as due.',
    ],
    actions: [
      ...(sets ? [{ href: paths.newRule(), text: 'Set a retention rule' }] : []),
      { href: paths.holds(), text: 'Holds', secondary: true },
      { href: paths.certificates(), text: 'Certificates', secondary: true },
    ],
    sections: [rulesTable(overview), ...toCome, nextTable(overview)],
  };
}

export const validFromErrors: FormErrors = {
  'validFrom-day': 'Enter today or a later day. A rule cannot start in the past',
};

export const rulePage = (line: IntakeLine, today: string): FormPage => ({
  title: 'Set a retention rule',
  ...backTo(reportPaths[line].retention(), 'Retention'),
  lead: [
    'The newest rule in force for an outcome applies to all reports with that outcome, including older reports. You can still read the earlier rules and their dates.',
    `In the first ${daysOfWarning} days of a new rule, Safelight destroys no report under this rule.`,
  ],
  action: reportPaths[line].newRule(),
  button: 'Save the shift',
  fields: (ask) => [
    ask.one(
      'outcome',
      'Outcome of the reports',
      outcomes.map((value) => ({
        value,
        text: capital(value),
        hint: { text: `Suggestion: ${formatDays(proposedRules[value].days)}. ${proposedRules[value].source}` },
      })),
    ),
    ask.count('days', 'Days to keep a report after it is closed', { hint: '365 is a year, 2190 six years' }),
    ask.text('source', 'Law, agreement or notice, with its date'),
    ask.day('validFrom', 'In force from', { value: today }),
  ],
});

export const holdPage = (line: IntakeLine, reportId: string): FormPage => ({
  title: 'Hold a report',
  caption: numberOf(reportId),
  ...backTo(reportPaths[line].retention(), 'Retention'),
  lead: ['The report is not destroyed while a member of your agency holds it. It can be read as before.'],
  action: reportPaths[line].newHold(reportId),
  button: 'Hold it',
  fields: (ask) => [
    ask.words('reason', 'Reason for the hold', {
      hint: 'The proceedings, the order or the request, by its reference. No names.',
      most: 1_000,
    }),
    ask.day('reviewOn', 'Review by', {
      hint: 'The hold continues after that day. The readers see a reminder until somebody reviews it.',
    }),
  ],
});

export const noSuchReportErrors: FormErrors = {
  '': 'Your agency has no such report. It may have been destroyed already.',
};
export const reviewDateErrors: FormErrors = { reviewOn: 'Enter a day to come' };
export const endedAlreadyErrors: FormErrors = { '': 'Somebody ended it already.' };

export const endHoldPage = (line: IntakeLine, hold: Hold): FormPage => ({
  title: 'End a hold',
  caption: numberOf(hold.reportId),
  ...backTo(reportPaths[line].holds(), 'Holds'),
  lead: [
    `Held because: ${hold.reason}`,
    'If its retention has ended and no other member holds it, the next round destroys it.',
  ],
  action: reportPaths[line].holdEnd(hold.id),
  button: 'End the hold',
  dangerous: true,
  closed: hold.endedAt !== null,
  errors: hold.endedAt ? endedAlreadyErrors : undefined,
  fields: (ask) => [ask.words('because', 'Reason for ending the hold', { most: 1_000 })],
});

export const holdsPage = (line: IntakeLine, all: readonly Hold[], names: MemberNames, today: string): ListPage => ({
  title: 'Reports that are held',
  back: { href: reportPaths[line].retention(), text: 'Retention' },
  list: {
    kind: 'table',
    caption: 'Holds, active ones first',
    stack: true,
    columns: ['Report', 'Why', 'By', 'Review by', 'State'].map(text),
    rows: all.map((hold) => [
      hold.endedAt
        ? text(numberOf(hold.reportId))
        : {
            text: numberOf(hold.reportId),
            hidden: 'end the hold',
            href: reportPaths[line].holdEnd(hold.id),
          },
      text(hold.reason),
      text(`${getMemberName(names, hold.setBy)}, ${formatMoment(hold.setAt)}`),
      !hold.endedAt && hold.reviewOn <= today
        ? { text: `Now: since ${longDay(hold.reviewOn)}`, tag: 'red' }
        : text(longDay(hold.reviewOn)),
      hold.endedAt
        ? text(`Ended ${formatMoment(hold.endedAt)} by ${getMemberName(names, hold.endedBy)}: ${hold.endedBecause}`)
        : { text: 'Held', tag: 'blue' },
    ]),
    empty: 'No holds yet. To put a report on hold, open the report.',
  },
});

export const certificatesPage = (
  line: IntakeLine,
  certificates: readonly ShownCertificate[],
  pages: Pages,
): ListPage => ({
  title: 'Destroyed reports',
  back: { href: reportPaths[line].retention(), text: 'Retention' },
  lead: [
    'Each certificate states that three things were removed from the database: a report, its messages and both encrypted copies of its key. It names the rule and the entry in the sealed log. Older backups still contain the report until they are destroyed.',
  ],
  list: {
    kind: 'table',
    caption: 'Certificates, the latest first',
    stack: true,
    columns: ['Report', 'Came', 'Outcome', 'Destroyed', 'By the rule', 'What there was', 'Leaf of the log'].map(text),
    rows: certificates.map((one) => [
      text(numberOf(one.reportId)),
      text(one.way),
      text(`${capital(one.outcome)}, closed ${formatMoment(one.closedAt)}`),
      text(formatHour(one.destroyedAt)),
      text(`${formatDays(one.days)}: ${one.source}`),
      text(`${one.parts} ${plural(one.parts, 'text', 'texts')}${one.hadContact ? ', and the source identity' : ''}`),
      text(one.leaf === undefined ? 'not sealed yet' : one.leaf.toLocaleString('en-GB')),
    ]),
    empty: 'No reports have been destroyed yet.',
    pages,
  },
});
