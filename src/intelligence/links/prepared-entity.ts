/** Entities made ready to compare: names in parts, addresses in fields, numbers without spaces. Pure. */
import {
  calculateEditDistance,
  type NamePart,
  toNamePart,
  toNameParts,
  toWords,
} from '../../vocabulary/languages/alike-names.ts';
import { toE164 } from '../../vocabulary/phone-numbers.ts';
import type { EntityContent } from '../entities/entity.ts';

export type PreparedName = { readonly written: string; readonly parts: readonly NamePart[] };
/** As far as it is known. */
export type PreparedDate = {
  readonly written: string;
  readonly year: string;
  readonly month: string | null;
  readonly day: string | null;
};
export type PreparedPerson = {
  readonly kind: 'person';
  readonly name: PreparedName;
  readonly aliases: readonly PreparedName[];
  readonly born: PreparedDate | null;
};
export type PreparedPremises = {
  readonly kind: 'premises';
  readonly flat: string | null;
  readonly number: string | null;
  /** Street, or the name of the place. */
  readonly street: PreparedName;
  readonly town: PreparedName;
  /** Outward code, and inward code where it was given. */
  readonly outward: string | null;
  readonly inward: string | null;
};
export type PreparedVehicle = {
  readonly kind: 'vehicle';
  readonly written: string;
  readonly registration: string;
  /** Letters that are read for digits, as those digits. */
  readonly folded: string;
  readonly description: string | null;
  readonly words: ReadonlySet<string>;
};
export type PreparedPhone = {
  readonly kind: 'phone';
  readonly written: string;
  readonly e164: string | null;
  readonly lastDigits: string;
};
export type PreparedAccount = {
  readonly kind: 'account';
  readonly written: string;
  readonly account: string;
  readonly provider: string | null;
};
export type PreparedOrganisation = {
  readonly kind: 'organisation';
  readonly name: PreparedName;
  readonly aliases: readonly PreparedName[];
  readonly number: string | null;
};
export type PreparedEntity =
  | PreparedPerson
  | PreparedPremises
  | PreparedVehicle
  | PreparedPhone
  | PreparedAccount
  | PreparedOrganisation;

/** Takes an entity as its item says it, and gives what comparisons and linking terms are made from. */
export function prepare(content: EntityContent): PreparedEntity {
  switch (content.kind) {
    case 'person':
      return {
        kind: 'person',
        name: toName(content.name),
        aliases: content.aliases.map(toName).filter(({ parts }) => parts.length > 0),
        born: content.born === null ? null : prepareDate(content.born),
      };
    case 'premises':
      return preparePremises(content.address, content.postcode);
    case 'vehicle': {
      const registration = toRegistration(content.registration);
      return {
        kind: 'vehicle',
        written: content.registration,
        registration,
        folded: foldConfusable(registration),
        description: content.description,
        words: new Set(
          content.description === null ? [] : toWords(content.description).filter((word) => /\D/.test(word)),
        ),
      };
    }
    case 'phone': {
      const digits = content.number.replace(/\D/g, '');
      return {
        kind: 'phone',
        written: content.number,
        e164: toE164(content.number) ?? null,
        lastDigits: digits.length < 9 ? '' : digits.slice(-9),
      };
    }
    case 'account':
      return {
        kind: 'account',
        written: content.account,
        account: toAccount(content.account),
        provider: content.provider === null ? null : toCode(content.provider),
      };
    case 'organisation':
      return {
        kind: 'organisation',
        name: toOrganisationName(content.name),
        aliases: content.aliases.map(toOrganisationName).filter(({ parts }) => parts.length > 0),
        number: content.number === null ? null : toCode(content.number).replace(/^0+/, '') || null,
      };
  }
}

const toName = (written: string): PreparedName => ({ written, parts: toNameParts(written) });

/** Letters and digits only, in small letters. */
const toCode = (written: string): string => toWords(written).join('');

/** Cyrillic and Greek letters on plates are those that look like Latin ones. */
const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  [...'авекмнорстухіαβεζηικμνορτυχ'].map((letter, at) => [letter, 'abekmhopctyxiabezhikmnoptyx'[at] ?? '']),
);
/** Without the sign of the country after it. */
const toRegistration = (written: string): string =>
  toCode([...written.toLowerCase()].map((letter) => lookalikes[letter] ?? letter).join('')).replace(
    /(?<=^.{5,})(?:uk|gb)$/,
    '',
  );

/** A British bank account is its last eight digits, with a sort code before them or not, or in an IBAN. */
const toAccount = (written: string): string =>
  /^(?:gb\d\d[a-z]{4})?(?:\d{6})?(\d{8})$/.exec(toCode(written))?.[1] ?? toCode(written);

const confusable: Readonly<Record<string, string>> = { o: '0', i: '1', l: '1', s: '5', b: '8', z: '2' };
const foldConfusable = (registration: string): string =>
  registration.replace(/[oilsbz]/g, (letter) => confusable[letter] ?? letter);

/** 1 January is what is written where only the year is known, so it counts as the year alone. */
function prepareDate(written: string): PreparedDate | null {
  const [, year, month = null, day = null] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(written) ?? [];
  if (year === undefined) return null;
  return month === '01' && day === '01' ? { written, year, month: null, day: null } : { written, year, month, day };
}

const legalForms = new Set(
  'ltd limited llp plc lp inc llc co company corp corporation cic cio gmbh ag ug kg sa sl srl sarl sas spa bv nv ab as oy aps sro spzoo ooo zao oao ood eood doo dooel shpk kft bt zrt pte pty the and of'.split(
    ' ',
  ),
);
/** In many names of organisations, and no proof that two are one. */
export const commonWords: ReadonlySet<string> = new Set(
  'services service group holdings international trading solutions cleaning recruitment agency nails nail bar spa car wash hand food foods logistics transport construction building builders property properties lettings uk london global europe'.split(
    ' ',
  ),
);

