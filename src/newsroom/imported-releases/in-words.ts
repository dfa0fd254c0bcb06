/** How claims, discrepancies and bad files are said. Shared by the pages and the command line. */

import { dayRange, isDay, longDay } from '../../vocabulary/calendar/days.ts';
import type { Quantity } from '../../vocabulary/figures.ts';
import { listOf, plural } from '../../vocabulary/languages/english.ts';
import { formatSize } from '../../vocabulary/sizes.ts';
import type { Inconsistency, InconsistencyKind } from '../release-reading/inconsistencies.ts';
import {
  type BadFile,
  type BadFileReason,
  type Claim,
  type Count,
  largestFile,
  type Note,
  type OpeningHours,
  type Scope,
} from '../release-reading/parsed-release.ts';

const badFileWords: Record<BadFileReason, string> = {
  'too large': `the file is larger than ${formatSize(largestFile)}`,
  empty: 'the file is empty',
  'not UTF-8': 'the text is not UTF-8',
  'NUL character': 'there is a NUL character, so this is no text',
  'no front matter': 'the file does not begin with front matter (a line of --- or ```yaml)',
  'front matter never ends': 'the front matter that begins here never ends',
  'front matter is not YAML': 'the front matter is not YAML',
  'front matter is not made of keys': 'the front matter is not made of keys and values',
  'alias, anchor or tag': 'the front matter uses an alias, an anchor or a tag, which is not read',
  'key given twice': 'a key of the front matter is given twice',
};

/** "the front matter is not YAML: …", in one line. The detail quotes the parser, never the file. */
export function badFileText({ refusal, detail }: Pick<BadFile, 'refusal' | 'detail'>): string {
  const words = badFileWords[refusal];
  return (detail ? `${words}: ${detail}` : words).replaceAll(/\s+/g, ' ').trim();
}

export function quantityText(quantity: Quantity | Count | null): string {
  if (quantity === null) return '';
  if (quantity.kind === 'words') return quantity.words;
  if (quantity.kind === 'not known') return 'not known';
  const number = quantity.value.toLocaleString('en-GB');
  if ('to' in quantity && quantity.to !== undefined) return `${number} to ${quantity.to.toLocaleString('en-GB')}`;
  return quantity.qualifier === 'exact' ? number : `${quantity.qualifier} ${number}`;
}

const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** "Monday to Friday 08:00–20:00", "every day, day and night". */
const openingHoursText = ({ days, from, to }: OpeningHours): string => {
  const [first, last] = [days[0], days.at(-1)];
  const inARow = week.join().includes(days.join());
  const when = days.length === 7 ? 'every day' : days.length > 2 && inARow ? `${first} to ${last}` : listOf(days);
  return from === '00:00' && to === '24:00' ? `${when}, day and night` : `${when} ${from}–${to}`;
};

const hoursText = (hours: readonly OpeningHours[] | null): string => (hours ?? []).map(openingHoursText).join('; ');
export const notStated = 'not said';
const textOrNotStated = (text: string | number | null): string => (text === null ? notStated : String(text));
const sexWords = { female: ['woman', 'women'], male: ['man', 'men'] } as const;
/** "3 women", "1 man", "about 20". */
const arrestsText = (quantity: Count, sex: 'female' | 'male' | null): string =>
  sex
    ? `${quantityText(quantity)} ${plural(quantity.value, sexWords[sex][0], sexWords[sex][1])}`
    : quantityText(quantity);
const onePerson = { female: 'a woman', male: 'a man' } as const;

const scopeWords: Readonly<Record<Scope, string>> = { 'in all': 'in all', further: 'more', part: 'some of them' };
type Placed = {
  readonly town?: string | null;
  readonly towns?: readonly string[];
  readonly region?: string;
  readonly scope?: Scope;
};

/** "Watford", "Hertfordshire, in all", "not said". A claim without a place is a total only where its text says so. */
function placeText({ town = null, towns = [], region, scope }: Placed): string {
  const place = town ?? (towns.length > 0 ? `${listOf(towns)}, together` : region);
  return [place, scope && scopeWords[scope]].filter(Boolean).join(', ') || notStated;
}

/** What a table of one kind of claim has: its caption, and a column for each part that a claim may have. */
type Kind<One extends Claim> = {
  readonly caption: string;
  readonly columns: readonly (readonly [title: string, say: (claim: One) => string])[];
};
type Kinds = { readonly [Name in Claim['kind']]: Kind<Extract<Claim, { kind: Name }>> };

