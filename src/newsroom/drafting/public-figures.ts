/** Applies a policy to a signed return: the public figures, and every figure that was coarsened or withheld. */

import {
  type Breakdown,
  breakdowns,
  type Cell,
  type Figure,
  type Figures,
  type Indicator,
  indicators,
  isFewerThanFive,
  type OperationFacts,
  type Quantity,
  type SignedReturn,
} from '../../vocabulary/figures.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { isNought, quantityAsPart, sameQuantity } from './english.ts';
import { hasFewPeople, isFewAddresses, isNameInDoubt, listOfOne, minimumOf } from './few-addresses.ts';
import { withoutTellingNames } from './plan-names.ts';
import {
  type Condition,
  type FactKey,
  type FigureKey,
  factNames,
  type Key,
  type PublicationPolicy,
  type Rule,
  releaseElements,
  ruleFor,
} from './publication-policy.ts';

/** The decision of a named person to publish what a rule leaves open. */
export type Decision = { readonly rule: string; readonly by: string; readonly on: string; readonly why: string };

export type Withholding = {
  readonly key: Key;
  readonly what: string;
  /** Left out: of the draft and its table alone. A writer may put it in. */
  readonly effect: 'coarsened' | 'withheld' | 'left out';
  /** What is published instead. */
  readonly instead: string;
  readonly rule: string;
  readonly why: string;
  readonly source: string;
};

export type PublishableReturn = {
  readonly policy: PublicationPolicy;
  /** The return as it was signed: for the checks, never for the public. */
  readonly counted: SignedReturn;
  readonly facts: OperationFacts;
  readonly figures: Figures;
  /** What is told to have happened, without a number. */
  readonly happened: ReadonlySet<Indicator>;
  readonly withheld: readonly Withholding[];
  /** What may be told, and singles out one premises or one person. */
  readonly ofOne: ReadonlySet<FigureKey>;
  /** The same, as the draft leaves it out. Empty where the policy lets a draft tell it. */
  readonly leftOut: readonly Withholding[];
  /** Names that stay out of the text. */
  readonly unnamed: readonly string[];
};

export const withoutNumber = 'that it happened, without a number';

/** Nought as it is, one or two without a number, three to nine as "several", more to the nearest five. Of "fewer than 5" nothing is said: it may be nobody. */
function coarsenPeople(quantity: Quantity): Quantity | typeof withoutNumber | undefined {
  if (isFewerThanFive(quantity)) return undefined;
  if (quantity.kind !== 'number' || isNought(quantity)) return quantity;
  if (quantity.value < 3) return withoutNumber;
  if (quantity.value < 10) return { kind: 'words', words: 'several' };
  // A floor stays a floor: rounded up it would no longer be true.
  if (quantity.qualifier === 'at least') return { ...quantity, value: quantity.value - (quantity.value % 5) };
  return { kind: 'number', value: Math.round(quantity.value / 5) * 5, qualifier: 'about' };
}

function anyArrestIsNoCrime({ figures }: SignedReturn): boolean {
  const arrests = figures['arrests.made'];
  if (!arrests || isNought(arrests.total)) return false;
  const cells = arrests.breakdowns.byKind?.filter(({ quantity }) => !isNought(quantity));
  return !cells || cells.length === 0 || cells.some(({ of }) => of.kind !== 'criminal');
}

/** There were arrests, and the return says that none was for a crime. */
export function isNobodyHeldForCrime({ figures }: Pick<SignedReturn, 'figures'>): boolean {
  const arrests = figures['arrests.made'];
  const cells = arrests?.breakdowns.byKind?.filter(({ quantity }) => !isNought(quantity)) ?? [];
  return cells.length > 0 && cells.every(({ of }) => of.kind === 'administrative immigration');
}

function everyVisitSawASign({ figures }: SignedReturn): boolean {
  const totalOf = (name: Indicator): Quantity | undefined => figures[name]?.total;
  const [made, seen, unseen] = [totalOf('visits.made'), totalOf('visits.withSigns'), totalOf('visits.withoutSigns')];
  if (made && isNought(made)) return false;
  if ((unseen && isNought(unseen)) || (made && seen && sameQuantity(made, seen))) return true;
  // Where nobody was found or let in, nothing could be seen: a reader leaves these visits out, and so does the rule.
  const number = (quantity: Quantity | undefined): number => (quantity?.kind === 'number' ? quantity.value : 0);
  const closed = number(totalOf('visits.nobodyFound')) + number(totalOf('visits.refused'));
  return made?.kind === 'number' && number(seen) > 0 && number(seen) + closed >= made.value;
}

