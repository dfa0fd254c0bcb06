/** The words for the figures of a return: their breakdowns, parts and quantities. */
import {
  type Breakdown,
  breakdowns,
  type Cell,
  type Dimension,
  isFewerThanFive,
  type Quantity,
} from '../vocabulary/figures.ts';
import { listOf } from '../vocabulary/languages/english.ts';

const dimensionNames: Record<Dimension, string> = {
  town: 'town',
  sex: 'sex',
  age: 'age',
  residence: 'home town',
  kind: 'kind',
  matter: 'matter',
  status: 'what followed',
  power: 'power of entry',
  business: 'kind of business',
  outcome: 'outcome',
  advice: 'kind of advice',
  need: 'kind of need',
  partner: 'partner',
  organisation: 'organisation',
  currency: 'currency',
  responder: 'kind of first responder',
};

export const formatBreakdown = (breakdown: Breakdown): string =>
  `by ${listOf(breakdowns[breakdown].map((one) => dimensionNames[one]))}`;
export const formatPart = (breakdown: Breakdown, of: Cell['of']): string =>
  breakdowns[breakdown].map((dimension: Dimension) => of[dimension] ?? 'not known').join(', ');

/** A quantity as large text, with its qualifier. */
export function formatQuantity(quantity: Quantity | undefined): {
  readonly value: string;
  readonly qualifier?: string;
} {
  if (!quantity || quantity.kind === 'not known') return { value: 'not known' };
  if (isFewerThanFive(quantity)) return { value: quantity.words };
  if (quantity.kind === 'words') return { value: quantity.words, qualifier: 'in words alone' };
  const value = quantity.value.toLocaleString('en-GB');
  return quantity.qualifier === 'exact' ? { value } : { value, qualifier: quantity.qualifier };
}

/** The same in a cell of a table: "at least 8". */
export function formatQuantityText(quantity: Quantity | undefined): string {
  if (!quantity) return 'not given';
  const { value, qualifier } = formatQuantity(quantity);
  return qualifier && quantity.kind === 'number' ? `${qualifier} ${value}` : value;
}

/** "18 September 2026, 12:00" */
