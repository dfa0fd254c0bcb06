/** Under which marks a name is found again. Pure: the marks are words here; only their keyed digests are ever stored. */
import { partsOf, soundOf, spellingOf } from '../../vocabulary/latin-spelling.ts';

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

/** How a part begins and how it ends, and of a short one also both its ends: one slip leaves one of these whole, even where two letters are swapped in the middle. */
const looseOf = (signs: readonly string[], length: number): { readonly ends: string[]; readonly both: string[] } => {
  const far = length < 3 ? 1 : 2;
  const ends = [signs.slice(0, far).join(''), signs.slice(-far).join('')];
  return { ends, both: length === 3 || length === 4 ? [`${signs.at(0)}${signs.at(-1)}`] : [] };
};

/** The firm one first, then those that are left when a hand slips; what was typed may be a letter longer or shorter than what was written down. */
type Ways = { readonly firm: string; readonly ends: readonly string[]; readonly all: readonly string[] };
const waysWith = (part: string, longer: readonly number[]): Ways => {
  const signs = [...spellingOf(part)];
  const loose = longer.map((more) => looseOf(signs, signs.length + more));
  const ends = [...new Set(loose.flatMap(({ ends }) => ends))].map((letters) => `d${letters}`);
  const both = loose.flatMap(({ both }) => both).map((letters) => `d${letters}`);
  return { firm: firm(part), ends, all: [...new Set([firm(part), ...ends, ...both])] };
};
const waysOf = (part: string): Ways => waysWith(part, [0]);
const waysSought = (part: string): Ways => waysWith(part, [-1, 0, 1]);

/** A part as it is taken for a mark of two, and how far that is from what it sounds like. */
type Way = { readonly as: string; readonly far: number };

/** Whole, with a letter left out, or, where it is too short for that, by its ends; also as it was written, where a slip falls between two letters for one sound. */
const slippedWays = (part: string, loose = waysOf): Way[] => {
  const spelling = spellingOf(part);
  const letters = [...spelling].length;
  const ways = new Map<string, number>();
  for (const as of [...spellings(part), ...soundsOf(part).flatMap(withoutOne).map(heard)]) ways.set(as, 2);
  for (const as of spellings(spelling)) ways.set(as, 1);
  if (letters < 4) for (const as of loose(part).all) ways.set(as, letters < 3 ? 2 : 1);
  ways.set(firm(part), 0);
  return [...ways].map(([as, far]) => ({ as, far }));
};

const pairsOf = <One>(all: readonly One[]): [One, One][] =>
  all.flatMap((one, at) => all.slice(at + 1).map((other): [One, One] => [one, other]));
const triplesOf = <One>(all: readonly One[]): [One, One, One][] =>
  all.flatMap((one, at) => pairsOf(all.slice(at + 1)).map((two): [One, One, One] => [one, ...two]));

/** Several at once, in whatever order they stood. */
const together = (kind: string, ...marks: readonly string[]): string => `${kind}${[...marks].sort().join(' ')}`;

/** Every part as one of its own ways, of which the first is the firm one: at most so many by another. */
const combined = (kind: string, ways: readonly (readonly string[])[], loose: number): string[] => {
  let all: { readonly marks: readonly string[]; readonly loose: number }[] = [{ marks: [], loose: 0 }];
  for (const one of ways)
    all = all.flatMap((before) =>
      one.flatMap((mark, at) => {
        const now = before.loose + Number(at > 0);
        return now > loose ? [] : [{ marks: [...before.marks, mark], loose: now }];
      }),
    );
  return all.map(({ marks }) => together(kind, ...marks));
};

const slipped = (kind: string, ways: readonly Ways[], most = 1): string[] =>
  combined(
    kind,
    ways.map(({ all }) => all),
    most,
  );

/** Of four parts two slipped, or each at one end. */
const fourSlipped = (ways: readonly Ways[]): string[] => [
  ...slipped('q', ways, 2),
  ...combined(
    'q all',
    ways.map(({ ends }) => ends),
    ways.length,
  ),
];

/** Both parts with a slip at most, each. */
const bothOf = (kind: string, ones: readonly Way[], others: readonly Way[], most: number): string[] =>
  ones.flatMap((a) => others.flatMap((b) => (a.far * b.far > most ? [] : [together(kind, a.as, b.as)])));
const bothWays = (kind: string, one: string, other: string, most = 1): string[] =>
  bothOf(kind, slippedWays(one), slippedWays(other), most);
const bothSought = (kind: string, one: string, other: string, most = 1): string[] =>
  bothOf(kind, slippedWays(one, waysSought), slippedWays(other, waysSought), most);

/** Letters in two parts of a name, together, that few people share. */
const telling = 13;
const tells = (one: string, other: string): boolean => [...one].length + [...other].length >= telling;