/** In the order of a page. Every kind has its table, so that no claim is kept and not shown. */
export const kinds: Kinds = {
  window: { caption: 'Days of the operation', columns: [['Days', ({ from, to }) => dayRange(from, to)]] },
  published: { caption: 'Published', columns: [['Day', ({ day }) => longDay(day)]] },
  operation: { caption: 'Operations', columns: [['Name', ({ name }) => name]] },
  unit: { caption: 'Units of the force', columns: [['Name', ({ name }) => name]] },
  partner: {
    caption: 'Who took part beside them',
    columns: [
      ['Name', ({ name }) => name],
      ['Stands', ({ own }) => (own ? 'in the same force' : 'beside the force')],
    ],
  },
  premises: {
    caption: 'Premises',
    columns: [
      ['How many', ({ count }) => quantityText(count)],
      ['Where', placeText],
      ['Kind', ({ business }) => textOrNotStated(business)],
      ['Entered', ({ power }) => (power === 'warrant' ? 'by warrant' : 'visited')],
    ],
  },
  power: {
    caption: 'Power used',
    columns: [
      ['Said to be', ({ power }) => (power === 'warrant' ? 'a warrant' : 'a visit')],
      ['How many', ({ count }) => quantityText(count) || notStated],
      ['Where', placeText],
    ],
  },
  arrests: {
    caption: 'Arrests',
    columns: [
      ['How many', ({ count, sex }) => arrestsText(count, sex)],
      ['Where', placeText],
      [
        'At',
        ({ addresses }) =>
          addresses === null ? notStated : `${addresses} ${plural(addresses, 'address', 'addresses')}`,
      ],
      ['Over', ({ matter }) => textOrNotStated(matter)],
    ],
  },
  'person arrested': {
    caption: 'People arrested, one by one',
    columns: [
      ['Who', ({ sex }) => (sex ? onePerson[sex] : 'a person')],
      ['Age', ({ age, ageRange }) => textOrNotStated(age ?? ageRange?.join(' to ') ?? null)],
      ['Home', ({ home }) => textOrNotStated(home)],
      ['Over', ({ matter }) => textOrNotStated(matter)],
    ],
  },
  people: {
    caption: 'People met',
    columns: [
      ['What was done', ({ treatment }) => treatment],
      ['Who', ({ who = null }) => textOrNotStated(who)],
      ['How many', ({ quantity }) => quantityText(quantity)],
      ['Where', placeText],
    ],
  },
  things: {
    caption: 'Things seized, checked or found',
    columns: [
      ['What', ({ what }) => what],
      ['What was done', ({ treatment }) => treatment],
      ['How many', ({ count, currency }) => [quantityText(count), currency].filter(Boolean).join(' ')],
      ['Where', placeText],
    ],
  },
  'taking part': {
    caption: 'How many took part',
    columns: [
      ['Who', ({ who }) => who],
      ['How many', ({ count }) => quantityText(count)],
    ],
  },
  sign: { caption: 'Signs to spot', columns: [['Sign', ({ text }) => text]] },
  contact: {
    caption: 'Numbers and addresses to turn to',
    columns: [
      ['Name', ({ name, route }) => name ?? route],
      ['Printed as', ({ asWritten }) => asWritten],
      ['Way', ({ route }) => route],
      ['Hours', ({ hours }) => hoursText(hours) || notStated],
    ],
  },
  social: {
    caption: 'On people’s networks',
    columns: [
      ['Name', ({ handle }) => handle],
      ['Network', ({ network }) => textOrNotStated(network)],
    ],
  },
  officer: {
    caption: 'Officers quoted',
    columns: [
      ['Name', ({ name }) => name],
      ['Rank', ({ rank }) => rank],
      ['Of', ({ of }) => textOrNotStated(of)],
    ],
  },
  speaker: {
    caption: 'Others quoted',
    columns: [
      ['Name', ({ name }) => name],
      ['Role', ({ role }) => role],
    ],
  },
  'without a figure': { caption: 'Claimed without a figure', columns: [['Words', ({ words }) => words]] },
};

export const claimCells = (claim: Claim): string[] =>
  (kinds[claim.kind] as Kind<Claim>).columns.map(([, say]) => say(claim));

export const claimColumns = (kind: Claim['kind']): string[] => kinds[kind].columns.map(([title]) => title);

const noteWords: Record<Note['kind'], (detail: string) => string> = {
  'key missing': (key) => `The front matter has no ${key}`,
  'key not known': (key) => `A key that is not read: ${key}`,
  'key given in two ways': (key) => `${key} is given in two ways; the first is read`,
  'date not read': (text) => `“${text}” is no day for certain, so no day is read`,
  'date in another form': (text) => `The day is written in another form: “${text}”`,
  'weekday and date disagree': (text) => `The weekday and the day disagree: “${text}”`,
  'front matter needed quotes': () => 'A value lacks the quotes that YAML asks for; it is read as if it had them',
  'comment in the front matter': () => 'There is a comment in the front matter',
};

type Values = Inconsistency['values'];
const dayOr = (value: Values[number] | undefined): string =>
  typeof value === 'string' && isDay(value) ? longDay(value) : String(value ?? '');

const inconsistencyWords: Record<InconsistencyKind, (values: Values) => string> = {
  'parts do not add up': ([total, sum]) => `The parts do not add up: ${total} in all, ${sum} by its parts`,
  'two totals': ([one, other]) => `Two totals for one thing: ${one} and ${other}`,
  'weekday and date disagree': ([weekday, day]) => `The weekday and the day disagree: ${weekday}, ${dayOr(day)}`,
  'wrong number of digits': ([printed, digits]) => `${printed} has ${digits} digits, which no such number has`,
  'not the number of that service': ([printed, right]) =>
    `${printed} is not the number of that service, which is ${right}`,
  'warrants in one place, visits in another': ([headline]) =>
    headline === 'warrant'
      ? 'Its headline says that warrants were served; its text says that addresses were visited'
      : 'Its headline speaks of visits; its text says that warrants were served',
  'exact age with sex and town': () => 'Exact age, sex and town of people arrested',
  'one premises in a town': ([town]) => `A single address in ${town}`,
  'emergency number not first': ([first]) => `The emergency number does not come first: ${first} does`,
  'emergency number missing': () => 'No number for an emergency is given',
  'window after publication': ([from, published]) =>
    `The operation begins on ${dayOr(from)}, after it was published on ${dayOr(published)}`,
};

export const noteText = ({ kind, detail }: Note): string => noteWords[kind](detail);
export const inconsistencyText = ({ kind, values }: Inconsistency): string => inconsistencyWords[kind](values);
