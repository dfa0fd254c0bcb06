/**
 * Cases of a population over all its releases. A release keeps how many people had the same codes, and no id: who stayed
 * is told from the numbers alone. Where one set of codes lost a person and another won one, that is taken for one person
 * who changed, so that fewer people seem to have changed rather than more. Pure.
 */
import type { Case, CellCodes } from '../disclosure-control/index.ts';
import type { Unit } from './declared-tables.ts';

/** How many units had these facts, and whose records they are. */
export type CountedAlike = Unit & { readonly many: number };

const nameOf = ({ facts, agency }: Unit): string =>
  JSON.stringify([agency, ...facts.map((fact) => JSON.stringify(Object.entries(fact).sort())).sort()]);

/** Units with the same codes together, in the order of the codes: the same records in any order give the same rows. */
export const countAlike = (units: readonly Unit[]): CountedAlike[] =>
  [...Map.groupBy(units, nameOf)]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, [first, ...others]]) => ({ ...(first as Unit), many: 1 + others.length }));

type Following = {
  readonly unit: string;
  readonly facts: readonly CellCodes[];
  readonly agency: string | null;
  from: number;
};

/** The cases of all releases, oldest first; the last one is the count that is being made. */
export function toCases(releases: readonly (readonly CountedAlike[])[]): Case[] {
  const cases: Case[] = [];
  const held = new Map<string, Following[]>();
  let named = 0;
  const end = ({ facts, from, agency, unit }: Following, until: number | null): void => {
    for (const of of facts) cases.push({ of, from, until, agency, unit });
  };
  for (const [release, rows] of releases.entries()) {
    const now = new Map(rows.map((row) => [nameOf(row), row]));
    const gone: string[] = [];
    for (const [name, units] of held)
      while (units.length > (now.get(name)?.many ?? 0)) {
        const unit = units.pop() as Following;
        end(unit, release);
        gone.push(unit.unit);
      }
    for (const [name, { facts, agency, many }] of now) {
      const units = held.get(name) ?? [];
      held.set(name, units);
      while (units.length < many) units.push({ unit: gone.shift() ?? `unit ${named++}`, facts, agency, from: release });
    }
  }
  for (const units of held.values()) for (const unit of units) end(unit, null);
  return cases;
}
