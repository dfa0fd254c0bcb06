/** Reads the person’s answer to the words that were shown. */

import { digestOfWording, isUnreviewedTranslation, wordsChanged } from '../../nrm/consent-words/index.ts';
import type { FormResult } from '../../platform/forms/forms.ts';
import { readForm } from '../../platform/http/server.ts';
import { type LanguageNeeds, validateExplanation } from '../../vocabulary/interpreting.ts';
import { explanationRefusals } from '../interpreting/pages.ts';
import { type Consent, deriveConsentStatus, isSameQuestion, validateConsent } from './consent.ts';
import { AnswerForm } from './forms.ts';
import { askRefusals } from './pages.ts';

/** Whether a no to this withdraws a consent that the member can see. */
export const isAgreedBefore = (consents: readonly Consent[], asked: Consent): boolean =>
  consents.some(
    (one) =>
      one.agencyId === asked.agencyId &&
      isSameQuestion(one, asked) &&
      deriveConsentStatus(one, asked.givenAt) === 'in force',
  );

/** The consent as it was explained, and whether the person refused it. */
export function readAnswer(
  body: unknown,
  speaks: LanguageNeeds,
  plain: Consent,
): FormResult<Consent & { readonly refused: boolean }> {
  const answer = readForm(AnswerForm, body);
  // An answer that is missing stands at no field: the page says it above the form, and leads to neither button.
  if (!answer.ok) {
    const { answer: unanswered, ...errors } = answer.errors;
    return { ok: false, errors: unanswered ? { '': unanswered, ...errors } : errors };
  }
  if (answer.values.digest !== digestOfWording(plain)) return { ok: false, errors: wordsChanged };
  // A no takes nothing from the person, and is kept however it was understood.
  const unreviewed = answer.values.answer === 'yes' && isUnreviewedTranslation(plain);
  const stood = validateExplanation(answer.values, speaks, { unreviewed });
  if (!stood.ok) return { ok: false, errors: explanationRefusals[stood.refusal] };
  const consent: Consent = { ...plain, ...stood.value, how: answer.values.how };
  const whole = validateConsent(consent);
  return whole.ok
    ? { ok: true, values: { ...consent, refused: answer.values.answer === 'no' } }
    : { ok: false, errors: askRefusals[whole.refusal] };
}
