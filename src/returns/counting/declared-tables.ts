/**
 * The tables of a return that count people helped and potential victims, declared before anything is counted. One person may get several kinds
 * of advice, so each kind is a yes or no of that person: the kinds overlap, and every sum still holds. Needs are counted
 * one by one, and remember whose they are. Pure.
 */
import { adviceKinds, needKinds, supportResponderKinds } from '../../safeguarding/referrals/index.ts';
import type { Breakdown, Dimension, Indicator } from '../../vocabulary/figures.ts';
import type { CellCodes, Declaration } from '../disclosure-control/index.ts';
import { type CountedItem, type Records, unknownValue } from './counting.ts';
import { listPeopleInNotes, listReferredPeople } from './victims-checks-cash.ts';

export const populations = [
  'people advised',
  'people who declined police',
  'needs',
  'referrals',
  'referrals by officers',
  'referrals by support agencies',
  'potential victims referred by officers',
  'potential victims in notes',
  'people arrested with a concern',
] as const;
export type Population = (typeof populations)[number];

/** What is known of an operation before anybody is counted. */
export type Around = {
  readonly towns: readonly string[];
  /** Support agencies, which referrals for help can go to. */
  readonly organisations: readonly string[];
  /** Agencies whose officers can be first responders. */
  readonly responders: readonly string[];
};

/** One person, or one referral: its facts in one population, and the agency that knows of it. */
export type Unit = { readonly facts: readonly CellCodes[]; readonly agency: string | null };

/** The cells of a figure of the return in the tables of its population: the codes of its total, and of the parts of its breakdowns. */
export type Place = {
  readonly indicator: Indicator;
  readonly total: CellCodes;
  readonly parts?: Readonly<Partial<Record<Breakdown, readonly Part[]>>>;
};
type Part = { readonly of: Readonly<Partial<Record<Dimension, string>>>; readonly codes: CellCodes };

export type DeclaredTables = {
  readonly declaration: Declaration;
  readonly places: readonly Place[];
  readonly listUnits: (records: Records) => readonly Unit[];
  /** A population of facts is shown where at least five people stand behind them. */
  readonly isOfSeveralFactsEach: boolean;
};

const flat = (name: string, codes: readonly string[]) => ({
  name,
  codes: codes.map((code) => ({ code, parent: null })),
});
const sorted = (names: readonly string[]): string[] => [...new Set([...names, unknownValue])].sort();
const states = ['sent', 'accepted', 'declined'] as const;
const declaredNeeds = needKinds.filter((kind) => kind !== 'nothing now');
const countedNeeds = sorted(declaredNeeds);
const adviceOf = (kind: string): string => `advice: ${kind}`;

/** A code that was not declared is one of which nothing is known. */
const toCode = (code: string, declared: readonly string[]): string => (declared.includes(code) ? code : unknownValue);

/** Facts by the pseudonym of the person. */
const groupByPerson = ({ facts }: Records, indicator: Indicator) => [
  ...Map.groupBy(
    facts.filter((fact) => fact.indicator === indicator),
    ({ person }) => person,
  ).values(),
];

function declareAdvised(towns: readonly string[]): DeclaredTables {
  const town = sorted(towns);
  const kinds = adviceKinds.map(adviceOf);
  return {
    declaration: {
      population: 'people advised',
      dimensions: [flat('town', town), ...kinds.map((kind) => flat(kind, ['yes', 'no']))],
      tables: ['town', ...kinds].map((name) => ({ name, by: [name] })),
    },
    places: [
      {
        indicator: 'people.advised',
        total: {},
        parts: {
          byTown: town.map((one) => ({ of: { town: one }, codes: { town: one } })),
          byAdvice: adviceKinds.map((advice) => ({ of: { advice }, codes: { [adviceOf(advice)]: 'yes' } })),
        },
      },
    ],
    listUnits: (records) =>
      groupByPerson(records, 'people.advised').map((facts) => {
        const first = facts.reduce((least, fact) => (fact.id < least.id ? fact : least));
        const given = new Set(facts.map(({ part }) => part));
        const advice = adviceKinds.map((kind) => [adviceOf(kind), given.has(kind) ? 'yes' : 'no'] as const);
        return { facts: [{ town: toCode(first.town, town), ...Object.fromEntries(advice) }], agency: null };
      }),
    isOfSeveralFactsEach: false,
  };
}

const declareDeclined = (): DeclaredTables => ({
  declaration: { population: 'people who declined police', dimensions: [], tables: [{ name: 'whole', by: [] }] },
  places: [{ indicator: 'people.declinedPolice', total: {} }],
  listUnits: (records) => groupByPerson(records, 'people.declinedPolice').map(() => ({ facts: [{}], agency: null })),
  isOfSeveralFactsEach: false,
});

const declareNeeds = (): DeclaredTables => ({
  declaration: {
    population: 'needs',
    dimensions: [flat('need', countedNeeds)],
    tables: [{ name: 'need', by: ['need'] }],
  },
  places: [
    {
      indicator: 'needs.recorded',
      total: {},
      parts: { byNeed: countedNeeds.map((need) => ({ of: { need }, codes: { need } })) },
    },
  ],
  listUnits: (records) =>
    groupByPerson(records, 'needs.recorded').flatMap((facts) => {
      const parts = new Set(facts.flatMap(({ part }) => (part === null || part === 'nothing now' ? [] : [part])));
      const needs = [...parts].map((part) => ({ need: toCode(part, countedNeeds) }));
      return needs.length === 0 ? [] : [{ facts: needs, agency: null }];
    }),
  isOfSeveralFactsEach: true,
});

