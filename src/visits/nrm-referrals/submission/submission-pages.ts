/** What was sent to the Home Office is recorded here, with its number and time; or why nothing was sent. */
import { type Draft, draftJson } from '../../../nrm/index.ts';
import { dayOf, timeOf } from '../../../platform/clock.ts';
import { digest } from '../../../platform/crypto/crypto.ts';
import { exportPage } from '../../../platform/exports/export-reason.ts';
import type { FormErrors } from '../../../platform/http/server.ts';
import { backTo, type CasePage, type FormPage } from '../../../platform/rendering/pages.ts';
import { capital, countWord, plural } from '../../../vocabulary/languages/english.ts';
import { officerReferralPaths } from '../../../vocabulary/paths/visits.ts';
import type { OpenedOfficerReferral } from '../audited-reads.ts';
import { missingEntries, type OfficerDraft, wrongAnswers } from '../form/case-draft.ts';
import { notSentReasons, reviewReasons } from '../forms.ts';
import type { OfficerReferral, SentFrom, SubmissionRefusal } from '../nrm-referral.ts';

export const marking = 'OFFICIAL-SENSITIVE: PERSONAL DATA';

/** Two drafts with the same digest are identical. */
export const digestOf = (leaving: Draft): string => digest(draftJson(leaving));

export const missingWords = (count: number): string =>
  count === 0 ? 'nothing is missing' : `${countWord(count)} ${plural(count, 'answer is', 'answers are')} missing`;

/** How many answers are missing or do not fit, in words; undefined where none. */
function gapWords(made: OfficerDraft): string | undefined {
  const missing = missingEntries(made).length;
  const wrong = wrongAnswers(made).length;
  const words = [
    missing > 0 ? missingWords(missing) : '',
    wrong > 0 ? `${countWord(wrong)} ${plural(wrong, 'answer does', 'answers do')} not fit the form` : '',
  ].filter(Boolean);
  return words.length > 0 ? words.join(', and ') : undefined;
}

const sentFromOptions: readonly { readonly value: SentFrom; readonly text: string }[] = [
  { value: 'this draft', text: 'From this draft, as it is' },
  { value: 'the form of the Home Office', text: 'On the Home Office’s own form, not from here' },
];

const toReferral = (id: OfficerReferral['id']) => backTo(officerReferralPaths.referral(id), 'The NRM referral');

export function submissionPage({ referral: { id }, made, premises }: OpenedOfficerReferral, now: Date): FormPage {
  const gaps = gapWords(made);
  const what = made.route?.kind === 'notification' ? 'Duty to Notify' : 'referral';
  return {
    title: `Record that the ${what} was sent`,
    caption: premises,
    ...toReferral(id),
    lead: [
      `Safelight sends nothing. Copy the draft into the Home Office’s service, send it there, then record it here.`,
    ],
    fields: (ask) => [
      ask.hidden('digest', made.leaving ? digestOf(made.leaving) : ''),
      ...(gaps ? [ask.one('sentFrom', `${capital(gaps)}. How was it sent?`, sentFromOptions)] : []),
      ask.text('reference', 'The number that the Home Office gave', { hint: 'Leave it empty if there was none.' }),
      ask.time('time', 'Time when it was sent', { value: timeOf(now) }),
      ask.day('day', 'Day', { value: dayOf(now) }),
    ],
    button: 'Record it',
  };
}

export const submissionErrors: Record<SubmissionRefusal | 'held back' | 'another draft' | 'incomplete', FormErrors> = {
  'closed already': { '': 'It was sent or closed already' },
  'in the future': { time: 'This time is in the future. Enter when it was sent' },
  'before the visit': { time: 'This is before the visit at which you met the person' },
  'held back': { '': 'Something in it changed and could identify the person. Open the form again' },
  'another draft': {
    '': 'The draft has changed since you opened this page. Read it again, then record what was sent',
  },
  incomplete: { sentFrom: 'Select how it was sent, or go back and fill in the form first' },
};

export const closingPage = ({ id }: OfficerReferral, premises: string): FormPage => ({
  title: 'Close it without sending',
  caption: premises,
  ...toReferral(id),
  lead: ['What you wrote is kept. You can open it again.'],
  fields: (ask) => [ask.one('why', 'Why is nothing sent?', notSentReasons)],
  button: 'Close it',
});

export const reviewPage = ({ id }: OfficerReferral): FormPage => ({
  title: 'Read the NRM referral',
  ...toReferral(id),
  lead: ['An officer of your agency wrote it. Your reason is logged, and the officer’s agency can see it.'],
  fields: (ask) => [ask.one('why', 'Why do you read it?', reviewReasons)],
  button: 'Read it',
});

export const referralExportPage = ({ referral: { id }, made, premises }: OpenedOfficerReferral): FormPage =>
  exportPage({
    marking,
    title: 'Export the draft',
    caption: premises,
    action: officerReferralPaths.export(id),
    back: { href: officerReferralPaths.referral(id), text: 'The NRM referral' },
    lead: [
      'A PDF in the order of the official form, to type from or to attach.',
      made.route?.kind === 'notification'
        ? 'The check found nothing in it that names anybody. Read it before it leaves: about one unusual sentence in ten gets past the check.'
        : 'It names the person.',
    ],
    reasons: [
      'for a partner or the coordinator of the operation',
      'for a court, a lawyer or an inquiry',
      'for a meeting, or our own file',
      'another reason',
    ],
  });

export const blockedWords: Record<NonNullable<OfficerDraft['heldBack']>['refusal'], string> = {
  identifies:
    'Something in it could tell who it is about, alone or together with the rest. It cannot be sent as it is.',
  'does not fit': 'An answer in it does not fit the form. It cannot be sent as it is. Change what is listed here.',
  'not a first responder': 'Your agency is not marked as a first responder. An administrator can mark it.',
  'not about an adult': 'There is no notification about somebody who is or may be under 18. A referral is made.',
};

/** Each answer that cannot stay, with what is wrong and a link to its field. */
export const wrongAnswerItems = (id: OfficerReferral['id'], made: OfficerDraft) =>
  wrongAnswers(made).map(({ key, asks, error, isAsked }) => ({
    text: `${asks}: ${error}`,
    ...(isAsked && { href: `${officerReferralPaths.form(id)}#${key}` }),
  }));

/** What stops a draft from leaving, or why there is none yet. */
export function blockedPage({ referral: { id }, made, premises }: OpenedOfficerReferral): CasePage {
  return {
    title: made.heldBack ? 'This notification is held back' : 'There is no draft yet',
    caption: premises,
    back: { href: officerReferralPaths.referral(id), text: 'The NRM referral' },
    lead: [
      made.heldBack ? blockedWords[made.heldBack.refusal] : 'Ask the person for consent first.',
      'What you typed is kept.',
    ],
    sections: [{ kind: 'list', items: made.heldBack ? wrongAnswerItems(id, made) : [] }],
  };
}
