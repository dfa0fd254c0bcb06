/** How words look when a reader does not mind case, accents, hidden letters and letters of other alphabets. One way for all checks. Pure. */
import { toLatin } from '../../vocabulary/languages/latin-spelling.ts';

/** Letters of other alphabets by their look, where sound and look part. */
const lookalikes: Readonly<Record<string, string>> = {
  ...{ в: 'b', н: 'h', р: 'p', с: 'c', у: 'y', х: 'x', ѕ: 's', ԁ: 'd', ԛ: 'q', ԝ: 'w', ё: 'e', ι: 'i', ν: 'v', ρ: 'p' },
  ...{ υ: 'u', χ: 'x', η: 'n', ω: 'w', γ: 'y', ӏ: 'l', ո: 'n', ս: 'u', օ: 'o', հ: 'h', գ: 'q' },
};
const replaceLookalikes = (word: string): string =>
  word.toLowerCase().replace(/\P{ASCII}/gu, (sign) => lookalikes[sign] ?? sign);

const composed = (typed: string): string =>
  typed.normalize('NFKC').replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');

/** What a reader takes a word for, in small Latin letters: hidden characters off, letters of other alphabets by their look. */
export const lookOf = (word: string): string => toLatin(replaceLookalikes(composed(word)));

/** Letters and digits alone, whatever was put between them. */
export const plain = (word: string): string => toLatin(composed(word)).replace(/[^\p{L}\p{N}]/gu, '');

/** A word in plain Latin letters: by sound, by look, and without a possessive ending. */
export function formsOf(typed: string): string[] {
  const word = typed.normalize('NFKC');
  const bases = [word, word.replace(/['’ʼ`´]s?$/i, '')];
  return [...new Set(bases.flatMap((base) => [plain(base), plain(replaceLookalikes(base))]))].filter(
    (form) => form !== '',
  );
}

export type FoldedText = {
  /** Small plain letters by their look, digits, and one space between words. */
  readonly text: string;
  /** The words as they were typed, from a place in the folded text to another. */
  readonly typedAt: (from: number, to: number) => { readonly start: number; readonly end: number };
};

type Joined = {
  /** A hyphen, an underscore or another sign parts two words, or joins them: "car-wash", "mas-sage". */
  readonly hyphens?: 'part' | 'join';
  /** "MassageWeek" is read as two words. */
  readonly parts?: 'by capitals';
  /** All words are read as one. */
  readonly spaces?: 'join';
};

/** Reads a text by the look of its words. Keeps the place of every letter. */
export function foldText(typed: string, { hyphens = 'part', parts, spaces }: Joined = {}): FoldedText {
  let [text, at, isAfterSmall] = ['', 0, false];
  const places: { readonly start: number; readonly end: number }[] = [];
  const add = (letters: string, end: number): void => {
    for (const letter of letters) {
      const isSpace = !/[\p{L}\p{N}]/u.test(letter);
      if (isSpace && (text === '' || text.endsWith(' '))) continue;
      const added = isSpace ? ' ' : letter;
      text += added;
      for (let unit = 0; unit < added.length; unit += 1) places.push({ start: at, end });
    }
  };
  for (const sign of typed) {
    const end = at + sign.length;
    const letters = toLatin(replaceLookalikes(composed(sign)));
    const isGap = /^\s+$/.test(letters);
    const isSign = !isGap && !/[\p{L}\p{N}]/u.test(letters);
    if (parts && isAfterSmall && /\p{Lu}/u.test(sign)) add(' ', at);
    if (!(isGap && spaces) && !(isSign && hyphens === 'join')) add(letters, end);
    if (letters !== '') isAfterSmall = /\p{Ll}/u.test(sign);
    at = end;
  }
  return {
    text,
    typedAt: (from, to) => ({ start: places[from]?.start ?? at, end: places[to - 1]?.end ?? at }),
  };
}
