/** The page of an approval: the form, the text that is approved, and its differences to the one that was judged last. */
import type { FormPage } from '../../platform/rendering/pages.ts';
import type { Figures } from '../../vocabulary/figures.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { whyFewPeople } from '../drafting/few-addresses.ts';
import type { PrintedFigure } from '../figure-brackets/brackets.ts';
import { approveForm } from './pages.ts';
import { previewModel, type ShownPreview } from './release-page.ts';
import type { Release } from './store.ts';
import type { Preview } from './text.ts';
import type { TextChanges } from './text-changes.ts';

export type ApprovePage = FormPage & {
  readonly preview: ShownPreview;
  /** The figures of the text, each with its name. */
  readonly figures: readonly PrintedFigure[];
  /** Left out where nobody has judged an earlier text. */
  readonly changes: (TextChanges & { readonly title: string }) | undefined;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'newsroom/releases/approve': ApprovePage;
  }
}

/** `judged` is the revision that the changes are counted from. */
export const approvePage = (
  release: Release,
  shown: {
    /** The text with its figures marked. */
    readonly preview: Preview;
    readonly printed: readonly PrintedFigure[];
    readonly changes: TextChanges | undefined;
    readonly judged: number | undefined;
    readonly figures: Figures | undefined;
  },
): ApprovePage => ({
  ...approveForm(release),
  warning: warningFor(shown.figures),
  preview: previewModel(release, shown.preview),
  figures: shown.printed.map((figure) => ({ ...figure, name: capital(figure.name) })),
  changes: shown.changes && { ...shown.changes, title: `Changes since revision ${shown.judged}` },
});

/** Where a small detail is enough to tell who is meant. */
function warningFor(figures: Figures | undefined): string | undefined {
  const why = figures && whyFewPeople(figures);
  return (
    why && `${capital(why)}. A small detail can show readers who is meant. Send back a text that describes one person.`
  );
}
