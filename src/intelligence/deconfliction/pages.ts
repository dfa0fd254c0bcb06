/** Pages of the check between agencies: the overview with its matches, and one match. */
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { CasePage, PageAction, Section, SectionsPage, SummaryRow } from '../../platform/rendering/pages.ts';
import { formatHour, formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { intelligencePaths, deconflictionPaths as paths } from '../../vocabulary/paths/intelligence.ts';
import { operationPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import {
  type AskedInHour,
  type Contact,
  type HiddenOperation,
  type Match,
  type MatchState,
  mostQuestions,
  type Partner,
} from './deconfliction.ts';
import { failureWords, stateTags, stateWords } from './words.ts';

export const checksTitle = 'Checks with other agencies';
const text = (words: string) => ({ text: words });
const row = (key: string, value: string): SummaryRow => ({ key: text(key), value: text(value) });

/** What a match is about, as far as the reader may see it. */
export type ShownTarget = {
  readonly words: string;
  readonly href: string | undefined;
  readonly when: string;
  readonly startsAt: Date | undefined;
};
export type ShownMatch = { readonly match: Match; readonly target: ShownTarget; readonly state: MatchState };

export type Overview = {
  readonly contact: Contact | undefined;
  readonly matches: readonly ShownMatch[];
  readonly partners: readonly Partner[];
  readonly hidden: readonly (HiddenOperation & { readonly codeName: string })[];
  readonly asked: readonly AskedInHour[];
  readonly may: { readonly setContact: boolean; readonly addPartner: boolean; readonly hide: boolean };
};

export const overviewPage = (shown: Overview): SectionsPage => ({
  title: checksTitle,
  lead: [
    'Safelight compares the visits that your agency plans with those of other agencies. No agency sees the plan of another.',
    'If both plan a visit to the same premises, both learn whom to ring. They learn nothing else.',
  ],
  actions: listActions(shown),
  sections: [
    ...(shown.contact ? [] : [noContactSection(shown.may.setContact)]),
    matchesSection(shown.matches),
    ...(shown.contact ? [contactSection(shown.contact)] : []),
    partnersSection(shown),
    ...(shown.may.hide || shown.hidden.length > 0 ? [hiddenSection(shown)] : []),
    askedSection(shown.asked),
  ],
});

const listActions = ({ contact, may }: Overview): PageAction[] =>
  may.setContact
    ? [
        {
          href: paths.contact(),
          text: contact ? 'Change your contact' : 'Name a contact and take part',
          secondary: contact !== undefined,
        },
      ]
    : [];

const noContactSection = (mayName: boolean): Section => ({
  kind: 'states',
  title: 'Your agency takes no part yet',
  items: [
    {
      kind: 'unwise',
      text: mayName
        ? 'Another agency can visit your premises at the same hour, and neither knows it. Name a contact whom others can ring.'
        : 'Another agency can visit your premises at the same hour, and neither knows it. Ask a planner or commander of your agency to name a contact here.',
    },
  ],
});

const matchesSection = (matches: readonly ShownMatch[]): Section => ({
  kind: 'table',
  caption: 'Agencies to ring',
  stack: true,
  columns: ['Planned by you', 'When', 'Ring', 'State'].map(text),
  rows: matches.map(({ match, target, state }) => [
    { text: target.words, href: paths.match(match.id) },
    text(target.when),
    text(`${match.partyName}: ${match.contactName}, ${match.contactTelephone}`),
    { text: stateWords[state], tag: stateTags[state] },
  ]),
  empty: 'No other agency plans a visit to your premises. Safelight checks again every few minutes.',
});

const contactSection = ({ name, telephone, hours }: Contact): Section => ({
  kind: 'summary',
  title: 'Others ring you here',
  rows: [row('Name or post', name), row('Telephone', telephone), row('Answered', hours)],
});

const statePartner = ({ endedAt, failedAt, answeredAt, failure }: Partner): string => {
  if (endedAt) return `Ended ${formatMoment(endedAt)}`;
  if (failure && failedAt) return `${formatMoment(failedAt)}: ${failureWords[failure]}`;
  return answeredAt ? `Compared ${formatMoment(answeredAt)}` : 'Not compared yet';
};

const partnersSection = ({ partners, may }: Overview): Section => ({
  kind: 'table',
  caption: 'Agencies that use another Safelight',
  stack: true,
  columns: ['Agency', 'Address', 'Last check', 'Change'].map(text),
  rows: partners.map((partner) => [
    text(partner.name),
    text(new URL(partner.origin).host),
    partner.failure && !partner.endedAt ? { text: statePartner(partner), tag: 'red' } : text(statePartner(partner)),
    may.addPartner && !partner.endedAt
      ? { text: 'End', href: paths.endPartner(partner.id), hidden: `the check with ${partner.name}` }
      : text(''),
  ]),
  empty: 'None yet. Agencies of this Safelight that named a contact are compared without more.',
  links: may.addPartner ? [{ href: paths.addPartner(), text: 'Add an agency that uses another Safelight' }] : [],
});

const hiddenSection = ({ hidden, may }: Overview): Section => ({
  kind: 'table',
  caption: 'Operations hidden from other agencies',
  stack: true,
  columns: ['Operation', 'Reason', 'Since', 'Change'].map(text),
  rows: hidden.map(({ id, operationId, codeName, reason, hiddenAt }) => [
    { text: codeName, href: operationPaths.operation(operationId) },
    text(reason),
    text(formatMoment(hiddenAt)),
    may.hide ? { text: 'End hiding', href: paths.show(id), hidden: `of ${codeName}` } : text(''),
  ]),
  empty: 'None. Every operation of your agency takes part.',
  links: may.hide ? [{ href: paths.hide(), text: 'Hide an operation' }] : [],
});

const directionWords = { asked: 'You asked', answered: 'It asked you' } as const;

const askedSection = (asked: readonly AskedInHour[]): Section => ({
  kind: 'table',
  caption: 'Questions of the last 28 days',
  id: 'questions',
  stack: true,
  columns: [text('Hour'), text('Agency'), text('Direction'), numeric('Answered'), numeric('Refused')],
  rows: asked.map(({ hour, partyName, direction, questions, refused }) => [
    text(capital(formatHour(hour))),
    text(partyName),
    text(directionWords[direction]),
    { text: questions },
    refused > 0 ? { text: refused, tag: 'red' } : { text: refused },
  ]),
  empty: 'No question yet.',
  more: {
    title: 'How to read the numbers',
    text: `Questions are encrypted, and come twelve at a time. In one week an agency may ask another ${mostQuestions} questions. More are refused, because somebody could be guessing. Then ring the agency, and end the check if it cannot explain them.`,
  },
});
const numeric = (words: string) => ({ text: words, numeric: true });

export type MatchPageInput = ShownMatch & { readonly names: MemberNames; readonly acknowledges: boolean };

export const matchPage = ({ match, target, state, names, acknowledges }: MatchPageInput): CasePage => ({
  title: `Ring ${match.partyName}`,
  caption: stateWords[state],
  back: { href: paths.checks(), text: checksTitle },
  lead:
    state === 'over'
      ? ['One of the two agencies no longer plans it. There is nothing to do.']
      : [
          `Ring ${match.contactName} on ${match.contactTelephone} before you go.`,
          'That agency works on the same. You do not learn when or why, and it does not learn it of you.',
        ],
  actions:
    acknowledges && (state === 'ring now' || state === 'to ring')
      ? [{ post: paths.acknowledge(match.id), text: 'We have spoken' }]
      : [],
  sections: [
    {
      kind: 'summary',
      rows: [
        row('Ring', match.contactName),
        row('Telephone', match.contactTelephone),
        row('Answered', match.contactHours),
        {
          ...row('Planned by you', target.words),
          ...(target.href && {
            actions: { items: [{ href: target.href, text: 'Open', visuallyHiddenText: 'what you plan' }] },
          }),
        },
        row('When', target.when),
        row('Found', formatMoment(match.foundAt)),
        ...(match.acknowledgedAt
          ? [
              row(
                'Spoken',
                `${formatMoment(match.acknowledgedAt)}, recorded by ${getMemberName(names, match.acknowledgedBy)}`,
              ),
            ]
          : []),
      ],
    },
  ],
});

export const hrefOfPremises = (id: string): string => `${premisesPaths.premises(id)}#visits`;
export const hrefOfEntity = (id: string): string => intelligencePaths.entity(id);
