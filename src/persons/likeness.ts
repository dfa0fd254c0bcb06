/** Under which marks a name is found again, and how like two names are. Pure: the marks are words here; only their keyed digests are ever stored. */
import { partsOf, soundOf, spellingOf } from './letters.ts';

/** Every way of leaving one letter out: two words that differ by a slip share one of these, or the word itself. */
function withoutOne(word: string, least: number): string[] {
  const signs = [...word];
  if (signs.length < least) return [];
  return signs.map((_, at) => signs.toSpliced(at, 1).join(''));
}

/** The marks of one part of a name: as it is spelt and as it sounds, and each with a letter left out. */
const marksOfPart = (part: string): string[] => {
  const [spelling, sound] = [spellingOf(part), soundOf(part)];
  return [
    ...new Set([
      ...[spelling, ...withoutOne(spelling, 3)].map((word) => `w${word}`),
      ...[sound, ...withoutOne(sound, 3)].map((heard) => `s${heard}`),
    ]),
  ];
};

/** Of two that stand together, which others write as one. */
const marksOfJoined = (one: string, other: string): string[] => [`w${spellingOf(one + other)}`];

export type Names = { readonly called: string; readonly others: readonly string[]; readonly yearOfBirth: number | null };

const yearMark = (year: number): string => `y${year}`;

/** All the marks under which a person is found. */
export function marksOf({ called, others, yearOfBirth }: Names): string[] {
  const marks = new Set<string>();
  for (const name of [called, ...others]) {
    const parts = partsOf(name);
    for (const [at, part] of parts.entries()) {
      for (const mark of marksOfPart(part)) marks.add(mark);
      const next = parts[at + 1];
      if (next !== undefined) for (const mark of marksOfJoined(part, next)) marks.add(mark);
    }
  }
  if (yearOfBirth !== null) marks.add(yearMark(yearOfBirth));
  return [...marks];
}

export type Sought = { readonly name: string; readonly yearOfBirth: number | null };

/** Who bears a mark of each group of one of these is looked at: two parts of a name together, or a part with the year. */
export type Asked = readonly (readonly (readonly string[])[])[];

const yearMarks = (year: number | null): string[] => (year === null ? [] : [year, year - 1, year + 1].map(yearMark));

/** Two parts of what was typed must be found again, each with a slip at most, or as one word; where a single part was typed, that and the year. */
export function askedFor({ name, yearOfBirth }: Sought): Asked {
  const parts = partsOf(name).slice(0, 4);
  const groups = parts.map(marksOfPart);
  const years = yearMarks(yearOfBirth);
  const [first] = groups;
  if (first === undefined) return years.length > 0 ? [[years]] : [];
  if (parts.length === 1) return [years.length > 0 ? [first, years] : [first]];
  const asked: (readonly string[])[][] = [];
  for (const [at, group] of groups.entries()) {
    for (const other of groups.slice(at + 1)) asked.push([group, other]);
    const next = parts[at + 1];
    if (next === undefined) continue;
    const joined = marksOfPart((parts[at] ?? '') + next);
    const rest = groups.filter((_, index) => index !== at && index !== at + 1);
    if (rest.length === 0) asked.push([joined]);
    for (const one of rest) asked.push([joined, one]);
  }
  return asked;
}

/** All marks of what was typed: who shares more of them comes first, until the names are opened. */
export const marksSought = ({ name, yearOfBirth }: Sought): string[] => [
  ...new Set([...partsOf(name).flatMap(marksOfPart), ...yearMarks(yearOfBirth)]),
];

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
  if (apart === 0) return 0.15;
  return apart === 1 ? 0.1 : apart > 3 ? -0.15 : 0;
}
