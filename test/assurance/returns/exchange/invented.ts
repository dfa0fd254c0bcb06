/** Invents a week of a coordinator: what happened, who sent which return of it and when, and what is wrong with some. The same seed invents the same. */
import { hash } from 'node:crypto';
import {
  exampleReturn,
  idNamed,
  keyNamed,
  type Said,
  toBytes,
} from '../../../../src/returns/exchange/document/examples.ts';

export const countries =
  'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK TR UA XK'.split(
    ' ',
  );
export type Level = 'force' | 'partnership' | 'country';

/** A visit that took place. One force counts it, or several. */
export type RealVisit = {
  readonly id: string;
  readonly day: string;
  readonly town: string;
  readonly kind: string;
  /** Shared by the forces that planned it together. */
  readonly reference: string | null;
  /** Arrests that each force recorded, by its name. */
  readonly arrests: Map<string, number>;
};

export type Sender = {
  readonly name: string;
  readonly country: string;
  readonly level: Level;
  readonly partOf: string | null;
  readonly visits: RealVisit[];
  readonly spokenTo: number;
  /** People advised, as a floor; undefined where the return does not give it. */
  readonly advised: number | undefined;
  keyEndedAt: Date | null;
  registered: boolean;
};

/** What is wrong with one document, as it was planted. */
export type Planted =
  | 'nothing'
  | 'bad signature'
  | 'not a return'
  | 'unknown key'
  | 'key ended'
  | 'another reporter'
  | 'outside the window'
  | 'other definitions'
  | 'does not add up';

export type Sent = {
  readonly sender: Sender;
  readonly version: number;
  /** Differs where two documents of one version say different things. */
  readonly variant: number;
  readonly issuedAt: string;
  readonly receivedAt: Date;
  readonly planted: Planted;
  /** Visits that this document counts. */
  readonly visits: readonly RealVisit[];
  readonly nil: boolean;
  readonly bytes: Buffer;
};

export type Invented = {
  readonly senders: readonly Sender[];
  readonly sent: readonly Sent[];
  /** Pairs of senders at one visit without a reference, and pairs at two visits that only look the same. */
  readonly unnamed: readonly { readonly visits: readonly RealVisit[]; readonly senders: readonly [Sender, Sender] }[];
};

export const week = { startsOn: '2026-09-14', endsOn: '2026-09-20', deadline: new Date('2026-09-22T12:00:00Z') };
const begins = new Date('2026-09-20T08:00:00Z').getTime();
const kinds = ['nail bar', 'car wash', 'massage or beauty', 'restaurant or takeaway'];
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

type Random = () => number;
const below = (random: Random, most: number): number => Math.floor(random() * most);
const one = <One>(random: Random, from: readonly One[]): One => from[below(random, from.length)] as One;

class Week {
  readonly random: Random;
  readonly senders: Sender[] = [];
  readonly sent: Sent[] = [];
  readonly unnamed: { visits: RealVisit[]; senders: [Sender, Sender] }[] = [];
  #number = 0;

  constructor(random: Random) {
    this.random = random;
  }

  next = (): number => {
    this.#number += 1;
    return this.#number;
  };

  visit(more: Partial<RealVisit> = {}): RealVisit {
    const number = this.next();
    const day = `2026-09-${14 + below(this.random, 7)}`;
    const place = { day, town: `Town ${number}`, kind: one(this.random, kinds) };
    return { id: `visit ${number}`, ...place, reference: null, arrests: new Map(), ...more };
  }

  attend(sender: Sender, visit: RealVisit): void {
    sender.visits.push(visit);
    visit.arrests.set(sender.name, this.random() < 0.7 ? 0 : 1 + below(this.random, 3));
  }

  sender(country: string, level: Level, partOf: string | null): Sender {
    const made: Sender = {
      ...{ name: `${level} ${this.next()} of ${country}`, country, level, partOf, visits: [] },
      spokenTo: below(this.random, 40),
      advised: this.random() < 0.1 ? undefined : 5 * below(this.random, 4),
      keyEndedAt: null,
      registered: true,
    };
    this.senders.push(made);
    const many = this.random() < 0.05 ? 0 : 1 + below(this.random, 5);
    for (let i = 0; i < many; i++) this.attend(made, this.visit());
    return made;
  }

  reference(): string {
    const draw = () => Array.from({ length: 4 }, () => one(this.random, [...letters])).join('');
    return `JV-${draw()}-${draw()}`;
  }

