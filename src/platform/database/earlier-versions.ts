/** Earlier versions of a correctable record: kept by the database in `<table>_versions` at every change, readable by all who may read the record. The table's policy names `parent: [table, 'id']`. */
import { sql } from 'kysely';
import type { AnyTables, Reader } from './database.ts';

export type EarlierVersion = {
  readonly version: number;
  /** The row as it was, in the database's own column names. */
  readonly record: Readonly<Record<string, unknown>>;
  /** And as it became by that change. */
  readonly became: Readonly<Record<string, unknown>>;
  readonly replacedBy: string | null;
  readonly replacedAt: Date;
  readonly reason: string | null;
};

/** Of versions called `v`: the next version, or for the latest of them the record as it is now. */
export const selectBecame = (table: string) =>
  sql<EarlierVersion['became']>`coalesce(
    lead(v.record) over (partition by v.id order by v.version),
    (select to_jsonb(t) from ${sql.id(table)} t where t.id = v.id))`.as('became');

/** Newest first. */
export const listEarlierVersions = async (
  db: Reader<AnyTables>,
  table: string,
  id: string,
): Promise<EarlierVersion[]> =>
  db
    .selectFrom(`${table}_versions as v`)
    .select(['v.version', 'v.record', 'v.replacedBy', 'v.replacedAt', 'v.reason'])
    .select(selectBecame(table))
    .where('v.id', '=', id)
    .orderBy('v.version', 'desc')
    .execute() as Promise<EarlierVersion[]>;

/** The number that the record bears now: 1 until it is corrected. A form carries it, so that a later save sees whether somebody came before. */
export async function getVersion(db: Reader<AnyTables>, table: string, id: string): Promise<number> {
  const { latest } = (await db
    .selectFrom(`${table}_versions`)
    .select(({ fn }) => fn.max('version').as('latest'))
    .where('id', '=', id)
    .executeTakeFirstOrThrow()) as { latest: number | null };
  return 1 + (latest ?? 0);
}
