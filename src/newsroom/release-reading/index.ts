/** Public interface of release reading: parses releases that other agencies published. */
export { readClaims, readRelease } from './claims.ts';
export { findInconsistencies, type Inconsistency, type InconsistencyKind } from './inconsistencies.ts';
export { type KeyPoints, keyPointsOf, renderMarkdown } from './markdown.ts';
export { type FormToWrite, readForm, writeForm } from './parse-release.ts';
export type {
  BadFile,
  BadFileReason,
  Claim,
  ClaimContent,
  ClaimKind,
  ClaimOf,
  Count,
  KeptKey,
  Note,
  OpeningHours,
  ParsedRelease,
  Part,
  Place,
  Reading,
  ReleaseFacts,
  Unread,
} from './parsed-release.ts';
export { asQuantity, countOf, largestFile, placeNamed } from './parsed-release.ts';
