/** Disclosure control tried on invented tables: the protector against the auditor, and both against an attacker that shares no code with them. */
import {
  audit,
  type Case,
  countFacts,
  type Declaration,
  fewer,
  type KnownNumber,
  layOut,
  type PublishedTables,
  protect,
} from '../../../../src/returns/disclosure-control/index.ts';
import { chance, count, type Effort, type Row, row } from '../../../harness/assurance.ts';
import { listPossible } from './attacker.ts';
import { inventCases, inventDeclaration } from './invented.ts';

type Random = () => number;
type Tried = { tables: number; refused: number; withheld: number; cells: number; error: number; notAdditive: number };
const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));

const isCountedIn = ({ from, until }: Case, release: number): boolean =>
  from <= release && (until === null || release < until);

const countRelease = (declaration: Declaration, cases: readonly Case[], release: number): number[] =>
  countFacts(
    layOut(declaration),
    cases.filter((one) => isCountedIn(one, release)).map(({ of }) => of),
  );

const numberOf = (shown: PublishedTables['cells'][number]['shown'] | undefined): number =>
  typeof shown === 'number' ? shown : 0;

/** Adds what one protected release was worth: distance from the counts, cells that are not shown, sums that do not hold. */
function keepScore(tried: Tried, tables: PublishedTables, cases: readonly Case[], release: number): void {
  const counts = countRelease(tables.declaration, cases, release);
  for (const [cell, { shown }] of tables.cells.entries()) {
    tried.cells += 1;
    if (shown === 'not shown') tried.withheld += 1;
    else tried.error += shown === fewer ? Math.abs(counts[cell] ?? 0) : Math.abs(numberOf(shown) - (counts[cell] ?? 0));
  }
  const isShown = (cell: number): boolean => tables.cells[cell]?.shown !== 'not shown';
  for (const { total, parts } of layOut(tables.declaration).sums)
    if ([total, ...parts].every(isShown)) {
      const sum = parts.reduce((so, part) => so + numberOf(tables.cells[part]?.shown), 0);
      if (sum !== numberOf(tables.cells[total]?.shown)) tried.notAdditive += 1;
    }
}

