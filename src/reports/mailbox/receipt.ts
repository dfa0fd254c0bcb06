/** The receipt: 90 random bits and a check of 6, shown as a shopping list or as digits. Its holder can come back to the report; to anyone else it is a list of groceries. */
import { hash, randomBytes } from 'node:crypto';
import { foldLetters } from '../shopping/folding.ts';
import { ItemIndex } from '../shopping/list.ts';
import { shoppingLists } from '../shopping/lists.ts';

const receiptLineCount = 8;
/** 256 items make twelve bits a line. No count is 1, so that words are plural; none is above 19, where some languages put a word between. */
export const quantities = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18] as const;

/** Eight numbers of twelve bits. They are private, so that a receipt that strays into a log or an answer says nothing. */
export class Receipt {
  readonly #lines: readonly number[];
  #made: Buffer | undefined;

  constructor(lines: readonly number[]) {
    this.#lines = lines;
  }

  get lines(): readonly number[] {
    return this.#lines;
  }

  /** No slow hash: ninety random bits cannot be guessed, and intake stays fast. Neither half of the hash reveals the other. */
  get digest(): Buffer {
    this.#made ??= hash('sha512', `safelight/receipt/${this.#lines.join(' ')}`, 'buffer');
    return this.#made;
  }
}

export function newReceipt(): Receipt {
  const lines = (randomBytes(12).toString('hex').match(/.{3}/g) ?? []).map((hex) => Number.parseInt(hex, 16));
  const last = lines.pop() ?? 0;
  const unchecked = last & ~0x3f;
  return new Receipt([...lines, unchecked | checksumOf([...lines, unchecked])]);
}

/** Sixteen symbols of six bits, taken as a number to the base of two in the field of 64. A change in one symbol, so in any one quantity, and a swap of two never sum to nought; of other slips, one in 64 does. */
const checksumOf = (lines: readonly number[]): number =>
  lines.flatMap((line) => [line >> 6, line & 0x3f]).reduce((sum, symbol) => multiplyByTwo(sum) ^ symbol, 0);
const multiplyByTwo = (value: number): number => (value & 0x20 ? (value << 1) ^ 0x43 : value << 1);

/** Eight lines like "3 onions" or "cebule × 3"; nothing where the language has no list. */
export function formatReceiptAsList({ lines }: Receipt, language: string): readonly string[] | undefined {
  const list = shoppingLists.find((one) => one.language === language);
  return list && lines.map((line) => formatItem(quantities[line >> 8], list.items[line & 0xff], list.numberFirst));
}
const formatItem = (quantity: unknown, item: unknown, numberFirst: boolean): string =>
  numberFirst ? `${quantity} ${item}` : `${item} × ${quantity}`;

/** Four digits for each line, like the number of a card: "0412 3977 …". */
export const formatReceiptAsDigits = ({ lines }: Receipt): string =>
  lines.map((line) => String(line).padStart(4, '0')).join(' ');

const digitsFormat = /^\d{4}(?: \d{4}){7}$/;

/** Longer than any list that people write: not worth reading. */
const maxReceiptLength = 2_000;

/** What somebody kept or remembered, in any language that has a list, or in digits; nothing where it makes no receipt. */
export function readReceipt(text: string): Receipt | undefined {
  if (digitsFormat.test(text)) return readDigits(text.replaceAll(' ', ''));
  if (text.length > maxReceiptLength) return undefined;
  const plain = foldLetters(text).replace(/\p{Nd}/gu, toAsciiDigit);
  if (!/\p{L}/u.test(plain)) return readDigits(plain.replace(/\D/g, ''));
  const entries = entriesOf(plain);
  if (!entries) return undefined;
  vocabularies ??= shoppingLists.map((list) => new ItemIndex(list));
  const readings = vocabularies.flatMap((items) => readEntries(entries, items) ?? []);
  // Languages share words, and Portuguese read as Spanish has many near ones: the closest reading alone is checked.
  const closest = Math.max(...readings.map(({ asWritten }) => asWritten));
  const receipts = readings
    .filter(({ asWritten }) => asWritten === closest)
    .flatMap(({ readings }) => readings.flatMap((lines) => withValidChecksum(lines) ?? []));
  return receipts.length === 1 ? receipts[0] : undefined;
}

/** Made for the first receipt that is read: thousands of words. */
let vocabularies: readonly ItemIndex[] | undefined;

