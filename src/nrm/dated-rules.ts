/** Rules with a period of validity: the rule in force on the day of the act applies. Pure. */

export type Source = { readonly title: string; readonly url: string };

export type Dated = {
  readonly validFrom: string;
  /** The last day; null while it is in force. */
  readonly validTo: string | null;
  readonly dateChecked: string;
  readonly sources: readonly Source[];
  /** What was not read in a source; to be checked before relying on it. */
  readonly check: readonly string[];
};

type Span = Pick<Dated, 'validFrom' | 'validTo'>;

export const inForce = <One extends Span>(all: readonly One[], day: string): readonly One[] =>
  all.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo));
