/** The interface of the languages: the texts of the public pages, in each language. */

export type { TextKey } from './english.ts';
export { english } from './english.ts';
export type { TextValues, Translator } from './language.ts';
export { escapeHtml } from './language.ts';
export { languages, translatorFor } from './load.ts';
export { publicLanguages } from './shell.ts';
