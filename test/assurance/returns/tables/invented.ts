/** Invented declarations and cases for disclosure control: hierarchical, linked, of many sizes and densities. */
import {
  type Case,
  type Declaration,
  type Dimension,
  layOut,
} from '../../../../src/returns/disclosure-control/index.ts';
import type { Random } from './trials.ts';

export const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));

/** So many codes, none above another. */
export const flat = (name: string, length: number): Dimension => ({
  name,
  codes: Array.from({ length }, (_, i) => ({ code: `${name}${i}`, parent: null })),
});

const below = (random: Random, most: number): number => Math.floor(random() * most);

/** A tree of two levels, or a list. */
function inventDimension(name: string, random: Random, most: number): Dimension {
  const top = 2 + below(random, most - 1);
  const isDeep = random() < 0.4;
  const codes = Array.from({ length: top }, (_, i) => {
    const code = `${name}${i}`;
    const under = isDeep && random() < 0.7 ? 2 + below(random, 3) : 0;
    return [
      { code, parent: null as string | null },
      ...Array.from({ length: under }, (_, j) => ({ code: `${code}.${j}`, parent: code as string | null })),
    ];
  });
  return { name, codes: codes.flat() };
}

const cellsOf = ({ codes }: Dimension): number => codes.length + 1;

/** Tables of at most as many cells as asked, and mostly of half as many or more. */
export function inventDeclaration(random: Random, cells: number): Declaration {
  let largest: { readonly declaration: Declaration; readonly cells: number } | undefined;
  for (let attempt = 0; attempt < 40; attempt++) {
    const declaration = drawDeclaration(random, cells, 4 + Math.floor((attempt * Math.log2(cells)) / 40));
    const has = layOut(declaration).cells.length;
    if (has > cells || has <= (largest?.cells ?? 0)) continue;
    largest = { declaration, cells: has };
    if (has >= cells / 2) break;
  }
  return largest?.declaration ?? drawDeclaration(random, cells, 4);
}

/** One table that crosses all dimensions, or several that share some. A dimension has at most so many codes at the top. */
function drawDeclaration(random: Random, cells: number, most: number): Declaration {
  const dimensions: Dimension[] = [];
  for (let size = 1, i = 0; i < 4 && size < cells; i++) {
    const dimension = inventDimension('dcba'[i] as string, random, most);
    if (size * cellsOf(dimension) > cells && i > 0) break;
    size *= cellsOf(dimension);
    dimensions.push(dimension);
  }
  const names = dimensions.map(({ name }) => name);
  const pairs = names.flatMap((one, i) => names.slice(i + 1).map((other) => [one, other]));
  const isLinked = pairs.length > 1 && random() < 0.4;
  const tables = isLinked ? pairs.map((by) => ({ name: by.join(), by })) : [{ name: 'all', by: names }];
  return { population: 'invented people', dimensions, tables };
}

const leavesOf = ({ codes }: Dimension): string[] =>
  codes.map(({ code }) => code).filter((code) => !codes.some(({ parent }) => parent === code));

/** So many cases, most of them in few places, of three agencies. */
export function inventCases(declaration: Declaration, random: Random, many: number, from = 0): Case[] {
  const leaves = declaration.dimensions.map((dimension) => ({ name: dimension.name, codes: leavesOf(dimension) }));
  return Array.from({ length: many }, () => ({
    of: Object.fromEntries(
      leaves.map(({ name, codes }) => [name, codes[below(random, Math.ceil(codes.length * random()))] as string]),
    ),
    from,
    until: null,
    agency: ['nurses', 'police', 'advisers'][below(random, 3)] as string,
  }));
}