/** The nought of each row of digits that our readers write: Arabic, Persian and Urdu, Hindi, Bengali, Punjabi. */
const zeroCodePoints = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66];
const toAsciiDigit = (sign: string): string => {
  const code = sign.codePointAt(0) ?? 0;
  const nought = zeroCodePoints.find((first) => code >= first && code < first + 10);
  return nought === undefined ? sign : String(code - nought);
};

function readDigits(digits: string): Receipt | undefined {
  const lines = /^\d{32}$/.test(digits) ? (digits.match(/.{4}/g) ?? []).map(Number) : [];
  return lines.length > 0 && lines.every((line) => line < 4_096) ? withValidChecksum(lines) : undefined;
}

const withValidChecksum = (lines: readonly number[]): Receipt | undefined =>
  checksumOf(lines) === 0 ? new Receipt(lines) : undefined;

type Entry = { readonly quantity: number; readonly word: string };

/** Number and word of each line: as the lines are broken, or, where the breaks were lost, taken in turn. */
function entriesOf(plain: string): readonly Entry[] | undefined {
  const unnumbered = withoutNumbering(partsOf(plain));
  const broken = plain.split(/[\n\r,;،؛、፣]+/).filter((piece) => /[\p{L}\d]/u.test(piece));
  const pieces = unnumbered
    ? pairUp(unnumbered)
    : broken.length === receiptLineCount
      ? broken.map(partsOf)
      : pairUp(partsOf(plain));
  const entries = pieces.flatMap(entryOf);
  return entries.length === receiptLineCount && pieces.length === receiptLineCount ? entries : undefined;
}

/** Lines that were numbered from one to eight, to keep their order: the third part of each is none of the list's. */
function withoutNumbering(parts: readonly string[]): readonly string[] | undefined {
  if (parts.length !== receiptLineCount * 3) return undefined;
  const numbered = parts.every((part, at) => at % 3 !== 0 || Number(part) === at / 3 + 1);
  return numbered ? parts.filter((_, at) => at % 3 !== 0) : undefined;
}

/** Numbers and words in their order. Adjacent words are one, and the "x" of "3 x onions" is none: × is no letter. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  for (const part of text.match(/\d+|\p{L}+/gu) ?? []) {
    if (part === 'x' || part === 'х') continue; // The second is the Cyrillic letter.
    if (isNumber(part) || parts.length === 0 || isNumber(parts.at(-1) ?? '')) parts.push(part);
    else parts.push(`${parts.pop()}${part}`);
  }
  return parts;
}
const isNumber = (part: string): boolean => /^\d/.test(part);

const pairUp = (parts: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(parts.length / 2) }, (_, pair) => parts.slice(pair * 2, pair * 2 + 2));

const quantityOf = (number: number): number => (quantities as readonly number[]).indexOf(number);

function entryOf(parts: readonly string[]): readonly Entry[] {
  const [numbers, words] = [parts.filter(isNumber), parts.filter((part) => !isNumber(part))];
  const quantity = quantityOf(Number(numbers[0]));
  return numbers.length === 1 && words.length === 1 && quantity >= 0 ? [{ quantity, word: words[0] ?? '' }] : [];
}

/** A word that lies between two items makes two readings. Beyond this many, nobody wrote a receipt. */
const maxReadings = 64;

type Reading = { readonly readings: readonly (readonly number[])[]; readonly asWritten: number };

/** Nothing where a word is none of the language. */
function readEntries(entries: readonly Entry[], vocabulary: ItemIndex): Reading | undefined {
  let readings: readonly (readonly number[])[] = [[]];
  let asWritten = 0;
  for (const { quantity, word } of entries) {
    const found = vocabulary.find(word);
    if (found.asWritten) asWritten += 1;
    readings = readings.flatMap((lines) => found.items.map((item) => [...lines, (quantity << 8) | item]));
    if (readings.length === 0 || readings.length > maxReadings) return undefined;
  }
  return { readings, asWritten };
}

/** The look-up value for the database. It reveals nothing of the receipt or of the key. */
export const lookUpValueOf = ({ digest }: Receipt): Buffer => digest.subarray(0, 32);

/** What opens the key of the report. It is never kept. */
export const receiptKeyOf = ({ digest }: Receipt): Buffer => digest.subarray(32);
