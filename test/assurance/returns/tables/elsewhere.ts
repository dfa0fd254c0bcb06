/** Exact numbers of a table that a reader knows from elsewhere, and exact numbers of people around those in the table. */
import {
  type Case,
  type Declaration,
  type KnownNumber,
  layOut,
} from '../../../../src/returns/disclosure-control/index.ts';
import { countRelease } from './random-tables.ts';
import type { Random } from './trials.ts';

/** One to so many exact numbers that somebody else printed: of a larger population, of the whole, or of the codes of one dimension at the top. */
export function inventElsewhere(declaration: Declaration, cases: readonly Case[], random: Random): KnownNumber[] {
  const layout = layOut(declaration);
  const counts = countRelease(declaration, cases, 0);
  const exactly = (cell: number): KnownNumber => ({
    of: layout.cells[cell]?.of ?? {},
    release: 0,
    least: counts[cell] ?? 0,
    most: counts[cell] ?? 0,
  });
  const whole = layout.cells.findIndex(({ of }) => Object.keys(of).length === 0);
  const chosen = random();
  if (chosen < 0.35) return [exactly(whole)];
  const isAround = chosen < 0.65;
  const { name, codes } = declaration.dimensions[0] ?? { name: '', codes: [] };
  const top = new Set(codes.filter(({ parent }) => parent === null).map(({ code }) => code));
  const around = (cell: number, most: number): KnownNumber => ({ ...exactly(cell), least: 0, most });
  const known = layout.cells.flatMap(({ of }, cell) => {
    if (Object.keys(of).length !== 1 || !top.has(of[name] ?? '') || random() >= 0.6) return [];
    return isAround ? [around(cell, (counts[cell] ?? 0) + Math.floor(random() * 6))] : [exactly(cell)];
  });
  return isAround ? [...known, around(whole, (counts[whole] ?? 0) + Math.floor(random() * 10))] : known;
}
