/** What the table of indicators says of each. Pure. */

/** How the figures of several operations become one: added; added although each counted its people or places once; or added, as the least that it can be. */
export type Summing = 'sum' | 'once per person' | 'once per premises' | 'floor';

export type Row = {
  /** What is counted, after a number. */
  readonly name: string;
  /** What counts, in one plain sentence or a few. */
  readonly definition: string;
  /** In what it is measured: a noun for many, or a currency of ISO 4217. */
  readonly unit: string;
  /** The indicator that it is a part of, record by record. */
  readonly parent: string | null;
  readonly sums: Summing;
  /** The first day for which it is counted. */
  readonly validFrom: string;
  /** Which breakdowns it may carry. */
  readonly by?: readonly string[];
  /** It counts people helped or potential victims: it leaves under disclosure control alone, from whichever database. */
  readonly isProtected?: true;
  /** It counts what the operation found or did to people: a nil return has none of it. */
  readonly isResult?: true;
};
