/** The page of consents and disclosures of a person: what they agreed to, who was told and who can read it now. The person or a judge may see it, so it names no other person. */

import { findLanguageDifference, foldedWords } from '../../nrm/consent-words/index.ts';
import { dayOf } from '../../platform/clock.ts';
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { Cell, Link, Section, SectionsPage, StateItem } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { addDays, dayRange, longDay } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, PersonId } from '../../vocabulary/ids.ts';
import { formatInterpreting, formatLanguage, type LanguageNeeds } from '../../vocabulary/interpreting.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { consentPaths, sharingPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { disclosurePaths, referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { wordsOf, wordsOfAll } from '../../vocabulary/value-words.ts';
import type { CaseFrame } from '../case/frame.ts';
import { personView } from '../consent-words/person-view.ts';
import { omissionsSection, readersSections } from '../disclosures/current-readers.ts';
import { deriveDisclosureStatus } from '../disclosures/disclosure.ts';
import type { OtherDisclosure } from '../disclosures/elsewhere.ts';
import { findSendingRoute, wasDisclosed } from '../disclosures/outside-referrals.ts';
import type { DisclosureSummary } from '../disclosures/store.ts';
import type { GrantNotified } from '../information-sharing/notified-store.ts';
import { notifiedWords } from '../information-sharing/notified-words.ts';
import {
  type Act,
  type Consent,
  type ConsentRefusal,
  consentSources,
  deriveConsentStatus,
  sortByTime,
} from './consent.ts';
import { deriveGrantStatus, type Grant, type GrantEnd, type GrantStatus } from './grant.ts';
import {
  type Agencies,
  actLabels,
  agencyOf,
  basisLabels,
  describeResponsible,
  disclosureStatusLabels,
  formatLastDay,
  summaryRows,
} from './pages.ts';

const grantStatusLabels: Record<GrantStatus, string> = {
  open: 'has access',
  'run out': 'no access',
  'taken back': 'withdrawn: no access',
  declined: 'declined: no access',
  finished: 'finished: no access',
};

export type ConsentOverview = {
  /** Which success message the page shows. */
  readonly done?: keyof typeof successMessages | undefined;
  /** The banner and tabs of the case, where the reader may read the record. */
  readonly frame?: CaseFrame | undefined;
  readonly personId: PersonId;
  readonly consents: readonly Consent[];
  /** What the person said no to. */
  readonly refusals: readonly ConsentRefusal[];
  readonly disclosures: readonly DisclosureSummary[];
  readonly grants: readonly Grant[];
  readonly ends: readonly GrantEnd[];
  /** Whether recipients were notified, by grant of the reader’s agency. */
  readonly notified: ReadonlyMap<string, GrantNotified>;
  /** Disclosures made in other ways. */
  readonly elsewhere: readonly OtherDisclosure[];
  /** Requests that went on paper or as a sealed file. */
  readonly byLetter: ReadonlySet<string>;
  /** What the reader may not know. The words are the same whether such disclosures exist or not. */
  readonly leftOut: readonly string[];
  readonly agencies: Agencies;
  readonly names: MemberNames;
  readonly now: Date;
  readonly back: { readonly href: string; readonly text: string };
  /** The agency that keeps the record. Undefined if there is only a note, or if the reader sees only what their agency was told. */
  readonly keptBy: AgencyId | undefined;
  /** The person was met at a visit, so leads of support agencies in that operation can read it too. */
  readonly met: boolean;
  readonly asks: boolean;
  /** Agencies that can be asked or told at all. */
  readonly reached: ReadonlySet<string>;
  /** The reader’s agency. */
  readonly own: string;
  /** The page as the person is shown it. */
  readonly shownToPerson: boolean;
  readonly speaks: LanguageNeeds;
};

const successMessages = {
  kept: 'The consent is saved. You can read the words below.',
  refused: 'The no is saved, so that nobody asks again. Help goes on as before.',
  ended:
    'The no is saved, and the earlier consent is withdrawn. The agencies lost access. The table says whether each was notified.',
  taken: 'The consent is withdrawn. The agencies lost access. The table says whether each was notified.',
  told: 'The information is shared. The table says whether the agency was notified.',
} as const;

/** Approval alone tells nobody: a referral counts as disclosed when it is sent and has a grant. */
const isDisclosed = (disclosure: DisclosureSummary, grants: readonly Grant[]): boolean =>
  wasDisclosed(disclosure, disclosure.kept) &&
  (findSendingRoute(disclosure).sent !== undefined ||
    listSpokenDisclosures([disclosure], grants).length > 0 ||
    grants.some(({ disclosureId }) => disclosureId === disclosure.id));

