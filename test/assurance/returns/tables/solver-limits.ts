/** The same input again and again, a solver that gets no time or too little, and how long large tables take. */
import { hash } from 'node:crypto';
import { type Protection, protect } from '../../../../src/returns/disclosure-control/index.ts';
import { chance, count, type Row, row } from '../../../harness/assurance.ts';
import { inventElsewhere } from './elsewhere.ts';
import { between, flat, inventCases, inventDeclaration } from './invented.ts';
import { sum, tryMany } from './lanes.ts';
import type { Random, Trial } from './trials.ts';

/** Every input is the first one, of which nothing depends on the index. */
export const tryRepeated: Trial = async (_random, _index, size) => {
  const random = chance(size);
  const declaration = inventDeclaration(random, 60);
  const cases = inventCases(declaration, random, 60);
  return { answer: hash('sha256', JSON.stringify(await protect({ declaration, cases })), 'hex') };
};

export async function assureRepeated(seed: number, many: number): Promise<Row> {
  const found = await tryMany('the same input', many, seed, seed);
  const different = new Set(found.map(({ answer }) => answer)).size - 1;
  return row(
    'the same input again, in fresh threads (different answers)',
    `${count(many)}: ${different}`,
    different === 0,
  );
}

/** Without time nothing is published. With too little, for all or for the auditor alone, nothing else is than with enough. */
export const tryLimit: Trial = async (random, index) => {
  const limit = (['no time', 'little', 'no time for the auditor'] as const)[index % 3] as string;
  const isOfAuditor = limit === 'no time for the auditor';
  const declaration = inventDeclaration(random, isOfAuditor ? between(random, 9, 24) : between(random, 60, 150));
  const cases = inventCases(declaration, random, isOfAuditor ? between(random, 20, 60) : between(random, 60, 200));
  // Of small tables with numbers that readers know exactly the auditor asks the solver.
  const elsewhere = isOfAuditor ? inventElsewhere(declaration, cases, random) : [];
  const time = isOfAuditor
    ? { auditorSeconds: 0 }
    : { seconds: limit === 'no time' ? 0 : 10 ** -between(random, 2, 6) };
  const protection = await protect({ declaration, cases, elsewhere, ...time });
  if (protection.state === 'refused') return { [`refused, ${limit}`]: 1 };
  if (limit === 'no time') return { weaker: 1 };
  const inTime: Protection = await protect({ declaration, cases, elsewhere });
  return JSON.stringify(inTime) === JSON.stringify(protection) ? { [`same, ${limit}`]: 1 } : { weaker: 1 };
};

export async function assureLimits(seed: number, many: number): Promise<Row> {
  const found = await tryMany('solver limits', 3 * many, seed);
  const [refused, same] = [
    (limit: string) => sum(found, `refused, ${limit}`),
    (limit: string) => sum(found, `same, ${limit}`),
  ];
  const weaker = sum(found, 'weaker');
  const told = ['little', 'no time for the auditor'].map((limit) => `${count(refused(limit))}; ${count(same(limit))}`);
  return row(
    'forced solver limits: no time (refused); a millionth to a hundredth of a second, then none for the auditor alone (refused; finished all the same, with the same tables); other tables',
    `${count(many)}: ${count(refused('no time'))}; ${count(many)}: ${told[0]}; ${count(many)}: ${told[1]}; ${weaker}`,
    refused('no time') === many && refused('no time for the auditor') >= Math.floor(many / 10) && weaker === 0,
  );
}

/** Processor time of this process for one table of a size, protector and auditor together. */
async function timeOf(random: Random, lengths: readonly number[], people: number): Promise<[string, number]> {
  const dimensions = lengths.map((length, i) => flat('abc'[i] as string, length));
  const names = dimensions.map(({ name }) => name);
  const declaration = { population: 'invented people', dimensions, tables: [{ name: 'all', by: names }] };
  const cases = inventCases(declaration, random, people);
  const before = process.cpuUsage();
  const protection = await protect({ declaration, cases, seconds: 300 });
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  return [
    `${protection.state} in ${seconds.toFixed(1)} s`,
    protection.state === 'refused' ? Number.POSITIVE_INFINITY : seconds,
  ];
}

/** 280 cells in 5 s and 1,680 in 120 s of processor time. */
export async function assureSpeed(seed: number, isQuick: boolean): Promise<Row[]> {
  const sizes: readonly (readonly [cells: number, lengths: readonly number[], people: number, most: number])[] = isQuick
    ? [[280, [6, 7, 4], 300, 5]]
    : [
        [280, [6, 7, 4], 300, 5],
        [1_680, [13, 14, 7], 1_000, 120],
      ];
  const rows: Row[] = [];
  for (const [cells, lengths, people, most] of sizes) {
    const [told, seconds] = await timeOf(chance((seed + cells) * 1_000_003), lengths, people);
    rows.push(row(`${count(cells)} cells (processor time, at most ${most} s)`, told, seconds <= most));
  }
  return rows;
}
