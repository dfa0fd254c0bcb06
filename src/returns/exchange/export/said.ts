/** A number of a rolled-up week as its page says it, and the same apart for a spreadsheet: what the page does not say is null. Pure. */
import type { Range } from '../inbox/breakdowns.ts';
import type { Total } from '../inbox/roll-up.ts';
import { formatTotal, isBetween } from '../inbox/words.ts';
import { formatRange } from '../weeks/breakdown-pages.ts';

export type Said = {
  /** The words of the page. */
  readonly says: string;
  readonly qualifier: 'exact' | 'at least' | 'about' | 'between' | 'not known' | 'not given';
  /** Of “between” it is null: only its two ends are known. */
  readonly number: number | null;
  readonly least: number | null;
  readonly most: number | null;
  /** The sum of rounded numbers as returns sent them, where a range has one. */
  readonly asSent: number | null;
};

const nothing = { number: null, least: null, most: null, asSent: null } as const;

export function sayTotal(total: Total | undefined): Said {
  if (!total) return { ...nothing, says: 'not given', qualifier: 'not given' };
  const { value, qualifier, least = value, isRounded } = total;
  const says = formatTotal(total);
  // Its value is 0, and nobody knows that it is.
  if (qualifier === 'not known') return { ...nothing, says, qualifier };
  // Its ends are rounded, so they bound nothing exactly.
  if (isRounded) return { ...nothing, says, qualifier: 'about', least, most: isBetween(total) ? value : null };
  if (isBetween(total)) return { ...nothing, says, qualifier: 'between', least, most: value };
  return { ...nothing, says, qualifier, number: value };
}

export function sayRange(range: Range): Said {
  const { least, most, about } = range;
  const says = formatRange(range);
  if (most === null && least === 0) return { ...nothing, says, qualifier: 'not known' };
  if (most === null) return { ...nothing, says, qualifier: 'at least', number: least };
  if (least === most) return { ...nothing, says, qualifier: about === null ? 'exact' : 'about', number: least };
  return { ...nothing, says, qualifier: 'between', least, most, asSent: about };
}

/** A count that is certain. */
export const sayCount = (count: number): Said => ({
  ...nothing,
  says: count.toLocaleString('en-GB'),
  qualifier: 'exact',
  number: count,
});
