/** The marks under which a name is found. Pure: marks are words here, and only their keyed digests are stored. */
import { normaliseSpelling, splitName, toSoundKey } from '../../vocabulary/languages/latin-spelling.ts';

export type PersonNames = {
  readonly called: string;
  readonly others: readonly string[];
  readonly yearOfBirth: number | null;
};
export type PersonQuery = { readonly name: string; readonly yearOfBirth: number | null };

/** The word with each letter left out in turn: two words that differ by one slip share one of these. Not for short words, which would match too many others. */
function deletionVariants(word: string): string[] {
  const signs = [...word];
  return signs.length < 4 ? [] : signs.map((_, at) => signs.toSpliced(at, 1).join(''));
}

const spellingTerm = (word: string): string => `w${word}`;
const soundTerm = (sound: string): string => `s${sound}`;

/** Sounds of one or two letters are common to too many names. */
const soundsOf = (part: string): string[] => [toSoundKey(part)].filter((sound) => sound.length > 2);

const spellings = (word: string): string[] => [word, ...deletionVariants(word)].map(spellingTerm);

/** Spelling and sound, also with each letter left out. */
const termsOfPart = (part: string): string[] => [
  ...new Set([
    ...spellings(normaliseSpelling(part)),
    ...soundsOf(part).flatMap((sound) => [sound, ...deletionVariants(sound)].map(soundTerm)),
  ]),
];

/** Two neighbouring parts that others may write as one word. These marks have a prefix of their own: they are rare, so the search reads them first. */
const joinedTerm = (one: string, other: string): string => `j${normaliseSpelling(one + other)}`;
const joinedTermVariants = (part: string): string[] =>
  [normaliseSpelling(part), ...deletionVariants(normaliseSpelling(part))].map((word) => `j${word}`);
/** The marks to search for a typed part. */
const queryTermsOfPart = (part: string): string[] => [...termsOfPart(part), ...joinedTermVariants(part)];

const yearTerm = (year: number): string => `y${year}`;
const yearsAround = (year: number | null): number[] => (year === null ? [] : [year, year - 1, year + 1]);

/** The year itself, and the years before and after. */
export const yearTerms = (year: number | null): { readonly exact: string[]; readonly near: string[] } => ({
  exact: yearsAround(year).slice(0, 1).map(yearTerm),
  near: yearsAround(year).slice(1).map(yearTerm),
});

/** The sound, or the spelling if too many names share the sound. */
const exactTerm = (part: string): string => soundsOf(part).map(soundTerm)[0] ?? spellingTerm(normaliseSpelling(part));

/** The first and last letters, and for a short part also both together. One slip leaves one of these intact, even where two letters are swapped in the middle. */
const edgeLetters = (
  signs: readonly string[],
  length: number,
): { readonly ends: string[]; readonly both: string[] } => {
  const far = length < 3 ? 1 : 2;
  const ends = [signs.slice(0, far).join(''), signs.slice(-far).join('')];
  return { ends, both: length === 3 || length === 4 ? [`${signs.at(0)}${signs.at(-1)}`] : [] };
};

/** The exact mark first, then those that survive a slip. What was typed may be one letter longer or shorter than what is stored. */
type PartVariants = { readonly firm: string; readonly ends: readonly string[]; readonly all: readonly string[] };
const variantsForLengths = (part: string, longer: readonly number[]): PartVariants => {
  const signs = [...normaliseSpelling(part)];
  const loose = longer.map((more) => edgeLetters(signs, signs.length + more));
  const ends = [...new Set(loose.flatMap(({ ends }) => ends))].map((letters) => `d${letters}`);
  const both = loose.flatMap(({ both }) => both).map((letters) => `d${letters}`);
  return { firm: exactTerm(part), ends, all: [...new Set([exactTerm(part), ...ends, ...both])] };
};
const variantsOfPart = (part: string): PartVariants => variantsForLengths(part, [0]);
const queryVariantsOfPart = (part: string): PartVariants => variantsForLengths(part, [-1, 0, 1]);

/** One variant of a part for a mark of two parts, and its distance from the exact mark. */
type PartVariant = { readonly as: string; readonly far: number };

