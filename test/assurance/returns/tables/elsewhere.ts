/** Exact numbers of a table that a reader knows from elsewhere, and exact numbers of people around those in the table. */
import {
  type Case,
  type Declaration,
  type KnownNumber,
  layOut,
} from '../../../../src/returns/disclosure-control/index.ts';
import { countRelease } from './random-tables.ts';
import type { Random } from './trials.ts';

/** One to so many exact numbers that somebody else printed: the whole, or the codes of one dimension at the top. */
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
  if (random() < 0.5) return [exactly(whole)];
  const { name, codes } = declaration.dimensions[0] ?? { name: '', codes: [] };
  const top = new Set(codes.filter(({ parent }) => parent === null).map(({ code }) => code));
  return layout.cells.flatMap(({ of }, cell) =>
    Object.keys(of).length === 1 && top.has(of[name] ?? '') && random() < 0.6 ? [exactly(cell)] : [],
  );
}

/** Exact numbers of a population that this one is a part of: the whole, and the codes of one dimension at the top, some of them nobody. */
export function inventAround(declaration: Declaration, cases: readonly Case[], random: Random): KnownNumber[] {
  const counts = countRelease(declaration, cases, 0);
  const { name, codes } = declaration.dimensions[0] ?? { name: '', codes: [] };
  const top = new Set(codes.filter(({ parent }) => parent === null).map(({ code }) => code));
  return layOut(declaration).cells.flatMap(({ of }, cell) => {
    const isWhole = Object.keys(of).length === 0;
    if (!isWhole && (Object.keys(of).length !== 1 || !top.has(of[name] ?? '') || random() > 0.6)) return [];
    const others = Math.floor(random() * (isWhole ? 12 : 6));
    return [{ of, release: 0, least: 0, most: (counts[cell] ?? 0) + others }];
  });
}
