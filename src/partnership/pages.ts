/** What is shown to whoever signs in. */
import type { Answers, FormErrors } from '../platform/http.ts';
import type { Model } from '../platform/views.ts';

/** What a person had typed when her session ended: kept in the page until she has signed in again. */
export type Kept = { readonly url: string; readonly answers: Answers };

export const signInPage = (answers: Answers = {}, errors: FormErrors = {}, kept?: string): Model => ({
  title: 'Sign in',
  email: answers.email,
  next: answers.next,
  kept,
  errors,
});

export const resumePage = ({ url, answers }: Kept): Model => ({
  title: 'You are signed in again',
  url,
  fields: Object.entries(answers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => ({ name, value: String(one) })),
  ),
});
