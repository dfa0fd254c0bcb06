/** What of a release would not pass today: its claims are held to the publication policy in force, by the same rules as our own figures. */

import {
  type Cell,
  disclosureThreshold,
  exactly,
  type Figure,
  type Figures,
  type Indicator,
  type OperationFacts,
  type Quantity,
} from '../../vocabulary/figures.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import type { PublicationPolicy } from '../drafting/publication-policy.ts';
import type { Inconsistency, InconsistencyKind } from '../release-reading/inconsistencies.ts';
import type { Claim, ClaimKind, ClaimOf, Place } from '../release-reading/parsed-release.ts';
import type { ImportedRelease } from './imported-release.ts';
import { inconsistencyText } from './in-words.ts';

/** A rule that the release would break today: the detail, its replacement, and the sentences with it. */
export type Objection = {
  readonly items: readonly { readonly what: string; readonly instead: string }[];
  readonly rule: string;
  readonly why: string;
  readonly source: string;
  readonly places: readonly Place[];
};

export type PolicyCheck = { readonly policy: PublicationPolicy; readonly objections: readonly Objection[] };

type DraftingModule = typeof import('../drafting/index.ts');
let loaded: Promise<DraftingModule> | undefined;
const loadDrafting = (): Promise<DraftingModule> => {
  loaded ??= import('../drafting/index.ts');
  return loaded;
};

/** Undefined where no publication policy is in force on the day. */
export async function checkAgainstPolicy(
  claims: readonly Claim[],
  inconsistencies: readonly Inconsistency[],
  day: string,
): Promise<PolicyCheck | undefined> {
  const { findPolicyOn, applyPolicy: tell } = await loadDrafting();
  const policy = findPolicyOn(day);
  if (!policy) return undefined;
  const told = tell({ ...blank, facts: factsOf(claims), figures: figuresOf(claims) }, policy);
  return { policy, objections: [...byPolicy(told, claims), ...byOwnRules(inconsistencies)] };
}

const blank = { id: '', version: 1, stage: 'final', signedAt: new Date(0) } as const;

const ofKind = <Kind extends ClaimKind>(claims: readonly Claim[], kind: Kind): ClaimOf<Kind>[] =>
  claims.filter((claim): claim is ClaimOf<Kind> => claim.kind === kind);

const factsOf = (claims: readonly Claim[]): OperationFacts => ({
  weekName: '',
  weekFocus: [],
  officialDates: ['', ''],
  localDates: ['', ''],
  area: '',
  leadAgency: '',
  codeName: '',
  unit: '',
  ownUnits: [],
  partners: ofKind(claims, 'partner').map(({ name }) => name),
  participatingCountries: null,
  parentWeekName: null,
});

/** The parts of a figure, of those claims that say what they are part of. */
const cells = <One>(from: readonly One[], of: (one: One) => Cell['of'] | null, count: (one: One) => Quantity): Cell[] =>
  from.flatMap((one) => {
    const told = of(one);
    return told ? [{ of: told, quantity: count(one) }] : [];
  });

/** The claims as if they were counts: the policy then bites where it would bite on a return of ours. */
function figuresOf(claims: readonly Claim[]): Figures {
  const premises = ofKind(claims, 'premises');
  const arrests = ofKind(claims, 'arrests');
  const people = ofKind(claims, 'person arrested');
  const byTown = cells(
    premises,
    ({ town }) => (town ? { town } : null),
    ({ count }) => count,
  );
  const at = cells(
    arrests,
    ({ town, addresses }) => (town && addresses !== null ? { town } : null),
    ({ addresses }) => exactly(addresses ?? 0),
  );
  const one = () => exactly(1);
  // Where no town is told to have been visited, those with arrests were, at as many addresses or more.
  const visited = byTown.length > 0 ? byTown : at;
  const figures: Figure[] = [
    ...figure('premises.visited', wholeOf(premises) ?? sumOf(at.map(({ quantity }) => quantity)) ?? numberNotGiven, {
      byTown: visited,
      byBusiness: cells(
        premises,
        ({ business }) => (business ? { business } : null),
        ({ count }) => count,
      ),
    }),
    ...figure('arrests.made', wholeOf(arrests) ?? (people.length > 0 ? exactly(people.length) : undefined), {
      byKind: [...arrests, ...people].map(({ matter }) => ({ of: { kind: kindOf(matter) }, quantity: exactly(1) })),
      byTown: cells(
        arrests,
        ({ town }) => (town ? { town } : null),
        ({ count }) => count,
      ),
      bySex: cells(
        arrests,
        ({ sex }) => (sex ? { sex } : null),
        ({ count }) => count,
      ),
      bySexAgeResidence: cells(
        people,
        ({ sex, age, home }) =>
          age !== null || home !== null ? { sex: sex ?? '', age: `${age}`, residence: home ?? '' } : null,
        one,
      ),
    }),
    ...figure('arrests.premises', sumOf(at.map(({ quantity }) => quantity)), { byTown: at }),
    ...met(claims, 'advised', 'people.advised'),
    ...met(claims, 'spoken to', 'people.spokenTo'),
    ...met(claims, 'referred', 'referrals.made'),
  ];
  return Object.fromEntries(figures.map((made) => [made.indicator, made]));
}

/** A release that gives no number of addresses is not held to the rules on few of them. */
const numberNotGiven: Quantity = { kind: 'number', value: disclosureThreshold, qualifier: 'at least' };

/** Only what says so is an arrest for a crime. */
const kindOf = (matter: string | null): string =>
  matter !== null && !/immigra|border|visa|remain/i.test(matter) ? 'criminal' : 'not said';

