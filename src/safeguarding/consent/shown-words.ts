/** How pages show the words of a consent: in the person’s language first, where one was chosen, and in English. */

import type { Option } from '../../platform/forms/fields.ts';
import type { Language } from '../../public/languages/index.ts';
import { findOwnLanguage, type LanguageNeeds, otherLanguageCode } from '../../vocabulary/interpreting.ts';
import type { Consent } from './consent.ts';
import {
  consentLanguageCodes,
  consentLanguageOf,
  consentSource,
  directionOf,
  englishNameOf,
} from './languages/load.ts';
import { blocksOf, type WordingBlock } from './wording.ts';

/** What a form offers: the languages with a translation, and any other. */
export const wordingLanguages = [...consentLanguageCodes, otherLanguageCode];

export const wordingLanguageOptions: readonly Option[] = [
  ...consentLanguageCodes.map((code) => ({ value: code, text: englishNameOf(code) })),
  { value: otherLanguageCode, text: 'Another language: English words, through an interpreter' },
];

/** Our texts are written for readers of Mandarin. */
const codesByName: Readonly<Record<string, string>> = { Mandarin: 'zh' };

/** The choice that the record suggests. Undefined if the record names no language, or several. */
export function suggestWordingLanguage(speaks: LanguageNeeds): string | undefined {
  const own = findOwnLanguage(speaks)?.language;
  if (!own) return undefined;
  const code = codesByName[own] ?? own;
  return consentLanguageCodes.includes(code) ? code : otherLanguageCode;
}

/** Undefined for English, and for a language without a translation. */
export const findTranslation = (chosen: string): Language | undefined =>
  chosen === otherLanguageCode || chosen === consentSource.code ? undefined : consentLanguageOf(chosen);

type Shown = Pick<Consent, 'wording' | 'shownWording' | 'shownLanguage'>;
/** The words in one language, with what a browser must know to show and read them out. */
export type WordingVersion = Pick<Language, 'code' | 'name' | 'direction'> & {
  readonly blocks: readonly WordingBlock[];
};

/** The person’s language first. */
export function versionsOf({ wording, shownWording, shownLanguage }: Shown): WordingVersion[] {
  const version = ({ code, name, direction }: Language, words: string): WordingVersion => ({
    ...{ code, name, direction },
    blocks: blocksOf(words),
  });
  return [
    ...(shownWording && shownLanguage ? [version(consentLanguageOf(shownLanguage), shownWording)] : []),
    version(consentSource, wording),
  ];
}

/** Both languages, folded under a consent. */
export function foldedWords(title: string, { wording, shownWording, shownLanguage }: Shown) {
  if (!shownWording || !shownLanguage) return { title, text: wording };
  const beside = { code: shownLanguage, direction: directionOf(shownLanguage), text: shownWording };
  return { title, text: wording, beside };
}
