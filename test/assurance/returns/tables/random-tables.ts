/** Random tables, protected and attacked again. A weakness that the auditor finds afterwards would be ours. */
import {
  audit,
  type Case,
  countFacts,
  type Declaration,
  fewer,
  layOut,
  type PublishedTables,
  protect,
} from '../../../../src/returns/disclosure-control/index.ts';
import { count, type Row, row } from '../../../harness/assurance.ts';
import { between, inventCases, inventDeclaration } from './invented.ts';
import { sum, tryMany } from './lanes.ts';
import type { Found, Trial } from './trials.ts';

const isCountedIn = ({ from, until }: Case, release: number): boolean =>
  from <= release && (until === null || release < until);

export const countRelease = (declaration: Declaration, cases: readonly Case[], release: number): number[] =>
  countFacts(
    layOut(declaration),
    cases.filter((one) => isCountedIn(one, release)).map(({ of }) => of),
  );

const numberOf = (shown: PublishedTables['cells'][number]['shown'] | undefined): number =>
  typeof shown === 'number' ? shown : 0;

/** What one protected table is worth: distance from the counts, cells that are not shown, sums that do not hold. */
function score(tables: PublishedTables, cases: readonly Case[]) {
  const counts = countRelease(tables.declaration, cases, 0);
  let [withheld, error, notAdditive] = [0, 0, 0];
  for (const [cell, { shown }] of tables.cells.entries()) {
    const of = counts[cell] ?? 0;
    if (shown === 'not shown') withheld += 1;
    else error += shown === fewer ? of : Math.abs(numberOf(shown) - of);
  }
  const isShown = (cell: number): boolean => tables.cells[cell]?.shown !== 'not shown';
  for (const { total, parts } of layOut(tables.declaration).sums)
    if ([total, ...parts].every(isShown)) {
      const added = parts.reduce((so, part) => so + numberOf(tables.cells[part]?.shown), 0);
      if (added !== numberOf(tables.cells[total]?.shown)) notAdditive += 1;
    }
  return { withheld, error, notAdditive };
}

/** A third of the size or more; each fifth table is asked in the whole size. */
export const tryOneTable: Trial = async (random, index, size) => {
  const declaration = inventDeclaration(random, index % 5 === 0 ? size : between(random, Math.ceil(size / 3), size));
  const cases = inventCases(declaration, random, between(random, 3, size * 2));
  const protection = await protect({ declaration, cases, seconds: 120 });
  const cells = layOut(declaration).cells.length;
  if (protection.state !== 'protected') return { cells, refused: 1 };
  const findings = await audit({ releases: [protection.tables], cases: cases.toReversed(), seconds: 60 });
  return {
    cells,
    shown: cells,
    unsafe: findings.length > 0 ? 1 : 0,
    presence: findings.filter(({ problem }) => problem === 'presence').length,
    ...score(protection.tables, cases),
  };
};

/** So many tables of each size. */
export async function assureRandomTables(
  seed: number,
  sizes: readonly (readonly [many: number, cells: number])[],
): Promise<Row[]> {
  const found: Found[] = [];
  const told: string[] = [];
  for (const [many, size] of sizes) {
    const here = await tryMany('random tables', many, seed + size, size);
    const cells = here.map((one) => Number(one.cells)).sort((a, b) => a - b);
    told.push(
      `${count(many)} up to ${count(cells.at(-1) ?? 0)} cells, half of them from ${count(cells[cells.length >> 1] ?? 0)}`,
    );
    found.push(...here);
  }
  const [unsafe, refused, presence, notAdditive] = ['unsafe', 'refused', 'presence', 'notAdditive'].map((name) =>
    sum(found, name),
  ) as [number, number, number, number];
  const shown = sum(found, 'shown');
  const error = sum(found, 'error') / Math.max(1, shown) / 5;
  return [
    row(
      'random hierarchical and linked tables, protected and attacked again (unsafe; presence proofs; refused; cells not shown)',
      `${told.join('; ')}: ${unsafe}; ${presence}; ${refused}; ${count(sum(found, 'withheld'))} of ${count(shown)}`,
      // A table of few people may be refused: no rounding of it leaves a reader unsure.
      unsafe === 0 && presence === 0 && refused <= found.length / 100,
    ),
    row('sums that do not hold', `${notAdditive}`, notAdditive === 0),
    row('mean distance from the count, in parts of the base (at most 0.35)', error.toFixed(3), error <= 0.35),
  ];
}
