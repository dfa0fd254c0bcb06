/** Functions, rights and triggers: taken away and created again from today's files, inside the transaction of a migration. */
import { sql } from 'kysely';
import { roleName } from '../access-policy/row-policies.ts';
import { databaseRoles } from '../config.ts';
import type { Db } from './database.ts';
import type { SchemaFile } from './schema-files.ts';

const relations = roleName('relations');
const callers = databaseRoles.map(roleName).join(', ');

/** Runs a file. An error of the database names it. */
export async function runFile(tx: Db, { name, text }: SchemaFile): Promise<void> {
  try {
    await sql.raw(text).execute(tx);
  } catch (error) {
    if (error instanceof Error) error.message = `${name}.sql: ${error.message}`;
    throw error;
  }
}

/** Nothing that the files do not say survives: a trigger, a right of safelight_relations, or a caller of a function. */
export async function clearCurrent(tx: Db): Promise<void> {
  await sql
    .raw(
      `grant usage, create on schema ctx to ${relations};
       grant usage on schema public to ${relations};
       revoke all on all tables in schema public from ${relations};
       do $$ declare one record; begin
         for one in select tgname, tgrelid::regclass as held from pg_trigger join pg_class c on c.oid = tgrelid
                     where c.relnamespace = 'public'::regnamespace and not tgisinternal
         loop execute format('drop trigger %I on %s', one.tgname, one.held); end loop;
         for one in select tablename from pg_policies where schemaname = 'public' and policyname = 'relations'
         loop execute format('drop policy relations on %I', one.tablename); end loop;
       end $$;
       set local role ${relations};
       do $$ declare one record; begin
         for one in select oid::regprocedure as called from pg_proc
                     where pronamespace = 'ctx'::regnamespace and proowner = current_user::regrole
         loop execute format('revoke all on function %s from public, ${callers}', one.called); end loop;
       end $$;
       reset role`,
    )
    .execute(tx);
}

/** For their callers, functions of safelight_relations see every row of the tables that a rights.sql names; tables that they only read may have a policy for that already. */
export async function showAllRows(tx: Db): Promise<void> {
  await sql
    .raw(
      `do $$ declare one record; begin
         for one in select c.oid::regclass as named, w.writes from pg_class c cross join lateral (
                      select has_table_privilege('${relations}', c.oid, 'delete')
                          or has_any_column_privilege('${relations}', c.oid, 'insert, update') as writes) w
                     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                       and (w.writes or has_table_privilege('${relations}', c.oid, 'select') and not exists (
                         select from pg_policy p where p.polrelid = c.oid and '${relations}'::regrole = any (p.polroles)))
         loop execute format('create policy relations on %s for %s to ${relations} using (true) %s', one.named,
           case when one.writes then 'all' else 'select' end, case when one.writes then 'with check (true)' end); end loop;
       end $$`,
    )
    .execute(tx);
}

type FunctionRow = { readonly called: string; readonly version: string; readonly owner: string };

/** Ours: an extension's belong to others. */
async function listFunctions(tx: Db): Promise<readonly FunctionRow[]> {
  const { rows } = await sql<FunctionRow>`
    select p.oid::regprocedure::text as called, p.ctid::text as version, quote_ident(pg_get_userbyid(p.proowner)) as owner
      from pg_proc p
     where p.pronamespace in ('ctx'::regnamespace, 'public'::regnamespace)
       and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`.execute(
    tx,
  );
  return rows;
}

/** Creates every function again, by `create`, and drops those that it did not create. What another function is to call may come later in the files, so bodies are not checked now; a test checks them. */
export async function recreateFunctions(tx: Db, create: () => Promise<void>): Promise<void> {
  const before = new Map((await listFunctions(tx)).map(({ called, version }) => [called, version]));
  // A new function is nobody's to call but whom a file names.
  const newFunctions = (verb: string) =>
    sql.raw(`set local role ${relations}; alter default privileges ${verb} public; reset role`).execute(tx);
  await sql`set local check_function_bodies = off`.execute(tx);
  await newFunctions('revoke execute on functions from');
  await create();
  await newFunctions('grant execute on functions to');
  for (const { called, version, owner } of await listFunctions(tx)) {
    if (before.get(called) !== version) continue;
    await sql.raw(`set local role ${owner}; drop function ${called}; reset role`).execute(tx);
  }
}

/** Those of the files, and one for every table `x` with a table `x_versions`. Only a role that may execute a function can create a trigger with it: the grant lasts for this transaction and is invisible outside it. */
export async function createTriggers(tx: Db, files: readonly SchemaFile[]): Promise<void> {
  const forOwner = (verb: string) =>
    sql
      .raw(
        `set local role ${relations};
         do $$ declare one record; begin
           for one in select oid::regprocedure as called from pg_proc where pronamespace = 'ctx'::regnamespace
                         and proowner = current_user::regrole and prorettype = 'trigger'::regtype
           loop execute format('${verb} %I', one.called, session_user); end loop;
         end $$;
         reset role`,
      )
      .execute(tx);
  await forOwner('grant execute on function %s to');
  for (const file of files) await runFile(tx, file);
  await sql
    .raw(
      `do $$ declare one record; begin
         for one in select t.tablename from pg_tables t join pg_tables v on v.tablename = t.tablename || '_versions'
                     where t.schemaname = 'public' and v.schemaname = 'public'
         loop execute format('create trigger keep_earlier_version before update on %I
                              for each row execute function ctx.keep_earlier_version()', one.tablename); end loop;
       end $$`,
    )
    .execute(tx);
  await forOwner('revoke execute on function %s from');
}
