/** What this room asks and shows of referrals: to one agency, with exactly what was agreed that it sees. */

import { atPerson, type Consent, type Grant, lastDayOf, shownRows, standingOfGrant } from '../consent/index.ts';
import type { Agency } from '../partnership/index.ts';
import { type Names, nameOf } from '../platform/earlier.ts';
import { Asking } from '../platform/fields.ts';
import { type Answers, answersOf } from '../platform/forms.ts';
import type { FormErrors } from '../platform/http.ts';
import type { Pages } from '../platform/paging.ts';
import type { Model } from '../platform/views.ts';
import { type Shareable, tellingPurposes } from '../vocabulary/agreed.ts';
import { longDay } from '../vocabulary/days.ts';
import { capital, listOf } from '../vocabulary/english.ts';
import { byConsent, referrable, seenFor, tellable } from './forms.ts';
import type { Note } from './note.ts';
import { type Agencies, agencyOf, hourWords, neverConditional, referralsTable } from './pages.ts';
import {
  answerTimes,
  type DecisionRefusal,
  type FinishRefusal,
  type Ground,
  helpEndings,
  isLate,
  type Message,
  type Referral,
  type ReferralRefusal,
} from './referral.ts';
import type { MadeReferral, MakingRefusal } from './referral-making.ts';
import type { ListedReferral } from './referral-store.ts';

const groundWords: Record<Ground, string> = {
  agreed: 'the person has agreed',
  'under 18 or age not known': 'under 18, or age not known',
  'vital interests': 'somebody’s life or safety is at stake',
  'statutory duty': 'a law requires it',
  'court order': 'a court ordered it',
};

/** Every word that the recipient is shown: who asks, on what ground, what for and until when, and the items that were agreed. */
const seenRows = (
  { fromAgency, ground, purpose, handOver, answerBy }: Referral,
  { shown, until }: Pick<Grant, 'shown' | 'until'>,
  agencies: Agencies,
): Model[] => [
  ...[
    ['From', agencyOf(agencies, fromAgency)],
    ['On what ground', groundWords[ground]],
    ['What for', purpose ?? tellingPurposes[0]],
    ['You can see this until', lastDayOf(until)],
    ...(answerBy ? [['An answer is needed by', hourWords(answerBy)]] : []),
    ['Who answers for the person', handOver ? 'you, from when you take this on' : 'whoever asks, as before'],
  ].map(([key, text]) => ({ key: { text: key }, value: { text } })),
  ...shownRows(shown),
];

type Recipient = Pick<Agency, 'id' | 'name'>;

export type Referring = {
  readonly note: Note;
  readonly consents: readonly Consent[];
  readonly recipients: readonly Recipient[];
  readonly agencies: Agencies;
};

const tellHints: Partial<Record<Shareable, string>> = {
  'what the person wants': 'As it stands in the note, word for word.',
  'what the person was advised': 'As it stands in the note.',
};

export function referPage(
  { note, consents, recipients, agencies }: Referring,
  id: string,
  typed?: Answers,
  errors: FormErrors = {},
): Model {
  const ask = new Asking(typed, errors);
  return {
    title: 'Ask an agency to help',
    caption: `A person met in ${note.town}, ${longDay(note.day)}`,
    errors,
    lead: [
      'Before it is sent you see exactly what they will see. That it was sent, and to whom, is written down.',
      neverConditional,
    ],
    button: 'Show what they will see',
    cancel: `/staff/safeguarding/notes/${note.id}`,
    fields: [
      ask.one('agreed', 'Has the person agreed that this agency sees this?', [
        ...consents.map((consent) => ({
          value: byConsent(consent.id),
          text: `Yes: ${agencyOf(agencies, consent.recipient)}, ${consent.purpose}, until ${lastDayOf(consent.until)}`,
          hint: {
            text: `Exactly this is sent: ${listOf(consent.items)}. Who, what for and how long need no answer below.`,
          },
        })),
        {
          value: 'agreed',
          text: consents.length > 0 ? 'Yes, to something else' : 'Yes',
          hint: { text: 'Kept as your word that the person agreed, to what you fill in below.' },
        },
        {
          value: 'under 18 or age not known',
          text: 'Under 18, or age not known',
          hint: { text: 'Help is arranged in any case; ask and explain all the same.' },
        },
        {
          value: 'vital interests',
          text: 'Not asked, or not agreed: somebody may die or be gravely harmed',
          hint: { text: 'You answer for it by name. Say why below.' },
        },
        {
          value: 'statutory duty',
          text: 'A law requires it',
          hint: { text: 'A safeguarding lead alone. Say why below.' },
        },
        {
          value: 'court order',
          text: 'A court ordered it',
          hint: { text: 'A safeguarding lead alone. Say why below.' },
        },
        {
          value: 'not agreed',
          text: 'No, and the person is known to be an adult',
          hint: { text: 'Then nothing is sent. The offer stays open.' },
        },
      ]),
      ask.words('reasons', 'If the person has not agreed: why it is told all the same', {
        hint: 'So that somebody else can judge it. Kept under seal.',
        most: 1_000,
      }),
      ask.one(
        'to',
        'Who is asked',
        recipients.map((one) => ({ value: one.id, text: one.name })),
      ),
      ask.many(
        'needs',
        'What is help asked for?',
        referrable.map((need) => ({ value: need, text: capital(need) })),
        { value: note.needs },
      ),
      ask.words('words', 'What they need to know to help', {
        hint: 'Only what the person has agreed to.',
        most: 2_000,
      }),
      ask.many(
        'also',
        'What else may they be told?',
        tellable.map((item) => ({
          value: item,
          text: capital(item),
          ...(tellHints[item] && { hint: { text: tellHints[item] } }),
        })),
      ),
      ask.text('reach', 'How to reach the person safely', { hint: 'Which way and when, and what never to do.' }),
      ask.choose('purpose', 'What is it for?', tellingPurposes, { value: tellingPurposes[0] }),
      ask.choose(
        'days',
        'For how long may they see it?',
        seenFor.map((value, index) => ({ value, text: ['One week', 'Four weeks', 'Three months'][index] ?? value })),
        { value: '28' },
      ),
      ask.choose('answer', 'By when must they have answered?', answerTimes, { value: 'by the next working day' }),
      ask.many('handOver', 'Who answers for the person afterwards?', [
        { value: 'yes', text: 'The agency asked, from when it takes this on' },
      ]),
      ask.hidden('id', id),
      ask.hidden('step', 'preview'),
    ],
  };
}

