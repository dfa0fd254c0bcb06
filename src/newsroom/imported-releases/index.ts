/** Public interface of imported releases: releases of other agencies, stored unchanged. */
export type { FileRead } from './imported-release.ts';
export { badFileInWords } from './in-words.ts';

export { openReader } from './reading.ts';

export { addCuttings, getCutting } from './store.ts';
