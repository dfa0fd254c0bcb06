/** Pure. What each page of a case has in common: who the person is, and the parts of the case that the reader may open. */

import type { IdentityBanner, Tab } from '../../platform/rendering/pages.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { documentPaths } from '../../vocabulary/paths/safeguarding/documents.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import type { Person, PersonDetails } from '../people/person.ts';
import { describeAge } from './recorded-age.ts';

export const caseParts = ['overview', 'needs', 'consent', 'referrals', 'nrm', 'documents', 'history'] as const;
export type CasePart = (typeof caseParts)[number];

type PartDetails = {
  readonly text: string;
  /** The permission that its page asks for. */
  readonly action: string;
  readonly href: (id: string) => string;
};
const detailsOf: Record<CasePart, PartDetails> = {
  overview: { text: 'Overview', action: 'person.read', href: recordPaths.record },
  needs: { text: 'Needs and support', action: 'help.read', href: peoplePaths.help },
  consent: { text: 'Consent', action: 'consent.read', href: consentPaths.overview },
  referrals: { text: 'Referrals', action: 'referral.read', href: referralPaths.listOfPerson },
  nrm: { text: 'NRM', action: 'nrm referral.read', href: nrmPaths.listOfPerson },
  documents: { text: 'Documents', action: 'paper.read', href: documentPaths.list },
  history: { text: 'History', action: 'person.read', href: peoplePaths.history },
};

/** The data of a person that the banner shows, for the access log. */
export const bannerFields = [
  ...['called', 'age', 'language', 'interpreter'],
  ...['contactWay', 'contactAt', 'contactWhen', 'contactNever'],
] as const;

export type CaseFrame = {
  readonly banner: IdentityBanner;
  readonly tabs: readonly Tab[];
  readonly tabsLabel: string;
};

export type CaseReader = {
  readonly can: (action: string) => boolean;
  readonly today: string;
};

/** The banner and the tabs of a page of the case. */
export const caseFrame = (
  person: Person,
  agencies: ReadonlyMap<string, { readonly name: string }>,
  { can, today }: CaseReader,
  current: CasePart,
): CaseFrame => ({
  banner: {
    name: person.called,
    reference: caseReference(person.id),
    facts: [
      { label: 'Age', text: describeAge(person, today) },
      { label: 'Language', text: describeLanguage(person) },
      { label: 'Safe contact', text: describeContact(person) },
      { label: 'Owner', text: agencies.get(person.agencyId)?.name ?? 'another agency' },
    ],
    ...(person.contactNever && { never: person.contactNever }),
  },
  tabs: caseParts
    .filter((part) => can(detailsOf[part].action))
    .map((part) => ({
      href: detailsOf[part].href(person.id),
      text: detailsOf[part].text,
      current: part === current,
    })),
  tabsLabel: 'Parts of this case',
});

/** The case of a person in short, to be read aloud. */
export const caseReference = (id: string): string => referenceOf('case', id);

function describeLanguage({ language, interpreter }: PersonDetails): string {
  const spoken = language ?? 'Not recorded';
  if (interpreter === 'needed') return `${spoken}, needs an interpreter`;
  return interpreter === 'not needed' ? `${spoken}, no interpreter needed` : spoken;
}

function describeContact({ contactWay, contactAt, contactWhen }: PersonDetails): string {
  const way = contactAt ? `${contactWay}, ${contactAt}` : contactWay;
  return capital(contactWhen ? `${way} (${contactWhen})` : way);
}