const bothMark = (one: string, other: string): string => together('p', firm(one), firm(other));
/** Of somebody who has these two names and no other. */
const onlyBothMark = (one: string, other: string): string => together('o', firm(one), firm(other));
const bornMark = (one: string, other: string, year: number): string => together(`y${year} `, firm(one), firm(other));

/** The same name with two neighbours written as one. */
const joinedWays = (parts: readonly string[]): string[][] =>
  parts.slice(1).map((next, at) => parts.toSpliced(at, 2, (parts[at] ?? '') + next));

/** Several parts under one mark, so that a search reads no long list of all who share one of them. */
function togetherOf(parts: readonly string[]): string[] {
  const pairs = pairsOf(parts);
  const [first, second] = parts;
  if (first === undefined || second === undefined) return [];
  if (parts.length === 2) return bothWays('o', first, second);
  if (parts.length === 3)
    return [
      ...pairs.flatMap(([one, other]) => bothWays('p', one, other, 0)),
      ...slipped('t', parts.map(waysOf), 2),
      ...joinedWays(parts).flatMap(([one = '', other = '']) => bothWays('o', one, other, 0)),
    ];
  const both = pairs.map(([one, other]) => bothMark(one, other));
  // Of five and six parts there would be hundreds.
  if (parts.length > 4) return [...both, ...triplesOf(parts).flatMap((three) => together('u', ...three.map(firm)))];
  const ways = parts.map(waysOf);
  return [
    ...both,
    ...fourSlipped(ways),
    ...triplesOf(ways).flatMap((three) => slipped('u', three)),
    ...joinedWays(parts).flatMap((way) => [
      ...slipped('t', way.map(waysOf)),
      ...pairsOf(way).map(([one, other]) => bothMark(one, other)),
    ]),
  ];
}

export type Marks = {
  /** Of single parts: the more of these two names share, the more they are alike. */
  readonly apart: readonly string[];
  /** Of several parts at once. */
  readonly together: readonly string[];
};

/** The marks of one name, whoever bears it. */
export function marksOfName(name: string): Marks {
  const parts = partsOf(name);
  const joined = parts.slice(1).map((next, at) => joinedMark(parts[at] ?? '', next));
  return {
    apart: [...new Set([...parts.flatMap(allMarks), ...joined])],
    together: [...new Set(togetherOf(parts))],
  };
}

/** The marks that the year of birth adds: of each two parts with it, and of itself. */
export function marksOfYear({ called, others, yearOfBirth: year }: Names): {
  readonly together: readonly string[];
  readonly year: string | null;
} {
  if (year === null) return { together: [], year: null };
  const pairs = [called, ...others].flatMap((name) => pairsOf(partsOf(name)));
  return { together: pairs.map(([one, other]) => bornMark(one, other, year)), year: yearMark(year) };
}

/** Who bears a mark of each group is looked at: there are two at most, and where there is none nobody is. */
export type Asked = readonly (readonly string[])[];

/** At most so many are looked for. */
const soughtOf = (name: string): readonly string[] => partsOf(name).slice(0, 4);

/** Single parts of what was typed: how many of these somebody shares puts who is found in order. */
export const apartOf = ({ name }: Sought): string[] => [
  ...new Set(soughtOf(name).flatMap((part) => [...allMarks(part), `j${spellingOf(part)}`])),
];

/** Two parts of what was typed must be found again, each with a slip at most, or as one word; of three and more three, or two and the year; where a single part was typed, that and the year. */
export function askedFor({ name, yearOfBirth }: Sought): Asked {
  const parts = soughtOf(name);
  const around = yearsAround(yearOfBirth);
  const years = around.map(yearMark);
  const [first, second] = parts;
  if (first === undefined) return years.length > 0 ? [years] : [];
  if (second === undefined) return years.length > 0 ? [soughtMarks(first), years] : [soughtMarks(first)];
  return [[...new Set(soughtTogether(parts, around))]];
}

function soughtTogether(parts: readonly string[], years: readonly number[]): string[] {
  const [first = '', second = ''] = parts;
  if (parts.length === 2)
    return [
      ...bothSought('o', first, second),
      ...bothSought('p', first, second, 0),
      ...spellings(spellingOf(first + second)),
    ];
  const pairs = pairsOf(parts).flatMap(([one, other]) => [
    onlyBothMark(one, other),
    ...(tells(one, other) ? [bothMark(one, other)] : []),
    ...years.map((year) => bornMark(one, other, year)),
  ]);
  const ways = parts.map(waysSought);
  if (parts.length === 3)
    return [
      ...pairs,
      ...slipped('t', ways, 2),
      ...slipped('u', ways),
      ...joinedWays(parts).flatMap(([one = '', other = '']) => bothSought('o', one, other, 0)),
    ];
  return [
    ...pairs,
    ...fourSlipped(ways),
    ...triplesOf(parts.map(firm)).flatMap((three) => [together('t', ...three), together('u', ...three)]),
    ...joinedWays(parts).flatMap((way) => slipped('t', way.map(waysSought))),
  ];
}
