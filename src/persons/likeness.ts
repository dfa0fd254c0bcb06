/** Under which marks a name is found again, and how like two names are. Pure: the marks are words here; only their keyed digests are ever stored. */
import { partsOf, soundOf, spellingOf } from './letters.ts';

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

/** Of two that stand together, which others write as one. */
const joinedMark = (one: string, other: string): string => spelt(spellingOf(one + other));

export type Names = {
  readonly called: string;
  readonly others: readonly string[];
  readonly yearOfBirth: number | null;
};

const yearMark = (year: number): string => `y${year}`;

/** All the marks under which a person is found. */
export function marksOf({ called, others, yearOfBirth }: Names): string[] {
  const marks = new Set<string>();
  for (const name of [called, ...others]) {
    const parts = partsOf(name);
    for (const [at, part] of parts.entries()) {
      for (const mark of allMarks(part)) marks.add(mark);
      const next = parts[at + 1];
      if (next !== undefined) marks.add(joinedMark(part, next));
    }
  }
  if (yearOfBirth !== null) marks.add(yearMark(yearOfBirth));
  return [...marks];
}

export type Sought = { readonly name: string; readonly yearOfBirth: number | null };

/** Who bears a mark of each group is looked at: the heavier the pair, the more is alike. */
export type Asked = { readonly weight: number; readonly groups: readonly (readonly string[])[] };

export const yearMarks = (year: number | null): string[] =>
  year === null ? [] : [year, year - 1, year + 1].map(yearMark);

type Group = { readonly close: readonly string[]; readonly all: readonly string[]; readonly length: number };
const groupOf = (part: string): Group => ({ close: closeMarks(part), all: allMarks(part), length: [...part].length });

/** Either found as close as it can be, or both with a slip. */
const pair = ({ close, all }: Group, other: Group): Asked[] => [
  { weight: 6, groups: [close, other.close] },
  { weight: 3, groups: [close, other.all] },
  { weight: 3, groups: [all, other.close] },
  { weight: 0, groups: [all, other.all] },
];

/** Letters in two parts of a name, together, that few people share. */
const telling = 9;

/** Of three parts and more, two short ones are borne by too many: they tell with the year. */
const pairOfMany = (one: Group, other: Group, years: readonly string[]): Asked[] => {
  const groups = [one.close, other.close];
  if (years.length > 0) return [{ weight: 3, groups: [...groups, years] }];
  return one.length + other.length >= telling ? [{ weight: 3, groups }] : [];
};

const triples = (groups: readonly Group[]): Asked[] =>
  groups.flatMap((one, at) =>
    groups.slice(at + 1).flatMap((two, after) =>
      groups.slice(at + after + 2).flatMap((three) => [
        { weight: 6, groups: [one.close, two.close, three.close] },
        { weight: 0, groups: [one.all, two.all, three.all] },
      ]),
    ),
  );

/** Two parts that stand together, taken for one word. */
const joinings = (parts: readonly string[], groups: readonly Group[]): Asked[] =>
  parts.slice(1).flatMap((next, at) => {
    const joined = spellings(spellingOf((parts[at] ?? '') + next));
    const rest = groups.filter((_, index) => index !== at && index !== at + 1);
    if (rest.length === 0) return [{ weight: 3, groups: [joined] }];
    return rest.map((one) => ({ weight: 3, groups: [joined, one.close] }));
  });

/** Two parts of what was typed must be found again, each with a slip at most, or as one word; where a single part was typed, that and the year. */
export function askedFor({ name, yearOfBirth }: Sought): Asked[] {
  const parts = partsOf(name).slice(0, 4);
  const groups = parts.map(groupOf);
  const years = yearMarks(yearOfBirth);
  const [first, second] = groups;
  if (first === undefined) return years.length > 0 ? [{ weight: 0, groups: [years] }] : [];
  if (second === undefined)
    return years.length > 0
      ? pair(first, { close: years, all: years, length: 4 })
      : [{ weight: 0, groups: [first.all] }];
  if (groups.length === 2) return [...pair(first, second), ...joinings(parts, groups)];
  const pairs = groups.flatMap((one, at) => groups.slice(at + 1).flatMap((other) => pairOfMany(one, other, years)));
  return [...triples(groups), ...pairs, ...joinings(parts, groups)];
}

/** Letters to be put in, left out, changed or swapped to make one of the other. */
export function slipsBetween(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  let [before, last] = [[] as number[], b.map((_, at) => at + 1)];
  let line = [0, ...last];
  last = line;
  for (const [i, sign] of a.entries()) {
    line = [i + 1];
    for (const [j, its] of b.entries()) {
      const changed = (last[j] ?? 0) + Number(sign !== its);
      let least = Math.min((line[j] ?? 0) + 1, (last[j + 1] ?? 0) + 1, changed);
      if (i > 0 && j > 0 && sign === b[j - 1] && a[i - 1] === its) least = Math.min(least, (before[j - 1] ?? 0) + 1);
      line.push(least);
    }
    [before, last] = [last, line];
  }
  return last.at(-1) ?? 0;
}

/** From 0 to 1. What sounds alike is like, however it is spelt. */
function likenessOfParts(one: string, other: string): number {
  if (one === other) return 1;
  const [a, b] = [spellingOf(one), spellingOf(other)];
  if (a === b) return 0.97;
  const spelt = 1 - slipsBetween(a, b) / Math.max(a.length, b.length);
  const [s, t] = [soundOf(one), soundOf(other)];
  const heard = s === t && s.length > 1 ? 0.82 : 0;
  return Math.max(spelt, heard + 0.1 * Math.max(0, spelt));
}

/** How well the parts typed are found among those of one name, each used once. */
function likenessOfNames(typed: readonly string[], parts: readonly string[]): number {
  const left = [...parts];
  let sum = 0;
  for (const part of typed) {
    let [best, at] = [0, -1];
    for (const [index, one] of left.entries()) {
      const like = likenessOfParts(part, one);
      if (like > best) [best, at] = [like, index];
    }
    if (at >= 0) left.splice(at, 1);
    sum += best;
  }
  return sum / typed.length - 0.02 * left.length;
}

/** How like a person is to what was typed, to put lists in order: it is shown to nobody, kept nowhere, and says nothing of the person. */
export function likeness(sought: Sought, known: Names): number {
  const typed = partsOf(sought.name);
  const names = [known.called, ...known.others].map(partsOf);
  const all = [...new Set(names.flat())];
  const joined = (parts: readonly string[]): string[] => [parts.join('')];
  const likes =
    typed.length === 0
      ? [0]
      : [
          ...names.map((parts) => likenessOfNames(typed, parts)),
          likenessOfNames(typed, all) - 0.03,
          ...names.map((parts) => likenessOfNames(joined(typed), joined(parts)) - 0.02),
        ];
  return Math.max(...likes) + likenessOfYears(sought.yearOfBirth, known.yearOfBirth);
}

function likenessOfYears(sought: number | null, known: number | null): number {
  if (sought === null || known === null) return 0;
  const apart = Math.abs(sought - known);
  if (apart === 0) return 0.1;
  return apart === 1 ? 0.06 : apart > 3 ? -0.05 : 0;
}
