/** Fresh databases for a test, copied from templates that are migrated once a cluster: real SQL, real roles, under a tenth of a second. */
import { createHash, randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import pg from 'pg';
import type { StoreName } from '../../src/platform/access-policy/access.ts';
import { policyStatements, roleName } from '../../src/platform/access-policy/row-policies.ts';
import { databaseRoles, storeRoles } from '../../src/platform/config.ts';
import { type Addresses, openDatabase } from '../../src/platform/database/database.ts';
import { type DatabaseDefinition, migrate, schemaText } from '../../src/platform/database/migrate.ts';
import { buildAddresses, owner } from '../../src/platform/embedded-postgres/embedded.ts';

export type Seed = {
  /** Distinguishes the seeds of one cluster. */
  readonly name: string;
  readonly fill?: (addresses: Addresses) => Promise<void>;
  /** Fills empty databases, as a superuser, before they are migrated. */
  readonly restore?: (superuser: Readonly<Record<StoreName, string>>) => Promise<void>;
};

export type TestDatabases = {
  readonly addresses: Addresses;
  readonly superuser: Readonly<Record<StoreName, string>>;
  /** Runs before the databases are dropped; a `t.after` of the caller's runs only afterwards. */
  readonly beforeDropping: (close: () => Promise<void>) => void;
};

/** Reports when a test, or a part of the assurance, is over. */
export type TestScope = Pick<TestContext, 'after'>;

type Names = Readonly<Record<StoreName, string>>;

const stores: readonly StoreName[] = ['main', 'safeguarding'];
const templates = 7_220_020; // One process of a cluster makes them; the others wait on this lock.
const password = 'only-for-tests';
/** The password of every role of the test server. */
export const passwords = Object.fromEntries([owner, ...databaseRoles.map(roleName)].map((name) => [name, password]));

/** Opens a pair of empty, migrated databases, or a pair that `seed` has filled, and drops them when the test ends. */
export async function openTestDatabases(
  t: TestScope,
  definition: DatabaseDefinition,
  { seed }: { readonly seed?: Seed } = {},
): Promise<TestDatabases> {
  const from = await templatesOf(definition, seed);
  const names = pairOf(`test_${randomBytes(8).toString('hex')}`);
  const closing: (() => Promise<void>)[] = [];
  t.after(async () => {
    // The runner keeps this function until the file ends. Emptied, it does not keep the application of every test with it.
    await Promise.all(closing.splice(0).map((close) => close()));
    await drop(names);
  });
  await copy(from, names);
  return {
    addresses: addressesOf(names),
    superuser: { main: serverAddress(names.main), safeguarding: serverAddress(names.safeguarding) },
    beforeDropping: (close) => closing.push(close),
  };
}

/** The owner's address of a database that nobody has migrated, dropped when the test ends. */
export async function openEmptyDatabase(t: TestScope): Promise<string> {
  const client = await server().connect();
  await ensureOwner(client).finally(() => client.release());
  const name = `test_${randomBytes(8).toString('hex')}`;
  await server().query(`create database ${name} owner ${owner}`);
  t.after(() => server().query(`drop database if exists ${name} with (force)`));
  return serverAddress(name, owner);
}

const pairOf = (name: string): Names => ({ main: name, safeguarding: `${name}_safeguarding` });

function serverAddress(database: string, user?: string, server = process.env.SAFELIGHT_TEST_SERVER): string {
  if (!server) throw new Error('This test needs a database server: run it with npm test -- <file>.');
  const url = new URL(server);
  url.pathname = `/${database}`;
  if (user) [url.username, url.password] = [user, password];
  return url.href;
}

/** Through a pooler where one is set, all but the owner, who migrates, and the leader, whose lock must stay with its connection. */
const addressesOf = (names: Names): Addresses =>
  buildAddresses((role, store) => {
    const pooler = process.env.SAFELIGHT_TEST_POOLER;
    const through = pooler && role !== owner && role !== roleName('leader') ? pooler : undefined;
    return serverAddress(names[store], role, through);
  });

let opened: pg.Pool | undefined;
let openedAt: string | undefined;

const made = new Map<string, Promise<Names>>();

/** The superuser's connections; they do not keep a finished test process waiting. */
function server(): pg.Pool {
  if (opened && openedAt === process.env.SAFELIGHT_TEST_SERVER) return opened;
  openedAt = process.env.SAFELIGHT_TEST_SERVER;
  made.clear();
  opened = new pg.Pool({ connectionString: serverAddress('postgres'), max: 2, allowExitOnIdle: true });
  opened.on('error', () => {}); // The server may stop before us.
  return opened;
}

function templatesOf(definition: DatabaseDefinition, seed: Seed | undefined): Promise<Names> {
  server(); // Another server has other templates.
  const name = `template_${shapeOf(definition, seed)}`;
  const known = made.get(name);
  if (known) return known;
  // The first that is made makes the roles, which what is restored names.
  const making = seed
    ? templatesOf(definition, undefined).then((empty) =>
        makeOnce(name, (half) => fillFrom(empty, half, definition, seed)),
      )
    : makeOnce(name, (half) => migrateInto(half, definition));
  made.set(name, making);
  return making;
}

const shapes = new WeakMap<DatabaseDefinition, Map<Seed | undefined, string>>();

/** Changes with every schema file and every policy, so that no test runs on yesterday's tables. */
function shapeOf(definition: DatabaseDefinition, seed: Seed | undefined): string {
  const known = shapes.get(definition) ?? new Map<Seed | undefined, string>();
  shapes.set(definition, known);
  const shape = known.get(seed) ?? digestShape(definition, seed);
  known.set(seed, shape);
  return shape;
}

function digestShape({ policy, schema }: DatabaseDefinition, seed: Seed | undefined): string {
  const parts = stores.flatMap((store) => [schemaText(schema[store]), ...policyStatements(policy, store)]);
  if (seed) parts.push(`${seed.name} ${seed.fill ?? seed.restore}`);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** Half-made templates have another name, so that one whose maker was killed is never copied. */
async function makeOnce(name: string, make: (half: Names) => Promise<void>): Promise<Names> {
  const whole = pairOf(name);
  const half = pairOf(`${name}_half`);
  const client = await server().connect();
  try {
    await client.query('select pg_advisory_lock($1)', [templates]);
    const { rowCount } = await client.query('select from pg_database where datname = any ($1)', [Object.values(whole)]);
    if (rowCount === stores.length) return whole;
    for (const database of [...Object.values(whole), ...Object.values(half)])
      await client.query(`drop database if exists ${database} with (force)`);
    await ensureOwner(client);
    await make(half);
    for (const store of stores) await client.query(`alter database ${half[store]} rename to ${whole[store]}`);
    return whole;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [templates]);
    client.release();
  }
}

async function ensureOwner(client: pg.PoolClient): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [owner]);
  await client.query(`${rowCount ? 'alter' : 'create'} role ${owner} login createrole password '${password}'`);
}

