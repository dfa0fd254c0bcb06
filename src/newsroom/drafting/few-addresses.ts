/** Whether a return is so small that a reader can tell where something happened, or to whom. Pure. */
import { disclosureThreshold, type Figures, type Quantity } from '../../vocabulary/figures.ts';
import { isNought } from './english.ts';

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

/** Takes counted figures, gives why a person described without a name can be found; undefined where many places and people were counted. */
export function whyFewPeople(figures: Figures): string | undefined {
  if (isFewAddresses(figures)) return 'few addresses were visited';
  const towns = (figures['premises.visited']?.breakdowns.byTown ?? []).filter(({ quantity }) => !isNought(quantity));
  if (towns.length === 1) return 'one town was visited';
  const met = figures['people.spokenTo'];
  return met && minimumOf(met.total) < disclosureThreshold ? 'few people were met' : undefined;
}
