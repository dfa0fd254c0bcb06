/** The interface of the check: what in a text identifies the person it is about. */
export { type Finding, findIdentifying } from './check.ts';

export type { Known } from './known.ts';