/** A common word with one slip is that word. */
function correctCommon(word: string): string {
  if (word.length < 4 || commonWords.has(word)) return word;
  const meant = [...commonWords].find(
    (one) => one.length > 3 && Math.abs(one.length - word.length) < 2 && calculateEditDistance(one, word) === 1,
  );
  return meant ?? word;
}

/** The words that tell one organisation from others; all of its words if no other is left. */
function toOrganisationName(written: string): PreparedName {
  const words = toWords(written.replace(/(?<=\p{L})\.(?=\p{L}|\s|$)/gu, ''));
  const telling = words.filter((word) => !legalForms.has(word)).map(correctCommon);
  const parts = [...new Set(telling.length > 0 ? telling : words)].slice(0, 8).map((word) => toNamePart(word));
  return { written, parts };
}

const streetTypes: Readonly<Record<string, string>> = {
  ...{ rd: 'road', st: 'street', str: 'street', ave: 'avenue', av: 'avenue', ln: 'lane', dr: 'drive', cl: 'close' },
  ...{ ct: 'court', cres: 'crescent', gdns: 'gardens', pl: 'place', sq: 'square', ter: 'terrace', terr: 'terrace' },
  /** “St” is a saint as often, so both become one word. */
  saint: 'street',
  ...{ gr: 'grove', pk: 'park', hse: 'house', bldg: 'building', ind: 'industrial', est: 'estate' },
};
const postcodeIn = /\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b/i;
/** “2/14 Mill Lane” is flat 2 at number 14. */
const flatSlash = /^\W*(\d+[a-z]?)\s*\/\s*(?=\d)/i;
const flatIn = /\b(?:flat|apartment|apt|unit|room|studio|caravan|pitch|plot)\.? *(?:no\.? *)?(\d+[a-z]?|[a-z])\b[ ,]*/i;
const flatWords = /\b(?:(ground|first|second|third|top|basement) floor|basement) (?:flat|apartment)\b[ ,]*/i;
/** Of “14–16” the first. */
const numberIn = /^\W*(?:no\.? *)?(\d+)(?:\s?([a-z])\b)?(?:\s*[-–]\s*\d+\b)?/i;

/** Reads flat, number, street and town; an address in no such order is all street. “12b” is number 12, flat b. */
function preparePremises(address: string, given: string | null): PreparedPremises {
  const found = postcodeIn.exec(given ?? address);
  const partial = found === null && given !== null ? /^\s*([A-Z]{1,2}\d[A-Z\d]?)\s*$/i.exec(given)?.[1] : undefined;
  let rest = address.replace(postcodeIn, '').trim();
  const floor = flatWords.exec(rest);
  const flat = floor ?? flatSlash.exec(rest) ?? flatIn.exec(rest);
  if (flat !== null) rest = rest.replace(flat[0], '');
  const pieces = splitAddress(rest);
  const number = numberIn.exec(pieces[0] ?? '');
  const [street = '', ...more] = pieces
    .map((piece, at) => (at === 0 && number !== null ? piece.slice(number[0].length) : piece).trim())
    .filter((piece) => /\p{L}/u.test(piece))
    .flatMap(splitStreet);
  return {
    kind: 'premises',
    flat: flat !== null ? (flat[1] ?? 'basement').toLowerCase() : (number?.[2]?.toLowerCase() ?? null),
    number: number?.[1]?.replace(/^0+(?=\d)/, '') ?? null,
    street: toPlaceName(street),
    town: toPlaceName(more.findLast((piece) => !/\d/.test(piece)) ?? ''),
    outward: (found?.[1] ?? partial)?.toLowerCase() ?? null,
    inward: found?.[2]?.toLowerCase() ?? null,
  };
}

const afterStreet = new Set(['north', 'south', 'east', 'west', 'close', 'court', 'mews', 'road', 'street', 'lane']);
/** “Mill Lane Watford” is a street and a town: the words after its type, unless they belong to its name. */
function splitStreet(piece: string): readonly string[] {
  const words = piece.split(/\s+/);
  const type = words.findIndex((word, at) => at > 0 && isStreet(word));
  const rest = words.slice(type + 1);
  const [next = ''] = rest;
  if (type < 0 || next === '' || afterStreet.has(next.toLowerCase()) || isStreet(next)) return [piece];
  return [words.slice(0, type + 1).join(' '), rest.join(' ')];
}

/** From the piece with the number on, or from the street: before it can be the name of a shop or a house. */
function splitAddress(address: string): readonly string[] {
  const pieces = address.split(/[,\n]/).map((piece) => piece.trim());
  const numbered = pieces.findIndex((piece) => numberIn.test(piece));
  const begins = numbered >= 0 ? numbered : pieces.findIndex((piece) => isStreet(piece));
  return pieces.slice(Math.max(0, begins));
}

const streetEnds = new Set(Object.values(streetTypes).filter((word) => !/house|building|industrial|park/.test(word)));
const isStreet = (piece: string): boolean => {
  const last = toWords(piece).at(-1) ?? '';
  return streetEnds.has(streetTypes[last] ?? last);
};

const toPlaceName = (written: string): PreparedName => ({
  written,
  parts: [...new Set(toWords(written).map((word) => streetTypes[word] ?? word))]
    .filter((word) => word !== 'the')
    .map((word) => toNamePart(word)),
});
