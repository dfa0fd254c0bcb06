/** How releases say things: each family gives sentences with the truth that they tell. */

import type {
  ClaimContent,
  ContactRoute,
  Count,
  OpeningHours,
  Treatment,
} from '../../../../src/newsroom/release-reading/parsed-release.ts';
import { longDay, weekdayOf } from '../../../../src/vocabulary/calendar/days.ts';
import type { Dice } from '../../../harness/dice.ts';
import { generalKinds, hoursSaid, officers, ownUnits, particularKinds, partners, phones, ranks } from './invented.ts';

export type Line = { readonly says: string; readonly told: readonly ClaimContent[] };
export type Listed = { readonly lead: string; readonly items: readonly Line[] };
export const line = (says: string, ...told: ClaimContent[]): Line => ({ says, told });

export type Scene = {
  readonly dice: Dice;
  readonly shape: string;
  readonly area: string;
  readonly force: string;
  readonly operation: string;
  readonly unit: string;
  readonly towns: readonly string[];
  readonly split: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly period: string;
  readonly focus: string;
  readonly say: (number: number) => string;
};

const words =
  'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty'];
export function inWords(number: number): string {
  if (number >= 60) return String(number);
  const unit = number % 10 ? `-${words[number % 10]}` : '';
  return words[number] ?? `${tens[Math.floor(number / 10)]}${unit}`;
}

export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
const plain = (text: string): string => text.replaceAll('’', "'");
export const orNull = (town: string | null): string | null => (town === null ? null : plain(town));

export const count = (value: number, qualifier: Count['qualifier'] = 'exact'): Count => ({
  kind: 'number',
  value,
  qualifier,
});

export const premises = (
  number: Count,
  town: string | null,
  business: string | null = null,
  power: 'visit' | 'warrant' = 'visit',
): ClaimContent => ({ kind: 'premises', count: number, town: orNull(town), towns: [], business, power });

export const power = (which: 'visit' | 'warrant', number: Count | null = null): ClaimContent => ({
  kind: 'power',
  power: which,
  count: number,
});

const dayMonth = (day: string): string => longDay(day).split(' ').slice(0, 2).join(' ');
const monthDay = (day: string): string => dayMonth(day).split(' ').reverse().join(' ');
const ordinal = (day: string): string => {
  const number = Number(day.slice(8));
  const ending = number > 3 && number < 21 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
};

export function windowLine({ dice: { pick }, from, to, force, operation, period, focus }: Scene): Line {
  const sameMonth = from.slice(0, 7) === to.slice(0, 7);
  const start = sameMonth ? String(Number(from.slice(8))) : dayMonth(from);
  const span = pick([
    `(${start}${pick(['-', ' - ', '–', ' – '])}${dayMonth(to)})`,
    `between ${dayMonth(from)} and ${longDay(to)}`,
    `from ${weekdayOf(from)} ${start} to ${weekdayOf(to)} ${dayMonth(to)}`,
    `from ${start} to ${longDay(to)}`,
    `from ${dayMonth(from)} until ${dayMonth(to)}`,
    `between ${monthDay(from)} and ${monthDay(to)}`,
    `from ${sameMonth ? ordinal(from) : `${ordinal(from)} ${longDay(from).split(' ')[1]}`} to ${ordinal(to)} ${longDay(to).split(' ')[1]}`,
  ]);
  const says = pick([
    `${force} took part in Operation ${operation}, a ${period} of action ${span} to combat ${focus}.`,
    `Officers carried out a ${period} of activity ${span} as part of a Europe-wide operation against ${focus}.`,
    `The ${period} of action, which ran ${span}, was led in the county by the force.`,
    `Activity against ${focus} took place ${span} under Operation ${operation}.`,
  ]);
  return line(says, { kind: 'window', from, to });
}

/** The split of the premises over the towns, as one list. */
function splitOver({ towns, split, say, dice: { pick } }: Scene, form = pick(['in', 'brackets'])): string {
  const parts = towns.map((town, index) => [town, say(split[index] ?? 0)] as const);
  if (form === 'brackets') return `in ${listed(parts.map(([town, number]) => `${town} (${number})`))}`;
  return listed(parts.map(([town, number]) => `${number} in ${town}`));
}

const floors = [
  ['', 'exact'],
  ['more than ', 'more than'],
  ['almost ', 'almost'],
  ['around ', 'about'],
  ['over ', 'more than'],
  ['at least ', 'at least'],
] as const;

