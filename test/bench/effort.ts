/** How much a run measures: for figures to keep, for figures to look at, or only to see that the code runs. */
export const efforts = ['full', 'quick', 'smoke'] as const;
export type Effort = (typeof efforts)[number];

/** What an effort takes of something. */
export const by = <Value>(effort: Effort, full: Value, quick: Value, smoke: Value): Value =>
  ({ full, quick, smoke })[effort];

/** One figure: what it is of, its bound and its aim, and what else to know of it. */
export type Line = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly pass: number;
  readonly aim: number;
  readonly more?: string;
};
