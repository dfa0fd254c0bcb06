/** What the trial is asked, and what it says at the end. */
import type { Counted } from './counted.ts';

export type Plan = {
  readonly seed: number;
  readonly rounds: number;
  readonly folder: string;
  /** No round begins later than this. */
  readonly seconds: number;
  /** Of the faults whose name has this word alone. */
  readonly only?: string;
};

export type Round = {
  readonly fault: string;
  /** In seconds: the longest time in which nothing was acknowledged. */
  readonly gap: number;
  readonly failedOver: boolean;
  /** Whether the primary still has the slot by which a server keeps the received log and marks its backups; undefined where another one took over. */
  readonly slotKept?: boolean;
  /** False where it went on only when what was taken away came back. */
  readonly byItself: boolean;
  readonly reports: number;
  readonly forms: number;
  readonly inserts: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Receipts whose mailbox did not open through the page. */
  readonly closed: number;
  /** In seconds: the longest wait for a page of staff. */
  readonly longestPage: number;
  /** Those that took longer than they may. */
  readonly slowPages: readonly string[];
  readonly notices: number;
  readonly checks: { readonly saved: number; readonly notSaved: number; readonly notKnown: number };
  readonly bugs: readonly string[];
  readonly draftsLost: number;
  readonly gaveUp: number;
};

export type Figures = { readonly ready: number; readonly rounds: readonly Round[]; readonly whole: Counted };
