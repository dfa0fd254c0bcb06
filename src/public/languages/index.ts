/** The interface of the languages: the texts of the public pages, in each language. */

export type { TextKey } from './english.ts';
export { english } from './english.ts';
export type { Fills, Gaps, Language, Words } from './language.ts';
export { graveSections, html } from './language.ts';
export { languages, source, wordsFor } from './load.ts';
export { publicLanguages } from './shell.ts';
