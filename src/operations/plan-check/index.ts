/** Public interface of the plan check: why a team may not enter under a power, and whether another visit used it. */
export { type EntryBar, findEntryBar } from './entry-bar.ts';
export { isOverBefore } from './warrant-entries.ts';
