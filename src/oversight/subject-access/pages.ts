/** Pages of requests from people about their data: the list, the form, the preview with its redactions, and the answer. */

import type { FormErrors } from '../../platform/forms/forms.ts';
import {
  backTo,
  type FormPage,
  type Link,
  type SectionsPage,
  type SummaryRow,
} from '../../platform/rendering/pages.ts';
import type { Pages } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { optionsOf } from '../../vocabulary/display-text.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import type { Marking } from '../../vocabulary/marking.ts';
import { requestPaths, type restrictedRequestPaths } from '../../vocabulary/paths/audit.ts';
import type { Line, Part, ThirdParty } from '../../vocabulary/records-held.ts';
import { marking, oversightPageFrame } from '../access-log/pages.ts';
import {
  type Delivery,
  deliveries,
  type IdentityProof,
  identityProofs,
  isWithheld,
  outcomes,
  type RequesterKind,
  type RequestOutcome,
  type RequestRefusal,
  type RequestType,
  redactParts,
  requesterKinds,
  requestTypes,
  type SubjectRequest,
} from './subject-access-request.ts';
import { withheldTables } from './withheld-tables.ts';

export const requestErrors: Record<RequestRefusal, FormErrors> = {
  'not open': { '': 'This request is closed. Open a new one' },
  'nothing held': {
    '': 'Your agency holds no data under these ids. Check the ids, or withdraw the request and say so in your letter.',
  },
  'no such mark': { '': 'That line is not marked' },
  'no reason': { '': 'Say why' },
};

const requesterText: Readonly<Record<RequesterKind, string>> = {
  'the person': 'the person',
  solicitor: 'a solicitor for the person',
  'parent or guardian': 'a parent or guardian',
  'another with authority': 'another with authority',
};
const proofText: Readonly<Record<IdentityProof, string>> = {
  'identity document': 'an identity document was seen',
  'known to worker': 'a worker who knows the person confirmed',
  'solicitor’s authority': 'the solicitor’s authority was seen',
  'private questions': 'questions that only the person could answer',
};
export const deliveryText: Readonly<Record<Delivery, string>> = {
  'in person': 'in person',
  'through a worker': 'by hand, through the worker whom the person chose',
  'to the solicitor': 'to the solicitor',
  'recorded post': 'by recorded post to an address the person named as safe',
};
export const requestTypeText: Readonly<Record<RequestType, string>> = {
  access: 'to see the data held',
  correction: 'to have data corrected',
  erasure: 'to have data erased',
};

/** Where the requests of each database are. They never mix. */
export type RequestLocation = {
  readonly paths: typeof requestPaths | typeof restrictedRequestPaths;
  readonly of: string;
  readonly behind: boolean;
};

export type RequestList = {
  readonly place: RequestLocation;
  readonly requests: readonly SubjectRequest[];
  readonly pages: Pages;
};

export const requestsPage = (lists: readonly RequestList[]): SectionsPage => ({
  ...oversightPageFrame,
  title: 'Subject access requests',
  lead: [
    'People can ask to see, correct or erase the data held on them. First check who the person is, and whether anybody is pressing them to make this request.',
    'Each agency answers requests about its own records. While a request is open, only you can read the records that it names. This access ends when you answer the request.',
    ...(lists.length > 1
      ? ['Open separate requests for safeguarding records and for records of visits, and answer each one.']
      : []),
  ],
  actions: lists.map(({ place }) => ({
    href: place.paths.newRequest(),
    text: `Open a request ${place.of}`,
    secondary: place.behind,
  })),
  sections: lists.map(({ place, requests, pages }) => ({
    kind: 'table' as const,
    caption: capital(place.of),
    columns: ['Reference', 'Opened', 'Who asks', 'For what', 'State'].map((text) => ({ text })),
    rows: requests.map(({ id, reference, openedAt, asker, wants, state }) => [
      { text: reference, href: place.paths.request(id) },
      { text: formatMoment(openedAt) },
      { text: capital(requesterText[asker]) },
      { text: capital(requestTypeText[wants]) },
      { text: capital(state), tag: state === 'open' ? 'yellow' : 'grey' },
    ]),
    empty: 'No requests yet. Open one when a person asks.',
    pages,
  })),
});

