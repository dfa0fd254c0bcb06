/** The login roles of the processes: created once per cluster, with no way to more rights. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { roleName } from '../access-policy/row-policies.ts';
import { BadConfiguration, databaseRoles, storeRoles } from '../config.ts';
import type { Db } from './database.ts';
import { passwordRemark } from './schema-digest.ts';

export type RolePasswords = Readonly<Partial<Record<string, string>>>;

/** Makes the roles that are missing and sets the passwords given. Refuses, naming what to do, where the owner may not. */
export async function ensureRoles(owner: Db, passwords: RolePasswords): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await owner.transaction().execute((tx) => makeRoles(tx, passwords));
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === notAllowed) throw new BadConfiguration(missingRightMessage);
      if (!code || !concurrentChangeCodes.has(code) || tries === 10) throw error;
      await sleep(20 * tries);
    }
  }
}

/** Roles belong to the whole cluster, and no lock reaches across its databases: who collides with another migration tries again. */
const concurrentChangeCodes = new Set(['XX000', '23505', '42710']);
const notAllowed = '42501';
const missingRightMessage =
  'The owner in DATABASE_URL may not make the login roles of the doors. Let it (alter role … createrole), or make them as docs/decisions/0007 says and give one address a door.';

async function makeRoles(tx: Db, passwords: RolePasswords): Promise<void> {
  const { rows } = await sql<{ name: string; remark: string | null }>`
    select rolname as name, shobj_description(oid, 'pg_authid') as remark
    from pg_roles where rolname like 'safelight\\_%'`.execute(tx);
  const present = new Map(rows.map(({ name, remark }) => [name, remark]));
  for (const name of [...databaseRoles.map(roleName), roleName('relations')]) {
    const login = name === roleName('relations') ? sql`nologin` : sql`login`;
    if (!present.has(name)) {
      await sql`create role ${sql.id(name)} ${login} nosuperuser nocreatedb nocreaterole noinherit`.execute(tx);
      if (name === roleName('relations')) await grantRelationsRole(tx, name);
    }
    if (name !== roleName('relations')) await setPlanning(tx, name);
    const password = passwords[name];
    const remark = passwordRemark(password);
    if (!password || present.get(name) === remark) continue;
    await sql`alter role ${sql.id(name)} password ${sql.lit(password)}`.execute(tx);
    await sql`comment on role ${sql.id(name)} is ${sql.lit(remark)}`.execute(tx);
  }
}

/** Row policies make a plan look dear: compiling it takes seconds, where running it takes milliseconds. */
const uncompiled = ['jit=off'];
/** The logins whose statements bear the most row policies plan each named one once: with the values of each time, they would be planned again each time, for longer than they run. */
const plannedOnce = ['plan_cache_mode=force_generic_plan'];
const manyPolicies = new Set([roleName('staff'), roleName('safeguarding')]);

/** How a login plans. One that somebody else made is left as it is. */
async function setPlanning(tx: Db, name: string): Promise<void> {
  const wanted = manyPolicies.has(name) ? [...uncompiled, ...plannedOnce] : uncompiled;
  const { rows } = await sql`
    select from pg_roles where rolname = ${name} and not coalesce(rolconfig @> ${wanted}, false)
      and pg_has_role(oid, 'member with admin option')`.execute(tx);
  if (rows.length === 0) return;
  for (const setting of wanted) {
    const [key = '', value] = setting.split('=');
    await sql`alter role ${sql.id(name)} set ${sql.id(key)} = ${sql.lit(value)}`.execute(tx);
  }
}

/** The owner gives functions to this role, so it must be able to become it; it inherits nothing from it. */
async function grantRelationsRole(tx: Db, name: string): Promise<void> {
  await sql`grant ${sql.id(name)} to current_user with set true, inherit false`.execute(tx);
}

/** Lets only the application's roles connect to this database. */
export async function grantConnect(owner: Db, store: 'main' | 'safeguarding'): Promise<void> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(owner);
  const database = sql.id(rows[0]?.name ?? '');
  await sql`revoke connect, temporary on database ${database} from public`.execute(owner);
  await sql`revoke create on schema public from public`.execute(owner);
  for (const role of storeRoles[store]) {
    await sql`grant connect on database ${database} to ${sql.id(roleName(role))}`.execute(owner);
    await sql`grant usage on schema public, ctx to ${sql.id(roleName(role))}`.execute(owner);
  }
}
