/** A shopping list's words in one language, and how they are told apart when somebody types them from memory. Adding a language is adding a file beside this one. */

import { foldLetters } from './folding.ts';

export const listLength = 256;

type Review = { readonly by: string; readonly on: string };

export type ShoppingList = {
  /** As in `lang`. */
  readonly language: string;
  /** "3 onions", or "onions × 3" where a number would bend the word that follows it. */
  readonly numberFirst: boolean;
  /** Where words are short or begin alike, their first four letters do not tell them: only the whole word does. */
  readonly wholeWords?: true;
  /** No speaker has read any of the lists but the English one. After the first live report none can change. */
  readonly reviewed: Review | null;
  /** 256 of them: none is another with one letter changed, and no two share their first four letters unless words are whole. */
  readonly items: readonly string[];
};

/** What was written between the commas. */
export const splitItems = (text: string): readonly string[] => text.trim().split(/\s*,\s*/);

/** An item as it is compared: without case, accents, blanks and apostrophes. */
export const foldName = (item: string): string => foldLetters(item).replace(/\P{L}/gu, '');

/** The items that a word can be. Two where it lies between them: the receipt's check then decides. */
type Recognised = { readonly items: readonly number[]; readonly asWritten: boolean };

/** Finds items by name, by their first four letters, or by a name one letter away: endings and slips of the finger do not matter. */
export class ItemIndex {
  readonly #names: readonly string[];
  readonly #byName: ReadonlyMap<string, number>;
  readonly #byStart: ReadonlyMap<string, number>;

  constructor({ items, wholeWords }: ShoppingList) {
    this.#names = items.map(foldName);
    this.#byName = new Map(this.#names.map((name, item) => [name, item]));
    this.#byStart = new Map(wholeWords ? [] : this.#names.map((name, item) => [firstLetters(name), item]));
  }

  /** `word` is folded already. */
  find(word: string): Recognised {
    const exact = this.#byName.get(word);
    if (exact !== undefined) return { items: [exact], asWritten: true };
    const start = this.#byStart.get(firstLetters(word));
    const near = this.#names.flatMap((name, item) => (isOneLetterAway(name, word) ? [item] : []));
    return { items: [...new Set(start === undefined ? near : [start, ...near])], asWritten: false };
  }
}

export const firstLetters = (word: string): string => word.slice(0, 4);

/** One letter changed, left out, put in, or two neighbours swapped. */
export function isOneLetterAway(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1) return false;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  const [restOfOne, restOfOther] = [one.slice(same), other.slice(same)];
  return (
    restOfOne.slice(1) === restOfOther.slice(1) ||
    restOfOne === restOfOther.slice(1) ||
    restOfOne.slice(1) === restOfOther ||
    (restOfOne.slice(2) === restOfOther.slice(2) && restOfOne[0] === restOfOther[1] && restOfOne[1] === restOfOther[0])
  );
}