/** Where the plan has another number than was visited, the plan's number may tell that a team still comes. Visits called off say nothing of it: they are visits, not premises. */
function mayHaveTargetToVisit({ figures }: SignedReturn): boolean {
  const [planned, visited] = [figures['premises.planned']?.total, figures['premises.visited']?.total];
  if (!planned) return false;
  return planned.kind !== 'number' || planned.value !== (visited ? minimumOf(visited) : 0);
}

type Question = {
  readonly key: Key;
  readonly rule: Rule;
  readonly policy: PublicationPolicy;
  readonly decisions: readonly Decision[];
};

const isDecided = (rule: Rule, decisions: readonly Decision[]): boolean =>
  decisions.some((decision) => decision.rule === rule.name);

/** Whether the parts of a figure tell of immigration officers who took part and stay unnamed: an arrest over immigration does. */
function isImmigrationUnnamed({ figures, facts }: SignedReturn, { key, policy, decisions }: Question): boolean {
  const naming = ruleFor(policy, 'partners.immigration');
  const about = new RegExp(naming.matching ?? '(?:)', 'i');
  if (isDecided(naming, decisions) || !facts.partners.some((partner) => about.test(partner))) return false;
  const [room, name, breakdown] = key.split('.');
  const cells = figures[`${room}.${name}` as Indicator]?.breakdowns[breakdown as Breakdown] ?? [];
  return cells.some(({ of, quantity }) => !isNought(quantity) && Object.values(of).some((part) => about.test(part)));
}

const isConditionMet: Record<Condition, (signed: SignedReturn, question: Question) => boolean> = {
  'any arrest is not for a crime': anyArrestIsNoCrime,
  'every visit saw a sign': everyVisitSawASign,
  'few addresses visited': ({ figures }) => isFewAddresses(figures),
  'a target not yet visited': mayHaveTargetToVisit,
  'not decided by name': (_, { rule, decisions }) => !isDecided(rule, decisions),
  'immigration officers are not named': isImmigrationUnnamed,
};

/** What a rule does here and now: nothing, when it waits for something that is not so. */
type EffectOf = (key: Key) => { readonly rule: Rule; readonly effect: Rule['effect'] };

export function applyPolicy(
  signed: SignedReturn,
  policy: PublicationPolicy,
  decisions: readonly Decision[] = [],
): PublishableReturn {
  const effectOf: EffectOf = (key) => {
    const rule = ruleFor(policy, key);
    const question = { key, rule, policy, decisions };
    if (rule.withheldWhen?.some((when) => isConditionMet[when](signed, question))) return { rule, effect: 'withheld' };
    return { rule, effect: rule.when && !isConditionMet[rule.when](signed, question) ? 'told' : rule.effect };
  };
  const withheld: Withholding[] = [];
  const happened = new Set<Indicator>();
  const figures: Partial<Record<Indicator, Figure>> = {};
  const places = placesThatMayBeNamed(signed.figures);

  for (const indicator of Object.keys(indicators) as Indicator[]) {
    const figure = signed.figures[indicator];
    if (!figure) continue;
    const total = getPublishableTotal(figure, effectOf, places, withheld);
    const publishable = getPublishableParts(
      figure,
      total,
      { effectOf, places, policy, area: signed.facts.area },
      withheld,
    );
    if (total === withoutNumber) happened.add(indicator);
    else if (total) figures[indicator] = { indicator, total, breakdowns: publishable };
  }

  const trend = effectOf('release.trend');
  if (trend.effect !== 'told')
    recordWithholding(withheld, 'release.trend', trend.rule, trend.effect, 'the claim with its source and date');
  const ofOne = listOfOne(figures);
  return withoutTellingNames({
    policy,
    ofOne,
    leftOut: policy.single ? listLeftOut(ofOne, figures, policy.single) : [],
    counted: signed,
    figures,
    happened,
    withheld,
    ...getPublishableFacts(signed.facts, effectOf, withheld),
  });
}