const disclosureSection = (
  disclosure: DisclosureSummary,
  { grants, agencies, names, now, own }: ConsentOverview,
): Section => ({
  kind: 'summary',
  title: `${isDisclosed(disclosure, grants) ? 'Disclosed without consent' : 'Disclosure without consent requested'}: ${agencyOf(agencies, disclosure.recipient)}, ${wordsOf(disclosure.purpose)}`,
  rows: summaryRows([
    [isDisclosed(disclosure, grants) ? 'Legal ground' : 'Proposed legal ground', basisLabels[disclosure.basis]],
    ['Reasons', 'Not on this page'],
    ['Status', capital(disclosureStatusLabels[deriveDisclosureStatus(disclosure)])],
    ['Responsible', describeResponsible(disclosure, names)],
    ['Information', listOf(wordsOfAll(disclosure.items))],
    ['Purpose', wordsOf(disclosure.purpose)],
    ['Until', formatLastDay(disclosure.until)],
  ]),
  links: [
    {
      href: disclosurePaths.disclosure(disclosure.id),
      text: 'Read the reasons',
    },
    ...grants
      .filter((one) => one.disclosureId === disclosure.id && one.fromAgency === own && one.referralId)
      .filter((one) => deriveGrantStatus(one, now) === 'open')
      .map(({ referralId }) => ({
        href: referralPaths.takingBack(String(referralId)),
        text: 'Withdraw the referral',
      })),
  ],
});

/** Reasons for disclosures without consent may quote others, so this page leaves them out. The frame has no menu, so that the screen can be shown to the person. */
export function consentOverviewPage(account: ConsentOverview): SectionsPage {
  const { personId, agencies, now, back, asks } = account;
  const called = (id: string): string => agencyOf(agencies, id);
  const consents = sortByTime(account.consents, ({ givenAt }) => givenAt, called);
  const grants = sortByTime(account.grants, ({ madeAt }) => madeAt, called);
  const disclosures = sortByTime(account.disclosures, ({ askedAt }) => askedAt, called);
  const next = nextActions({ ...account, consents });
  const sections: Section[] = [
    disclosuresTable({ ...account, grants, disclosures }),
    ...readersSections(account),
    ...(consents.length === 0 ? [{ kind: 'states' as const, title: 'Consent', items: [noConsentNotice] }] : []),
    ...consents.map((consent) => consentSection(consent, account)),
    ...sortByTime(account.refusals, ({ givenAt }) => givenAt, called).map((one) => refusalSection(one, account)),
    ...disclosures.map((disclosure) => disclosureSection(disclosure, account)),
    ...omissionsSection(account),
  ];
  if (account.shownToPerson) {
    const inLargeType = consents
      .filter((one) => !isReportedConsent(one))
      .map(({ id, act, recipient }) => ({
        href: consentPaths.largeType(id),
        text: `${actLabels[act]}: ${called(recipient)}`,
      }));
    return personView(personId, sections, { ...account, inLargeType });
  }
  return {
    ...account.frame,
    frame: 'platform/plain.njk',
    title: 'Consent and disclosures',
    done: account.done && successMessages[account.done],
    back: { href: back.href, text: `Back to ${back.text.toLowerCase()}` },
    lead: [
      'This page is for staff. “Show this to the person” opens the same account without notes for staff. The person can withdraw consent at any time, without a reason.',
      `Date: ${longDay(dayOf(now))}.`,
    ],
    actions: [
      ...(asks
        ? [...next, { href: consentPaths.asking(personId), text: 'Ask for consent', secondary: next.length > 0 }]
        : []),
      {
        href: withQuery(consentPaths.overview(personId), { view: 'person' }),
        text: 'Show this to the person',
        secondary: true,
      },
    ],
    sections,
  };
}

type Row = { readonly at: Date; readonly cells: readonly Cell[] };

/** What the agency’s access rests on: a consent or a disclosure. */
function describeBasis({ consentId, disclosureId }: Grant, disclosures: readonly DisclosureSummary[]): string {
  if (consentId) return 'with consent';
  const disclosure = disclosures.find(({ id }) => id === disclosureId);
  return `without consent${disclosure ? `: ${basisLabels[disclosure.basis]}` : ''}`;
}

