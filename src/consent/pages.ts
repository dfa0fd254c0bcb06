/** What this room asks and shows: the words before an answer, what was agreed and who was told, and taking it back. */

import type { Agency } from '../partnership/index.ts';
import { dayOf, timeOf } from '../platform/clock.ts';
import { type Names, nameOf } from '../platform/earlier.ts';
import { Asking } from '../platform/fields.ts';
import type { FormErrors } from '../platform/http.ts';
import type { Model } from '../platform/views.ts';
import {
  type Basis,
  draftGroup,
  neededToRefer,
  type PersonId,
  type Shareable,
  toTheNrm,
} from '../vocabulary/agreed.ts';
import { addDays, dayRange, longDay } from '../vocabulary/days.ts';
import { capital, listOf } from '../vocabulary/english.ts';
import { wasTold } from './across.ts';
import {
  type Act,
  type AskRefusal,
  type Consent,
  type Standing,
  standingOf,
  type WithdrawalRefusal,
  ways,
} from './consent.ts';
import { type DisclosurePlan, type DisclosureStanding, standingOfDisclosure } from './disclosure.ts';
import type { DisclosureInShort } from './disclosure-store.ts';
import { languageWords } from './explained.ts';
import { explainedRefusals } from './explained-pages.ts';
import { type Grant, type GrantEnd, type GrantStanding, standingOfGrant } from './grant.ts';

export type Agencies = ReadonlyMap<string, Pick<Agency, 'name'>>;
export const agencyOf = (agencies: Agencies, id: string): string => agencies.get(id)?.name ?? 'an agency';

/** The store knows the hour and no more. */
export const hourWords = (at: Date): string => `in the hour from ${timeOf(at)} on ${longDay(dayOf(at))}`;
/** The day before the instant at which it is over. */
export const lastDayOf = (until: Date): string => longDay(addDays(dayOf(until), -1));

export const atPerson = (personId: string): string => `/staff/safeguarding/people/${personId}/agreed`;

export const actWords: Record<Act, string> = {
  examine: 'To an examination',
  share: 'That somebody is told',
  refer: 'That somebody is asked to help',
};

const standingTags: Record<Standing | GrantStanding, string> = {
  'in force': 'green',
  open: 'green',
  'run out': 'grey',
  'taken back': 'orange',
  declined: 'orange',
  finished: 'grey',
};
const standingWords: Record<GrantStanding, string> = {
  open: 'can see it',
  'run out': 'can see it no longer',
  'taken back': 'taken back: can see it no longer',
  declined: 'declined: can see it no longer',
  finished: 'finished: can see it no longer',
};
export const basisWords: Record<Basis, string> = {
  child: 'under 18, or age not known',
  'vital interests': 'to protect somebody’s life or safety',
  'statutory duty': 'a law requires it',
  'court order': 'a court ordered it',
};

const rowsOf = (rows: readonly (readonly [string, string])[]): Model[] =>
  rows.map(([key, text]) => ({ key: { text: key }, value: { text } }));

export type Account = {
  readonly personId: PersonId;
  readonly consents: readonly Consent[];
  readonly disclosures: readonly DisclosureInShort[];
  readonly grants: readonly Grant[];
  readonly ends: readonly GrantEnd[];
  readonly agencies: Agencies;
  readonly names: Names;
  readonly now: Date;
  readonly back: { readonly href: string; readonly text: string };
  readonly asks: boolean;
  /** Who can be asked or told at all. */
  readonly reached: ReadonlySet<string>;
  /** The agency of whoever reads. */
  readonly own: string;
};

