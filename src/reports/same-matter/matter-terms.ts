/** What a report says that another about the same matter would say, too: an address, a registration, a number, an e-mail address, a street, the words of a place. Pure. Nothing about the reporter or about where people come from is compared. */
import { countWord, listOf } from '../../vocabulary/languages/english.ts';
import { toE164 } from '../../vocabulary/phone-numbers.ts';
import {
  findEmails,
  findPhones,
  findPostcodes,
  findRegistrations,
  foldRegistration,
  formatPostcode,
} from '../../vocabulary/written-identifiers.ts';

/** A term, and how the page names what it stands for. A word of a place says too little alone. */
export type MatterTerm = { readonly term: string; readonly shown: string; readonly kind: TermKind };
export type TermKind = 'address' | 'registration' | 'phone' | 'e-mail' | 'street' | 'place word';

/** What the reporter wrote, part by part, as fields. How they know it may be their own address: it is left out. */
export type WrittenPart = Readonly<Record<string, string>>;
const comparedFields = ['what', 'place', 'postcode', 'when', 'people', 'vehicles', 'words'] as const;

/** The distinct terms of all that a reporter wrote. */
export function matterTerms(parts: readonly WrittenPart[]): readonly MatterTerm[] {
  const terms = parts.flatMap((part) => {
    const texts = comparedFields.flatMap((field) => (field === 'postcode' ? [] : (part[field] ?? [])));
    const address = [part.place ?? '', part.postcode ?? ''].join(' ');
    return [
      ...addressTerms(address, true),
      ...texts.flatMap((text) => [...addressTerms(text, false), ...phoneTerms(text), ...emailTerms(text)]),
      ...texts.flatMap((text) => [...registrationTerms(text), ...streetTerms(text)]),
      ...registrationTerms((part.vehicles ?? '').toUpperCase()),
      ...placeWords(part.place ?? ''),
    ];
  });
  return [...new Map(terms.map((one) => [one.term, one])).values()].slice(0, mostTerms);
}
/** More than a long report needs. */
const mostTerms = 100;

/** “12”, “12a”: no part of a longer number, a time, a date or a postcode. */
const houseNumber = /(?<![\p{L}\p{N}.:/@+-])\d{1,4}[a-z]?(?![\p{L}\p{N}:/@-]|\.\d|(?: ?[ap]m\b))/giu;
/** So far before its postcode a number belongs to the address. */
const farthest = 60;

/** In the answer about the place each number may be the house; elsewhere the numbers just before the postcode. */
function addressTerms(text: string, isPlace: boolean): MatterTerm[] {
  const codes = findPostcodes(text);
  return codes.flatMap((code) => {
    const postcode = formatPostcode(code);
    const before = isPlace
      ? codes.reduce((rest, one) => rest.replaceAll(one, ' '), text)
      : text.slice(Math.max(0, text.indexOf(code) - farthest), text.indexOf(code));
    return [...new Set(before.toLowerCase().match(houseNumber) ?? [])].map(
      (number): MatterTerm => ({
        kind: 'address',
        term: `address ${postcode} ${number}`,
        shown: `the postcode ${postcode} and number ${number}`,
      }),
    );
  });
}

const registrationTerms = (text: string): MatterTerm[] =>
  findRegistrations(text)
    // A shorter one is too easily part of something else.
    .filter((plate) => foldRegistration(plate).length >= 6)
    .map((plate) => ({
      kind: 'registration',
      term: `plate ${foldRegistration(plate)}`,
      shown: `the registration ${plate.trim()}`,
    }));

const phoneTerms = (text: string): MatterTerm[] =>
  findPhones(text).flatMap((phone): MatterTerm[] => {
    const number = toE164(phone);
    return number ? [{ kind: 'phone', term: `phone ${number}`, shown: `the telephone number ${phone}` }] : [];
  });

const emailTerms = (text: string): MatterTerm[] =>
  findEmails(text).map((address) => ({
    kind: 'e-mail',
    term: `e-mail ${address.toLowerCase()}`,
    shown: `the e-mail address ${address}`,
  }));

const streetKinds: Readonly<Record<string, string>> = {
  ...{ road: 'Road', rd: 'Road', street: 'Street', st: 'Street', lane: 'Lane', ln: 'Lane', avenue: 'Avenue' },
  ...{
    ave: 'Avenue',
    close: 'Close',
    drive: 'Drive',
    way: 'Way',
    court: 'Court',
    square: 'Square',
    terrace: 'Terrace',
  },
  ...{ crescent: 'Crescent', gardens: 'Gardens', parade: 'Parade', grove: 'Grove', hill: 'Hill' },
};
/** “Meadow Road”, “12 High St”: a name in capitals before the kind of street. */
const street = new RegExp(
  `(?:(?<![\\p{L}\\p{N}])(\\d{1,4}[a-z]?),? +)?((?:\\p{Lu}[\\p{L}’'-]+ +){1,3})(${Object.keys(streetKinds).join('|')})\\b`,
  'giu',
);
/** The same in every town. */
const commonStreets = new Set(['high', 'station', 'church', 'london', 'the', 'main', 'park', 'mill']);

/** Each street by the last words of its name, because a sentence may begin just before it; the street without a number only where its name is not one of every town. */
function streetTerms(text: string): MatterTerm[] {
  return [...text.matchAll(street)].flatMap(([, number, written = '', kind = '']): MatterTerm[] => {
    const all = written.trim().split(/ +/);
    const named = all.slice(all.findLastIndex((word) => !/^\p{Lu}/u.test(word)) + 1);
    return named.flatMap((_, at): MatterTerm[] => {
      const words = named.slice(at);
      const name = `${words.join(' ')} ${streetKinds[kind.toLowerCase()] ?? kind}`;
      const plain = words.length === 1 && commonStreets.has(name.split(' ')[0]?.toLowerCase() ?? '');
      return [...(number ? [`${number} ${name}`] : []), ...(plain ? [] : [name])].map((shown) => ({
        kind: 'street',
        term: `street ${shown.toLowerCase()}`,
        shown,
      }));
    });
  });
}

const commonPlaceWords = new Set(
  'about above across along and around behind below beside between building close corner door down flat floor from front ground has have here house inside into just lane main near next number off opposite our out over past road room shop side square street that the their them there they this town under unit upstairs where which with you your'.split(
    ' ',
  ),
);

/** Words of the answer about the place, but for those of every place. */
const placeWords = (place: string): MatterTerm[] =>
  (place.match(/\p{L}{3,}/gu) ?? [])
    .filter((word) => !commonPlaceWords.has(word.toLowerCase()))
    .map((word) => ({ kind: 'place word', term: `word ${word.toLowerCase()}`, shown: word }));

/** So many words of a place in common say that it may be one place. */
export const leastPlaceWords = 3;

/** Why two may be about the same: what both give, in words. Empty where that says too little. A street says no more than its number, or the address, already does. */
export function describeShared(shared: readonly MatterTerm[]): readonly string[] {
  const of = (kind: TermKind): readonly string[] => shared.filter((one) => one.kind === kind).map(({ shown }) => shown);
  const streets = of('street');
  const longest = streets.filter((one) => !streets.some((other) => other !== one && other.endsWith(one)));
  const words = of('place word');
  const given = [...of('address'), ...of('registration'), ...of('phone'), ...of('e-mail'), ...longest].map(
    (one) => `Both give ${one}`,
  );
  if (given.length > 0 || words.length < leastPlaceWords) return given;
  return [`Both describe the place with the ${countWord(words.length)} words ${listOf(words)}`];
}
