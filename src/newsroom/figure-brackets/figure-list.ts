/** The figures that a release may use, each with the brackets that a writer can take. Pure. */
import { type Breakdown, type Indicator, indicators } from '../../vocabulary/figures.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { addressWords } from '../drafting/draft.ts';
import { printedText, weekNames } from '../drafting/placeholder.ts';
import { describeKey, type PublishableReturn } from '../drafting/public-figures.ts';
import type { FigureKey } from '../drafting/publication-policy.ts';
import type { FigureBrackets } from './brackets.ts';
import { figureName, figureWords } from './figure-names.ts';

type OfferedFigure = {
  readonly name: string;
  /** What is counted. Empty where the name says it. */
  readonly means: string;
  readonly placeholders: readonly string[];
};

/** A figure of the list, with its brackets as they print now. */
export type ListedFigure = Pick<OfferedFigure, 'name' | 'means'> & { readonly brackets: readonly string[] };

/** A number with its noun, and with its noun and verb, so that both agree when the number changes. */
function withNoun(key: string, { one, many, none }: { one: string; many: string; none?: string }): string[] {
  const third = none === undefined ? ['', ''] : [`|${none}`, `|${none} was`];
  return [`{{${key}|${one}|${many}${third[0]}}}`, `{{${key}|${one} was|${many} were${third[1]}}}`];
}

/** Every figure that the policy lets a release tell. */
export function listOfferedFigures(publishable: PublishableReturn): OfferedFigure[] {
  const named = (key: string) => capital(figureName(key) ?? key);
  const ofWeek = weekNames.map((key) => ({
    name: named(key),
    means: '',
    placeholders: key === 'week.countries' ? [`{{${key}|country|countries}}`] : [`{{${key}}}`],
  }));
  const ofReturn = (Object.keys(indicators) as Indicator[]).flatMap((indicator): OfferedFigure[] => {
    const figure = publishable.figures[indicator];
    if (!figure) return [];
    const nouns = indicator === 'premises.visited' ? addressWords(publishable) : figureWords[indicator];
    const parts = (Object.keys(figure.breakdowns) as Breakdown[]).map((breakdown) => {
      const key: FigureKey = `${indicator}.${breakdown}`;
      return { name: named(key), means: capital(describeKey(key)), placeholders: [`{{${key}}}`, `{{${key}|names}}`] };
    });
    return [
      { name: named(indicator), means: capital(indicators[indicator]), placeholders: withNoun(indicator, nouns) },
      ...parts,
    ];
  });
  return [...ofWeek, ...ofReturn].map((figure) => ({
    ...figure,
    placeholders: withoutTwins(figure.placeholders, publishable),
  }));
}

/** Of placeholders that print the same words inside a sentence, the first. */
const withoutTwins = (placeholders: readonly string[], publishable: PublishableReturn): string[] =>
  [
    ...new Map(placeholders.map((one) => [printedText(`x ${one}`, publishable), one] as const).toReversed()).values(),
  ].toReversed();

/** The list as a page shows it. */
export const listFigures = (offered: readonly OfferedFigure[], brackets: FigureBrackets): ListedFigure[] =>
  offered.map(({ name, means, placeholders }) => ({
    name,
    means: means.toLowerCase() === name.toLowerCase() ? '' : means,
    brackets: [...new Set(placeholders.flatMap((one) => brackets.showOffered(one) ?? []))],
  }));
