/** Pages for making an invitation and for accepting one. */

import { FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import {
  backTo,
  type CasePage,
  type FormPage,
  type SectionsPage,
  type SummaryRow,
} from '../../platform/rendering/pages.ts';
import { formatDateTime } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { accountPaths, signInPaths } from '../../vocabulary/paths/identity.ts';
import type { MemberRefusal } from '../agencies/member.ts';
import { minPasswordLength, type Weakness } from '../agencies/weak-password.ts';
import type { OpenInvitation } from './invitation-store.ts';
import { type Invitation, invitationHours, stateOfInvitation } from './person.ts';
import { roleOptions } from './role-hints.ts';

export const memberErrors: Record<
  MemberRefusal | 'email taken' | 'already invited' | 'looks like another',
  FormErrors
> = {
  'no role': { roles: 'Select at least one role' },
  'safeguarding behind the wall': {
    roles:
      'A member of police or immigration cannot hold a safeguarding role, unless a data-protection lead has recorded them by name',
  },
  'administrator with cases': {
    roles: 'Select no other role for an administrator. Administrators must not see cases',
  },
  'email taken': { email: 'Somebody already signs in with this address' },
  'looks like another': {
    email: 'Somebody signs in with an address that looks the same. Enter a different address',
  },
  'already invited': { email: 'Somebody is invited with this address already: renew that invitation or withdraw it' },
};

/** Somebody joined with the address after the invitation was made. */
export const emailTakenSince: FormErrors = {
  '': 'Somebody already signs in with your address, or with one that looks the same. Ask the person who gave you the link.',
};

export const weakPasswordErrors: Record<Weakness, FormErrors> = {
  short: { password: `Choose a password of ${minPasswordLength} characters or more` },
  common: { password: 'Choose another password: this one is on every list of guesses' },
  pattern: { password: 'Choose another password: this one is a pattern of keys or repeats itself' },
  'own name': { password: 'Choose another password: this one is made of your name, your address or your agency' },
};

export const newInvitationPage = (): FormPage => ({
  title: 'Invite a person',
  ...backTo(accountPaths.accounts(), 'Users'),
  lead: [
    `You see the link only once. The link works once, within ${invitationHours} hours. Anybody with the link can sign in as this person. Send the link only in the way that your agency sends passwords. Safelight sends no e-mail.`,
    'A new member’s roles begin after a second person speaks with the member and confirms who they are. The second person is your data-protection lead or another administrator, never you.',
  ],
  action: accountPaths.newInvitation(),
  button: 'Make the invitation',
  fields: (ask) => [
    ask.text('name', 'Full name'),
    ask.text('title', 'Rank or job'),
    ask.text('email', 'Email address', {
      type: 'email',
      spellcheck: false,
      hint: 'The member signs in with this address. Safelight sends no email to this address.',
    }),
    ask.many('roles', 'Roles', roleOptions, { hint: 'Roles decide what the member can see and do.' }),
  ],
});

/** A link that is shown once. */
type LinkPage = SectionsPage & { readonly link: string };

/** What somebody joins, and the ways of doing so. */
type JoinPage = FormPage & { readonly facts: readonly SummaryRow[]; readonly signOn: string | undefined };

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'identity/members/link': LinkPage;
    'identity/members/join': JoinPage;
  }
}

export const invitationLinkPage = ({ name, id, expiresAt }: Invitation, link: string): LinkPage => ({
  title: `The invitation of ${name}`,
  back: { href: accountPaths.accounts(), text: 'Users' },
  link,
  lead: [
    `Hand this link to ${name} in person or by another way that your agency trusts. It is shown this once: we keep nothing that could make it again.`,
    `It is used once, and holds until ${formatDateTime(expiresAt)}. Once they have joined, your data-protection lead or another administrator confirms who they are; their roles begin then.`,
  ],
  sections: [
    {
      kind: 'list',
      title: 'If something goes wrong',
      items: [
        {
          text: 'Somebody else may have seen it, or it is lost: renew or withdraw it',
          href: accountPaths.invitation(id),
        },
      ],
    },
  ],
});

export const invitationPage = (
  { id, name, title, email, roles: held, madeAt, expiresAt }: Invitation,
  now: Date,
): CasePage => ({
  title: name,
  caption: 'Invitation',
  back: { href: accountPaths.accounts(), text: 'Users' },
  lead: [
    stateOfInvitation({ expiresAt }, now) === 'invited'
      ? 'The link waits to be used. A renewed invitation has a new link, and the old one opens nothing any more.'
      : 'The time of this link is over. Renew it to make a new one, or withdraw it.',
  ],
  actions: [
    { post: accountPaths.renewInvitation(id), text: 'Make a new link' },
    { post: accountPaths.withdrawInvitation(id), text: 'Withdraw', dangerous: true },
  ],
  sections: [
    {
      kind: 'summary',
      rows: [
        ['Rank or job', title],
        ['Will sign in with', email],
        ['Roles', held.join(', ')],
        ['Made', formatDateTime(madeAt)],
        ['Holds until', formatDateTime(expiresAt)],
      ].map(([key = '', value = '']) => ({ key: { text: key }, value: { text: value } })),
    },
  ],
});

/** The same page for a link that never existed, is used, withdrawn or expired. */
export const invitationClosedPage = (): SectionsPage => ({
  title: 'This link does not work',
  lead: [
    `It may have been used or withdrawn, its ${invitationHours} hours may be over, or a piece of it may be missing.`,
    'Ask the person who gave it to you for a new one.',
  ],
  sections: [{ kind: 'list', items: [{ text: 'Sign in, if you have joined already', href: signInPaths.signIn() }] }],
});

export function joinPage(
  { name, title, email, roles: held, officialName, invitedBy, expiresAt }: OpenInvitation,
  { action, signOn, shortest }: { action: string; signOn?: string | undefined; shortest: number },
  errors: FormErrors = {},
): JoinPage {
  const ask = new FieldBuilder({}, errors);
  return {
    title: `Join ${officialName}`,
    errors,
    lead: ['Your roles begin when a second person at your agency has spoken with you and confirmed that it is you.'],
    facts: [
      ['You are', `${title} ${name}`],
      ['You sign in with', email],
      ['Your role here', listOf(held)],
      ['Invited by', invitedBy ?? 'the operator of Safelight in your partnership'],
      ['This link holds until', formatDateTime(expiresAt)],
    ].map(([key = '', value = '']) => ({ key: { text: key }, value: { text: value } })),
    signOn,
    action,
    button: 'Join',
    fields: [
      ask.text('password', 'Choose a password', {
        type: 'password',
        autocomplete: 'new-password',
        hint: `${shortest} characters or more. Four words that have nothing to do with each other are easy to remember.`,
        value: '',
      }),
      ask.text('again', 'The password once more', { type: 'password', autocomplete: 'new-password', value: '' }),
    ],
  };
}
