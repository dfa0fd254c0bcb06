/** Reads the language files in this folder; adding a file adds a language. Heads are read at start, texts on first use. */
import { readdirSync, readFileSync } from 'node:fs';
import { edition, english, textsOf } from './english.ts';
import { createTranslator, findFaults, type Language, type Translator } from './language.ts';
import { countReviewed } from './reviews.ts';
import { readHead, readLanguage } from './shape.ts';

const folder = import.meta.dirname;
const codeOf = (fileName: string): string | undefined => /^([a-z]{2,3})\.yaml$/.exec(fileName)?.[1];

export const source: Language = {
  code: 'en',
  name: 'English',
  english: 'English',
  direction: 'ltr',
  edition,
  reviews: [],
  texts: textsOf(english),
  content: {},
};

/** Refuses a file whose head is not written as it must be now, the rest when it is first read. */
function readLanguageFile(code: string): Language {
  const read = (): string => readFileSync(`${folder}/${code}.yaml`, 'utf8');
  let whole: Language | undefined;
  const said = (): Language => {
    whole ??= assertValidLanguage(readLanguage(code, read()));
    return whole;
  };
  return {
    code,
    ...readHead(read()),
    get texts() {
      return said().texts;
    },
    get content() {
      return said().content;
    },
    get reviews() {
      return said().reviews;
    },
  };
}

function assertValidLanguage(language: Language): Language {
  const [fault] = findFaults(language, source);
  if (fault) throw new Error(`${language.code}.yaml: ${fault}`);
  return language;
}

/** English, Welsh, then the others by their English names. */
export const languages: readonly Language[] = [
  source,
  ...readdirSync(folder)
    .flatMap((fileName) => codeOf(fileName) ?? [])
    .map(readLanguageFile)
    .sort((a, b) => Number(b.code === 'cy') - Number(a.code === 'cy') || a.english.localeCompare(b.english, 'en')),
];

/** The language of that code; English for a code that nobody has made a file for. */
export const languageOf = (code: string): Language => languages.find((one) => one.code === code) ?? source;

const translators = new Map<string, Translator>();

/** What a page says in the language of that code, made once. */
export function translatorFor(code: string): Translator {
  const language = languageOf(code);
  const words = translators.get(language.code) ?? createTranslator(language, source);
  translators.set(language.code, words);
  return words;
}

/** Of how many of its sentences a speaker has reviewed the translation as it is now. */
export function countReviews(language: Language): { readonly reviewed: number; readonly sentences: number } {
  const { reviewed, unreviewed } = countReviewed(language, source);
  return { reviewed, sentences: reviewed + unreviewed };
}
