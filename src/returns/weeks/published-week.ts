/** One week as one source published it: its figures with their qualifiers, its gaps, its source and its note. Pure. */
import { createHash } from 'node:crypto';
import { serialiseCanonically } from '../../vocabulary/canonical-json.ts';
import {
  type PublishedDetail,
  type PublishedFigure,
  publishedFigureNames,
  publishedFigures,
} from './published-columns.ts';
import { type Agreement, comparePublished, findRoundingWord, type PublishedNumber } from './published-number.ts';

/** What a source does not state is absent. */
export type PublishedFigures = Readonly<Partial<Record<PublishedFigure, PublishedNumber>>>;
export type PublishedDetails = Readonly<Partial<Record<PublishedDetail, string>>>;

export type PublishedContent = {
  /** The name of the week in the file: two sources may report one week. */
  readonly weekId: string;
  readonly name: string;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly sourceUrl: string;
  readonly figures: PublishedFigures;
  readonly details: PublishedDetails;
};
export type PublishedWeek = PublishedContent & { readonly id: string; readonly importedAt: Date };

/** Of all that a line says: the same line again is not imported twice. */
export const digestOf = ({ weekId, name, startsOn, endsOn, sourceUrl, figures, details }: PublishedContent): string =>
  createHash('sha256')
    .update(serialiseCanonically({ weekId, name, startsOn, endsOn, sourceUrl, figures, details }))
    .digest('hex');

/** The word in its notes by which numbers without a qualifier may be rounded. */
export const findRounding = ({ details }: Pick<PublishedContent, 'details'>): string | undefined =>
  findRoundingWord([details.note, details.arrests_other_note].filter(Boolean).join('. '));

export type FigureConflict = {
  readonly figure: PublishedFigure;
  readonly one: PublishedNumber;
  readonly other: PublishedNumber;
  readonly agreement: Exclude<Agreement, 'same'>;
};

/** Figures that both state, and state otherwise. A gap in one of them is no conflict. */
export const findConflicts = (one: PublishedFigures, other: PublishedFigures): readonly FigureConflict[] =>
  publishedFigureNames.flatMap((figure) => {
    const [a, b] = [one[figure], other[figure]];
    if (!a || !b) return [];
    const agreement = comparePublished(a, b);
    return agreement === 'same' ? [] : [{ figure, one: a, other: b, agreement }];
  });

/** As the page of the import lists them; a day may follow. */
const knownStates = /^(?:final|partial|first results|later results)\b/i;

/** What is kept as it was written, and is no number or no state that Safelight knows. */
function findWords({ figures, details }: Pick<PublishedContent, 'figures' | 'details'>): string[] {
  const state = details.result_status ?? '';
  return [
    ...publishedFigureNames.flatMap((name) => {
      const figure = figures[name];
      if (figure?.kind !== 'words') return [];
      return [`${publishedFigures[name]}: “${figure.words}” is kept as words, and is in no chart.`];
    }),
    ...(state === '' || knownStates.test(state)
      ? []
      : [`The state “${state}” is none of final, partial, first results and later results. It is kept as written.`]),
  ];
}

const exact = (one: PublishedNumber | undefined): number | undefined =>
  one?.kind === 'number' && one.qualifier === 'exact' ? one.value : undefined;

/** What does not add up in one source. It is kept as it was published. */
export function findOddities(week: PublishedContent): readonly string[] {
  const { figures } = week;
  const [adults, children, victims] = [
    exact(figures.victims_adult),
    exact(figures.victims_child),
    exact(figures.victims_total),
  ];
  const sum = adults !== undefined && children !== undefined ? adults + children : undefined;
  const rounding = findRounding(week);
  const exceeds = (part: PublishedFigure, whole: PublishedFigure): boolean => {
    const [a, b] = [exact(figures[part]), exact(figures[whole])];
    return a !== undefined && b !== undefined && a > b;
  };
  return [
    ...findWords(week),
    ...(sum !== undefined && victims !== undefined && sum !== victims
      ? [
          `Adults and children come to ${sum.toLocaleString('en-GB')}, and the total says ${victims.toLocaleString('en-GB')}.`,
        ]
      : []),
    ...(exceeds('victims_child', 'victims_total') ? ['There are more children than potential victims.'] : []),
    ...(exceeds('arrests_trafficking_or_focus_offence', 'arrests_total')
      ? ['There are more arrests for the offence in focus than arrests.']
      : []),
    ...(exceeds('new_investigations_trafficking', 'new_investigations_total')
      ? ['There are more investigations of trafficking than investigations.']
      : []),
    ...(rounding ? [`The note says “${rounding}”: figures without a qualifier are shown with “see note”.`] : []),
    ...(week.startsOn === null ? ['It has no first day, so no trend shows it in its place.'] : []),
  ];
}
