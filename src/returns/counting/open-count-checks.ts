/** Checks of a return: its open counts give nobody away beside figures of people helped that were shown before. */
import { type Figures, type Indicator, indicators } from '../../vocabulary/figures.ts';
import { audit, type Case, type KnownNumber } from '../disclosure-control/index.ts';
import type { Check } from './checks.ts';
import type { KeptRelease } from './disclosure-control.ts';

type ShownBefore = {
  readonly cases: readonly Case[];
  readonly earlier: readonly KeptRelease[];
  readonly known: readonly KnownNumber[];
  readonly seconds: number;
};

/**
 * Numbers that were shown before stand as they are. Whether an open count of this return would tell more of them than
 * was known without it: where that is not proven, it would.
 */
export async function tellsMore({ cases, earlier, known, seconds }: ShownBefore): Promise<boolean> {
  const last = earlier.length - 1;
  const before = known.filter(({ release }) => release <= last);
  const sameCount = (one: KnownNumber): string => JSON.stringify([one.of, one.least, one.most]);
  const told = new Set(before.filter(({ release }) => release === last).map(sameCount));
  const fresh = known.filter((one) => one.release > last && !told.has(sameCount(one)));
  const counted = cases.filter(({ from }) => from <= last);
  const isTrue = ({ of, least, most }: KnownNumber): boolean => {
    const count = counted.filter(
      (one) =>
        (one.until === null || last < one.until) && Object.entries(of).every(([name, code]) => one.of[name] === code),
    ).length;
    return least <= count && count <= most;
  };
  const added = fresh.map((one) => ({ ...one, release: last })).filter(isTrue);
  if (last < 0 || added.length === 0) return false;
  const releases = earlier.map(({ tables }) => tables);
  const ask = (elsewhere: readonly KnownNumber[]) => audit({ releases, cases: counted, elsewhere, seconds });
  const beside = await ask([...before, ...added]);
  return beside.length > 0 && beside.length > (await ask(before)).length;
}

const quote = (indicator: Indicator): string => `“${indicators[indicator]}”`;

/** For an open count that tells more of numbers that were shown before. */
export const besideEarlier = (indicator: Indicator, population: string): Check => ({
  says: `${quote(indicator)} can be read beside the published numbers of ${population} without showing how many they were`,
  holds: false,
  stops: 'signing',
  found:
    'Readers who have both could work out how many people it was. Say this figure in words or rounded, further from the exact number if it is so already, and count again.',
  figures: [indicator],
  records: [],
});

/** What was counted as a figure in words or rounded must not be given more exactly without another count. */
export const checkOpenCounts = (
  beside: readonly Indicator[],
  { said, counted }: { readonly said: Figures; readonly counted: Figures },
): Check[] =>
  beside.flatMap((indicator): Check[] => {
    const [now, exact] = [said[indicator]?.total, counted[indicator]?.total];
    if (!now || !exact || JSON.stringify(now) === JSON.stringify(exact)) return [];
    return [
      {
        says: `${quote(indicator)} is said no more exactly than when the figures were counted`,
        holds: true,
        stops: 'signing',
        found: null,
        figures: [indicator],
        records: [],
        countedAs: now,
      },
    ];
  });
