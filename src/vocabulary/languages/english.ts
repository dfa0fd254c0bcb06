/** English wording of counts and lists, so that all areas write them alike. */

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'] as const;

/** A count in a sentence: words up to ten, digits with a comma after; nought is "no". */
export const countWord = (count: number): string => words[count] ?? count.toLocaleString('en-GB');

/** "a", "a and b", "a, b and c". */
export function listOf(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** The word for so many: `plural(1, 'arrest')` is "arrest", nought and many are "arrests". */
export const plural = (count: number, one: string, many = `${one}s`): string => (count === 1 ? one : many);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A count with its noun, at the beginning of a sentence: “Three people are”. */
export const counted = (count: number, one: string, many?: string): string =>
  `${capital(countWord(count))} ${plural(count, one, many)}`;
