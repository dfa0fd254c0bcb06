/** Public interface of imported releases: releases of other agencies, stored unchanged. */
export type { FileRead } from './imported-release.ts';
export { badFileText } from './in-words.ts';

export { openReader } from './reading.ts';

export { addImportedReleases, getImportedRelease } from './store.ts';