  /** Forces at one visit: two or three, at home or abroad, with a reference or without. */
  joinVisits(many: number): void {
    const forces = this.senders.filter(({ level, visits }) => level === 'force' && visits.length > 0);
    for (let i = 0; i < many; i++) {
      const first = one(this.random, forces);
      const others = forces.filter((other) => other !== first);
      const second = one(this.random, others);
      if (i % 2 === 0) {
        const visit = this.visit({ reference: this.reference() });
        for (const sender of new Set([first, second, ...(i % 5 === 0 ? [one(this.random, others)] : [])]))
          this.attend(sender, visit);
        continue;
      }
      const neighbour = others.find(({ country }) => country === first.country);
      if (!neighbour) continue;
      const same = this.random() < 0.5;
      const visit = this.visit();
      const other = same ? visit : this.visit({ day: visit.day, town: visit.town.toUpperCase(), kind: visit.kind });
      this.attend(first, visit);
      this.attend(neighbour, other);
      this.unnamed.push({ visits: same ? [visit] : [visit, other], senders: [first, neighbour] });
    }
  }

  add(sender: Sender, of: Partial<Omit<Sent, 'bytes' | 'sender'>>, said: Said = {}): void {
    const minutes = this.next();
    const receivedAt = of.receivedAt ?? new Date(begins + minutes * 10_000);
    const sent = {
      ...{ sender, version: 1, variant: 0, planted: 'nothing' as const, visits: sender.visits },
      issuedAt: new Date(begins + minutes * 1_000).toISOString(),
      nil: sender.visits.length === 0,
      ...of,
      receivedAt,
    };
    this.sent.push({ ...sent, bytes: write(sent, said, this.random) });
  }
}

const exact = (value: number) => ({ kind: 'number', value, qualifier: 'exact' }) as const;
const figure = (indicator: string, total: object, breakdowns: object = {}) => ({ indicator, total, breakdowns });

function describe(sent: Omit<Sent, 'bytes'>): Said {
  const { sender, visits, version, variant, nil, issuedAt } = sent;
  const arrests = (of: readonly RealVisit[]) =>
    of.reduce((sum, visit) => sum + (visit.arrests.get(sender.name) ?? 0), 0);
  const groups = Map.groupBy(visits, ({ day, town, kind }) => `${day} ${town} ${kind}`);
  return {
    operation: { id: idNamed(sender.name), name: `Operation of ${sender.name}` },
    ...{ version, nil, issuedAt, stage: version === 1 ? 'provisional' : 'revised' },
    returnDigest: hash('sha256', JSON.stringify([sender.name, version, variant, visits.map(({ id }) => id)]), 'hex'),
    note: version === 1 && variant === 0 ? null : `Version ${version}, ${variant}`,
    figures: {
      'premises.visited': figure('premises.visited', exact(visits.length)),
      'visits.made': figure('visits.made', exact(visits.length), {
        byTown: [...Map.groupBy(visits, ({ town }) => town)].map(([town, here]) => ({
          of: { town },
          quantity: exact(here.length),
        })),
      }),
      'arrests.made': figure('arrests.made', exact(arrests(visits))),
      'people.spokenTo': figure('people.spokenTo', exact(nil ? 0 : sender.spokenTo + variant)),
      ...(sender.advised !== undefined && {
        'people.advised': figure(
          'people.advised',
          nil || sender.advised === 0 ? exact(0) : { kind: 'number', value: sender.advised, qualifier: 'at least' },
        ),
      }),
    } as Said['figures'],
    visits: [...groups.values()].flatMap(([first, ...rest]) =>
      first
        ? [{ day: first.day, town: first.town, kind: first.kind, visits: 1 + rest.length, premises: 1 + rest.length }]
        : [],
    ),
    jointVisits: visits.flatMap((visit) =>
      visit.reference
        ? [
            {
              ...{ reference: visit.reference, day: visit.day, town: visit.town, kind: visit.kind },
              counts: { 'visits.made': 1, 'premises.visited': 1, 'arrests.made': arrests([visit]) },
            },
          ]
        : [],
    ),
  } as Said;
}

function write(sent: Omit<Sent, 'bytes'>, said: Said, random: Random): Buffer {
  const { sender, planted } = sent;
  const { name, country, level } = sender;
  const key = keyNamed(planted === 'unknown key' ? `stranger ${sent.issuedAt}` : name);
  const plain = describe(sent);
  const wrong = planted === 'does not add up' ? makeWrong(plain, random) : {};
  const as = planted === 'another reporter' ? makeAnother(sender, random) : { name, country, level };
  const document = exampleReturn({ ...plain, ...wrong, ...said, reporter: as }, key);
  if (planted === 'bad signature') return tamper(document, random);
  return planted === 'not a return' ? spoil(document, random) : toBytes(document);
}

const makeAnother = ({ name, country, level }: Sender, random: Random) =>
  one(random, [
    { name: `${name} too`, country, level },
    { name, country: country === 'FR' ? 'DE' : 'FR', level },
    { name, country, level: level === 'country' ? ('force' as const) : ('country' as const) },
  ]);

