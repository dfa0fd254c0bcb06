/** Under which marks a name is found again. Pure: the marks are words here; only their keyed digests are ever stored. */
import { partsOf, soundOf, spellingOf } from './letters.ts';

export type Names = {
  readonly called: string;
  readonly others: readonly string[];
  readonly yearOfBirth: number | null;
};
export type Sought = { readonly name: string; readonly yearOfBirth: number | null };

/** Every way of leaving one letter out: two words that differ by a slip share one of these, or the word itself. Of short words too many others would share one. */
function withoutOne(word: string): string[] {
  const signs = [...word];
  return signs.length < 4 ? [] : signs.map((_, at) => signs.toSpliced(at, 1).join(''));
}

const spelt = (word: string): string => `w${word}`;
const heard = (sound: string): string => `s${sound}`;

/** One or two firm sounds are those of too many names. */
const soundsOf = (part: string): string[] => [soundOf(part)].filter((sound) => sound.length > 2);

const spellings = (word: string): string[] => [word, ...withoutOne(word)].map(spelt);

/** As it is spelt and as it sounds. */
const closeMarks = (part: string): string[] => [spelt(spellingOf(part)), ...soundsOf(part).map(heard)];
/** The same, and each with a letter left out. */
const allMarks = (part: string): string[] => [
  ...new Set([
    ...spellings(spellingOf(part)),
    ...soundsOf(part).flatMap((sound) => [sound, ...withoutOne(sound)].map(heard)),
  ]),
];

/** Of two that stand together, which others write as one. Apart from those who do write it so: these are few, and are walked first. */
const joinedMark = (one: string, other: string): string => `j${spellingOf(one + other)}`;
const asJoined = (part: string): string[] =>
  [spellingOf(part), ...withoutOne(spellingOf(part))].map((word) => `j${word}`);
/** Under which a part that was typed is looked for. */
const soughtMarks = (part: string): string[] => [...allMarks(part), ...asJoined(part)];

const yearMark = (year: number): string => `y${year}`;
const yearsAround = (year: number | null): number[] => (year === null ? [] : [year, year - 1, year + 1]);

/** The year itself, and those beside it. */
export const yearMarks = (year: number | null): { readonly exact: string[]; readonly near: string[] } => ({
  exact: yearsAround(year).slice(0, 1).map(yearMark),
  near: yearsAround(year).slice(1).map(yearMark),
});

/** By its sound, or, where that is borne by too many, as it is spelt. */
const firm = (part: string): string => soundsOf(part).map(heard)[0] ?? spelt(spellingOf(part));

const edge = (length: number): number => (length < 5 ? 1 : 2);

/** How a part begins and how it ends: so far apart that one slip leaves one of them whole, even where two letters are swapped in the middle. */
const edges = (part: string, lengths: (length: number) => readonly number[]): string[] => {
  const signs = [...spellingOf(part)];
  if (signs.length === 0) return [];
  return [...new Set(lengths(signs.length).map(edge))].flatMap((far) => [
    `b${signs.slice(0, far).join('')}`,
    `e${signs.slice(-far).join('')}`,
  ]);
};
const roughly = (part: string): string[] => [firm(part), ...edges(part, (length) => [length])];
/** What is typed may be a letter longer or shorter than what was written down. */
const roughlySought = (part: string): string[] => [
  firm(part),
  ...edges(part, (length) => [length - 1, length, length + 1]),
];

const pairsOf = <One>(all: readonly One[]): [One, One][] =>
  all.flatMap((one, at) => all.slice(at + 1).map((other): [One, One] => [one, other]));
const triplesOf = <One>(all: readonly One[]): [One, One, One][] =>
  all.flatMap((one, at) => pairsOf(all.slice(at + 1)).map((two): [One, One, One] => [one, ...two]));

/** Several at once, in whatever order they stood. */
const together = (kind: string, ...marks: readonly string[]): string => `${kind}${[...marks].sort().join(' ')}`;

/** Every three parts, each as one of its own; where there are very many, one of the three by its sound, which stands first. */
const threeMarks = (ways: readonly (readonly string[])[], roughMost = 3): string[] =>
  triplesOf(ways).flatMap(([one, two, three]) =>
    one.flatMap((a, i) =>
      two.flatMap((b, j) =>
        three.flatMap((c, k) =>
          Number(i > 0) + Number(j > 0) + Number(k > 0) <= roughMost ? [together('t', a, b, c)] : [],
        ),
      ),
    ),
  );

/** Letters in two parts of a name, together, that few people share. */
const telling = 9;
const tells = (one: string, other: string): boolean => [...one].length + [...other].length >= telling;

