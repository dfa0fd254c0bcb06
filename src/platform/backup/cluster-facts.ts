/** What a backup keeps about a server and its databases, so that a restored one can be compared with it. */
import pg from 'pg';
import type { StoreName } from '../access-policy/access.ts';
import { BackupFault } from './fault.ts';
import type { Counts, DatabaseFacts } from './manifest.ts';

/** Tables whose rows are added and rarely removed. Nothing is told from the others: they change by themselves. */
export const countedTables: Readonly<Record<StoreName, readonly string[]>> = {
  main: [
    'access_log',
    'agencies',
    'arrests',
    'encounters',
    'log_checkpoints',
    'log_leaves',
    'members',
    'nrm_referrals',
    'operations',
    'policy_log',
    'premises',
    'releases',
    'report_parts',
    'reports',
    'returns',
    'visits',
    'weeks',
  ],
  safeguarding: [
    'access_log',
    'consents',
    'contact_notes',
    'disclosures',
    'log_checkpoints',
    'log_leaves',
    'notes',
    'nrm_drafts',
    'person_grants',
    'persons',
    'referrals',
    'report_parts',
    'reports',
  ],
};

export const unreachable = (address: string, { message }: Error): BackupFault =>
  new BackupFault(
    `The database ${new URL(address).pathname.slice(1)} cannot be reached: ${message}.`,
    'Check that the server runs, and that the login may connect: grant connect on database.',
  );

/** Opens a connection, uses it and closes it. */
export async function withConnection<Value>(
  address: string,
  use: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // The query under way fails by itself.
  await client.connect().catch((error: Error) => {
    throw unreachable(address, error);
  });
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Rows of each counted table that is there. Refuses a login from which row policies hide rows: it would count none. */
export async function countRows(client: pg.Client, store: StoreName): Promise<Readonly<Record<string, number>>> {
  const { rows: there } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename = any ($1) order by 1",
    [countedTables[store]],
  );
  try {
    await client.query('set row_security = off');
    const counts: Record<string, number> = {};
    for (const { name } of there) {
      const { rows } = await client.query<{ many: string }>(
        `select count(*) as many from ${pg.escapeIdentifier(name)}`,
      );
      counts[name] = Number(rows[0]?.many);
    }
    return counts;
  } catch (error) {
    throw lackingRight(error as Error);
  }
}

export const lackingRight = ({ message }: Error): BackupFault =>
  new BackupFault(
    `The login for backups may not read the rows of every table: ${message}.`,
    'Give it the attribute bypassrls and the role pg_read_all_data. A backup holds every row anyhow.',
  );

export const joinCounts = (begun: Readonly<Record<string, number>>, ended: Readonly<Record<string, number>>): Counts =>
  Object.fromEntries(Object.entries(begun).map(([name, many]) => [name, { begun: many, ended: ended[name] ?? many }]));

export type ServerFacts = {
  readonly server: string;
  readonly superuser: string;
  readonly checksums: boolean;
  /** Whether it notes which pages changed, as incremental backups need. */
  readonly summarizes: boolean;
  readonly extensions: readonly string[];
  readonly compressions: readonly string[];
  readonly bytes: number;
};

/** What is the same for the whole server, and what this database adds. Refuses a standby, another major version and tablespaces. */
export async function readServerFacts(client: pg.Client): Promise<ServerFacts> {
  const { rows } = await client.query<{
    number: string;
    server: string;
    superuser: string;
    checksums: string;
    summarizes: string;
    standby: boolean;
    tablespaces: number;
    extensions: string[];
    compressions: string[];
  }>(`select current_setting('server_version_num') as number, split_part(current_setting('server_version'), ' ', 1) as server,
      (select rolname from pg_roles where oid = 10) as superuser, current_setting('data_checksums') as checksums,
      current_setting('summarize_wal', true) as summarizes,
      pg_is_in_recovery() as standby,
      (select count(*)::int from pg_tablespace where spcname not in ('pg_default', 'pg_global')) as tablespaces,
      array(select extname::text from pg_extension order by 1) as extensions,
      array(select current_setting('default_toast_compression') union select current_setting('wal_compression')
        union select case attcompression when 'l' then 'lz4' else 'pglz' end from pg_attribute where attcompression <> ''
        order by 1) as compressions`);
  const [row] = rows;
  if (!row) throw new Error('the server did not answer');
  const { number, standby, tablespaces, checksums, summarizes, ...facts } = row;
  if (Math.floor(Number(number) / 10_000) !== 17)
    throw new BackupFault(`The server runs PostgreSQL ${facts.server}.`, 'Backups of Safelight need PostgreSQL 17.');
  if (standby) throw new BackupFault('This server is a standby.', 'Name the primary server for the backup.');
  if (tablespaces > 0)
    throw new BackupFault(
      'The server keeps data in tablespaces of its own, which Safelight does not back up.',
      'Move the data into the default tablespace, or use the server’s own tools.',
    );
  return { ...facts, checksums: checksums === 'on', summarizes: summarizes === 'on', bytes: await readSize(client) };
}

/** Nought where the login may not ask. */
async function readSize(client: pg.Client): Promise<number> {
  try {
    const { rows } = await client.query<{ bytes: string }>(
      'select sum(pg_database_size(oid)) as bytes from pg_database',
    );
    return Number(rows[0]?.bytes ?? 0);
  } catch {
    return 0;
  }
}

/** The schema is named by the digest that `migrate` left. */
export async function readDatabaseFacts(client: pg.Client): Promise<DatabaseFacts> {
  const { rows } = await client.query<DatabaseFacts>(`select current_database() as database,
    pg_get_userbyid(datdba) as owner, coalesce(split_part(obj_description(to_regnamespace('ctx')), ' ', 1), '') as schema
    from pg_database where datname = current_database()`);
  const [facts] = rows;
  if (!facts) throw new Error('the database did not answer');
  return facts;
}
