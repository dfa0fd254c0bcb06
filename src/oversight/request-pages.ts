/** Requests of people for what is held on them: the list, the form, the preview in which each mark is kept or lifted, and the answer itself. */
import { momentOf } from '../platform/earlier.ts';
import { Asking } from '../platform/fields.ts';
import type { Answers, FormErrors } from '../platform/forms.ts';
import type { Pages } from '../platform/paging.ts';
import type { Model } from '../platform/views.ts';
import { capital } from '../vocabulary/english.ts';
import type { Part } from '../vocabulary/held.ts';
import { frame, marking } from './log-pages.ts';
import { keptFromAnswer } from './not-told.ts';
import {
  answerOf,
  askers,
  deliveries,
  isWithheld,
  proofs,
  type RequestRefusal,
  type SubjectRequest,
} from './request.ts';

export const requestErrors: Record<RequestRefusal, FormErrors> = {
  'not open': { '': 'This request is not open any more' },
  'nothing held': {
    '': 'Nothing is held under these ids that your agency answers for. Check the ids, or withdraw the request and say so in your letter.',
  },
  'no such mark': { '': 'That line is not marked' },
  'no reason': { '': 'Say why' },
};

/** Where a store’s requests live: the wall stands between the two. */
export type Place = { readonly path: string; readonly of: string; readonly behind: boolean };

export type RequestList = {
  readonly place: Place;
  readonly requests: readonly SubjectRequest[];
  readonly pages: Pages;
};

export const requestsPage = (lists: readonly RequestList[]): Model => ({
  ...frame,
  title: 'People who ask what is held on them',
  lead: [
    'Each agency answers for its own records. One request opens the records named in it, to you alone, until it is answered.',
    ...(lists.length > 1
      ? ['What was said behind the wall is answered apart from what was seen at visits: two requests, two answers.']
      : []),
  ],
  actions: lists.map(({ place }) => ({
    href: `${place.path}/new`,
    text: `Open a request ${place.of}`,
    secondary: place.behind,
  })),
  sections: lists.map(({ place, requests, pages }) => ({
    kind: 'table',
    caption: capital(place.of),
    columns: ['Reference', 'Opened', 'Who asks', 'State'].map((text) => ({ text })),
    rows: requests.map(({ id, reference, openedAt, asker, state }) => [
      { text: reference, href: `${place.path}/${id}` },
      { text: momentOf(openedAt) },
      { text: capital(asker) },
      { text: capital(state), tag: state === 'open' ? 'yellow' : 'grey' },
    ]),
    empty: 'Nobody has asked yet.',
    pages,
  })),
});

export function openPage(place: Place, typed?: Answers, errors: FormErrors = {}): Model {
  const ask = new Asking(typed, errors);
  return {
    ...frame,
    back: { href: '/staff/oversight/requests', text: 'People who ask' },
    title: 'Open a request',
    caption: capital(place.of),
    errors,
    action: `${place.path}/new`,
    lead: ['The name of who asks, and the letter, stay in your agency’s own file. Do not write them here.'],
    warning:
      'Whoever exploits somebody may make that person ask, or ask in the person’s name, to learn what was told and to whom. You can refuse without saying why.',
    fields: [
      ask.one(
        'alone',
        'Did somebody speak with the person alone, and is it the person’s own wish?',
        [
          { value: 'yes', text: 'Yes' },
          { value: 'no', text: 'No, or somebody may be forcing the person' },
        ],
        { hint: 'With a solicitor: has the solicitor seen the person alone?' },
      ),
      ask.one('asker', 'Who asks?', askers),
      ask.one('proof', 'How was it proved who the person is?', proofs),
      ask.one('delivery', 'How does the answer reach the person?', deliveries, {
        hint: 'Ask the person what is safe. A letter at home may be read by somebody else.',
      }),
      ask.text('safety', 'What else makes it safe (optional)', {
        hint: 'For example the day, or who must not be there. No names.',
      }),
      ask.text('reference', 'Reference of your agency’s file', { classes: 'govuk-input--width-20' }),
      ask.words('about', 'Which records are about the person?', {
        hint: `Addresses of their pages, or ids, one a line. Ask whoever met the person: the person met, an arrest${place.behind ? ', a note' : ''}`,
        most: 4_000,
      }),
    ],
    button: 'Open the request',
    cancel: '/staff/oversight/requests',
  };
}

export type Preview = {
  readonly place: Place;
  readonly request: SubjectRequest;
  readonly parts: readonly Part[];
  readonly openedBy: string;
};

export const previewPage = ({ place, request, parts, openedBy }: Preview, errors: FormErrors = {}): Model => ({
  ...frame,
  back: { href: '/staff/oversight/requests', text: 'People who ask' },
  title: `Request ${request.reference}`,
  caption: capital(place.of),
  errors,
  open: request.state === 'open',
  path: `${place.path}/${request.id}`,
  kept: place.behind ? Object.values(keptFromAnswer) : [],
  facts: [
    ['State', capital(request.state)],
    ['Who asks', capital(request.asker)],
    ['Proved', capital(request.proof)],
    ['Delivery', [capital(request.delivery), request.safety].filter(Boolean).join('. ')],
    ['Opened', `by ${openedBy} at ${momentOf(request.openedAt)}`],
    ...(request.answeredAt
      ? [
          ['Answered', momentOf(request.answeredAt)],
          ['Digest of the answer', request.digest ?? ''],
        ]
      : []),
  ].map(([key, text]) => ({ key: { text: key }, value: { text } })),
  parts: parts.map(({ title, lines }) => ({
    title,
    lines: lines.map((line) => ({
      ...line,
      withheld: isWithheld(line, request.marks),
      why: request.marks[line.key]?.why,
      names: line.names?.map(({ key, third, at: [first] }) => ({
        key,
        third,
        text: first && line.text.slice(...first),
        withheld: isWithheld({ key, third }, request.marks),
        why: request.marks[key]?.why,
      })),
    })),
  })),
});

/** What leaves: one file that opens anywhere, prints well, and carries the same as data. */
export function answerModel({
  request,
  parts,
  agencyName,
  at,
}: {
  request: SubjectRequest;
  parts: readonly Part[];
  agencyName: string;
  at: Date;
}): Model {
  const said = answerOf(parts, request.marks);
  const data = { reference: request.reference, agency: agencyName, made: at.toISOString(), parts: said };
  return {
    title: `What ${agencyName} holds on you`,
    agencyName,
    reference: request.reference,
    marking,
    made: momentOf(at),
    parts: said,
    // `<` closes a script wherever it stands.
    json: JSON.stringify(data, null, 2).replaceAll('<', '\\u003c'),
  };
}