/** The organisation that a referral went to knows of it, and could take its own away from a total. */
function declareReferrals(organisations: readonly string[]): DeclaredTables {
  const organisation = sorted(organisations);
  return {
    declaration: {
      population: 'referrals',
      dimensions: [flat('organisation', organisation), flat('state', states)],
      tables: ['organisation', 'state'].map((name) => ({ name, by: [name] })),
    },
    places: [
      {
        indicator: 'referrals.made',
        total: {},
        parts: {
          byOrganisation: organisation.map((one) => ({ of: { organisation: one }, codes: { organisation: one } })),
        },
      },
      { indicator: 'referrals.accepted', total: { state: 'accepted' } },
      { indicator: 'referrals.declined', total: { state: 'declined' } },
    ],
    listUnits: ({ referrals }) =>
      referrals.map(({ organisation: name, state }) => ({
        facts: [{ organisation: toCode(name, organisation), state }],
        agency: toCode(name, organisation),
      })),
    isOfSeveralFactsEach: false,
  };
}

/** NRM referrals and Duty to Notify of one side, by first responder. `first` is the first responder. */
type Sent = { readonly person: string; readonly outcome: string | null; readonly first: string };
type SentTables = {
  readonly population: Population;
  readonly by: 'organisation' | 'responder';
  readonly codes: readonly string[];
  readonly indicators: Readonly<Record<'sent' | (typeof outcomes)[number], Indicator>>;
  readonly list: (records: Records) => readonly Sent[];
};

/** A first responder knows its own, and those of one kind can know each other's. */
function declareSent({ population, by, codes, indicators, list }: SentTables): DeclaredTables {
  const declared = sorted(codes);
  const breakdown: Breakdown = by === 'organisation' ? 'byOrganisation' : 'byResponder';
  const parts = (more: CellCodes) => ({
    [breakdown]: declared.map((one) => ({ of: { [by]: one }, codes: { ...more, [by]: one } })),
  });
  return {
    declaration: {
      population,
      dimensions: [flat(by, declared), flat('outcome', outcomes)],
      tables: [{ name: `${by} by outcome`, by: [by, 'outcome'] }],
    },
    places: [
      { indicator: indicators.sent, total: {}, parts: parts({}) },
      ...outcomes.map((outcome) => ({ indicator: indicators[outcome], total: { outcome }, parts: parts({ outcome }) })),
    ],
    listUnits: (records) =>
      [...Map.groupBy(list(records).filter(isSent), ({ person }) => person).values()].map((ofPerson) => {
        const facts = ofPerson.map(({ first, outcome }) => ({ [by]: toCode(first, declared), outcome: outcome ?? '' }));
        const [one, ...others] = [...new Set(ofPerson.map(({ first }) => toCode(first, declared)))];
        return { facts, agency: others.length === 0 ? (one ?? null) : null };
      }),
    isOfSeveralFactsEach: false,
  };
}

const outcomes = ['referral', 'notification'] as const;
const isSent = ({ outcome }: Sent): boolean => (outcomes as readonly (string | null)[]).includes(outcome);

const declareByOfficers = (responders: readonly string[]): DeclaredTables =>
  declareSent({
    population: 'referrals by officers',
    by: 'organisation',
    codes: responders,
    indicators: { sent: 'nrm.sent', referral: 'nrm.referred', notification: 'nrm.notified' },
    list: ({ officerReferrals }) =>
      officerReferrals.map(({ organisation, ...one }) => ({ ...one, first: organisation })),
  });

/** By the kind of first responder alone: which support agency referred somebody could tell where the person was helped. */
const declareBySupport = (): DeclaredTables =>
  declareSent({
    population: 'referrals by support agencies',
    by: 'responder',
    codes: supportResponderKinds,
    indicators: {
      sent: 'nrm.sentBySupport',
      referral: 'nrm.referredBySupport',
      notification: 'nrm.notifiedBySupport',
    },
    list: ({ submittedReferrals }) => submittedReferrals.map(({ responder, ...one }) => ({ ...one, first: responder })),
  });

/** People by age, each once: as the definition of the figure lists them. */
const declareVictims = (
  population: Population,
  indicator: Indicator,
  list: (records: Records) => readonly CountedItem[],
): DeclaredTables => ({
  declaration: { population, dimensions: [flat('age', ages)], tables: [{ name: 'age', by: ['age'] }] },
  places: [{ indicator, total: {}, parts: { byAge: ages.map((age) => ({ of: { age }, codes: { age } })) } }],
  listUnits: (records) =>
    list(records).map(({ of }) => ({ facts: [{ age: toCode(of.age ?? '', ages) }], agency: null })),
  isOfSeveralFactsEach: false,
});
const ages = sorted(['adult', 'child']);

/** The whole alone. */
const declareConcerns = (): DeclaredTables => ({
  declaration: {
    population: 'people arrested with a concern',
    dimensions: [],
    tables: [{ name: 'whole', by: [] }],
  },
  places: [{ indicator: 'arrests.concern', total: {} }],
  listUnits: ({ arrests }) =>
    arrests.filter(({ screening }) => screening === 'concern raised').map(() => ({ facts: [{}], agency: null })),
  isOfSeveralFactsEach: false,
});

export const declareTables = ({
  towns,
  organisations,
  responders,
}: Around): Readonly<Record<Population, DeclaredTables>> => ({
  'people advised': declareAdvised(towns),
  'people who declined police': declareDeclined(),
  needs: declareNeeds(),
  referrals: declareReferrals(organisations),
  'referrals by officers': declareByOfficers(responders),
  'referrals by support agencies': declareBySupport(),
  'potential victims referred by officers': declareVictims(
    'potential victims referred by officers',
    'victims.byOfficers',
    listReferredPeople,
  ),
  'potential victims in notes': declareVictims('potential victims in notes', 'victims.inNotes', listPeopleInNotes),
  'people arrested with a concern': declareConcerns(),
});
