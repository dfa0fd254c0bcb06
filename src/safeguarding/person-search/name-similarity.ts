/** How similar two names are. Pure. Only sorts search results; it is never shown or stored. */
import { normaliseSpelling, splitName, toSoundKey } from '../../vocabulary/languages/latin-spelling.ts';
import type { PersonNames, PersonQuery } from './search-terms.ts';

/** The number of letters to insert, delete, change or swap between two words. */
export function calculateEditDistance(one: string, other: string): number {
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

/** From 0 to 1. Parts that sound alike count as similar, however they are spelt. */
function scoreParts(one: string, other: string): number {
  if (one === other) return 1;
  const [a, b] = [normaliseSpelling(one), normaliseSpelling(other)];
  if (a === b) return 0.97;
  const spelt = 1 - calculateEditDistance(a, b) / Math.max(a.length, b.length);
  const [s, t] = [toSoundKey(one), toSoundKey(other)];
  const heard = s === t && s.length > 1 ? 0.82 : 0;
  return Math.max(spelt, heard + 0.1 * Math.max(0, spelt));
}

/** How well the typed parts match the parts of one name, using each once. */
function scoreNames(typed: readonly string[], parts: readonly string[]): number {
  const left = [...parts];
  let sum = 0;
  for (const part of typed) {
    let [best, at] = [0, -1];
    for (const [index, one] of left.entries()) {
      const like = scoreParts(part, one);
      if (like > best) [best, at] = [like, index];
    }
    if (at >= 0) left.splice(at, 1);
    sum += best;
  }
  return sum / typed.length - 0.02 * left.length;
}

/** How similar a person is to the search. Only sorts lists: it is never shown or stored, and says nothing about the person. */
export function scoreSimilarity(sought: PersonQuery, known: PersonNames): number {
  const typed = splitName(sought.name);
  const names = [known.called, ...known.others].map(splitName);
  const all = [...new Set(names.flat())];
  const joined = (parts: readonly string[]): string[] => [parts.join('')];
  const likes =
    typed.length === 0
      ? [0]
      : [
          ...names.map((parts) => scoreNames(typed, parts)),
          scoreNames(typed, all) - 0.03,
          ...names.map((parts) => scoreNames(joined(typed), joined(parts)) - 0.02),
        ];
  return Math.max(...likes) + scoreYears(sought.yearOfBirth, known.yearOfBirth);
}

function scoreYears(sought: number | null, known: number | null): number {
  if (sought === null || known === null) return 0;
  const apart = Math.abs(sought - known);
  if (apart === 0) return 0.1;
  return apart === 1 ? 0.06 : apart > 3 ? -0.05 : 0;
}
