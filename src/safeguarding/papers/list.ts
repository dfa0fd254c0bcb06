/** The papers of a case to print, with the last version of each: a section of its Documents tab. Pure. */
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { Section } from '../../platform/rendering/pages.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { handoverPaths } from '../../vocabulary/paths/safeguarding/actions.ts';
import { sharingPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { letterTitle } from '../information-sharing/letter.ts';
import { type Agencies, agencyOf } from '../notes/pages.ts';
import type { ListedPaper } from './store.ts';

type Names = { readonly agencies: Agencies; readonly names: MemberNames };

function nameOf(paper: ListedPaper, { agencies, names }: Names): { readonly text: string; readonly href?: string } {
  if (paper.handoverId)
    return {
      text: `Handover of ${getMemberName(names, paper.handedOverBy)}`,
      href: handoverPaths.paper(paper.handoverId),
    };
  const text = `${letterTitle(String(paper.act))} to ${agencyOf(agencies, String(paper.recipient))}`;
  return paper.open && paper.grantId ? { text, href: sharingPaths.letter(paper.grantId) } : { text };
}

function versionOf({ version, madeAt, madeBy, open }: ListedPaper, names: MemberNames): string {
  const last =
    version && madeAt
      ? `Version ${version}, ${formatHour(madeAt)}, by ${getMemberName(names, madeBy)}`
      : 'No version yet';
  return open ? last : `${last}. The agency’s access has ended`;
}

export const papersSection = (papers: readonly ListedPaper[], known: Names): Section => ({
  kind: 'table',
  stack: true,
  caption: 'Papers to print',
  columns: ['Paper', 'From', 'Last version'].map((text) => ({ text })),
  rows: papers.map((paper) => [
    nameOf(paper, known),
    { text: capital(formatHour(paper.since)) },
    { text: versionOf(paper, known.names) },
  ]),
  empty: 'No papers yet. A referral letter or a handover of this person appears here.',
});

/** Members whose names the list shows. */
export const membersOfPapers = (papers: readonly ListedPaper[]): (string | null)[] =>
  papers.flatMap(({ handedOverBy, madeBy }) => [handedOverBy, madeBy]);
