/** The page of an IIMARCH paper. Its number, and what changed since, are those of the briefing. */
import { type PaperPage, paperPage } from '../../platform/paper/paper-page.ts';
import type { PaperStamp, StaffPaper } from '../../platform/paper/staff-paper.ts';
import type { StateItem } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { briefingPaths } from '../../vocabulary/paths/operations.ts';
import type { Briefing, BriefingContent } from './briefing.ts';
import { iimarchPaper } from './iimarch.ts';
import { leftOutForImmigration } from './pages.ts';
import type { BriefingSummary } from './store.ts';

export const toIimarchPaper = (content: BriefingContent, ofImmigration: boolean): StaffPaper =>
  iimarchPaper(content, ofImmigration ? leftOutForImmigration : undefined);

const describeVersion = ({ version, madeAt }: Briefing, latest: BriefingSummary | undefined): StateItem =>
  latest && latest.version > version
    ? {
        kind: 'unwise',
        title: `There is a later version: ${latest.version}`,
        text: 'Print the later version. Its number is on each sheet.',
      }
    : {
        kind: 'good',
        title: `Version ${version}, ${formatMoment(madeAt)}`,
        text: 'The paper has the number of the briefing. A new version of the briefing makes a new paper.',
      };

export const iimarchPage = (
  briefing: Briefing,
  around: {
    readonly stamp: PaperStamp;
    readonly latest: BriefingSummary | undefined;
    readonly ofImmigration: boolean;
    /** Whether the reader may export it. */
    readonly takes: boolean;
  },
): PaperPage =>
  paperPage({
    paper: toIimarchPaper(briefing.content, around.ofImmigration),
    stamp: around.stamp,
    back: { href: briefingPaths.briefing(briefing.id), text: `Briefing of ${briefing.content.team}` },
    state: describeVersion(briefing, around.latest),
    make: undefined,
    guide: undefined,
    related: undefined,
    pdf: around.takes ? briefingPaths.iimarchPdf(briefing.id) : undefined,
    versions: briefing.version > 1 ? briefing.content.changes.map((change) => `Changed: ${change}`) : [],
  });
