/**
 * Tables as they are declared before the data arrive: the dimensions with their codes, and which dimensions each table
 * crosses. Tables of one declaration count the same facts, so a cell that two of them share is one cell.
 */
import { createHash } from 'node:crypto';

/** One value of a dimension. The parent is the code above it, or null directly under the whole. */
export type Code = { readonly code: string; readonly parent: string | null };
/** What facts are broken down by. A fact has a code without codes under it. */
export type Dimension = { readonly name: string; readonly codes: readonly Code[] };
/** The dimensions that a table crosses. None: the whole alone. */
export type Table = { readonly name: string; readonly by: readonly string[] };
export type Declaration = {
  /** What one fact is, such as "potential victims". */
  readonly population: string;
  readonly dimensions: readonly Dimension[];
  readonly tables: readonly Table[];
};

/** The code of a cell in each dimension that is not the whole. */
export type CellCodes = Readonly<Record<string, string>>;
/** Names a cell by its codes, in the order of the names of dimensions: the same in every table and release. */
export type CellKey = string;

export type Cell = { readonly key: CellKey; readonly of: CellCodes };
/** The cells of a declaration, and the sums from which all others follow. */
export type Layout = {
  readonly declaration: Declaration;
  readonly cells: readonly Cell[];
  readonly indexOf: ReadonlyMap<CellKey, number>;
  readonly sums: readonly Sum[];
  /** The same with those that follow from others. */
  readonly allSums: readonly Sum[];
};
/** Which cells add up to which: positions in `cells`. */
export type Sum = { readonly total: number; readonly parts: readonly number[] };

export class DeclarationError extends Error {
  override name = 'DeclarationError';
}

export const getCellKey = (of: CellCodes): CellKey =>
  JSON.stringify(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

/** The hash of a declaration: a certificate names it, so that a table declared later is another one. SHA-256, hexadecimal. */
export const getDeclarationDigest = (declaration: Declaration): string =>
  createHash('sha256').update(JSON.stringify(declaration, sortKeys)).digest('hex');

/** Keys in one order, as a database may give them back in another. */
const sortKeys = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** A dimension as a tree: the codes under each code, and under the whole. */
export type Tree = {
  readonly name: string;
  readonly childrenOf: (code: string | null) => readonly string[];
  /** The code and every code above it, without the whole. */
  readonly pathOf: (leaf: string) => readonly string[];
  readonly leaves: readonly string[];
};

export function readTree({ name, codes }: Dimension): Tree {
  const parents = new Map(codes.map(({ code, parent }) => [code, parent]));
  if (parents.size !== codes.length) throw new DeclarationError(`${name}: a code is declared twice.`);
  if (codes.length === 0) throw new DeclarationError(`${name}: no code is declared.`);
  const children = Map.groupBy(codes, ({ parent }) => parent);
  const pathOf = (leaf: string): string[] => {
    const path: string[] = [];
    for (let code: string | null | undefined = leaf; code !== null; code = parents.get(code)) {
      if (code === undefined || !parents.has(code)) throw new DeclarationError(`${name}: “${leaf}” is under no code.`);
      if (path.includes(code)) throw new DeclarationError(`${name}: “${leaf}” is under itself.`);
      path.push(code);
    }
    return path;
  };
  for (const { code } of codes) pathOf(code);
  return {
    name,
    childrenOf: (code) => (children.get(code) ?? []).map((child) => child.code),
    pathOf,
    leaves: codes.map(({ code }) => code).filter((code) => !children.has(code)),
  };
}

export const readTrees = ({ dimensions, tables }: Declaration): ReadonlyMap<string, Tree> => {
  const trees = new Map(dimensions.map((dimension) => [dimension.name, readTree(dimension)]));
  if (trees.size !== dimensions.length) throw new DeclarationError('A dimension is declared twice.');
  for (const { name, by } of tables) {
    if (new Set(by).size !== by.length) throw new DeclarationError(`${name}: a dimension is crossed with itself.`);
    for (const one of by)
      if (!trees.has(one)) throw new DeclarationError(`${name}: the dimension “${one}” is not declared.`);
  }
  return trees;
};

/** Every combination of one choice from each list. */
export function* combine<One>(lists: readonly (readonly One[])[]): Generator<readonly One[]> {
  const [first, ...rest] = lists;
  if (!first) {
    yield [];
    return;
  }
  for (const one of first) for (const others of combine(rest)) yield [one, ...others];
}

/** Cells of a table: null is the whole of a dimension. */
function* listCells(by: readonly string[], trees: ReadonlyMap<string, Tree>): Generator<readonly (string | null)[]> {
  const everyCode = (name: string): (string | null)[] => {
    const tree = trees.get(name) as Tree;
    const under = (code: string | null): (string | null)[] => [code, ...tree.childrenOf(code).flatMap(under)];
    return under(null);
  };
  yield* combine(by.map(everyCode));
}

const toCodes = (by: readonly string[], codes: readonly (string | null)[]): CellCodes =>
  Object.fromEntries(by.flatMap((name, i) => (codes[i] == null ? [] : [[name, codes[i]]])));

/**
 * Lays out the cells of all tables, and the sums that hold between them. A sum over a dimension follows from others
 * where a dimension before it has parts as well.
 */
export function layOut(declaration: Declaration): Layout {
  const trees = readTrees(declaration);
  const cells: Cell[] = [];
  const indexOf = new Map<CellKey, number>();
  const add = (of: CellCodes): number => {
    const key = getCellKey(of);
    const known = indexOf.get(key);
    if (known !== undefined) return known;
    indexOf.set(key, cells.length);
    cells.push({ key, of });
    return cells.length - 1;
  };
  const sums = new Map<string, Sum>();
  const allSums = new Map<string, Sum>();
  for (const { by } of declaration.tables)
    for (const codes of listCells(by, trees)) {
      const total = add(toCodes(by, codes));
      const own = by.flatMap((name, at) => {
        const children = (trees.get(name) as Tree).childrenOf(codes[at] ?? null);
        return children.length === 0 ? [] : [children.map((child) => add(toCodes(by, codes.with(at, child))))];
      });
      for (const [at, parts] of own.entries()) {
        const name = `${total}:${parts.join()}`;
        allSums.set(name, { total, parts });
        if (at === 0) sums.set(name, { total, parts });
      }
    }
  return { declaration, cells, indexOf, sums: [...sums.values()], allSums: [...allSums.values()] };
}