export function premisesLines(scene: Scene): Line[] {
  const { dice, towns, split, say, shape, period } = scene;
  const { pick, upTo, chance } = dice;
  const total = split.reduce((sum, part) => sum + part, 0);
  const [kind, single] = pick(generalKinds);
  const some = (number: number) => `${say(number)} ${number === 1 ? single : kind}`;
  const verb = pick(['visited', 'inspected', 'checked', 'searched', 'attended']);
  const visit = verb === 'visited' ? [power('visit')] : [];
  const was = (number: number) => (number === 1 ? 'was' : 'were');

  if (shape === 'totals only') {
    const [floor, qualifier] = pick(floors);
    const many = upTo(12, 140);
    const told = premises(count(many, qualifier), null);
    return [
      pick([
        line(`During the ${period}, officers ${verb} ${floor}${say(many)} ${kind} across the county.`, told, ...visit),
        line(`${upper(`${floor}${say(many)}`)} ${kind} were ${verb} in total.`, told, ...visit),
        line(
          `A total of ${say(many)} ${kind} across ${listed(towns)} were ${verb}.`,
          premises(count(many), null),
          ...visit,
        ),
      ]),
    ];
  }
  if (shape === 'labour week') {
    const kinds = dice.some(particularKinds, upTo(2, 4)).map((business) => ({ business, number: upTo(2, 31) }));
    const row = listed(kinds.map(({ business, number }) => `${say(number)} ${business}`));
    const told = kinds.map(({ business, number }) => premises(count(number), null, business));
    return [
      pick([
        line(`Teams ${verb} ${row} across the county.`, ...told, ...visit),
        line(`Visits were made to ${row}.`, ...told, power('visit')),
        line(`${upper(row)} were ${verb} during the ${period}.`, ...told, ...visit),
      ]),
    ];
  }

  const byTown = towns.map((town, index) => premises(count(split[index] ?? 0), town));
  const whole = premises(count(total), null);
  const underWarrant = [whole, ...byTown].map((told) => ({ ...told, power: 'warrant' }) as ClaimContent);
  const [one = 0, two = 0] = split;
  const [first = '', second = ''] = towns;
  const rest = towns.slice(1).map((town, index) => `${say(split[index + 1] ?? 0)} in ${town}`);
  const said = pick([
    line(
      `${upper(some(total))} were ${verb} during the ${period}, ${splitOver(scene, 'in')}.`,
      whole,
      ...byTown,
      ...visit,
    ),
    line(
      `Officers ${verb} ${some(total)}${pick([' across the county', ''])}: ${splitOver(scene, 'in')}.`,
      whole,
      ...byTown,
      ...visit,
    ),
    line(`In all, ${some(total)} were ${verb}, ${splitOver(scene, 'brackets')}.`, whole, ...byTown, ...visit),
    line(`Visits were made to ${listed([`${some(one)} in ${first}`, ...rest])}.`, ...byTown, power('visit')),
    line(
      `${upper(some(one))} in ${first} and ${say(two)} in ${second} were ${verb} by officers and partners.`,
      ...byTown.slice(0, 2),
      ...visit,
    ),
    line(
      `Search warrants were executed at ${some(total)}, ${splitOver(scene, 'in')}.`,
      ...underWarrant,
      power('warrant'),
    ),
    line(`Over the ${period} the team ${verb} ${some(one)} in ${first}.`, ...byTown.slice(0, 1), ...visit),
    line(`${upper(some(one))} in the town of ${first} ${was(one)} ${verb}.`, ...byTown.slice(0, 1), ...visit),
  ]);
  if (!chance(0.2)) return [said];
  const warrants = upTo(2, 5);
  return [
    said,
    line(`${upper(say(warrants))} warrants were executed during the ${period}.`, power('warrant', count(warrants))),
  ];
}

export function peopleLine({ dice: { pick, upTo }, say }: Scene): Line {
  const number = upTo(2, 60);
  const told = (treatment: Treatment, qualifier: Count['qualifier'] = 'exact'): ClaimContent => ({
    kind: 'people',
    treatment,
    quantity: count(number, qualifier),
  });
  const vague = pick(['several', 'a number of', 'a handful of']);
  const inSomeWords: ClaimContent = { kind: 'people', treatment: 'advised', quantity: { kind: 'words', words: vague } };
  const many = upper(say(number));
  return pick([
    line(`Safeguarding advice was given to ${vague} individuals.`, inSomeWords),
    line(`${upper(vague)} people were given advice in their own language.`, inSomeWords),
    line(`${many} people were spoken to by officers.`, told('spoken to')),
    line(`${many} women were offered support by specialist staff.`, told('advised')),
    line(`Officers spoke to more than ${say(number)} people.`, told('spoken to', 'more than')),
    line(`${many} potential victims were identified.`, told('identified')),
    line(`${many} people were safeguarded.`, told('safeguarded')),
  ]);
}

const bare = (name: string): string => plain(name.replace(/^the /, '').replace(/ \([A-Z]+\)$/, ''));
const partner = (name: string, own = false): ClaimContent => ({ kind: 'partner', name: bare(name), own });

