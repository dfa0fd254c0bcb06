/** The marks under which a name is found. Pure: marks are words here, and only their keyed digests are stored. */
import { normaliseSpelling, splitName, toSoundKey } from '../../vocabulary/languages/latin-spelling.ts';

export type Names = {
  readonly called: string;
  readonly others: readonly string[];
  readonly yearOfBirth: number | null;
};
export type Sought = { readonly name: string; readonly yearOfBirth: number | null };

/** The word with each letter left out in turn: two words that differ by one slip share one of these. Not for short words, which would match too many others. */
function withoutOne(word: string): string[] {
  const signs = [...word];
  return signs.length < 4 ? [] : signs.map((_, at) => signs.toSpliced(at, 1).join(''));
}

const spelt = (word: string): string => `w${word}`;
const heard = (sound: string): string => `s${sound}`;

/** Sounds of one or two letters are common to too many names. */
const soundsOf = (part: string): string[] => [toSoundKey(part)].filter((sound) => sound.length > 2);

const spellings = (word: string): string[] => [word, ...withoutOne(word)].map(spelt);

/** Spelling and sound, also with each letter left out. */
const allMarks = (part: string): string[] => [
  ...new Set([
    ...spellings(normaliseSpelling(part)),
    ...soundsOf(part).flatMap((sound) => [sound, ...withoutOne(sound)].map(heard)),
  ]),
];

/** Two neighbouring parts that others may write as one word. These marks have a prefix of their own: they are rare, so the search reads them first. */
const joinedMark = (one: string, other: string): string => `j${normaliseSpelling(one + other)}`;
const asJoined = (part: string): string[] =>
  [normaliseSpelling(part), ...withoutOne(normaliseSpelling(part))].map((word) => `j${word}`);
/** The marks to search for a typed part. */
const soughtMarks = (part: string): string[] => [...allMarks(part), ...asJoined(part)];

const yearMark = (year: number): string => `y${year}`;
const yearsAround = (year: number | null): number[] => (year === null ? [] : [year, year - 1, year + 1]);

/** The year itself, and the years before and after. */
export const yearMarks = (year: number | null): { readonly exact: string[]; readonly near: string[] } => ({
  exact: yearsAround(year).slice(0, 1).map(yearMark),
  near: yearsAround(year).slice(1).map(yearMark),
});

/** The sound, or the spelling if too many names share the sound. */
const firm = (part: string): string => soundsOf(part).map(heard)[0] ?? spelt(normaliseSpelling(part));

/** The first and last letters, and for a short part also both together. One slip leaves one of these intact, even where two letters are swapped in the middle. */
const looseOf = (signs: readonly string[], length: number): { readonly ends: string[]; readonly both: string[] } => {
  const far = length < 3 ? 1 : 2;
  const ends = [signs.slice(0, far).join(''), signs.slice(-far).join('')];
  return { ends, both: length === 3 || length === 4 ? [`${signs.at(0)}${signs.at(-1)}`] : [] };
};

/** The exact mark first, then those that survive a slip. What was typed may be one letter longer or shorter than what is stored. */
type Ways = { readonly firm: string; readonly ends: readonly string[]; readonly all: readonly string[] };
const waysWith = (part: string, longer: readonly number[]): Ways => {
  const signs = [...normaliseSpelling(part)];
  const loose = longer.map((more) => looseOf(signs, signs.length + more));
  const ends = [...new Set(loose.flatMap(({ ends }) => ends))].map((letters) => `d${letters}`);
  const both = loose.flatMap(({ both }) => both).map((letters) => `d${letters}`);
  return { firm: firm(part), ends, all: [...new Set([firm(part), ...ends, ...both])] };
};
const waysOf = (part: string): Ways => waysWith(part, [0]);
const waysSought = (part: string): Ways => waysWith(part, [-1, 0, 1]);

/** One variant of a part for a mark of two parts, and its distance from the exact mark. */
type Way = { readonly as: string; readonly far: number };

