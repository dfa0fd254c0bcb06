/** Whether two returns mean one town though they write it differently: case, accents, hyphens, “St” for “Saint”, one slip of a letter. Pure. */
import { loadTowns, townKey } from '../../../vocabulary/towns.ts';

/** Letters that are no letter with an accent. */
const otherLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
/** Words before a name, as they are shortened. */
const prefixes: Readonly<Record<string, string>> = {
  st: 'saint',
  ste: 'saint',
  sainte: 'saint',
  sankt: 'saint',
  gt: 'great',
  mt: 'mount',
};

const isPlain = /^[a-z0-9 ]*$/;
const isShortened = /(?:^| )(?:s|st|ste|sainte|sankt|gt|mt)(?: |$)| {2}/;

/** One spelling for those that differ in case, accents, hyphens, apostrophes and shortened words before the name. A folded name stays as it is. */
export function foldTown(town: string): string {
  const lower = town.trim().toLocaleLowerCase('en-GB');
  const isLatin = isPlain.test(lower);
  if (isLatin && !isShortened.test(lower)) return lower;
  const plain = isLatin
    ? lower
    : lower
        .normalize('NFKD')
        .replaceAll(/\p{M}/gu, '')
        .replaceAll(/[ßæœøłđðþı]/g, (letter) => otherLetters[letter] ?? letter)
        .replaceAll(/['’ʼ`]/g, '');
  const words = plain.split(/[\s.,/()\p{Pd}]+/u).filter(Boolean);
  return words
    .map((word, index) => (index < words.length - 1 ? (prefixes[word] ?? word) : word))
    .join(' ')
    .replaceAll(/(?<=\p{L}) s(?= |$)/gu, 's');
}

/** A shorter name is too near to others. */
const shortest = 5;
/** As many names as are compared that differ in one letter at one place, and as many pairs as are found. */
const mostAlike = 40;
export const mostSlips = 1_000;

/** Whether one letter is missing, added, changed or changed places with the next. */
export function isOneSlip(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [mine, its] = [one.slice(start), other.slice(start)];
  if (mine.length > its.length) return mine.slice(1) === its;
  if (mine.length < its.length) return its.slice(1) === mine;
  return mine.slice(1) === its.slice(1) || (mine[0] === its[1] && mine[1] === its[0] && mine.slice(2) === its.slice(2));
}

/** Two towns that are both on the map are two towns. */
const areBothKnown = (one: string, other: string): boolean => {
  const towns = loadTowns();
  return towns.has(townKey(one)) && towns.has(townKey(other));
};

/** A number in a name is no slip: “Sector 4” is not “Sector 5”. */
const canSlip = (name: string): boolean => name.length >= shortest && !/\p{N}/u.test(name);

/** Every two of these folded names that are one slip apart. The work grows with the number of names, not with its square, and it ends at 1,000 pairs. */
export function listSlips(names: readonly string[]): (readonly [string, string])[] {
  const without = new Map<string, string[]>();
  for (const name of names.filter(canSlip))
    for (const variant of new Set([name, ...[...name].map((_, at) => name.slice(0, at) + name.slice(at + 1))])) {
      const alike = without.get(variant);
      if (!alike) without.set(variant, [name]);
      else if (alike.length < mostAlike) alike.push(name);
    }
  const found = new Map<string, readonly [string, string]>();
  for (const alike of without.values())
    for (const [index, one] of alike.entries())
      for (const other of alike.slice(index + 1)) {
        const pair = one < other ? ([one, other] as const) : ([other, one] as const);
        if (found.size >= mostSlips) return [...found.values()];
        if (!found.has(pair.join('|')) && isOneSlip(one, other) && !areBothKnown(one, other))
          found.set(pair.join('|'), pair);
      }
  return [...found.values()];
}
