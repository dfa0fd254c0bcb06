/** Records the state of a database's rights and policies, so that a start applies them again only when something changed. */
import { sql } from 'kysely';
import { roleName } from '../access-policy/row-policies.ts';
import { databaseRoles } from '../config.ts';
import { digest } from '../crypto/crypto.ts';
import type { Db } from './database.ts';
import type { RolePasswords } from './roles.ts';
import { formatStamp, type Stamp, unfinished } from './schema-stamp.ts';

type SchemaState = {
  /** What was wanted, the state that resulted, and who left it so (`schema-stamp.ts`). */
  readonly seal: string | null;
  readonly state: string;
  readonly off: number;
  readonly remarks: Record<string, string>;
};

/** Whether what was `wanted` was put in force here before, nothing was changed since, and the roles have the passwords given. One query. */
export async function isUpToDate(owner: Db, wanted: string, passwords: RolePasswords): Promise<boolean> {
  const { seal, state, off, remarks } = await readSchemaState(owner);
  return (
    off === 0 &&
    (seal ?? '').startsWith(`${wanted} ${state}`) &&
    databaseRoles.map(roleName).every((role) => !passwords[role] || remarks[role] === passwordRemark(passwords[role]))
  );
}

/** Stores a digest of what was applied and of the state that resulted, and the stamp. */
export async function storeDigest(tx: Db, wanted: string, stamp: Stamp): Promise<void> {
  const { state } = await readSchemaState(tx);
  await sql`comment on schema ctx is ${sql.lit(`${wanted} ${state} ${formatStamp(stamp)}`)}`.execute(tx);
}

/** While files of a later version are applied one by one: no version takes this for what it wants. */
export const markUnfinished = (tx: Db, stamp: Stamp): Promise<unknown> =>
  sql`comment on schema ctx is ${sql.lit(`${unfinished} ${formatStamp(stamp)}`)}`.execute(tx);

/** Stored as a comment on a role, so that its password is set only when it changed, and not at every start. */
export const passwordRemark = (password = ''): string => `password ${digest(password).slice(0, 16)}`;

/** A digest of the present state: policies, forced tables, triggers, attributes of roles, and rights on the database, schemas, tables and columns. */
async function readSchemaState(tx: Db): Promise<SchemaState> {
  const { rows } = await sql<SchemaState>`
    select obj_description(to_regnamespace('ctx')) as seal,
    (select coalesce(jsonb_object_agg(rolname, shobj_description(oid, 'pg_authid')), '{}')
     from pg_roles where rolname like 'safelight\\_%') as remarks,
    (select count(*)::int from pg_trigger join pg_class on pg_class.oid = tgrelid
     where relnamespace = 'public'::regnamespace and tgenabled in ('D', 'R')) as off,
    md5(concat_ws('|',
      (select string_agg(concat_ws(' ', polrelid, polname, polpermissive, polroles, polcmd, polqual, polwithcheck), ';' order by polrelid, polname)
       from pg_policy),
      (select string_agg(concat_ws(' ', relname, relowner, relrowsecurity, relforcerowsecurity, relacl), ';' order by relname)
       from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm')),
      (select string_agg(concat_ws(' ', tgrelid::regclass, tgname, tgfoid::regproc, tgtype, md5(tgqual)), ';' order by tgrelid::regclass::text, tgname)
       from pg_trigger where not tgisinternal),
      (select string_agg(concat_ws(' ', attrelid::regclass, attname, attacl), ';' order by attrelid::regclass::text, attname)
       from pg_attribute where attacl is not null and attrelid in
         (select oid from pg_class where relnamespace = 'public'::regnamespace)),
      (select string_agg(concat_ws(' ', rolname, rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolinherit), ';' order by rolname)
       from pg_roles where rolname like 'safelight\\_%'),
      (select string_agg(concat_ws(' ', oid::regprocedure, proowner, proacl, md5(prosrc)), ';' order by oid::regprocedure::text)
       from pg_proc where pronamespace in (to_regnamespace('ctx'), 'public'::regnamespace)),
      (select string_agg(concat_ws(' ', nspname, nspacl), ';' order by nspname) from pg_namespace where nspname in ('public', 'ctx')),
      (select datacl::text from pg_database where datname = current_database()))) as state`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('the catalogue of the database did not answer');
  return row;
}
