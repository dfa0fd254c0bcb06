/** Pages about reports that may be about the same matter: offered with the reason in words, compared side by side, decided by a member, undone. */
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import { backTo, type Cell, type FormPage, type Section } from '../../platform/rendering/pages.ts';
import { formatHour, formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { policeReportPaths, reportPaths } from '../../vocabulary/paths/reports.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { labels } from '../intake/question-words.ts';
import { numberOf, reportFormBase, text } from '../page-parts.ts';
import { describeState, intakeLabels } from '../queue/pages.ts';
import type { ReportId } from '../report.ts';
import type { WrittenPart } from './matter-terms.ts';
import type { MatterDecision, MatterSummary, MatterVerdict } from './store.ts';

export const verdictWords: Readonly<Record<MatterVerdict, string>> = {
  same: 'Same matter',
  apart: 'Not the same',
};

export type ShownMatter = {
  readonly id: ReportId;
  /** Those that a decision joins with this one. */
  readonly joined: readonly MatterSummary[];
  readonly alike: readonly (MatterSummary & { readonly reasons: readonly string[] })[];
  /** All about this report, undone ones too. */
  readonly decisions: readonly MatterDecision[];
  readonly names: MemberNames;
  readonly decides: boolean;
};

const reportCells = (report: MatterSummary): readonly Cell[] => [
  { text: numberOf(report.id), href: reportPaths.police.report(report.id) },
  text(
    `${formatHour(report.receivedAt)}, ${intakeLabels[report.way]}. ${capital(describeState(report, report.writtenTo))}`,
  ),
];

/** Two ids in the order in which decisions name them. */
export const comparisonPath = (id: ReportId, other: ReportId): string =>
  id < other ? policeReportPaths.sameMatter(id, other) : policeReportPaths.sameMatter(other, id);

const joinedSection = ({ joined }: ShownMatter): Section => ({
  kind: 'table',
  caption: 'About the same matter',
  stack: true,
  columns: ['Report', 'Came in, and its state'].map(text),
  rows: joined.map(reportCells),
});

const alikeSection = ({ id, alike, decisions, decides }: ShownMatter): Section => ({
  kind: 'table',
  id: 'alike',
  caption: 'May be about the same',
  stack: true,
  columns: ['Report', 'Came in, and its state', 'Reason', ...(decides ? ['Decide'] : [])].map(text),
  rows: alike.map((report) => [
    ...reportCells(report),
    text(`${report.reasons.join('. ')}.`),
    ...(decides ? [{ text: `Compare ${referenceOf('report', report.id)}`, href: comparisonPath(id, report.id) }] : []),
  ]),
  empty: `No ${decisions.length > 0 ? 'further' : 'other'} report gives the same address, vehicle, number or place.`,
});

const decisionsSection = ({ id, decisions, names, decides }: ShownMatter): Section => ({
  kind: 'table',
  caption: 'Decisions about the same matter',
  stack: true,
  columns: ['Report', 'Decision', 'By', 'Undo'].map(text),
  rows: decisions.map((decision) => {
    const other = decision.one === id ? decision.other : decision.one;
    const by = `${getMemberName(names, decision.decidedBy)}, ${formatMoment(decision.decidedAt)}`;
    return [
      { text: numberOf(other), href: reportPaths.police.report(other) },
      text(verdictWords[decision.verdict]),
      text(by),
      decision.undoneBy && decision.undoneAt
        ? text(`Undone by ${getMemberName(names, decision.undoneBy)}, ${formatMoment(decision.undoneAt)}`)
        : decides
          ? {
              text: 'Undo',
              hidden: ` the decision about ${numberOf(other)}`,
              href: policeReportPaths.undoSameMatter(decision.id),
            }
          : text('In force'),
    ];
  }),
});

export const matterSections = (shown: ShownMatter): readonly Section[] => [
  ...(shown.joined.length > 0 ? [joinedSection(shown)] : []),
  alikeSection(shown),
  ...(shown.decisions.length > 0 ? [decisionsSection(shown)] : []),
];

export type ComparedReport = MatterSummary & { readonly written: readonly WrittenPart[] };
export type ShownComparison = {
  readonly reports: readonly [ComparedReport, ComparedReport];
  readonly reasons: readonly string[];
  /** The last that is in force, and who made it. */
  readonly decision: (MatterDecision & { readonly by: string }) | undefined;
};

const comparedFields = ['what', 'place', 'postcode', 'when', 'people', 'vehicles'] as const;
const answersOf = ({ written }: ComparedReport, field: string): string =>
  written.flatMap((part) => part[field] ?? []).join('\n');

export function comparisonPage({ reports, reasons, decision }: ShownComparison): FormPage {
  const [one, other] = reports;
  const questions = [
    ...comparedFields.map((field) => ({ field: field as string, label: labels[field] })),
    { field: 'words', label: 'Written later' },
  ].filter(({ field }) => reports.some((report) => answersOf(report, field) !== ''));
  return {
    title: 'Are these about the same matter?',
    ...backTo(reportPaths.police.report(one.id), numberOf(one.id)),
    lead: [
      reasons.length > 0 ? `${reasons.join('. ')}.` : 'They give no address, vehicle, number or place in common.',
      'Each report keeps its own reporter, messages and deadline, whatever you decide. You can undo a decision.',
      ...(decision
        ? [`${verdictWords[decision.verdict]}, decided by ${decision.by}, ${formatMoment(decision.decidedAt)}.`]
        : []),
    ],
    tables: [
      {
        kind: 'table',
        caption: 'The two reports',
        stack: true,
        columns: ['Question', numberOf(one.id), numberOf(other.id)].map(text),
        rows: [
          [
            text('Came in'),
            ...reports.map(({ receivedAt, way }) => text(`${formatHour(receivedAt)}, ${intakeLabels[way]}`)),
          ],
          ...questions.map(({ field, label }) => [
            text(label),
            ...reports.map((report) => text(answersOf(report, field) || 'Not said')),
          ]),
        ],
      },
    ],
    button: 'Save the decision',
    fields: (ask) => [
      ask.one(
        'verdict',
        'Your decision',
        Object.entries(verdictWords).map(([value, words]) => ({ value, text: words })),
      ),
      ask.hidden('base', decision?.id ?? ''),
    ],
  };
}

export const undoPage = (decision: MatterDecision, by: string): FormPage => ({
  ...reportFormBase('police', decision.one),
  title: 'Undo this decision?',
  lead: [
    `${verdictWords[decision.verdict]}: ${numberOf(decision.one)} and ${numberOf(decision.other)}. Decided by ${by}, ${formatMoment(decision.decidedAt)}.`,
    'An earlier decision about this pair applies again, if there was one. This decision stays in the list as undone, with your name.',
  ],
  button: 'Undo the decision',
});

export const decisionErrors = {
  'decided since': {
    '': 'A colleague has decided about these two since you opened this page. Read their decision, then decide again.',
  },
  'taken back': { '': 'A reporter has taken one of the two back. It is compared with no other report.' },
  'kept apart': { verdict: 'Another decision says that two of these are not the same. Undo that decision first' },
  joined: { verdict: 'Other decisions say that they are about the same matter. Undo one of those first' },
  'decided so': { verdict: 'That is decided already' },
  'not the last': { '': 'A colleague has decided about this since. Look at it again.' },
} as const;
