/** Disclosure control tried on invented tables: the protector against the auditor, and both against an attacker that shares no code with them. In parts, which can run apart. */
import type { Effort, Row } from '../../../harness/assurance.ts';
import { assureKnownFaults, assureListing, assurePlantedLeaks } from './leaks.ts';
import { assureRandomTables } from './random-tables.ts';
import { assureDivisions, assureOverlap, assureRevisions } from './revisions.ts';
import { assureElsewhere, assureSeries } from './series.ts';
import { assureLimits, assureRepeated, assureSpeed } from './solver-limits.ts';

/** In full the parts take about an hour on two cores; docs/figures.md says what was run. SAFELIGHT_TABLES takes a share, such as 0.1. */
const some = ({ quick }: Effort, all: number, short: number): number =>
  quick ? short : Math.ceil(all * Number(process.env.SAFELIGHT_TABLES ?? 1));

export const assureTables = (effort: Effort): Promise<Row[]> =>
  assureRandomTables(
    effort.seed,
    effort.quick
      ? [[12, 100]]
      : [[4_900, 150] as const, [90, 600] as const, [10, 2_000] as const].map(
          ([many, cells]) => [some(effort, many, 0), cells] as const,
        ),
  );

export const assureTablesInSeries = async (effort: Effort): Promise<Row[]> => [
  await assureSeries(effort.seed, some(effort, 300, 3)),
  await assureElsewhere(effort.seed, some(effort, 300, 5)),
];

export const assureTablesAttacked = async (effort: Effort): Promise<Row[]> => [
  await assureListing(effort.seed, some(effort, 100, 5)),
  await assureKnownFaults(effort.seed, some(effort, 150, 6)),
  await assurePlantedLeaks(effort.seed, some(effort, 1_000, 6)),
];

export const assureTablesOverlapping = async (effort: Effort): Promise<Row[]> => [
  await assureOverlap(effort.seed, some(effort, 400, 3)),
  await assureDivisions(effort.seed, some(effort, 400, 4)),
  await assureRevisions(effort.seed, some(effort, 1_000, 3)),
];

export const assureTablesRepeated = async (effort: Effort): Promise<Row[]> => [
  await assureRepeated(effort.seed, some(effort, 1_000, 3)),
  await assureLimits(effort.seed, some(effort, 200, 4)),
  ...(await assureSpeed(effort.seed, effort.quick)),
];
