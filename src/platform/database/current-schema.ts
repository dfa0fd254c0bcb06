/** Functions and rights: taken away and given again from today's files, inside the transaction of a migration. */
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

/** Nothing that the files do not say survives: a right of safelight_relations, or a caller of a function. */
export async function clearRights(tx: Db): Promise<void> {
  await sql
    .raw(
      `grant usage, create on schema ctx to ${relations};
       grant usage on schema public to ${relations};
       revoke all on all tables in schema public from ${relations};
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

/** Creates every function again, by `create`. Returns what drops those that it did not create, for when no guard calls them any more. What another function is to call may come later in the files, so bodies are not checked now; a test checks them. */
export async function recreateFunctions(tx: Db, create: () => Promise<void>): Promise<() => Promise<void>> {
  const before = new Map((await listFunctions(tx)).map(({ called, version }) => [called, version]));
  // A new function is nobody's to call but whom a file names.
  const newFunctions = (verb: string) =>
    sql.raw(`set local role ${relations}; alter default privileges ${verb} public; reset role`).execute(tx);
  await sql`set local check_function_bodies = off`.execute(tx);
  await newFunctions('revoke execute on functions from');
  await create();
  await newFunctions('grant execute on functions to');
  const others = (await listFunctions(tx)).filter(({ called, version }) => before.get(called) === version);
  return async () => {
    for (const { called, owner } of others)
      await sql.raw(`set local role ${owner}; drop function ${called}; reset role`).execute(tx);
  };
}
