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

/** Takes the texts of a release with placeholders. Gives each figure that a reader finds there, and no other: a figure that no placeholder states is left out, however publishable it is. */
export function listStatedFigures(
  texts: readonly string[],
  publishable: PublishableReturn,
  { edition, definitionOf }: CountedBy,
): StatedFigure[] {
  const stated = new Set(texts.flatMap((text) => keysStated(text, publishable)));
  return (Object.keys(indicators) as Indicator[]).flatMap((indicator) => {
    const figure = publishable.figures[indicator];
    if (!figure) return [];
    const about = { name: indicators[indicator], definition: definitionOf(indicator), edition };
    const whole: StatedFigure = { key: indicator, ...about, part: null, quantity: statedQuantity(figure.total) };
    const parts = (Object.entries(figure.breakdowns) as [Breakdown, readonly Cell[]][])
      .filter(([breakdown]) => stated.has(`${indicator}.${breakdown}`) && isTabled(breakdown))
      .flatMap(([breakdown, cells]) => listParts(`${indicator}.${breakdown}`, about, breakdown, cells));
    return [...(stated.has(indicator) ? [whole] : []), ...parts];
  });
}

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
