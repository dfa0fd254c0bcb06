/** Makes invented intelligence texts with the reports that they were made from: some give their source away, some do not. They were written without knowledge of the check. */
import { cleanKinds } from './clean-kinds.ts';
import { plantedKinds } from './planted-kinds.ts';
import { otherPlantedKinds } from './planted-knowledge.ts';
import type { Kind, Person, Random, SourceText, Theme, Values } from './text-kinds.ts';
import { homeThemes, themes } from './themes.ts';
import {
  approximateTimes,
  employers,
  femaleSubjects,
  femaleVictims,
  givenSources,
  maleSubjects,
  maleVictims,
  months,
  numberWords,
  relatives,
  streets,
  towns,
  vehicles,
  wordSources,
} from './words.ts';

const openers = [
  'I want to report something that is not right.',
  "Hi, I'm not sure if this is the right place but I am worried about some people.",
  'I have been meaning to write for weeks.',
  'Please can someone look into this, I think it is modern slavery.',
  'I dont know who else to tell.',
  'I saw the poster so I am filling this in.',
  'Im reporting this because I cant leave it.',
];

const closers = [
  'Please dont say it came from me.',
  'I hope you can help them.',
  'I dont want my name given to anyone.',
  'Thank you for reading.',
  'I will help if I can but I am nervous.',
  "That's all I know.",
  '',
];

function integer(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('There is nothing to pick from.');
  return value;
}

