/** Pages for police: make a victim information request, see its state, and the notice to the person. */

import { namedOptions } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type CasePage, type Cell, type FormPage, type SectionsPage } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { optionsOf } from '../../vocabulary/display-text.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { informationRequestPaths } from '../../vocabulary/paths/safeguarding/information-requests.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { wordsOfAll } from '../../vocabulary/value-words.ts';
import { testField } from './forms.ts';
import { type Edition, editionNamed, type Test, testsOf } from './law.ts';
import {
  type AskRefusal,
  asksForCounselling,
  daysToAnswer,
  kinds,
  type NoticeState,
  notices,
  noticeWords,
  type State,
  stateOf,
} from './request.ts';
import type { RequestWithAnswer } from './store.ts';

const noticeText: Readonly<Record<NoticeState, string>> = {
  given: 'given to the person',
  later: 'not yet, but as soon as possible',
  'not given': 'not given',
};

const text = (words: string): { readonly text: string } => ({ text: words });
const row = (key: string, value: string): TextRow => ({ key: text(key), value: text(value) });

/** A row of a summary whose value is text, so that other pages can say it too. */
export type TextRow = { readonly key: { readonly text: string }; readonly value: { readonly text: string } };

export const askRefusals: Record<AskRefusal | 'not police', FormErrors> = {
  'nothing named': { kinds: 'Select the information you need, and no more' },
  'a test unanswered': { '': 'Answer every test: without it the request cannot be made.' },
  'no reason for no notice': { noticeWhy: 'Enter why you do not notify the person now' },
  'not police': { '': 'Only police may ask in this way. Your agency is none.' },
};

const tags: Record<State, string> = { waits: 'yellow', answered: 'green', 'no information is given': 'grey' };
const stateTag = ({ request, answer }: RequestWithAnswer, now: Date): Cell => {
  const state = stateOf(request, answer !== undefined, now);
  return { text: capital(state), tag: tags[state] };
};

export type Names = ReadonlyMap<string, string>;

export const requestsPage = (
  all: readonly RequestWithAnswer[],
  agencies: Names,
  { now, asks }: { readonly now: Date; readonly asks: boolean },
): SectionsPage => ({
  title: 'Victim information requests',
  back: { href: staffSite, text: 'Your work' },
  lead: [
    'Police cannot see safeguarding records. Police can ask a support agency, and the agency decides. Police get the same answer, at the same time, whether the agency refuses, has no information or does not answer.',
  ],
  actions: asks ? [{ href: informationRequestPaths.add(), text: 'Ask' }] : [],
  sections: [
    {
      kind: 'table' as const,
      caption: 'Requests, the latest first',
      stack: true,
      columns: ['Request', 'Police reference', 'Asked by', 'Asked of', 'Asked', 'Answer by', 'State'].map(text),
      rows: all.map((asked) => [
        { text: referenceOf('request', asked.request.id), href: informationRequestPaths.request(asked.request.id) },
        text(asked.request.reference),
        text(agencies.get(asked.request.agencyId) ?? 'an agency that has left'),
        text(agencies.get(asked.request.recipient) ?? 'an agency that has left'),
        text(formatMoment(asked.request.askedAt)),
        text(formatMoment(asked.request.dueAt)),
        stateTag(asked, now),
      ]),
      empty: 'No victim information requests yet.',
    },
  ],
});