/** What was agreed and who was told: in words that the person can be shown. Why somebody was told without the person’s yes may be what another person said: it stands elsewhere. */
export function accountPage(account: Account): Model {
  const { personId, consents, disclosures, grants, ends, agencies, names, now, back, asks, own } = account;
  const heard = new Map(ends.map((end) => [end.id as string, end]));
  const next = nextActions(account);
  return {
    title: 'What was agreed, and who was told',
    back,
    lead: [
      'This page can be shown to the person it is about. The person can take back what was agreed, at any time and without saying why.',
    ],
    actions: asks
      ? [...next, { href: `${atPerson(personId)}/ask`, text: 'Ask for consent', secondary: next.length > 0 }]
      : [],
    sections: [
      {
        kind: 'table',
        stack: true,
        id: 'told',
        caption: 'Who was told',
        columns: ['Who', 'What', 'When', 'Now'].map((text) => ({ text })),
        rows: grants.map((grant) => {
          const standing = standingOfGrant(grant, now);
          const end = heard.get(grant.id);
          const since = standing === 'taken back' ? '' : '; taken back since';
          const knows =
            end?.ended === 'taken back'
              ? `${since}. ${end.heardAt ? 'They have said that they know' : 'They have been told'}`
              : '';
          return [
            {
              text: agencyOf(agencies, grant.recipient),
              ...(grant.referralId && { href: `/staff/safeguarding/referrals/${grant.referralId}` }),
            },
            { text: listOf(grant.items) },
            { text: daysOf(grant) },
            { text: `${standingWords[standing]}${knows}`, tag: standingTags[standing] },
          ];
        }),
        empty: 'Nobody was told anything.',
        links: grants
          .filter((grant) => grant.fromAgency === own && standingOfGrant(grant, now) === 'open')
          .map(({ id, recipient }) => ({
            href: `/staff/safeguarding/grants/${id}/letter`,
            text: `As a letter or a sealed file: what ${agencyOf(agencies, recipient)} may see`,
          })),
      },
      ...(consents.length === 0 ? [{ kind: 'states', title: 'What was agreed', items: [nothingAgreed] }] : []),
      ...consents.map((consent) => consentSection(consent, account)),
      ...disclosures.map((disclosure) => ({
        kind: 'summary',
        title: `${wasTold(disclosure, disclosure.kept) ? 'Told without being agreed' : 'Asked for without being agreed, and not told'}: ${agencyOf(agencies, disclosure.recipient)}`,
        rows: rowsOf([
          [
            wasTold(disclosure, disclosure.kept) ? 'Why that was lawful' : 'Why that would be lawful',
            basisWords[disclosure.basis],
          ],
          ['In words', 'kept under seal, and not on this page'],
          ['Where it stands', capital(standingOfDisclosureWords[standingOfDisclosure(disclosure)])],
          ['Who answers for it', answersFor(disclosure, names)],
          ['What', listOf(disclosure.items)],
          ['What for', disclosure.purpose],
          ['Until', lastDayOf(disclosure.until)],
        ]),
        links: [
          {
            href: `${atDisclosures}/${disclosure.id}`,
            text: 'For whoever works here alone: why, in words',
          },
          ...grants
            .filter((one) => one.disclosureId === disclosure.id && one.fromAgency === own && one.referralId)
            .filter((one) => standingOfGrant(one, now) === 'open')
            .map(({ referralId }) => ({
              href: `/staff/safeguarding/referrals/${referralId}/take-back`,
              text: 'Take this back',
            })),
        ],
      })),
    ],
  };
}

const daysOf = ({ madeAt, endedAt, until }: Grant): string =>
  dayRange(dayOf(madeAt), endedAt ? dayOf(endedAt) : addDays(dayOf(until), -1));

/** What was agreed and is not done yet stands first: it is why it was asked. */
const nextActions = ({ personId, consents, grants, agencies, now, reached, own }: Account): Model[] =>
  consents
    .filter(({ act, agencyId }) => act === 'refer' && agencyId === own)
    .filter((one) => standingOf(one, now) === 'in force' && reached.has(one.recipient))
    .filter(({ id }) => grants.every(({ consentId }) => consentId !== id))
    .map(({ id, recipient, purpose }, _index, all) => ({
      href: `/staff/safeguarding/people/${personId}/refer?consent=${id}`,
      text: `Ask ${agencyOf(agencies, recipient)} to help now${all.filter((one) => one.recipient === recipient).length > 1 ? `, ${purpose}` : ''}`,
    }));

export const atDisclosures = '/staff/safeguarding/disclosures';

export const standingOfDisclosureWords: Record<DisclosureStanding, string> = {
  'waits for approval': 'waits until a second person has approved it: nobody is told',
  approved: 'approved by a second person',
  refused: 'refused by a second person: nobody was told',
  'to be looked at': 'told at once; a second person looks at it',
  'looked at': 'told at once; a second person has looked at it and agrees',
  'something was wrong': 'told at once; a second person has looked at it and found something wrong',
  'told by one alone': 'told by one person alone, before a second was asked for',
};

/** Who asked, and who approved it where that is another. */
export const answersFor = (
  { askedBy, approvedBy }: Pick<DisclosureInShort, 'askedBy' | 'approvedBy'>,
  names: Names,
): string =>
  approvedBy && approvedBy !== askedBy
    ? `${nameOf(names, askedBy)}, and ${nameOf(names, approvedBy)}, who approved it`
    : nameOf(names, askedBy);

const nothingAgreed = {
  kind: 'empty',
  text: 'Nothing has been agreed to yet. Help does not wait for it, and does not depend on it.',
};

/** What is done next on what was agreed. */
const nextOf: Record<Act, (consent: Consent, personId: PersonId) => Model[]> = {
  examine: () => [],
  share: ({ id }) => [{ href: `/staff/safeguarding/consents/${id}/tell`, text: 'Tell them now' }],
  refer: ({ id }, personId) => [
    { href: `/staff/safeguarding/people/${personId}/refer?consent=${id}`, text: 'Ask them to help now' },
  ],
};

/** A worker’s word alone, given where help was asked for: nobody read anything out. */
const isWordAlone = ({ how, interpreted }: Consent): boolean => how === ways[1] && interpreted === 'not written down';

