/** Searches a text for what the person's own record holds, despite changed spelling, spacing or direction. */
import { isEnglish, small } from '../../vocabulary/languages/english-text.ts';
import { type DirectIdentifier, findSpots } from './found.ts';

/** What the record holds about the person: none of it may occur in a text that is sent without a name. */
export type Known = {
  readonly names: readonly string[];
  readonly numbers: readonly string[];
  readonly places: readonly string[];
};

export const nothingKnown: Known = { names: [], numbers: [], places: [] };

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}|\p{Cf}/gu, '')
    .replace(/[’ʼ`]/g, "'")
    .replace(/[łŁ]/g, 'l')
    .replace(/[đĐ]/g, 'd')
    .replace(/[øØ]/g, 'o')
    .replace(/ı/g, 'i')
    .toLowerCase();

/** Signs that are used in place of a letter. */
const unmasked = (word: string): string =>
  word
    .replace(/0/g, 'o')
    .replace(/[1!|]/g, 'i')
    .replace(/3/g, 'e')
    .replace(/[4@]/g, 'a')
    .replace(/[5$]/g, 's')
    .replace(/7/g, 't');

const letters = (text: string): string => folded(text).replace(/[^\p{L}]/gu, '');
const backwards = (text: string): string => [...text].reverse().join('');

/** Whether two words differ by at most one letter inserted, removed, changed or swapped with its neighbour. */
export function nearlySame(one: string, other: string): boolean {
  if (one === other) return true;
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [left, right] = [one.slice(start), other.slice(start)];
  return (
    left.slice(1) === right.slice(1) ||
    left.slice(1) === right ||
    left === right.slice(1) ||
    (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2))
  );
}

/** Words of a record that are too short or too common to search for alone. */
const tooCommon = new Set(
  'the and of von van der den bin ibn al el de la le da dos del di san flat house road street avenue lane close drive court room number unit hotel north south east west london united kingdom'.split(
    ' ',
  ),
);

const parts = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => folded(text).split(/[^\p{L}]+/u)).filter((part) => part.length >= 2 && !tooCommon.has(part));

export function knownIn(plain: string, { names, numbers, places }: Known): readonly DirectIdentifier[] {
  const called = new Set(parts(names));
  const lived = new Set(parts(places).filter((part) => part.length >= 3 && !isEnglish(part)));
  const found: DirectIdentifier[] = [];
  for (const match of plain.matchAll(/[\p{L}\d@$!|][\p{L}\p{M}\d@$!|'*-]*/gu)) {
    const spot = { from: match.index, to: match.index + match[0].length };
    const word = folded(match[0]).replace(/'s$/, '');
    const forms = new Set([letters(word), letters(unmasked(word)), backwards(letters(word)), ...word.split(/[-']/)]);
    // Limits the stars in a short word, so that a pattern from user input cannot grow without end.
    const gap =
      word.includes('*') && word.length <= 30
        ? new RegExp(`^${word.replace(/[^\p{L}*]/gu, '').replace(/\*+/g, '.{1,3}')}$`, 'u')
        : null;
    const ordinary = isEnglish(word) && !/^\p{Lu}/u.test(match[0]);
    const is = (part: string): boolean => {
      if (commonWordNames.has(part) && forms.has(part)) return isUsedAsName(plain, match.index, match[0].length);
      return (
        [...forms].some(
          (form) => form === part || (!ordinary && part.length >= 5 && form.length >= 4 && nearlySame(form, part)),
        ) ||
        (gap?.test(part) ?? false)
      );
    };
    if ([...called].some(is)) found.push({ kind: 'a known name', ...spot });
    else if ([...lived].some((part) => forms.has(part))) found.push({ kind: 'a known place', ...spot });
  }
  return [...found, ...phrases(plain, places), ...numbersOf(plain, numbers), ...spacedNames(plain, [...called])];
}

/** Names that are also unavoidable English words. */
const commonWordNames = new Set([
  ...small,
  ...'may will hope mark long young rich grant bill love joy grace faith patience day days son man little white black brown green grey wise west north east south true good best short june april august sunny happy lucky charity mercy precious blessing gift peace comfort victory fair lane case chance cross page price church bell ball bond wood woods hill field stone king queen'.split(
    ' ',
  ),
]);

/** A name that is also a word (Hope, May, An) counts with a capital within a sentence. It also counts as the subject of a verb. */
const isUsedAsName = (plain: string, from: number, length: number): boolean =>
  (/^\p{Lu}/u.test(plain.charAt(from)) && !/(?:^|[.!?:\n]\s*)$/.test(plain.slice(Math.max(0, from - 3), from))) ||
  /^,? (?:who|said|says|told|tells|refuses|refused|wants|wanted|does not|doesn't|did not|was afraid|was crying|spoke|asked|states|stated)\b/.test(
    plain.slice(from + length, from + length + 14),
  );

/** A street of ordinary words ("Gravel Hill") counts where they occur together. */
function phrases(plain: string, places: readonly string[]): DirectIdentifier[] {
  const low = folded(plain);
  // Folding normally keeps the length. If it does not, the position could not be shown.
  if (low.length !== plain.length) return [];
  return places
    .flatMap((place) => folded(place).split(/[^\p{L} ]+/u))
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase.includes(' ') && phrase.length >= 6)
    .flatMap((phrase) =>
      findSpots('a known place', new RegExp(`\\b${phrase.split(/ +/).join('\\W{1,3}')}\\b`, 'g'), low),
    );
}

type CharacterRun = { readonly text: string; readonly at: readonly number[] };

/** The letters of a text alone, or its digits alone, with the position of each. */
function onlyMatching(plain: string, wanted: RegExp): CharacterRun {
  let text = '';
  const at: number[] = [];
  const low = plain.toLowerCase();
  for (let place = 0; place < low.length; place += 1) {
    const sign = low.charAt(place);
    if (!wanted.test(sign)) continue;
    text += sign;
    at.push(place);
  }
  return { text, at };
}

/** Words that people put between groups of digits. */
const digitSeparators = /^\W*(?:(?:and|then|next|dash|space|followed|by)\W+){1,3}$/i;

/** Where a run of signs occurs with at most three others between any two of them. */
function runs(plain: string, { text, at }: CharacterRun, sought: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let start = text.indexOf(sought); start >= 0; start = text.indexOf(sought, start + 1)) {
    const places = at.slice(start, start + sought.length);
    const close = places.every((place, index) => {
      const before = places[index - 1] ?? place;
      return place - before <= 4 || digitSeparators.test(plain.slice(before + 1, place));
    });
    if (close) found.push({ from: places[0] ?? 0, to: (places.at(-1) ?? 0) + 1 });
  }
  return found;
}

/** A number of the record with anything between its digits; for a long one, also its last digits. */
function numbersOf(plain: string, numbers: readonly string[]): DirectIdentifier[] {
  const digits = onlyMatching(plain, /\d/);
  return numbers.flatMap((number) => {
    const sought = number.replace(/\D/g, '');
    if (sought.length < 4) return [];
    return runs(plain, digits, sought.length > 8 ? sought.slice(-6) : sought).map((spot) => ({
      kind: 'a known number' as const,
      ...spot,
    }));
  });
}

/** "M i r e l a", across spaces, points and lines: names of at least four letters, not inside a longer word. */
function spacedNames(plain: string, called: readonly string[]): DirectIdentifier[] {
  const spelled = onlyMatching(plain, /\p{L}/u);
  const isLetter = (sign: string): boolean => /\p{L}/u.test(sign);
  return called
    .filter((part) => part.length >= 4)
    .flatMap((part) => runs(plain, spelled, part))
    .filter(
      ({ from, to }) =>
        !isLetter(plain.charAt(from - 1)) && !isLetter(plain.charAt(to)) && /[^\p{L}]/u.test(plain.slice(from, to)),
    )
    .filter(({ from, to }) => hasSeparatedLetters(plain.slice(from, to)))
    .map((spot) => ({ kind: 'a known name' as const, ...spot }));
}

/** Single letters or short groups: not two whole words whose ends form a name ("can read"). */
const hasSeparatedLetters = (text: string): boolean =>
  text.split(/[^\p{L}]+/u).filter(Boolean).length >= 3 || /[^\p{L}\s]/u.test(text);
