/** The page of an approval: the form, the text that is approved, and its differences to the one that was judged last. */
import type { FormPage } from '../../platform/rendering/pages.ts';
import type { Figures } from '../../vocabulary/figures.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { releasePaths } from '../../vocabulary/paths/newsroom.ts';
import { whyFewPeople } from '../drafting/few-addresses.ts';
import type { StatedFigure } from '../drafting/stated-figures.ts';
import type { PrintedFigure } from '../figure-brackets/brackets.ts';
import { type FigureRow, figureRow } from '../publication/figures.ts';
import { clearanceRows } from '../release-picture/pages.ts';
import type { ShownStops } from '../submitted-releases/stop-names.ts';
import { approveForm } from './approve-form.ts';
import { previewModel, type ShownPreview } from './preview-model.ts';
import { type ShownDecision, shownDecision } from './shown-decision.ts';
import { type ShownFinding, shownFinding } from './shown-finding.ts';
import type { Release } from './store.ts';
import { rowNames } from './table-choice.ts';
import type { Preview, ReleaseFinding } from './text.ts';
import type { TextChanges } from './text-changes.ts';

/** What differs from which text. */
export type ShownChanges = TextChanges & { readonly title: string };

export type ApprovePage = FormPage & {
  readonly preview: ShownPreview;
  /** The figures of the text, each with its name. */
  readonly figures: readonly PrintedFigure[];
  /** Why its picture may be published. */
  readonly clearance: readonly (readonly [key: string, value: string])[];
  /** Findings that a writer overruled, each with the reason and who gave it. */
  readonly overruled: readonly ShownFinding[];
  /** Who decided to name an agency, when and why. */
  readonly decisions: readonly ShownDecision[];
  readonly stops: ShownStops;
  /** The table of figures under the public page. */
  readonly tabled: readonly FigureRow[];
  /** What the writer left out of that table. */
  readonly leftOut: readonly string[];
  /** To the public text, to a stopped one, or to the one that was judged last. None where there is no such text. */
  readonly changes: readonly ShownChanges[];
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'newsroom/releases/approve': ApprovePage;
  }
}

export const approvePage = (
  release: Release,
  shown: {
    /** The text with its figures marked. */
    readonly preview: Preview;
    readonly printed: readonly PrintedFigure[];
    readonly changes: readonly ShownChanges[];
    /** Whether a safeguarding lead stopped an earlier text. */
    readonly isStop: boolean;
    readonly tabled: readonly StatedFigure[];
    readonly leftOut: readonly StatedFigure[];
    readonly findings: readonly ReleaseFinding[];
    /** Gives a text with placeholders in words. */
    readonly print: (text: string) => string;
    readonly figures: Figures | undefined;
    readonly stops: ShownStops;
  },
): ApprovePage => ({
  ...approveForm(release, shown.isStop),
  warning: warningFor(shown.figures),
  preview: previewModel(release, shown.preview),
  clearance: release.picture ? clearanceRows(release.picture) : [],
  overruled: shown.findings
    .filter(({ justified }) => justified !== undefined)
    .map((one) => shownFinding(release, one, shown.print)),
  decisions: release.decisions.map(shownDecision),
  stops: shown.stops,
  ...(shown.stops.now.length > 0 && { closed: true }),
  more: { href: releasePaths.sendBack(release.id), text: 'Send this release back' },
  figures: shown.printed.map((figure) => ({ ...figure, name: capital(figure.name) })),
  tabled: shown.tabled.map(figureRow),
  leftOut: rowNames(shown.leftOut),
  changes: shown.changes,
});

/** Where a small detail is enough to tell who is meant. */
function warningFor(figures: Figures | undefined): string | undefined {
  const why = figures && whyFewPeople(figures);
  return (
    why && `${capital(why)}. A small detail can show readers who is meant. Send back a text that describes one person.`
  );
}
