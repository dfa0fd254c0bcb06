/** The words in which a return speaks of counts, and a release repeats them. Definitions of how each is counted are in returns. */

import { getIndicator, type Indicator, indicatorNames } from './indicators.ts';

export const dimensions = [
  'town',
  'sex',
  'age',
  'residence',
  'kind',
  'matter',
  'status',
  'power',
  'business',
  'outcome',
  'advice',
  'need',
  'partner',
  'organisation',
  'currency',
  'responder',
] as const;
export type Dimension = (typeof dimensions)[number];

/** A count as it may honestly be said: a number and how sure, words alone ("several"), or not known. */
export type Quantity =
  | { readonly kind: 'number'; readonly value: number; readonly qualifier: 'exact' | 'at least' | 'about' }
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'not known' };

export const exactly = (value: number): Quantity => ({ kind: 'number', value, qualifier: 'exact' });

export type Cell = {
  readonly of: Readonly<Partial<Record<Dimension, string>>>;
  readonly quantity: Quantity;
};

/** One figure: its total and its breakdowns, named by their dimensions (`byTown`, `bySexAgeResidence`). */
export type Figure = {
  readonly indicator: Indicator;
  readonly total: Quantity;
  readonly breakdowns: Readonly<Partial<Record<Breakdown, readonly Cell[]>>>;
};

export type Figures = Readonly<Partial<Record<Indicator, Figure>>>;

/** What is counted, by name (domain 4.2, the part that applies to a force and its partners; design 3.11 for the honest denominators and the harms). */
export const indicators = Object.fromEntries(
  indicatorNames.map((indicator) => [indicator, getIndicator(indicator).name]),
) as Readonly<Record<Indicator, string>>;
export type { Indicator };

/** Figures of people helped and of potential victims. They leave under disclosure control: `returns/counting/disclosure-control.ts`. */
export const safeguardingIndicators: readonly Indicator[] = indicatorNames.filter(
  (indicator) => getIndicator(indicator).isProtected,
);

export const isSafeguarding = (indicator: Indicator): boolean => safeguardingIndicators.includes(indicator);

/** Whether every result that may be given exactly is nought. Of people helped and potential victims fewer than five can be nobody. A number that no team had to state stops nothing. */
export function isNilReturn(figures: Figures): boolean {
  const results = indicatorNames.filter((indicator) => figures[indicator] && getIndicator(indicator).isResult);
  return (
    results.length > 0 &&
    results.every((indicator) => {
      const total = figures[indicator]?.total;
      if (total?.kind === 'number') return total.value === 0;
      if (total && isFewerThanFive(total)) return isSafeguarding(indicator);
      return total?.kind === 'not known' && getIndicator(indicator).sums === 'floor';
    })
  );
}

/** The smallest count that leaves the safeguarding database, and the fewest addresses at which a release speaks of people met. */
export const disclosureThreshold = 5;

/** Replaces a count below 5 in a safeguarding figure. It may be nobody. */
export const fewerThanFive = { kind: 'words', words: 'fewer than 5' } as const satisfies Quantity;
export const isFewerThanFive = (quantity: Quantity): quantity is typeof fewerThanFive =>
  quantity.kind === 'words' && quantity.words === fewerThanFive.words;

/** Which breakdowns each indicator may carry, and the dimensions of each. */
export const breakdowns = {
  byTown: ['town'],
  byBusiness: ['business'],
  byPower: ['power'],
  byKind: ['kind'],
  byMatter: ['matter'],
  bySex: ['sex'],
  byStatus: ['status'],
  byTownKind: ['town', 'kind'],
  bySexAgeResidence: ['sex', 'age', 'residence'],
  byAdvice: ['advice'],
  byNeed: ['need'],
  byOrganisation: ['organisation'],
  byPartner: ['partner'],
  byOutcome: ['outcome'],
  byAge: ['age'],
  byCurrency: ['currency'],
  byResponder: ['responder'],
} as const satisfies Record<string, readonly Dimension[]>;
export type Breakdown = keyof typeof breakdowns;

export const breakdownsOf: Readonly<Partial<Record<Indicator, readonly Breakdown[]>>> = Object.fromEntries(
  indicatorNames.flatMap((indicator) => {
    const by = getIndicator(indicator).by as readonly Breakdown[] | undefined;
    return by ? [[indicator, by]] : [];
  }),
);

/** Breakdowns whose cells are parts of the whole: they sum to the total. The others overlap (one person may have two kinds of advice). */
export const partitions: readonly Breakdown[] = [
  'byTown',
  'byBusiness',
  'byPower',
  'byKind',
  'byMatter',
  'bySex',
  'byStatus',
  'byTownKind',
  'bySexAgeResidence',
  'byOutcome',
  'byOrganisation',
  'byAge',
  'byResponder',
];

export const arrestKinds = ['criminal', 'administrative immigration'] as const;
export const sexes = ['female', 'male', 'not known'] as const;
export const arrestStatuses = [
  'in custody',
  'bailed',
  'released under investigation',
  'no further action',
  'immigration detention',
] as const;

/** What surrounds the figures and may be said with them: the operation as it was planned and carried out. */
export type OperationFacts = {
  readonly weekName: string;
  readonly weekFocus: readonly string[];
  /** Official dates of the week and the local window, `YYYY-MM-DD`. */
  readonly officialDates: readonly [from: string, to: string];
  readonly localDates: readonly [from: string, to: string];
  readonly area: string;
  readonly leadAgency: string;
  readonly codeName: string;
  readonly unit: string;
  /** As printed, the force's own units apart from partners. */
  readonly ownUnits: readonly string[];
  readonly partners: readonly string[];
  readonly participatingCountries: number | null;
  readonly parentWeekName: string | null;
};

/** A return as it was signed: what the newsroom may see, and all that it sees. */
export type SignedReturn = {
  readonly id: string;
  readonly version: number;
  readonly stage: 'provisional' | 'revised' | 'final';
  readonly signedAt: Date;
  readonly facts: OperationFacts;
  readonly figures: Figures;
};
