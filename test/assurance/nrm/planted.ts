/** Sentences that carry one thing by which somebody can be found, or several that do so together. Each plant is marked ⟦so⟧. */
import type { Dice } from '../../harness/dice.ts';
import { listed } from '../../harness/listed.ts';
import * as invent from './invented.ts';

/** The person in the story, as their record would describe them. */
export function subject(roll: Dice) {
  const two = (number: number): string => String(number).padStart(2, '0');
  return {
    given: invent.givenName(roll),
    family: invent.familyName(roll),
    called: invent.givenName(roll),
    phone: invent.mobile(roll),
    born: `${roll.upTo(1965, 2007)}-${two(roll.upTo(1, 12))}-${two(roll.upTo(1, 28))}`,
    street: invent.street(roll),
    application: roll.upTo(1, 180),
    town: invent.town(roll),
  };
}
export type Subject = ReturnType<typeof subject>;

/** A name as it is bent by haste, or on purpose. */
function bent(name: string, { pick, upTo }: Dice): string {
  const at = upTo(1, Math.max(1, name.length - 2));
  const [head, letter, tail] = [name.slice(0, at), name.charAt(at), name.slice(at + 1)];
  return pick([
    name.toLowerCase(),
    name.toUpperCase(),
    [...name].join(' '),
    [...name].join('.'),
    `${head}\u200b${letter}${tail}`,
    `${head}${letter}${letter}${tail}`,
    name.normalize('NFKD').replace(/\p{M}/gu, ''),
    `${head}*${tail}`,
    name.replace(/a/, 'а').replace(/e/, 'е').replace(/o/, 'о'),
    [...name]
      .map((one) => (/[A-Za-z]/.test(one) ? String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0) : one))
      .join(''),
  ]);
}

type Plant = (roll: Dice, who: Subject) => string;
const among =
  (...ways: readonly ((roll: Dice, who: Subject) => string)[]): Plant =>
  (roll, who) =>
    roll.pick(ways)(roll, who);
const other = (roll: Dice): string => invent.givenName(roll);