function grantRow(grant: Grant, account: ConsentOverview): Row {
  const { disclosures, ends, agencies, byLetter, shownToPerson, now } = account;
  const standing = deriveGrantStatus(grant, now);
  const end = ends.find(({ id }) => id === grant.id);
  const since = standing === 'taken back' ? '' : '; withdrawn since';
  const knows =
    end?.ended === 'taken back'
      ? `${since}. ${end.confirmedAt ? 'They confirmed it' : 'They have not confirmed it yet'}`
      : '';
  const notified = notifiedWords(shownToPerson ? undefined : account.notified.get(grant.id), standing, end);
  const { referralId } = grant;
  const way = !referralId ? 'Shared' : byLetter.has(referralId) ? 'Referral by letter' : 'Referral';
  return {
    at: grant.madeAt,
    cells: [
      {
        text: agencyOf(agencies, grant.recipient),
        ...(referralId && { href: referralPaths.referral(referralId) }),
      },
      { text: listOf(wordsOfAll(grant.items)) },
      { text: `${way}, ${describeBasis(grant, disclosures)}` },
      { text: daysOf(grant) },
      {
        text: `${grantStatusLabels[standing]}${knows}${notified.words}`,
        ...(standing === 'open' && { tag: notified.waits ? 'orange' : 'green' }),
      },
    ],
  };
}

/** Disclosed at once or by one member alone, with no page for the recipient: usually by telephone. The modules for custody and police report their own. */
const listSpokenDisclosures = (
  disclosures: readonly DisclosureSummary[],
  grants: readonly Grant[],
): DisclosureSummary[] =>
  disclosures.filter(
    (one) =>
      one.approvedAt &&
      one.timing !== 'after approval' &&
      !findSendingRoute(one).sent &&
      grants.every(({ disclosureId }) => disclosureId !== one.id),
  );

/** All disclosures of every kind, latest first. */
function disclosuresTable(account: ConsentOverview): Section {
  const { grants, disclosures, elsewhere, agencies, names, now, own } = account;
  const rows: Row[] = [
    ...grants.map((grant) => grantRow(grant, account)),
    ...listSpokenDisclosures(disclosures, grants).map(({ recipient, items, basis, askedAt }) => ({
      at: askedAt,
      cells: [
        { text: agencyOf(agencies, recipient) },
        { text: listOf(wordsOfAll(items)) },
        { text: `Shared without consent: ${basisLabels[basis]}` },
        { text: longDay(dayOf(askedAt)) },
        { text: 'disclosed' },
      ],
    })),
    ...elsewhere.map(({ at, say }) => {
      const { who, what, how, when, now: stands, tag, href } = say(agencies, names);
      return {
        at,
        cells: [
          { text: who, ...(href && { href }) },
          { text: what },
          { text: how },
          { text: when },
          { text: stands, tag },
        ],
      };
    }),
  ];
  return {
    kind: 'table',
    stack: true,
    id: 'told',
    caption: 'Disclosures',
    columns: ['Recipient', 'Information', 'Basis', 'Date', 'Status'].map((text) => ({ text })),
    rows: rows.toSorted((one, other) => other.at.getTime() - one.at.getTime()).map(({ cells }) => cells),
    empty: 'No disclosures yet.',
    links: grants
      .filter((grant) => grant.fromAgency === own && deriveGrantStatus(grant, now) === 'open')
      .map(({ id, recipient }) => ({
        href: sharingPaths.letter(id),
        text: `Letter or encrypted file for ${agencyOf(agencies, recipient)}`,
      })),
  };
}

const daysOf = ({ madeAt, endedAt, until }: Grant): string =>
  dayRange(dayOf(madeAt), endedAt ? dayOf(endedAt) : addDays(dayOf(until), -1));

/** Consents that are not used yet come first. */
const nextActions = ({ personId, consents, grants, agencies, now, reached, own }: ConsentOverview): Link[] =>
  consents
    .filter(({ act, agencyId }) => act === 'refer' && agencyId === own)
    .filter((one) => deriveConsentStatus(one, now) === 'in force' && reached.has(one.recipient))
    .filter(({ id }) => grants.every(({ consentId }) => consentId !== id))
    // Two consents for the same agency and purpose: keep the wider one. Each also has its own links below.
    .filter((one, _index, all) => {
      const alike = all.filter(({ recipient, purpose }) => recipient === one.recipient && purpose === one.purpose);
      return alike.toSorted((first, second) => second.items.length - first.items.length)[0] === one;
    })
    .map(({ id, recipient, purpose }, _index, all) => ({
      href: `${referralPaths.ofPerson(personId)}?consent=${id}`,
      text: `Refer to ${agencyOf(agencies, recipient)} now${all.filter((one) => one.recipient === recipient).length > 1 ? `, ${wordsOf(purpose)}` : ''}`,
    }));

