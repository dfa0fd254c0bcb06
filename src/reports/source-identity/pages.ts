/** Pages on which staff ask for a source identity or for a file as received, see requests, decide on them and read the result. */

import { decisionErrorsFor, hoursField, requestStateOf, stateCell } from '../../access/custodian-decisions/index.ts';
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import {
  backTo,
  type CasePage,
  type FormPage,
  type PageAction,
  type Section,
  type SectionsPage,
  type SummaryRow,
} from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { labels } from '../intake/question-words.ts';
import { steps } from '../intake/questions.ts';
import { numberOf, reportFormBase, summaryRow, text } from '../page-parts.ts';
import { sealingTexts } from '../queue/pages.ts';
import type { IntakeLine } from '../report.ts';
import type { OpenedContent } from '../sealing/sealed-report.ts';
import { identityPurposes, purposeAfterWithdrawal, requestHours } from './identity-request.ts';
import type { IdentityRequestDetails } from './store.ts';

const describeSubject = ({ fileId }: Pick<IdentityRequestDetails, 'fileId'>): string =>
  fileId ? 'a file as it came' : 'who told it';

/** For the home pages of the custodian and of the reader who asked. */
export const decideTask = ({ fileId }: IdentityRequestDetails): string =>
  fileId ? 'Decide a request for an original file' : 'Decide a request for a source’s identity';
export const describeDecision = ({ fileId }: IdentityRequestDetails, granted: boolean): string =>
  fileId
    ? `Your request for an original file was ${granted ? 'approved' : 'refused'}`
    : `Your request for a source’s identity was ${granted ? 'approved' : 'refused'}`;
export const describeOnHomePage = ({ reportId, purpose }: IdentityRequestDetails) => ({
  for: `Report ${referenceOf('report', reportId)}`,
  detail: `Purpose: ${wordsOf(purpose)}.`,
});

const stateOf = (opening: IdentityRequestDetails, now: Date) =>
  stateCell(requestStateOf(opening, opening.decision, now));

export const requestsPage = (
  line: IntakeLine,
  all: readonly IdentityRequestDetails[],
  names: MemberNames,
  now: Date,
): SectionsPage => ({
  title: 'Source identity requests',
  back: { href: staffSite, text: 'Your work' },
  lead: [
    'Who told a report lies apart from it, under a key of its own. Whoever answers the report asks; a custodian decides, with reasons, and reads neither the report nor who told it. It stands open to who asked alone, and closes by itself.',
    'A file as it came can tell the same: to take one out is asked for here too.',
  ],
  sections: [
    {
      kind: 'table',
      caption: 'Asked so far, the latest first',
      stack: true,
      columns: ['Report', 'What', 'Who asks', 'What for', 'Asked', 'Until', 'State'].map(text),
      rows: all.map((opening) => [
        {
          text: numberOf(opening.reportId),
          hidden: `${describeSubject(opening)}, asked ${formatMoment(opening.askedAt)}`,
          href: reportPaths[line].sourceIdentityRequest(opening.id),
        },
        text(capital(describeSubject(opening))),
        text(getMemberName(names, opening.askedBy)),
        text(capital(wordsOf(opening.purpose))),
        text(formatMoment(opening.askedAt)),
        text(formatMoment(opening.until)),
        stateOf(opening, now),
      ]),
      empty: 'Nobody has asked.',
    },
  ],
});

export const withdrawnPurposeErrors: FormErrors = {
  purpose: `The reporter took the report back: only “${capital(wordsOf(purposeAfterWithdrawal))}” is left`,
};

export const requestErrors: Record<'already' | 'nothing held' | 'no custodian' | 'taken back', FormErrors> = {
  already: {
    '': 'You have asked already. Wait for the answer; if it is open to you, read it from the page of the report.',
  },
  'nothing held': { '': 'The reporter left no way to be reached.' },
  'taken back': withdrawnPurposeErrors,
  'no custodian': { '': 'Nobody who could decide works at your agency. Ask its administrator to name a custodian.' },
};

/** Round a form that nobody could decide on: it says so, and cannot be sent. */
export const nobodyDecides = { warning: requestErrors['no custodian'][''], closed: true };

/** A custodian decides on these alone, whatever it is that is to be opened. */
export const requestFields = (ask: FieldBuilder, purposes: readonly string[], why: string): readonly Field[] => [
  ask.one('purpose', 'What for', purposes),
  ask.words('reason', why, {
    hint: 'At least a sentence. No names, and nothing that was told.',
    most: 1_000,
  }),
  hoursField(ask, requestHours),
];

export const newRequestPage = (line: IntakeLine, id: string): FormPage => ({
  ...reportFormBase(line, id),
  title: 'Ask a custodian who told it',
  lead: [
    'You can ask and answer without knowing who it is. If that will not do, a custodian of your agency reads what you write here, and nothing of the report, and decides.',
    'It is opened to you alone and closes by itself. What you ask, what is decided and each reading are kept; the data-protection lead can read them.',
  ],
  action: reportPaths[line].newSourceIdentityRequest(id),
  button: 'Ask',
  fields: (ask) => requestFields(ask, identityPurposes, 'Why you need to know, and why now'),
});

