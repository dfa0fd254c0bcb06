/** Answers as people read them: the data keep the form's own value, while pages and paper show its wording. Pure. */
import { isDay, longDay } from '../vocabulary/calendar/days.ts';
import { capital } from '../vocabulary/languages/english.ts';
import type { Answer, Field } from './form.ts';

const countries = new Intl.DisplayNames(['en-GB'], { type: 'region' });
/** Two-letter codes of present-day countries (ISO 3166-1, and XK for Kosovo) with their names. */
export const countryOptions: readonly { readonly value: string; readonly text: string }[] = [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
]
  .flatMap((first) => [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((second) => first + second))
  .flatMap((value) => {
    const text = countries.of(value);
    // Codes of unions, tests or unknown regions are not countries; a former code (DD, SU) maps to the present one.
    const isOfToday = Intl.getCanonicalLocales(`und-${value}`)[0] === `und-${value}`;
    return text && text !== value && isOfToday && !/^(EU|EZ|UN|QO|XA|XB|ZZ|AC|CP|DG|EA|IC|TA|CQ)$/.test(value)
      ? [{ value, text }]
      : [];
  })
  .sort((one, other) => one.text.localeCompare(other.text, 'en'));

const optionWords: Readonly<Record<string, string>> = {
  'not-sure': 'Not sure',
  'i-dont-know': 'Not known',
  'within-the-last-6-12-month': 'Six to twelve months ago',
  'within-the-last-6-12-months': 'Six to twelve months ago',
  'uk-and-overseas': 'In the UK and overseas',
  uk: 'In the UK',
  'northern-ireland': 'Northern Ireland',
  'potential-victim': 'To the person',
  'someone-else': 'To somebody else',
  'pv-alternative-number': 'A number of somebody else',
  'types-of-exploitation-taken-somewhere': 'Held, and sexually assaulted',
  unknown: 'Neither, or not known',
};
/** An option as people read it; the form itself needs its value. */
export const optionText = (option: string): string =>
  optionWords[option] ?? capital(option.replace(/^types-of-exploitation-/, '').replaceAll('-', ' '));

/** Shows an answer that does not fit the form as it was written. */
export function answerText(
  { kind, options }: Pick<Field, 'kind' | 'options'>,
  answer: Answer | null,
): readonly string[] {
  const all = answer === null ? [] : typeof answer === 'string' ? answer.split('\n') : answer;
  if (kind === 'country') return all.map((one) => (/^[A-Z]{2}$/.test(one) ? (countries.of(one) ?? one) : one));
  if (kind === 'choice' || kind === 'choices') return all.map((one) => (options.includes(one) ? optionText(one) : one));
  if (kind === 'day') return all.map((one) => (isDay(one) ? longDay(one) : one));
  return kind === 'tick' ? all.map(capital) : all;
}
