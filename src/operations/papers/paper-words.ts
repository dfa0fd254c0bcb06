/** How versions of papers and their sources are put into words. Pure. */
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { PaperSource } from '../../platform/paper/staff-paper.ts';
import type { StateItem } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import type { PowerEntry } from '../powers-of-entry/power-in-law.ts';
import type { MadePaper, PaperKind } from './made-paper.ts';

export const pdfNames: Record<PaperKind, string> = {
  'search record': 'search-record',
  'notice of powers': 'notice-of-powers',
  'consent to search': 'consent-to-search',
  'warrant return': 'warrant-return',
  'warrant application': 'warrant-application',
  debrief: 'debrief',
};

/** With names: the line of the list of versions. Without: the time alone, for the foot of a sheet. */
export function formatVersion(
  { version, madeAt, madeBy, changes }: Pick<MadePaper, 'version' | 'madeAt' | 'madeBy' | 'changes'>,
  names?: MemberNames,
): string {
  if (!names) return formatMoment(madeAt);
  const what = version === 1 ? 'The first version' : `Changed: ${listOf(changes)}`;
  return `Version ${version}, ${formatMoment(madeAt)}, by ${getMemberName(names, madeBy)}. ${what}.`;
}

/** Whether the records still say what the last version said. */
export function describeState(
  latest: MadePaper | undefined,
  changes: readonly string[] | undefined,
  makes: boolean,
): StateItem {
  if (!latest || !changes)
    return {
      kind: 'waiting',
      title: 'No version yet',
      text: makes
        ? 'Make a version when the records are ready. The version has a number, and you can get it as a PDF.'
        : 'A planner, a commander or an officer of the team makes the first version.',
    };
  if (changes.length === 0)
    return {
      kind: 'good',
      title: `Version ${latest.version}, ${formatMoment(latest.madeAt)}`,
      text: 'The records have not changed since. A new print shows the same words.',
    };
  return {
    kind: 'unwise',
    title: `The records changed after version ${latest.version}`,
    text: `Changed: ${listOf(changes)}.${makes ? ' Make a new version before you print.' : ''}`,
  };
}

/** At the end of each paper about a power of entry. */
export const lawToCheck =
  'Some of the law is not verified. Before you rely on this paper, read the guide to powers of entry.';

/** Sources of an entry of the catalogue, each with the day of its last comparison. */
export const sourcesOf = (rule: Pick<PowerEntry, 'sources' | 'dateChecked'> | undefined): PaperSource[] =>
  (rule?.sources ?? []).map(({ title, url }) => ({ title, url, checkedOn: rule?.dateChecked ?? '' }));

/** A moment of a record; null where it is completed by hand. */
export const formatRecordedMoment = (at: Date | null | undefined): string | null => (at ? formatMoment(at) : null);
