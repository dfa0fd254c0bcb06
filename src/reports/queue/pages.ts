/** Staff pages for one report: what it says, what was written since, and what may be done with it. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { CasePage, FormPage, PageAction, Section, SummaryRow } from '../../platform/rendering/pages.ts';
import { withLineBreaks } from '../../platform/rendering/views.ts';
import { formatHour, formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { filesSection, type OpenFile } from '../attachments/pages.ts';
import { withdrawnPurposes } from '../forms.ts';
import { formatAnswer, labels } from '../intake/question-words.ts';
import { type Field, fields } from '../intake/questions.ts';
import { numberOf, reportFormBase, summaryRow, text } from '../page-parts.ts';
import { type IntakeLine, isOverdue, type Part, type PartKind, type Report, type Way } from '../report.ts';
import type { OpenedContent, PartContent } from '../sealing/sealed-report.ts';
import { observedLabel, observedWords, partnerLabels } from '../staff-intake/labels.ts';
import { partnerFields } from '../staff-intake/staff-intake.ts';
import type { KeyedReport } from '../store.ts';
import { decideSection } from './decide-section.ts';

/** The name of each queue. */
export const queueTitles: Record<IntakeLine, string> = {
  police: 'Reports to police',
  help: 'Reports to support agencies',
};

export const describeState = (
  { state, unread, answerable, outcome }: Pick<KeyedReport, 'state' | 'unread' | 'answerable' | 'outcome'>,
  writtenTo: boolean,
): string => {
  if (state === 'withdrawn') return 'taken back';
  if (unread && state === 'open' && !writtenTo) return 'not answered';
  if (unread) return 'the reporter wrote more';
  if (state === 'asked') return 'question sent, waits for the reporter';
  if (state === 'closed') return outcome && outcome !== 'not said' ? `closed: ${outcome}` : 'closed';
  return answerable ? 'answered' : 'read';
};

const describeAnswerable = ({ state, answerable, way }: Report): string =>
  state === 'withdrawn'
    ? 'No: the reporter took it back'
    : answerable
      ? 'Yes, if they come back'
      : way === 'internal log'
        ? 'No: speak to the officer who wrote it'
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
  noted: 'Note for colleagues',
};

const answerRows = (said: PartContent): SummaryRow[] => [
  ...fields.flatMap((field: Field) =>
    said[field] ? [{ key: text(labels[field]), value: withLineBreaks(formatAnswer(field, said)) }] : [],
  ),
  ...partnerFields.flatMap((field) => (said[field] ? [summaryRow(partnerLabels[field], said[field])] : [])),
  ...(said.observed ? [summaryRow(observedLabel, observedWords[said.observed] ?? said.observed)] : []),
];

export const intakeLabels: Record<Way, string> = {
  'public form': 'by the public form',
  'by phone': 'by phone',
  partner: 'from a professional',
  'internal log': 'by an internal log',
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
  readonly report: KeyedReport;
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
  /** Whether intelligence was recorded from it. */
  readonly accepted?: boolean;
  /** What other reports are about the same matter. */
  readonly matter?: readonly Section[];
  /** Until when a closed one is kept. */
  readonly kept?: { readonly outcome: string; readonly words: string } | undefined;
};

function listActions({ line, report, kept, contact, takenOn, opensPerson }: ReportPageInput): PageAction[] {
  const paths = reportPaths[line];
  const { id, state, answerable, unread } = report;
  const secondary = (href: string, words: string): PageAction => ({ href, text: words, secondary: true });
  const actions: PageAction[] = [];
  if (takenOn === null) actions.push({ post: paths.takingOn(id), text: 'Take this on', dangerous: true });
  // The police line has its decisions in one section.
  if (line === 'police' && state !== 'withdrawn') actions.push({ href: '#decide', text: 'Decide what happens' });
  else if (state === 'open' || state === 'asked')
    actions.push({ href: paths.message(id), text: answerable ? 'Write, or close' : 'Close it' });
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
  const writtenTo = parts.some(({ kind }) => kind === 'asked' || kind === 'replied');
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
      ...(line === 'police' && report.state !== 'withdrawn' ? [decideSection(shown)] : []),
      ...(shown.matter ?? []),
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
