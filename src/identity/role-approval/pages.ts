/** Pages that list members who wait for confirmation, and the form on which a second person decides. */
import { formatMoment, getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import { FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { decisions } from './forms.ts';
import type { ConfirmationKind, ConfirmRefusal } from './role-approval.ts';
import type { Told } from './store.ts';

export const confirmErrors: Record<ConfirmRefusal | 'not allowed', FormErrors> = {
  'her own': { '': 'Nobody confirms themselves. Your data-protection lead or another administrator does.' },
  'asked herself': { '': 'You asked for this, or had the invitation in hand. Somebody else confirms it.' },
  'decided already': { '': 'Somebody has decided this already. What was decided stands.' },
  'not allowed': {
    '': 'The rules do not let them hold these roles any more. Say that you could not make sure, or ask their administrator to change what waits.',
  },
  gone: { '': 'This person has left. There is nothing to confirm.' },
  'another’s': { '': 'A data-protection lead or an administrator of their own agency confirms this.' },
};

const kinds: Record<ConfirmationKind, (told: Told) => string> = {
  joined: () => 'has joined',
  moved: () => 'was given more roles',
  'account linked': () => 'was linked with an account of the agency’s own sign-in',
};

export const sentenceOf = (told: Told): string =>
  `${told.title} ${told.name} of ${told.agencyName} ${kinds[told.confirmation.kind](told)}`;

const text = (words: string) => ({ text: words });
const row = (key: string, value: string) => ({ key: text(key), value: text(value) });

const what = ({ confirmation: { kind, roles, issuer, subject } }: Told): string =>
  kind === 'account linked' ? `signing in as “${subject}” at ${issuer}` : listOf([...roles]);

const stateOf = ({ decision, gone }: Told) =>
  decision
    ? decision.confirmed
      ? { text: 'Confirmed', tag: 'green' }
      : { text: 'Refused', tag: 'red' }
    : gone
      ? { text: 'Left', tag: 'grey' }
      : { text: 'Waits', tag: 'yellow' };

export const confirmationsPage = (all: readonly Told[]): Model => ({
  title: 'A second person',
  back: { href: '/staff', text: 'Your work' },
  lead: [
    'Roles begin when a second person has made sure whose they are: the agency’s data-protection lead, or an administrator who did not ask for them. So nobody who runs accounts can make somebody up and read under that name.',
    'Where an agency has nobody else, any data-protection lead of the partnership confirms. If it has none yet, whoever runs Safelight for it adds the first.',
  ],
  sections: [
    {
      kind: 'table',
      caption: 'The latest first',
      stack: true,
      columns: ['Who', 'Of', 'What begins', 'Asked', 'State'].map(text),
      rows: all.map((told) => [
        {
          text: told.name,
          hidden: `, asked ${formatMoment(told.confirmation.askedAt)}`,
          href: `/staff/role-approvals/${told.confirmation.id}`,
        },
        text(told.agencyName),
        text(what(told)),
        text(formatMoment(told.confirmation.askedAt)),
        stateOf(told),
      ]),
      empty: 'Nobody waits. Whoever joins, or is given more roles, is shown here.',
    },
  ],
});

const askersOf = ({ confirmation: { askedBy } }: Told, names: MemberNames): string =>
  askedBy.length > 0 ? listOf(askedBy.map((id) => getMemberName(names, id))) : 'somebody at the command line';

const facts = (told: Told, names: MemberNames) => ({
  kind: 'summary',
  rows: [
    row('Who', `${told.title} ${told.name}`),
    row('Of', told.agencyName),
    row('What begins', what(told)),
    row(
      told.confirmation.kind === 'joined' ? 'Joined' : 'Asked',
      `${formatMoment(told.confirmation.askedAt)}${told.confirmation.issuer ? `, at ${told.confirmation.issuer}` : ''}`,
    ),
    row('Asked by', askersOf(told, names)),
  ],
});

export function confirmationPage(
  told: Told,
  { names, own, decides }: { readonly names: MemberNames; readonly own: boolean; readonly decides: boolean },
): Model {
  const { decision } = told;
  return {
    title: own ? 'You wait for a second person' : `${told.name} waits for a second person`,
    ...(decision && { title: `Whether this is ${told.name}` }),
    back: { href: '/staff/role-approvals', text: 'A second person' },
    lead:
      own && !decision
        ? [
            'Your data-protection lead, or another administrator, will speak with you: in person, or by a number that your agency had before. Tell them when you joined. Until then you can set up how you sign in, and nothing is lost.',
            'You are signed out when your roles begin. Sign in again.',
          ]
        : [],
    actions: decides
      ? [{ href: `/staff/role-approvals/${told.confirmation.id}/decide`, text: 'Say whether it is them' }]
      : [],
    sections: [
      facts(told, names),
      ...(decision
        ? [
            {
              kind: 'summary',
              title: decision.confirmed ? 'Confirmed' : 'Refused',
              rows: [
                row('By', getMemberName(names, decision.decidedBy)),
                row('When', formatMoment(decision.decidedAt)),
                row('How they made sure', decision.grounds),
              ],
            },
          ]
        : []),
    ],
  };
}

export function decidePage(told: Told, names: MemberNames, typed: Answers = {}, errors: FormErrors = {}): Model {
  const ask = new FieldBuilder(typed, errors);
  const address = `/staff/role-approvals/${told.confirmation.id}`;
  const linked = told.confirmation.kind === 'account linked';
  return {
    title: `Is this ${told.name}?`,
    back: { href: address, text: 'A second person' },
    caption: `${told.title}, ${told.agencyName}`,
    lead: [
      `${sentenceOf(told)}, ${formatMoment(told.confirmation.askedAt)}, asked by ${askersOf(told, names)}. What begins: ${what(told)}.`,
      `Speak with ${told.name}, in person or by a number that your agency had before today. A number or an address that came with this request proves nothing.`,
      linked
        ? 'Ask what they are called at your agency’s own sign-in, and at which address. Compare both with the account named here.'
        : 'Ask whether they opened the link and chose how they sign in themselves, when, and what they are here to do. Compare it with what stands here.',
    ],
    action: `${address}/decide`,
    cancel: address,
    button: 'Save what I found',
    errors,
    fields: [
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
            told.confirmation.kind === 'joined'
              ? 'The account ends at once; whoever it is for is invited anew'
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
