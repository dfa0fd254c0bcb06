/** The account of consents and disclosures as the person is shown it: no notes for staff, nothing to press, and a first section in their language. */

import { consentSource, findTranslation, speakerOf, suggestWordingLanguage } from '../../nrm/consent-words/index.ts';
import { dayOf } from '../../platform/clock.ts';
import type { Link, Section, SectionsPage } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import type { LanguageNeeds } from '../../vocabulary/interpreting.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';

/** Without links: each leads to a page for staff. */
function withoutLinks(section: Section): Section {
  const plain = { ...section, links: undefined };
  return plain.kind === 'table'
    ? { ...plain, rows: plain.rows.map((row) => row.map((cell) => ({ ...cell, href: undefined }))) }
    : plain;
}

/** What the page is, in the language of the record. Undefined where that is English, not known or without a translation. */
function ownSection(speaks: LanguageNeeds): Section | undefined {
  const language = findTranslation(suggestWordingLanguage(speaks) ?? consentSource.code);
  if (!language) return undefined;
  const { code, direction, name } = language;
  const { say, status } = speakerOf(code);
  return {
    kind: 'words',
    title: name,
    language: { code, direction },
    lead: [...status, say('account.says'), say('account.withdraw'), say('account.english')],
  };
}

export function personView(
  personId: PersonId,
  sections: readonly Section[],
  {
    now,
    speaks,
    inLargeType,
  }: {
    readonly now: Date;
    readonly speaks: LanguageNeeds;
    /** The words of each consent, on a page of their own without notes for staff. */
    readonly inLargeType: readonly Link[];
  },
): SectionsPage {
  const own = ownSection(speaks);
  const { say } = speakerOf(consentSource.code);
  return {
    frame: 'platform/plain.njk',
    title: 'Consent and disclosures',
    back: { href: consentPaths.overview(personId), text: 'Back, for staff' },
    lead: own ? [] : ['This page is in English. If that is not your language, ask the interpreter what it says.'],
    sections: [
      ...(own ? [own] : []),
      {
        kind: 'words',
        ...(own && { title: 'English' }),
        lead: [say('account.says'), say('account.withdraw'), `Date: ${longDay(dayOf(now))}.`],
      },
      ...(inLargeType.length > 0 ? [{ kind: 'list' as const, title: 'Words in large type', items: inLargeType }] : []),
      ...sections.map(withoutLinks),
    ],
  };
}
