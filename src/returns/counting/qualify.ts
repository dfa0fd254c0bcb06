/** How a figure may be qualified without its exact number: only in words that are true of the records. Pure. */
import {
  type Breakdown,
  type Cell,
  type Figure,
  type Figures,
  type Indicator,
  isSafeguarding,
  type Quantity,
} from '../../vocabulary/figures.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

/** The counts for which each phrase is true, defined once for the whole application. */
export const countPhrases = {
  'a few': [2, 4],
  several: [3, 9],
  'a dozen or so': [10, 14],
  dozens: [24, 199],
  hundreds: [200, 1_999],
} as const satisfies Record<string, readonly [fewest: number, most: number]>;
export type CountPhrase = keyof typeof countPhrases;

export type Qualification = {
  readonly quantity: Quantity;
  readonly reason: string;
  readonly by: string;
  /** The instant as ISO text: it is kept as JSON. */
  readonly at: string;
};
export type Qualifications = Readonly<Partial<Record<Indicator, Qualification>>>;

export type QualifyRefusal =
  | 'the records say fewer'
  | 'not near the records'
  | 'the words are not true'
  | 'says nothing'
  | 'is the exact number';

/** Kept less exactly than it was counted, because the exact number beside figures of people helped could give somebody away. */
export const isHeldBack = ({ indicator, total }: Figure): boolean =>
  indicator === 'people.spokenTo' && (total.kind !== 'number' || total.qualifier !== 'exact');

/** No record states the number: nothing can be said that is true of the records. */
export const isNotKnown = (figure: Figure | undefined): boolean => figure?.total.kind === 'not known';

/** Safeguarding figures are rounded when counted, so nobody qualifies them; nor what is held back, nor what is not known. */
export const mayQualify = (indicator: Indicator, counted: Figures): boolean =>
  !isSafeguarding(indicator) &&
  !isNotKnown(counted[indicator]) &&
  !(counted[indicator] && isHeldBack(counted[indicator]));

/** Refuses what the records contradict, and what tells the reader nothing. */
export function qualify(count: number, quantity: Quantity): Result<Quantity, QualifyRefusal> {
  if (quantity.kind === 'not known') return refuse('says nothing');
  if (quantity.kind === 'words') {
    const [fewest, most] = countPhrases[quantity.words as CountPhrase] ?? [1, 0];
    return fewest <= count && count <= most ? accept(quantity) : refuse('the words are not true');
  }
  const { value, qualifier } = quantity;
  if (qualifier === 'exact') return value === count ? refuse('is the exact number') : refuse('not near the records');
  if (value < 1) return refuse('says nothing');
  if (qualifier === 'at least') return value <= count ? accept(quantity) : refuse('the records say fewer');
  return Math.abs(value - count) <= getTolerance(count) ? accept(quantity) : refuse('not near the records');
}

/** How far "about" may be from the count: a tenth, at least one, and zero for counts below five. */
const getTolerance = (count: number): number => (count < 5 ? 0 : Math.max(1, count / 10));

/** The number that the records give, as a count. */
export const getCount = (quantity: Quantity | undefined): number => (quantity?.kind === 'number' ? quantity.value : 0);

/** A qualified figure. Its parts stay only if they reveal no more than the whole, such as minimums below a minimum. */
export function applyQualification(counted: Figure, said: Quantity | undefined): Figure {
  if (!said || isHeldBack(counted) || isNotKnown(counted)) return counted;
  const floor = said.kind === 'number' && said.qualifier === 'at least' && said.value === getCount(counted.total);
  if (!floor) return { ...counted, total: said, breakdowns: {} };
  const breakdowns = Object.entries(counted.breakdowns).map(([name, cells]) => [name, cells.map(toMinimum)]);
  return { ...counted, total: said, breakdowns: Object.fromEntries(breakdowns) as Record<Breakdown, Cell[]> };
}

const toMinimum = ({ of, quantity }: Cell): Cell => ({
  of,
  quantity: { kind: 'number', value: getCount(quantity), qualifier: 'at least' },
});

/** All figures as they may be said, and as they will be signed. */
export const applyQualifications = (counted: Figures, qualifications: Qualifications): Figures =>
  Object.fromEntries(
    Object.values(counted).map((figure) => [
      figure.indicator,
      applyQualification(figure, qualifications[figure.indicator]?.quantity),
    ]),
  );