export const askPage = (
  edition: Edition,
  recipients: readonly { readonly id: string; readonly name: string }[],
): FormPage => ({
  title: 'Ask for information about a victim',
  ...backTo(informationRequestPaths.requests(), 'Requests'),
  lead: [
    `The rules in force today: ${edition.source}. Ask for information only if you have no other way. Ask about one person, and for as little as you need.`,
    `The agency has ${daysToAnswer} days to answer. It may share only the information that the person agreed to share. If the agency does not answer, you do not learn whether it holds information.`,
  ],
  action: informationRequestPaths.add(),
  button: 'Ask',
  fields: (ask) => [
    ask.one('to', 'Agency you ask', namedOptions(recipients)),
    ask.text('who', 'Person it is about', { hint: 'Only the name that you know the person by' }),
    ask.text('reference', 'Your own reference', { classes: 'govuk-input--width-20' }),
    ask.many('kinds', 'Information you need', kinds, {
      hint: 'The law assumes that a request for notes of counselling is not necessary and proportionate.',
    }),
    ...edition.tests.map(({ asks, ofCounselling }, index) =>
      ask.words(testField(index), asks, {
        hint: ofCounselling ? 'Only if you ask for notes of counselling' : 'Write at least one sentence',
        most: 1_000,
        rows: 3,
      }),
    ),
    ask.words('handling', 'How it will be dealt with', {
      hint: 'Readers, storage, and possible disclosure to the defence',
      most: 1_000,
      rows: 3,
    }),
    ask.one('notice', 'How the person learns of this request', optionsOf(notices, noticeText), {
      hint: 'Notify the person in writing, before you send this request or on the same day. If you cannot do that, notify the person as soon as you can. You can read the text of this notice on the page of your request. Somebody else may open the person’s post or read the person’s phone.',
    }),
    ask.choose('exception', 'Reason, if you do not notify the person now', edition.noticeExceptions),
    ask.words('noticeWhy', 'Why', { most: 1_000, rows: 3 }),
  ],
});

const testsShown = ({ request }: RequestWithAnswer): Test[] => {
  const edition = editionNamed(request.law);
  return edition ? testsOf(edition, asksForCounselling(request.kinds)) : [];
};

/** The request as police wrote it, also for the member who decides. */
export const askedRows = (asked: RequestWithAnswer, agencies: Names): TextRow[] => {
  const { request } = asked;
  return [
    row('By', agencies.get(request.agencyId) ?? 'an agency that has left'),
    row('Reference', request.reference),
    row('About', request.who),
    row('Information requested', wordsOfAll(request.kinds).map(capital).join('; ')),
    ...testsShown(asked).map(({ name, asks }) => row(asks, request.tests[name] ?? '')),
    row('How it will be dealt with', request.handling),
    row(
      'Notice to the person',
      [capital(noticeText[request.notice]), request.noticeWhy].filter(Boolean).join('. Reason: '),
    ),
    row('Under', editionNamed(request.law)?.source ?? request.law),
    row('Asked', formatMoment(request.askedAt)),
    row('Answer by', formatMoment(request.dueAt)),
  ];
};

const nothingGiven =
  'No information is given. That is so where nothing is held, where it is refused, and where nobody has looked: it says nothing about any person.';

export function requestPage(
  asked: RequestWithAnswer,
  agencies: Names,
  { now, decide }: { readonly now: Date; readonly decide: string | undefined },
): CasePage {
  const { request, answer } = asked;
  const state = stateOf(request, answer !== undefined, now);
  const recipient = agencies.get(request.recipient) ?? 'an agency that has left';
  return {
    title: `Victim information request ${referenceOf('request', request.id)}`,
    caption: `Police reference ${request.reference}`,
    back: { href: informationRequestPaths.requests(), text: 'Requests' },
    actions: decide ? [{ href: decide, text: 'Decide' }] : [],
    sections: [
      {
        kind: 'states' as const,
        title: 'Outcome',
        items: [
          state === 'answered'
            ? { kind: 'good' as const, title: 'Answered', text: 'See the information below.' }
            : state === 'waits'
              ? {
                  kind: 'waiting' as const,
                  text: `${recipient} has until ${formatMoment(request.dueAt)} to answer. You see no answer before then.${decide ? '' : ' You do not see whether they have opened the request. If it cannot wait, telephone them.'}`,
                }
              : { kind: 'empty' as const, text: nothingGiven },
        ],
      },
      ...(answer
        ? [
            {
              kind: 'summary' as const,
              title: 'Information given',
              rows: [row('About', wordsOfAll(answer.kinds).map(capital).join('; ')), row('Words', answer.words)],
            },
          ]
        : []),
      {
        kind: 'summary' as const,
        title: 'Request',
        rows: [row('Of', recipient), ...askedRows(asked, agencies)],
      },
      { kind: 'list' as const, title: 'Notice to the person', items: noticeWords(request, recipient) },
    ],
  };
}