export const direct: Readonly<Record<string, Plant>> = {
  'her own name': among(
    (_, { given }) => `⟦${given}⟧ spoke quietly and asked for water.`,
    (_, { given, family }) => `We met ⟦${given} ${family}⟧ in the hallway.`,
    (_, { family }) => `On the list she appears as ⟦${family}⟧.`,
    (_, { called }) => `Everybody here says ⟦${called}⟧ when they mean her.`,
    (_, { family, given }) => `Note for the file: ⟦${family}, ${given}⟧, refuses.`,
  ),
  'her own name, bent': among(
    (roll, { given }) => `It is ⟦${bent(given, roll)}⟧ who refuses.`,
    (roll, { family }) => `The papers say ⟦${bent(family, roll)}⟧.`,
  ),
  'the name of another': among(
    (roll) => `The rent is handed to ⟦${other(roll)}⟧ every Friday.`,
    (roll) => `⟦${other(roll)}⟧ does the driving and ⟦${other(roll)}⟧ the cooking.`,
    (roll) => `Her sister ⟦${other(roll)}⟧ is still there.`,
    (roll) => `A ⟦Mr ${invent.familyName(roll)}⟧ signs for the parcels.`,
    (roll) => `Everything was organised by ⟦${other(roll)} ${invent.familyName(roll)}⟧ from abroad.`,
    (roll) => `It was ${roll.pick(['DS', 'PC', 'Sgt'])} ⟦${invent.familyName(roll)}⟧ who first knocked.`,
    (roll) => `The woman who recruits is named ⟦${other(roll)}⟧.`,
    (roll) =>
      `The people there say that ⟦${other(roll).toLowerCase()}⟧ told them to lie, named ⟦${invent.familyName(roll).toLowerCase()}⟧.`,
  ),
  nickname: among(
    (roll) =>
      `The one who collects is known as ⟦${roll.pick(['Spider', 'the Bulldog', 'Babyface', 'Smiley', 'Joker'])}⟧.`,
    (roll) => `They fear a man nicknamed “⟦${roll.pick(['Razor', 'Papa Doc', 'Scarface', 'the Teacher'])}⟧”.`,
    (roll) => `The manager goes by ⟦${roll.pick(['bones', 'skinny', 'ace', 'dutch', 'shadow'])}⟧.`,
    (roll) => `Her working name is “⟦${roll.pick(['Cindy', 'Ruby Rose', 'Coco', 'Angel'])}⟧”.`,
    (roll) => `Ask for ⟦Auntie ${other(roll)}⟧, she was told.`,
  ),
  'other letters': among(
    (roll) => `She wrote ⟦${invent.nameElsewhere(roll)}⟧ on the form.`,
    (roll) => `A message from ⟦${invent.nameElsewhere(roll)}⟧ was on the screen.`,
  ),
  phone: among(
    (roll) => `She can be reached on ⟦${invent.written(invent.mobile(roll), roll)}⟧ in the evening.`,
    (roll) => `The controller uses ⟦${invent.written(invent.mobile(roll), roll)}⟧.`,
    (roll, { phone }) => `Her number: ⟦${invent.written(phone, roll)}⟧`,
  ),
  'number of a document': among(
    (roll) => `Passport ⟦${invent.passport(roll)}⟧ is kept by the employer.`,
    (roll) => `The payslip shows ⟦${invent.insurance(roll)}⟧.`,
    (roll) => `NHS ⟦${invent.health(roll)}⟧ was on the appointment letter.`,
    (roll) => `Home Office ⟦${invent.homeOffice(roll)}⟧ refers.`,
    (roll) => `There is a crime report, ⟦${roll.upTo(10, 99)}/${roll.upTo(10000, 99999)}/${roll.upTo(20, 26)}⟧.`,
    (roll) => `Wages go to account ⟦${roll.upTo(10000000, 99999999)}⟧.`,
  ),
  vehicle: among(
    (roll) => `They are collected in a dark van, ⟦${invent.plate(roll)}⟧.`,
    (roll) => `Index ⟦${invent.plate(roll)}⟧ was outside both times.`,
  ),
  address: among(
    (roll, { application, street }) =>
      `She stays at ⟦${application} ${roll.chance(0.3) ? street.toLowerCase() : street}⟧.`,
    (roll) => `The flat is on ⟦${invent.street(roll)}⟧, first floor.`,
    (roll) => `It is ⟦flat ${roll.upTo(1, 60)}⟧ and the bell does not work.`,
    (roll) => `The postcode is ⟦${invent.postcode(roll)}⟧.`,
    (roll) => `The women were found at ⟦${invent.firm(roll)}⟧.`,
    (roll) => `It is the house number ⟦${roll.upTo(2, 200)}⟧ with the green gate.`,
  ),
  town: among(
    (roll, { town }) => `She lives in ⟦${roll.chance(0.25) ? town.toLowerCase() : town}⟧.`,
    (roll) => `Before, she was kept near ⟦${invent.town(roll)}⟧ for a winter.`,
    (roll) =>
      `Her parents are in ⟦${roll.pick(['Elbasan', 'Hai Phong', 'Benin City', 'Keren', 'Suceava', 'Kukes', 'Fuzhou', 'Omdurman'])}⟧.`,
  ),
  online: among(
    (roll, { given, family }) =>
      `Mail goes to ⟦${invent.slug(given)}.${invent.slug(family)}${roll.upTo(1, 99)}@post.example⟧.`,
    (roll) => `The account is ⟦@${invent.slug(other(roll))}_${roll.upTo(1, 99)}⟧.`,
    (roll) => `See ⟦https://ads.example/${roll.upTo(10000, 99999)}⟧ for the advert.`,
    (roll) => `Write to ⟦${invent.slug(other(roll))} (at) post (dot) example⟧.`,
    (roll) => `On Instagram as ⟦${invent.slug(other(roll))}${roll.upTo(10, 99)}⟧ she looks happy.`,
    (roll) => `⟦www.${invent.slug(other(roll))}-massage.example⟧ shows her face.`,
  ),
  'day of birth': among(
    (roll) => `She was born on ⟦${invent.someDay(roll, 1970, 2006)}⟧.`,
    (roll) => `DOB ⟦${invent.someDay(roll, 1970, 2006)}⟧`,
    (_, { born }) => `The card shows ⟦${born.split('-').reverse().join('/')}⟧.`,
  ),
};

