/** Pages of this module, and the texts of refusals. */

import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage, type Section, type SectionsPage } from '../../platform/rendering/pages.ts';
import { accountPaths, signInPaths, singleSignOnPaths } from '../../vocabulary/paths/identity.ts';
import { temporaryAccessPaths } from '../../vocabulary/paths/operations.ts';
import { attemptMinutes, type IssuerRefusal, type Provider } from './provider.ts';
import type { NamedLink } from './store.ts';

const otherSignInLinks: Section = {
  kind: 'list',
  title: 'Another way',
  items: [
    { text: 'Sign in with your account here', href: signInPaths.signIn() },
    { text: 'Sign in with temporary access', href: temporaryAccessPaths.signIn() },
  ],
};

export const chooseAgencyPage = (
  agencies: readonly { readonly agencyId: string; readonly agencyName: string }[],
): SectionsPage => ({
  title: 'Sign in with your agency’s account',
  lead:
    agencies.length > 0
      ? ['You are sent to your agency, sign in there as you do every day, and come back.']
      : ['No agency of this partnership has set this up. Sign in another way.'],
  sections: [
    ...(agencies.length > 0
      ? [
          {
            kind: 'list' as const,
            title: 'Your agency',
            items: agencies.map(({ agencyId, agencyName }) => ({
              text: agencyName,
              href: singleSignOnPaths.begin(agencyId),
            })),
          },
          {
            kind: 'list' as const,
            title: 'Sign out there too',
            lead: ['Signing out of Safelight does not sign you out of your agency.'],
            items: agencies.map(({ agencyId, agencyName }) => ({
              text: `Sign out at ${agencyName}`,
              href: singleSignOnPaths.end(agencyId),
            })),
          },
        ]
      : []),
    otherSignInLinks,
  ],
});

/** A page between two sites: no form may lead off this one, and a strict cookie is sent only from a page of ours. */
export const redirectPage = (title: string, to: string, text: string): SectionsPage => ({
  title,
  lead: ['The next page opens by itself.'],
  sections: [{ kind: 'list', items: [{ text, href: to }] }],
});

export const signOnRefusals = {
  'not begun here': `This sign-in was not begun in this browser, was used already, or is more than ${attemptMinutes} minutes old. Begin again.`,
  'not reached': 'Your agency’s sign-in does not answer. Try again later, or sign in another way.',
  'not signed in there':
    'Your agency did not sign you in, or its answer was not for us. Begin again; if it stays so, tell your administrator.',
  'one factor':
    'Your agency did not say that you used a second factor. Sign in there with one, or sign in another way.',
  'nobody here': 'Nobody here is linked with that account. Ask your administrator for an invitation, or to link it.',
  'link over': 'Your invitation is no longer valid. Ask the person who gave it to you for a new one.',
  'linked already':
    'That account is linked with somebody here already, or somebody signs in with your address. Ask your administrator.',
  'no sign-out': 'Your agency offers no way to sign out there. Close the browser.',
} as const;
export type SignOnRefusal = keyof typeof signOnRefusals;

export const signOnRefusedPage = (refusal: SignOnRefusal): SectionsPage => ({
  title: 'You are not signed in',
  lead: [signOnRefusals[refusal]],
  sections: [
    { kind: 'list', items: [{ text: 'Begin again with your agency’s account', href: singleSignOnPaths.agencies() }] },
    otherSignInLinks,
  ],
});

export const issuerErrors: Record<IssuerRefusal | 'not reached' | 'not a client', FormErrors> = {
  'not an address': { issuer: 'Enter an address, like https://login.example.org' },
  'more than an address': { issuer: 'Enter the address alone, without a name, a query or a mark' },
  'not secret on the way': { issuer: 'The address must begin with https://' },
  'not reached': { issuer: 'This issuer does not answer as an OpenID Connect provider. Nothing was saved.' },
  'not a client': { secret: 'Enter the client secret' },
};

export const settingsErrors: Record<'no demand' | 'linked already' | 'own account' | 'not here', FormErrors> = {
  'no demand': {
    demands: 'Enter the signal for a second factor. A live Safelight refuses sign-ins without one',
  },
  'linked already': { subject: 'This subject, or this person, is linked already' },
  'own account': { memberId: 'Nobody links their own account. Ask another administrator of your agency.' },
  'not here': { memberId: 'Select somebody who is here' },
};

