/**
 * Stops an exact number that, read beside a rounded one of the same people, leaves few numbers that can be true: “eight
 * people were spoken to” beside “about ten people were advised” says that it was six, seven or eight. Pure.
 */
import {
  disclosureThreshold,
  type Indicator,
  type Quantity,
  safeguardingIndicators,
} from '../../vocabulary/figures.ts';
import { listOpenAround } from '../../vocabulary/indicators.ts';
import type { Piece } from '../drafting/placeholder.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import type { FindingDetails } from './finding.ts';
import { countedBy } from './nouns.ts';
import { isNumberOf } from './number-context.ts';
import type { NumberFound } from './numbers.ts';

/** The counts behind a rounded whole: four around it, and five or more where a number is shown. */
const listBehind = (value: number): readonly [least: number, most: number] => [
  Math.max(disclosureThreshold, value - 4),
  value + 4,
];

/** Whether somebody who knows that it was no more than this is left with fewer than five numbers. Of fewer than five people nothing more is learned. */
function tellsTooMuch(rounded: Quantity, largest: number): boolean {
  if (rounded.kind !== 'number') return false;
  const [least, most] = listBehind(rounded.value);
  const left = Math.min(most, largest) - least + 1;
  return left > 0 && left < disclosureThreshold;
}

const findBeside = (open: Indicator, value: number, { counted }: PublishableReturn): FindingDetails | undefined => {
  const given = safeguardingIndicators.find((one) => {
    const shown = counted.figures[one]?.total;
    return shown && listOpenAround(one).includes(open) && tellsTooMuch(shown, value);
  });
  return (
    given && {
      kind: 'withheld',
      must: 'change',
      blocks: true,
      message: `The return gives the number of ${countedBy(given)} rounded. A reader of both can work out how many they were. Take it out, and say what happened without a number.`,
      offers: [],
    }
  );
};

/** Takes a piece of a text: a figure in brackets prints its whole number. */
export function findFigureBeside({ key }: Piece, publishable: PublishableReturn): FindingDetails | undefined {
  const total = key && publishable.figures[key as Indicator]?.total;
  if (total?.kind !== 'number' || total.qualifier !== 'exact') return undefined;
  return findBeside(key as Indicator, total.value, publishable);
}

/** Takes a typed number, by what the words around it say it counts. A reason does not make it safe. */
export function findTypedBeside(
  number: NumberFound,
  said: string,
  sentence: string,
  publishable: PublishableReturn,
): FindingDetails | undefined {
  const { value } = number;
  if (typeof value !== 'number' || number.kind === 'age') return undefined;
  const around = new Set(safeguardingIndicators.flatMap(listOpenAround));
  const meant = [...around].filter((open) => isNumberOf(open, number, said, sentence));
  return meant.map((open) => findBeside(open, value, publishable)).find((found) => found !== undefined);
}
