/** Reads the consent words of each language of the public pages. A file is read when its language is first asked for. */
import { existsSync, readFileSync } from 'node:fs';
import {
  findFaults,
  findGaps,
  isUnreviewed,
  type Language,
  languages,
  readLanguage,
  textsOf,
} from '../../../public/languages/index.ts';
import { edition, english } from './english.ts';

/** Names of files are one list where the server is built, so they say what they hold. */
export const fileNameOf = (code: string): string => `consent-${code}.yaml`;

export const consentSource: Language = {
  code: 'en',
  name: 'English',
  english: 'English',
  direction: 'ltr',
  edition,
  reviews: [],
  texts: textsOf(english),
  content: {},
};

const pathOf = (code: string): string => `${import.meta.dirname}/${fileNameOf(code)}`;

/** Codes of the languages in which the words can be shown, English first. */
export const consentLanguageCodes: readonly string[] = languages
  .map(({ code }) => code)
  .filter((code) => code === consentSource.code || existsSync(pathOf(code)));
/** The language under its English name. */
export const englishNameOf = (code: string): string =>
  languages.find((one) => one.code === code)?.english ?? consentSource.english;
/** Known without the words, so that a kept consent shows even where its language has no file any more. */
export const directionOf = (code: string): string => languages.find((one) => one.code === code)?.direction ?? 'auto';

const read = new Map<string, Language>([[consentSource.code, consentSource]]);

/** Throws on a code without a file, and on a file with a fault. */
export function consentLanguageOf(code: string): Language {
  const language = read.get(code) ?? readWhole(code);
  read.set(code, language);
  return language;
}

function readWhole(code: string): Language {
  if (!consentLanguageCodes.includes(code)) throw new Error(`no consent words in the language ${code}`);
  const language = readLanguage(code, readFileSync(pathOf(code), 'utf8'));
  const [fault] = findConsentFaults(language);
  if (fault) throw new Error(`${fileNameOf(code)}: ${fault}`);
  return language;
}

/** Whether a speaker has reviewed every text. */
export const isReviewed = (language: Language): boolean => !isUnreviewed(language, consentSource);

/** Stricter than for a public page: what is missing or outdated is never shown to a person who is asked to agree. */
export function findConsentFaults(language: Language): string[] {
  const { missing, outdated } = findGaps(language, consentSource);
  return [
    ...findFaults(language, consentSource),
    ...missing.map((key) => `${key} is missing`),
    ...(outdated ? [`translated from edition ${language.edition}, and the English has changed since`] : []),
  ];
}