const ages = (roll: Dice): string => {
  const age = roll.upTo(18, 64);
  return roll.pick([
    `She is ⟦${age} years old⟧.`,
    `A ⟦${age}-year-old⟧ was spoken to.`,
    `The adult is ⟦aged ${age}⟧.`,
    `She gave her age as ⟦${age}⟧ and said she is ⟦${age} years old⟧.`,
    `He ⟦turned ${age}⟧ recently.`,
  ]);
};
const days = (roll: Dice): string =>
  roll.pick([
    `She was found on ⟦${invent.someDay(roll, 2024, 2026)}⟧.`,
    `They arrived on ⟦${invent.someDay(roll, 2023, 2026)}⟧.`,
    `It happened on ⟦${invent.someDay(roll, 2024, 2026)}⟧ after dark.`,
  ]);
const origins = (roll: Dice): string =>
  roll.pick(listed(`⟦Bhutanese⟧, ⟦Bolivian⟧, ⟦Laotian⟧, ⟦Mongolian⟧, ⟦Fijian⟧, ⟦Malagasy⟧, ⟦Tibetan⟧, ⟦Paraguayan⟧`));
const rareOrigin = (roll: Dice): string =>
  roll.pick([
    `She is ${origins(roll)}.`,
    `There is a ${origins(roll)} passport in the drawer.`,
    `Her language and papers are ${origins(roll)}.`,
  ]);
const smallPlace = (roll: Dice): string =>
  roll.pick([
    'The house is in a ⟦village⟧ of a few hundred people.',
    'They were held on a small ⟦island⟧.',
    'She lives ⟦next to the primary school⟧.',
    'The flat is ⟦above the chemist⟧.',
    'It is ⟦opposite the town hall⟧.',
  ]);
const body = (roll: Dice): string =>
  roll.pick([
    'She has a ⟦tattoo⟧ of a swallow behind the ear.',
    'Two ⟦fingers⟧ of the left hand are gone: she has ⟦lost two fingers⟧.',
    'There is a long ⟦scar⟧ across the chin.',
    'He has ⟦one eye⟧ and wears a patch.',
    'A ⟦gold tooth⟧ shows when he smiles.',
  ]);
const kin = (roll: Dice): string =>
  roll.pick([
    'She has ⟦triplets⟧ at home.',
    'She is the ⟦daughter of a bishop⟧.',
    'She is a ⟦twin⟧, and the other one is here too.',
    'She is a ⟦mother of seven⟧.',
  ]);
const trade = (roll: Dice): string =>
  roll.pick([
    'Before this she was a ⟦judge⟧.',
    'At home she was a ⟦violinist⟧ in an orchestra.',
    'He had been a ⟦footballer⟧ for his country.',
    'She worked as a ⟦television presenter⟧.',
    'He looked after ⟦racehorses⟧.',
  ]);
const apart = (roll: Dice): string =>
  roll.pick([
    'She is ⟦the only woman⟧ at the site.',
    'Her story was ⟦in the newspaper⟧.',
    'She was ⟦the first person⟧ ever to leave.',
    'He is ⟦well known⟧ where he comes from.',
    'She ⟦went missing⟧ from a hostel.',
  ]);
const groups: readonly (readonly string[])[] = [
  ['She is ⟦pregnant⟧.', 'She uses a ⟦wheelchair⟧.', 'He has ⟦epilepsy⟧.'],
  ['She works in a ⟦nail bar⟧.', 'He was put to work in a ⟦car wash⟧.'],
  ['All this was in ⟦Sheffield⟧.', 'The farm is in ⟦Lincolnshire⟧.'],
  ['It was ⟦in February⟧.'],
  ['She is ⟦Pentecostal⟧.'],
  ['She has a ⟦degree⟧.'],
  ['She came in a ⟦container⟧.'],
];

const sharp: Readonly<Record<string, (roll: Dice) => string>> = {
  age: ages,
  day: days,
  origin: rareOrigin,
  place: smallPlace,
  body,
  kin,
  trade,
  apart,
};

/** Two details that few share, or one with three that many share. */
export function together(roll: Dice): { readonly kind: string; readonly sentences: readonly string[] } {
  if (roll.chance(0.7)) {
    const kinds = roll.some(Object.keys(sharp), roll.upTo(2, 3)).sort();
    return { kind: 'two or three that few share', sentences: kinds.map((kind) => (sharp[kind] ?? ages)(roll)) };
  }
  const [kind = 'age'] = roll.some(Object.keys(sharp), 1);
  return {
    kind: 'one that few share with three that many do',
    sentences: [(sharp[kind] ?? ages)(roll), ...roll.some(groups, 3).map((group) => roll.pick(group))],
  };
}
