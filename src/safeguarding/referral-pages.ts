/** What this room asks and shows of referrals: to one agency, with exactly what it was agreed that it sees. */
import type { Agency } from '../partnership/index.ts';
import { type Names, nameOf } from '../platform/earlier.ts';
import { Asking } from '../platform/fields.ts';
import { type Answers, answersOf } from '../platform/forms.ts';
import type { FormErrors } from '../platform/http.ts';
import type { Pages } from '../platform/paging.ts';
import type { Model } from '../platform/views.ts';
import { longDay } from '../vocabulary/days.ts';
import { capital, listOf } from '../vocabulary/english.ts';
import { referrable } from './forms.ts';
import type { Note } from './note.ts';
import { type Agencies, agencyOf, hourWords, neverConditional, referralsTable } from './pages.ts';
import {
  type Agreed,
  agreedOf,
  type DecisionRefusal,
  grounds,
  type Referral,
  type ReferralRefusal,
} from './referral.ts';
import type { ListedReferral } from './referral-store.ts';

/** Every word that the recipient is shown. */
export const agreedRows = ({ day, fromAgency, needs, ground, words }: Agreed, agencies: Agencies): Model[] =>
  [
    ['From', agencyOf(agencies, fromAgency)],
    ['Met on', longDay(day)],
    ['Asks for help with', listOf(needs)],
    ['On what ground', ground === 'agreed' ? 'the person has agreed' : 'under 18, or age not known'],
    ['In words', words],
  ].map(([key, text]) => ({ key: { text: key }, value: { text } }));

type Recipient = Pick<Agency, 'id' | 'name'>;

export function referPage(
  note: Note,
  recipients: readonly Recipient[],
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
        hint: 'Only what the person has agreed to. How to reach the person safely, if that was agreed.',
        most: 2_000,
      }),
      ask.one('agreed', 'Has the person agreed that this agency sees this?', [
        { value: grounds[0], text: 'Yes' },
        {
          value: grounds[1],
          text: 'Under 18, or age not known',
          hint: { text: 'Help is arranged in any case; ask and explain all the same.' },
        },
        {
          value: 'not agreed',
          text: 'No, and the person is known to be an adult',
          hint: { text: 'Then nothing is sent. The offer stays open.' },
        },
      ]),
      ask.hidden('id', id),
      ask.hidden('step', 'preview'),
    ],
  };
}

/** The page before sending: what they will see, word for word, and two ways on. */
export function previewPage(referral: Referral, agencies: Agencies, body: unknown): Model {
  const { to, needs, words, agreed, id } = answersOf(body);
  const kept = [
    ...Object.entries({ to, words, agreed, id }).map(([name, value]) => ({ name, value: String(value) })),
    ...[needs].flat().map((need) => ({ name: 'needs', value: String(need) })),
  ];
  return {
    title: `What ${agencyOf(agencies, referral.toAgency)} will see`,
    address: `/staff/safeguarding/notes/${referral.noteId}/refer`,
    back: { href: `/staff/safeguarding/notes/${referral.noteId}`, text: 'The note' },
    to: agencyOf(agencies, referral.toAgency),
    rows: agreedRows(agreedOf(referral), agencies),
    kept,
  };
}

export const referralsPage = (
  referrals: readonly ListedReferral[],
  agencies: Agencies,
  pages: Pages,
  decides: boolean,
): Model => ({
  title: 'Referrals',
  back: { href: '/staff/safeguarding', text: 'Safeguarding' },
  lead: [
    decides
      ? 'Requests for help to your agency, with what it was agreed that you see.'
      : 'Requests for help that were sent, and what came of them.',
  ],
  sections: [{ ...referralsTable(referrals, agencies, 'Requests for help'), pages }],
});

export type ShownReferral = {
  readonly referral: Referral;
  readonly agencies: Agencies;
  readonly names: Names;
  readonly decides: boolean;
};

export function referralPage({ referral, agencies, names, decides }: ShownReferral): Model {
  const { state, decidedBy, decidedAt, reason, toAgency } = referral;
  return {
    title: 'A request for help',
    caption: `To ${agencyOf(agencies, toAgency)}`,
    back: { href: '/staff/safeguarding/referrals', text: 'Referrals' },
    actions: decides
      ? [{ href: `/staff/safeguarding/referrals/${referral.id}/decide`, text: 'Accept or decline' }]
      : [],
    sections: [
      {
        kind: 'states',
        title: 'Where it stands',
        items: [
          state === 'sent'
            ? { kind: 'waiting', title: 'Waiting', text: 'It has not been accepted or declined yet.' }
            : {
                kind: state === 'accepted' ? 'good' : 'unwise',
                title: capital(state),
                text: `By ${nameOf(names, decidedBy)}, ${decidedAt ? hourWords(decidedAt) : ''}.${reason ? ` Why: ${reason}` : ''}`,
              },
        ],
      },
      { kind: 'summary', title: 'What was agreed', rows: agreedRows(agreedOf(referral), agencies) },
    ],
  };
}

export function decidePage(referral: Referral, typed?: Answers, errors: FormErrors = {}): Model {
  const ask = new Asking(typed, errors);
  return {
    title: 'Does your agency take this on?',
    errors,
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

export const referralRefusals: Record<ReferralRefusal | DecisionRefusal, FormErrors> = {
  'not a recipient': { to: 'Select an agency of the list' },
  'not agreed': {
    agreed:
      'Nothing was sent: an adult decides, and the offer of help stays open. Where the age is not known, select “Under 18, or age not known”: help is arranged in any case',
  },
  'already decided': { '': 'Somebody of your agency has decided this already. Look at what was decided' },
  'reason missing': { reason: 'Say why, so that help can be found elsewhere' },
};