export function partnerLines({ dice, shape, force }: Scene): { lines: Line[]; list?: Listed } {
  const { pick, upTo } = dice;
  const chosen = dice.some(partners, upTo(2, 6));
  const told = chosen.map((name) => partner(name));
  if (shape === 'partners in a list') {
    const lead = pick([
      'Partners who took part were:',
      'Officers were supported by partners including:',
      'The following agencies took part:',
    ]);
    return { lines: [], list: { lead, items: chosen.map((name) => line(upper(name), partner(name))) } };
  }
  const own = pick(ownUnits);
  const all = listed(chosen);
  return {
    lines: [
      pick([
        line(
          `They were supported by the force’s ${own}, as well as regional partners from ${all}.`,
          partner(own, true),
          ...told,
        ),
        line(`Officers were supported by ${all}.`, ...told),
        line(`${force} worked alongside ${all} throughout.`, ...told),
        line(`Officers were joined by colleagues from ${all}, who offered advice to those they met.`, ...told),
        line(`The operation was carried out in partnership with ${all}.`, ...told),
        line(`Officers, accompanied by ${all}, called at homes and businesses.`, ...told),
      ]),
    ],
  };
}

export function quoteLines({ dice: { pick, chance }, force, unit }: Scene): Line[] {
  const [rank, name] = [pick(ranks), pick(officers)];
  const from = pick([`${force}’s ${unit}`, `the ${unit}`]);
  const officer: ClaimContent = { kind: 'officer', rank, name: plain(name), of: plain(from.replace(/^the /, '')) };
  const growing = chance(0.5);
  const grow = 'number of victims of modern slavery continues to grow';
  const what = growing ? `the ${grow}` : 'people do not always see themselves as victims';
  const told: ClaimContent[] = growing ? [officer, { kind: 'without a figure', words: grow }] : [officer];
  return [
    pick([
      line(
        `${rank} ${name}${pick([` from ${from}`, `, of ${from},`, `, from ${from},`])} said: “We know that ${what}, and we ask everyone to look out for others.`,
        ...told,
      ),
      line(
        `“We know that ${what}, and we ask everyone to look out for others,” said ${rank} ${name} of ${from}.`,
        ...told,
      ),
    ]),
    line('“If you see two or three people who never go out alone, tell somebody.”'),
  ];
}

const contact = (route: ContactRoute, written: string, hours: readonly OpeningHours[] | null = null): ClaimContent => ({
  kind: 'contact',
  route,
  name: null,
  value: /^[\d ]+$/.test(written) ? written.replaceAll(' ', '') : written.replace(/^https?:\/\//, ''),
  asWritten: written,
  hours,
});

export function contactLines({ dice: { pick, chance, ...dice }, shape, area }: Scene): {
  lines: Line[];
  list?: Listed;
} {
  const [phone = '', other = ''] = dice.some(phones, 2);
  const [said, hours] = pick(hoursSaid);
  const site = pick(['www.lookcloser-oakshire.org.uk', 'https://www.lamplight.org.uk/report', 'tamarland-help.org']);
  if (shape === 'contacts in a list') {
    const items = [
      line('Calling 999 in an emergency', contact('emergency', '999')),
      line('Calling police on 101', contact('police', '101')),
      line(`The Lamplight helpline: ${phone} (open ${said})`, contact('phone', phone, hours)),
      line('Email: tellus@lamplight.example.org', contact('email', 'tellus@lamplight.example.org')),
      line(`Website: ${site}`, contact('website', site)),
    ];
    return {
      lines: [],
      list: { lead: pick(['You can report concerns by:', 'How to get in touch:', 'To report a concern:']), items },
    };
  }
  const urgent = pick([
    'In an emergency call 999.',
    'If someone is in immediate danger, call 999.',
    'In an emergency always dial 999.',
  ]);
  const emergency = line(urgent, contact('emergency', '999'));
  const worry = pick(['human trafficking', 'exploitation', 'the welfare of a worker']);
  const lines = [
    line(
      `Anyone with concerns about ${worry} should call police ${pick(['via', 'on'])} 101 or the ${area} Lamplight Helpline on ${phone}.`,
      contact('police', '101'),
      contact('phone', phone),
    ),
    pick([
      line(
        `The Harbour hotline ${other} is open ${said} or visit the website: ${site} for information and advice.`,
        contact('phone', other, hours),
        contact('website', site),
      ),
      line(`The Harbour hotline on ${other} is open ${said}.`, contact('phone', other, hours)),
      line(`You can also contact Harbour, in confidence, on ${other}, ${said}.`, contact('phone', other, hours)),
      line(`Harbour can be reached on ${other}. It is open ${said}.`, contact('phone', other, hours)),
    ]),
  ];
  if (chance(0.6)) {
    const handle = pick(['@OakshireMSP', '@LookCloserWM', '@lamplight_help']);
    lines.push(line(`Follow the partnership on Twitter: ${handle}.`, { kind: 'social', handle, network: 'Twitter' }));
  }
  return { lines: chance(0.5) ? [emergency, ...lines] : [lines[0] as Line, emergency, ...lines.slice(1)] };
}
