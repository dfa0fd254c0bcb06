/** Invented entity records of which it is known which are one and the same, as clerks of many forces would write them. Names nobody. */
import type { EntityContent } from '../../../src/intelligence/entities/entity.ts';
import { chance, mixed } from '../../harness/assurance.ts';
import {
  below,
  byRank,
  inScript,
  inventPools,
  type Pool,
  pick,
  type Random,
  spelledOtherwise,
  withSlip,
} from './invented-names.ts';

export type InventedEntity = {
  readonly id: string;
  readonly itemId: string;
  readonly content: EntityContent;
  /** The same for all records of one person or thing. */
  readonly truth: string;
};

/** How one person or thing is written this time. */
type Mention = (random: Random) => EntityContent;
type Invent = () => readonly Mention[];

/** Two thirds are named once, few more than four times. */
function timesNamed(random: Random): number {
  const at = random();
  return at < 0.6 ? 1 : at < 0.82 ? 2 : at < 0.92 ? 3 : at < 0.97 ? 4 : 5 + below(random, 4);
}

const perItem = 3;

/** So many records from a seed, in an order of chance, three to an item. */
export function inventEntities(seed: number, many: number): readonly InventedEntity[] {
  const random = chance(seed);
  const kinds = kindsOf(random);
  const records: { readonly content: EntityContent; readonly truth: string }[] = [];
  let truths = 0;
  while (records.length < many) {
    const at = random();
    const invent = kinds.find(({ until }) => at < until)?.invent;
    for (const mention of invent?.() ?? []) {
      truths += 1;
      for (let times = timesNamed(random); times > 0; times -= 1)
        records.push({ content: mention(random), truth: `t${truths}` });
    }
  }
  return mixed(records.slice(0, many), random).map((record, at) => ({
    ...record,
    id: `e${String(at).padStart(7, '0')}`,
    itemId: `i${Math.floor(at / perItem)}`,
  }));
}

function kindsOf(random: Random): readonly { readonly until: number; readonly invent: Invent }[] {
  const pools = inventPools(random);
  const streets = inventStreets(random, pools);
  const taken = new Set<string>();
  return [
    { until: 0.52, invent: () => inventPeople(random, pick(random, pools)) },
    { until: 0.66, invent: () => inventPremises(random, streets, taken) },
    { until: 0.8, invent: () => inventVehicles(random) },
    { until: 0.94, invent: () => inventPhones(random) },
    { until: 0.97, invent: () => inventAccounts(random, pick(random, pools)) },
    { until: 1, invent: () => inventOrganisations(random, pools) },
  ];
}

type Person = {
  readonly names: readonly string[];
  readonly born: readonly [year: number, month: number, day: number];
  readonly script: Pool['script'];
};

const someDate = (random: Random): Person['born'] => [
  1950 + below(random, 56),
  1 + below(random, 12),
  1 + below(random, 28),
];

/** A person, and now and then a sibling, a twin or a namesake, who are others. */
function inventPeople(random: Random, pool: Pool): readonly Mention[] {
  const last = pool.last(random);
  const middle = random() < 0.2 ? [pool.first(random)] : [];
  const person: Person = { names: [pool.first(random), ...middle, last], born: someDate(random), script: pool.script };
  const people = [person];
  const at = random();
  const [year, month, day] = person.born;
  const siblingBorn: Person['born'] = [year + 1 + below(random, 8), 1 + below(random, 12), 1 + below(random, 28)];
  if (at < 0.1) people.push({ ...person, names: [pool.first(random), last], born: siblingBorn });
  else if (at < 0.102) people.push({ ...person, names: [pool.first(random), last], born: [year, month, day] });
  else if (at < 0.122) people.push({ ...person, born: someDate(random) });
  return people.map(
    (one): Mention =>
      (chance) => ({ kind: 'person', name: writeName(chance, one), aliases: [], born: writeDate(chance, one.born) }),
  );
}

function writeName(random: Random, { names, script }: Person): string {
  let parts = names.length > 2 && random() < 0.3 ? [names[0] ?? '', names.at(-1) ?? ''] : [...names];
  if (random() < 0.1) parts = [parts.at(-1) ?? '', ...parts.slice(0, -1)];
  if (script !== null && random() < 0.1) return inScript(parts.join(' '), script);
  const changeOne = (change: typeof withSlip): void => {
    const at = below(random, parts.length);
    parts = parts.with(at, change(random, parts[at] ?? ''));
  };
  if (random() < 0.1) changeOne(spelledOtherwise);
  const slips = random();
  if (slips < 0.1) changeOne(withSlip);
  if (slips < 0.01) changeOne(withSlip);
  const written = parts.join(' ');
  return random() < 0.05 ? written.toUpperCase() : written;
}

const two = (number: number): string => String(number).padStart(2, '0');

