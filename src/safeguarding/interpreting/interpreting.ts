/** In which language something was explained and who interpreted, and whether this fits the record of the person. Pure: no clock, no database, no wording. */
import {
  findLanguageByCode,
  findLanguageIn,
  type Language,
  languages,
} from '../../vocabulary/languages/language-codes.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

/** Companions are not in this list: a companion never interprets (domain 1.2). */
export const interpretings = [
  'nobody was needed',
  'the worker speaks the language',
  'an interpreter in the room',
  'an interpreter by telephone or video',
  'not written down',
] as const;
export type Interpreting = (typeof interpretings)[number];
export const selectableInterpretings = interpretings.filter((one) => one !== 'not written down');

/** Languages that share a code with another language, although speakers of one may not understand the other. */
const spokenApart = ['Mandarin', 'Cantonese', 'Kurmanji', 'Sorani', 'Farsi', 'Dari', 'British Sign Language'];

const codeOf = ({ two, three }: Language): string => two ?? three;
export const anotherLanguage = 'other';
/** All languages of the record’s list: by code, or by name where one code covers several. */
export const languageChoices = [...languages.map(codeOf), ...spokenApart, anotherLanguage];

export const languageWords = (kept: string): string =>
  kept === anotherLanguage ? 'another language' : (findLanguageByCode(kept)?.names[0] ?? kept);

/** Accepts a name, and nothing that could be a number or an address. */
const isName = (text: string): boolean => /^[\p{L}\p{M}'’(). ,-]{2,60}$/u.test(text);

/** The one language that the text names; undefined if it names several or none. */
function named(written: string): string | undefined {
  const apart = spokenApart.filter((name) => written.toLowerCase().includes(name.toLowerCase()));
  const found = findLanguageIn(written);
  return found && apart.length === 1 ? apart[0] : found && codeOf(found);
}

/** What the record says about how the person speaks. */
export type Speaks = {
  readonly language?: string | null | undefined;
  readonly interpreter?: string | undefined;
};

/** The language of the record, for preselection. Undefined if the record names none, or several. */
export function ownLanguage({ language }: Speaks): { readonly language: string; readonly other: string } | undefined {
  if (!language) return undefined;
  const one = named(language);
  if (one) return { language: one, other: '' };
  const some = language.split(/[^\p{L}\p{M}-]+/u).some((word) => findLanguageIn(word));
  return some || !isName(language) ? undefined : { language: anotherLanguage, other: language };
}

export type Said = {
  readonly language: string;
  readonly otherLanguage?: string | null;
  readonly interpreted: string;
  readonly interpreter: string | null;
};
export type Explained = {
  readonly language: string;
  readonly interpreted: Interpreting;
  readonly interpreter: string | null;
};
export type ExplainedRefusal =
  | 'language not named'
  | 'nobody interpreted'
  | 'interpreter not named'
  | 'interpreted into English'
  | 'not understood';

/** Nobody can consent to words they do not understand. A person who needs an interpreter is not asked in English alone. */
export function explained(said: Said, speaks: Speaks): Result<Explained, ExplainedRefusal> {
  const other = said.otherLanguage?.trim();
  const listed = said.language !== anotherLanguage;
  if (!listed && !(other && isName(other))) return refuse('language not named');
  const language = listed ? said.language : (named(String(other)) ?? String(other));
  const interpreted = said.interpreted as Interpreting;
  const through = interpreted.startsWith('an interpreter');
  const english = language === 'en';
  if (!english && interpreted === 'nobody was needed') return refuse('nobody interpreted');
  if (english && needsInterpreter(speaks)) return refuse('not understood');
  if (english && through) return refuse('interpreted into English');
  if (through && !said.interpreter) return refuse('interpreter not named');
  return accept({ language, interpreted, interpreter: through ? said.interpreter : null });
}

/** The record says that an interpreter is needed, and the language is not English. */
export const needsInterpreter = (speaks: Speaks): boolean =>
  speaks.interpreter === 'needed' && ownLanguage(speaks)?.language !== 'en';
