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
import type { Jurisdiction } from '../../vocabulary/jurisdictions.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import type { PublicationPolicy } from '../drafting/publication-policy.ts';
import { byHarm, type Harm, harms } from '../release-check/harms.ts';
import type { Inconsistency, InconsistencyKind } from '../release-reading/inconsistencies.ts';
import {
  asQuantity,
  type Claim,
  type ClaimKind,
  type ClaimOf,
  type Count,
  type Place,
} from '../release-reading/parsed-release.ts';
import { checkWords, type StoppedWords } from './check-by-harm.ts';
import type { DeceptionKind } from './findings/deceptive-text.ts';
import { deceptionsOf } from './findings/file-findings.ts';
import type { ImportedRelease } from './imported-release.ts';
import { inconsistencyText } from './in-words.ts';
import { loadReleaseReading } from './reading.ts';

/** A rule that the release would break today: the detail, its replacement, the words, and the sentences with them. */
export type Objection = {
  readonly harm: Harm;
  readonly rule: string;
  readonly items: readonly { readonly what: string; readonly instead: string }[];
  /** The words that our check would stop, in the order of the file. */
  readonly words: readonly string[];
  /** Words that can take the place of those. */
  readonly safer: readonly string[];
  readonly why: string;
  readonly source: string;
  readonly places: readonly At[];
};
type At = Pick<Place, 'line' | 'sentence'>;

/** One list, the worst harm first, as the check of our own releases orders it. */
export type PolicyCheck = {
  readonly policy: PublicationPolicy;
  readonly objections: readonly Objection[];
  /** Whether a part was too long for the check of its words. */
  readonly isTooLong: boolean;
};

type DraftingModule = typeof import('../drafting/index.ts');
let loaded: Promise<DraftingModule> | undefined;
const loadDrafting = (): Promise<DraftingModule> => {
  loaded ??= import('../drafting/index.ts');
  return loaded;
};

/** Undefined where no publication policy is in force on the day. A file that is not read any more is held to its claims alone. */
export async function checkAgainstPolicy(
  { claims, source, fileName }: Pick<ImportedRelease, 'claims' | 'source' | 'fileName'>,
  day: string,
  jurisdiction?: Jurisdiction,
): Promise<PolicyCheck | undefined> {
  const { findPolicyOn, applyPolicy: tell } = await loadDrafting();
  const policy = findPolicyOn(day);
  if (!policy) return undefined;
  const { readForm } = await loadReleaseReading();
  const form = readForm(source, fileName);
  const told = tell(
    { ...blank, facts: factsOf(claims, form.ok ? form.value.area : null), figures: figuresOf(claims) },
    policy,
  );
  const { stopped, isTooLong } = form.ok
    ? await checkWords(form.value, told, day, jurisdiction)
    : { stopped: [], isTooLong: false };
  return { policy, objections: byHarm(withWords(byPolicy(told, claims), stopped)), isTooLong };
}

const blank = { id: '', version: 1, stage: 'final', signedAt: new Date(0) } as const;

const ofKind = <Kind extends ClaimKind>(claims: readonly Claim[], kind: Kind): ClaimOf<Kind>[] =>
  claims.filter((claim): claim is ClaimOf<Kind> => claim.kind === kind);

const factsOf = (claims: readonly Claim[], area: string | null): OperationFacts => ({
  weekName: '',
  weekFocus: [],
  officialDates: ['', ''],
  localDates: ['', ''],
  area: area ?? '',
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
    ({ count }) => asQuantity(count),
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
        ({ count }) => asQuantity(count),
      ),
    }),
    ...figure('arrests.made', wholeOf(arrests) ?? (people.length > 0 ? exactly(people.length) : undefined), {
      byKind: [...arrests, ...people].map(({ matter }) => ({ of: { kind: kindOf(matter) }, quantity: exactly(1) })),
      byTown: cells(
        arrests,
        ({ town }) => (town ? { town } : null),
        ({ count }) => asQuantity(count),
      ),
      bySex: cells(
        arrests,
        ({ sex }) => (sex ? { sex } : null),
        ({ count }) => asQuantity(count),
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

type Counted = { readonly count: Count; readonly town: string | null };

/** The count of the whole; where none is given, what the parts make together. */
const wholeOf = (claims: readonly Counted[]): Quantity | undefined =>
  quantityOf(claims.find(({ town }) => town === null)?.count) ?? sumOf(claims.map(({ count }) => asQuantity(count)));

const quantityOf = (count: ClaimOf<'people'>['quantity'] | undefined): Quantity | undefined =>
  count && asQuantity(count);

const sumOf = (quantities: readonly Quantity[]): Quantity | undefined => {
  const numbers = quantities.flatMap((quantity) => (quantity.kind === 'number' ? [quantity.value] : []));
  return numbers.length === 0 ? undefined : exactly(numbers.reduce((sum, number) => sum + number, 0));
};

const met = (claims: readonly Claim[], treatment: ClaimOf<'people'>['treatment'], indicator: Indicator): Figure[] =>
  figure(indicator, quantityOf(ofKind(claims, 'people').find((one) => one.treatment === treatment)?.quantity), {});

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
        harm: harmsOfKeys[first.key] ?? 'kept in',
        rule,
        why: first.why,
        source: first.source,
        items: all.map(({ what, instead }) => ({ what, instead })),
        words: [],
        safer: [],
        places: placesOf(all.flatMap(({ touched }) => touched)),
      },
    ];
  });
}

