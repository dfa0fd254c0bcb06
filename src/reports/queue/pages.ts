/** Staff pages for reports: the queue by its deadlines, one report, messages to the reporter, and the source identity. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { Field as Asked, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { CasePage, FormPage, ListPage, PageAction, Section, SummaryRow } from '../../platform/rendering/pages.ts';
import { paginate, withQuery } from '../../platform/rendering/paging.ts';
import { withLineBreaks } from '../../platform/rendering/views.ts';
import { formatHour, formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital, countWord, plural } from '../../vocabulary/languages/english.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { filesSection, type OpenFile } from '../attachments/pages.ts';
import { maxMessageLength, withdrawnPurposes } from '../forms.ts';
import { formatAnswer, labels } from '../intake/question-words.ts';
import { type Field, fields } from '../intake/questions.ts';
import type { RiskKind, RiskyWord } from '../mailbox/risky-words.ts';
import { numberOf, reportFormBase, summaryRow, text } from '../page-parts.ts';
import {
  type IntakeLine,
  isOverdue,
  type MessageKind,
  type MessageRefusal,
  needsAction,
  type Part,
  type PartKind,
  type Report,
  type Way,
} from '../report.ts';
import { closingOutcomes } from '../retention/retention.ts';
import type { OpenedContent, PartContent } from '../sealing/sealed-report.ts';
import { partnerLabels } from '../staff-intake/labels.ts';
import { partnerFields } from '../staff-intake/staff-intake.ts';
import { type ListedReport, reportsPerPage } from '../store.ts';

/** The name of each queue. */
export const queueTitles: Record<IntakeLine, string> = {
  police: 'Reports to police',
  help: 'Reports to support agencies',
};

const describeState = ({ state, unread, answerable }: Report, writtenTo: boolean): string => {
  if (state === 'withdrawn') return 'taken back';
  if (unread && state === 'open' && !writtenTo) return 'not answered';
  if (unread) return 'the reporter wrote more';
  if (state === 'asked') return 'question sent, waits for the reporter';
  return state === 'closed' ? 'closed' : answerable ? 'answered' : 'read';
};

export const queuePage = (
  line: IntakeLine,
  queue: {
    readonly reports: readonly ListedReport[];
    readonly total: number;
    readonly waiting: number;
    readonly page: number;
  },
  now: Date,
  may: { readonly sets: boolean; readonly takes: boolean; readonly keeps: boolean },
): ListPage => ({
  title: queueTitles[line],
  lead: [
    queue.waiting === 0
      ? 'Nothing waits.'
      : `${capital(countWord(queue.waiting))} ${plural(queue.waiting, 'report is waiting', 'reports are waiting')} for your agency to read or answer.`,
    'When you open this page, Safelight shows on the public form that reports are being read.',
  ],
  actions: [
    ...(may.takes ? [{ href: reportPaths[line].phone(), text: 'Take a report by phone' }] : []),
    { href: reportPaths[line].onCall(), text: 'Urgent page', secondary: true },
    ...(may.sets ? [{ href: reportPaths[line].attendance(), text: 'Reading hours', secondary: true }] : []),
    ...(may.keeps ? [{ href: reportPaths[line].retention(), text: 'Retention', secondary: true }] : []),
  ],
  list: {
    kind: 'table',
    caption: 'Waiting reports, reports of danger first',
    stack: true,
    columns: ['Report', 'Danger', 'Answer by', 'Came in', 'How', 'State', 'Queue'].map(text),
    rows: queue.reports.map((report) => [
      { text: numberOf(report.id), href: reportPaths[line].report(report.id) },
      report.danger ? { text: 'Danger', tag: 'red' } : text('No'),
      isOverdue(report, now)
        ? { text: `Late: ${formatMoment(report.dueAt)}`, tag: 'red' }
        : text(needsAction(report) ? formatMoment(report.dueAt) : 'nothing to do'),
      text(formatHour(report.receivedAt)),
      text(capital(intakeLabels[report.way])),
      { text: capital(describeState(report, report.writtenTo)), tag: needsAction(report) ? 'yellow' : 'grey' },
      text(report.queue),
    ]),
    empty: 'No reports yet. New reports appear here.',
    pages: paginate(queue.page, reportsPerPage, queue.total, (page) => withQuery(reportPaths[line].queue(), { page })),
  },
});

