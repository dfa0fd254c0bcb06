/** Whether one word may be a spelling of another: a slip of the hand, or another way to write the sound. Pure. */
import { normaliseSpelling, toSoundKey } from '../../vocabulary/languages/latin-spelling.ts';

/** Steps from one word to the other: a letter put in, left out, changed, or two swapped; one more than `most` for any further. */
export function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let steps = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        steps = Math.min(steps, (before[j - 2] ?? 0) + 1);
      next.push(steps);
      least = Math.min(least, steps);
    }
    // A swap reaches back one row more.
    if (least > most && Math.min(...row) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}

/** How far a spelling may lie off: nothing in a short word, in which one letter makes another name. */
const maxEditDistance = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);
/** Long words that sound alike may lie further apart. */
const farthest = 2;

/** Arabic leaves its short vowels unwritten: then the sound is all that can be compared. */
const hasNoVowel = (part: string): boolean => /^[b-df-hj-np-tv-z]{3,}$/.test(part);

type SpellingKey = {
  readonly part: string;
  readonly letters: number;
  readonly spelling: string;
  readonly sound: string;
};
const toSpellingKey = (part: string): SpellingKey => ({
  part,
  letters: lettersOf(part),
  spelling: normaliseSpelling(part),
  sound: toSoundKey(part),
});

/** One bit for each letter of the alphabet, so that most words are told apart without a look at their order. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) % 31);
  return letters;
}
function bitsOf(letters: number): number {
  let [bits, rest] = [0, letters];
  for (; rest !== 0; bits += 1) rest &= rest - 1;
  return bits;
}

function isSpelling(part: SpellingKey, form: SpellingKey): boolean {
  if (part.part === form.part) return true;
  const steps = maxEditDistance(part.part.length);
  if (steps === 0 || form.part.length < 3) return false;
  if (hasNoVowel(part.part)) return part.sound.length > 2 && part.sound === form.sound;
  if (part.spelling === form.spelling) return true;
  const most = part.part.length > 5 && part.sound === form.sound ? farthest : steps;
  if (bitsOf(part.letters ^ form.letters) > 2 * most) return false;
  return editDistance(part.part, form.part, most) <= most;
}

/** The recorded words that a word typed may be a spelling of; each word is compared once. */
export function nearIndex(parts: readonly string[]): (form: string) => ReadonlySet<string> {
  const heard = [...new Set(parts)].map(toSpellingKey);
  const known = new Map<string, ReadonlySet<string>>();
  return (form) => {
    let near = known.get(form);
    if (!near) {
      const typed = toSpellingKey(form);
      near = new Set(heard.filter((part) => isSpelling(part, typed)).map(({ part }) => part));
      known.set(form, near);
    }
    return near;
  };
}
