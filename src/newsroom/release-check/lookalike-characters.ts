/** Signs that look like plain letters and digits, and are none: the checks read past them, and no release prints them unseen. Pure. */
import { letterLike } from './odd-spellings.ts';

export type LookalikeCharacter = {
  readonly start: number;
  readonly end: number;
  readonly must: 'change' | 'justify';
  readonly message: string;
};

const anySpace = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;
const anyHyphen = /[\u2010\u2011\u2212\ufe63\uff0d]/;
/** Letters that no accent can be taken off, and that are read as one of ours. */
const plainLetters: Readonly<Record<string, string>> = {
  ...{ đ: 'd', Đ: 'D', ł: 'l', Ł: 'L', ø: 'o', Ø: 'O', ı: 'i', ħ: 'h', Ħ: 'H', ŧ: 't', Ŧ: 'T' },
  ...{ ƙ: 'k', Ƙ: 'K', ɓ: 'b', Ɓ: 'B', ɗ: 'd', Ɗ: 'D' },
};
/** Letters of languages written in Latin script that resemble none of ours. */
const known = /[æÆœŒßẞþÞðÐŋŊəƏʻʼ]/;

/** The text as a reader takes it, unit by unit: accents off, every space a space. As long as what was given. */
export function toPlainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII is most of every text
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return text.replace(/[^\p{ASCII}]/gu, (sign) => {
    if (sign.length > 1) return sign;
    if (anySpace.test(sign)) return ' ';
    if (anyHyphen.test(sign)) return '-';
    const [letter = sign] = sign.normalize('NFD');
    return /[A-Za-z]/.test(letter) ? letter : (plainLetters[sign] ?? sign);
  });
}

type LookalikeKind = 'number' | 'hidden' | 'symbol' | 'styled' | 'script' | 'mark';

const messages: Readonly<Record<LookalikeKind | 'mixed' | 'roman', Pick<LookalikeCharacter, 'must' | 'message'>>> = {
  number: { must: 'change', message: 'This number is not in ordinary digits. Write it with the digits 0 to 9.' },
  hidden: { must: 'change', message: 'A hidden character stands in this text. Delete the word and type it again.' },
  symbol: { must: 'change', message: 'This symbol can stand for a number or a word. Write it in words.' },
  styled: { must: 'change', message: 'These are not ordinary letters or signs. Type them again on the keyboard.' },
  script: { must: 'justify', message: 'These letters are not of the English alphabet. Say why they may stand.' },
  mark: {
    must: 'justify',
    message: 'This accent is not part of its letter. Type the word again, or say why it stands.',
  },
  mixed: {
    must: 'justify',
    message: 'This mixes letters and digits that look alike. Write it plainly, or justify it.',
  },
  roman: {
    must: 'justify',
    message: 'This can be read as a Roman numeral. Write the number, or say why it may stand.',
  },
};
const bySeverity: readonly LookalikeKind[] = ['number', 'hidden', 'symbol', 'styled', 'script', 'mark'];

/** A character without width, or one that changes the order of the others in a line. */
export const hidden = /\p{Default_Ignorable_Code_Point}|[\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Fraction strokes make a number of two others; pictures can show one. */
const symbol = /[[\p{So}\p{Extended_Pictographic}\u2044\u2215\u29f8]--[©®°\p{ASCII}]]/v;

function findLookalikeKind(sign: string): LookalikeKind | undefined {
  if (sign <= '\u007f') return undefined;
  if (/\p{N}/u.test(sign)) return 'number';
  if (hidden.test(sign)) return 'hidden';
  if (sign === '™' || sign === '…' || anySpace.test(sign) || anyHyphen.test(sign)) return undefined;
  if (symbol.test(sign)) return 'symbol';
  if (sign.normalize('NFKC') !== sign) return 'styled';
  if (/\p{M}/u.test(sign)) return 'mark';
  if (!/\p{L}/u.test(sign) || known.test(sign)) return undefined;
  return /[A-Za-z]/.test(toPlainText(sign)) ? undefined : 'script';
}

const words = /[\p{L}\p{M}\p{N}\p{So}\p{C}]+|[^\p{ASCII}]/gu;
/** Digits that are letters, in words of nothing else; letters that are digits, inside a word. */
const mixed =
  /(?<![\p{L}\p{N}])(?:(?=\w*[IlO])(?=\w*[lO\d])(?:[\dIlO]{2,}|[lO](?!['’]))|[A-Za-z]+\d+[A-Za-z][A-Za-z\d]*)(?![\p{L}\p{N}])/gu;
const roman = /(?<![\p{L}\p{N}])(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})(?![\p{L}\p{N}])/giu;

/** Alphabets that no word mixes. Chinese and Japanese do mix theirs. */
const alphabets: readonly RegExp[] = [
  ...[/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u, /\p{Script=Hebrew}/u],
  ...[/\p{Script=Cherokee}/u, /\p{Script=Lisu}/u, /\p{Script=Arabic}/u, /\p{Script=Georgian}/u, /\p{Script=Coptic}/u],
];
const hasSeveralAlphabets = (word: string): boolean => alphabets.filter((one) => one.test(word)).length > 1;
/** Whether a sign stands beside a letter without a space: "R∪ane". */
const isInWord = (text: string, at: number, sign: string): boolean =>
  /\p{L}$/u.test(text.slice(0, at)) && /^\p{L}/u.test(text.slice(at + sign.length));

/** Every sign that a reader may take for a letter or a number that the checks do not see. */
export function findLookalikeCharacters(text: string): LookalikeCharacter[] {
  const found: LookalikeCharacter[] = [];
  for (const { 0: word, index } of text.matchAll(words)) {
    const odd = new Set([...word].map(findLookalikeKind));
    // No word of any language mixes our letters with those of another alphabet.
    if (odd.has('script') && /\p{Script=Latin}/u.test(word)) odd.add('styled');
    if (hasSeveralAlphabets(word) || (isInWord(text, index, word) && letterLike(word) !== undefined)) odd.add('styled');
    const [worst] = bySeverity.filter((one) => odd.has(one));
    if (worst) found.push({ start: index, end: index + word.length, ...messages[worst] });
  }
  for (const [pattern, what] of [
    [mixed, 'mixed'],
    [roman, 'roman'],
  ] as const)
    for (const { 0: word, index } of text.matchAll(pattern))
      found.push({ start: index, end: index + word.length, ...messages[what] });
  return found;
}