function consentSection(consent: Consent, { personId, agencies, names, now, asks, reached }: Account): Model {
  const standing = standingOf(consent, now);
  const byWhom = consent.how === ways[0] ? 'by the person' : 'by the word of a worker';
  return {
    kind: 'summary',
    title: `${actWords[consent.act]}: ${agencyOf(agencies, consent.recipient)}`,
    rows: rowsOf([
      [
        'Now',
        standing === 'taken back' && consent.withdrawnAt
          ? `Taken back, ${hourWords(consent.withdrawnAt)}`
          : standing === 'run out'
            ? `Over since ${longDay(dayOf(consent.until))}`
            : `In force until ${lastDayOf(consent.until)}`,
      ],
      ['What', listOf(consent.items)],
      ['What for', consent.purpose],
      ['Agreed', `${byWhom}, ${hourWords(consent.givenAt)}`],
      ...(isWordAlone(consent)
        ? ([
            [
              'Explained',
              `not written down: ${nameOf(names, consent.authorId)} says that the person agreed, and nobody wrote down in which words or language`,
            ],
          ] as const)
        : ([
            [
              'Explained',
              `by ${nameOf(names, consent.authorId)}, in ${languageWords(consent.language ?? 'other')}; interpreting: ${consent.interpreted}${consent.interpreter ? ` (${consent.interpreter})` : ''}`,
            ],
          ] as const)),
    ]),
    ...(!isWordAlone(consent) && { more: { title: 'The words that were shown or read out', text: consent.wording } }),
    links:
      standing === 'taken back'
        ? []
        : [
            ...(asks && standing === 'in force' && reached.has(consent.recipient)
              ? nextOf[consent.act](consent, personId)
              : []),
            { href: `/staff/safeguarding/consents/${consent.id}/withdraw`, text: 'Take this back' },
          ],
  };
}

/** Who is told is listed before it happens. */
export function withdrawPage(
  consent: Consent,
  told: readonly Grant[],
  agencies: Agencies,
  errors: FormErrors = {},
): Model {
  const ask = new Asking({}, errors);
  const reached = told.map(({ recipient }) => agencyOf(agencies, recipient));
  return {
    title: 'Take back what was agreed',
    caption: `${actWords[consent.act]}: ${agencyOf(agencies, consent.recipient)}`,
    errors,
    lead: [
      reached.length > 0
        ? `At once ${listOf([...new Set(reached)])} can see nothing of it any more. They are told to stop using what they were shown. What they know already they know: say so to the person.`
        : 'Nobody can see anything because of it now. Whoever saw something before knows it: say so to the person. It is kept that it was taken back.',
      ...(consent.purpose === toTheNrm
        ? [
            'Where a referral was submitted already, this does not undo it: say so. The person can leave it later, and is helped with that.',
          ]
        : []),
      'Nobody is asked why, and help goes on as before.',
    ],
    button: 'Take it back now',
    dangerous: true,
    cancel: atPerson(consent.personId),
    fields: [
      ask.one('how', 'Who said so?', [
        { value: ways[0], text: 'The person, to me' },
        { value: ways[1], text: 'A colleague tells me so' },
      ]),
    ],
  };
}

/** What a recipient reads, item by item: the preview and the recipient’s own page both say this and nothing else. */
export const shownRows = (shown: DisclosurePlan['shown']): Model[] =>
  shown.map(({ item, words }) => ({
    key: { text: (itemWords as Readonly<Record<string, string>>)[item] ?? capital(item) },
    value: { text: item === 'when we met' ? longDay(words) : words },
  }));
const itemWords: Record<Shareable, string> = {
  'when we met': 'Met on',
  'where we met': 'Met in',
  'what help is asked for': 'Asks for help with',
  'what they need to know': 'In words',
  'what the person wants': 'What the person wants',
  'what the person was advised': 'Was advised about',
  'how to reach the person safely': 'How to reach the person safely',
  'papers about health': 'Papers about health',
  'papers that say who the person is': 'Papers that say who the person is',
  'papers about law, immigration or money': 'Papers about law, immigration or money',
  'other papers and photos': 'Other papers and photos',
  [draftGroup]: 'Draft of a referral to the NRM',
};

export const askRefusals: Record<AskRefusal, FormErrors> = {
  'nothing named': { items: 'Select what they are told, or what is to be done' },
  'another act’s': { items: 'Select from this list alone: another act is asked for by itself' },
  'too little to refer': { items: `Select ${listOf(neededToRefer)}, too: nobody can be asked to help without them` },
  'nobody interpreted': explainedRefusals['nobody interpreted'],
  'interpreter not named': explainedRefusals['interpreter not named'],
  'over before it begins': { days: 'Select for how long' },
  'longer than a year': { days: 'Select a year or less' },
};
export const withdrawalRefusals: Record<WithdrawalRefusal, FormErrors> = {
  'taken back already': { '': 'It has been taken back already, and those who were told have been told so' },
};
