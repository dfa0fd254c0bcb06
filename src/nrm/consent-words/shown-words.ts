/** How pages show the words that a person is asked by: in the person’s language first, where one was chosen, and in English. */

import type { Option } from '../../platform/forms/fields.ts';
import type { Language } from '../../public/languages/index.ts';
import { findOwnLanguage, type LanguageNeeds, otherLanguageCode } from '../../vocabulary/interpreting.ts';
import {
  consentLanguageCodes,
  consentLanguageOf,
  consentSource,
  directionOf,
  englishNameOf,
  isReviewed,
} from './languages/load.ts';
import { blocksOf, type WordingBlock } from './wording-lines.ts';

/** What a form offers: the languages with a translation, and any other. */
export const wordingLanguages = [...consentLanguageCodes, otherLanguageCode];

export const wordingLanguageOptions: readonly Option[] = [
  ...consentLanguageCodes.map((code) => ({ value: code, text: englishNameOf(code) })),
  { value: otherLanguageCode, text: 'Another language: English words, through an interpreter' },
];

/** Our texts are written for readers of Mandarin. */
const codesByName: Readonly<Record<string, string>> = { Mandarin: 'zh' };

/** One code for the names under which the same words are read. */
export const codeOfLanguage = (language: string | null | undefined): string | undefined =>
  language ? (codesByName[language] ?? language) : undefined;

/** The choice that the record suggests. Undefined if the record names no language, or several. */
export function suggestWordingLanguage(speaks: LanguageNeeds): string | undefined {
  const code = codeOfLanguage(findOwnLanguage(speaks)?.language);
  if (!code) return undefined;
  return consentLanguageCodes.includes(code) ? code : otherLanguageCode;
}

/** Undefined for English, and for a language without a translation. */
export const findTranslation = (chosen: string): Language | undefined =>
  chosen === otherLanguageCode || chosen === consentSource.code ? undefined : consentLanguageOf(chosen);

export type ShownWords = {
  /** The exact English words that were shown or read out. The answer rests on them. */
  readonly wording: string;
  /** The same in the person’s language, as they were shown beside the English, and its code. Null where only English was shown. */
  readonly shownWording: string | null;
  readonly shownLanguage: string | null;
};

/** Whether the words were shown in a translation that no speaker has reviewed. */
export const isUnreviewedTranslation = ({ shownLanguage }: Pick<ShownWords, 'shownLanguage'>): boolean =>
  shownLanguage !== null && !isReviewed(consentLanguageOf(shownLanguage));

/** The words in English and in the chosen language. In English alone where it has no translation, or where `translate` has none of these words. */
export function wordsIn(chosen: string, wording: string, translate: (code: string) => string | undefined): ShownWords {
  const shownLanguage = findTranslation(chosen)?.code ?? null;
  const shownWording = (shownLanguage && translate(shownLanguage)) ?? null;
  return { wording, shownWording, shownLanguage: shownWording === null ? null : shownLanguage };
}

/** The words in one language, with what a browser must know to show and read them out. */
export type WordingVersion = Pick<Language, 'code' | 'name' | 'direction'> & {
  readonly blocks: readonly WordingBlock[];
};

/** The person’s language first. */
export function versionsOf({ wording, shownWording, shownLanguage }: ShownWords): WordingVersion[] {
  const version = ({ code, name, direction }: Language, words: string): WordingVersion => ({
    ...{ code, name, direction },
    blocks: blocksOf(words),
  });
  return [
    ...(shownWording && shownLanguage ? [version(consentLanguageOf(shownLanguage), shownWording)] : []),
    version(consentSource, wording),
  ];
}

/** Both languages, folded under what the person answered. */
export function foldedWords(title: string, { wording, shownWording, shownLanguage }: ShownWords) {
  if (!shownWording || !shownLanguage) return { title, text: wording };
  const beside = { code: shownLanguage, direction: directionOf(shownLanguage), text: shownWording };
  return { title, text: wording, beside };
}