const describeAnswerable = ({ state, answerable }: Report): string =>
  state === 'withdrawn'
    ? 'No: the reporter took it back'
    : answerable
      ? 'Yes, if they come back'
      : 'No: they kept no receipt';

const englishNames = new Intl.DisplayNames('en', { type: 'language' });
const languageName = (code: string): string => englishNames.of(code) ?? code;

export type OpenPart = Part & { readonly said: PartContent; readonly inBrowser?: OpenedContent['inBrowser'] };

const partTitles: Record<PartKind, string> = {
  told: 'First report',
  added: 'The reporter wrote more',
  asked: 'You asked',
  replied: 'You wrote',
  closed: 'Closed with this message',
};

const answerRows = (said: PartContent): SummaryRow[] => [
  ...fields.flatMap((field: Field) =>
    said[field] ? [{ key: text(labels[field]), value: withLineBreaks(formatAnswer(field, said)) }] : [],
  ),
  ...partnerFields.flatMap((field) => (said[field] ? [summaryRow(partnerLabels[field], said[field])] : [])),
];

const intakeLabels: Record<Way, string> = {
  'public form': 'by the public form',
  'by phone': 'by phone',
  partner: 'from a professional',
};

const sourceIdentityTexts = {
  held: 'Sealed. A custodian can open it for you if you give reasons',
  open: 'Sealed, and open to you for a limited time',
} as const;

export const sealingTexts: Record<OpenedContent['inBrowser'], string> = {
  no: 'when it reached the server',
  yes: 'in the reporter’s browser: the server never had the text',
  'more in it':
    'in the reporter’s browser, with extra content that our pages do not add. The extra content is not shown',
  'does not open':
    'in a browser, and it does not open. It was changed on its way, or made for another report. The text is lost. Ask for it again.',
};

export type ReportPageInput = {
  readonly line: IntakeLine;
  readonly report: Report;
  readonly parts: readonly OpenPart[];
  readonly files: readonly OpenFile[];
  readonly names: MemberNames;
  readonly now: Date;
  /** The member of staff who took or sent it, if any. */
  readonly taken?: string | undefined;
  /** Whether the reporter left contact details, and whether they are open to this reader. */
  readonly contact?: 'held' | 'open' | undefined;
  /** Who took on that somebody is in danger; null where nobody did. */
  readonly takenOn?: string | null | undefined;
  /** Whether a person's record may be opened of it. */
  readonly opensPerson?: boolean;
  /** Whether intelligence may be recorded from it. */
  readonly recordsIntelligence?: boolean;
  /** Until when a closed one is kept. */
  readonly kept?: { readonly outcome: string; readonly words: string } | undefined;
};

function listActions({
  line,
  report,
  kept,
  contact,
  takenOn,
  opensPerson,
  recordsIntelligence,
}: ReportPageInput): PageAction[] {
  const paths = reportPaths[line];
  const { id, state, answerable, unread } = report;
  const secondary = (href: string, words: string): PageAction => ({ href, text: words, secondary: true });
  const actions: PageAction[] = [];
  if (takenOn === null) actions.push({ post: paths.takingOn(id), text: 'Take this on', dangerous: true });
  if (state === 'open' || state === 'asked')
    actions.push({ href: paths.message(id), text: answerable ? 'Write, or close' : 'Close it' });
  if (recordsIntelligence) actions.push(secondary(intelligencePaths.fromReport(id), 'Record intelligence'));
  if (contact === 'open') actions.push(secondary(paths.sourceIdentity(id), 'Open source identity'));
  if (contact === 'held') actions.push(secondary(paths.newSourceIdentityRequest(id), 'Ask for source identity'));
  if (opensPerson && state !== 'withdrawn')
    actions.push(secondary(`${peoplePaths.search()}?from=report:${id}`, 'Open a record of a person'));
  if (kept) actions.push(secondary(paths.newHold(id), 'Hold it'));
  if (unread) actions.push({ post: paths.seen(id), text: 'I have read it', secondary: true });
  return actions;
}

