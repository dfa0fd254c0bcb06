/** Counts as returns showed them, with the cases behind them. They stay in the safeguarding database and name no person. Read and written under the statistics role. */
import type { Reader, Writer } from '../../platform/database/database.ts';
import { codeOf, uniqueViolation } from '../../platform/database/violations.ts';
import { conflict } from '../../platform/http/problem.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

/** One release of one population; `tables` and `cases` are what the caller made of them. */
export type ProtectedCount<Tables, Cases> = {
  readonly population: string;
  readonly release: number;
  readonly tables: Tables;
  readonly cases: Cases;
  readonly countedAt: Date;
};

export type ProtectedCountTables = {
  protectedCounts: {
    id: string;
    operationId: string;
    population: string;
    release: number;
    tables: unknown;
    cases: unknown;
    countedAt: Date;
  };
};

/** Every release of an operation, oldest first. */
export const listProtectedCounts = (
  db: Reader<ProtectedCountTables>,
  operationId: string,
): Promise<ProtectedCount<unknown, unknown>[]> =>
  db
    .selectFrom('protectedCounts')
    .select(['population', 'release', 'tables', 'cases', 'countedAt'])
    .where('operationId', '=', operationId)
    .orderBy('release')
    .execute();

/** Adds what is about to be shown. If one operation is counted twice at once, the second must retry. */
export async function addProtectedCounts(
  tx: Writer<ProtectedCountTables>,
  operationId: string,
  counts: readonly Omit<ProtectedCount<unknown, unknown>, 'countedAt'>[],
  countedAt: Date,
): Promise<void> {
  try {
    await tx
      .insertInto('protectedCounts')
      .values(
        counts.map(({ tables, cases, ...count }) => ({
          ...count,
          id: newTimelessId(),
          operationId,
          tables: JSON.stringify(tables),
          cases: JSON.stringify(cases),
          countedAt,
        })),
      )
      .execute();
  } catch (error) {
    if (codeOf(error) === uniqueViolation) throw conflict('somebody counted at the same moment');
    throw error;
  }
}
