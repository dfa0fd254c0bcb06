/** The page of an approval: the form, the text that is approved, and its differences to the one that was judged last. */
import type { FormPage } from '../../platform/rendering/pages.ts';
import { approveForm } from './pages.ts';
import { previewModel, type ShownPreview } from './release-page.ts';
import type { Release } from './store.ts';
import type { Preview } from './text.ts';
import type { TextChanges } from './text-changes.ts';

export type ApprovePage = FormPage & {
  readonly preview: ShownPreview;
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
  shown: { readonly preview: Preview; readonly changes: TextChanges | undefined; readonly judged: number | undefined },
): ApprovePage => ({
  ...approveForm(release),
  preview: previewModel(release, shown.preview),
  changes: shown.changes && { ...shown.changes, title: `Changes since revision ${shown.judged}` },
});
