/** What is wrong with one translation that came back, in plain words. */
import { placeholders } from '../../src/public/languages/language.ts';

const codePoint = (sign: string): string =>
  `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Not a letter, digit or sign that anybody sees. Joiners, direction marks and isolates are needed to write some languages. */
const hidden =
  /(?![\u200c-\u200f\u061c\u2066-\u2069])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;
const overrides = /[\u202a-\u202e]/gu;

/** Text from a file of others, as a terminal can show it. */
export const printable = (text: string): string =>
  text.replace(/[\u2066-\u2069]/g, codePoint).replace(hidden, codePoint);

/** Each isolate is closed, and nothing is closed that was not opened. */
function isolatesBalance(text: string): boolean {
  let open = 0;
  for (const sign of text.match(/[\u2066-\u2069]/g) ?? []) {
    open += sign === '\u2069' ? -1 : 1;
    if (open < 0) return false;
  }
  return open === 0;
}

const listed = (found: readonly string[]): string => [...new Set(found)].join(', ');

/** Phone numbers, years and the like; not numbers such as 1,263, which languages write in their own way. */
const numbersIn = (text: string): readonly string[] =>
  text.match(/(?<![\d,.])\d{3,}(?![,.]?\d)|(?<!\d)55(?!\d)/g) ?? [];

/** An address of the web or of e-mail, as a reader would type it. */
const addressesIn = (text: string): readonly string[] =>
  text.match(/https?:\S+|www\.\S+|[^\s@]+@[^\s@]+|[a-z0-9-]+\.(?:com|eu|example|info|net|org|uk)\b/gi) ?? [];

/** What a reader could dial or open, and the English does not have. */
function addedWays(english: string, own: string): readonly string[] {
  const joined = english.replace(/(\d)[,.\s](?=\d{3})/g, '$1');
  const known = new Set([...(`${english} ${joined}`.match(/\d+/g) ?? []), ...addressesIn(english)]);
  const numbers = (own.match(/\d{3,}/g) ?? []).filter((number) => !known.has(number));
  return [
    ...numbers,
    ...(own.match(/(?![0-9])\p{Nd}{2,}/gu) ?? []),
    ...addressesIn(own).filter((address) => !known.has(address)),
  ];
}

/** A translation may be longer than the English, within reason. */
const longestOf = (english: string): number => Math.max(200, english.length * 4);

function lostOrNew(english: string, own: string): readonly string[] {
  const [wanted, found] = [placeholders(english), placeholders(own)];
  if (wanted === found) return [];
  return [
    wanted === ''
      ? `it must have no placeholder, and it has ${found}`
      : `its placeholders must be ${wanted}, and they are ${found || 'missing'}`,
  ];
}

/** Refuses lost and new placeholders, lost and new numbers and addresses, what is far too long, markup, and characters that nobody sees or that turn the direction of text. */
export function faultsOfText(english: string, own: string): readonly string[] {
  const turning: readonly string[] = own.match(overrides) ?? [];
  const unseen = (own.match(hidden) ?? []).filter((sign) => !turning.includes(sign));
  const digits = new Set(own.match(/\d+/g) ?? []);
  const lost = numbersIn(english).filter((number) => !digits.has(number));
  const misplaced = lostOrNew(english, own);
  const added = misplaced.length + lost.length > 0 ? [] : addedWays(english, own);
  return [
    ...misplaced,
    ...(added.length > 0 ? [`it has numbers or addresses that the English does not have: ${listed(added)}`] : []),
    ...(own.length > longestOf(english) ? [`it has ${own.length} characters, and the English ${english.length}`] : []),
    ...(/\p{M}{5}/u.test(own) ? ['it heaps marks above or below a letter'] : []),
    ...(lost.length > 0 ? [`it must keep ${listed(lost)} in these digits`] : []),
    ...(/[<>]|&#?\w+;/.test(own) ? ['it holds HTML. Write plain text, without < and >'] : []),
    ...(/\*\*|__|`|\]\(/.test(own) ? ['it holds marks for bold, code or links. Write plain text'] : []),
    ...(turning.length > 0
      ? [`it holds characters that turn the direction of text: ${listed(turning.map(codePoint))}`]
      : []),
    ...(isolatesBalance(own)
      ? []
      : ['it opens a direction isolate (U+2066 to U+2068) and does not close it (U+2069), or the reverse']),
    ...(unseen.length > 0
      ? [`it holds line breaks or characters that nobody sees: ${listed(unseen.map(codePoint))}`]
      : []),
  ];
}
