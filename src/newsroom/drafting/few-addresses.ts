/** Whether a return is so small that a reader can tell where something happened, or to whom. Pure. */
import {
  type Breakdown,
  type Cell,
  disclosureThreshold,
  type Figure,
  type Figures,
  type Indicator,
  partitions,
  type Quantity,
} from '../../vocabulary/figures.ts';
import { isNought } from './english.ts';
import type { FigureKey } from './publication-policy.ts';

/** The fewest that a quantity can mean. */
export function minimumOf(quantity: Quantity): number {
  if (quantity.kind === 'number') return quantity.value;
  return quantity.kind === 'words' ? 2 : 1;
}

/** Fewer addresses than the disclosure threshold, or a number that nobody counted. */
export function isFewAddresses(figures: Figures): boolean {
  const visited = figures['premises.visited'];
  return !visited || minimumOf(visited.total) < disclosureThreshold;
}

/** Figures of members of agencies and of money: one of these is nobody of the case. */
const ofNobodyMet: ReadonlySet<Indicator> = new Set<Indicator>(['people.deployed', 'cash.seized']);

const isOne = (quantity: Quantity): boolean => quantity.kind === 'number' && quantity.value === 1;

/** Whether a total is of one premises or one person: those who were there recognise it, and neighbours learn it. */
const isOfOne = (indicator: Indicator, quantity: Quantity): boolean => !ofNobodyMet.has(indicator) && isOne(quantity);

/** What parts leave of their total; undefined where somebody did not count. */
function restOf(total: Quantity, cells: readonly Cell[]): number | undefined {
  if (total.kind !== 'number' || cells.some(({ quantity }) => quantity.kind !== 'number')) return undefined;
  return cells.reduce((left, { quantity }) => left - minimumOf(quantity), total.value);
}

/** Whether a breakdown of people has a part of one to four, told or left by the others. What nobody counted may be one. */
export function hasFewPeople({ total }: Figure, cells: readonly Cell[]): boolean {
  const isFew = (count: number): boolean => count > 0 && count < disclosureThreshold;
  const rest = restOf(total, cells);
  return (
    rest === undefined ||
    isFew(rest) ||
    cells.some(({ quantity }) => !isNought(quantity) && minimumOf(quantity) < disclosureThreshold)
  );
}

/** The figures and breakdowns that single out one premises or one person. */
export function listOfOne(figures: Figures): ReadonlySet<FigureKey> {
  const found = new Set<FigureKey>();
  for (const { indicator, total, breakdowns } of Object.values(figures)) {
    if (isOfOne(indicator, total)) found.add(indicator);
    for (const [breakdown, cells] of Object.entries(breakdowns) as [Breakdown, readonly Cell[]][])
      if (cells.some(({ quantity }) => isOfOne(indicator, quantity)) || hasOneLeft(breakdown, total, cells))
        found.add(`${indicator}.${breakdown}`);
  }
  // Each of the two is the rest of the other.
  const made = figures['arrests.made']?.total;
  const screening = ['arrests.screened', 'arrests.notScreened'] as const;
  const isTold = ({ total }: Figure): boolean =>
    isOne(total) || (made?.kind === 'number' && total.kind === 'number' && made.value - total.value === 1);
  const asked = screening.flatMap((indicator) => figures[indicator] ?? []);
  if (asked.some(isTold)) for (const { indicator } of asked) found.add(indicator);
  return found;
}

const hasOneLeft = (breakdown: Breakdown, total: Quantity, cells: readonly Cell[]): boolean =>
  partitions.includes(breakdown) && cells.length > 0 && restOf(total, cells) === 1;

/** Whether parts may be named without numbers: two or more of them could be the one of one, and any could be of more. */
export function isNameInDoubt({ total }: Figure, cells: readonly Cell[]): boolean {
  const named = cells.filter(({ quantity }) => !isNought(quantity));
  return named.length > 1 && minimumOf(total) > named.length;
}

/** Takes counted figures, gives why a person described without a name can be found; undefined where many places and people were counted. */
export function whyFewPeople(figures: Figures): string | undefined {
  if (isFewAddresses(figures)) return 'few addresses were visited';
  const towns = (figures['premises.visited']?.breakdowns.byTown ?? []).filter(({ quantity }) => !isNought(quantity));
  if (towns.length === 1) return 'one town was visited';
  const met = figures['people.spokenTo'];
  return met && minimumOf(met.total) < disclosureThreshold ? 'few people were met' : undefined;
}
