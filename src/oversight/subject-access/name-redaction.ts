/** Finds names of others in free text, so that each is withheld until someone lifts the redaction. Pure: gets the known names, keeps ids alone. */
import type { NameMark, Part, ThirdParty } from '../../vocabulary/records-held.ts';

export type KnownName = { readonly id: string; readonly name: string; readonly third: ThirdParty };

/** Accents, case and word breaks make no difference to a name. */
const normaliseName = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en');

type Word = { readonly plain: string; readonly from: number; readonly to: number };
const splitWords = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    plain: normaliseName(word),
    from: index,
    to: index + word.length,
  }));

/** Position of a name: its words in order, or the last one first, as in “Moraru, Ilinca”. */
function findNamePositions(words: readonly Word[], name: readonly string[]): [number, number][] {
  const last = name.at(-1);
  if (last === undefined) return [];
  const orders = name.length > 1 ? [name, [last, ...name.slice(0, -1)]] : [name];
  return words.flatMap((first, start) =>
    orders.some((order) => order.every((word, index) => words[start + index]?.plain === word))
      ? [[first.from, words[start + name.length - 1]?.to ?? first.to] as [number, number]]
      : [],
  );
}

export function markNames(parts: readonly Part[], known: readonly KnownName[]): Part[] {
  const others = known.map(({ id, name, third }) => ({ id, third, words: splitWords(name).map((word) => word.plain) }));
  return parts.map((part) => ({
    ...part,
    lines: part.lines.map((line) => {
      if (line.third === 'a member') return line;
      const words = splitWords(line.text);
      const names = others.flatMap(({ id, third, words: name }): NameMark[] => {
        const at = findNamePositions(words, name);
        return at.length > 0 ? [{ key: `${line.key}/name of ${id}`, third, at }] : [];
      });
      return names.length > 0 ? { ...line, names } : line;
    }),
  }));
}
