/** Several publications of the same people: tables that share cells, divisions of one area that do not nest, and revisions. */
import {
  audit,
  type Case,
  type Declaration,
  layOut,
  type PublishedTables,
  protect,
} from '../../../../src/returns/disclosure-control/index.ts';
import { count, type Row, row } from '../../../harness/assurance.ts';
import { listPossible, type Reading } from './attacker.ts';
import { between, flat, inventCases, inventDeclaration } from './invented.ts';
import { sum, tryMany } from './lanes.ts';
import { countRelease } from './random-tables.ts';
import type { Random, Trial } from './trials.ts';

/** What a reader of all releases can still believe of a cell: fewer than five counts, or nobody excluded, is a finding of the auditor. */
const countUnsafe = async (releases: readonly PublishedTables[], cases: readonly Case[]): Promise<number> =>
  releases.length === 0 ? 0 : (await audit({ releases, cases, seconds: 60 })).length;

/** Publishes one table after another of the same people. */
async function publish(declarations: readonly Declaration[], cases: readonly Case[]): Promise<PublishedTables[]> {
  const releases: PublishedTables[] = [];
  for (const declaration of declarations) {
    const protection = await protect({ declaration, cases, earlier: releases });
    if (protection.state === 'protected') releases.push(protection.tables);
  }
  return releases;
}

/** Cells that several tables show with several numbers, which could be averaged. */
function countAveraged(releases: readonly PublishedTables[]): number {
  const values = new Map<string, Set<unknown>>();
  for (const { cells } of releases)
    for (const { key, shown } of cells)
      if (shown !== 'not shown') values.set(key, (values.get(key) ?? new Set()).add(shown));
  return [...values.values()].filter((shown) => shown.size > 1).length;
}

/** Tables asked one after another that share cells: averages and differences of the shared cells must tell nothing. */
export const tryOverlap: Trial = async (random) => {
  const dimensions = [flat('a', between(random, 2, 4)), flat('b', between(random, 2, 4)), flat('c', 2)];
  const asked = [['a'], ['a', 'b'], ['b', 'c'], ['a', 'c']].slice(0, between(random, 2, 4));
  const cases = inventCases({ population: 'invented people', dimensions, tables: [] }, random, between(random, 8, 60));
  const declarations = asked.map((by) => ({
    population: 'invented people',
    dimensions,
    tables: [{ name: by.join(), by }],
  }));
  const releases = await publish(declarations, cases);
  return {
    asked: asked.length,
    refused: asked.length - releases.length,
    averaged: countAveraged(releases),
    unsafe: await countUnsafe(releases, cases),
  };
};

export async function assureOverlap(seed: number, many: number): Promise<Row> {
  const found = await tryMany('overlapping tables', many, seed + 11);
  const [averaged, unsafe] = [sum(found, 'averaged'), sum(found, 'unsafe')];
  return row(
    'overlapping tables of the same people: averaging and differencing (cells shown with two numbers; unsafe; tables refused)',
    `${count(many)} of ${count(sum(found, 'asked'))} tables: ${averaged}; ${unsafe}; ${sum(found, 'refused')}`,
    averaged === 0 && unsafe === 0,
  );
}

/** Places in a row, cut into parts: districts at these borders. */
function cutInto(name: string, places: number, borders: readonly number[]): Declaration {
  const partOf = (at: number): string => `${name}${borders.filter((border) => border <= at).length}`;
  const leaves = Array.from({ length: places }, (_, at) => ({ code: `p${at}`, parent: partOf(at) as string | null }));
  const parts = [...new Set(leaves.map(({ parent }) => parent as string))];
  const codes = [...parts.map((code) => ({ code, parent: null })), ...leaves];
  return { population: 'invented people', dimensions: [{ name: 'place', codes }], tables: [{ name, by: ['place'] }] };
}