/** The page before sending: what they will see, word for word, and two ways on. */
export function previewPage({ referral, shown, until }: MadeReferral, agencies: Agencies, body: unknown): Model {
  const typed = answersOf(body);
  const kept = Object.entries(typed)
    .filter(([name]) => !['step', '_csrf'].includes(name))
    .flatMap(([name, values]) => [values].flat().map((value) => ({ name, value: String(value) })));
  return {
    title: `What ${agencyOf(agencies, referral.toAgency)} will see`,
    address: `/staff/safeguarding/notes/${referral.noteId}/refer`,
    back: { href: `/staff/safeguarding/notes/${referral.noteId}`, text: 'The note' },
    to: agencyOf(agencies, referral.toAgency),
    rows: seenRows(referral, { shown, until }, agencies),
    kept,
  };
}

export const referralsPage = (
  referrals: readonly ListedReferral[],
  agencies: Agencies,
  pages: Pages,
  decides: boolean,
  now: Date,
): Model => ({
  title: 'Referrals',
  back: { href: '/staff/safeguarding', text: 'Safeguarding' },
  lead: [
    decides
      ? 'Requests for help to your agency, with what it was agreed that you see. What is declined, finished, taken back or run out is seen no longer.'
      : 'Requests for help that were sent, and what came of them.',
  ],
  actions: [
    {
      href: '/staff/safeguarding/ended',
      text: 'What is over',
      secondary: true,
    },
  ],
  sections: [{ ...referralsTable(referrals, agencies, 'Requests for help', now), pages }],
});

export type ShownReferral = {
  readonly referral: Referral;
  readonly grant: Grant | undefined;
  readonly messages: readonly Message[];
  readonly agencies: Agencies;
  readonly names: Names;
  readonly decides: boolean;
  readonly talks: boolean;
  readonly now: Date;
};

function standsAt({ referral, grant, names, agencies, now }: ShownReferral): Model {
  const { state, decidedBy, decidedAt, reason, ended, endedAt, outcome } = referral;
  const at = endedAt ? `, ${hourWords(endedAt)}` : '';
  if (ended === 'taken back')
    return {
      kind: 'unwise',
      title: 'Taken back',
      text: `The person took this back${at}. ${agencyOf(agencies, referral.toAgency)} sees nothing of it any more, and was told.`,
    };
  if (ended === 'finished') return { kind: 'good', title: 'Finished', text: `${capital(outcome ?? 'finished')}${at}.` };
  const decision = `By ${nameOf(names, decidedBy)}, ${decidedAt ? hourWords(decidedAt) : ''}.${reason ? ` Why: ${reason}` : ''}`;
  if (state === 'declined') return { kind: 'unwise', title: 'Declined', text: decision };
  if (!grant || standingOfGrant(grant, now) === 'run out')
    return {
      kind: 'sealed',
      title: 'Over',
      text: 'What was agreed has run out: they see nothing of it any more. Ask the person anew.',
    };
  if (state === 'accepted') return { kind: 'good', title: 'Accepted', text: decision };
  if (isLate(referral, now))
    return { kind: 'unwise', title: 'Nobody has answered in time', text: 'Ring them, or ask somebody else to help.' };
  return { kind: 'waiting', title: 'Waiting', text: 'It has not been accepted or declined yet.' };
}

