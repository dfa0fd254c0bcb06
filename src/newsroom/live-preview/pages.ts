/** The preview beside the form of a release: the text as readers will see it, and what the check finds in it. */

import { byHarm } from '../release-check/harms.ts';
import { previewModel, type ShownPreview } from '../releases/preview-model.ts';
import { type ShownFinding, shownFindings } from '../releases/shown-finding.ts';
import type { Release } from '../releases/store.ts';
import type { Preview, ReleaseFinding } from '../releases/text.ts';

export type LivePreview = {
  /** The text with its figures filled in. Undefined where it cannot be shown. */
  readonly text: ShownPreview | undefined;
  readonly problems: readonly string[];
  /** What has to be corrected before the release can go on, grouped as on the page of the release. */
  readonly findings: readonly Pick<ShownFinding, 'harm' | 'label' | 'typed' | 'message' | 'safer' | 'more'>[];
  /** Found beyond those that are listed. */
  readonly further: number;
  /** Each thing that was found, also where several of one sentence are listed together. */
  readonly total: number;
  /** Of what was typed and not saved. */
  readonly typed: boolean;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'newsroom/live-preview/part': { readonly live: LivePreview };
  }
}

const mostListed = 10;
/** So many are grouped. More at once is no help to a writer, and slow. */
const mostGrouped = 100;

type Shown = {
  readonly preview: Preview;
  readonly findings: readonly ReleaseFinding[];
  /** Gives a text with placeholders in words. */
  readonly print: (text: string) => string;
  readonly problems?: readonly string[];
  readonly typed?: boolean;
};

export function showLivePreview(
  release: Release,
  { preview, findings, print, problems = [], typed = false }: Shown,
): LivePreview {
  const blocking = byHarm(findings.filter(({ blocks }) => blocks));
  const grouped = shownFindings(release, blocking.slice(0, mostGrouped), print);
  return {
    text: preview.title === undefined ? undefined : previewModel(release, preview),
    problems,
    findings: grouped.slice(0, mostListed),
    further: Math.max(0, grouped.length - mostListed) + Math.max(0, blocking.length - mostGrouped),
    total: blocking.length,
    typed,
  };
}
