/**
 * The counts that Safelight gives openly of the people around a protected population: people spoken to around people
 * advised, people screened around those with a concern. A reader of both knows that the one is no more than the other.
 * The auditor is told what that reader knows, of this count and of all before, withdrawn releases included. Pure.
 */
import { type Cell, type Figures, type Indicator, isSafeguarding, type Quantity } from '../../vocabulary/figures.ts';
import { listOpenAround } from '../../vocabulary/indicators.ts';
import type { Case, CellCodes, KnownNumber } from '../disclosure-control/index.ts';
import type { DeclaredTables } from './declared-tables.ts';
import { getLargestCount } from './qualify.ts';

/** A number of the ledger, as a signed return or a release gave it. */
export type LedgerNumber = {
  readonly source: 'return' | 'release';
  readonly sourceId: string;
  readonly version: number;
  readonly indicator: string;
  readonly part: string;
  readonly quantity: Quantity;
  readonly at: Date;
};

/** A figure that was given openly, at a release of a population. */
type Given = {
  readonly indicator: Indicator;
  readonly total: Quantity | null;
  readonly parts: readonly Cell[];
  /** What is not among the parts is nought. */
  readonly isWhole: boolean;
  /** Words in which a release named a part: “in Watford”. */
  readonly worded: readonly { readonly words: string; readonly quantity: Quantity }[];
  /** A return says by its checks which of two totals is larger. */
  readonly isChecked: boolean;
  readonly release: number;
};

/** All counts that are given openly around any protected one. */
export const openAround = (indicators: readonly Indicator[]): Indicator[] => [
  ...new Set(indicators.flatMap(listOpenAround)),
];

/** What a return that is being made gives, for a release that it makes. */
export const giveFigures = (figures: Figures, release: number): Given[] =>
  Object.values(figures)
    .filter(({ indicator }) => !isSafeguarding(indicator))
    .map(({ indicator, total, breakdowns: by }) => ({
      ...{ indicator, total, release, worded: [], isChecked: true },
      parts: by.byTown ?? [],
      isWhole: by.byTown !== undefined,
    }));

const hour = 3_600_000;

/** Of a release exact numbers alone: a coarser one says no more than the return behind it. */
const saysMore = ({ source, quantity }: LedgerNumber): boolean =>
  source === 'return' || (quantity.kind === 'number' && quantity.qualifier === 'exact');

/**
 * What the ledger gave, each number for the release of a population that stood at the time. The time of a count is kept
 * by the hour, so a number from about then is taken for both.
 */
export function giveLedger(numbers: readonly LedgerNumber[], countedAt: readonly Date[]): Given[] {
  const isDuring = (at: Date, release: number): boolean => {
    const [from, next] = [countedAt[release]?.getTime() ?? 0, countedAt[release + 1]?.getTime()];
    return at.getTime() >= from && (next === undefined || at.getTime() < next + hour);
  };
  const texts = Map.groupBy(
    numbers.filter(saysMore),
    ({ sourceId, version, indicator }) => `${sourceId} ${version} ${indicator}`,
  );
  return countedAt.flatMap((_, release) =>
    [...texts.values()].flatMap((of): Given[] => {
      const [first] = of;
      if (!first || !isDuring(first.at, release)) return [];
      const isReturn = first.source === 'return';
      const byTown = of.flatMap(({ part, quantity }): Cell[] => {
        const json = /^byTown (\{.*\})$/s.exec(part)?.[1];
        return json ? [{ of: JSON.parse(json) as Cell['of'], quantity }] : [];
      });
      return [
        {
          indicator: first.indicator as Indicator,
          total: of.find(({ part }) => part === 'total')?.quantity ?? null,
          parts: byTown,
          isWhole: isReturn && byTown.length > 0,
          worded: isReturn
            ? []
            : of.filter(({ part }) => part !== 'total').map(({ part, quantity }) => ({ words: part, quantity })),
          isChecked: isReturn,
          release,
        },
      ];
    }),
  );
}

const isCounted = ({ from, until }: Case, release: number): boolean =>
  from <= release && (until === null || release < until);

const countIn = (cases: readonly Case[], of: CellCodes, release: number): number =>
  cases.filter((one) => isCounted(one, release) && Object.entries(of).every(([name, code]) => one.of[name] === code))
    .length;

/**
 * What a reader takes from open counts about the cells of a population. A part that is larger than its open count is
 * left out: who takes the one for a part of the other is wrong. Of totals the checks of a return say which is larger.
 */
export function listKnown(
  { declaration, places }: DeclaredTables,
  cases: readonly Case[],
  given: readonly Given[],
): KnownNumber[] {
  const towns = declaration.dimensions.find(({ name }) => name === 'town')?.codes.map(({ code }) => code) ?? [];
  const known: KnownNumber[] = [];
  const add = (of: CellCodes, quantity: Quantity, release: number, isChecked: boolean): void => {
    const most = getLargestCount(quantity);
    if (most === null) return;
    if (countIn(cases, of, release) <= most) known.push({ of, release, least: 0, most });
    else if (isChecked) known.push({ of, release, least: most + 1, most: Number.POSITIVE_INFINITY });
  };
  for (const { indicator, total } of places) {
    const around = listOpenAround(indicator);
    for (const one of given.filter((figure) => around.includes(figure.indicator))) {
      if (one.total) add(total, one.total, one.release, one.isChecked);
      for (const town of towns) {
        const here = one.parts.find(({ of }) => of.town === town)?.quantity ?? (one.isWhole ? nobody : undefined);
        if (here) add({ ...total, town }, here, one.release, false);
        for (const { words, quantity } of one.worded)
          if (words.toLowerCase().includes(town.toLowerCase())) add({ ...total, town }, quantity, one.release, false);
      }
    }
  }
  return [...new Map(known.map((one) => [JSON.stringify([one.release, one.of, one.least, one.most]), one])).values()];
}

const nobody: Quantity = { kind: 'number', value: 0, qualifier: 'exact' };
