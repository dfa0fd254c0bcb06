/** Pages for handing a draft to a first responder: what it means, what they answered, and the form to record that they submitted it. */

import { draftJson, missingAnswers, type PrintedForm, toPrintedForm } from '../../nrm/index.ts';
import { digest } from '../../platform/crypto/crypto.ts';
import { namedOptions } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage, Section, StateItem } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { counted, countWord, listOf, plural } from '../../vocabulary/languages/english.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import type { ReferredDocument } from '../documents/referred-documents.ts';
import { type Agencies, agencyOf } from '../notes/pages.ts';
import type { OpenedNrmReferral } from '../nrm-drafts/audited-reads.ts';
import type { FirstResponderDraft, NrmReferral } from '../nrm-drafts/nrm-referral.ts';
import type { FirstResponderAgency, NrmReferralPageData } from '../nrm-drafts/page-model.ts';
import { submitterFillsIn } from '../nrm-form/known-facts.ts';
import { type FrozenDraft, isAccepted, type RequestRefusal, type SubmittedRefusal } from './first-responder-request.ts';

/** The name of the document for its readers: the day, and the version if there are several. */
export const paperName = (day: string, nth: number): string =>
  `Draft of a referral to the NRM, ${longDay(day)}${nth > 1 ? `, version ${nth}` : ''}`;

export const requestLinkText = (to: readonly FirstResponderAgency[]): string =>
  `Hand it to ${to.length === 1 ? to[0]?.name : 'a first responder'}`;

export const submitterAnswersWords = (count: number): string =>
  `The first responder fills in ${countWord(count)} ${plural(count, 'answer', 'answers')} about themselves.`;

/** The ground that the request will rest on. */
function nextWords({ fork }: NrmReferral, age: FirstResponderDraft['referredAs']): string {
  if (age !== 'adult')
    return 'Next, you send them a referral. For a person who is or may be under 18, a colleague must approve it first.';
  return fork.able?.answer === 'no'
    ? 'Next, you send them a referral. Name the best-interests decision maker and the law there. A colleague must approve it first.'
    : 'Next you ask them, as for any help: with the person’s yes that they see this, or after a second person has approved it.';
}

/** A form under the draft that is handed over. */
export type RequestPage = FormPage & { readonly paper: PrintedForm };
declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'safeguarding/first-responder-requests/first-responder-request': RequestPage;
  }
}

/** Nothing is sent from here: the page leads to the referral to support, which has its own rules. */
export function requestPage(
  { concern, person: { called }, handTo }: OpenedNrmReferral,
  { draft, referredAs: age }: FrozenDraft,
): RequestPage {
  const { missing, left } = missingAnswers(draft, submitterFillsIn);
  return {
    title: requestLinkText(handTo),
    caption: `NRM referral of ${called}`,
    lead: [
      'They get the draft below as a document of today. They submit from it, so the person need not repeat it.',
      `Nothing is sent yet. ${nextWords(concern, age)}`,
      missing > 0
        ? `${counted(missing, 'answer is', 'answers are')} not known yet. They can submit without, or ask you.`
        : 'No answer of the form is missing.',
      ...(left > 0 ? [submitterAnswersWords(left)] : []),
      `It tells who the person is. They can no longer open the document once ${age === 'adult' ? 'the person withdraws consent, or you withdraw the request' : 'you withdraw the request'}.`,
    ],
    paper: toPrintedForm(draft, submitterFillsIn),
    action: nrmPaths.firstResponder(concern.id),
    fields: (ask) => [
      ask.hidden('digest', digest(draftJson(draft))),
      ...(handTo.length === 1
        ? [ask.hidden('to', String(handTo[0]?.id))]
        : [ask.one('to', 'Who is it for?', namedOptions(handTo))]),
    ],
    button: 'Go on: ask them',
    cancel: nrmPaths.referral(concern.id),
  };
}

export const requestRefusals: Record<RequestRefusal | 'nobody' | 'too many', FormErrors> = {
  'nothing to hand': { '': 'There is no draft to send. Open the NRM referral' },
  'another draft': {
    '': 'The draft has changed since you opened this page. Read it again',
  },
  nobody: { to: 'Select the first responder' },
  'too many': { '': 'Nothing was sent: the record holds no more documents. Export the draft instead' },
};

function describeProgress({ state, ended, outcome, over }: ReferredDocument): {
  readonly kind: StateItem['kind'];
  readonly words: string;
} {
  if (ended === 'taken back') return { kind: 'sealed', words: 'taken back' };
  if (ended === 'finished')
    return outcome === 'help given'
      ? { kind: 'good', words: 'they say that it was submitted' }
      : outcome === 'not submitted'
        ? { kind: 'unwise', words: 'they do not submit it' }
        : { kind: 'unwise', words: outcome ?? 'finished' };
  if (state === 'declined') return { kind: 'unwise', words: 'declined' };
  if (over) return { kind: 'sealed', words: 'over' };
  return state === 'accepted'
    ? { kind: 'good', words: 'taken on' }
    : { kind: 'waiting', words: 'asked, and no answer yet' };
}

/** Whether their draft equals the current one. */
const draftChangedWords = (held: FirstResponderDraft, now: string | null): string =>
  now === null || held.digest === now
    ? ''
    : ` The draft has changed since: what they hold is of ${longDay(held.on)}. Send it again.`;