export const openRequestPage = (place: RequestLocation): FormPage => ({
  ...oversightPageFrame,
  ...backTo(requestPaths.requests(), 'Subject access requests'),
  title: 'Open a request',
  caption: capital(place.of),
  action: place.paths.newRequest(),
  lead: ['Keep the person’s name and letter in your agency’s own file. Do not enter the name or the letter here.'],
  warning:
    'An exploiter could force the person to make this request, or could make it in the person’s name, to learn what the person said. You can refuse without giving a reason.',
  fields: (ask) => [
    ask.one(
      'alone',
      'Did somebody check with the person alone whether anybody is pressing them to make this request?',
      [
        { value: 'yes', text: 'Yes' },
        { value: 'no', text: 'No, or somebody may be forcing the person' },
      ],
      { hint: 'With a solicitor: has the solicitor seen the person alone?' },
    ),
    ask.one(
      'wants',
      'What does the person ask for?',
      requestTypes.map((value) => ({
        value,
        text: capital(requestTypeText[value]),
        hint: { text: requestTypeHints[value] },
      })),
    ),
    ask.one('asker', 'Who asks?', optionsOf(requesterKinds, requesterText)),
    ask.one('proof', 'How was the person’s identity proved?', optionsOf(identityProofs, proofText)),
    ask.one('delivery', 'How does the answer reach the person?', optionsOf(deliveries, deliveryText), {
      hint: 'Ask the person how you can reach them safely. Somebody else may read a letter at home.',
    }),
    ask.text('safety', 'Other safety measures (optional)', {
      hint: 'For example, the day to deliver the answer, or which people must not be present. No names.',
    }),
    ask.text('reference', 'Reference of your agency’s file', { classes: 'govuk-input--width-20' }),
    ask.words('about', 'Which records are about the person?', {
      hint: `Enter the web address of each record’s page, one on each line. ${place.behind ? 'Ask the support worker for the page of the record or note' : 'Ask the officer for the page of the person met or the arrest'}`,
      most: 4_000,
    }),
  ],
  button: 'Open the request',
});

const requestTypeHints: Record<RequestType, string> = {
  access: 'One file, without information about other people',
  correction: 'The agency that keeps the record corrects it, and the person is notified of the outcome',
  erasure:
    'Order the erasure under “Retention”, on the page of the record. The record is erased after the person has an answer',
};
/** What the lead does before the answer. */
const instructionsBeforeAnswer: Record<RequestType, string | undefined> = {
  access: undefined,
  correction:
    'The data held is below. Ask the keeper of the record to correct it. While this request is open, their form accepts “the person asked for it”. The answer states the outcome and repeats no content of the record.',
  erasure:
    'The data held is below. Order the erasure under Retention, on the page of the record. It happens after you answer here, the next day at the earliest. If the person withdraws the request, end that order too. The answer states the outcome and repeats no content of the record.',
};

export type PreviewPageData = {
  readonly place: RequestLocation;
  readonly request: SubjectRequest;
  readonly parts: readonly Part[];
  readonly openedBy: string;
};

/** What tells of somebody else: withheld, or told with a reason. */
type Mark = {
  readonly key: string;
  readonly third?: ThirdParty;
  readonly withheld: boolean;
  readonly why: string | undefined;
};

type PreviewPage = {
  readonly title: string;
  readonly caption: string;
  readonly back: Link;
  readonly errors: FormErrors;
  readonly open: boolean;
  /** Where its forms are sent. */
  readonly paths: { readonly marks: string; readonly answer: string; readonly withdraw: string };
  /** What the person asks for beside seeing it. */
  readonly wish: RequestType | undefined;
  readonly first: string | undefined;
  readonly outcomes: readonly { readonly value: string; readonly text: string }[];
  readonly kept: readonly string[];
  readonly facts: readonly SummaryRow[];
  readonly parts: readonly {
    readonly title: string;
    readonly lines: readonly (Mark &
      Pick<Line, 'label' | 'text'> & {
        readonly names: readonly (Mark & { readonly text: string | undefined })[] | undefined;
      })[];
  }[];
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'oversight/preview': PreviewPage;
  }
}

