/** Every indicator counted over the view of facts, under the counting role and its row policies, beside one bare grouping of the same columns. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import {
  type AnyTables,
  beginReading,
  openDatabase,
  type Reader,
  setContext,
} from '../../src/platform/database/database.ts';
import { databaseNames, openEmbedded } from '../../src/platform/embedded-postgres/embedded.ts';
import { groupedFacts, queryIndicators } from '../../src/returns/counting/fact-store.ts';
import { migrateEmbedded } from '../harness/embedded.ts';
import { by, type Effort, type Line } from './effort.ts';
import { analyst, factId, factsOfVisit, fillOperations, fillVisits } from './facts-fill.ts';
import { median } from './processes.ts';

type Timed = { readonly facts: number; readonly bare: readonly number[]; readonly indicators: readonly number[] };

export async function* measureFacts(effort: Effort): AsyncGenerator<Line> {
  const [few, all] = by(effort, [100_000, 1_000_000], [10_000, 100_000], [500, 2_000]);
  const [operations, rounds] = by(effort, [200, 3], [100, 3], [5, 1]);
  const folder = mkdtempSync(join(tmpdir(), 'safelight-facts-'));
  const embedded = await openEmbedded(folder);
  const client = new pg.Client({ connectionString: embedded.superuserAddress(databaseNames.main) });
  try {
    await migrateEmbedded(embedded, ['main']);
    await client.connect();
    await fillOperations(client, operations);
    await fillVisits(client, 0, few / factsOfVisit, operations);
    const address = embedded.addresses.main.statistics ?? '';
    const before = await measure(address, operations, rounds);
    await fillVisits(client, few / factsOfVisit, all / factsOfVisit, operations);
    const after = await measure(address, operations, rounds);
    yield* figures(before, after);
  } finally {
    await client.end();
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The two in turn, to and fro, in one snapshot of an analyst who may count every operation. */
async function measure(address: string, operations: number, rounds: number): Promise<Timed> {
  const db = openDatabase(address, { maxConnections: 1 });
  const tx = await beginReading(db);
  try {
    await setContext(tx, {
      now: new Date('2026-12-01T12:00:00Z'),
      actor: {
        ...{ memberId: analyst.member, memberName: '', agencyId: analyst.agency, agencyName: '' },
        ...{ side: 'enforcement', roles: ['analyst'], operations: [], teams: [] },
        partnerOperations: Array.from({ length: operations }, (_, number) => factId(4, number)),
      },
    });
    // Longer than an answer may take.
    await sql`select set_config('statement_timeout', '0', true)`.execute(tx);
    const ways = {
      bare: () => groupedFacts('all').execute(tx),
      indicators: () => queryIndicators(tx as Reader<AnyTables>, 'all', ['pace-s8']),
    };
    const { rows } = await sql<{ count: number }>`select count(*)::integer as count from countable_facts`.execute(tx);
    const times: Record<keyof typeof ways, number[]> = { bare: [], indicators: [] };
    for (let round = 0; round <= rounds; round += 1)
      for (const way of round % 2 === 0 ? (['bare', 'indicators'] as const) : (['indicators', 'bare'] as const)) {
        const began = performance.now();
        await ways[way]();
        // The first round fills the caches.
        if (round > 0) times[way].push(performance.now() - began);
      }
    return { facts: rows[0]?.count ?? 0, ...times };
  } finally {
    await tx.rollback().execute();
    await db.destroy();
  }
}

const perFact = ({ facts, indicators }: Timed): number => median(indicators) / facts;
const seconds = (times: readonly number[]): string => (median(times) / 1_000).toFixed(2);

function* figures(before: Timed, after: Timed): Generator<Line> {
  const ratios = after.indicators.map((time, round) => time / (after.bare[round] ?? time));
  yield {
    what: `${after.facts.toLocaleString('en-GB')} facts into all indicators beside the bare GROUP BY of the same columns`,
    value: median(ratios),
    unit: '× its time',
    pass: 2,
    aim: 1.2,
    more: `${seconds(after.indicators)} beside ${seconds(after.bare)} s, pairs ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`,
  };
  yield {
    what: `the time for one fact, beside the time among ${before.facts.toLocaleString('en-GB')}`,
    value: perFact(after) / perFact(before),
    unit: '× its time',
    pass: 1.5,
    aim: 1.1,
    more: `${seconds(before.indicators)} s, then ${seconds(after.indicators)} s`,
  };
}