const figure = (indicator: Indicator, total: Quantity | undefined, parts: Figure['breakdowns']): Figure[] => {
  if (!total) return [];
  const told = Object.entries(parts).filter(([, cells]) => cells.length > 0);
  return [{ indicator, total, breakdowns: Object.fromEntries(told) }];
};

type Counted = { readonly count: Quantity; readonly town: string | null };

/** The count of the whole; where none is given, what the parts make together. */
const wholeOf = (claims: readonly Counted[]): Quantity | undefined =>
  claims.find(({ town }) => town === null)?.count ?? sumOf(claims.map(({ count }) => count));

const sumOf = (quantities: readonly Quantity[]): Quantity | undefined => {
  const numbers = quantities.flatMap((quantity) => (quantity.kind === 'number' ? [quantity.value] : []));
  return numbers.length === 0 ? undefined : exactly(numbers.reduce((sum, number) => sum + number, 0));
};

const met = (claims: readonly Claim[], treatment: ClaimOf<'people'>['treatment'], indicator: Indicator): Figure[] =>
  figure(indicator, ofKind(claims, 'people').find((one) => one.treatment === treatment)?.quantity, {});

/** Which claims a key of the policy is about. */
const about: Readonly<Record<string, (claim: Claim) => boolean>> = {
  'premises.visited.byTown': (claim) => claim.kind === 'premises' && claim.town !== null,
  'premises.visited.byBusiness': (claim) => claim.kind === 'premises' && claim.business !== null,
  'arrests.made.byTown': (claim) => claim.kind === 'arrests' && claim.town !== null,
  'arrests.made.bySex': (claim) => claim.kind === 'arrests' && claim.sex !== null,
  'arrests.made.bySexAgeResidence': (claim) => claim.kind === 'person arrested',
  'arrests.premises': (claim) => claim.kind === 'arrests' && claim.addresses !== null,
  'arrests.premises.byTown': (claim) => claim.kind === 'arrests' && claim.addresses !== null && claim.town !== null,
  'people.advised': (claim) => claim.kind === 'people' && claim.treatment === 'advised',
  'people.spokenTo': (claim) => claim.kind === 'people' && claim.treatment === 'spoken to',
  'referrals.made': (claim) => claim.kind === 'people' && claim.treatment === 'referred',
  'release.trend': (claim) => claim.kind === 'without a figure',
  'partners.immigration': (claim) => claim.kind === 'partner',
};

function byPolicy({ withheld, unnamed }: PublishableReturn, claims: readonly Claim[]): Objection[] {
  const touches = (key: string, claim: Claim): boolean =>
    (about[key]?.(claim) ?? false) &&
    (key !== 'partners.immigration' || (claim.kind === 'partner' && unnamed.includes(claim.name)));
  const broken = withheld
    .map((one) => ({ ...one, touched: claims.filter((claim) => touches(one.key, claim)) }))
    .filter(({ touched }) => touched.length > 0);
  return [...Map.groupBy(broken, ({ rule }) => rule)].flatMap(([rule, [first, ...more]]) => {
    if (!first) return [];
    const all = [first, ...more];
    return [
      {
        rule,
        why: first.why,
        source: first.source,
        items: all.map(({ what, instead }) => ({ what, instead })),
        places: placesOf(all.flatMap(({ touched }) => touched)),
      },
    ];
  });
}

/** Each sentence once. */
const placesOf = (found: readonly Place[]): Place[] => [
  ...new Map(found.map(({ part, line, sentence }) => [`${line} ${sentence}`, { part, line, sentence }])).values(),
];

const dangerFirst = {
  rule: 'danger first',
  why: 'A reader in danger must find that number first.',
  source: 'a promise of Safelight',
} as const;

const ownRules: Readonly<Partial<Record<InconsistencyKind, string>>> = {
  'emergency number not first': 'a number to call before the one for an emergency',
  'emergency number missing': 'numbers to call, and none for an emergency',
};

const byOwnRules = (inconsistencies: readonly Inconsistency[]): Objection[] =>
  inconsistencies.flatMap(({ kind, ...place }) => {
    const what = ownRules[kind];
    if (!what) return [];
    return [{ ...dangerFirst, items: [{ what, instead: 'the emergency number first' }], places: placesOf([place]) }];
  });

/** Listed under today's objections, and so left out of the inconsistencies. */
const policyInconsistencies: ReadonlySet<InconsistencyKind> = new Set([
  'exact age with sex and town',
  'one premises in a town',
  'emergency number not first',
  'emergency number missing',
]);

/** What contradicts itself or is misprinted, whatever the policy. */
export const withoutPolicyInconsistencies = (inconsistencies: readonly Inconsistency[]): Inconsistency[] =>
  inconsistencies.filter(({ kind }) => !policyInconsistencies.has(kind));

const mostCautions = 20;
const longestCaution = 300;
const truncated = (text: string): string =>
  text.length <= longestCaution ? text : `${text.slice(0, longestCaution - 1)}…`;

/** Cautions shown to the public next to an imported release: kinds of detail that would be withheld today and why, and contradictions. They repeat no detail. */
export async function cautionsFor(
  { claims, discrepancies }: Pick<ImportedRelease, 'claims' | 'discrepancies'>,
  day: string,
): Promise<string[]> {
  const today = await checkAgainstPolicy(claims, discrepancies.inconsistencies, day);
  const objections = today?.objections ?? [];
  return [
    ...objections.map(({ items, why }) => `${capital(listOf(items.map(({ what }) => what)))}. ${why}`),
    ...withoutPolicyInconsistencies(discrepancies.inconsistencies).map((odd) => `${inconsistencyText(odd)}.`),
  ]
    .map(truncated)
    .filter((caution, index, all) => all.indexOf(caution) === index)
    .slice(0, mostCautions);
}
