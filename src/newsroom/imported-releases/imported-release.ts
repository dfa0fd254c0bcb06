/** What is stored of an imported release: its bytes, claims and inconsistencies. Pure. */

import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import type { Inconsistency } from '../release-reading/inconsistencies.ts';
import type { Claim, Note, Unread } from '../release-reading/parsed-release.ts';
import type { FileFinding } from './findings/file-findings.ts';

export type ImportedReleaseId = Id<'cutting'>;

export type Discrepancies = {
  readonly notes: readonly Note[];
  readonly inconsistencies: readonly Inconsistency[];
  /** Figures of the text that no claim took. Absent in what was imported before they were listed. */
  readonly unread?: readonly Unread[];
};

/** A file as it was read, fit to be kept. */
export type FileRead = {
  readonly fileName: string;
  readonly source: Buffer;
  readonly digest: string;
  /** The release's own, or the name of its file where it has none. */
  readonly title: string;
  readonly area: string | null;
  readonly publishedOn: string | null;
  readonly url: string | null;
  readonly claims: readonly Claim[];
  readonly discrepancies: Discrepancies;
  /** The text that a search covers. */
  readonly text: string;
  /** For who imports it: the page finds them again in the stored bytes. */
  readonly findings: readonly FileFinding[];
};

/** An imported release as stored. */
export type ImportedRelease = Omit<FileRead, 'text' | 'findings'> & {
  readonly id: ImportedReleaseId;
  readonly agencyId: AgencyId;
  readonly importedBy: MemberId;
  readonly importedAt: Date;
};

/** An address that a page may link to; whatever else a file calls its address stays words. */
export const webAddress = (url: string | null): string | null =>
  url !== null && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
