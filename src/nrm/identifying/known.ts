/** What a person's own record holds, sought in a text however it was bent: by spelling, by spacing, backwards. */
import type { Direct } from './found.ts';

/** What the record knows of her: none of it may stand in what leaves without a name. */
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

/** Signs that are put for a letter. */
const unmasked = (word: string): string =>
  word.replace(/0/g, 'o').replace(/[1!|]/g, 'i').replace(/3/g, 'e').replace(/[4@]/g, 'a').replace(/[5$]/g, 's').replace(/7/g, 't');

const letters = (text: string): string => folded(text).replace(/[^\p{L}]/gu, '');
const backwards = (text: string): string => [...text].reverse().join('');

/** Whether two words differ by no more than one letter put in, left out, changed, or changed places with its neighbour. */
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

/** Words of a record that are too small, or too much everybody's, to seek alone. */
const tooCommon = new Set(
  'the and of von van der den bin ibn al el de la le da dos del di san flat house road street avenue lane close drive court room number unit hotel north south east west london united kingdom'.split(' '),
);

const parts = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => folded(text).split(/[^\p{L}]+/u)).filter((part) => part.length >= 2 && !tooCommon.has(part));

export function knownIn(plain: string, { names, numbers, places }: Known): readonly Direct[] {
  const [called, lived] = [new Set(parts(names)), new Set(parts(places).filter((part) => part.length >= 3))];
  const found: Direct[] = [];
  for (const match of plain.matchAll(/[\p{L}\d@$!|][\p{L}\p{M}\d@$!|'*-]*/gu)) {
    const spot = { from: match.index, to: match.index + match[0].length };
    const word = folded(match[0]).replace(/'s$/, '');
    const forms = new Set([letters(word), letters(unmasked(word)), backwards(letters(word)), ...word.split(/[-']/)]);
    const gap = word.includes('*') ? new RegExp(`^${word.replace(/[^\p{L}*]/gu, '').replace(/\*+/g, '.{1,3}')}$`, 'u') : null;
    const is = (part: string): boolean =>
      [...forms].some((form) => form === part || (part.length >= 5 && form.length >= 4 && nearlySame(form, part))) || (gap?.test(part) ?? false);
    if ([...called].some(is)) found.push({ kind: 'a known name', ...spot });
    else if ([...lived].some((part) => forms.has(part))) found.push({ kind: 'a known place', ...spot });
  }
  return [...found, ...numbersOf(plain, numbers), ...spacedOut(plain, [...called])];
}

/** A number of the record with anything between its digits; of a long one, its end too. */
function numbersOf(plain: string, numbers: readonly string[]): Direct[] {
  return numbers.flatMap((number) => {
    const digits = number.replace(/\D/g, '');
    if (digits.length < 4) return [];
    const tail = digits.length > 8 ? digits.slice(-6) : digits;
    const pattern = new RegExp([...tail].join('[^\\p{L}\\d]{0,3}'), 'gu');
    return [...plain.matchAll(pattern)].map((match) => ({
      kind: 'a known number' as const,
      from: match.index,
      to: match.index + match[0].length,
    }));
  });
}

/** "M i r e l a", over spaces, points and lines; names of four letters and more. */
function spacedOut(plain: string, called: readonly string[]): Direct[] {
  return called
    .filter((part) => part.length >= 4)
    .flatMap((part) =>
      [...plain.matchAll(new RegExp(`(?<!\\p{L})${[...part].join('[^\\p{L}\\d]{0,3}')}(?!\\p{L})`, 'giu'))].map((match) => ({
        kind: 'a known name' as const,
        from: match.index,
        to: match.index + match[0].length,
      })),
    );
}
