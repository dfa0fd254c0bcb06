/** How papers about an operation word their files, sources and times. Pure. */
import type { PaperSource } from '../../platform/paper/staff-paper.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import type { PowerEntry } from '../powers-of-entry/power-in-law.ts';
import type { PaperKind } from './made-paper.ts';

export const pdfNames: Record<PaperKind, string> = {
  'search record': 'search-record',
  'notice of powers': 'notice-of-powers',
  'consent to search': 'consent-to-search',
  'warrant return': 'warrant-return',
  'warrant application': 'warrant-application',
  debrief: 'debrief',
};

/** At the end of each paper about a power of entry. */
export const lawToCheck =
  'Some of the law is not verified. Before you rely on this paper, read the guide to powers of entry.';

/** Sources of an entry of the catalogue, each with the day of its last comparison. */
export const sourcesOf = (rule: Pick<PowerEntry, 'sources' | 'dateChecked'> | undefined): PaperSource[] =>
  (rule?.sources ?? []).map(({ title, url }) => ({ title, url, checkedOn: rule?.dateChecked ?? '' }));

/** A moment of a record; null where it is completed by hand. */
export const formatRecordedMoment = (at: Date | null | undefined): string | null => (at ? formatMoment(at) : null);
