/** Forms for deciding and for finishing a referral. */
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage } from '../../platform/rendering/pages.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { type FinishAnswersRefusal, listOutcomes, type Referral, type ReferralOutcome } from '../referrals/referral.ts';

export const decidePage = (referral: Referral): FormPage => ({
  title: referral.outside ? 'What did they answer?' : 'Does your agency take this on?',
  lead: [
    referral.outside
      ? 'As they told you. When they decline, they are to destroy what you sent them: say so.'
      : 'After you decline it, you cannot see it any more. If you need to know more, ask a question first.',
  ],
  cancel: referralPaths.referral(referral.id),
  fields: (ask) => [
    ask.one('decision', 'Decision', [
      { value: 'accepted', text: referral.outside ? 'They take it on' : 'We take it on' },
      { value: 'declined', text: referral.outside ? 'They decline it' : 'We decline it' },
    ]),
    ask.words(
      'reason',
      referral.outside
        ? 'Their reason, or the place, time and phone number (optional)'
        : 'What happens next, and when? If you decline it, why?',
      {
        hint: 'If it is accepted, write where and when help begins, and whom to call. If it is declined, write why, so that the sender can find help elsewhere. The sender reads this. It is encrypted.',
        most: 1_000,
      },
    ),
  ],
});

/** The recipient of a draft says that it was submitted, or why not. The agency that sent the draft reads the answer. */
export function finishPage(
  referral: Pick<Referral, 'id' | 'outside'> & { readonly submits: boolean; readonly today: string },
): FormPage {
  const { outside, submits, today } = referral;
  const reads = outside ? 'It is encrypted.' : 'The person who gave you the draft reads it. It is encrypted.';
  const words: Partial<Record<ReferralOutcome, string>> = submits
    ? {
        'help given': `${outside ? 'They' : 'We'} submitted it`,
        'not submitted': `${outside ? 'They' : 'We'} do not submit it`,
        'passed on': 'Passed on to another agency',
      }
    : {};
  return {
    title: submits ? 'What came of the draft?' : 'How did it end?',
    lead: [
      outside ? 'Ask them to stop using what you sent.' : 'After you finish the referral, you cannot see it any more.',
    ],
    button: 'Finish',
    cancel: referralPaths.referral(referral.id),
    fields: (ask) => [
      ask.one(
        'outcome',
        'How it ended',
        listOutcomes(submits).map((value) => ({ value, text: words[value] ?? capital(value) })),
      ),
      ...(submits
        ? [
            ask.day('day', 'If it was submitted, on which day', outside ? {} : { value: today }),
            ask.text('number', 'If it was submitted, the number that the service gave', { hint: `If any. ${reads}` }),
            ask.words('why', 'If it was not submitted, why', {
              hint: `So that another first responder can be asked. ${reads}`,
              most: 1_000,
            }),
          ]
        : []),
    ],
  };
}

/** A person who waits for help must not wait without a place, a time or a name. */
export const nextStepMissing: FormErrors = { reason: 'Say what happens next, and when' };

export const endRefusals: Record<FinishAnswersRefusal, FormErrors> = {
  'another ending': { outcome: 'Select how it ended from this list' },
  'no day': { day: 'Enter the day on which it was submitted' },
  'to come': { day: 'Enter a day that has been' },
  'before it was asked': { day: 'Enter a day on which the draft had been handed' },
  'no reason': { why: 'Say why it is not submitted, so that another first responder can be asked' },
  'a reason against it': { why: 'Leave this empty where it was submitted, or select that it was not' },
  'a number of nothing': { number: 'Leave this empty where it was not submitted, or select that it was' },
};
