/** The login roles of the doors: made once a cluster, with no way to more. */
import { sql } from 'kysely';
import { roleName } from './access-sql.ts';
import { databaseRoles } from './config.ts';
import type { Db } from './database.ts';

export type RolePasswords = Readonly<Partial<Record<string, string>>>;

const cluster = 7_220_010; // Roles belong to the whole cluster: two migrations at once take turns by this lock.

/** Makes the roles that are missing and sets the passwords given. Refuses, naming the role, where the owner may not. */
export async function ensureRoles(owner: Db, passwords: RolePasswords): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(cluster)})`.execute(tx);
    const wanted = [...databaseRoles.map(roleName), roleName('relations')];
    const { rows } = await sql<{
      rolname: string;
    }>`select rolname from pg_roles where rolname like 'safelight\\_%'`.execute(tx);
    const present = new Set(rows.map(({ rolname }) => rolname));
    for (const name of wanted) {
      const password = passwords[name];
      const login = name === roleName('relations') ? sql`nologin` : sql`login`;
      if (!present.has(name))
        await sql`create role ${sql.id(name)} ${login} nosuperuser nocreatedb nocreaterole noinherit`.execute(tx);
      if (password) await sql`alter role ${sql.id(name)} password ${sql.lit(password)}`.execute(tx);
    }
    // The owner gives functions to this role, and so must be able to stand in it; it inherits nothing from it.
    await sql`grant ${sql.id(roleName('relations'))} to current_user with set true, inherit false`.execute(tx);
  });
}

/** Lets the doors into this database, and nobody else. */
export async function admitRoles(owner: Db, store: 'main' | 'safeguarding'): Promise<void> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(owner);
  const database = sql.id(rows[0]?.name ?? '');
  const admitted =
    store === 'main'
      ? databaseRoles.filter((role) => role !== 'safeguarding')
      : (['safeguarding', 'statistics', 'auditor', 'leader'] as const);
  await sql`revoke connect, temporary on database ${database} from public`.execute(owner);
  await sql`revoke create on schema public from public`.execute(owner);
  for (const role of admitted) {
    await sql`grant connect on database ${database} to ${sql.id(roleName(role))}`.execute(owner);
    await sql`grant usage on schema public, ctx to ${sql.id(roleName(role))}`.execute(owner);
  }
}
