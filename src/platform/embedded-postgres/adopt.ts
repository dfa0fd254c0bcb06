/** Makes the folder of another PostgreSQL 17 server the embedded database’s: its names, its passwords, its rules of sign-in. */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { StoreName } from '../access-policy/access.ts';
import { buildAddress, databaseNames, getServerPaths, owner } from './embedded.ts';
import { chooseLaunchSettings, DatabaseUnavailable } from './postgres-binaries.ts';
import { startPostmaster, superuser } from './postmaster.ts';

/** How the other server named things. */
export type ForeignNames = {
  /** Of the role that made the server. */
  readonly superuser: string;
  readonly databases: Readonly<
    Partial<Record<StoreName, { readonly database: string; readonly owner: string } | undefined>>
  >;
};

const stores: readonly StoreName[] = ['main', 'safeguarding'];

/** Whether an embedded database made this folder: then it has the right names. */
export const embeddedOrigin = ({ superuser: made, databases }: ForeignNames): boolean =>
  made === superuser &&
  stores.every((store) => databases[store]?.database === databaseNames[store] && databases[store]?.owner === owner);

const ownRules = 'local all all scram-sha-256\nlocal replication all scram-sha-256\n';

/** Settings of the other machine do not hold here. `fsync` is false for a trial that is thrown away. */
export async function adoptCluster(dataFolder: string, foreign: ForeignNames, fsync = true): Promise<void> {
  for (const { owner: one } of Object.values(foreign.databases).filter((named) => named !== undefined))
    if (one === foreign.superuser)
      throw new DatabaseUnavailable(
        `The databases belong to the superuser ${one}, which the embedded database does not allow: restore with --as server, and give them an owner without that right.`,
      );
  const folder = realpathSync(dataFolder);
  const postgres = join(folder, 'postgres');
  for (const name of ['postgresql.conf', 'postgresql.auto.conf', 'pg_hba.conf', 'pg_ident.conf']) {
    if (existsSync(join(postgres, name))) renameSync(join(postgres, name), join(postgres, `${name}.before-restore`));
    closeSync(openSync(join(postgres, name), 'wx', 0o600));
  }
  // For this one start: its socket lies in a folder that other users cannot enter.
  writeFileSync(join(postgres, 'pg_hba.conf'), 'local all all trust\n');
  const passwords = { [superuser]: newPassword(), [owner]: newPassword() };
  const place = getServerPaths(
    folder,
    chooseLaunchSettings(folder, () => {}),
    fsync,
  );
  const postmaster = await startPostmaster(place);
  try {
    await rename(buildAddress(place.run, foreign.superuser, '', 'postgres'), foreign, passwords);
  } finally {
    await postmaster.stop();
  }
  writeFileSync(join(place.data, 'pg_hba.conf'), ownRules, { flush: true });
  rmSync(join(folder, 'roles.json'), { force: true });
  writeFileSync(join(folder, 'roles.json'), JSON.stringify(passwords, null, 2), { mode: 0o600, flush: true });
}

const newPassword = (): string => randomBytes(24).toString('base64url');

async function rename(
  address: string,
  { databases }: ForeignNames,
  passwords: Readonly<Record<string, string>>,
): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  const run = (text: string) => client.query(text);
  const id = pg.escapeIdentifier;
  const has = async (role: string): Promise<boolean> =>
    ((await client.query('select from pg_roles where rolname = $1', [role])).rowCount ?? 0) > 0;
  try {
    const first = databases.main ?? databases.safeguarding;
    if (first && first.owner !== owner && !(await has(owner)))
      await run(`alter role ${id(first.owner)} rename to ${owner}`);
    for (const store of stores) {
      const named = databases[store];
      if (!named) continue;
      if (named.owner !== owner && (await has(named.owner))) await takeOver(address, named);
      if (named.database !== databaseNames[store])
        await run(`alter database ${id(named.database)} rename to ${databaseNames[store]}`);
    }
    if (!(await has(superuser))) await run(`create role ${superuser}`);
    const password = (role: string): string => pg.escapeLiteral(passwords[role] ?? '');
    await run(
      `alter role ${superuser} superuser login replication bypassrls createrole createdb password ${password(superuser)}`,
    );
    await run(`alter role ${owner} login createrole password ${password(owner)}`);
    await run('revoke connect on database postgres, template1 from public');
  } finally {
    await client.end();
  }
}

/** The second database had an owner of its own. */
async function takeOver(
  address: string,
  { database, owner: former }: { database: string; owner: string },
): Promise<void> {
  const url = new URL(address);
  url.pathname = `/${encodeURIComponent(database)}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`reassign owned by ${pg.escapeIdentifier(former)} to ${owner}`);
  } finally {
    await client.end();
  }
}