/** Variants of a part: whole, with one letter left out, and for very short parts by its ends. The plain spelling helps where a slip falls between two letters for one sound. */
const misspeltVariants = (part: string, loose = variantsOfPart): PartVariant[] => {
  const spelling = normaliseSpelling(part);
  const letters = [...spelling].length;
  const ways = new Map<string, number>();
  for (const as of [...spellings(part), ...soundsOf(part).flatMap(deletionVariants).map(soundTerm)]) ways.set(as, 2);
  for (const as of spellings(spelling)) ways.set(as, 1);
  if (letters < 4) for (const as of loose(part).all) ways.set(as, letters < 3 ? 2 : 1);
  ways.set(exactTerm(part), 0);
  return [...ways].map(([as, far]) => ({ as, far }));
};

const pairsOf = <One>(all: readonly One[]): [One, One][] =>
  all.flatMap((one, at) => all.slice(at + 1).map((other): [One, One] => [one, other]));
const triplesOf = <One>(all: readonly One[]): [One, One, One][] =>
  all.flatMap((one, at) => pairsOf(all.slice(at + 1)).map((two): [One, One, One] => [one, ...two]));

/** Joins several marks, independent of their order. */
const combineTerms = (kind: string, ...marks: readonly string[]): string => `${kind}${[...marks].sort().join(' ')}`;

/** All combinations of one variant from each part, with at most `loose` parts not exact. */
const combineVariants = (kind: string, ways: readonly (readonly string[])[], loose: number): string[] => {
  let all: { readonly marks: readonly string[]; readonly loose: number }[] = [{ marks: [], loose: 0 }];
  for (const one of ways)
    all = all.flatMap((before) =>
      one.flatMap((mark, at) => {
        const now = before.loose + Number(at > 0);
        return now > loose ? [] : [{ marks: [...before.marks, mark], loose: now }];
      }),
    );
  return all.map(({ marks }) => combineTerms(kind, ...marks));
};

const combineMisspelt = (kind: string, ways: readonly PartVariants[], most = 1): string[] =>
  combineVariants(
    kind,
    ways.map(({ all }) => all),
    most,
  );

/** For four parts: two with a slip, or each by one end. */
const combineFourParts = (ways: readonly PartVariants[]): string[] => [
  ...combineMisspelt('q', ways, 2),
  ...combineVariants(
    'q all',
    ways.map(({ ends }) => ends),
    ways.length,
  ),
];

/** Pairs of variants, each with at most one slip. */
const combinePairs = (
  kind: string,
  ones: readonly PartVariant[],
  others: readonly PartVariant[],
  most: number,
): string[] =>
  ones.flatMap((a) => others.flatMap((b) => (a.far * b.far > most ? [] : [combineTerms(kind, a.as, b.as)])));
const pairTerms = (kind: string, one: string, other: string, most = 1): string[] =>
  combinePairs(kind, misspeltVariants(one), misspeltVariants(other), most);
const queryPairTerms = (kind: string, one: string, other: string, most = 1): string[] =>
  combinePairs(kind, misspeltVariants(one, queryVariantsOfPart), misspeltVariants(other, queryVariantsOfPart), most);

/** Number of letters from which two parts together identify few people. */
const distinctiveLength = 13;
const isDistinctivePair = (one: string, other: string): boolean =>
  [...one].length + [...other].length >= distinctiveLength;

const exactPairTerm = (one: string, other: string): string => combineTerms('p', exactTerm(one), exactTerm(other));
/** For a person with exactly these two parts. */
const onlyPairTerm = (one: string, other: string): string => combineTerms('o', exactTerm(one), exactTerm(other));
const pairWithYearTerm = (one: string, other: string, year: number): string =>
  combineTerms(`y${year} `, exactTerm(one), exactTerm(other));

/** The name with each pair of neighbours joined. */
const joinNeighbours = (parts: readonly string[]): string[][] =>
  parts.slice(1).map((next, at) => parts.toSpliced(at, 2, (parts[at] ?? '') + next));