/** Contradicts itself in one of four ways, and is signed so. */
function makeWrong(plain: Said, random: Random): Said {
  const figures = plain.figures as NonNullable<Said['figures']>;
  const made = figures['visits.made'];
  const way = below(random, 4);
  if (way === 0 || !made)
    return {
      figures: {
        ...figures,
        'visits.made': {
          ...made,
          total: exact(77),
          breakdowns: { byTown: [{ of: { town: 'Ware' }, quantity: exact(3) }] },
        },
      },
    } as Said;
  if (way === 1)
    return { nil: true, figures: { ...figures, 'arrests.made': figure('arrests.made', exact(4)) } } as Said;
  if (way === 2)
    return { visits: [{ day: '2026-09-15', town: 'Ware', kind: 'nail bar', visits: 99, premises: 1 }] } as Said;
  return { stage: 'final', signatures: [{ role: 'analyst', at: '2026-09-16T08:00:00.000Z' }] } as Said;
}

/** Changes something after it was signed. */
function tamper(document: ReturnType<typeof exampleReturn>, random: Random): Buffer {
  const signature = document.signature.startsWith('A')
    ? `B${document.signature.slice(1)}`
    : `A${document.signature.slice(1)}`;
  return toBytes(
    one(random, [
      { ...document, signature },
      { ...document, version: document.version + 1 },
      { ...document, figures: { ...document.figures, 'nrm.sent': figure('nrm.sent', exact(9)) } },
      { ...document, reporter: { ...document.reporter, name: 'Somebody else' } },
      { ...document, issuedAt: '2026-09-30T10:00:00.000Z' },
      {
        ...document,
        jointVisits: [
          ...document.jointVisits,
          { reference: 'JV-2222-2222', day: '2026-09-15', town: 'Ware', kind: 'nail bar', counts: {} },
        ],
      },
    ]),
  );
}

function spoil(document: ReturnType<typeof exampleReturn>, random: Random): Buffer {
  const whole = toBytes(document);
  return one(random, [
    whole.subarray(0, below(random, whole.length - 2) + 1),
    toBytes({ ...document, schemaVersion: 2 }),
    toBytes({ ...document, extra: true }),
    toBytes({ ...document, figures: { 'visits.made': figure('visits.made', exact(-1)) } }),
    Buffer.from(`a note of ${document.reporter.name}`),
    Buffer.concat([whole, Buffer.from('}')]),
  ]);
}

const elsewhere = { from: '2026-10-05', until: '2026-10-11' };
const faults: readonly Exclude<Planted, 'nothing'>[] = [
  ...(['bad signature', 'not a return', 'unknown key', 'key ended', 'another reporter'] as const),
  ...(['outside the window', 'other definitions', 'does not add up'] as const),
];
const saidOf = (planted: Planted): Said => ({
  ...(planted === 'other definitions' && { definitions: '2019-09' }),
  ...(planted === 'outside the window' && {
    week: { name: 'Another week', nationalOperation: null, window: elsewhere, localWindow: elsewhere },
  }),
});

/** What one sender sends: a history in one of several shapes. */
function sendHistory(all: Week, sender: Sender): void {
  const { random } = all;
  const late = new Date(week.deadline.getTime() + all.next() * 1_000);
  const shape = random();
  const fewer = sender.visits.filter(({ reference }) => reference || random() < 0.8);
  if (shape < 0.35) all.add(sender, {});
  else if (shape < 0.5) {
    all.add(sender, { visits: fewer, nil: fewer.length === 0 });
    all.add(sender, { version: 2 });
  } else if (shape < 0.57) {
    all.add(sender, { version: 2 });
    all.add(sender, { version: 1, visits: fewer, nil: fewer.length === 0 });
  } else if (shape < 0.63) all.add(sender, { receivedAt: late });
  else if (shape < 0.7) {
    all.add(sender, {});
    all.add(sender, { variant: 1, nil: false });
    if (random() < 0.5) all.add(sender, { version: 2 });
  } else if (shape < 0.75) {
    // The same version again, issued later: it may come first.
    all.add(sender, { issuedAt: '2026-09-21T10:00:00.000Z' });
    all.add(sender, { issuedAt: '2026-09-21T09:00:00.000Z' });
  } else if (shape < 0.97) {
    const planted = one(random, faults);
    if (planted === 'key ended') sender.keyEndedAt = week.deadline;
    const when = planted === 'key ended' ? { receivedAt: late } : {};
    if (random() < 0.5) all.add(sender, {});
    all.add(sender, { version: 2, planted, ...when }, saidOf(planted));
  }
}

/** So many documents at least. */
export function inventWeek(random: Random, documents: number): Invented {
  const all = new Week(random);
  const each = Math.ceil(documents / countries.length / 1.35);
  for (const [index, country] of countries.entries()) {
    const region = each > 2 ? all.sender(country, 'partnership', null) : undefined;
    for (let i = 0; i < each; i++) all.sender(country, 'force', region && i % 4 === 0 ? region.name : null);
    if (index % 8 === 0) all.sender(country, 'country', null);
  }
  all.joinVisits(Math.ceil(documents / 5));
  for (const sender of all.senders) sendHistory(all, sender);
  while (all.sent.length < documents) sendHistory(all, all.sender(one(random, countries), 'force', null));
  return all;
}
