/** Triggers and row security that guard a database's rows against every writer: finds those that were turned off or removed, and restores them. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

export type DisabledGuard = {
  readonly table: string;
  /** Null where the row security of the table is meant. */
  readonly trigger: string | null;
  readonly state: 'off' | 'missing';
  /** PostgreSQL's own, which holds rows of two tables together: the superuser's alone to turn on. */
  readonly internal: boolean;
};

const logTables = ['access_log', 'log_leaves', 'log_nodes', 'log_checkpoints', 'log_keys', 'log_cosignatures'];
const triggerTimings: Readonly<Record<string, string>> = {
  only_added_to: 'before update or delete on %t for each row',
  never_emptied: 'before truncate on %t',
};

/** Of a database that no migration has touched yet nothing is missing. */
export async function findDisabledGuards(db: Db): Promise<readonly DisabledGuard[]> {
  const { rows } = await sql<DisabledGuard>`
    with
      tables as (select oid, relname, relrowsecurity and relforcerowsecurity as closed from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'),
      wanted (relname, tgname) as (
        select * from unnest(${logTables}::text[]) t (relname) cross join unnest(${Object.keys(triggerTimings)}::text[]) n (tgname)
        where to_regproc('public.refuse_log_change') is not null
        union all select 'access_log', 'fill_owner' where to_regproc('ctx.fill_owner') is not null)
    select relname as "table", tgname as trigger, 'off' as state, tgisinternal as internal
      from pg_trigger join tables on tables.oid = tgrelid where tgenabled in ('D', 'R')
    union all select relname, wanted.tgname, 'missing', false from wanted join tables using (relname)
      where not exists (select from pg_trigger t where t.tgrelid = tables.oid and t.tgname = wanted.tgname)
    union all select relname, null, 'off', false from tables where not closed and relname not like 'kysely%'
    order by 1, 2`.execute(db);
  return rows;
}

export const describeDisabledGuard = ({ table, trigger, state }: DisabledGuard): string =>
  trigger === null
    ? `The row security of the table ${table} is off`
    : `The trigger ${trigger} of the table ${table} is ${state}`;

/** As its owner. Row security and `fill_owner` come back with the policies. Says of each what became of it. */
export async function restoreGuards(owner: Db, fallen: readonly DisabledGuard[]): Promise<string[]> {
  const said: string[] = [];
  for (const one of fallen) {
    const { table, trigger, state, internal } = one;
    if (trigger !== null && !internal && trigger !== 'fill_owner') {
      if (state === 'off') await sql`alter table ${sql.id(table)} enable trigger ${sql.id(trigger)}`.execute(owner);
      else if (triggerTimings[trigger]) {
        const when = sql.raw(triggerTimings[trigger].replace('%t', `"${table}"`));
        await sql`create trigger ${sql.id(trigger)} ${when} execute function refuse_log_change()`.execute(owner);
      }
    }
    said.push(
      internal
        ? `${describeDisabledGuard(one)}, and the superuser’s alone to put back: alter table ${table} enable trigger all.`
        : `${describeDisabledGuard(one).replace(/ is (\w+)$/, ' was $1')}; it is back. Find out who did that, and verify the log: npm run safelight -- audit verify.`,
    );
  }
  return said;
}
