/** The models of the partnership's own pages, from its file. Their words are English: the law asks the partnership for them, in its own name. */
import type { Partnership } from '../../platform/partnership.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import type { Translator } from '../languages/language.ts';

export const partnershipPages = ['about', 'privacy', 'accessibility', 'contact'] as const;
export type PartnershipPage = (typeof partnershipPages)[number];

export const partnershipPage = (words: Translator, page: PartnershipPage, partnership: Partnership | undefined) => ({
  here: `/${page}`,
  title: words.plain(`shell.${page}`),
  partnership,
  changed: partnership && longDay(partnership.privacy.changed),
  tested: partnership && longDay(partnership.accessibility.tested),
});

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'public/partnership/public-about': ReturnType<typeof partnershipPage>;
    'public/partnership/public-privacy': ReturnType<typeof partnershipPage>;
    'public/partnership/public-accessibility': ReturnType<typeof partnershipPage>;
    'public/partnership/public-contact': ReturnType<typeof partnershipPage>;
  }
}

/** Takes the origin and the file, gives security.txt (RFC 9116, sections 2.5.3 and 2.5.5). */
export const securityFile = (origin: string, { security }: Partnership): string =>
  [
    `Contact: mailto:${security.email}`,
    `Expires: ${security.expires}T00:00:00.000Z`,
    'Preferred-Languages: en',
    `Canonical: ${origin}/.well-known/security.txt`,
    '',
  ].join('\n');

/** Takes the origin and the file, gives what search engines read of the partnership and its service (schema.org), safe within a script element. */
export function organisationData(origin: string, partnership: Partnership): string {
  const { name, area, contact, press, social } = partnership;
  const organisation = {
    '@type': 'Organization',
    '@id': `${origin}/#partnership`,
    name,
    url: `${origin}/`,
    areaServed: { '@type': 'AdministrativeArea', name: area },
    ...(social.length > 0 && { sameAs: social.map(({ url }) => url) }),
    contactPoint: [
      { '@type': 'ContactPoint', contactType: 'general enquiries', email: contact.email },
      { '@type': 'ContactPoint', contactType: 'press', email: press.email },
    ],
  };
  const service = {
    '@type': 'GovernmentService',
    '@id': `${origin}/#report`,
    name: 'Reporting and help with modern slavery',
    serviceType: 'Report of modern slavery, and where to get help',
    url: `${origin}/report`,
    provider: { '@id': `${origin}/#partnership` },
    areaServed: { '@type': 'AdministrativeArea', name: area },
    audience: { '@type': 'Audience', audienceType: 'Anyone, also people who may be exploited' },
  };
  return JSON.stringify({ '@context': 'https://schema.org', '@graph': [organisation, service] }).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