const dangerSection = (takenOn: string | null | undefined): Section => ({
  kind: 'states',
  title: 'The report says that somebody is in danger now',
  items: [
    {
      kind: 'unwise',
      text: `The reporter said this when the report came in. ${takenOn ? `${takenOn} took it on.` : 'Nobody has taken the report on yet. Act on the report, or tell the person on call that you cannot act.'}`,
    },
  ],
});

function reportRows({ report, parts, now, taken, kept, contact }: ReportPageInput): SummaryRow[] {
  const told = parts.find(({ kind }) => kind === 'told');
  const due = formatMoment(report.dueAt);
  return [
    summaryRow('Came in', `${formatHour(report.receivedAt)}, ${intakeLabels[report.way]}${taken ? `: ${taken}` : ''}`),
    summaryRow('Answer by', isOverdue(report, now) ? `${due}: late` : due),
    summaryRow('Can the person who sent the report read an answer?', describeAnswerable(report)),
    ...(told?.said.language ? [summaryRow('Language of the report', languageName(told.said.language))] : []),
    summaryRow('Source identity', contact ? sourceIdentityTexts[contact] : 'Not said'),
    ...(kept ? [summaryRow('Outcome', capital(kept.outcome)), summaryRow('Kept', kept.words)] : []),
    ...(told ? [...answerRows(told.said), summaryRow('Sealed', sealingTexts[told.inBrowser ?? 'no'])] : []),
  ];
}

export function reportPage(shown: ReportPageInput): CasePage {
  const { line, report, parts, files, names, takenOn } = shown;
  const since = parts
    .filter(({ kind }) => kind !== 'told')
    .map((part) => ({
      title: partTitles[part.kind],
      ...(part.memberId && { by: getMemberName(names, part.memberId) }),
      when: formatHour(part.writtenAt),
      text: part.said.words,
    }));
  const writtenTo = parts.some(({ memberId }) => memberId !== null);
  return {
    title: numberOf(report.id),
    caption: capital(describeState(report, writtenTo)),
    back: { href: reportPaths[line].queue(), text: queueTitles[line] },
    actions: listActions(shown),
    sections: [
      ...(report.danger ? [dangerSection(takenOn)] : []),
      { kind: 'summary', rows: reportRows(shown) },
      ...filesSection(line, files),
      ...(since.length > 0 ? [{ kind: 'timeline' as const, title: 'Since then', items: since }] : []),
    ],
  };
}

/** The reporter does not want it read, so this page says that the report was taken back, and nothing of its content. */
export function withdrawnPage(line: IntakeLine, report: Report, kept: ReportPageInput['kept']): CasePage {
  const paths = reportPaths[line];
  return {
    title: numberOf(report.id),
    caption: 'Taken back',
    back: { href: paths.queue(), text: queueTitles[line] },
    lead: [
      'The reporter took this report back. We promised to open it only to protect a life or if a law requires it.',
    ],
    actions: [
      ...(report.unread ? [{ post: paths.seen(report.id), text: 'I have seen it' }] : []),
      { href: paths.opening(report.id), text: 'Open the report', secondary: true },
      ...(kept ? [{ href: paths.newHold(report.id), text: 'Hold it', secondary: true }] : []),
    ],
    sections: [
      {
        kind: 'summary',
        rows: [
          summaryRow('Came in', `${formatHour(report.receivedAt)}, ${intakeLabels[report.way]}`),
          ...(report.danger ? [summaryRow('Danger', 'The report says that somebody is in danger')] : []),
          summaryRow('Can the person who sent the report read an answer?', describeAnswerable(report)),
          ...(kept ? [summaryRow('Kept', kept.words)] : []),
        ],
      },
    ],
  };
}

