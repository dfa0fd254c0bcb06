/** Public interface of imported releases: releases of other agencies, stored unchanged. */
export { badFileFinding, type FileFinding, findingText } from './findings/file-findings.ts';
export type { FileRead, ImportedReleaseId } from './imported-release.ts';
export { badFileText } from './in-words.ts';

export { openReader } from './reading.ts';

export {
  addImportedReleases,
  findByDigests,
  getImportedRelease,
  type ImportedReleaseSummary,
  listImportedReleases,
} from './store.ts';