/** What a detail that the policy keeps in could do; the others only stay in. */
const harmsOfKeys: Readonly<Record<string, Harm>> = {
  'premises.visited.byTown': 'one address',
  'premises.visited.byBusiness': 'one address',
  'arrests.premises': 'one address',
  'arrests.premises.byTown': 'one address',
  'arrests.made.byTown': 'one address',
  'arrests.made.bySexAgeResidence': 'exact age',
  'arrests.made.bySex': 'one person',
  'release.trend': 'claim',
};

/** Words of one harm in a line that a rule of the policy names are the words of that rule; the others are rules of the check. */
function withWords(objections: readonly Objection[], stopped: readonly StoppedWords[]): Objection[] {
  const isOf = ({ harm, places }: Objection, words: StoppedWords): boolean =>
    harm === words.harm && places.some(({ line }) => line === words.line);
  const apart = stopped.filter((words) => !objections.some((one) => isOf(one, words)));
  return [
    ...objections.map((one) => ({
      ...one,
      words: stopped.filter((words) => isOf(one, words)).map(({ typed }) => typed),
    })),
    ...[...Map.groupBy(apart, ({ harm, message }) => `${harm} ${message}`).values()].map(ofCheck),
  ];
}

const checkSource = 'the check of our own releases';

/** What the check says of the same words in a release of ours. */
function ofCheck(found: readonly StoppedWords[]): Objection {
  const [{ harm, message }] = found as [StoppedWords];
  const safer = [...new Set(found.flatMap((one) => one.safer ?? []))];
  return {
    harm,
    rule: harms[harm].toLowerCase(),
    items: [],
    words: found.map(({ typed }) => typed),
    safer,
    why: message,
    source: checkSource,
    places: placesOf(found),
  };
}

/** Each sentence once. */
const placesOf = (found: readonly At[]): At[] => [
  ...new Map(found.map(({ line, sentence }) => [`${line} ${sentence}`, { line, sentence }])).values(),
];

/** Said by the objections of the same harm, and so left out of the inconsistencies where there are some. */
const harmOfInconsistency: Readonly<Partial<Record<InconsistencyKind, Harm>>> = {
  'exact age with sex and town': 'exact age',
  'one premises in a town': 'one address',
  'emergency number not first': 'contact',
  'emergency number missing': 'contact',
  'warrants in one place, visits in another': 'not so',
};

/** What contradicts itself or is misprinted, and is no objection already. */
export const withoutObjections = (
  inconsistencies: readonly Inconsistency[],
  objections: readonly Objection[],
): Inconsistency[] =>
  inconsistencies.filter(({ kind }) => !objections.some(({ harm }) => harm === harmOfInconsistency[kind]));

const mostCautions = 20;
const longestCaution = 300;
const truncated = (text: string): string =>
  text.length <= longestCaution ? text : `${text.slice(0, longestCaution - 1)}…`;

/** Harms of words alone that a reader of an old release should know of; the rest is a matter for writers. */
const harmsToCaution: ReadonlySet<Harm> = new Set<Harm>([
  'anonymity for life',
  'one person',
  'exact age',
  'one address',
  'nationality',
  'arrest and help',
  'name before charge',
  'active proceedings',
]);

/** Cautions shown to the public next to an imported release: kinds of detail that would be withheld today and why, and contradictions. They repeat no detail. */
export async function cautionsFor(
  release: Pick<ImportedRelease, 'claims' | 'discrepancies' | 'source' | 'fileName'>,
  day: string,
  jurisdiction?: Jurisdiction,
): Promise<string[]> {
  const objections = (await checkAgainstPolicy(release, day, jurisdiction))?.objections ?? [];
  return [
    ...objections.flatMap(cautionOf),
    ...withoutObjections(
      release.discrepancies.inconsistencies,
      objections.filter(({ harm }) => harm === 'exact age' || harm === 'one address'),
    ).map((odd) => `${inconsistencyText(odd)}.`),
    ...(await deceptionCautions(release)),
  ]
    .map(truncated)
    .filter((caution, index, all) => all.indexOf(caution) === index)
    .slice(0, mostCautions);
}

const deceptionWords: Readonly<Record<DeceptionKind, string>> = {
  'order of letters changed': 'The text has hidden characters that change the order of letters.',
  'character without width': 'The text has characters that nobody sees.',
  'look-alike address': 'An address in the text is not what it looks like.',
  'link shows another address': 'A link in the text shows one address and leads to another.',
  'link dials another number': 'A link in the text shows one number and dials another.',
  'link runs code': 'A link in the text can run code in the reader’s browser.',
};

async function deceptionCautions({
  source,
  fileName,
}: Pick<ImportedRelease, 'source' | 'fileName'>): Promise<string[]> {
  const form = (await loadReleaseReading()).readForm(source, fileName);
  return form.ok ? deceptionsOf(form.value).map(({ kind }) => deceptionWords[kind]) : [];
}

function cautionOf({ harm, items, why, source }: Objection): string[] {
  if (source !== checkSource) return [`${capital(listOf(items.map(({ what }) => what)))}. ${why}`];
  return harmsToCaution.has(harm) ? [`${harms[harm]}. A release of ours would not print this.`] : [];
}
