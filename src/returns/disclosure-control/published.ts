/** A table as the world reads it: for each cell what is shown, and by which rule. The rule is published too: nothing depends on readers not knowing it. */
import type { CellKey, Declaration } from './declaration.ts';

/** Counts are shown as multiples of this, and smaller ones as "fewer than 5". */
export const base = 5;

/** What a certificate names beside the digests. The version of the auditor goes up when what it finds may change. */
export const tools = { solver: 'highs 1.15.3, seed 0', auditor: '2' } as const;

export const fewer = 'fewer than 5';
export const withheld = 'not shown';
export type Shown = number | typeof fewer | typeof withheld;

/** How the numbers of a table were protected. */
export type Method =
  /** Rounded so that parts add up. With an extra step, a number may be up to nine away instead of four. */
  | { readonly kind: 'rounded'; readonly extraStep: boolean }
  /** Exact from 5; smaller counts, and others that would give them away, are not shown. */
  | { readonly kind: 'suppressed' };

export type PublishedCell = { readonly key: CellKey; readonly shown: Shown };
export type PublishedTables = {
  readonly declaration: Declaration;
  readonly method: Method;
  readonly cells: readonly PublishedCell[];
};
