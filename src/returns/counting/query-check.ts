/** Whether the queries over the view of facts count what the definitions found: two ways to each number, and they must agree. Pure. */
import {
  type Breakdown,
  breakdowns,
  type Cell,
  exactly,
  type Figures,
  type Indicator,
  type Quantity,
} from '../../vocabulary/figures.ts';
import type { Check } from './checks.ts';
import { formatCellName, totalCell, unknownValue } from './counting.ts';
import { countedByQuery, type QueriedNumber } from './fact-counts.ts';

const toQuantity = (amount: number, isFloor: boolean): Quantity => {
  if (!isFloor) return exactly(amount);
  return amount === 0 ? { kind: 'not known' } : { kind: 'number', value: amount, qualifier: 'at least' };
};

type Numbers = ReadonlyMap<string, string>;

function listCounted(figures: Figures): Numbers {
  const numbers = new Map<string, string>();
  for (const indicator of countedByQuery) {
    const figure = figures[indicator];
    if (!figure) continue;
    numbers.set(`${indicator} ${totalCell}`, JSON.stringify(figure.total));
    for (const [breakdown, cells] of Object.entries(figure.breakdowns) as [Breakdown, readonly Cell[]][])
      for (const { of, quantity } of cells)
        numbers.set(`${indicator} ${formatCellName(breakdown, of)}`, JSON.stringify(quantity));
  }
  return numbers;
}

/** Parts that have one name are one: two powers of the catalogue can. */
function listQueried(queried: readonly QueriedNumber[], figures: Figures, powerName: (id: string) => string): Numbers {
  const amounts = new Map<string, { amount: number; isFloor: boolean }>();
  for (const { indicator, breakdown, part, amount, isFloor } of queried) {
    if (!figures[indicator]) continue;
    const named = breakdown === 'byPower' ? part.map((id) => (id === unknownValue ? id : powerName(id))) : part;
    const of = breakdown && Object.fromEntries(breakdowns[breakdown].map((dimension, at) => [dimension, named[at]]));
    const key = `${indicator} ${breakdown && of ? formatCellName(breakdown, of) : totalCell}`;
    const known = amounts.get(key);
    amounts.set(key, { amount: (known?.amount ?? 0) + amount, isFloor: isFloor || known?.isFloor === true });
  }
  return new Map([...amounts].map(([key, { amount, isFloor }]) => [key, JSON.stringify(toQuantity(amount, isFloor))]));
}

/** Fails where a number differs, or only one of the two has it: the records changed meanwhile, or a definition is wrong. */
export function checkQueries(
  figures: Figures,
  queried: readonly QueriedNumber[],
  powerName: (id: string) => string,
): Check {
  const counted = listCounted(figures);
  const again = listQueried(queried, figures, powerName);
  const differ = [...new Set([...counted.keys(), ...again.keys()])].filter(
    (key) => counted.get(key) !== again.get(key),
  );
  const concerned = [...new Set(differ.map((key) => key.split(' ')[0] as Indicator))];
  const holds = differ.length === 0;
  return {
    says: 'A second count, by the database itself, finds the same numbers',
    holds,
    stops: 'signing',
    found: holds ? null : `${differ.length} of ${counted.size} numbers differ. Count again.`,
    figures: concerned,
    records: [],
  };
}
