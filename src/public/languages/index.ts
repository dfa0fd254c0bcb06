/** The interface of the languages: the texts of the public pages, in each language, and how a file of texts is written and checked. */

export type { TextKey } from './english.ts';
export { english, textsOf } from './english.ts';
export type { Language, TextValues, Translator } from './language.ts';
export { escapeHtml, findFaults, findGaps } from './language.ts';
export { countReviews, languages, translatorFor } from './load.ts';
export { isUnreviewed } from './reviews.ts';
export { readLanguage } from './shape.ts';
export { publicLanguages } from './shell.ts';
