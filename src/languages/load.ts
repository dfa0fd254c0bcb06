/** Reads the languages that lie beside this file, once: a file more is a language more. */
import { readdirSync, readFileSync } from 'node:fs';
import { faultsOf, type Language } from './language.ts';
import { readLanguage } from './shape.ts';

const folder = import.meta.dirname;
const codeOf = (fileName: string): string | undefined => /^([a-z]{2,3})\.yaml$/.exec(fileName)?.[1];
const read = (code: string): Language => readLanguage(code, readFileSync(`${folder}/${code}.yaml`, 'utf8'));

export const source: Language = read('en');

/** English, Welsh, then the others by their English names. */
export const languages: readonly Language[] = [
  source,
  ...readdirSync(folder)
    .flatMap((fileName) => codeOf(fileName) ?? [])
    .filter((code) => code !== source.code)
    .map(read)
    .sort((a, b) => Number(b.code === 'cy') - Number(a.code === 'cy') || a.english.localeCompare(b.english, 'en')),
];

for (const language of languages) {
  const [fault] = faultsOf(language, source);
  if (fault) throw new Error(`${language.code}.yaml: ${fault}`);
}

/** The language of that code; English for a code that nobody has made a file for. */
export const languageOf = (code: string): Language => languages.find((one) => one.code === code) ?? source;
