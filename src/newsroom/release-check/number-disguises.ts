/** Finds numbers that are no word and no digit to a machine, but are to a reader: split or doubled letters, and marks to count. Pure. */
import { isOrdinaryWord } from './ordinary-words.ts';

type Token = { readonly index: number; readonly 0: string };

const mark = '[•●▪■◦∙·‣*|★☆✓✔✗✘○◯◉◆+#]';
/** "(•••)", "* * *", "| | |" and "l l l". A mark beside a letter is no tally: "C++". */
const tally = new RegExp(
  `(?<![\\p{L}\\p{N}*|+#])(${mark})(?: ?\\1){1,20}(?![\\p{L}\\p{N}])|(?<![\\p{L}\\p{N}])([Il1])(?: \\2){1,20}(?![\\p{L}\\p{N}])`,
  'gu',
);

export const talliesIn = (text: string): { readonly start: number; readonly end: number; readonly value: number }[] =>
  [...text.matchAll(tally)].map(({ index, 0: typed }) => ({
    start: index,
    end: index + typed.length,
    value: typed.replaceAll(' ', '').length,
  }));

const joint = /^(?:[ .·_*–-]|\. )$/;
const mostPieces = 9;

/** "th ree" and "t-h-r-e-e": how many tokens make one number word. Whole words that only happen to join up make none. */
export function countPieces(
  text: string,
  tokens: readonly Token[],
  at: number,
  isNumber: (word: string) => boolean,
): number | undefined {
  const first = tokens[at];
  if (!first || /\d/.test(first[0]) || /['’]$/.test(text.slice(0, first.index))) return undefined;
  let [word, end, isBroken] = ['', first.index, false];
  for (let next = at; next < Math.min(tokens.length, at + mostPieces); next += 1) {
    const piece = tokens[next];
    if (!piece || (next > at && !joint.test(text.slice(end, piece.index)))) return undefined;
    word += piece[0].toLowerCase();
    if (word.length > 9) return undefined;
    isBroken ||= !isOrdinaryWord(piece[0].toLowerCase()) && !/^[ai]$/i.test(piece[0]);
    end = piece.index + piece[0].length;
    if (next > at && isBroken && isNumber(word)) return next - at + 1;
  }
  return undefined;
}

const single = (word: string): string => word.replace(/(.)\1+/g, '$1');

/** "thhree", "tthree" and "thre": the word apart from letters written twice. */
export const isDoubled = (word: string, numbers: ReadonlySet<string>): boolean =>
  word.length > 3 && word !== 'teen' && !numbers.has(word) && singles(numbers).has(single(word));

const known = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();
function singles(numbers: ReadonlySet<string>): ReadonlySet<string> {
  const made = known.get(numbers) ?? new Set([...numbers].map(single));
  known.set(numbers, made);
  return made;
}
