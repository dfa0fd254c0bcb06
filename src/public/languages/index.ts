/** The door of the languages: what the public pages say, and in which tongues. */

export type { TextKey } from './english.ts';
export { english } from './english.ts';
export type { Fills, Gaps, Language, Words } from './language.ts';
export { graveSections, html } from './language.ts';
export { languages, source, wordsFor } from './load.ts';
export { publicLanguages } from './shell.ts';
