/** The door of the languages: what the public pages say, and in which tongues. */

export type { Gaps, Language, Words } from './language.ts';
export { graveSections } from './language.ts';
export { languages, source } from './load.ts';
export { publicLanguages } from './shell.ts';