export const previewPage = (
  { place, request, parts, openedBy }: PreviewPageData,
  errors: FormErrors = {},
): PreviewPage => ({
  ...oversightPageFrame,
  back: { href: requestPaths.requests(), text: 'Subject access requests' },
  title: `Request ${request.reference}`,
  caption: capital(place.of),
  errors,
  open: request.state === 'open',
  paths: {
    marks: place.paths.marks(request.id),
    answer: place.paths.answer(request.id),
    withdraw: place.paths.withdraw(request.id),
  },
  wish: request.wants === 'access' ? undefined : request.wants,
  first: instructionsBeforeAnswer[request.wants],
  outcomes: outcomes.map((value) => ({ value, text: capital(value) })),
  kept: place.behind ? Object.values(withheldTables) : [],
  facts: [
    ['State', capital(request.state)],
    ['Who asks', capital(requesterText[request.asker])],
    ['Asks', capital(requestTypeText[request.wants])],
    ['Proved', capital(proofText[request.proof])],
    ['Delivery', [capital(deliveryText[request.delivery]), request.safety].filter(Boolean).join('. ')],
    ['Opened', `by ${openedBy} at ${formatMoment(request.openedAt)}`],
    ...(request.answeredAt
      ? [
          ['Answered', formatMoment(request.answeredAt)],
          ...(request.outcome ? [['Outcome', capital(request.outcome)]] : []),
          ['Digest of the answer', request.digest ?? ''],
        ]
      : []),
  ].map(([key = '', text = '']) => ({ key: { text: key }, value: { text } })),
  parts: parts.map(({ title, lines }) => ({
    title,
    lines: lines.map((line) => ({
      ...line,
      withheld: isWithheld(line, request.marks),
      why: request.marks[line.key]?.why,
      names: line.names?.map(({ key, third, at: [first] }) => ({
        key,
        third,
        text: first === undefined ? undefined : line.text.slice(...first),
        withheld: isWithheld({ key, third }, request.marks),
        why: request.marks[key]?.why,
      })),
    })),
  })),
});

const outcomePart = ({ id, wants }: SubjectRequest, { outcome, words }: RequestOutcome): Part => ({
  title: 'Your request',
  lines: [
    { key: `subject_access_requests/${id}/wants`, label: 'You asked', text: requestTypeText[wants] },
    { key: `subject_access_requests/${id}/outcome`, label: 'Outcome', text: outcome },
    ...(words ? [{ key: `subject_access_requests/${id}/words`, label: 'Explanation', text: words }] : []),
  ],
});

/** The template's model: the same again as data at its end. */
type AnswerFile = {
  readonly title: string;
  readonly agencyName: string;
  readonly told: RequestOutcome | null;
  readonly reference: string;
  readonly marking: Marking;
  readonly made: string;
  readonly parts: readonly Part[];
  readonly json: string;
};

/** What leaves: one file that opens anywhere, prints well, and carries the same as data. */
export function answerModel({
  request,
  parts,
  told,
  agencyName,
  at,
}: {
  request: SubjectRequest;
  parts: readonly Part[];
  told: RequestOutcome | null;
  agencyName: string;
  at: Date;
}): AnswerFile {
  const said = told ? [outcomePart(request, told)] : redactParts(parts, request.marks);
  const data = { reference: request.reference, agency: agencyName, made: at.toISOString(), parts: said };
  return {
    title: told ? `Outcome of your request to ${agencyName}` : `Your data at ${agencyName}`,
    agencyName,
    told,
    reference: request.reference,
    marking,
    made: formatMoment(at),
    parts: said,
    // `<` closes a script wherever it stands.
    json: JSON.stringify(data, null, 2).replaceAll('<', '\\u003c'),
  };
}
