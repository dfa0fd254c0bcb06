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
  fileId ? 'an original file' : 'source identity';

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
    'Safelight keeps the source identity apart from the report and encrypts it with a separate key. The member who answers the report asks for the source identity. A custodian decides and gives reasons. The custodian cannot read the report or the source identity. Only the member who asked can then read it, for a limited time.',
    'An original file can also show who sent a report. Requests to export an original file appear here too.',
  ],
  sections: [
    {
      kind: 'table',
      caption: 'Requests, the latest first',
      stack: true,
      columns: ['Report', 'What', 'Who asks', 'Purpose', 'Asked', 'Until', 'State'].map(text),
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
      empty: 'No requests yet. Your colleagues’ requests appear here.',
    },
  ],
});

export const withdrawnPurposeErrors: FormErrors = {
  purpose: `The reporter took the report back. The only purpose left is “${capital(wordsOf(purposeAfterWithdrawal))}”`,
};

export const requestErrors: Record<'already' | 'nothing held' | 'no custodian' | 'taken back', FormErrors> = {
  already: {
    '': 'You have asked already. Wait for the answer; if it is open to you, read it from the page of the report.',
  },
  'nothing held': { '': 'The reporter left no contact details.' },
  'taken back': withdrawnPurposeErrors,
  'no custodian': { '': 'Your agency has no custodian who can decide. Ask its administrator to name a custodian.' },
};

/** Round a form that nobody could decide on: it says so, and cannot be sent. */
export const nobodyDecides = { warning: requestErrors['no custodian'][''], closed: true };

/** A custodian decides on these alone, whatever it is that is to be opened. */
export const requestFields = (ask: FieldBuilder, purposes: readonly string[], why: string): readonly Field[] => [
  ask.one('purpose', 'Purpose', purposes),
  ask.words('reason', why, {
    hint: 'Write at least one sentence. Leave out names and details of the report.',
    most: 1_000,
  }),
  hoursField(ask, requestHours),
];

export const newRequestPage = (line: IntakeLine, id: string): FormPage => ({
  ...reportFormBase(line, id),
  title: 'Ask a custodian for the source identity',
  lead: [
    'You can ask the reporter questions and answer theirs without knowing who they are. If you still need the source identity, a custodian of your agency decides. The custodian reads your reasons, but not the report.',
    'The source identity opens only for you and closes by itself. Safelight logs your request, the decision and each time you read the source identity. The data-protection lead can read them.',
  ],
  action: reportPaths[line].newSourceIdentityRequest(id),
  button: 'Ask',
  fields: (ask) => requestFields(ask, identityPurposes, 'Why you need it, and why now'),
});

export const decisionErrors = decisionErrorsFor('to know');

const requestRows = (opening: IdentityRequestDetails, names: MemberNames): SummaryRow[] => [
  summaryRow('Who asks', getMemberName(names, opening.askedBy)),
  summaryRow('Purpose', capital(wordsOf(opening.purpose))),
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
        ? { href: paths.fileExport(fileId), text: 'Export the file' }
        : { href: paths.sourceIdentity(reportId), text: 'Open source identity' },
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
    title: `${capital(describeSubject(opening))}: request`,
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
  title: opening.fileId ? 'Decide a request for an original file' : 'Decide a source identity request',
  caption: numberOf(opening.reportId),
  ...backTo(reportPaths[line].sourceIdentityRequest(opening.id), 'Request'),
  lead: [
    `${getMemberName(names, opening.askedBy)} asks, ${wordsOf(opening.purpose)}, until ${formatMoment(opening.until)}:`,
    `“${opening.reason}”`,
    opening.fileId
      ? 'The reporter agreed that the original file is kept. It can show the place, the time, the phone and the reporter. Is the clean copy enough, or a message to the mailbox? It leaves sealed to the key of one recipient. You cannot call it back.'
      : 'Would a message to the mailbox be enough? You must keep the promises made to the reporter.',
  ],
  action: reportPaths[line].sourceIdentityDecision(opening.id),
  button: 'Decide',
  fields: (ask) => [
    ask.one('decision', 'Your decision', decisions),
    ask.words('reasons', 'Why', { hint: 'The member who asked and the data-protection lead read it.', most: 1_000 }),
  ],
});

export const readIdentityReasonPage = (line: IntakeLine, id: string): FormPage => ({
  ...reportFormBase(line, id),
  title: 'Open source identity',
  action: reportPaths[line].sourceIdentity(id),
  button: 'Open',
  fields: (ask) => [
    ask.words('why', 'Reason for opening it now', { hint: 'The data-protection lead reads it.', most: 1_000 }),
  ],
});

export const sourceIdentityPage = (line: IntakeLine, id: string, { said, inBrowser }: OpenedContent): CasePage => ({
  title: 'Source identity',
  caption: numberOf(id),
  back: { href: reportPaths[line].report(id), text: numberOf(id) },
  lead: ['Read “Never do” first. It can protect the person’s life.'],
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
