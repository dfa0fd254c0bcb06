/**
 * Disclosure control: what leaves the safeguarding database of a count. Applied once, when an operation is counted, so
 * that neither exact numbers nor references of records reach the main database. Pure.
 */
import {
  type Breakdown,
  type Cell,
  disclosureThreshold,
  exactly,
  type Figure,
  type Figures,
  fewerThanFive,
  type Indicator,
  isSafeguarding,
  type Quantity,
} from '../../vocabulary/figures.ts';
import type { Check } from './checks.ts';
import type { Counted, RecordKind } from './counting.ts';
import { getCount } from './qualify.ts';

/** The step in which counts are shown: the smallest that is shown. */
const step = disclosureThreshold;

/** Records of the safeguarding database: no reference to one is kept with a return. */
export const safeguardingRecords: readonly RecordKind[] = ['fact', 'referral'];

/**
 * 0 stays 0; 1 to 4 becomes "fewer than 5"; more is rounded down to a multiple of 5. Steps keep two versions of a return
 * from being subtracted: one person more seldom changes a step.
 */
export function roundForDisclosure(count: number): Quantity {
  if (count === 0) return exactly(0);
  if (count < step) return fewerThanFive;
  return { kind: 'number', value: count - (count % step), qualifier: 'at least' };
}

/** A breakdown is left out if one of its cells or the total is from 1 to 4, so that no missing number can be worked out. */
export function controlFigure({ indicator, total, breakdowns }: Figure): Figure {
  const tooFew = (quantity: Quantity): boolean => getCount(quantity) < step;
  const given = (Object.entries(breakdowns) as [Breakdown, readonly Cell[]][])
    .filter(([, cells]) => !tooFew(total) && !cells.some(({ quantity }) => tooFew(quantity)))
    .map(([name, cells]) => [
      name,
      cells.map(({ of, quantity }) => ({ of, quantity: roundForDisclosure(getCount(quantity)) })),
    ]);
  return { indicator, total: roundForDisclosure(getCount(total)), breakdowns: Object.fromEntries(given) };
}

export const controlFigures = (figures: Figures): Figures =>
  Object.fromEntries(
    Object.values(figures).map((figure) => [
      figure.indicator,
      isSafeguarding(figure.indicator) ? controlFigure(figure) : figure,
    ]),
  );

/** Figures as they may be kept outside the safeguarding database, and the operational records behind them. */
export const controlCount = ({ figures, countedRecords }: Counted): Counted => ({
  figures: controlFigures(figures),
  countedRecords: countedRecords.filter(
    ({ indicator, kind }) => !isSafeguarding(indicator) && !safeguardingRecords.includes(kind),
  ),
});

/** A check of safeguarding figures says whether it holds: neither numbers nor records. */
export const controlChecks = (checks: readonly Check[]): Check[] =>
  checks.map((check) =>
    check.figures.some((indicator: Indicator) => isSafeguarding(indicator))
      ? { ...check, records: [], found: check.found === null ? null : 'It does not hold.' }
      : check,
  );