/** Names of parts without numbers stay, where no reader can tell which of them is of one. */
const listLeftOut = (
  ofOne: ReadonlySet<FigureKey>,
  figures: Figures,
  { name, why, source }: NonNullable<PublicationPolicy['single']>,
): Withholding[] =>
  [...ofOne].map((key) => {
    const instead = arePartsNamed(key, figures) ? 'by name, without numbers' : 'left out of the draft';
    return { key, what: describeKey(key), effect: 'left out', instead, rule: name, why, source };
  });

/** Whether the parts of a breakdown may be named without numbers. */
export function arePartsNamed(key: FigureKey, figures: Figures): boolean {
  const [room, name, breakdown] = key.split('.');
  const figure = figures[`${room}.${name}` as Indicator];
  const cells = figure?.breakdowns[breakdown as Breakdown];
  return figure !== undefined && cells !== undefined && isNameInDoubt(figure, cells);
}

/** Whether a draft leaves a figure out because it is of one premises or one person. */
export const isLeftOut = ({ leftOut }: PublishableReturn, key: FigureKey): boolean =>
  leftOut.some((one) => one.key === key);

function recordWithholding(
  list: Withholding[],
  key: Key,
  rule: Pick<Rule, 'name' | 'why' | 'source'>,
  effect: Withholding['effect'],
  instead: string,
): void {
  list.push({ key, what: describeKey(key), effect, instead, rule: rule.name, why: rule.why, source: rule.source });
}

type PublishableTotal = Quantity | typeof withoutNumber | undefined;

function getPublishableTotal(
  figure: Figure,
  effectOf: EffectOf,
  places: Places,
  withheld: Withholding[],
): PublishableTotal {
  const { indicator, total } = figure;
  const { rule, effect } = effectOf(indicator);
  const revealsTowns =
    rule.to === 'places of arrest' && places.arrests === 'the area alone' && townsOf(figure).length > 0;
  if (effect === 'withheld' || (effect === 'coarsened' && revealsTowns)) {
    recordWithholding(withheld, indicator, rule, 'withheld', 'nothing');
    return undefined;
  }
  const told = effect === 'coarsened' && rule.to === 'people in words' ? coarsenPeople(total) : total;
  if (told === undefined) {
    recordWithholding(withheld, indicator, rule, 'withheld', 'nothing');
    return undefined;
  }
  if (told === withoutNumber) recordWithholding(withheld, indicator, rule, 'coarsened', withoutNumber);
  else if (!sameQuantity(told, total))
    recordWithholding(withheld, indicator, rule, 'coarsened', `"${quantityAsPart(told)}"`);
  return told;
}

function getPublishableParts(
  figure: Figure,
  total: PublishableTotal,
  {
    effectOf,
    places,
    policy,
    area,
  }: { readonly effectOf: EffectOf; readonly places: Places } & {
    readonly policy: PublicationPolicy;
    readonly area: string;
  },
  withheld: Withholding[],
) {
  const told: Partial<Record<Breakdown, readonly Cell[]>> = {};
  const whole = total !== undefined && total !== withoutNumber && sameQuantity(total, figure.total);
  for (const [breakdown, cells] of Object.entries(figure.breakdowns) as [Breakdown, readonly Cell[]][]) {
    const key: FigureKey = `${figure.indicator}.${breakdown}`;
    const { rule, effect } = effectOf(key);
    if (effect === 'withheld') recordWithholding(withheld, key, rule, effect, 'nothing');
    // Parts would give away a total that is coarser than they are.
    else if (!whole) recordWithholding(withheld, key, effectOf(figure.indicator).rule, 'withheld', 'nothing');
    else if (policy.partsOfPeople?.concerns.includes(key) && hasFewPeople(figure, cells))
      recordWithholding(withheld, key, policy.partsOfPeople, 'withheld', 'nothing');
    else if (effect === 'told') told[breakdown] = cells;
    else {
      const grain = rule.to === 'places visited' ? places.visited : places.arrests;
      told[breakdown] = cellsAt(grain, figure, area);
      if (grain !== 'each town by number' && !isNought(figure.total))
        recordWithholding(withheld, key, rule, effect, grain);
    }
  }
  return told;
}

