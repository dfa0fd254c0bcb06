/** Partners, towns and names of the plan that a release does not print, wherever a writer types them. Pure. */
import type { Figures, Indicator } from '../../vocabulary/figures.ts';
import { isNought } from '../drafting/english.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import { type FoldedText, foldText } from './folded-text.ts';
import { isOrdinaryWord } from './ordinary-words.ts';

export type Place = { readonly start: number; readonly end: number };
type Withheld = {
  readonly towns: readonly string[];
  readonly partners: readonly string[];
  readonly planned: readonly string[];
};

/** Names that a planner typed and that no release prints: see plan-names.ts. */
export const plannedNamesWithheld = ({ counted, facts }: PublishableReturn): string[] => [
  ...(['weekName', 'codeName', 'parentWeekName', 'unit'] as const).flatMap((name) =>
    facts[name] ? [] : counted.facts[name] || [],
  ),
  ...counted.facts.ownUnits.filter((unit) => !facts.ownUnits.includes(unit)),
];

function withheldNamesOf(publishable: PublishableReturn, speaksOfArrests: boolean): Withheld {
  const { counted, figures, unnamed } = publishable;
  const townsOf = (from: Figures, keys: readonly Indicator[]): string[] =>
    keys
      .flatMap((key) => from[key]?.breakdowns.byTown?.filter(({ quantity }) => !isNought(quantity)) ?? [])
      .map(({ of }) => of.town ?? '');
  const hidden = (keys: readonly Indicator[], alsoNamed: readonly Indicator[]): string[] => {
    const named = townsOf(figures, alsoNamed).join(', ');
    return townsOf(counted.figures, keys).filter((town) => !named.includes(town));
  };
  const arrests = ['arrests.premises', 'arrests.made'] as const;
  return {
    towns: [
      ...hidden(['premises.visited'], ['premises.visited', ...arrests]),
      ...(speaksOfArrests ? hidden(arrests, arrests) : []),
    ],
    partners: unnamed,
    planned: plannedNamesWithheld(publishable),
  };
}

/** Every place where the text has the folded name as whole words, also in the plural or with a possessive ending. */
const placesOf = (name: string, { text, typedAt }: FoldedText): Place[] =>
  name === ''
    ? []
    : [...text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${name}(?=s?(?![\\p{L}\\p{N}]))`, 'gu'))].map(({ index }) =>
        typedAt(index, index + name.length),
      );

const fold = (name: string): string => foldText(name).text.trim();

const general =
  'weeks?|operations?|op|projects?|campaigns?|days?|months?|units?|teams?|squads?|sections?|groups?|of|action|joint|national|the|an?|at|on|in|for|and|our';

/** "Blue Parlour" of "Blue Parlour week": what tells one name from another. */
const coreOf = (name: string): string =>
  fold(name)
    .replace(new RegExp(`^(?:(?:${general})(?: |$))+`), '')
    .replace(new RegExp(`(?:(?:^| )(?:${general}))+$`), '');

/** Words that a release prints anyway tell nobody which name was withheld. */
function isPrintedAnyway(core: string, { facts }: PublishableReturn): boolean {
  const { area, leadAgency, unit, ownUnits, partners, weekFocus, weekName, codeName, parentWeekName } = facts;
  const printed = [area, leadAgency, unit, ...ownUnits, ...partners, ...weekFocus, weekName, codeName, parentWeekName];
  return isOrdinaryWord(core) || printed.some((name) => placesOf(core, foldText(name ?? '')).length > 0);
}

/** Towns whose names are words that many a release has. */
const townWords = new Set(
  'ash barking battle bath deal hook march reading rugby rye sandwich settle street ware wells'.split(' '),
);

/** The names of partners, towns and the plan that stay out, with every place in which the text has one of them. */
export function findWithheldNames(
  text: string,
  publishable: PublishableReturn,
  speaksOfArrests: boolean,
): (Place & { readonly name: string })[] {
  const { towns, partners, planned } = withheldNamesOf(publishable, speaksOfArrests);
  const folded = foldText(text);
  const placed = (name: string, words: string) => placesOf(words, folded).map((place) => ({ ...place, name }));
  const isWord = (town: string, { start, end }: Place): boolean =>
    (townWords.has(fold(town)) || isOrdinaryWord(fold(town))) && !/\p{Lu}/u.test(text.slice(start, end));
  const found = [
    ...[...new Set(partners)].flatMap((name) => placed(name, fold(name))),
    ...[...new Set(towns)].flatMap((name) => placed(name, fold(name)).filter((place) => !isWord(name, place))),
    ...planned.flatMap((name) => {
      const core = coreOf(name);
      if (core === '') return [];
      const whole = placed(name, fold(name));
      const parts = isPrintedAnyway(core, publishable) ? [] : placed(name, core);
      return [
        ...whole,
        ...parts.filter((part) => !whole.some(({ start, end }) => start <= part.start && part.end <= end)),
      ];
    }),
  ];
  return found.filter(
    (one, index) => !found.slice(0, index).some(({ start, end }) => start === one.start && end === one.end),
  );
}

/** Towns and partners that stay unnamed, whatever a sentence speaks of. */
export function namesToKeepOut(publishable: PublishableReturn): string[] {
  const { towns, partners } = withheldNamesOf(publishable, true);
  return [...new Set([...towns, ...partners])];
}
