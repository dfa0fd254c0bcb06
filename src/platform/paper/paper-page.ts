/** The page of a paper of staff: on screen with its buttons, in print the paper alone. */
import type { Link, StateItem } from '../rendering/pages.ts';
import { formatStamp, type PaperStamp, type StaffPaper, toCompleteByHand } from './staff-paper.ts';

export type PaperPage = {
  readonly title: string;
  readonly back: Link;
  readonly paper: StaffPaper;
  readonly stamp: string;
  /** At the head of each printed sheet. */
  readonly running: string;
  readonly blank: string;
  /** Whether it has a number, and what changed since. */
  readonly state: StateItem;
  /** The button that gives it a number. */
  readonly make: { readonly action: string; readonly text: string } | undefined;
  readonly pdf: string | undefined;
  /** Where the law of the paper is explained, with what is to be checked. */
  readonly guide: string | undefined;
  /** Other ways to send it, and papers to enclose; in print it is left out. */
  readonly related: { readonly title: string; readonly items: readonly Link[] } | undefined;
  /** Every version that was made, the newest first. */
  readonly versions: readonly string[];
};

declare module '../rendering/views.ts' {
  interface ViewModels {
    'platform/paper': PaperPage;
  }
}

export const paperPage = ({
  paper,
  stamp,
  ...more
}: Omit<PaperPage, 'title' | 'stamp' | 'running' | 'blank'> & { readonly stamp: PaperStamp }): PaperPage => ({
  ...more,
  title: paper.title,
  paper,
  stamp: formatStamp(stamp),
  running: `${paper.marking}. ${paper.title}, ${paper.about}. ${formatStamp(stamp)}`,
  blank: toCompleteByHand,
});