const noConsentNotice: StateItem = {
  kind: 'empty',
  text: 'No consent yet. Help does not depend on consent.',
};

/** The next action for each kind of consent. */
const nextLinks: Record<Act, (consent: Consent, personId: PersonId) => Link[]> = {
  examine: () => [],
  share: ({ id }) => [{ href: sharingPaths.sharing(id), text: 'Share the information now' }],
  refer: ({ id }, personId) => [
    { href: `${referralPaths.ofPerson(personId)}?consent=${id}`, text: 'Send the referral now' },
  ],
};

/** A worker only reported that the person agreed when making a referral, so no wording was read out. */
const isReportedConsent = ({ how, interpreted }: Pick<Consent, 'how' | 'interpreted'>): boolean =>
  how === consentSources[1] && interpreted === 'not written down';

const languageWarning = (consent: Consent | ConsentRefusal, { speaks, shownToPerson }: ConsentOverview): string[] => {
  const difference = isReportedConsent(consent) || shownToPerson ? undefined : findLanguageDifference(consent, speaks);
  return difference ? [difference] : [];
};

/** The person may read this: it says what was asked, and that the answer changes nothing. */
const refusalSection = (refusal: ConsentRefusal, account: ConsentOverview): Section => ({
  kind: 'summary',
  lead: languageWarning(refusal, account),
  title: `The person said no. ${actLabels[refusal.act]}: ${agencyOf(account.agencies, refusal.recipient)}`,
  rows: summaryRows([
    ['Answer', `No, ${formatHour(refusal.givenAt)}, ${sourceWords(refusal)}`],
    ['Information', listOf(wordsOfAll(refusal.items))],
    ['Purpose', wordsOf(refusal.purpose)],
    ['Explained', explainedWords(refusal, account.names)],
    [
      'What follows',
      `Nothing. Help goes on.${account.shownToPerson ? '' : ' Do not ask again unless the person raises it.'}`,
    ],
  ]),
  more: foldedWords('Words of the question', refusal),
});

const sourceWords = ({ how }: Pick<Consent, 'how'>): string =>
  how === consentSources[0] ? 'by the person' : 'reported by a worker';
const explainedWords = (
  {
    authorId,
    language,
    interpreted,
    interpreter,
  }: Pick<Consent, 'authorId' | 'language' | 'interpreted' | 'interpreter'>,
  names: MemberNames,
): string =>
  `by ${getMemberName(names, authorId)}, in ${formatLanguage(language ?? 'other')}; ${formatInterpreting(interpreted, interpreter)}`;

function consentSection(consent: Consent, account: ConsentOverview): Section {
  const { personId, agencies, names, now, asks, reached } = account;
  const standing = deriveConsentStatus(consent, now);
  return {
    kind: 'summary',
    title: `Consent. ${actLabels[consent.act]}: ${agencyOf(agencies, consent.recipient)}`,
    lead: languageWarning(consent, account),
    rows: summaryRows([
      [
        'Now',
        standing === 'taken back' && consent.withdrawnAt
          ? `Withdrawn, ${formatHour(consent.withdrawnAt)}`
          : standing === 'run out'
            ? `Expired since ${longDay(dayOf(consent.until))}`
            : `In force until ${formatLastDay(consent.until)}`,
      ],
      ['Information', listOf(wordsOfAll(consent.items))],
      ['Purpose', wordsOf(consent.purpose)],
      ['Agreed', `${sourceWords(consent)}, ${formatHour(consent.givenAt)}`],
      [
        'Explained',
        isReportedConsent(consent)
          ? `Not recorded. ${getMemberName(names, consent.authorId)} reported that the person agreed`
          : explainedWords(consent, names),
      ],
    ]),
    ...(!isReportedConsent(consent) && { more: foldedWords('Words of the consent', consent) }),
    links:
      standing === 'taken back'
        ? []
        : [
            ...(asks && standing === 'in force' && reached.has(consent.recipient)
              ? nextLinks[consent.act](consent, personId)
              : []),
            { href: consentPaths.withdrawal(consent.id), text: 'Withdraw consent' },
          ],
  };
}
