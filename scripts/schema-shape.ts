/** What processes of a version use of a database: columns with their types, and functions that their logins may call. Kept for each version in test/fixtures/versions/. */
import { sql } from 'kysely';
import type { StoreName } from '../src/platform/access-policy/access.ts';
import { databaseRoles } from '../src/platform/config.ts';
import type { Db } from '../src/platform/database/database.ts';

/** One line for each table or view with its columns, and for each function with its result. */
export async function readShape(db: Db, store: StoreName): Promise<readonly string[]> {
  const logins = databaseRoles.map((role) => `safelight_${role}`);
  const { rows } = await sql<{ line: string }>`
    select format('%s: %s', c.relname, string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attname)) as line
      from pg_class c join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')
       and relname <> 'schema_changes' group by relname
    union all
    select format('%s(%s): %s', p.oid::regproc, pg_get_function_identity_arguments(p.oid), pg_get_function_result(p.oid))
      from pg_proc p
     where pronamespace = 'ctx'::regnamespace and prorettype <> 'trigger'::regtype
       and exists (select from unnest(${logins}::text[]) login
                    where to_regrole(login) is not null and has_function_privilege(login, p.oid, 'execute'))`.execute(
    db,
  );
  return rows.map(({ line }) => `${store} ${line}`).sort();
}
