/** The preview beside the form of a release: the text as readers will see it, and what the check finds in it. */

import { previewModel, type ShownPreview } from '../releases/release-page.ts';
import type { Release } from '../releases/store.ts';
import type { Preview, ReleaseFinding } from '../releases/text.ts';

export type LivePreview = {
  /** The text with its figures filled in. Undefined where it cannot be shown. */
  readonly text: ShownPreview | undefined;
  readonly problems: readonly string[];
  /** What has to be corrected before the release can go on. */
  readonly findings: readonly { readonly label: string; readonly typed: string; readonly message: string }[];
  /** Found beyond those that are listed. */
  readonly further: number;
  /** Of what was typed and not saved. */
  readonly typed: boolean;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'newsroom/live-preview/part': { readonly live: LivePreview };
  }
}

const mostListed = 10;

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
  const blocking = findings.filter(({ blocks }) => blocks);
  return {
    text: preview.title === undefined ? undefined : previewModel(release, preview),
    problems,
    findings: blocking
      .slice(0, mostListed)
      .map(({ label, typed: words, message }) => ({ label, typed: print(words), message })),
    further: Math.max(0, blocking.length - mostListed),
    typed,
  };
}
