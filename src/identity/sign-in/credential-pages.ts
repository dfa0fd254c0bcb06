/** Pages on which members see their passkeys, codes and password. */

import { FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import type { FormPage, Section, SectionsPage } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { countWord, plural } from '../../vocabulary/languages/english.ts';
import { credentialPaths, sessionPaths, signInPaths } from '../../vocabulary/paths/identity.ts';
import { temporaryAccessPaths } from '../../vocabulary/paths/operations.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { minPasswordLength, type Weakness } from '../agencies/weak-password.ts';
import { groupByFour, type TotpEnrolment } from './code.ts';
import type { Mode } from './credential.ts';
import { recoveryCodeCount } from './recovery.ts';
import type { MemberCredentials, Passkey } from './store.ts';

/** The list of ways in, which says what was done. */
export const credentialsAfter = (done: string): string => withQuery(credentialPaths.credentials(), { done });

const back = { href: credentialPaths.credentials(), text: 'How you sign in' };

export const credentialsPage = (
  { passkeys, code, recoveryCodes }: MemberCredentials,
  mode: Mode,
  done?: string,
): SectionsPage => ({
  title: 'How you sign in',
  done,
  lead: [
    'A passkey is the safest and quickest way to sign in. Nobody can guess a passkey or trick you into giving one away.',
    ...(mode === 'demonstration'
      ? ['This is a demonstration: your password alone is enough until you set up a code.']
      : []),
  ],
  actions: [
    { href: credentialPaths.newPasskey(), text: 'Add a passkey' },
    ...(code ? [] : [{ href: credentialPaths.newCode(), text: 'Set up codes', secondary: true }]),
    { href: credentialPaths.password(), text: 'Change your password', secondary: true },
    { href: sessionPaths.sessions(), text: 'Where you are signed in', secondary: true },
  ],
  sections: [
    passkeysSection(passkeys),
    {
      kind: 'words',
      title: 'Password and code',
      lead: [
        code
          ? `An authenticator app makes codes for you since ${formatMoment(code.addedAt)}.`
          : 'No authenticator app is set up. An authenticator app makes a code that you enter after your password.',
      ],
      links: code ? [{ href: credentialPaths.removeCode(), text: 'Stop using codes' }] : [],
    },
    {
      kind: 'words',
      title: 'Recovery codes',
      lead: [
        recoveryCodes.made === 0
          ? 'You have no recovery codes. Use recovery codes to sign in if you lose your phone or your passkey.'
          : `${recoveryCodes.unused} of ${recoveryCodes.made} are left.`,
      ],
      links: [
        {
          href: credentialPaths.recoveryCodes(),
          text: recoveryCodes.made === 0 ? 'Make recovery codes' : 'Make new ones',
        },
      ],
    },
  ],
});

const passkeysSection = (passkeys: MemberCredentials['passkeys']): Section => ({
  kind: 'table',
  stack: true,
  caption: 'Passkeys',
  columns: ['Name', 'Kept', 'Added', 'Last used', 'Rename', 'Remove'].map((text) => ({ text })),
  rows: passkeys.map(({ id, name, synced, addedAt, usedAt }) => [
    { text: name },
    { text: synced ? 'in an account, on several devices' : 'on one device' },
    { text: formatMoment(addedAt) },
    { text: usedAt ? formatMoment(usedAt) : 'not yet' },
    { href: credentialPaths.renamePasskey(id), text: 'Rename', hidden: name },
    { href: credentialPaths.removePasskey(id), text: 'Remove', hidden: name },
  ]),
  empty: 'You have no passkey yet. Add a passkey on each device that you sign in with.',
});

/** For a member who gave a password where a second factor is required. */
export const secondFactorPage = (): SectionsPage => ({
  title: 'Set up a second way to show who you are',
  lead: [
    'A password alone can be guessed or stolen, so it does not open Safelight. Set up one of these now; it takes two minutes. Until then nothing else can be reached.',
  ],
  actions: [
    { href: credentialPaths.newPasskey(), text: 'Add a passkey' },
    { href: credentialPaths.newCode(), text: 'Use codes from an app', secondary: true },
  ],
  sections: [
    {
      title: 'Which to choose',
      kind: 'list',
      items: [
        'A passkey: you unlock your phone, your computer or a security key. You need no password then.',
        'Codes: an authenticator app on your phone shows six digits, and you enter them after your password.',
      ],
    },
  ],
});

/** Somebody at an unattended screen must not be able to add a lasting way in. */
export const signInAgainPage = (next: string): SectionsPage => ({
  title: 'Sign in again first',
  back,
  lead: [
    'You signed in more than 15 minutes ago. To change how you sign in, show again that it is you. Nothing was changed.',
  ],
  actions: [{ href: withQuery(signInPaths.signIn(), { next }), text: 'Sign in again' }],
  sections: [],
});

/** Shown to volunteers, who sign in only by a card. */
export const temporaryAccessPage = (): SectionsPage => ({
  title: 'Your card is how you sign in',
  back: { href: temporaryAccessPaths.shift(), text: 'Your shift' },
  lead: [
    'You have temporary access. The code on your card signs you in until the shift ends. You need no password, passkey or code. Nothing was changed.',
    'If you need your own account, ask the shift leader. An administrator of your agency invites you.',
  ],
  sections: [],
});

type NewPasskeyPage = {
  readonly title: string;
  readonly back: typeof back;
  /** As it was typed. */
  readonly name: unknown;
  readonly errors: FormErrors;
};

type CodeSetupPage = FormPage & {
  /** To be scanned, as SVG. */
  readonly picture: string;
  /** The same to be typed. */
  readonly secret: string;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'identity/sign-in/new-passkey': NewPasskeyPage;
    'identity/sign-in/new-code': CodeSetupPage;
  }
}

