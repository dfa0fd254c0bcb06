/** The interface of the check: what in a text identifies the person it is about. */
export { type Finding, findIdentifying, findKnown, sentDetails, type Text } from './check.ts';
export { type Detail, limits } from './combination.ts';
export type { DirectKind } from './found.ts';
export { type Known, nothingKnown } from './known.ts';
