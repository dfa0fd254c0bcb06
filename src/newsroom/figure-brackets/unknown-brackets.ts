/** What a form says of brackets that nobody knows. Pure. */
import type { UnknownBracket } from './brackets.ts';

/** A text with every pair of braces as one: pages show no other. */
export const singleBraces = (text: string): string => text.replace(/\{+/g, '{').replace(/\}+/g, '}');

/** What is said at a field with brackets that nobody knows: which, where, and what to do. */
export function unknownBracketsError(unknown: readonly UnknownBracket[]): string {
  const [first, ...others] = [...new Map(unknown.map((one) => [singleBraces(one.bracket), one])).values()];
  if (!first) return '';
  const where = `“${singleBraces(first.sentence)}”`;
  const message = /[^{}\s]/.test(first.bracket)
    ? `${singleBraces(first.bracket)} is not a figure that Safelight knows. It stands in ${where} Leave the words in brackets as they are, take the whole bracket out, or take a figure from the list.`
    : `A curly bracket without a figure stands in ${where} Take it out, or take a figure from the list.`;
  const more = others.slice(0, 5).map(({ bracket }) => singleBraces(bracket));
  return more.length > 0 ? `${message} The same is true of ${more.join(', ')}.` : message;
}
