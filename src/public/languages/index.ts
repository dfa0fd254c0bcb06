/** The interface of the languages: the texts of the public pages, in each language. */

export type { TextKey } from './english.ts';
export { english } from './english.ts';
export type { TextValues as Fills, Translator as Words } from './language.ts';
export { escapeHtml as html } from './language.ts';
export { languages, translatorFor as wordsFor } from './load.ts';
export { publicLanguages } from './shell.ts';