const bothMark = (one: string, other: string): string => together('p', firm(one), firm(other));
/** Of somebody who has these two names and no other. */
const onlyBothMark = (one: string, other: string): string => together('o', firm(one), firm(other));
const bornMark = (one: string, other: string, year: number): string => together(`y${year} `, firm(one), firm(other));

/** The same name with two neighbours written as one. */
const joinedWays = (parts: readonly string[]): string[][] =>
  parts.slice(1).map((next, at) => parts.toSpliced(at, 2, (parts[at] ?? '') + next));

/** Of names of many parts: several parts under one mark, so that a search reads no long list of all who share one of them. */
function togetherOf(parts: readonly string[], year: number | null): string[] {
  const pairs = pairsOf(parts).flatMap(([one, other]) => [
    ...(tells(one, other) ? [bothMark(one, other)] : []),
    ...(year === null ? [] : [bornMark(one, other, year)]),
  ]);
  const [first, second] = parts;
  if (parts.length === 2 && first !== undefined && second !== undefined) return [...pairs, onlyBothMark(first, second)];
  // Of five and six parts there would be hundreds.
  const as = parts.length > 4 ? (part: string) => [firm(part)] : roughly;
  const ways = parts.length > 3 ? [parts, ...joinedWays(parts)] : [parts];
  return [...pairs, ...ways.flatMap((way) => threeMarks(way.map(as)))];
}

export type Marks = {
  /** Of single parts: the more of these two names share, the more they are alike. */
  readonly apart: readonly string[];
  /** Of several parts at once. */
  readonly together: readonly string[];
  readonly year: string | null;
};

/** All the marks under which a person is found. */
export function marksOf({ called, others, yearOfBirth }: Names): Marks {
  const [apart, several] = [new Set<string>(), new Set<string>()];
  for (const name of [called, ...others]) {
    const parts = partsOf(name);
    for (const [at, part] of parts.entries()) {
      for (const mark of allMarks(part)) apart.add(mark);
      const next = parts[at + 1];
      if (next !== undefined) apart.add(joinedMark(part, next));
    }
    for (const mark of togetherOf(parts, yearOfBirth)) several.add(mark);
  }
  return { apart: [...apart], together: [...several], year: yearOfBirth === null ? null : yearMark(yearOfBirth) };
}

/** Who bears a mark of each group is looked at: the heavier, the more is alike beyond what the single parts show. */
export type Asked = { readonly weight: number; readonly groups: readonly (readonly string[])[] };

/** What one part of a name is worth, where it is written together with another. */
const joinedWeight = 12;

/** Two parts that stand together, taken for one word. */
const joinings = (parts: readonly string[]): Asked[] =>
  parts.slice(1).map((next, at) => {
    const joined = spellings(spellingOf((parts[at] ?? '') + next));
    const rest = parts.filter((_, index) => index !== at && index !== at + 1).flatMap(closeMarks);
    return { weight: joinedWeight, groups: rest.length === 0 ? [joined] : [joined, rest] };
  });

/** At most so many are looked for. */
const soughtOf = (name: string): readonly string[] => partsOf(name).slice(0, 4);

/** Single parts of what was typed: how many of these somebody shares puts who is found in order. */
export const apartOf = ({ name }: Sought): string[] => [
  ...new Set(soughtOf(name).flatMap((part) => [...allMarks(part), `j${spellingOf(part)}`])),
];

/** Two parts of what was typed must be found again, each with a slip at most, or as one word; of three and more three, or two and the year; where a single part was typed, that and the year. */
export function askedFor({ name, yearOfBirth }: Sought): Asked[] {
  const parts = soughtOf(name);
  const around = yearsAround(yearOfBirth);
  const years = around.map(yearMark);
  const [first, second, third] = parts;
  if (first === undefined) return years.length > 0 ? [{ weight: 0, groups: [years] }] : [];
  if (second === undefined)
    return [{ weight: 0, groups: years.length > 0 ? [soughtMarks(first), years] : [soughtMarks(first)] }];
  if (third === undefined)
    return [{ weight: 0, groups: [soughtMarks(first), soughtMarks(second)] }, ...joinings(parts)];
  const pairs = pairsOf(parts).flatMap(([one, other]) => [
    onlyBothMark(one, other),
    ...(tells(one, other) ? [bothMark(one, other)] : []),
    ...around.map((year) => bornMark(one, other, year)),
  ]);
  const most = parts.length > 3 ? 2 : 3;
  const threes = threeMarks(parts.map(roughlySought), most);
  return [{ weight: 0, groups: [[...new Set([...pairs, ...threes])]] }, ...joinings(parts)];
}