function writeDate(random: Random, [year, month, day]: Person['born']): string | null {
  const at = random();
  if (at < 0.2) return null;
  if (at < 0.28) return String(year);
  if (at < 0.31) return `${year}-${two(month)}`;
  if (at < 0.33) return `${year}-01-01`;
  if (at < 0.35 && day <= 12) return `${year}-${two(day)}-${two(month)}`;
  if (at < 0.37) return `${year}-${two(month)}-${two(day > 14 ? day - 10 : day + 10)}`;
  if (at < 0.38) return `${year + (random() < 0.5 ? 1 : -1)}-${two(month)}-${two(day)}`;
  if (at < 0.383) return `${1950 + below(random, 56)}-${two(1 + below(random, 12))}-${two(1 + below(random, 28))}`;
  return `${year}-${two(month)}-${two(day)}`;
}

type Street = {
  readonly name: string;
  readonly type: string;
  readonly town: string;
  readonly outward: string;
  readonly at: number;
};

const streetTypes = ['Road', 'Street', 'Lane', 'Avenue', 'Close', 'Drive', 'Gardens', 'Crescent'];
const shortTypes = ['Rd', 'St', 'Ln', 'Ave', 'Cl', 'Dr', 'Gdns', 'Cres'];
const inwardLetters = 'ABDEFGHJLNPQRSTUWXYZ';

/** 60 towns; a few names of streets are in most of them. */
function inventStreets(random: Random, pools: readonly Pool[]): readonly Street[] {
  const english = pools[0] as Pool;
  const towns = Array.from({ length: 60 }, (_, at) => ({
    town: `${english.last(random)}${at % 2 ? ' Green' : ''}`,
    area: `${pick(random, [...inwardLetters])}${pick(random, [...inwardLetters])}`,
  }));
  const name = byRank(
    Array.from({ length: 400 }, () => english.last(random)),
    4,
  );
  const all = towns.flatMap(({ town, area }) =>
    Array.from({ length: 80 }, (_, at) => ({
      ...{ name: name(random), type: pick(random, streetTypes), town, outward: `${area}${1 + (at % 9)}`, at },
    })),
  );
  return [...new Map(all.map((street) => [`${street.name} ${street.type} ${street.town}`, street])).values()];
}

/** A place and at times its neighbour: the next house, or the next flats of the house. */
function inventPremises(random: Random, streets: readonly Street[], taken: Set<string>): readonly Mention[] {
  const street = pick(random, streets);
  const number = 1 + below(random, 120);
  const houseOf = (house: number): string => `${street.name} ${street.type} ${street.town} ${house}`;
  // An address is one premises, however often chance comes upon it.
  if (taken.has(houseOf(number)) || taken.has(houseOf(number + 2))) return inventPremises(random, streets, taken);
  taken.add(houseOf(number)).add(houseOf(number + 2));
  const flat = random() < 0.25 ? 1 + below(random, 6) : null;
  const places = [{ number, flat }];
  if (flat !== null) places.push({ number, flat: flat + 1 }, { number, flat: flat + 2 });
  else if (random() < 0.3) places.push({ number: number + 2, flat });
  const inward = (house: number): string => {
    const block = street.at * 8 + Math.floor(house / 16);
    return `${block % 10}${inwardLetters[Math.floor(block / 10) % 20]}${inwardLetters[Math.floor(block / 200) % 20]}`;
  };
  return places.map(
    (place): Mention =>
      (chance) =>
        writePremises(chance, street, place, `${street.outward} ${inward(place.number)}`),
  );
}

function writePremises(
  random: Random,
  { name, type, town }: Street,
  { number, flat }: { readonly number: number; readonly flat: number | null },
  code: string,
): EntityContent {
  const known = random();
  const postcode = known < 0.82 ? (random() < 0.02 ? withSlip(random, code).toUpperCase() : code) : null;
  const withTown = known < 0.6 || (known >= 0.82 && known < 0.99);
  const spelt = random() < 0.06 ? withSlip(random, name) : name;
  const street = `${spelt} ${random() < 0.4 ? shortTypes[streetTypes.indexOf(type)] : type}`;
  const house = `${number} ${street}`;
  const flatIs = flat === null || random() < 0.02 ? null : `${pick(random, ['Flat', 'flat', 'Apt', 'FLAT'])} ${flat}`;
  const lines = flatIs === null ? [house] : random() < 0.7 ? [flatIs, house] : [house, flatIs];
  if (withTown) lines.push(town);
  const tight = postcode !== null && random() < 0.2 ? postcode.replace(' ', '').toLowerCase() : postcode;
  if (tight !== null && random() < 0.15)
    return { kind: 'premises', address: [...lines, tight].join(', '), postcode: null };
  return { kind: 'premises', address: lines.join(', '), postcode: tight };
}

const plateLetters = 'ABCDEFGHJKLMNOPRSTUVWXYZ';
const colours = ['white', 'black', 'silver', 'blue', 'red', 'grey', 'green'];
const makes = ['Tarno van', 'Velm estate', 'Orlo hatchback', 'Tarno pickup', 'Kestan saloon'];
const lookalikes: Readonly<Record<string, string>> = {
  O: '0',
  '0': 'O',
  I: '1',
  '1': 'I',
  S: '5',
  '5': 'S',
  B: '8',
  '8': 'B',
};