export const decisionErrors = decisionErrorsFor('to know');

const requestRows = (opening: IdentityRequestDetails, names: MemberNames): SummaryRow[] => [
  summaryRow('Who asks', getMemberName(names, opening.askedBy)),
  summaryRow('What for', capital(wordsOf(opening.purpose))),
  summaryRow('Why', opening.reason),
  summaryRow('Asked', formatMoment(opening.askedAt)),
  summaryRow('Until', formatMoment(opening.until)),
];

type RequestPageOptions = {
  readonly names: MemberNames;
  readonly decides: boolean;
  readonly own: boolean;
  readonly now: Date;
};

function listActions(
  line: IntakeLine,
  opening: IdentityRequestDetails,
  { decides, own, now }: RequestPageOptions,
): PageAction[] {
  const paths = reportPaths[line];
  const { id, fileId, reportId, decision } = opening;
  const actions: PageAction[] = decides ? [{ href: paths.sourceIdentityDecision(id), text: 'Decide' }] : [];
  if (own && requestStateOf(opening, decision, now) === 'open')
    actions.push(
      fileId
        ? { href: paths.fileExport(fileId), text: 'Take it out' }
        : { href: paths.sourceIdentity(reportId), text: 'Open who told it' },
    );
  return actions;
}

export function requestPage(line: IntakeLine, opening: IdentityRequestDetails, options: RequestPageOptions): CasePage {
  const { names, now } = options;
  const { decision } = opening;
  const decided: Section[] = decision
    ? [
        {
          kind: 'summary',
          title: decision.granted ? 'Opened by a custodian' : 'Refused by a custodian',
          rows: [
            summaryRow('By', getMemberName(names, decision.decidedBy)),
            summaryRow('When', formatMoment(decision.decidedAt)),
            summaryRow('Why', decision.reasons),
          ],
        },
      ]
    : [];
  return {
    title: `${capital(describeSubject(opening))}: what was asked`,
    caption: numberOf(opening.reportId),
    back: { href: reportPaths[line].sourceIdentityRequests(), text: 'Source identity requests' },
    actions: listActions(line, opening, options),
    sections: [
      {
        kind: 'summary',
        rows: [...requestRows(opening, names), summaryRow('State', stateOf(opening, now).text)],
      },
      ...decided,
    ],
  };
}

export const decisions = ['open it', 'refuse'] as const;

export const decideRequestPage = (line: IntakeLine, opening: IdentityRequestDetails, names: MemberNames): FormPage => ({
  title: opening.fileId ? 'Decide who may have a file as it came' : 'Decide who may know who told it',
  caption: numberOf(opening.reportId),
  ...backTo(reportPaths[line].sourceIdentityRequest(opening.id), 'What was asked'),
  lead: [
    `${getMemberName(names, opening.askedBy)} asks, ${wordsOf(opening.purpose)}, until ${formatMoment(opening.until)}:`,
    `“${opening.reason}”`,
    opening.fileId
      ? 'The reporter said that the file may be kept as it came. It can say where, when and on which phone it was made, and who the reporter is. Would the clean copy do, or a message to the mailbox? It leaves sealed to the key of one recipient, and what has left is not called back.'
      : 'Could it be done by a message to the mailbox instead? What was promised to the reporter binds you.',
  ],
  action: reportPaths[line].sourceIdentityDecision(opening.id),
  button: 'Decide',
  fields: (ask) => [
    ask.one('decision', 'Your decision', decisions),
    ask.words('reasons', 'Why', { hint: 'Who asked reads it, and the data-protection lead.', most: 1_000 }),
  ],
});

export const readIdentityReasonPage = (line: IntakeLine, id: string): FormPage => ({
  ...reportFormBase(line, id),
  title: 'Open who told it',
  action: reportPaths[line].sourceIdentity(id),
  button: 'Open',
  fields: (ask) => [
    ask.words('why', 'Why you open it now', { hint: 'The data-protection lead reads it.', most: 1_000 }),
  ],
});

export const sourceIdentityPage = (line: IntakeLine, id: string, { said, inBrowser }: OpenedContent): CasePage => ({
  title: 'Who told it',
  caption: numberOf(id),
  back: { href: reportPaths[line].report(id), text: numberOf(id) },
  lead: ['What never to do comes first: it may be what keeps the person alive.'],
  sections: [
    {
      kind: 'summary',
      rows: [
        ...[...steps.contact].reverse().map((field) => summaryRow(labels[field], said[field] ?? 'not said')),
        summaryRow('Sealed', sealingTexts[inBrowser]),
      ],
    },
  ],
});