/** A fact that stays in leaves a blank which the draft steps over. */
function getPublishableFacts(
  all: OperationFacts,
  effectOf: EffectOf,
  withheld: Withholding[],
): Pick<PublishableReturn, 'facts' | 'unnamed'> {
  let facts = all;
  for (const name of factNames) {
    const key: FactKey = `facts.${name}`;
    const { rule, effect } = effectOf(key);
    if (effect === 'told') continue;
    facts = { ...facts, ...withoutFact(name, all) };
    recordWithholding(withheld, key, rule, 'withheld', 'nothing');
  }
  const { rule, effect } = effectOf('partners.immigration');
  const about = new RegExp(rule.matching ?? '(?:)', 'i');
  const unnamed = effect === 'told' ? [] : facts.partners.filter((partner) => about.test(partner));
  if (unnamed.length > 0) recordWithholding(withheld, 'partners.immigration', rule, 'withheld', '"other partners"');
  return { unnamed, facts: { ...facts, partners: facts.partners.filter((partner) => !unnamed.includes(partner)) } };
}

function withoutFact(name: keyof OperationFacts, facts: OperationFacts): Partial<OperationFacts> {
  if (name === 'localDates') return { localDates: facts.officialDates };
  if (name === 'participatingCountries' || name === 'parentWeekName') return { [name]: null };
  return { [name]: Array.isArray(facts[name]) ? [] : '' };
}

const spelled = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** What a key is, in words. */
export function describeKey(key: Key): string {
  if (key in releaseElements) return releaseElements[key as keyof typeof releaseElements];
  const [room = '', name = '', breakdown] = key.split('.');
  if (room === 'facts') return `the operation's ${spelled(name)}`;
  const what = indicators[`${room}.${name}` as Indicator];
  return breakdown ? `${what}, by ${breakdowns[breakdown as Breakdown].join(', ')}` : what;
}

/** How exactly places may be named, so that no reader can tell that a town had only one address. */
export type Places = {
  readonly visited: 'each town by number' | 'the towns by name' | 'the area alone';
  readonly arrests: 'each town by number' | 'the area alone';
};

const townsOf = (figure: Figure | undefined): readonly Cell[] =>
  (figure?.breakdowns.byTown ?? []).filter(({ quantity }) => !isNought(quantity));

/**
 * A reader knows this rule, so it is not enough to hide a number. Where the towns are named without numbers, one of
 * them had a single address. Doubt remains only if two or more towns could be that one, and if the total allows
 * any of them to have had more. Arrests by town remove this doubt, so they are withheld first.
 */
export function placesThatMayBeNamed(figures: Figures): Places {
  const visited = townsOf(figures['premises.visited']);
  const arrests = townsOf(figures['arrests.premises']);
  const arrestsByTown = arrests.length > 0 && arrests.every(({ quantity }) => minimumOf(quantity) > 1);
  if (visited.length > 0 && visited.every(({ quantity }) => minimumOf(quantity) > 1)) {
    return { visited: 'each town by number', arrests: arrestsByTown ? 'each town by number' : 'the area alone' };
  }
  const total = visited.reduce((sum, { quantity }) => sum + minimumOf(quantity), 0);
  const inDoubt = (known: readonly Cell[]): boolean => {
    const least = visited.map(({ of }) => {
      const told = known.find((cell) => cell.of.town === of.town);
      return told ? minimumOf(told.quantity) : 1;
    });
    return least.filter((count) => count === 1).length > 1 && total > least.reduce((sum, count) => sum + count, 0);
  };
  if (arrestsByTown && inDoubt(arrests)) return { visited: 'the towns by name', arrests: 'each town by number' };
  return { visited: inDoubt([]) ? 'the towns by name' : 'the area alone', arrests: 'the area alone' };
}

/** The cells of a breakdown by town at a coarser grain: one cell that stands for all. */
export function cellsAt(grain: Places['visited'], figure: Figure, area: string): readonly Cell[] {
  if (grain === 'each town by number') return figure.breakdowns.byTown ?? [];
  const towns = townsOf(figure).map(({ of }) => of.town ?? area);
  const place = grain === 'the towns by name' ? listOf(towns.sort()) : area;
  return towns.length === 0 ? [] : [{ of: { town: place }, quantity: figure.total }];
}