/** A vehicle, and now and then the next of its fleet, which is another colour. */
function inventVehicles(random: Random): readonly Mention[] {
  const letters = (many: number): string =>
    Array.from({ length: many }, () => pick(random, [...plateLetters])).join('');
  const plate =
    random() < 0.9
      ? `${letters(2)}${two(2 + below(random, 74))} ${letters(3)}`
      : `${letters(2)} ${two(below(random, 100))} ${letters(3)}${below(random, 10)}`;
  const colour = pick(random, colours);
  const make = pick(random, makes);
  const vehicles = [{ plate, looks: `${colour} ${make}` }];
  if (random() < 0.02)
    vehicles.push({
      plate: plate.slice(0, -1) + pick(random, [...plateLetters]),
      looks: `${pick(random, colours)} ${make}`,
    });
  return vehicles
    .filter((one, at) => at === 0 || one.plate !== plate)
    .map(
      ({ plate, looks }): Mention =>
        (chance) => ({
          kind: 'vehicle',
          registration: writePlate(chance, plate),
          description: chance() < 0.5 ? null : chance() < 0.03 ? pick(chance, colours) : looks,
        }),
    );
}

function writePlate(random: Random, plate: string): string {
  const signs = [...plate];
  const at = below(random, signs.length);
  const slip = random();
  if (slip < 0.02) signs[at] = pick(random, [...plateLetters]);
  else if (slip < 0.03) signs.splice(at, 1);
  else if (slip < 0.07) signs[at] = lookalikes[signs[at] ?? ''] ?? signs[at] ?? '';
  const written = signs.join('');
  const form = random();
  return form < 0.3 ? written.replaceAll(' ', '') : form < 0.5 ? written.toLowerCase() : written;
}

const countries = ['44', '44', '44', '44', '40', '84', '355', '91'];

/** A number, and at times the next one, as sold together. */
function inventPhones(random: Random): readonly Mention[] {
  const country = pick(random, countries);
  const rest = 700_000_000 + below(random, 99_999_998);
  const numbers = random() < 0.05 ? [rest, rest + 1] : [rest];
  const write =
    (whole: string): Mention =>
    (chance) => {
      const digits = chance() < 0.005 ? String(Number(whole) + 10 ** below(chance, 6)) : whole;
      const spaced = chance() < 0.6 ? `${digits.slice(0, 4)} ${digits.slice(4)}` : digits;
      const form = chance();
      const home = country === '44';
      const number =
        form < 0.03
          ? spaced
          : home && form < 0.5
            ? `0${spaced}`
            : form < 0.6
              ? `00${country}${spaced}`
              : `+${country} ${spaced}`;
      return { kind: 'phone', number };
    };
  return numbers.map((number) => write(`7${number}`));
}

/** A bank account, or a name on a site: the same name on two sites is one person here. */
function inventAccounts(random: Random, pool: Pool): readonly Mention[] {
  const isBank = random() < 0.5;
  const code = String(100_000 + below(random, 900_000));
  const number = String(10_000_000 + below(random, 90_000_000));
  const name =
    `${pool.first(random)}${pick(random, ['_', '.', ''])}${pool.last(random)}${below(random, 100)}`.toLowerCase();
  return [
    (chance) => ({
      kind: 'account',
      account: isBank
        ? `${chance() < 0.5 ? (code.match(/../g) ?? []).join('-') : code} ${number}`
        : chance() < 0.2
          ? `@${name}`
          : name,
      provider: chance() < 0.5 ? null : isBank ? 'Velm Bank' : pick(chance, ['Tarngram', 'Velmbook', 'Orlochat']),
    }),
  ];
}

const trades = [
  'Nails',
  'Car Wash',
  'Foods',
  'Cleaning Services',
  'Recruitment',
  'Construction',
  'Logistics',
  'Trading',
];

/** A business, and at times another of the same first word in another trade. */
function inventOrganisations(random: Random, pools: readonly Pool[]): readonly Mention[] {
  const word = pick(random, pools).last(random);
  const more = random() < 0.4 ? ` ${pick(random, pools).last(random)}` : '';
  const trade = pick(random, trades);
  const write = (name: string): Mention => {
    const number = String(below(random, 10_000_000)).padStart(8, '0');
    return (chance) => ({
      kind: 'organisation',
      name: `${chance() < 0.05 ? withSlip(chance, name) : name}${pick(chance, ['', ' Ltd', ' Limited', ' LTD.'])}`,
      aliases: [],
      number: chance() < 0.6 ? null : number,
    });
  };
  const others =
    random() < 0.05
      ? [
          write(
            `${word}${more} ${pick(
              random,
              trades.filter((one) => one !== trade),
            )}`,
          ),
        ]
      : [];
  return [write(`${word}${more} ${trade}`), ...others];
}