export function settingsPage(
  settings: Provider | undefined,
  { returnTo, fromEnvironment, links }: { returnTo: string; fromEnvironment: boolean; links: readonly NamedLink[] },
): SectionsPage {
  const row = (key: string, text: string) => ({ key: { text: key }, value: { text } });
  return {
    title: 'Signing in with your agency’s own accounts',
    back: { href: accountPaths.accounts(), text: 'Users' },
    lead: [
      'Members sign in with their account at your agency, and then return to Safelight. The technical standard for this is OpenID Connect. Link each member’s account once: by inviting the member, or on this page. An email address alone is never enough.',
    ],
    actions: [
      {
        href: singleSignOnPaths.editSettings(),
        text: settings ? 'Change' : 'Set it up',
        ...(settings && { secondary: true }),
      },
      ...(settings
        ? [
            { href: singleSignOnPaths.link(), text: 'Link an account', secondary: true },
            { post: singleSignOnPaths.removeSettings(), text: 'Turn it off', dangerous: true },
          ]
        : []),
    ],
    sections: [
      {
        kind: 'summary',
        title: 'Current settings',
        rows: [
          row('Issuer', settings?.issuer ?? 'not set: nobody can sign in this way'),
          ...(settings
            ? [
                row('Client id', settings.clientId),
                row('Client secret', fromEnvironment ? 'given by the environment' : 'kept here under seal'),
                row('Must be said', settings.demands.join(' or ') || 'nothing: a password there is enough'),
              ]
            : []),
          row('Your agency must send people back to', returnTo),
        ],
      },
      ...(settings
        ? [
            {
              kind: 'table' as const,
              caption: 'Linked accounts',
              stack: true,
              columns: ['Name', 'Subject', 'Issuer', 'Unlink'].map((text) => ({ text })),
              rows: links.map(({ memberId, name, subject, issuer, waits }) => [
                { text: name },
                waits ? { text: `${subject} (waits for a second person)` } : { text: subject },
                { text: issuer },
                { text: 'Unlink', href: singleSignOnPaths.unlink(memberId), hidden: name },
              ]),
              empty: 'No accounts are linked yet. People you invite can join with your agency’s account.',
            },
          ]
        : []),
    ],
  };
}

export const editSettingsPage = (settings: Provider | undefined): FormPage => ({
  title: 'Set up your agency’s own sign-in',
  ...backTo(singleSignOnPaths.settings(), 'Signing in with your agency’s own accounts'),
  action: singleSignOnPaths.editSettings(),
  fields: (ask) => [
    ask.text('issuer', 'Issuer', {
      hint: 'Like https://login.example.org. When you save this form, Safelight checks that it can reach this address.',
      value: settings?.issuer,
    }),
    ask.text('clientId', 'Client id', { value: settings?.clientId }),
    ask.text('secret', 'Client secret', {
      type: 'password',
      hint: settings
        ? 'Leave this empty to keep the current one'
        : 'Leave this empty if the server’s environment sets it',
      value: '',
    }),
    ask.text('demands', 'Value that shows a second factor was used', {
      hint: 'Your sign-in system sends codes in a field named acr or amr. Enter those codes here, with spaces between them. The system must send one of these values, often mfa',
      value: settings ? settings.demands.join(' ') : 'mfa',
    }),
  ],
});

export const linkAccountPage = (
  people: readonly { readonly id: string; readonly name: string; readonly title: string }[],
): FormPage => ({
  title: 'Link an account',
  ...backTo(singleSignOnPaths.settings(), 'Signing in with your agency’s own accounts'),
  lead: [
    'Look up the subject at your agency yourself. The account with this subject will sign in here as this person.',
    'It begins when a second person has confirmed it: your data-protection lead, or another administrator.',
  ],
  action: singleSignOnPaths.link(),
  button: 'Link',
  fields: (ask) => [
    ask.choose(
      'memberId',
      'Who',
      people.map(({ id, name, title }) => ({ value: id, text: `${name}, ${title}` })),
    ),
    ask.text('subject', 'Subject', { hint: 'The “sub” that never changes, not an email address', spellcheck: false }),
  ],
});

export const unlinkAccountPage = ({ memberId, name }: NamedLink): FormPage => ({
  title: `Unlink the account of ${name}`,
  ...backTo(singleSignOnPaths.settings(), 'Signing in with your agency’s own accounts'),
  lead: ['They sign in with your agency’s account no longer. They are signed out everywhere.'],
  action: singleSignOnPaths.unlink(memberId),
  button: 'Unlink',
  dangerous: true,
});
