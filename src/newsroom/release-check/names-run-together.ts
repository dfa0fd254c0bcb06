/** Finds names of a case among letters that stand together without a space, as in a mark of a topic. Pure. */
import type { CaseNames, NameFound, Part } from './case-names.ts';
import { plain } from './folded-text.ts';
import type { WordIndex } from './keyed/word-keys.ts';
import { runTogether } from './odd-spellings.ts';
import { isOrdinaryWord } from './ordinary-words.ts';

/** So long is a name that is looked for among letters without a space. */
const longestPart = 24;

/** "#stopruane" has a name in it, and "#tanneryyard" the two words of one. */
export const namesRunTogether = (text: string, { index, singles, sequences }: CaseNames): NameFound[] =>
  runTogether(text).flatMap(({ start, end, letters }): NameFound[] => {
    const word = plain(letters);
    const parts = Array.from(word, (_, from) => from).flatMap((from) =>
      Array.from({ length: Math.min(longestPart, word.length - from) }, (_, more) => ({ from, to: from + more + 1 })),
    );
    const records = parts.flatMap(({ from, to }) => {
      const one = index.exactOf(word.slice(from, to));
      if (one === undefined) return [];
      const alone = to - from > 3 && !isOrdinaryWord(word.slice(from, to)) ? (singles.get(one) ?? []) : [];
      const rest = word.slice(to);
      const first = sequences.filter((all) => all.parts[0]?.word === one && goesOn(rest, all.parts.slice(1), index));
      return [...alone, ...first].map(({ record }) => record);
    });
    return records.length > 0 ? [{ start, end, records }] : [];
  });

function goesOn(word: string, [part, ...others]: readonly Part[], index: WordIndex): boolean {
  if (!part) return true;
  return Array.from(word.slice(0, longestPart), (_, at) => at + 1).some(
    (to) => index.exactOf(word.slice(0, to)) === part.word && goesOn(word.slice(to), others, index),
  );
}
