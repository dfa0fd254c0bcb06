/** Pages for signing in, step by step. */

import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import type { FormPage, SectionsPage } from '../../platform/rendering/pages.ts';
import { tooManyTries } from '../../platform/throttle/throttle.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { sessionPaths, signInPaths } from '../../vocabulary/paths/identity.ts';
import type { Mode } from './credential.ts';
import { readUnsentForm, type SignInContext, type UnsentForm } from './forms.ts';
import type { Notice } from './store.ts';

/** Email and the page to return to are shown as they were sent. */
type SignInPage = {
  readonly title: string;
  readonly passwordIsEnough: boolean;
  readonly email: unknown;
  readonly next: unknown;
  readonly shared: boolean;
  readonly kept: string | undefined;
  readonly errors: FormErrors;
};

type ResumePage = {
  readonly title: string;
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** Of the session that was just opened. */
  readonly csrf?: () => string;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'identity/sign-in/sign-in': SignInPage;
    'identity/sign-in/resume': ResumePage;
  }
}

export const signInPage = (mode: Mode, answers: Answers = {}, errors: FormErrors = {}): SignInPage => ({
  title: 'Sign in',
  passwordIsEnough: mode === 'demonstration',
  email: answers.email,
  next: answers.next,
  shared: answers.shared === 'yes',
  kept: typeof answers.kept === 'string' && readUnsentForm(answers.kept) ? answers.kept : undefined,
  errors,
});

export const wrongPassword: FormErrors = {
  email: 'The email address or the password is not right. Check both and try again',
};
export const wrongPasskey: FormErrors = {
  '': 'The passkey was not accepted. Try again. If it goes on, sign in with your password and a code.',
};
export const expiredSignIn: FormErrors = {
  '': 'The sign-in expired after five minutes, or was sent twice. Start again.',
};

export const waitToSignIn = (seconds: number): FormErrors => ({
  '': `${tooManyTries(seconds)} You can sign in with a passkey now.`,
});

export const waitToEnterCode = (seconds: number): FormErrors => ({ '': tooManyTries(seconds) });

const hiddenContextFields = (ask: FieldBuilder, { next, kept, shared }: SignInContext): Field[] =>
  Object.entries({ next, kept, shared }).flatMap(([name, value]) => (value ? [ask.hidden(name, value)] : []));

export const codeErrors: Record<'wrong' | 'used before', FormErrors> = {
  wrong: {
    code: 'That code is not right. Check that your phone shows the right time, wait for the next code and enter it',
  },
  'used before': { code: 'That code was used before. Wait for the next one and enter it' },
};

export const codePage = ({
  hasCode,
  challenge,
  carried,
}: {
  readonly hasCode: boolean;
  readonly challenge: string;
  readonly carried: SignInContext;
}): FormPage => ({
  title: hasCode ? 'Enter a code' : 'Enter a recovery code',
  lead: [
    hasCode
      ? 'Open the authenticator app on your phone and enter the six digits that it shows for Safelight.'
      : 'You sign in with a passkey. If you have lost it, enter one of your recovery codes.',
  ],
  action: signInPaths.code(),
  button: 'Sign in',
  cancel: signInPaths.signIn(),
  fields: (ask) => [
    ask.hidden('challenge', challenge),
    ...hiddenContextFields(ask, carried),
    ask.text('code', hasCode ? 'Code' : 'Recovery code', {
      autocomplete: 'one-time-code',
      spellcheck: false,
      classes: 'govuk-input--width-10',
      ...(hasCode && { hint: 'Without your phone, enter one of your recovery codes here.' }),
    }),
  ],
});

export const resumePage = ({ url, answers }: UnsentForm): ResumePage => ({
  title: 'You are signed in again',
  url,
  fields: Object.entries(answers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => ({ name, value: String(one) })),
  ),
});

export const noticesPage = (notices: readonly Notice[], next: string): SectionsPage => ({
  title: 'Since you last signed in',
  lead: [
    'This was done with your account. If it was not you, tell your agency’s administrator now, and end your other sessions.',
  ],
  sections: [
    {
      kind: 'table',
      caption: 'Events',
      captionClasses: 'govuk-visually-hidden',
      columns: [{ text: 'What' }, { text: 'When' }],
      rows: notices.map(({ what, at }) => [{ text: what }, { text: formatMoment(at) }]),
      empty: 'No new events.',
    },
  ],
  actions: [
    { href: next, text: 'Continue' },
    { href: sessionPaths.sessions(), text: 'Where you are signed in', secondary: true },
  ],
});
