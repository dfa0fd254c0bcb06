/** Triggers and row security that guard a database's rows against every writer: finds those that were turned off or removed. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { changesTable } from './schema-changes.ts';

export type DisabledGuard = {
  readonly table: string;
  /** Null where the row security of the table is meant. */
  readonly trigger: string | null;
  readonly state: 'off' | 'missing';
  /** PostgreSQL's own, which holds rows of two tables together: the superuser's alone to turn on. */
  readonly internal: boolean;
};

const logTables = ['access_log', 'log_leaves', 'log_nodes', 'log_checkpoints', 'log_keys', 'log_cosignatures'];
const logTriggers = ['only_added_to', 'never_emptied'];

/** Of a database that no migration has touched yet nothing is missing. */
export async function findDisabledGuards(db: Db): Promise<readonly DisabledGuard[]> {
  const { rows } = await sql<DisabledGuard>`
    with
      tables as (select oid, relname, relrowsecurity and relforcerowsecurity as closed from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'),
      wanted (relname, tgname) as (
        select * from unnest(${logTables}::text[]) t (relname) cross join unnest(${logTriggers}::text[]) n (tgname)
        where to_regproc('public.refuse_log_change') is not null
        union all select 'access_log', 'fill_owner' where to_regproc('ctx.fill_owner') is not null)
    select relname as "table", tgname as trigger, 'off' as state, tgisinternal as internal
      from pg_trigger join tables on tables.oid = tgrelid where tgenabled in ('D', 'R')
    union all select relname, wanted.tgname, 'missing', false from wanted join tables using (relname)
      where not exists (select from pg_trigger t where t.tgrelid = tables.oid and t.tgname = wanted.tgname)
    union all select relname, null, 'off', false from tables where not closed and relname <> ${changesTable}
    order by 1, 2`.execute(db);
  return rows;
}

export const describeDisabledGuard = ({ table, trigger, state }: DisabledGuard): string =>
  trigger === null
    ? `The row security of the table ${table} is off`
    : `The trigger ${trigger} of the table ${table} is ${state}`;

/** Of a guard that migrating created again; PostgreSQL's own are the superuser's to turn on. */
export const describeRestoredGuard = (guard: DisabledGuard): string =>
  guard.internal
    ? `${describeDisabledGuard(guard)}, and the superuser’s alone to put back: alter table ${guard.table} enable trigger all.`
    : `${describeDisabledGuard(guard).replace(/ is (\w+)$/, ' was $1')}; it is back. Find out who did that, and verify the log: npm run safelight -- audit verify.`;
