/** Pure. Short references to records, to be read aloud and typed: “V-4F7-K2Q”. Made from the id alone, so that they tell nothing of the record. */

/** What a reference is of, and the letter that it begins with. */
export const referenceLetters = {
  operation: 'O',
  visit: 'V',
  encounter: 'E',
  case: 'C',
  referral: 'R',
  request: 'Q',
  report: 'P',
  'NRM referral': 'N',
  'intelligence item': 'I',
} as const;
export type Referenced = keyof typeof referenceLetters;

/** Crockford’s Base 32 (https://www.crockford.com/base32.html): no I, L, O or U, which are misread or form words. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 6;
const bitsPerCharacter = 5;
const bits = length * bitsPerCharacter;

/** The reference of a record: its kind’s letter and the last 30 bits of its UUID. Two records of a kind share one in a thousand million cases. */
export function referenceOf(kind: Referenced, id: string): string {
  const number = Number.parseInt(id.replaceAll('-', '').slice(-8), 16);
  const characters = Array.from(
    { length },
    (_, index) => alphabet[(number >>> (bits - bitsPerCharacter * (index + 1))) & 31],
  ).join('');
  return `${referenceLetters[kind]}-${characters.slice(0, 3)}-${characters.slice(3)}`;
}

export type ParsedReference = {
  /** Undefined where the letter was left out. */
  readonly kind: Referenced | undefined;
  /** The last eight hexadecimal digits of each UUID that it may mean. */
  readonly idEndings: readonly string[];
};

/** Reads a reference however it is typed: any case, with or without its letter, hyphens and spaces; O as 0, I and L as 1. Undefined where it is none. */
export function parseReference(typed: string): ParsedReference | undefined {
  const plain = typed.toUpperCase().replace(/[\s–-]/g, '');
  const kind = plain.length === length + 1 ? kindOf(plain.charAt(0)) : undefined;
  const characters = (kind ? plain.slice(1) : plain).replaceAll('O', '0').replace(/[IL]/g, '1');
  if (characters.length !== length || [...characters].some((one) => !alphabet.includes(one))) return undefined;
  const number = [...characters].reduce((sum, one) => sum * 2 ** bitsPerCharacter + alphabet.indexOf(one), 0);
  // The reference holds 30 of the 32 bits of the ending.
  const idEndings = [0, 1, 2, 3].map((high) => (high * 2 ** bits + number).toString(16).padStart(8, '0'));
  return { kind, idEndings };
}

const kindOf = (letter: string): Referenced | undefined =>
  (Object.keys(referenceLetters) as Referenced[]).find((kind) => referenceLetters[kind] === letter);