export const newPasskeyPage = (answers: Answers = {}, errors: FormErrors = {}): NewPasskeyPage => ({
  title: 'Add a passkey',
  back,
  name: answers.name ?? '',
  errors,
});

export const passkeyErrors: FormErrors = {
  '': 'The passkey was not added: it was not unlocked, or the answer came too late. Try again.',
};

export const renamePasskeyPage = ({ id, name }: Passkey): FormPage => ({
  title: `Rename ${name}`,
  back,
  action: credentialPaths.renamePasskey(id),
  cancel: back.href,
  fields: (ask) => [
    ask.text('name', 'Name', { hint: 'A name that you will recognise, like “work phone”', value: name }),
  ],
});

const lastCredentialMessage =
  'This is the only way in that you have. Add another passkey or set up codes first, then remove it.';

export const lastCredentialErrors: Record<'last way in', FormErrors> = {
  'last way in': { '': lastCredentialMessage },
};

/** Closed where it is the last way in, whether it was when the page was opened or only when it was sent. */
export function removeCredentialPage(what: string, action: string, removable: boolean, errors: FormErrors): FormPage {
  const kept = !removable || errors === lastCredentialErrors['last way in'];
  return {
    title: `Remove ${what}`,
    back,
    lead: kept ? [] : ['It no longer signs you in from the moment you remove it. Your other ways stay.'],
    warning: kept ? lastCredentialMessage : undefined,
    closed: kept,
    action,
    cancel: back.href,
    button: 'Remove',
    dangerous: true,
    errors,
    ...(kept && { more: back }),
  };
}

export function codeSetupPage(
  offer: TotpEnrolment & { readonly carried: string; readonly picture: string },
  errors: FormErrors = {},
): CodeSetupPage {
  const ask = new FieldBuilder({}, errors);
  return {
    title: 'Set up codes',
    back,
    picture: offer.picture,
    secret: groupByFour(offer.secret),
    action: credentialPaths.newCode(),
    cancel: back.href,
    button: 'Set up codes',
    errors,
    fields: [
      ask.hidden('offer', offer.carried),
      ask.text('code', 'The six digits that the app shows now', {
        autocomplete: 'one-time-code',
        inputmode: 'numeric',
        classes: 'govuk-input--width-5',
      }),
    ],
  };
}

export const codeSetupErrors = {
  wrong: { code: 'Those are not the figures for this picture. Wait for the next ones and enter them' },
  late: {
    '': 'The picture expired after 15 minutes. Scan the new picture with the app, and enter the digits that the app shows.',
  },
} as const satisfies Record<string, FormErrors>;

export const newRecoveryCodesPage = (unused: number): FormPage => ({
  title: 'Make recovery codes',
  back,
  lead: [
    `You get ${countWord(recoveryCodeCount)} codes. Safelight shows them only once. If you lose your phone or your passkey, use one of the codes to sign in. Each code works once.`,
    ...(unused > 0
      ? [`The ${unused} that ${plural(unused, 'is', 'are')} left of the old ones will no longer work.`]
      : []),
  ],
  action: credentialPaths.recoveryCodes(),
  cancel: back.href,
  button: 'Make the codes',
});

export const recoveryCodesPage = (codes: readonly string[], done: string): SectionsPage => ({
  title: 'Your recovery codes',
  done,
  // They are kept on paper, and name no person.
  notForPaper: undefined,
  lead: [
    'Write these down or print them, and keep them where your phone is not. They are shown this once. Each works once, in place of the code or the passkey, after your password.',
  ],
  sections: [{ kind: 'list', items: codes }],
  actions: [{ href: staffSite, text: 'I have kept them' }],
});

const weaknessMessages: Record<Weakness, string> = {
  short: `Use ${minPasswordLength} characters or more`,
  common:
    'That is one of the passwords that are tried first. Choose another, like four words that do not belong together',
  pattern:
    'That is a pattern, and patterns are tried first. Choose another, like four words that do not belong together',
  'own name': 'That is made of your name, address or agency. Choose something that nobody knows of you',
};

export const passwordErrors = {
  wrong: { present: 'That is not your current password. Enter the password that you sign in with now' },
  same: { wanted: 'That is your current password. Choose another' },
} as const satisfies Record<string, FormErrors>;
export const weakPasswordErrors = (weakness: Weakness): FormErrors => ({ wanted: weaknessMessages[weakness] });

export function passwordPage(): FormPage {
  const secret = { type: 'password', value: '' };
  return {
    title: 'Change your password',
    back,
    lead: ['You stay signed in here and are signed out everywhere else.'],
    action: credentialPaths.password(),
    cancel: back.href,
    button: 'Change your password',
    fields: (ask) => [
      ask.text('present', 'Present password', { ...secret, autocomplete: 'current-password' }),
      ask.text('wanted', 'New password', {
        ...secret,
        autocomplete: 'new-password',
        hint: `${minPasswordLength} characters or more. Four words that have nothing to do with each other are easy to remember.`,
      }),
      ask.text('again', 'New password again', { ...secret, autocomplete: 'new-password' }),
    ],
  };
}