function itemOf(one: ReferredDocument, concern: NrmReferral, agencies: Agencies, now: string | null): StateItem[] {
  const held = concern.handed.find(({ paperId }) => paperId === one.paperId);
  if (!held) return [];
  const { kind, words } = describeProgress(one);
  const day = one.day ? ` Submitted on ${longDay(one.day)}.` : '';
  const number = one.number ? ` Number of the service: ${one.number}.` : '';
  const why = one.why ? ` Why: ${one.why}` : '';
  const next =
    one.outcome === 'not submitted' && !concern.submission
      ? ' Hand it to another first responder. Every other help goes on, and waits for none of this.'
      : '';
  const closed = one.over ? ' They see nothing of it any more.' : draftChangedWords(held, now);
  return [
    {
      kind,
      title: `${agencyOf(agencies, one.toAgency)}: ${words}`,
      text: `Handed ${formatHour(one.madeAt)}, as it stood on ${longDay(held.on)}.${day}${number}${why}${closed}${next}`,
    },
  ];
}

/** Which draft went to which agency, and what they say; `now` is the digest of today's draft. */
export function requestsSection({ concern, agencies, handedOn, handable }: NrmReferralPageData): Section[] {
  const { handed } = concern;
  if (handed.length === 0) return [];
  const asked = new Set(handedOn.map(({ paperId }) => paperId));
  const now = handable && digest(draftJson(handable));
  return [
    {
      kind: 'states',
      title: 'Handed to a first responder',
      items: [
        ...handedOn.flatMap((one) => itemOf(one, concern, agencies, now)),
        ...handed
          .filter(({ paperId }) => !asked.has(paperId))
          .map(({ on }) => ({
            kind: 'waiting' as const,
            title: `The draft of ${longDay(on)} is ready`,
            text: 'It is among the documents of the record. No agency can see it: it is not sent yet, or not approved yet.',
          })),
      ],
      links: handedOn.map(({ id, toAgency }) => ({
        href: referralPaths.referral(id),
        text: `The request to ${agencyOf(agencies, toAgency)}`,
      })),
    },
  ];
}

/** They say that they submitted it; that only has to be recorded here. */
export const isSubmissionReported = (handedOn: readonly ReferredDocument[]): boolean =>
  handedOn.some(({ outcome }) => outcome === 'help given');

/** The one state of a draft that a first responder says they submitted. */
export function reportedItem({ handedOn, agencies, concern }: NrmReferralPageData): StateItem | undefined {
  const one = concern.submission ? undefined : handedOn.find(({ outcome }) => outcome === 'help given');
  return (
    one && {
      kind: 'waiting',
      title: 'Submitted: record it here',
      text: `${agencyOf(agencies, one.toAgency)} says that they submitted it${one.day ? ` on ${longDay(one.day)}` : ''}. Do not hand it over again. Record the submission, so that the deadlines start.`,
    }
  );
}

/** No recipient who means to submit it has it now. */
export const isDeclined = (handedOn: readonly ReferredDocument[]): boolean =>
  handedOn.some(({ outcome }) => outcome === 'not submitted') && handedOn.every(({ over }) => over);

export const acceptedRequests = (handedOn: readonly ReferredDocument[]): readonly ReferredDocument[] =>
  handedOn.filter(isAccepted);

/** For the sender, when they say that they submitted it. */
export function submittedPage({ concern, person: { called }, agencies, handedOn }: OpenedNrmReferral): FormPage {
  const able = acceptedRequests(handedOn);
  const only = able.length === 1 ? able[0] : undefined;
  return {
    title: 'Record the submission',
    caption: `NRM referral of ${called}`,
    lead: [
      'Use this only if they confirmed that the Home Office service received it. The NRM referral then keeps the draft of that day, and the deadlines start.',
    ],
    action: nrmPaths.submitted(concern.id),
    fields: (ask) => [
      ask.one(
        'request',
        'Agency that submitted it',
        able.map(({ id, toAgency, paperId }) => {
          const held = concern.handed.find((one) => one.paperId === paperId);
          return {
            value: id,
            text: agencyOf(agencies, toAgency),
            ...(held && { hint: { text: `What they were handed is of ${longDay(held.on)}.` } }),
          };
        }),
        { value: only?.id },
      ),
      ask.day('day', 'Date', only?.day ? { value: only.day } : {}),
      ask.text('reference', 'The number that the service gave', { hint: 'If any.', value: only?.number ?? '' }),
    ],
    button: 'Write down that it was submitted',
    cancel: nrmPaths.referral(concern.id),
  };
}

export const submittedRefusals: Record<SubmittedRefusal, FormErrors> = {
  'submitted already': { '': 'The submission is already recorded' },
  'not taken on': { request: 'Select an agency that took it on' },
  'before it was handed': { day: 'They were handed it after that day' },
  'in the future': { day: 'Enter a day that has been' },
  'not a first responder': { request: 'On that day they were on no list of first responders' },
};

export const whyNotWords = (takers: readonly FirstResponderAgency[]): string =>
  takers.length > 0
    ? `Your agency is not a first responder. Send it to ${listOf(takers.map(({ name }) => name))}`
    : 'Your agency is not a first responder. Send it to the council or to a charity on the list';