/** One to so many exact numbers that somebody else printed: the whole, or the codes of one dimension at the top. */
function inventElsewhere(declaration: Declaration, cases: readonly Case[], random: Random): KnownNumber[] {
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

/** Random tables of one size, protected and attacked. A weakness that the auditor finds afterwards would be ours. */
async function tryTables(random: Random, sizes: readonly (readonly [many: number, cells: number])[]): Promise<Row[]> {
  const tried: Tried = { tables: 0, refused: 0, withheld: 0, cells: 0, error: 0, notAdditive: 0 };
  let [unsafe, largest] = [0, 0];
  for (const [many, cells] of sizes)
    for (let i = 0; i < many; i++) {
      const declaration = inventDeclaration(random, between(random, Math.ceil(cells / 3), cells));
      const cases = inventCases(declaration, random, between(random, 3, cells * 2));
      tried.tables += 1;
      const protection = await protect({ declaration, cases, seconds: 120 });
      if (protection.state === 'refused') {
        tried.refused += 1;
        continue;
      }
      largest = Math.max(largest, protection.tables.cells.length);
      keepScore(tried, protection.tables, cases, 0);
      if ((await audit({ releases: [protection.tables], cases: cases.toReversed() })).length > 0) unsafe += 1;
    }
  const error = tried.error / Math.max(1, tried.cells) / 5;
  return [
    row(
      'random hierarchical and linked tables, protected and attacked again (unsafe; refused; cells not shown)',
      `${count(tried.tables)} up to ${count(largest)} cells: ${unsafe}; ${tried.refused}; ${tried.withheld} of ${count(tried.cells)}`,
      unsafe === 0 && tried.refused === 0,
    ),
    row('sums that do not hold', `${tried.notAdditive}`, tried.notAdditive === 0),
    row('mean distance from the count, in parts of the base (at most 0.35)', error.toFixed(3), error <= 0.35),
  ];
}

/** Several releases of a table that grows: each is protected together with all before it. */
async function trySeries(random: Random, many: number): Promise<Row[]> {
  let [unsafe, refused, releases, series] = [0, 0, 0, 0];
  for (let i = 0; i < many; i++) {
    const declaration = inventDeclaration(random, between(random, 12, 60));
    const cases = inventCases(declaration, random, between(random, 10, 80));
    const earlier: PublishedTables[] = [];
    series += 1;
    for (let release = 0; release < between(random, 2, 12); release++) {
      if (release > 0) cases.push(...inventCases(declaration, random, between(random, 5, 12), earlier.length));
      const now = cases.filter(({ from }) => from <= earlier.length);
      const protection = await protect({ declaration, cases: now, earlier });
      releases += 1;
      if (protection.state === 'refused') {
        refused += 1;
        // What is refused is not published: the cases stay for the next release.
        continue;
      }
      earlier.push(protection.tables);
    }
    if ((await audit({ releases: earlier, cases: cases.filter(({ from }) => from < earlier.length) })).length > 0)
      unsafe += 1;
  }
  return [
    row(
      'series of releases (unsafe; releases refused)',
      `${count(series)} of ${count(releases)} releases: ${unsafe}; ${refused}`,
      unsafe === 0,
    ),
  ];
}

async function tryElsewhere(random: Random, many: number): Promise<Row> {
  let [unsafe, refused] = [0, 0];
  for (let i = 0; i < many; i++) {
    const declaration = inventDeclaration(random, between(random, 12, 90));
    const cases = inventCases(declaration, random, between(random, 10, 150));
    const elsewhere = inventElsewhere(declaration, cases, random);
    const protection = await protect({ declaration, cases, elsewhere });
    if (protection.state === 'refused') refused += 1;
    else if ((await audit({ releases: [protection.tables], cases, elsewhere })).length > 0) unsafe += 1;
  }
  return row(
    'tables with exact numbers known from elsewhere (unsafe; refused)',
    `${count(many)}: ${unsafe}; ${refused}`,
    unsafe === 0,
  );
}

/** Small tables, taken apart by listing every table that agrees: two dimensions of two or three codes. */
async function tryAttacker(random: Random, many: number): Promise<Row> {
  let [attacked, broken] = [0, 0];
  while (attacked < many) {
    const list = (name: string, length: number) => ({
      name,
      codes: Array.from({ length }, (_, i) => ({ code: `${name}${i}`, parent: null })),
    });
    const dimensions = [list('a', 2), list('b', between(random, 2, 3))];
    const declaration = { population: 'invented people', dimensions, tables: [{ name: 'a by b', by: ['a', 'b'] }] };
    const cases = inventCases(declaration, random, between(random, 2, 30));
    const protection = await protect({ declaration, cases });
    if (protection.state === 'refused') continue;
    const { cells, method } = protection.tables;
    const layout = layOut(declaration);
    const leaves = layout.cells.filter(({ of }) => Object.keys(of).length === 2).map(({ of }) => of);
    const possible = listPossible(
      leaves,
      cells.map(({ shown }, i) => ({ of: layout.cells[i]?.of ?? {}, shown })),
      (cell, leaf) => Object.entries(cell).every(([name, code]) => leaf[name] === code),
      method.kind === 'rounded' && method.extraStep,
    );
    if (!possible) continue;
    attacked += 1;
    const counts = countRelease(declaration, cases, 0);
    const isBroken = possible.some((values, cell) => {
      const truth = counts[cell] ?? 0;
      return values.size < 5 || (truth > 0 && truth < 5 && !values.has(0));
    });
    if (isBroken) broken += 1;
  }
  return row(
    'small tables taken apart by an attacker of its own (broken)',
    `${count(attacked)}: ${broken}`,
    broken === 0,
  );
}

/** Leaks planted in safe tables: a false number, an exact small number in the prose, a cell hidden alone. */
async function tryPlanted(random: Random, many: number): Promise<Row> {
  let [planted, found] = [0, 0];
  while (planted < many) {
    const declaration = inventDeclaration(random, between(random, 12, 60));
    const cases = inventCases(declaration, random, between(random, 20, 90));
    const protection = await protect({ declaration, cases });
    if (protection.state === 'refused') continue;
    const { tables } = protection;
    const layout = layOut(declaration);
    const counts = countRelease(declaration, cases, 0);
    const small = counts.flatMap((value, cell) => (value > 0 && value < 5 ? [cell] : []));
    const leaked = small[between(random, 0, Math.max(0, small.length - 1))];
    if (leaked === undefined) continue;
    planted += 1;
    const key = layout.cells[leaked]?.key;
    const kind = planted % 3;
    const cells = tables.cells.map((cell, at) => {
      if (kind === 0) return cell.key === key ? { ...cell, shown: 40 } : cell;
      return { key: cell.key, shown: cell.key === key ? ('not shown' as const) : (counts[at] ?? 0) };
    });
    const others = layout.cells.flatMap((cell, at): KnownNumber[] =>
      cell.key === key ? [] : [{ of: cell.of, release: 0, least: counts[at] ?? 0, most: counts[at] ?? 0 }],
    );
    const findings =
      kind === 2
        ? await audit({ releases: [tables], cases, elsewhere: others })
        : await audit({
            releases: [{ ...tables, cells, ...(kind === 1 && { method: { kind: 'suppressed' as const } }) }],
            cases,
          });
    if (findings.some((finding) => finding.key === key)) found += 1;
  }
  return row('planted leaks (found)', `${count(planted)}: ${found}`, found === planted);
}

/** The same input again and again, in fresh threads. */
async function trySameBytes(random: Random, many: number): Promise<Row> {
  const declaration = inventDeclaration(random, 60);
  const cases = inventCases(declaration, random, 60);
  const texts = new Set<string>();
  for (let i = 0; i < many; i++) texts.add(JSON.stringify(await protect({ declaration, cases })));
  return row('the same input again (different answers)', `${count(many)}: ${texts.size - 1}`, texts.size === 1);
}

/** Without time for the solver nothing is published. */
async function tryWithoutTime(random: Random, many: number): Promise<Row> {
  let [refused, tables] = [0, 0];
  while (tables < many) {
    const declaration = inventDeclaration(random, between(random, 60, 150));
    const cases = inventCases(declaration, random, between(random, 60, 200));
    tables += 1;
    const protection = await protect({ declaration, cases, seconds: 0 });
    if (protection.state === 'refused' && protection.why === 'not finished') refused += 1;
  }
  return row('no time for the solver (refused)', `${count(tables)}: ${refused}`, refused === tables);
}

export async function assureTables({ seed, quick }: Effort): Promise<Row[]> {
  const random = chance(seed);
  const some = (all: number, short: number): number => (quick ? short : all);
  return [
    ...(await tryTables(
      random,
      quick
        ? [[12, 100]]
        : [
            [4_900, 150],
            [90, 600],
            [10, 2_000],
          ],
    )),
    ...(await trySeries(random, some(300, 2))),
    await tryElsewhere(random, some(300, 5)),
    await tryAttacker(random, some(100, 5)),
    await tryPlanted(random, some(1_000, 6)),
    await trySameBytes(random, some(1_000, 3)),
    await tryWithoutTime(random, some(200, 4)),
  ];
}
