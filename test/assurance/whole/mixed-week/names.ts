/** Invented names that are unlike each other. A record with a name that sounds like another is asked about before it is opened, and a release that names a word of the records is stopped. Pure. */
import { toSoundKey } from '../../../../src/vocabulary/languages/latin-spelling.ts';

const consonants = 'bdfgklmnprstvz';
const vowels = 'aeiou';
const syllables = 5;

const letterOf = (letters: string, random: () => number): string =>
  letters[Math.floor(random() * letters.length)] ?? '';

/** Each call gives a name whose sound no name before had. */
export function createNames(random: () => number): () => string {
  const heard = new Set<string>();
  const next = (): string => {
    const letters = Array.from(
      { length: syllables },
      () => letterOf(consonants, random) + letterOf(vowels, random),
    ).join('');
    const name = letters.charAt(0).toUpperCase() + letters.slice(1);
    const sound = toSoundKey(name);
    if (heard.has(sound)) return next();
    heard.add(sound);
    return name;
  };
  return next;
}
