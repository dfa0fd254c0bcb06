/** A shopping list's words in one language, and how they are told apart when somebody types them from memory. Adding a language is adding a file beside this one. */

export const listLength = 256;

export type ShoppingList = {
  /** As in `lang`. */
  readonly language: string;
  /** "3 onions", or "onions 3" where a number would bend the word that follows it. */
  readonly numberFirst: boolean;
  /** 256 of them: no two share their first four letters, and none is another with one letter changed. */
  readonly items: readonly string[];
};

/** Letters that Unicode does not take apart into a plain one and a mark. */
const specialLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  đ: 'd',
  ø: 'o',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ð: 'd',
};

/** The same for "Crème", "CREME" and "creme". */
export const foldLetters = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[łđøıßæœð]/g, (letter) => specialLetters[letter] ?? letter);

export type Recognised = { readonly item: number; readonly asWritten: boolean };

/** Finds an item by its name, by its first four letters, or by a name one letter away: endings and slips of the finger do not matter. */
export class ItemIndex {
  readonly #names: readonly string[];
  readonly #byName: ReadonlyMap<string, number>;
  readonly #byStart: ReadonlyMap<string, number>;

  constructor({ items }: ShoppingList) {
    this.#names = items.map(foldLetters);
    this.#byName = new Map(this.#names.map((name, item) => [name, item]));
    this.#byStart = new Map(this.#names.map((name, item) => [firstLetters(name), item]));
  }

  /** `word` is folded already. */
  find(word: string): Recognised | undefined {
    const exact = this.#byName.get(word);
    if (exact !== undefined) return { item: exact, asWritten: true };
    const near = this.#byStart.get(firstLetters(word)) ?? this.#oneLetterAway(word);
    return near === undefined ? undefined : { item: near, asWritten: false };
  }

  /** Only where one item alone is that near: which of two is meant, nobody knows. */
  #oneLetterAway(word: string): number | undefined {
    const near = this.#names.flatMap((name, item) => (isOneLetterAway(name, word) ? [item] : []));
    return near.length === 1 ? near[0] : undefined;
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