function shuffled<T>(random: Random, values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Fill the slots, the innermost first. */
function fill(random: Random, template: string, values: Values): string {
  let text = template;
  for (let depth = 0; text.includes('{'); depth += 1) {
    if (depth > 6) throw new Error(`The slots do not come to an end: ${text}`);
    text = text.replace(/\{([^{}]*)\}/g, (_slot, inner: string) => {
      if (inner.includes('|')) return pick(random, inner.split('|'));
      const value = values[inner];
      if (value === undefined) throw new Error(`There is no slot ${inner}: ${template}`);
      return value;
    });
  }
  return text;
}

/** A registration mark that was never issued: no mark begins with J, T, U or Z. */
function registration(random: Random): string {
  const letters = 'ABCDEFGHJKLMNPRSTUVWXY';
  const letter = () => pick(random, [...letters]);
  const year = pick(random, ['15', '17', '18', '66', '68', '19', '70', '21', '72', '23']);
  const mark = `${pick(random, ['J', 'T', 'U', 'Z'])}${letter()}${year}`;
  return `${mark}${pick(random, ['', ' '])}${letter()}${letter()}${letter()}`;
}

/** One clock time in two ways of writing. */
function clock(random: Random): readonly [string, string] {
  const hour = integer(random, 0, 23);
  const minute = pick(random, [3, 7, 12, 17, 23, 26, 34, 38, 41, 47, 52, 58]);
  const hh = String(hour).padStart(2, '0');
  const mm = String(minute).padStart(2, '0');
  const twelve = `${hour % 12 === 0 ? 12 : hour % 12}`;
  const half = hour < 12 ? 'am' : 'pm';
  const forms = [
    `${hh}:${mm}`,
    `${hh}${mm} hours`,
    `${hh}${mm}hrs`,
    `${hh}.${mm}`,
    `${twelve}.${mm}${half}`,
    `${twelve}:${mm} ${half}`,
  ];
  return [pick(random, forms), pick(random, forms)];
}

/** The name, number and address of the source, each as they gave it and as the text has it. */
function contactValues(random: Random, person: Person): Values {
  const [first, last, nick, title] = person;
  const plainFirst = first
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
  const plainLast = last
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
  const mobile = random() < 0.75;
  const tail = String(integer(random, 100, 499));
  const phones = mobile
    ? [`07700 900${tail}`, `07700900${tail}`, `+447700900${tail}`]
    : [`01632 960${tail}`, `01632960${tail}`];
  const phoneTexts = mobile
    ? [
        `07700 900 ${tail}`,
        `07700-900-${tail}`,
        `0770 0900 ${tail}`,
        `+44 7700 900${tail}`,
        `+44 (0)7700 900${tail}`,
        `0044 7700 900 ${tail}`,
        `07700900${tail}`,
        `077 00 90 0${tail.slice(0, 1)} ${tail.slice(1)}`,
      ]
    : [`01632 960 ${tail}`, `(01632) 960${tail}`, `01632-960-${tail}`, `+44 1632 960${tail}`, `01632960${tail}`];
  const year2 = integer(random, 61, 99);
  const mail = pick(random, [
    `${plainFirst}.${plainLast}@example.org`,
    `${plainFirst.charAt(0)}${plainLast}${year2}@example.org`,
    `${plainLast}_${plainFirst}@example.org`,
    `${pick(random, ['tealady', 'gardengnome', 'nightowl', 'oldsailor', 'rubyslipper'])}${year2}@example.org`,
  ]);
  const [mailUser = ''] = mail.split('@');
  return {
    first,
    last,
    nick,
    title,
    f: first.charAt(0),
    l: last.charAt(0),
    FIRST: first.toUpperCase(),
    LAST: last.toUpperCase(),
    phone: pick(random, phones),
    phoneText: pick(random, phoneTexts),
    mail,
    mailText: pick(random, [
      mail,
      mail.toUpperCase(),
      `${mailUser} at example.org`,
      `${mailUser}(at)example.org`,
      `${mailUser} [at] example dot org`,
    ]),
  };
}

/** Values for the slots of one text. */
function theScene(random: Random, theme: Theme, person: Person): Values {
  const capitals = random() < 0.6;
  const surname = (last: string) => (capitals ? last.toUpperCase() : last);
  const male = random() < 0.7;
  const [subject, second] = shuffled(random, male ? maleSubjects : femaleSubjects);
  const [town = '', town2 = ''] = shuffled(random, towns);
  const [street = '', street2 = ''] = shuffled(random, streets);
  const [veh = '', veh2 = ''] = shuffled(random, vehicles);
  if (subject === undefined || second === undefined) throw new Error('There are too few subjects.');
  const areMale = theme.ppl === 'workers' ? random() < 0.5 : theme.ppl.endsWith('males') && theme.ppl !== 'females';
  const victim = pick(random, areMale ? maleVictims : femaleVictims);
  const [vFirst = '', vLast = ''] = victim.split(' ');
  const no = integer(random, 3, 140);
  const sno = no + pick(random, [1, 2, 3, 4, 6]);
  const sflat = integer(random, 2, 19);
  const month = pick(random, months);
  const n = pick(random, numberWords);
  const [clock1, clock2] = clock(random);
  const S = `${subject[0]} ${surname(subject[1])}`;
  const veh1 = capital(veh);
  const trade = street.toLowerCase().replaceAll(' ', '');
  const address =
    homeThemes.includes(theme.id) && random() < 0.4
      ? `Flat ${integer(random, 2, 30)}, ${no} ${street}`
      : `${no} ${street}`;
  return {
    town,
    town2,
    street,
    no: String(no),
    no2: String(no + 2),
    addr: `${address}, ${town}`,
    home: `${integer(random, 1, 99)} ${street2}, ${pick(random, [town, town2])}`,
    place: theme.place,
    Place: capital(theme.place),
    ppl: theme.ppl,
    biz: pick(random, theme.businesses),
    n,
    n2: capital(n),
    S,
    s: surname(subject[1]),
    S2: `${second[0]} ${surname(second[1])}`,
    he: male ? 'he' : 'she',
    He: male ? 'He' : 'She',
    him: male ? 'him' : 'her',
    his: male ? 'his' : 'her',
    His: male ? 'His' : 'Her',
    V: `${vFirst} ${surname(vLast)}`,
    v: vFirst,
    vhe: areMale ? 'he' : 'she',
    vhim: areMale ? 'him' : 'her',
    veh,
    veh1,
    veh2,
    vrm: registration(random),
    vrm2: registration(random),
    vrmPart: registration(random).slice(0, 4),
    vrmWord: pick(random, ['JE19 OUR', 'TY70 WEE', 'UU21 MYE', 'ZE18 USA', 'US19 MEW', 'UY72 WES']),
    sphone: pick(random, ['07700 900', '07700900', '+44 7700 900']) + integer(random, 500, 740),
    sphone2: `07700 900${integer(random, 741, 999)}`,
    slandline: `01632 960${integer(random, 500, 999)}`,
    smail: `${pick(random, ['jobs', 'bookings', 'info', 'work'])}.${trade}@example.org`,
    month,
    date: `${integer(random, 1, 28)} ${month}`,
    clock: clock1,
    clock2,
    approx: pick(random, approximateTimes),
    ...contactValues(random, person),
    sno: String(sno),
    sflat: String(sflat),
    saddr: `${sno} ${street}`,
    rel: pick(random, relatives),
    emp: pick(random, employers),
  };
}

/** Whether any part of the name is in the text. */
function names(text: string, person: Person): boolean {
  const lower = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const [first, last, nick] = person;
  return [first, ...last.split(/[-\s]/), nick].some((name) => {
    const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
    return lower.includes(` ${plain} `);
  });
}

function theText(random: Random, { kind, ...rules }: Kind, clean: boolean): SourceText | undefined {
  const fitting = themes.filter(({ id }) => rules.themes === undefined || rules.themes.includes(id));
  const theme = pick(random, fitting);
  const person: Person = pick(random, rules.name === 'word' ? wordSources : givenSources);
  const scene = theScene(random, theme, person);
  const values = rules.who === undefined ? scene : { ...scene, who: pick(random, rules.who) };
  const [ownWords, ...sentences] = pick(random, rules.patterns);
  const lead = pick(random, theme.leads);
  const facts = shuffled(random, theme.facts).slice(0, integer(random, 0, 2));
  const before = facts.slice(0, integer(random, 0, facts.length));
  const after = facts.slice(before.length);
  const first = !clean && random() < 0.12;
  const body = first ? [...sentences, lead, ...facts] : [lead, ...before, ...sentences, ...after];
  const text = (rules.alone ? sentences : body)
    .map((sentence) => capital(fill(random, sentence, values)))
    .join(random() < 0.06 ? '\n' : ' ');
  if (rules.who === undefined && names(text, person)) return undefined;

  const given = rules.name === 'given' || rules.name === 'word' || (rules.name !== 'absent' && random() < 0.7);
  const signed = rules.name === 'absent' || (given && random() < 0.4);
  const channel =
    rules.channel === 'phone' || (rules.channel === undefined && random() < 0.45)
      ? scene['phone']
      : rules.channel === 'email' || random() < 0.5
        ? scene['mail']
        : undefined;
  const told = shuffled(random, theme.reports).slice(0, integer(random, 1, 2));
  const report = [
    pick(random, openers),
    ...told,
    `${ownWords}`,
    pick(random, closers),
    signed ? '{Thanks, {first}|My name is {first} {last}.|From {first} {last}|Regards {title} {last}}' : '',
  ];
  return {
    kind,
    text,
    report: report
      .filter((sentence) => sentence !== '')
      .map((sentence) => capital(fill(random, sentence, scene)))
      .join(' '),
    source: {
      ...(given ? { name: `${scene['first']} ${scene['last']}` } : {}),
      ...(channel === undefined ? {} : { channel }),
    },
  };
}

function distinct(random: Random, count: number, kinds: readonly Kind[], clean: boolean): readonly SourceText[] {
  const order = shuffled(random, kinds);
  const texts = new Map<string, SourceText>();
  for (let attempt = 0; texts.size < count; attempt += 1) {
    if (attempt > count * 50 + 1000) throw new Error(`There are not ${count} different texts.`);
    const kind = order[texts.size % order.length];
    const made = kind === undefined ? undefined : theText(random, kind, clean);
    if (made !== undefined && !texts.has(made.text)) texts.set(made.text, made);
  }
  return [...texts.values()];
}

/** `count` different texts that give the source away, from a seeded random function in [0, 1). */
export function plantedTexts(random: () => number, count: number): readonly SourceText[] {
  return distinct(random, count, [...plantedKinds, ...otherPlantedKinds], false);
}

/** `count` different properly sanitised texts. */
export function cleanTexts(random: () => number, count: number): readonly SourceText[] {
  return distinct(random, count, cleanKinds, true);
}
