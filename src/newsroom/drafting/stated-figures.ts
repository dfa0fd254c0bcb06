/** The figures that a text states by its placeholders, one by one, as a table may repeat them. Pure. */
import {
  type Breakdown,
  breakdowns,
  type Cell,
  type Indicator,
  indicators,
  type Quantity,
} from '../../vocabulary/figures.ts';
import { isNought, partName, statedQuantity } from './english.ts';
import { fillPlaceholders } from './placeholder.ts';
import type { PublishableReturn } from './public-figures.ts';
import type { FigureKey } from './publication-policy.ts';

export type StatedFigure = {
  readonly key: FigureKey;
  /** What is counted. */
  readonly name: string;
  /** Which part of it, as the text says it: "in Watford". Null for the whole. */
  readonly part: string | null;
  /** What counts, in one sentence, and the edition of definitions that says so. */
  readonly definition: string;
  readonly edition: string;
  readonly quantity: Quantity;
};

/** The definitions by which a return was counted. */
export type CountedBy = { readonly edition: string; readonly definitionOf: (indicator: Indicator) => string };

/**
 * What a figure brings to the table with it, told in the prose or not: visits without an answer, arrests without
 * screening and the like, so that a reader can weigh the figure. A writer who tells no figure brings none.
 */
const weighedBy: Partial<Record<Indicator, readonly Indicator[]>> = {
  'premises.visited': [
    'premises.planned',
    'visits.made',
    'visits.nobodyFound',
    'visits.refused',
    'visits.calledOff',
    'visits.withSigns',
    'referrals.declined',
    'damage.done',
  ],
  'people.spokenTo': ['people.interpreted', 'referrals.accepted'],
  'referrals.made': ['referrals.accepted'],
  'arrests.made': ['arrests.screened', 'arrests.notScreened'],
};
/** The same of results, where there was none. */
const noughtsBy: Partial<Record<Indicator, readonly Indicator[]>> = {
  'premises.visited': ['warrants.executed', 'seizures.made', 'people.spokenTo', 'people.advised', 'referrals.made'],
};

/** A definition names no power: a release may withhold which was used. */
const withoutPowers = (definition: string): string =>
  definition.replace('for a crime or under immigration powers', 'whatever the power used');

/** In place of a number that is not published. */
const withoutNumber = { kind: 'words', words: 'some' } as const satisfies Quantity;

/** Takes the texts of a release with placeholders. Gives each figure that a reader finds there, and those by which a reader weighs them. A figure that the policy withholds is never among them. */
export function listStatedFigures(
  texts: readonly string[],
  publishable: PublishableReturn,
  { edition, definitionOf }: CountedBy,
): StatedFigure[] {
  const stated = new Set(texts.flatMap((text) => keysStated(text, publishable)));
  // Of nobody arrested nobody was screened: that is no figure. Of no visit all the rest is told.
  const isWeighed = (key: Indicator): boolean => key === 'premises.visited' || !isNoughtFigure(publishable, key);
  const weighing = new Set(
    [...stated].flatMap((key) => (isWeighed(key as Indicator) ? (weighedBy[key as Indicator] ?? []) : [])),
  );
  const noughts = new Set([...stated].flatMap((key) => noughtsBy[key as Indicator] ?? []));
  return (Object.keys(indicators) as Indicator[]).flatMap((indicator) => {
    const figure = publishable.figures[indicator];
    const about = { name: indicators[indicator], definition: withoutPowers(definitionOf(indicator)), edition };
    if (!figure)
      return weighing.has(indicator) && publishable.happened.has(indicator)
        ? [{ key: indicator, ...about, part: null, quantity: withoutNumber }]
        : [];
    const isShown =
      stated.has(indicator) || weighing.has(indicator) || (noughts.has(indicator) && isNought(figure.total));
    const whole: StatedFigure = { key: indicator, ...about, part: null, quantity: statedQuantity(figure.total) };
    const parts = (Object.entries(figure.breakdowns) as [Breakdown, readonly Cell[]][])
      .filter(([breakdown]) => stated.has(`${indicator}.${breakdown}`) && isTabled(breakdown))
      .flatMap(([breakdown, cells]) => listParts(`${indicator}.${breakdown}`, about, breakdown, cells));
    // The table has what the text states. A total that only weighs another is left out where it singles out one premises or person.
    const isTold = stated.has(indicator) || !publishable.ofOne.has(indicator);
    return [...(isShown && isTold ? [whole] : []), ...parts];
  });
}

const isNoughtFigure = ({ figures }: PublishableReturn, indicator: Indicator): boolean => {
  const total = figures[indicator]?.total;
  return total !== undefined && isNought(total);
};

/** Keys of placeholders that print a number: those that print names alone state none. */
const keysStated = (text: string, publishable: PublishableReturn): string[] =>
  fillPlaceholders(text, publishable).flatMap(({ key, problem, start, end }) =>
    key && !problem && !/\|\s*names\s*\}\}$/.test(text.slice(start, end)) ? [key] : [],
  );

/** Where a part is named by several things at once, such as sex, age and town, its rows are people: they stay in the prose that was approved. */
const isTabled = (breakdown: Breakdown): boolean => breakdowns[breakdown].length === 1;

/** Parts of nought are left out, as in the text. */
const listParts = (
  key: string,
  about: Pick<StatedFigure, 'name' | 'definition' | 'edition'>,
  breakdown: Breakdown,
  cells: readonly Cell[],
): StatedFigure[] =>
  cells
    .filter(({ quantity }) => !isNought(quantity))
    .map(({ of, quantity }) => ({
      key: key as FigureKey,
      ...about,
      part: partName(breakdown, of),
      quantity: statedQuantity(quantity),
    }))
    .sort((one, other) => one.part.localeCompare(other.part, 'en'));
