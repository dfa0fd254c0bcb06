/** What a database consists of, one line for each table, column, constraint, index, function, trigger, policy and right: to compare two databases. */
import type { Db } from '../../src/platform/database/database.ts';
import { query } from './sql.ts';

/** Sorted. Two databases with the same lines work the same; object ids and the times of changes are left out. */
export async function readCatalogue(db: Db): Promise<readonly string[]> {
  const rows = await query<{ line: string }>(db)`
    with
      ours as (select oid, nspname from pg_namespace where nspname in ('ctx', 'public')),
      tables as (select c.* from pg_class c join ours on ours.oid = c.relnamespace),
      functions as (
        select p.* from pg_proc p join ours on ours.oid = p.pronamespace
         where not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')),
      rights (line) as (
        select format('right on %s: %s', oid::regclass, acl) from tables cross join unnest(relacl) acl
        union all select format('right on %s.%s: %s', attrelid::regclass, attname, acl)
          from pg_attribute join tables on tables.oid = attrelid cross join unnest(attacl) acl
        union all select format('right on %s: %s', oid::regprocedure, acl) from functions cross join unnest(proacl) acl
        union all select format('right on schema %s: %s', nspname, acl)
          from pg_namespace cross join unnest(nspacl) acl where nspname in ('ctx', 'public')
        union all select format('default right: %s', acl) from pg_default_acl cross join unnest(defaclacl) acl)
    select line from rights
    union all select format('%s %s owner %s kind %s %s options %s security %s %s', relkind, oid::regclass, relowner::regrole,
        relpersistence, relreplident, reloptions, relrowsecurity, relforcerowsecurity) from tables where relkind in ('r', 'v', 'm', 'S')
    union all select format('column %s %s.%s %s not null %s default %s identity %s generated %s storage %s compression %s statistics %s',
        attnum, attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid),
        attidentity, attgenerated, attstorage, attcompression, attstattarget)
      from pg_attribute join tables on tables.oid = attrelid
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where attnum > 0 and not attisdropped and relkind in ('r', 'v', 'm')
    union all select format('constraint %s %s valid %s: %s', conrelid::regclass, conname, convalidated, pg_get_constraintdef(c.oid))
      from pg_constraint c join ours on ours.oid = c.connamespace
    union all select format('index %s valid %s', pg_get_indexdef(indexrelid), indisvalid)
      from pg_index join tables on tables.oid = indrelid where relkind = 'r'
    union all select format('sequence %s', s) from pg_sequences s where schemaname in ('ctx', 'public')
    union all select format('function %s owner %s %s', oid::regprocedure, proowner::regrole, pg_get_functiondef(oid)) from functions
    union all select format('trigger %s enabled %s', pg_get_triggerdef(t.oid), tgenabled)
      from pg_trigger t join tables on tables.oid = tgrelid where not tgisinternal
    union all select format('policy %s %s %s %s %s using %s check %s', polrelid::regclass, polname, polpermissive, polcmd,
        polroles::regrole[], pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) from pg_policy
    union all select format('comment on %s: %s', objoid::regclass, description) from pg_description join tables on tables.oid = objoid`;
  return rows.map(({ line }) => line).sort();
}

/** Lines that one of the two has and the other has not. */
export function compareCatalogues(one: readonly string[], other: readonly string[]): readonly string[] {
  const [ours, theirs] = [new Set(one), new Set(other)];
  return [
    ...one.filter((line) => !theirs.has(line)).map((line) => `- ${line}`),
    ...other.filter((line) => !ours.has(line)).map((line) => `+ ${line}`),
  ];
}
