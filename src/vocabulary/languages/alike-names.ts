/** Whether two names may be one: by spelling, by sound, or but for a slip of the hand. Pure. */
import { normaliseSpelling, splitName, toLatin, toSoundKey } from './latin-spelling.ts';

/** What two words begin and end with alike takes no letters to change. */
function withoutSameEnds(
  one: readonly string[],
  other: readonly string[],
): readonly [readonly string[], readonly string[]] {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)];
}

/** The number of letters to insert, delete, change or swap between two words. */
export function calculateEditDistance(one: string, other: string): number {
  const [a, b] = withoutSameEnds(toSigns(one), toSigns(other));
  if (a.length === 0 || b.length === 0) return a.length + b.length;
  let before: number[] = [];
  let last = b.map((_, at) => at);
  last.push(b.length);
  for (let i = 0; i < a.length; i += 1) {
    const line = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const changed = (last[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      let least = Math.min((line[j] ?? 0) + 1, (last[j + 1] ?? 0) + 1, changed);
      if (i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j]) least = Math.min(least, (before[j - 1] ?? 0) + 1);
      line.push(least);
    }
    before = last;
    last = line;
  }
  return last[b.length] ?? 0;
}

const surrogate = /[\ud800-\udfff]/;
const toSigns = (word: string): readonly string[] => (surrogate.test(word) ? [...word] : word.split(''));

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

/** From 0 to 1: how well the typed parts match the parts of one name, using each once. */
export function scoreNames(typed: readonly string[], parts: readonly string[]): number {
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

/** A part of a name with all that comparing it needs, so that it is worked out once. */
export type NamePart = {
  readonly plain: string;
  readonly spelling: string;
  /** How it may sound: a `w` can be a consonant or a vowel. A sound twice is one, as a vowel between may be unwritten. */
  readonly sounds: readonly string[];
  /** Written in a script that leaves most vowels out. */
  readonly bare: boolean;
  /** One bit for each letter. Most words differ by many, and need no closer look. */
  readonly letters: number;
};

const vowelless = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
/** Written without a space: the family name is the first sign. */
const unspaced = /(?<!\p{L})([\p{Script=Han}\p{Script=Hangul}])(?=[\p{Script=Han}\p{Script=Hangul}]{1,3}(?!\p{L}))/gu;

function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) % 31);
  return letters;
}

function countBits(letters: number): number {
  let [bits, rest] = [0, letters];
  for (; rest !== 0; bits += 1) rest &= rest - 1;
  return bits;
}

/** The parts of a name in any script, ready to compare: no particles, none twice, at most six. */
export function toNameParts(name: string): readonly NamePart[] {
  const bare = vowelless.test(name);
  return splitName(name.replace(unspaced, '$1 '), 'all').map((plain) => toNamePart(plain, bare));
}

/** One word in small Latin letters, ready to compare. */
export function toNamePart(plain: string, bare = false): NamePart {
  const spelling = normaliseSpelling(plain);
  const sounds = [plain, plain.replace(/(?!^)w/g, '')].map((word) => toSoundKey(word).replace(/(.)\1+/g, '$1'));
  return { plain, spelling, sounds: [...new Set(sounds)], bare, letters: lettersOf(plain) };
}

/** How two parts agree, the closest first. */
export const partLevels = ['same', 'alike', 'similar', 'short slip', 'initial'] as const;
export type PartLevel = (typeof partLevels)[number];

/** Slips that a word may have: a short word becomes another name by one. */
const slipsIn = (length: number): number => (length < 3 ? 0 : length < 8 ? 1 : 2);

/** Sounds of one sign are too common to say anything. */
function sharedSound(one: readonly string[], other: readonly string[]): string | undefined {
  for (const sound of one) if (sound.length > 1 && other.includes(sound)) return sound;
  return undefined;
}

/** How two parts agree; undefined if they do not. The same either way round. */
export function compareParts(one: NamePart, other: NamePart): PartLevel | undefined {
  if (one.plain === other.plain || one.spelling === other.spelling) return 'same';
  const [a, b] = [one.spelling, other.spelling];
  const shorter = Math.min(a.length, b.length);
  if (shorter === 1) return a[0] === b[0] ? 'initial' : undefined;
  const sound = sharedSound(one.sounds, other.sounds);
  const most = slipsIn(shorter);
  const mayBeSlip =
    most > 0 &&
    Math.abs(one.plain.length - other.plain.length) <= most + 1 &&
    countBits(one.letters ^ other.letters) <= 2 * most + 1;
  if (sound === undefined && !mayBeSlip) return undefined;
  if (sound !== undefined && (one.bare || other.bare)) return 'alike';
  const spelt = calculateEditDistance(a, b);
  const slips = spelt > most && mayBeSlip ? Math.min(spelt, calculateEditDistance(one.plain, other.plain)) : spelt;
  if (sound !== undefined && slips <= (sound.length > 2 ? Math.max(a.length, b.length) / 2 : shorter > 5 ? 2 : 1))
    return 'alike';
  if (slips > most) return undefined;
  return shorter < 4 ? 'short slip' : 'similar';
}

/** The levels of the parts that agree, and how many of each name agree with none. */
export type NameMatch = {
  readonly levels: readonly PartLevel[];
  readonly leftOfOne: readonly NamePart[];
  readonly leftOfOther: readonly NamePart[];
};

/** Pairs the parts of two names, in any order, the closest first and each once. */
export function matchNames(one: readonly NamePart[], other: readonly NamePart[]): NameMatch {
  const found: { readonly part: NamePart; readonly its: NamePart; readonly level: PartLevel }[] = [];
  for (const part of one)
    for (const its of other) {
      const level = compareParts(part, its);
      if (level !== undefined) found.push({ part, its, level });
    }
  if (found.length > 1) found.sort((a, b) => partLevels.indexOf(a.level) - partLevels.indexOf(b.level));
  const levels: PartLevel[] = [];
  const used = new Set<NamePart>();
  for (const { part, its, level } of found) {
    if (used.has(part) || used.has(its)) continue;
    used.add(part).add(its);
    levels.push(level);
  }
  const isLeft = (part: NamePart): boolean => !used.has(part);
  return { levels, leftOfOne: one.filter(isLeft), leftOfOther: other.filter(isLeft) };
}

/** The words of a text in small Latin letters, digits kept. */
export const toWords = (text: string): readonly string[] => toLatin(text, 'all').match(/[\p{L}\p{N}]+/gu) ?? [];
