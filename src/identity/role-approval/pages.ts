/** Pages that list members who wait for confirmation, and the form on which a second person decides. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type Cell, type FormPage, type Section, type SectionsPage } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { roleApprovalPaths } from '../../vocabulary/paths/identity.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { decisions } from './forms.ts';
import type { ConfirmationKind, ConfirmRefusal } from './role-approval.ts';
import type { ConfirmationDetails } from './store.ts';

export const roleApprovalErrors: Record<ConfirmRefusal | 'not allowed', FormErrors> = {
  'their own': { '': 'Nobody confirms themselves. Your data-protection lead or another administrator does.' },
  'own request': { '': 'You asked for this, or had the invitation in hand. Somebody else confirms it.' },
  'decided already': { '': 'Somebody has decided this already. The decision cannot change.' },
  'not allowed': {
    '': 'The rules do not let them hold these roles any more. Say that you could not make sure, or ask their administrator to change what waits.',
  },
  gone: { '': 'This person has left. There is nothing to confirm.' },
  'another’s': { '': 'A data-protection lead or an administrator of their own agency confirms this.' },
};

const kindDescriptions: Record<ConfirmationKind, (told: ConfirmationDetails) => string> = {
  joined: () => 'has joined',
  moved: () => 'was given more roles',
  'account linked': () => 'was linked with an account of the agency’s own sign-in',
};

export const describeConfirmation = (details: ConfirmationDetails): string =>
  `${details.title} ${details.name} of ${details.agencyName} ${kindDescriptions[details.confirmation.kind](details)}`;

const text = (words: string) => ({ text: words });
const summaryRow = (key: string, value: string) => ({ key: text(key), value: text(value) });

const describeSubject = ({ confirmation: { kind, roles, issuer, subject } }: ConfirmationDetails): string =>
  kind === 'account linked' ? `signing in as “${subject}” at ${issuer}` : listOf([...roles]);

const stateOf = ({ decision, gone }: ConfirmationDetails): Cell =>
  decision
    ? decision.confirmed
      ? { text: 'Confirmed', tag: 'green' }
      : { text: 'Refused', tag: 'red' }
    : gone
      ? { text: 'Left', tag: 'grey' }
      : { text: 'Waits', tag: 'yellow' };

export const roleApprovalsPage = (all: readonly ConfirmationDetails[]): SectionsPage => ({
  title: 'Role approvals',
  back: { href: staffSite, text: 'Your work' },
  lead: [
    'A second person must confirm each member before their roles begin. This person is the agency’s data-protection lead, or an administrator who did not ask for the roles. This stops an administrator from setting up a false member in order to read records.',
    'If an agency cannot confirm a member itself, any data-protection lead of the partnership confirms the member. If the partnership has no data-protection lead yet, the operator of Safelight adds the first.',
  ],
  sections: [
    {
      kind: 'table',
      caption: 'The latest first',
      stack: true,
      columns: ['Who', 'Of', 'What begins', 'Asked', 'State'].map(text),
      rows: all.map((details) => [
        {
          text: details.name,
          hidden: `, asked ${formatMoment(details.confirmation.askedAt)}`,
          href: roleApprovalPaths.roleApproval(details.confirmation.id),
        },
        text(details.agencyName),
        text(describeSubject(details)),
        text(formatMoment(details.confirmation.askedAt)),
        stateOf(details),
      ]),
      empty: 'No approvals are waiting. New members and added roles appear here.',
    },
  ],
});

const askersOf = ({ confirmation: { askedBy } }: ConfirmationDetails, names: MemberNames): string =>
  askedBy.length > 0 ? listOf(askedBy.map((id) => getMemberName(names, id))) : 'somebody at the command line';

const factsSection = (details: ConfirmationDetails, names: MemberNames): Section => ({
  kind: 'summary',
  rows: [
    summaryRow('Who', `${details.title} ${details.name}`),
    summaryRow('Of', details.agencyName),
    summaryRow('What begins', describeSubject(details)),
    summaryRow(
      details.confirmation.kind === 'joined' ? 'Joined' : 'Asked',
      `${formatMoment(details.confirmation.askedAt)}${details.confirmation.issuer ? `, at ${details.confirmation.issuer}` : ''}`,
    ),
    summaryRow('Asked by', askersOf(details, names)),
  ],
});

export function confirmationPage(
  details: ConfirmationDetails,
  { names, own, decides }: { readonly names: MemberNames; readonly own: boolean; readonly decides: boolean },
): SectionsPage {
  const { decision } = details;
  return {
    title: own ? 'You wait for a second person' : `${details.name} waits for a second person`,
    ...(decision && { title: `Whether this is ${details.name}` }),
    back: { href: roleApprovalPaths.roleApprovals(), text: 'Role approvals' },
    lead:
      own && !decision
        ? [
            'Your data-protection lead, or another administrator, will speak with you: in person, or by a number that your agency had before. Tell them when you joined. Until then you can set up how you sign in, and nothing is lost.',
            'You are signed out when your roles begin. Sign in again.',
          ]
        : [],
    actions: decides
      ? [{ href: roleApprovalPaths.decide(details.confirmation.id), text: 'Say whether it is them' }]
      : [],
    sections: [
      factsSection(details, names),
      ...(decision
        ? [
            {
              kind: 'summary' as const,
              title: decision.confirmed ? 'Confirmed' : 'Refused',
              rows: [
                summaryRow('By', getMemberName(names, decision.decidedBy)),
                summaryRow('When', formatMoment(decision.decidedAt)),
                summaryRow('How they checked', decision.grounds),
              ],
            },
          ]
        : []),
    ],
  };
}

export function decidePage(details: ConfirmationDetails, names: MemberNames): FormPage {
  const linked = details.confirmation.kind === 'account linked';
  return {
    title: `Is this ${details.name}?`,
    ...backTo(roleApprovalPaths.roleApproval(details.confirmation.id), 'Role approvals'),
    caption: `${details.title}, ${details.agencyName}`,
    lead: [
      `${describeConfirmation(details)}, ${formatMoment(details.confirmation.askedAt)}, asked by ${askersOf(details, names)}. What begins: ${describeSubject(details)}.`,
      `Speak with ${details.name}, in person or by a number that your agency had before today. A number or an address that came with this request proves nothing.`,
      linked
        ? 'Ask what they are called at your agency’s own sign-in, and at which address. Compare both with the account named here.'
        : 'Ask whether they opened the link and chose how they sign in themselves, when, and what they are here to do. Compare it with what stands here.',
    ],
    action: roleApprovalPaths.decide(details.confirmation.id),
    button: 'Save what I found',
    fields: (ask) => [
      ask.one('decision', 'What did you find?', [
        {
          value: decisions[0],
          text: 'It is them',
          hint: text(linked ? 'They sign in with that account from now on' : 'The roles begin now'),
        },
        {
          value: decisions[1],
          text: 'I could not make sure',
          hint: text(
            details.confirmation.kind === 'joined'
              ? 'The account ends at once. Its person needs a new invitation'
              : 'Nothing begins; what they hold already stays',
          ),
        },
      ]),
      ask.words('grounds', 'How did you make sure, or why could you not?', {
        hint: 'For example: rang the ward’s own number and spoke with her. Kept with the decision.',
        most: 500,
        rows: 3,
      }),
    ],
  };
}
