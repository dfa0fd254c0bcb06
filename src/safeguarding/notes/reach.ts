/** What a reader of a note needs to speak with the person and with the author: language, interpreter, and how to reach the author. Pure. */

import type { Agency } from '../../identity/agencies/index.ts';
import type { Section } from '../../platform/rendering/pages.ts';
import type { VisitInterpreter } from '../../vocabulary/interpreting.ts';
import { findPhone } from '../../vocabulary/phone-numbers.ts';
import type { Note } from './note.ts';

type Spoken = Pick<Note, 'language' | 'interpreter'>;

const interpreterWords: Record<VisitInterpreter, string> = {
  'not needed': 'no interpreter needed',
  'in person': 'interpreter in person',
  'by phone': 'interpreter by phone',
  'none found': 'no interpreter found',
};

/** "Vietnamese, interpreter by phone" */
export const formatSpoken = ({ language, interpreter }: Spoken): string =>
  [language, interpreter && interpreterWords[interpreter]].filter(Boolean).join(', ') || 'Not recorded';

/** What a new note takes over from the encounter. Somebody only seen needed no interpreter, which says nothing of the person. */
export const spokenAtVisit = ({ language, interpreter }: Spoken): Spoken => ({
  language,
  interpreter: language === null && interpreter === 'not needed' ? null : interpreter,
});

/** What the note says of language and interpreter, in the words of a person’s record. */
export const spokenInRecord = ({
  language,
  interpreter,
}: Spoken): { language?: string; interpreter?: 'needed' | 'not needed' } => ({
  ...(language && { language }),
  ...(interpreter && { interpreter: interpreter === 'not needed' ? 'not needed' : 'needed' }),
});

/** How to speak with the person, for a referral; null where the note does not say. */
export const formatSpokenNeeds = ({ language, interpreter }: Spoken): string | null =>
  [
    language && `Speaks ${language}.`,
    interpreter && interpreter !== 'not needed' && 'An interpreter is needed, not anybody who came with the person.',
  ]
    .filter(Boolean)
    .join(' ') || null;

type AuthorAgency = Pick<Agency, 'name'> & Partial<Pick<Agency, 'kind'>>;

const switchboard = ({ name, kind }: AuthorAgency, author: string): string =>
  kind === 'police force' || kind === 'regional crime unit'
    ? `Call the police on 101 and ask for ${author} of ${name}.`
    : `Call ${name} and ask for ${author}.`;

/** For readers other than the author. Nothing here says what the note is about, so a switchboard learns nothing. */
export function authorSection(
  { authorPhone }: Pick<Note, 'authorPhone'>,
  author: string,
  agency: AuthorAgency,
): Section {
  const phone = authorPhone ? findPhone(authorPhone) : undefined;
  return {
    kind: 'list',
    id: 'author',
    title: 'Reach the author of the note',
    lead: [`${author} of ${agency.name} wrote the note.`],
    items: [
      ...(authorPhone
        ? [phone ? { text: `Ring ${author}: ${authorPhone}`, href: phone.address } : `${author}: ${authorPhone}`]
        : [`The author gave no number. ${switchboard(agency, author)}`]),
      'On the phone, do not say the name of the person before you know who listens.',
    ],
  };
}
