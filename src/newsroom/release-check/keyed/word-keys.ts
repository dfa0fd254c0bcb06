/** The keys by which a word is compared with another: itself, and what a slip of the hand or another way of writing leaves the same.. */
import { normaliseSpelling, toSoundKey } from '../../../vocabulary/languages/latin-spelling.ts';
import type { Keying } from './keying.ts';

/** Arabic leaves its short vowels unwritten: then the sound and the consonants are all that can be compared. */
const hasNoVowel = (word: string): boolean => /^[b-df-hj-np-tv-z]{3,}$/.test(word);

/** The word with so many letters left out, each way once. */
function without(word: string, letters: 0 | 1 | 2): string[] {
  if (letters === 0) return [word];
  const once = Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
  return letters === 1 ? [...new Set(once)] : [...new Set(once.flatMap((shorter) => without(shorter, 1)))];
}
/** The same of the word as it is written and as it is usually spelt: a slip may come on top of another spelling. */
const restsOf = (word: string, letters: 0 | 1 | 2): string[] => [
  ...new Set([word, normaliseSpelling(word)].flatMap((one) => without(one, letters))),
];
const consonantsOf = (spelling: string): string => spelling.replace(/[aeiou]/g, '').replace(/(.)\1+/g, '$1');
/** So many letters and consonants must a word have that is known by its consonants and its sound. */
const isTelling = (word: string): boolean => word.length > 6 && consonantsOf(normaliseSpelling(word)).length > 3;
/** An Arabic w may be a vowel: "mnswr" is Mansour. */
const readingsOf = (word: string): string[] =>
  hasNoVowel(word) && word.slice(1).includes('w') ? [word, word.charAt(0) + word.slice(1).replaceAll('w', '')] : [word];

/** Kinds that take one token each, or two for the ends. */
type Kind = 'spelling' | 'sound' | 'consonants' | 'start' | 'end';
type Whole = { readonly kind: Kind; readonly said: string };

const wholesOf = (word: string): Whole[] => {
  const spelling = normaliseSpelling(word);
  const sound = toSoundKey(word);
  return [
    { kind: 'spelling', said: spelling },
    ...(sound.length > 1 ? [{ kind: 'sound', said: sound } as const] : []),
    { kind: 'consonants', said: consonantsOf(spelling) },
    { kind: 'start', said: word.slice(0, 2) },
    { kind: 'end', said: word.slice(-2) },
  ];
};

/** How many letters may be wrong: none in a short word, in which one letter makes another name. */
const stepsOf = (word: string): 0 | 1 | 2 => (word.length < 4 ? 0 : word.length < 6 ? 1 : 2);
/** So long is a word in which two wrong letters need not leave its sound. */
const long = 8;

type Recorded = { readonly word: number; readonly isLong: boolean };

export type WordIndex = {
  /** The recorded words that this one is, or may be a spelling of. */
  readonly find: (word: string) => ReadonlySet<number>;
  readonly exactOf: (word: string) => number | undefined;
  /** All that is kept: tokens, and numbers of words. */
  readonly held: readonly ReadonlyMap<string, unknown>[];
};

const nothing: ReadonlySet<number> = new Set();

/** What is recorded. One that was joined from two words is looked for as it is. */
export type WordToIndex = { readonly letters: string; readonly isJoined: boolean };

/** Holds tokens alone; a recorded word is known by its number. A spelling is near where two kinds of key agree. */
export function indexWords(words: readonly WordToIndex[], keying: Keying): WordIndex {
  const exact = new Map<string, number>();
  const wholes = new Map<string, Recorded[]>();
  /** By the letters that are left, how many were left out of the recorded word. */
  const rests = new Map<string, { readonly word: number; readonly left: 0 | 1 | 2 }[]>();
  for (const [word, { letters: recorded, isJoined }] of words.entries()) {
    exact.set(keying('exact', recorded), word);
    const isBare = hasNoVowel(recorded);
    if (isJoined || (recorded.length < 4 && !isBare)) continue;
    for (const { kind, said } of readingsOf(recorded).flatMap(wholesOf)) {
      if (isBare ? kind !== 'sound' && kind !== 'consonants' : kind === 'consonants' && !isTelling(recorded)) continue;
      add(wholes, keying(kind, said), { word, isLong: recorded.length >= long });
    }
    if (isBare) continue;
    for (const left of [0, 1, 2] as const)
      if (left <= stepsOf(recorded))
        for (const rest of restsOf(recorded, left)) add(rests, keying('letters', rest), { word, left });
  }
  const exactOf = (typed: string): number | undefined => exact.get(keying('exact', typed));

  const near = (typed: string): ReadonlySet<number> => {
    const same = exactOf(typed);
    const found = new Set(same === undefined ? [] : [same]);
    if (typed.length < 3) return found;
    const agreed = new Map<number, Set<Kind>>();
    const lengths = new Map<number, boolean>();
    for (const { kind, said } of wholesOf(typed))
      for (const { word, isLong } of wholes.get(keying(kind, said)) ?? []) {
        agreed.set(word, (agreed.get(word) ?? new Set()).add(kind));
        lengths.set(word, isLong);
      }
    // Letters count only beside another kind of key: where none agrees, none is made.
    if (agreed.size === 0) return found;
    const steps = stepsBetween(typed, agreed);
    for (const [word, kinds] of agreed) if (isNear(kinds, steps.get(word), lengths.get(word) ?? false)) found.add(word);
    return found;
  };

  function stepsBetween(typed: string, candidates: ReadonlyMap<number, unknown>): Map<number, number> {
    const fewest = new Map<number, number>();
    for (const left of [0, 1, 2] as const)
      if (left === 0 || typed.length > left + 1)
        for (const rest of restsOf(typed, left))
          for (const one of rests.get(keying('letters', rest)) ?? [])
            if (candidates.has(one.word))
              fewest.set(one.word, Math.min(fewest.get(one.word) ?? 3, Math.max(left, one.left)));
    return fewest;
  }

  const known = new Map<string, ReadonlySet<number>>();
  return {
    exactOf,
    held: [exact, wholes, rests],
    find: (typed) => {
      const before = known.get(typed);
      if (before) return before;
      const found = exact.size === 0 ? nothing : near(typed);
      known.set(typed, found);
      return found;
    },
  };
}

/** Two kinds of key must agree, and not only the ends. */
function isNear(kinds: ReadonlySet<Kind>, steps: number | undefined, isLong: boolean): boolean {
  if (kinds.has('consonants') && kinds.has('sound')) return true;
  if (kinds.has('spelling')) return kinds.has('sound') || steps !== undefined;
  const hasEnd = kinds.has('start') || kinds.has('end');
  if (steps !== undefined && steps < 2) return hasEnd || kinds.has('sound');
  return steps === 2 && (kinds.has('sound') || (isLong && hasEnd));
}

function add<Value>(map: Map<string, Value[]>, token: string, value: Value): void {
  const others = map.get(token);
  if (others) others.push(value);
  else map.set(token, [value]);
}
