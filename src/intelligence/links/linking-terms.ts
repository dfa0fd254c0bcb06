/** The terms that two entities must share to be compared (blocking, as record linkage calls it). Pure. */
import type { NamePart } from '../../vocabulary/languages/alike-names.ts';
import type { EntityContent } from '../entities/entity.ts';
import {
  type PreparedEntity,
  type PreparedName,
  type PreparedPerson,
  type PreparedPremises,
  type PreparedVehicle,
  prepare,
} from './prepared-entity.ts';

/** The distinct terms of an entity. Entities of different kinds share none. */
export const linkingTerms = (content: EntityContent): readonly string[] => preparedTerms(prepare(content));

/** As `linkingTerms`, for an entity that is prepared already. */
export function preparedTerms(entity: PreparedEntity): readonly string[] {
  return [...new Set(listTerms(entity))];
}

function listTerms(entity: PreparedEntity): readonly string[] {
  switch (entity.kind) {
    case 'person':
      return personTerms(entity);
    case 'premises':
      return premisesTerms(entity);
    case 'vehicle':
      return vehicleTerms(entity);
    case 'phone':
      return [
        ...(entity.e164 === null ? [] : [`tel ${entity.e164}`]),
        ...(entity.lastDigits === '' ? [] : [`end ${entity.lastDigits}`]),
      ];
    case 'account':
      return entity.account === '' ? [] : [`acc ${entity.account}`];
    case 'organisation':
      return [
        ...[entity.name, ...entity.aliases].flatMap(organisationTerms),
        ...(entity.number === null ? [] : [`reg ${entity.number}`]),
      ];
  }
}

const pairsOf = <One>(all: readonly One[]): readonly (readonly [One, One])[] =>
  all.flatMap((one, at) => all.slice(at + 1).map((other) => [one, other] as const));

const inOrder = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

/** Sounds of one sign are too common, so the spelling takes their place. */
const soundsOf = ({ sounds, spelling }: NamePart): readonly string[] =>
  sounds.map((sound) => (sound.length > 1 ? sound : spelling));

const soundPairs = (kind: string, one: NamePart, other: NamePart): readonly string[] =>
  soundsOf(one).flatMap((a) => soundsOf(other).map((b) => `${kind} ${inOrder(a, b)}`));

/** A word with each sign left out: two that are one slip apart share one of these. */
const withoutOne = (word: string): readonly string[] => {
  const signs = [...word];
  return signs.length < 2 ? [] : signs.map((_, at) => signs.toSpliced(at, 1).join(''));
};

/** One part by its sound, and the other by its sound as it is and with each sign left out. */
function onePartWhole(whole: NamePart, other: NamePart): readonly string[] {
  const loose = soundsOf(other).flatMap((sound) => [sound, ...withoutOne(sound)]);
  return soundsOf(whole).flatMap((sound) => loose.map((one) => `sound ${sound} ${one}`));
}

/** Parts that a name is paired by: pairs grow with the square of their number. */
const mostParts = 4;

function nameTerms({ parts }: PreparedName): readonly string[] {
  const few = parts.slice(0, mostParts);
  const [only] = few;
  if (only === undefined) return [];
  if (few.length === 1) return [`one ${only.spelling}`, ...soundsOf(only).map((sound) => `one sound ${sound}`)];
  return [
    `one ${few.map(({ spelling }) => spelling).join('')}`,
    ...pairsOf(few).flatMap(([one, other]) => [
      `names ${inOrder(one.spelling, other.spelling)}`,
      ...onePartWhole(one, other),
      ...onePartWhole(other, one),
    ]),
  ];
}

function personTerms({ name, aliases, born }: PreparedPerson): readonly string[] {
  const names = [name, ...aliases];
  const terms = names.flatMap(nameTerms);
  if (born === null) return terms;
  const parts = names.flatMap((one) => one.parts.slice(0, mostParts));
  const pairs = names.flatMap((one) => pairsOf(one.parts.slice(0, mostParts)));
  const { year, month, day } = born;
  const withYear = parts.flatMap(soundsOf).map((sound) => `born ${year} ${sound}`);
  if (month === null || day === null) return [...terms, ...withYear];
  // In numerical order, so that day and month may be swapped.
  const date = `${year} ${inOrder(month, day)}`;
  return [
    ...terms,
    ...withYear,
    `born ${date}`,
    ...pairs.flatMap(([one, other]) => soundPairs(`born ${year}`, one, other)),
    ...pairs.flatMap(([one, other]) => soundPairs(`born ${inOrder(month, day)}`, one, other)),
  ];
}

/** The first word of a street as it is, and with each letter left out. */
const firstWordTerms = (part: NamePart | undefined): readonly string[] =>
  part === undefined ? [] : [part.spelling, ...withoutOne(part.spelling)].map((word) => `${word}+`);

function premisesTerms({ flat, number, street, town, outward, inward }: PreparedPremises): readonly string[] {
  const words = street.parts.map(({ spelling }) => spelling).join(' ');
  const sound = street.parts.map((part) => soundsOf(part)[0]).join(' ');
  const at = number ?? flat ?? '';
  const postcode = outward !== null && inward !== null ? `${outward}${inward}` : null;
  const towns = town.parts.flatMap(soundsOf);
  return [
    ...(outward !== null && words !== '' ? [`street ${at} ${words} ${outward}`] : []),
    ...(postcode !== null && at !== '' ? [`code ${postcode} ${at}`] : []),
    ...(postcode !== null && sound !== '' ? [`code ${postcode} ${sound}`] : []),
    ...(sound !== '' && (at !== '' || street.parts.length > 1) ? [`place ${at} ${sound}`] : []),
    ...(at === '' ? [] : firstWordTerms(street.parts[0]).map((word) => `place ${at} ${word}`)),
    ...(at === '' || number === null
      ? []
      : towns.flatMap((one) => street.parts.map(({ spelling }) => `town ${one} ${at} ${spelling}`))),
    // An address without its number is any of the road.
    ...(sound !== '' && street.parts.length > 1 ? towns.map((one) => `road ${sound} ${one}`) : []),
  ];
}

/** A registration and what is left of it with each sign left out: those one slip apart share one of these. */
function vehicleTerms({ folded }: PreparedVehicle): readonly string[] {
  const signs = [...folded];
  if (signs.length === 0) return [];
  if (signs.length < 4) return [`plate ${folded}`];
  return [folded, ...withoutOne(folded)].map((sign) => `plate ${sign}`);
}

function organisationTerms({ parts }: PreparedName): readonly string[] {
  const few = parts.slice(0, mostParts);
  return [
    ...few.map(({ spelling }) => `word ${spelling}`),
    ...few.flatMap(soundsOf).map((sound) => `word sound ${sound}`),
    ...pairsOf(few).flatMap(([one, other]) => [
      ...soundPairs('words', one, other),
      ...onePartWhole(one, other),
      ...onePartWhole(other, one),
    ]),
  ];
}