export function referralPage(view: ShownReferral): Model {
  const { referral, grant, messages, agencies, names, decides, talks } = view;
  const at = `/staff/safeguarding/referrals/${referral.id}`;
  return {
    title: 'A request for help',
    caption: `To ${agencyOf(agencies, referral.toAgency)}`,
    back: { href: '/staff/safeguarding/referrals', text: 'Referrals' },
    actions: [
      ...(decides && referral.state === 'sent' ? [{ href: `${at}/decide`, text: 'Accept or decline' }] : []),
      ...(decides && referral.state === 'accepted' ? [{ href: `${at}/finish`, text: 'Finish' }] : []),
      ...(talks
        ? [{ href: `${at}/ask`, text: decides ? 'Ask a question' : 'Answer a question', secondary: true }]
        : []),
    ],
    sections: [
      { kind: 'states', title: 'Where it stands', items: [standsAt(view)] },
      ...(grant
        ? [
            {
              kind: 'summary',
              title: 'What was agreed',
              rows: seenRows(referral, grant, agencies),
              links:
                talks && !decides
                  ? [{ href: atPerson(grant.personId), text: 'What was agreed, and who was told' }]
                  : [],
            },
          ]
        : []),
      ...(messages.length > 0
        ? [
            {
              kind: 'timeline',
              title: 'Questions and answers',
              items: messages.map(({ authorId, agencyId, item, words, writtenAt }) => ({
                title: item ? `Answer, about ${item}` : 'Question',
                by: `${nameOf(names, authorId)}, ${agencyOf(agencies, agencyId)}`,
                when: hourWords(writtenAt),
                text: words,
              })),
            },
          ]
        : []),
    ],
  };
}

export function decidePage(referral: Referral, typed?: Answers, errors: FormErrors = {}): Model {
  const ask = new Asking(typed, errors);
  return {
    title: 'Does your agency take this on?',
    errors,
    lead: ['What you decline you see no longer. Ask a question first where you cannot tell.'],
    cancel: `/staff/safeguarding/referrals/${referral.id}`,
    fields: [
      ask.one('decision', 'Decision', [
        { value: 'accepted', text: 'We take it on' },
        { value: 'declined', text: 'We decline it' },
      ]),
      ask.words('reason', 'If you decline, why', {
        hint: 'Whoever asked reads this, so that help can be found elsewhere. Kept under seal.',
        most: 1_000,
      }),
    ],
  };
}

export function finishPage(referral: Referral, errors: FormErrors = {}): Model {
  const ask = new Asking({}, errors);
  return {
    title: 'How did it end?',
    errors,
    lead: ['When it is finished you see it no longer.'],
    button: 'Finish',
    cancel: `/staff/safeguarding/referrals/${referral.id}`,
    fields: [ask.one('outcome', 'How it ended', helpEndings)],
  };
}

export type Talk = { readonly referral: Referral; readonly grant: Grant; readonly asks: boolean };

export function messagePage(
  { referral, grant, asks }: Talk,
  id: string,
  typed?: Answers,
  errors: FormErrors = {},
): Model {
  const ask = new Asking(typed, errors);
  return {
    title: asks ? 'Ask a question' : 'Answer a question',
    errors,
    lead: [
      asks
        ? 'Ask what you need to know to decide or to help. Whoever asked you can tell you what the person agreed to, and no more.'
        : 'They see this for as long as they see the rest. For anything that the person has not agreed to, ask the person first.',
    ],
    button: 'Send',
    cancel: `/staff/safeguarding/referrals/${referral.id}`,
    fields: [
      ...(asks ? [] : [ask.one('item', 'Which of what was agreed is this about?', grant.items)]),
      ask.words('words', asks ? 'Your question' : 'Your answer', { hint: 'Kept under seal.', most: 1_000 }),
      ask.hidden('id', id),
    ],
  };
}

const askAnew = (what: string): FormErrors => ({ agreed: `${what}. Ask the person anew, or send it without that` });

export const referralRefusals: Record<
  ReferralRefusal | DecisionRefusal | FinishRefusal | MakingRefusal | 'not agreed to tell',
  FormErrors
> = {
  'not a recipient': { to: 'Select an agency of the list' },
  'not agreed': {
    agreed:
      'Nothing was sent: an adult decides, and the offer of help stays open. Where the age is not known, select “Under 18, or age not known”: help is arranged in any case',
  },
  'already decided': { '': 'Somebody of your agency has decided this already. Look at what was decided' },
  'reason missing': { reason: 'Say why, so that help can be found elsewhere' },
  over: { '': 'This is over. Nothing was changed' },
  'not taken on': { '': 'Nobody has taken this on yet. Accept or decline it first' },
  'taken back': askAnew('Nothing was sent: what the person agreed to has been taken back or has run out'),
  'run out': askAnew('Nothing was sent: what the person agreed to has run out'),
  'another person': askAnew('Nothing was sent: somebody else agreed to that'),
  'another act': askAnew('Nothing was sent: that was agreed for something else'),
  'another recipient': askAnew('Nothing was sent: that was agreed for another agency'),
  'another purpose': askAnew('Nothing was sent: that was agreed for another purpose'),
  'longer than agreed': askAnew('Nothing was sent: that was agreed for a shorter time'),
  'nothing to show': { words: 'Write what they need to know' },
  'a lead approves': { agreed: 'Nothing was sent: for this ground a safeguarding lead answers. Ask yours' },
  'no reasons': { reasons: 'Say why it is told without agreement, so that somebody else can judge it' },
  'not agreed to tell': { item: 'Select which of what was agreed this is about' },
};
