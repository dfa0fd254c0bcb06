/** What this room shows, and how it words a refusal. */
import { Asking } from '../platform/fields.ts';
import type { Answers, FormErrors } from '../platform/http.ts';
import type { Model } from '../platform/views.ts';
import { roles } from '../vocabulary/people.ts';
import { agenciesSection } from './agency-pages.ts';
import type { Agency, Member, MemberRefusal } from './member.ts';
import type { Account } from './store.ts';
import { shortestPassword } from './weak-password.ts';

export const refusalErrors: Record<MemberRefusal | 'email taken', FormErrors> = {
  'no role': { roles: 'Select at least one role' },
  'safeguarding behind the wall': { roles: 'A member of police or immigration cannot hold a safeguarding role' },
  'administrator with cases': {
    roles: 'An administrator holds no other role, so that who runs the accounts sees no case',
  },
  'email taken': { email: 'Somebody already signs in with this address' },
};

export const accountsPage = (
  accounts: readonly Account[],
  agencies: readonly Agency[],
  agencyName: string,
  may: { readonly addAgency: boolean },
): Model => ({
  title: `People at ${agencyName}`,
  lead: [
    'Who signs in for your agency, and with which roles. An account that has ended keeps its name on what it did.',
  ],
  actions: [
    { href: '/staff/accounts/new', text: 'Add a person' },
    ...(may.addAgency ? [{ href: '/staff/accounts/agencies/new', text: 'Add an agency', secondary: true }] : []),
  ],
  sections: [
    {
      kind: 'table',
      caption: 'Accounts',
      columns: ['Name', 'Rank or job', 'Signs in with', 'Roles', 'Where', 'State'].map((text) => ({ text })),
      rows: accounts.map(({ id, name, title, email, roles, endedAt }) => [
        { text: name },
        { text: title },
        { text: email },
        { text: roles.join(', ') },
        endedAt
          ? { text: '' }
          : { href: `/staff/accounts/${id}/sessions`, text: 'Signed in', hidden: `where ${name} is` },
        endedAt
          ? { text: 'ended', tag: 'grey' }
          : { href: `/staff/accounts/${id}/end`, text: 'End', hidden: `the account of ${name}` },
      ]),
      empty: 'Nobody signs in for your agency yet.',
    },
    agenciesSection(agencies),
  ],
});

export function memberPage(typed: Answers = {}, errors: FormErrors = {}): Model {
  const ask = new Asking(typed, errors);
  return {
    title: 'Add a person',
    action: '/staff/accounts/new',
    cancel: '/staff/accounts',
    errors,
    fields: [
      ask.text('name', 'Full name'),
      ask.text('title', 'Rank or job'),
      ask.text('email', 'Email address', { type: 'email', spellcheck: false }),
      ask.text('password', 'First password', {
        type: 'password',
        hint: `${shortestPassword} characters or more. Give it to them in person or by phone.`,
        value: '',
      }),
      ask.many('roles', 'Roles', roles, { hint: 'What they may see and do follows from these.' }),
    ],
  };
}

export const endPage = ({ id, name }: Member): Model => ({
  title: `End the account of ${name}`,
  lead: [
    'They are signed out everywhere at once and cannot sign in again. What they recorded stays, under their name.',
  ],
  action: `/staff/accounts/${id}/end`,
  cancel: '/staff/accounts',
  button: 'End the account',
  dangerous: true,
  fields: [],
});