/** Marks of several parts together, so that a search does not read the long list of a common part. */
function combinedTermsOf(parts: readonly string[]): string[] {
  const pairs = pairsOf(parts);
  const [first, second] = parts;
  if (first === undefined || second === undefined) return [];
  if (parts.length === 2) return pairTerms('o', first, second);
  if (parts.length === 3)
    return [
      ...pairs.flatMap(([one, other]) => pairTerms('p', one, other, 0)),
      ...combineMisspelt('t', parts.map(variantsOfPart), 2),
      ...joinNeighbours(parts).flatMap(([one = '', other = '']) => pairTerms('o', one, other, 0)),
    ];
  const both = pairs.map(([one, other]) => exactPairTerm(one, other));
  // Five or six parts would give hundreds of marks.
  if (parts.length > 4)
    return [...both, ...triplesOf(parts).flatMap((three) => combineTerms('u', ...three.map(exactTerm)))];
  const ways = parts.map(variantsOfPart);
  return [
    ...both,
    ...combineFourParts(ways),
    ...triplesOf(ways).flatMap((three) => combineMisspelt('u', three)),
    ...joinNeighbours(parts).flatMap((way) => [
      ...combineMisspelt('t', way.map(variantsOfPart)),
      ...pairsOf(way).map(([one, other]) => exactPairTerm(one, other)),
    ]),
  ];
}

export type NameTerms = {
  /** Of single parts: the more of these two names share, the more similar they are. */
  readonly apart: readonly string[];
  /** Of several parts together. */
  readonly together: readonly string[];
};

/** The marks of one name. */
export function termsOfName(name: string): NameTerms {
  const parts = splitName(name);
  const joined = parts.slice(1).map((next, at) => joinedTerm(parts[at] ?? '', next));
  return {
    apart: [...new Set([...parts.flatMap(termsOfPart), ...joined])],
    together: [...new Set(combinedTermsOf(parts))],
  };
}

/** Marks of the year of birth: with each pair of parts, and alone. */
export function termsOfYear({ called, others, yearOfBirth: year }: PersonNames): {
  readonly together: readonly string[];
  readonly year: string | null;
} {
  if (year === null) return { together: [], year: null };
  const pairs = [called, ...others].flatMap((name) => pairsOf(splitName(name)));
  return { together: pairs.map(([one, other]) => pairWithYearTerm(one, other, year)), year: yearTerm(year) };
}

/** At most two groups of marks. A person must have a mark of each group; without groups the search finds nobody. */
export type TermGroups = readonly (readonly string[])[];

/** Limits how many parts are searched. */
const queryParts = (name: string): readonly string[] => splitName(name).slice(0, 4);

/** Marks of single typed parts. The number that a person shares orders the candidates. */
export const singlePartTerms = ({ name }: PersonQuery): string[] => [
  ...new Set(queryParts(name).flatMap((part) => [...termsOfPart(part), `j${normaliseSpelling(part)}`])),
];

/** Two typed parts must match, each with at most one slip, or as one word. Three or more need three matches, or two that are long, the person’s only two, or match the year. A single part also needs the year, if one is given. */
export function requiredTermGroups({ name, yearOfBirth }: PersonQuery): TermGroups {
  const parts = queryParts(name);
  const around = yearsAround(yearOfBirth);
  const years = around.map(yearTerm);
  const [first, second] = parts;
  if (first === undefined) return years.length > 0 ? [years] : [];
  if (second === undefined) return years.length > 0 ? [queryTermsOfPart(first), years] : [queryTermsOfPart(first)];
  return [[...new Set(combinedQueryTerms(parts, around))]];
}

function combinedQueryTerms(parts: readonly string[], years: readonly number[]): string[] {
  const [first = '', second = ''] = parts;
  if (parts.length === 2)
    return [
      ...queryPairTerms('o', first, second),
      ...queryPairTerms('p', first, second, 0),
      ...spellings(normaliseSpelling(first + second)),
    ];
  const pairs = pairsOf(parts).flatMap(([one, other]) => [
    onlyPairTerm(one, other),
    ...(isDistinctivePair(one, other) ? [exactPairTerm(one, other)] : []),
    ...years.map((year) => pairWithYearTerm(one, other, year)),
  ]);
  const ways = parts.map(queryVariantsOfPart);
  if (parts.length === 3)
    return [
      ...pairs,
      ...combineMisspelt('t', ways, 2),
      ...combineMisspelt('u', ways),
      ...joinNeighbours(parts).flatMap(([one = '', other = '']) => queryPairTerms('o', one, other, 0)),
    ];
  return [
    ...pairs,
    ...combineFourParts(ways),
    ...triplesOf(parts.map(exactTerm)).flatMap((three) => [combineTerms('t', ...three), combineTerms('u', ...three)]),
    ...joinNeighbours(parts).flatMap((way) => combineMisspelt('t', way.map(queryVariantsOfPart))),
  ];
}