async function migrateInto(names: Names, definition: DatabaseDefinition, restore?: Seed['restore']): Promise<void> {
  for (const store of stores) await server().query(`create database ${names[store]} owner ${owner}`);
  await restore?.({ main: serverAddress(names.main), safeguarding: serverAddress(names.safeguarding) });
  for (const store of stores) {
    const db = openDatabase(serverAddress(names[store], owner), { maxConnections: 2 });
    await migrate(db, store, definition, passwords).finally(() => db.destroy());
  }
  await openPublicSite(names.main);
}

/** The public site of a live installation of a test is open, as one that was in use before there were settings. */
async function openPublicSite(name: string): Promise<void> {
  const client = new pg.Client(serverAddress(name));
  await client.connect();
  try {
    const { rows } = await client.query("select to_regclass('public_site_open_before_settings') is not null as known");
    if (rows[0]?.known)
      await client.query(
        'insert into public_site_open_before_settings (noted_at) values (now()) on conflict do nothing',
      );
  } finally {
    await client.end();
  }
}

async function fillFrom(empty: Names, names: Names, definition: DatabaseDefinition, seed: Seed): Promise<void> {
  if (seed.restore) return migrateInto(names, definition, seed.restore);
  await copy(empty, names);
  await seed.fill?.(addressesOf(names));
}

/** On a disk, copying files waits for a checkpoint, which once took ten seconds; in memory it is the quicker way. */
const strategy = process.env.SAFELIGHT_TEST_COPY === 'file_copy' ? 'file_copy' : 'wal_log';

/** The rights on a database itself are not copied with it. */
async function copy(from: Names, to: Names): Promise<void> {
  await Promise.all(
    stores.map(async (store) => {
      const database = to[store];
      await server().query(`create database ${database} template ${from[store]} strategy ${strategy} owner ${owner}`);
      await server().query(`revoke connect, temporary on database ${database} from public;
        grant connect on database ${database} to ${storeRoles[store].map(roleName).join(', ')}`);
    }),
  );
}

async function drop(names: Names): Promise<void> {
  await Promise.all(
    Object.values(names).map((database) => server().query(`drop database if exists ${database} with (force)`)),
  );
}
