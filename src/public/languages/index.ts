/** The interface of the languages: the texts of the public pages, in each language. */

export type { TextKey } from './english.ts';
export { english } from './english.ts';
export type { Fills, Words } from './language.ts';
export { html } from './language.ts';
export { languages, wordsFor } from './load.ts';
export { publicLanguages } from './shell.ts';
