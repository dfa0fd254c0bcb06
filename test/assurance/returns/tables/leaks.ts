/** Tables taken apart by an attacker of its own, the faults that other tools had, and leaks that the auditor must find. */
import {
  audit,
  type Case,
  type Declaration,
  type KnownNumber,
  layOut,
  type PublishedTables,
  protect,
  suppress,
} from '../../../../src/returns/disclosure-control/index.ts';
import { count, type Row, row } from '../../../harness/assurance.ts';
import { listPossible } from './attacker.ts';
import { between, flat, inventCases, inventDeclaration } from './invented.ts';
import { sum, tryMany } from './lanes.ts';
import { countRelease } from './random-tables.ts';
import type { Random, Trial } from './trials.ts';

/** Two dimensions of so many codes, crossed. */
const smallDeclaration = (rows: number, columns: number): Declaration => ({
  population: 'invented people',
  dimensions: [flat('a', rows), flat('b', columns)],
  tables: [{ name: 'a by b', by: ['a', 'b'] }],
});

const covers = (cell: Readonly<Record<string, string>>, leaf: Readonly<Record<string, string>>): boolean =>
  Object.entries(cell).every(([name, code]) => leaf[name] === code);

/** Cells of which a reader learns too much, over every table that agrees with what is shown. Undefined if there are too many. */
function countBroken({ declaration, cells, method }: PublishedTables, cases: readonly Case[], reader: string | null) {
  const layout = layOut(declaration);
  const leaves = layout.cells.filter(({ of }) => Object.keys(of).length === 2).map(({ of }) => of);
  const ownCases = cases.filter(({ agency }) => reader !== null && agency === reader);
  const own = countRelease(declaration, ownCases, 0);
  const possible = listPossible(
    leaves,
    cells.map(({ shown }, i) => ({
      of: layout.cells[i]?.of ?? {},
      shown,
      own: own[i] ?? 0,
      isExact: method.kind === 'suppressed',
    })),
    covers,
    method.kind === 'rounded' && method.extraStep,
  );
  if (!possible) return undefined;
  const counts = countRelease(declaration, cases, 0);
  return possible.filter((values, cell) => {
    const isOpen = method.kind === 'suppressed' && typeof cells[cell]?.shown === 'number';
    const rest = (counts[cell] ?? 0) - (own[cell] ?? 0);
    const isSmall = rest > 0 && rest < 5;
    if (isOpen) return isSmall && reader === null;
    if (reader !== null) return isSmall && (!values.has(0) || values.size < 3);
    return values.size < 5 || (isSmall && !values.has(0));
  }).length;
}

/** Small tables: two dimensions of two or three codes. */
export const tryListing: Trial = async (random) => {
  for (;;) {
    const declaration = smallDeclaration(2, between(random, 2, 3));
    const cases = inventCases(declaration, random, between(random, 2, 30));
    const protection = await protect({ declaration, cases });
    if (protection.state === 'refused') continue;
    const broken = countBroken(protection.tables, cases, null);
    if (broken !== undefined) return { broken };
  }
};

export async function assureListing(seed: number, many: number): Promise<Row> {
  const broken = sum(await tryMany('tables taken apart', many, seed), 'broken');
  return row(
    'small tables taken apart by an attacker of its own (cells broken)',
    `${count(many)}: ${broken}`,
    broken === 0,
  );
}

/** Patterns that other tools left open (sdcTable and its peers): three people alone in one line, one agency that knows nearly all, zeros and ones. */
const patterns = ['three singletons', 'dominance', 'zeros and ones'] as const;

function inventPattern(pattern: (typeof patterns)[number], random: Random): { cases: Case[]; partners: string[] } {
  const cell = (a: number, b: number, many: number, agency: string): Case[] =>
    Array.from({ length: many }, () => ({ of: { a: `a${a}`, b: `b${b}` }, from: 0, until: null, agency }));
  const other = [0, 1, 2].flatMap((b) => cell(1, b, between(random, 0, 9), 'police'));
  if (pattern === 'three singletons')
    return {
      cases: [...[0, 1, 2].flatMap((b) => cell(0, b, 1, `alone ${b}`)), ...other],
      partners: ['alone 0', 'alone 1', 'alone 2'],
    };
  if (pattern === 'dominance') {
    const rest = between(random, 1, 4);
    return {
      cases: [...cell(0, 0, between(random, 8, 16), 'nurses'), ...cell(0, 0, rest, 'police'), ...other],
      partners: ['nurses'],
    };
  }
  return {
    cases: [0, 1].flatMap((a) => [0, 1, 2].flatMap((b) => cell(a, b, between(random, 0, 1), 'police'))),
    partners: [],
  };
}

/** Rounded, and rounded for partners, and with exact larger counts; each twice, and the second must be the first. */
export const tryKnownFaults: Trial = async (random, index) => {
  const pattern = patterns[index % patterns.length] ?? patterns[0];
  const { cases, partners } = inventPattern(pattern, random);
  const declaration = smallDeclaration(2, 3);
  const found = { tables: 0, refused: 0, repeated: 0, tooMany: 0, different: 0 };
  for (const [make, readers] of [
    [() => protect({ declaration, cases, partners }), [null, ...partners]],
    [() => suppress({ declaration, cases }), [null]],
  ] as const) {
    const protection = await make();
    if (JSON.stringify(protection) !== JSON.stringify(await make())) found.different += 1;
    if (protection.state !== 'protected') {
      found.refused += 1;
      continue;
    }
    found.tables += 1;
    for (const reader of readers) {
      const broken = countBroken(protection.tables, cases, reader);
      if (broken === undefined) found.tooMany += 1;
      else if (broken > 0) found.repeated += 1;
    }
  }
  return found;
};

export async function assureKnownFaults(seed: number, many: number): Promise<Row> {
  const found = await tryMany('known faults', many, seed);
  const [repeated, different] = [sum(found, 'repeated'), sum(found, 'different')];
  return row(
    `faults of other tools: ${patterns.join(', ')}, another pattern at each run (repeated; different; refused; too many tables to list)`,
    `${count(sum(found, 'tables'))} tables: ${repeated}; ${different}; ${sum(found, 'refused')}; ${sum(found, 'tooMany')}`,
    repeated === 0 && different === 0 && sum(found, 'tables') >= many / 2,
  );
}

/** Leaks planted in safe tables: a false number, a cell hidden alone, exact numbers of all others in the prose. */
export const tryPlantedLeak: Trial = async (random, index) => {
  for (;;) {
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
    const key = layout.cells[leaked]?.key;
    const kind = index % 3;
    const cells = tables.cells.map((cell, at) => {
      if (kind === 0) return cell.key === key ? { ...cell, shown: 40 } : cell;
      return { key: cell.key, shown: cell.key === key ? ('not shown' as const) : (counts[at] ?? 0) };
    });
    const others = layout.cells.flatMap((cell, at): KnownNumber[] =>
      cell.key === key ? [] : [{ of: cell.of, release: 0, least: counts[at] ?? 0, most: counts[at] ?? 0 }],
    );
    const planted = { ...tables, cells, ...(kind === 1 && { method: { kind: 'suppressed' as const } }) };
    const findings =
      kind === 2
        ? await audit({ releases: [tables], cases, elsewhere: others })
        : await audit({ releases: [planted], cases });
    return { found: findings.some((finding) => finding.key === key) ? 1 : 0 };
  }
};

export async function assurePlantedLeaks(seed: number, many: number): Promise<Row> {
  const found = sum(await tryMany('planted leaks', many, seed), 'found');
  return row('leaks planted in tables (found)', `${count(many)}: ${count(found)}`, found === many);
}
