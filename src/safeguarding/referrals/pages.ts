/** Pages of referrals to one agency, with exactly the items that it was agreed to see. */

import type { z } from 'zod';
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { CasePage, FormPage, Link, ListPage, PageAction, StateItem } from '../../platform/rendering/pages.ts';
import { type Pages, withQuery } from '../../platform/rendering/paging.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { draftGroup } from '../../vocabulary/information-shared.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { consentPaths, sharingPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { findPhone } from '../../vocabulary/phone-numbers.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { deriveGrantStatus, type Grant } from '../consent/grant.ts';
import type { ImmediateDisclosureRefusal } from '../disclosures/disclosure.ts';
import { documentsSection } from '../documents/shown-documents.ts';
import { type NotifiedState, notifiedSection } from '../information-sharing/notified-words.ts';
import { type Agencies, agencyOf, referralsTable } from '../notes/pages.ts';
import type { CreateReferralRefusal } from './create-referral.ts';
import { dutySections, immediateDisclosureRefusals, recipientRows } from './form-pages.ts';
import type { DoneQuery } from './forms.ts';
import {
  type DecisionRefusal,
  type DocumentSelectionRefusal,
  type FinishRefusal,
  findSenderPhone,
  isDraftOutcome,
  isLate,
  type Message,
  notSubmitted,
  parseSubmissionResult,
  type Referral,
  type ReferralRefusal,
  type TakeBackRefusal,
} from './referral.ts';
import type { ListedReferral } from './store.ts';
import { subjectPath } from './subject.ts';

export const referralsPage = (
  referrals: readonly ListedReferral[],
  agencies: Agencies,
  pages: Pages,
  decides: boolean,
  now: Date,
  done?: Done,
): ListPage => ({
  title: 'Referrals',
  ...(done && {
    done: `${done === 'declined' ? 'Declined' : 'Finished'}. The agency that sent it reads this on its Home page. You can no longer see it.`,
  }),
  back: { href: notePaths.list(), text: 'Contact notes' },
  lead: [
    decides
      ? 'Referrals to your agency, with the information the person agreed to share. You lose access when a referral is declined, finished, withdrawn or expired.'
      : 'Referrals that were sent, with their outcomes.',
  ],
  actions: [
    { href: sharingPaths.received(), text: 'Received information', secondary: true },
    { href: consentPaths.ends(), text: 'Access that has ended', secondary: true },
  ],
  list: {
    ...referralsTable(referrals, agencies, 'Referrals', now),
    ...(decides && { empty: 'No open referrals to your agency. New referrals appear here.' }),
    pages,
  },
});

export type ReferralPageData = {
  readonly referral: Referral;
  readonly grant: Grant | undefined;
  readonly messages: readonly Message[];
  readonly agencies: Agencies;
  readonly names: MemberNames;
  readonly decides: boolean;
  readonly talks: boolean;
  readonly opensPerson: boolean;
  /** The reader may send it on paper or as a sealed file. */
  readonly sends: boolean;
  /** The reader belongs to the agency that sent it. */
  readonly ours: boolean;
  readonly asksOthers: boolean;
  /** The recipient waits for an answer. */
  readonly questioned: boolean;
  /** Whether the recipient was notified, for the sender. */
  readonly notified: NotifiedState | undefined;
  readonly done?: Done;
  readonly now: Date;
};

function referralStatus({ referral, grant, names, agencies, ours, now }: ReferralPageData): StateItem {
  const { state, decidedBy, decidedAt, reason, ended, endedAt, outcome } = referral;
  const at = endedAt ? `, ${formatHour(endedAt)}` : '';
  if (ended === 'taken back')
    return {
      kind: 'unwise',
      title: 'Withdrawn',
      text: `${referral.ground === 'agreed' ? 'The person withdrew consent' : 'The sender withdrew it'}${at}. ${agencyOf(agencies, referral.toAgency)} can no longer see it.`,
    };
  if (ended === 'finished' && outcome === notSubmitted)
    return {
      kind: 'unwise',
      title: 'Not submitted',
      text: `${agencyOf(agencies, referral.toAgency)} does not submit the referral${at}.${ours ? ' See the reason below. Ask another first responder. Other help goes on.' : ''}`,
    };
  if (ended === 'finished') return { kind: 'good', title: 'Finished', text: `${capital(outcome ?? 'finished')}${at}.` };
  const decision = `By ${getMemberName(names, decidedBy)}, ${decidedAt ? formatHour(decidedAt) : ''}.${reason ? ` ${state === 'declined' ? 'Why' : 'Their answer'}: ${reason}` : ''}`;
  if (state === 'declined') return { kind: 'unwise', title: 'Declined', text: decision };
  if (!grant || deriveGrantStatus(grant, now) === 'run out')
    return {
      kind: 'sealed',
      title: 'Over',
      text: 'The consent has expired, so they have lost access. Ask the person again.',
    };
  const submits = !ours && grant.items.includes(draftGroup);
  if (state === 'accepted')
    return {
      kind: 'good',
      title: 'Accepted',
      text: `${decision}${submits ? ' Submit the draft below through the Home Office service. Then choose “Finish” and record the outcome for the sender.' : ''}`,
    };
  if (isLate(referral, now))
    return { kind: 'unwise', title: 'The answer is overdue', text: 'Call the agency, or refer to another one.' };
  return {
    kind: 'waiting',
    title: 'Waiting',
    text: referral.outside
      ? 'This agency is not on Safelight. Send the letter or the encrypted file, then record their answer here.'
      : 'It has not been accepted or declined yet.',
  };
}

/** Next actions of the sender: answer, ask another agency, or take it back. */
function senderActions({ referral, grant, ours, asksOthers, talks, questioned, now }: ReferralPageData): PageAction[] {
  if (!ours) return [];
  const { noteId, personId } = referral;
  const open = isSeen(grant, now);
  const again = personId ? referralPaths.ofPerson(personId) : referralPaths.ofNote(String(noteId));
  return [
    ...(asksOthers && personId && referral.outcome === notSubmitted
      ? [
          { href: nrmPaths.raise(personId), text: 'Ask another first responder' },
          { href: peoplePaths.help(personId), text: 'Other help of this person', secondary: true },
        ]
      : []),
    ...(asksOthers && referral.outcome !== notSubmitted && (!open || isLate(referral, now))
      ? [{ href: again, text: 'Ask another agency' }]
      : []),
    ...(talks
      ? [
          {
            href: referralPaths.message(referral.id),
            text: questioned ? 'Answer a question' : 'Send more information',
            secondary: true,
          },
        ]
      : []),
    ...(open && grant && !referral.outside
      ? [{ href: sharingPaths.letter(grant.id), text: 'Print as a letter', secondary: true }]
      : []),
    { href: subjectPath({ recordId: personId, noteId }), text: personId ? 'The record' : 'The note', secondary: true },
    ...(open && grant?.disclosureId
      ? [{ href: referralPaths.takingBack(referral.id), text: 'Withdraw the referral', secondary: true }]
      : []),
    ...(open && grant?.consentId
      ? [
          {
            href: consentPaths.withdrawal(grant.consentId),
            text: 'Withdraw consent',
            secondary: true,
          },
        ]
      : []),
  ];
}
const isSeen = (grant: Grant | undefined, now: Date): boolean =>
  grant !== undefined && deriveGrantStatus(grant, now) === 'open';

function formatMessage(message: Message, referral: Referral): { readonly title: string; readonly text: string } {
  const { item, words } = message;
  if (!isDraftOutcome(message, referral))
    return { title: item ? `Answer, about ${wordsOf(item)}` : 'Question', text: words };
  const { day, number, why } = parseSubmissionResult(words, referral);
  if (why) return { title: 'Why it was not submitted', text: why };
  const on = day ? `On ${longDay(day)}.` : '';
  return { title: 'Submitted', text: `${on}${number ? ` The number that the service gave: ${number}` : ''}`.trim() };
}

/** What was done just now. */
type Done = z.output<typeof DoneQuery>['done'];
const formatSuccessMessage = (
  done: Done,
  { referral, agencies }: Pick<ReferralPageData, 'referral' | 'agencies'>,
): string => {
  const [to, from] = [referral.toAgency, referral.fromAgency].map((id) => agencyOf(agencies, id));
  if (done === 'sent')
    return `The referral is sent. ${to} finds it on its first page when it signs in. Safelight does not call anybody. If it cannot wait, telephone them too.`;
  if (done === 'said') return 'The message is sent.';
  if (referral.outside) return 'The answer is recorded.';
  return done === 'accepted'
    ? `You accepted the referral. ${from} reads it on its Home page. Safelight does not call anybody.`
    : '';
};

/** The page of a referral that was just sent; the letter is still to be sent where nobody of theirs reads it here. */
export const sentReferralPath = ({ id, outside }: Referral): string =>
  withQuery(referralPaths.referral(id), { done: outside ? undefined : 'sent' });

/** Next actions of the member who decides: answer, finish, open a record, ask. */
const recipientActions = ({ referral, grant, decides, talks, opensPerson, sends }: ReferralPageData): PageAction[] => [
  ...(sends && grant ? [{ href: sharingPaths.letter(grant.id), text: 'As a letter or a sealed file' }] : []),
  ...(decides && referral.state === 'sent'
    ? [
        {
          href: referralPaths.decision(referral.id),
          text: sends ? 'Write down what they answered' : 'Accept or decline',
        },
      ]
    : []),
  ...(decides && referral.state === 'accepted'
    ? [
        { href: referralPaths.finish(referral.id), text: 'Finish' },
        ...(opensPerson
          ? [
              {
                href: `${peoplePaths.search()}?from=referral:${referral.id}`,
                text: 'Open a record of this person',
                secondary: true,
              },
            ]
          : []),
      ]
    : []),
  ...(talks && decides ? [{ href: referralPaths.message(referral.id), text: 'Ask a question', secondary: true }] : []),
];

/** The number that the sender gave, to tap. */
function senderPhoneLinks(referral: Referral): Link[] {
  const phone = findSenderPhone(referral);
  const href = phone && findPhone(phone)?.address;
  return href ? [{ href, text: `Call the sender: ${phone}` }] : [];
}

export function referralPage(view: ReferralPageData): CasePage {
  const { referral, grant, messages, agencies, names, decides, talks, ours, now } = view;
  return {
    title: `Referral ${referenceOf('referral', referral.id)}`,
    done: view.done && formatSuccessMessage(view.done, view),
    caption: `To ${agencyOf(agencies, referral.toAgency)}`,
    back: { href: referralPaths.list(), text: 'Referrals' },
    actions: [...recipientActions(view), ...senderActions(view)],
    sections: [
      { kind: 'states', title: 'Status', items: [referralStatus(view)] },
      ...notifiedSection(referral, view.notified, agencyOf(agencies, referral.toAgency)),
      ...(grant
        ? [
            {
              kind: 'summary' as const,
              title:
                referral.ground === 'agreed'
                  ? 'Information the person agreed to share'
                  : 'Information shared on this ground',
              rows: recipientRows(referral, grant, agencies, { over: !isSeen(grant, now), ours }),
              links: [
                ...(ours || !isSeen(grant, now) ? [] : senderPhoneLinks(referral)),
                ...(talks && !decides
                  ? [{ href: consentPaths.overview(grant.personId), text: 'Consent and disclosures' }]
                  : []),
              ],
            },
            ...(deriveGrantStatus(grant, now) === 'open' ? documentsSection(grant.shown) : []),
          ]
        : []),
      ...(ours ? [] : dutySections(agencies.get(referral.toAgency)?.kind)),
      ...(messages.length > 0
        ? [
            {
              kind: 'timeline' as const,
              title: 'Questions and answers',
              items: messages.map((message) => ({
                ...formatMessage(message, referral),
                by: `${getMemberName(names, message.authorId)}, ${agencyOf(agencies, message.agencyId)}`,
                when: formatHour(message.writtenAt),
              })),
            },
          ]
        : []),
    ],
  };
}

export type MessageFormData = { readonly referral: Referral; readonly grant: Grant; readonly asks: boolean };

export const messagePage = ({ referral, grant, asks }: MessageFormData, id: string): FormPage => ({
  title: asks ? 'Ask a question' : 'Answer, or send more information',
  lead: [
    asks
      ? 'Ask for the information you need to decide or to help. The agency can share only with the person’s consent.'
      : 'They can see it as long as they can see the referral. Ask the person before you share anything else.',
  ],
  button: 'Send',
  cancel: referralPaths.referral(referral.id),
  fields: (ask) => [
    ...(asks ? [] : [ask.one('item', 'Item that this is about', grant.items)]),
    ask.words('words', asks ? 'Your question' : 'Your answer', { hint: 'It is encrypted.', most: 1_000 }),
    ask.hidden('id', id),
  ],
});

const askAgainError = (what: string): FormErrors => ({
  agreed: `${what}. Ask the person again, or leave it out`,
});

/** The consent names an agency that cannot be asked here, and there is no other to select. */
export const unreachableRecipientError: FormErrors = {
  '': 'Nothing was sent. This agency does not receive referrals here. Ask the person about another agency',
};

export const referralRefusals: Record<
  | ReferralRefusal
  | DecisionRefusal
  | FinishRefusal
  | TakeBackRefusal
  | CreateReferralRefusal
  | DocumentSelectionRefusal
  | 'not agreed to tell'
  | 'asked already'
  | 'no reasons'
  | 'draft not frozen'
  | ImmediateDisclosureRefusal,
  FormErrors
> = {
  'not a recipient': { to: 'Select an agency of the list' },
  'not agreed': {
    agreed:
      'Nothing was sent, because an adult decides for themselves. If the age is not known, select “Under 18, or age not known”',
  },
  'known adult': {
    agreed:
      'Nothing was sent. The record says the person is an adult, so they decide. If that is wrong, correct the record first',
  },
  'known child': {
    agreed: 'Nothing was sent. The record says the person is under 18. Select “Under 18”',
  },
  'consent to something else': {
    agreed: 'Nothing was sent. This consent is for something else. Select “Under 18, or age not known”',
  },
  'already decided': { '': 'A colleague has already decided this. Read their decision' },
  'reason missing': { reason: 'Give the reason, so that the sender can find other help' },
  over: { '': 'This referral has ended. Nothing was changed' },
  'not taken on': { '': 'Accept or decline this referral first' },
  'rests on what was agreed': { '': 'This referral is based on consent. Withdraw the consent instead' },
  'asked already': {
    '': 'Nothing was sent. This agency already has a referral for this help. Send more information there, or select other help',
  },
  'taken back': askAgainError('Nothing was sent: the consent was withdrawn or has expired'),
  'run out': askAgainError('Nothing was sent: the consent has expired'),
  'another person': askAgainError('Nothing was sent: this is another person’s consent'),
  'another act': askAgainError('Nothing was sent: the consent is for something else'),
  'another recipient': askAgainError('Nothing was sent: the consent is for another agency'),
  'another purpose': askAgainError('Nothing was sent: the consent is for another purpose'),
  'longer than agreed': askAgainError('Nothing was sent: the consent is for a shorter time'),
  'nothing to show': { words: 'Write the information needed to help' },
  'not approved': { '': 'Nothing was sent: a second person has not approved it' },
  'another asked': { '': 'Nothing was sent: the colleague who asked for it must send it' },
  ...immediateDisclosureRefusals,
  'no reasons': { reasons: 'Say why you share this without consent, so that a colleague can decide' },
  'draft not frozen': {
    papers: 'Nothing was sent: a second person cannot read this draft. Make it again from the NRM referral',
  },
  'no such paper': { papers: 'Select documents from the list: one of these is not on the record' },
  'paper not agreed': {
    papers:
      'Nothing was sent: the person did not agree to share documents of that group. Leave them out, or ask the person again',
  },
  'not agreed to tell': { item: 'Select the agreed item this is about' },
};
