/** Whether the row policies in a database are still those of this house: so that a start need not make them anew, and does when somebody changed one. */
import { sql } from 'kysely';
import type { RoomPolicy, StoreName } from './access.ts';
import { policyStatements } from './access-sql.ts';
import { digest } from './crypto.ts';
import type { Db } from './database.ts';

/** Makes every grant and policy anew, unless this very table of ours was put in force here before and nothing was changed since. */
export async function enforcePolicy(tx: Db, policy: RoomPolicy, store: StoreName): Promise<void> {
  const statements = policyStatements(policy, store);
  const wanted = digest(statements.join(';'));
  if ((await sealOf(tx)) === `${wanted} ${await stateOf(tx)}`) return;
  await sql.raw(statements.join(';\n')).execute(tx);
  await sql`comment on schema ctx is ${sql.lit(`${wanted} ${await stateOf(tx)}`)}`.execute(tx);
}

async function sealOf(tx: Db): Promise<string | null> {
  const { rows } = await sql<{ seal: string | null }>`select obj_description('ctx'::regnamespace) as seal`.execute(tx);
  return rows[0]?.seal ?? null;
}

/** A digest of what stands: policies, forced tables, and who holds which right on which table or column. */
async function stateOf(tx: Db): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select md5(
      coalesce((select string_agg(concat_ws(' ', polrelid, polname, polpermissive, polroles, polcmd, polqual, polwithcheck), ';' order by polrelid, polname)
                from pg_policy), '') ||
      coalesce((select string_agg(concat_ws(' ', relname, relrowsecurity, relforcerowsecurity, relacl), ';' order by relname)
                from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'), '') ||
      coalesce((select string_agg(concat_ws(' ', attrelid::regclass, attname, attacl), ';' order by attrelid::regclass::text, attname)
                from pg_attribute where attacl is not null and attrelid in
                  (select oid from pg_class where relnamespace = 'public'::regnamespace)), '')) as state`.execute(tx);
  return rows[0]?.state ?? '';
}