export const openWithdrawnPage = (line: IntakeLine, id: string): FormPage => ({
  ...reportFormBase(line, id),
  title: 'Open a report that was taken back',
  action: reportPaths[line].opening(id),
  button: 'Open',
  fields: (ask) => [
    ask.one('purpose', 'Purpose of opening it', withdrawnPurposes),
    ask.words('why', 'Why', { hint: 'The data-protection lead reads it.', most: 1_000 }),
  ],
});

export const messageErrors: Record<MessageRefusal, FormErrors> = {
  withdrawn: { '': 'The reporter took this report back and cannot read messages.' },
  closed: { '': 'It is closed. It opens again when the reporter writes.' },
  'nobody can read it': { '': 'The reporter kept no receipt and cannot come back. You can close it.' },
  'written meanwhile': { '': 'A new message has arrived. Read it, then send yours again if it still fits.' },
};

const messageKindLabels: Record<MessageKind, string> = {
  asked: 'Ask a question',
  replied: 'Write something that needs no answer',
  closed: 'Close the report with this last message',
};

export const riskyWordErrors: FormErrors = {
  message: 'It is not sent yet. Check it again. Some of these words could put somebody in danger',
};

const riskLabels: Record<RiskKind, string> = {
  'says who reads it': 'says who reads this',
  'says what it is about': 'says what this is about',
  'names a time': 'is a time: somebody could wait there',
  'names a place': 'is a place',
  'names a number': 'is a number',
  'may be a name': 'may be a name',
  'was told': 'is from the report',
  'hardly checked': 'begins text in another language. Check it with somebody who reads that language',
};

/** Confirms this text only: a changed text is checked again. */
const riskConfirmationField = (ask: FieldBuilder, message: string, found: readonly RiskyWord[]): Asked =>
  ask.many(
    'looked',
    'Risks found in it',
    [{ value: message, text: 'I have checked that it harms nobody, even if somebody else reads it' }],
    {
      hint: `${found.map(({ word, danger }) => `“${word}” ${riskLabels[danger]}`).join('; ')}. Other words can still harm.`,
      value: [],
    },
  );

export const writePage = (
  line: IntakeLine,
  { report, parts }: Pick<ReportPageInput, 'report' | 'parts'>,
  message = '',
  found: readonly RiskyWord[] = [],
): FormPage => ({
  ...reportFormBase(line, report.id),
  title: report.answerable ? 'Write to the reporter' : 'Close it',
  ...(report.answerable
    ? {
        warning:
          'Anybody who has the reporter’s phone or receipt can read this. Do not endanger the reporter. Leave out names, places, times and details of the report. Do not say that police read the report.',
      }
    : { lead: ['The reporter kept no receipt and cannot come back. Only colleagues read this message.'] }),
  action: reportPaths[line].message(report.id),
  button: 'Send',
  fields: (ask) => [
    ask.one(
      'kind',
      'Message',
      Object.entries(messageKindLabels)
        .filter(([value]) => report.answerable || value === 'closed')
        .map(([value, words]) => ({ value, text: words })),
    ),
    ask.words('message', 'The message', {
      hint: 'Keep it short and neutral, like “Can you tell us more about the last part?” The reporter can read only the newest message.',
      most: maxMessageLength,
    }),
    ...(found.length > 0 ? [riskConfirmationField(ask, message, found)] : []),
    ask.one('outcome', 'Outcome, if you close it', closingOutcomes, {
      hint: 'The reporter does not see the outcome. The outcome decides how long the report is kept.',
    }),
    ask.hidden('base', String(parts.at(-1)?.place ?? 0)),
  ],
});