/** Every count that is left for each cell of all divisions, listed by the attacker that shares no code with us. */
function countBroken(releases: readonly PublishedTables[], cases: readonly Case[]): number | undefined {
  const leaves = [...new Set(releases.flatMap(({ declaration }) => listLeaves(declaration)))].map((place) => ({
    place,
  }));
  const readings: (Reading & { readonly truth: number })[] = [];
  const under = new Map<string, ReadonlySet<string>>();
  for (const { declaration, cells, method } of releases) {
    const counts = countRelease(declaration, cases, 0);
    for (const { code, parent } of declaration.dimensions[0]?.codes ?? []) {
      under.set(code, new Set([...(under.get(code) ?? []), code]));
      if (parent !== null) under.set(parent, new Set([...(under.get(parent) ?? []), code]));
    }
    for (const [at, { of }] of layOut(declaration).cells.entries()) {
      const isFar = method.kind === 'rounded' && method.extraStep;
      readings.push({ of, shown: cells[at]?.shown ?? 'not shown', isFar, truth: counts[at] ?? 0 });
    }
  }
  const possible = listPossible(
    leaves,
    readings,
    (cell, { place }) => cell.place === undefined || (under.get(cell.place)?.has(place ?? '') ?? false),
    false,
  );
  return possible?.filter((values, at) => {
    const truth = readings[at]?.truth ?? 0;
    return values.size < 5 || (truth > 0 && truth < 5 && !values.has(0));
  }).length;
}

const listLeaves = ({ dimensions }: Declaration): string[] => {
  const codes = dimensions[0]?.codes ?? [];
  return codes.map(({ code }) => code).filter((code) => !codes.some(({ parent }) => parent === code));
};

const drawBorders = (random: Random, places: number): number[] =>
  Array.from({ length: places - 1 }, (_, at) => at + 1).filter(() => random() < 0.4);

/** Districts and policing areas of the same places: the slivers between their borders must tell nothing. */
export const tryDivisions: Trial = async (random) => {
  const places = between(random, 3, 5);
  const names = ['district', 'area', 'ward'].slice(0, between(random, 2, 3));
  const declarations = names.map((name) => cutInto(name, places, drawBorders(random, places)));
  const cases = inventCases(declarations[0] as Declaration, random, between(random, 3, 30));
  const releases = await publish(declarations, cases);
  const broken = countBroken(releases, cases);
  return {
    asked: names.length,
    refused: names.length - releases.length,
    averaged: countAveraged(releases),
    broken: broken ?? 0,
    listed: broken === undefined ? 0 : 1,
    unsafe: await countUnsafe(releases, cases),
  };
};

export async function assureDivisions(seed: number, many: number): Promise<Row> {
  const found = await tryMany('divisions that do not nest', many, seed + 12);
  const [averaged, broken, unsafe] = [sum(found, 'averaged'), sum(found, 'broken'), sum(found, 'unsafe')];
  return row(
    'divisions of one area that do not nest: slivers (cells shown with two numbers; cells broken by the attacker of its own; unsafe; tables refused)',
    `${count(many)} of ${count(sum(found, 'asked'))} tables, ${count(sum(found, 'listed'))} of them listed wholly: ${averaged}; ${broken}; ${unsafe}; ${sum(found, 'refused')}`,
    averaged === 0 && broken === 0 && unsafe === 0,
  );
}

/** A few people come, go or change. Nothing may change below five; above, the pair must be safe. */
export const tryRevision: Trial = async (random) => {
  const declaration = inventDeclaration(random, between(random, 8, 40));
  const before = inventCases(declaration, random, between(random, 6, 50));
  const first = await protect({ declaration, cases: before });
  if (first.state === 'refused') return { refused: 1 };
  const changed = between(random, 1, 9);
  const gone = between(random, 0, Math.min(changed, before.length));
  const cases = [
    ...before.map((one, i) => (i < gone ? { ...one, until: 1, unit: `${i}` } : one)),
    ...inventCases(declaration, random, changed - Math.floor(gone / 2), 1).map((one, i) => ({ ...one, unit: `${i}` })),
  ];
  const second = await protect({ declaration, cases, earlier: [first.tables] });
  if (second.state === 'refused') return { refused: 1 };
  const people = new Set(cases.flatMap(({ from, until, unit }) => (from === 1 || until === 1 ? [unit] : []))).size;
  const isOther = JSON.stringify(second.tables.cells) !== JSON.stringify(first.tables.cells);
  const releases = second.state === 'protected' ? [first.tables, second.tables] : [first.tables];
  const counted = second.state === 'protected' ? cases : before;
  return { unsafe: await countUnsafe(releases, counted), changed: isOther && people < 5 ? 1 : 0, refused: 0 };
};

export async function assureRevisions(seed: number, many: number): Promise<Row> {
  const found = await tryMany('revisions', many, seed + 13);
  const [unsafe, changed] = [sum(found, 'unsafe'), sum(found, 'changed')];
  return row(
    'revisions by one to nine people (unsafe; numbers that fewer than five changed; refused)',
    `${count(many)}: ${unsafe}; ${changed}; ${sum(found, 'refused')}`,
    unsafe === 0 && changed === 0,
  );
}