/** Variants of a part: whole, with one letter left out, and for very short parts by its ends. The plain spelling helps where a slip falls between two letters for one sound. */
const slippedWays = (part: string, loose = waysOf): Way[] => {
  const spelling = normaliseSpelling(part);
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

/** Joins several marks, independent of their order. */
const together = (kind: string, ...marks: readonly string[]): string => `${kind}${[...marks].sort().join(' ')}`;

/** All combinations of one variant from each part, with at most `loose` parts not exact. */
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

/** For four parts: two with a slip, or each by one end. */
const fourSlipped = (ways: readonly Ways[]): string[] => [
  ...slipped('q', ways, 2),
  ...combined(
    'q all',
    ways.map(({ ends }) => ends),
    ways.length,
  ),
];

/** Pairs of variants, each with at most one slip. */
const bothOf = (kind: string, ones: readonly Way[], others: readonly Way[], most: number): string[] =>
  ones.flatMap((a) => others.flatMap((b) => (a.far * b.far > most ? [] : [together(kind, a.as, b.as)])));
const bothWays = (kind: string, one: string, other: string, most = 1): string[] =>
  bothOf(kind, slippedWays(one), slippedWays(other), most);
const bothSought = (kind: string, one: string, other: string, most = 1): string[] =>
  bothOf(kind, slippedWays(one, waysSought), slippedWays(other, waysSought), most);

/** Number of letters from which two parts together identify few people. */
const telling = 13;
const tells = (one: string, other: string): boolean => [...one].length + [...other].length >= telling;

const bothMark = (one: string, other: string): string => together('p', firm(one), firm(other));
/** For a person with exactly these two parts. */
const onlyBothMark = (one: string, other: string): string => together('o', firm(one), firm(other));
const bornMark = (one: string, other: string, year: number): string => together(`y${year} `, firm(one), firm(other));

/** The name with each pair of neighbours joined. */
const joinedWays = (parts: readonly string[]): string[][] =>
  parts.slice(1).map((next, at) => parts.toSpliced(at, 2, (parts[at] ?? '') + next));

/** Marks of several parts together, so that a search does not read the long list of a common part. */
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
  // Five or six parts would give hundreds of marks.
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
  /** Of single parts: the more of these two names share, the more similar they are. */
  readonly apart: readonly string[];
  /** Of several parts together. */
  readonly together: readonly string[];
};

/** The marks of one name. */
export function marksOfName(name: string): Marks {
  const parts = splitName(name);
  const joined = parts.slice(1).map((next, at) => joinedMark(parts[at] ?? '', next));
  return {
    apart: [...new Set([...parts.flatMap(allMarks), ...joined])],
    together: [...new Set(togetherOf(parts))],
  };
}

/** Marks of the year of birth: with each pair of parts, and alone. */
export function marksOfYear({ called, others, yearOfBirth: year }: Names): {
  readonly together: readonly string[];
  readonly year: string | null;
} {
  if (year === null) return { together: [], year: null };
  const pairs = [called, ...others].flatMap((name) => pairsOf(splitName(name)));
  return { together: pairs.map(([one, other]) => bornMark(one, other, year)), year: yearMark(year) };
}

/** At most two groups of marks. A person must have a mark of each group; without groups the search finds nobody. */
export type Asked = readonly (readonly string[])[];

/** Limits how many parts are searched. */
const soughtOf = (name: string): readonly string[] => splitName(name).slice(0, 4);

/** Marks of single typed parts. The number that a person shares orders the candidates. */
export const apartOf = ({ name }: Sought): string[] => [
  ...new Set(soughtOf(name).flatMap((part) => [...allMarks(part), `j${normaliseSpelling(part)}`])),
];

/** Two typed parts must match, each with at most one slip, or as one word. Three or more need three matches, or two that are long, the person’s only two, or match the year. A single part also needs the year, if one is given. */
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
      ...spellings(normaliseSpelling(first + second)),
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
