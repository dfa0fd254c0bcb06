/** A running Safelight to break: three processes, a pooler, a replica, a mail server, etcd, and a small disk. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { withConnection } from '../../../../src/platform/backup/cluster-facts.ts';
import { type DatabaseRole, databaseRoles } from '../../../../src/platform/config.ts';
import { UnitKeys } from '../../../../src/platform/crypto/crypto.ts';
import { type Addresses, Databases, type Db } from '../../../../src/platform/database/database.ts';
import { databaseNames, type Embedded, openEmbedded } from '../../../../src/platform/embedded-postgres/embedded.ts';
import { openRelay, type Relay } from '../../../fixtures/message-relay.ts';
import { openMailServer } from '../../../fixtures/message-servers.ts';
import { migrateEmbedded } from '../../../harness/embedded.ts';
import { end } from '../../../harness/haproxy.ts';
import { openPooler, type Pooler, poolerPath } from '../../../harness/pooler.ts';
import { freePort } from '../../../harness/ports.ts';
import { BackupRecord } from './backup-record.ts';
import { authorityEnding } from './certificates.ts';
import type { Target } from './prometheus.ts';
import { openReplica, type Replica } from './replica.ts';

const root = join(import.meta.dirname, '../../../..');
const program = join(root, 'src/main.ts');
const clockFile = join(import.meta.dirname, 'shifted-clock.ts');
const showReplicas = join(root, 'deploy/compose/database/show-replicas.sql');
const startMs = 180_000;
/** Little more than the limit of 1 GB: it is filled by a fifth. */
const diskMegabytes = 1_100;

export type Process = {
  child: ChildProcess;
  readonly url: string;
  readonly target: Target;
  readonly restart: (more?: Settings) => Promise<void>;
};
type Settings = Readonly<Record<string, string>>;

export type World = {
  readonly databases: Databases;
  /** All-powerful. */
  readonly superuser: string;
  readonly db: Db;
  /** With the background work. */
  readonly background: Process;
  /** Reaches the database through the pooler; undefined where PgBouncer is not installed. */
  readonly pooled: Process | undefined;
  readonly pooler: { stop: () => Promise<void>; start: () => Promise<void> } | undefined;
  /** Its clock can be moved. */
  readonly staff: Process;
  /** Of the public, with the authorities that `writeAuthorities` wrote before it started. */
  readonly site: Process;
  readonly replica: Replica;
  readonly mail: Relay;
  readonly backups: BackupRecord;
  /** Of received files, on a small disk; undefined where none can be mounted. */
  readonly files: string | undefined;
  readonly etcd: { readonly target: Target; stop: () => Promise<void>; start: () => Promise<void> } | undefined;
  /** Writes the authorities of the mail server, one of which ends so many seconds after it comes near its end. */
  readonly writeAuthorities: (secondsUntilNear: number | undefined) => void;
};

type Ends = (() => unknown)[];

export async function withWorld<Value>(use: (world: World) => Promise<Value>): Promise<Value> {
  const ends: Ends = [];
  try {
    return await use(await openWorld(ends));
  } finally {
    for (const one of ends.reverse()) await one();
  }
}

/** All but the leader. */
const ofStaff = databaseRoles.filter((role) => role !== 'leader');

const quiet = { tell: () => {}, lost: () => {} };

async function openWorld(ends: Ends): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-faults-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  // PgBouncer runs as another user, and passes through to the socket.
  chmodSync(folder, 0o711);
  const data = join(folder, 'database');
  const embedded = await openEmbedded(data, quiet);
  ends.push(embedded.stop);
  await migrateEmbedded(embedded);
  const superuser = embedded.superuserAddress(databaseNames.main);
  await withConnection(superuser, (client) => client.query(readFileSync(showReplicas, 'utf8')));
  const replica = await openReplica(embedded, data, join(folder, 'replica'));
  ends.push(replica.stop);
  const databases = new Databases({ ...embedded.addresses, main: { ...embedded.addresses.main, owner: superuser } });
  ends.push(() => databases.close());
  const home = join(folder, 'home');
  mkdirSync(home, { mode: 0o700 });
  UnitKeys.fromFile(join(home, 'keys.json'));
  const backups = new BackupRecord(join(folder, 'backups'));
  const files = mountDisk(join(folder, 'files'), ends);
  const t = { after: (one: () => unknown) => void ends.push(one) };
  let mail: Relay | undefined;
  const { environment } = await openMailServer(t, {
    via: async (port) => {
      mail = await openRelay(t, port);
      return mail.port;
    },
  });
  const authorities = join(folder, 'authorities.pem');
  const writeAuthorities = (seconds: number | undefined) => writeFileSync(authorities, authorityEnding(seconds));
  writeAuthorities(undefined);
  const settings: Settings = {
    ...environment,
    PATH: process.env.PATH ?? '',
    SAFELIGHT_DATA: home,
    SAFELIGHT_MODE: 'live',
    SAFELIGHT_LOG: 'silent',
    SAFELIGHT_DOOR: 'staff',
    SAFELIGHT_BACKUPS: backups.folder,
    ...(files && { SAFELIGHT_FILES: files }),
  };
  const start = async (name: string, of: Addresses, more: Settings, roles: readonly DatabaseRole[] = ofStaff) =>
    startProcess(name, { ...settings, ...addressSettings(of, roles), ...more }, ends);
  const pooling = poolerPath() ? await openPool(embedded, ends) : undefined;
  const [background, pooled, staff, site, etcd] = await Promise.all([
    start('background', embedded.addresses, {}, databaseRoles),
    pooling && start('pooled', through(embedded.addresses, pooling.address()), {}),
    start('staff', embedded.addresses, { NODE_OPTIONS: `--import=${clockFile}` }),
    start('site', embedded.addresses, { SAFELIGHT_DOOR: 'public', SAFELIGHT_SMTP_CA: authorities }, ['public']),
    openEtcd(folder, ends),
  ]);
  if (!mail) throw new Error('no relay');
  const db = databases.for('main', 'owner');
  const pooler = pooling && { stop: () => pooling.stop(), start: () => pooling.start() };
  return {
    databases,
    superuser,
    db,
    background,
    pooled,
    pooler,
    staff,
    site,
    replica,
    mail,
    backups,
    files,
    etcd,
    writeAuthorities,
  };
}

const addressSettings = ({ main, safeguarding }: Addresses, roles: readonly DatabaseRole[]): Settings => {
  const all = { ...main, safeguarding: safeguarding.safeguarding };
  return Object.fromEntries(
    roles.flatMap((role) => {
      const address = all[role];
      return address ? [[`DATABASE_URL_${role.toUpperCase()}`, address]] : [];
    }),
  );
};

/** The same logins and databases at the pooler. */
function through(addresses: Addresses, pooler: string): Addresses {
  const moved = (address: string): string => {
    const url = new URL(address);
    const { hostname, port } = new URL(pooler);
    url.searchParams.delete('host');
    [url.hostname, url.port] = [hostname, port];
    return url.href;
  };
  const of = (store: object) =>
    Object.fromEntries(Object.entries(store).map(([role, address]) => [role, moved(String(address))]));
  return { main: of(addresses.main), safeguarding: of(addresses.safeguarding) } as Addresses;
}

async function openPool(embedded: Embedded, ends: Ends) {
  const open = (port?: number): Promise<Pooler> =>
    openPooler(embedded.superuserAddress(), embedded.passwords as Readonly<Record<string, string>>, { port });
  let pooler = await open();
  const port = Number(new URL(pooler.address).port);
  let running = true;
  const stop = async (): Promise<void> => {
    if (running) await pooler.stop();
    running = false;
  };
  ends.push(stop);
  const start = async (): Promise<void> => {
    pooler = await open(port);
    running = true;
  };
  return { address: () => pooler.address, stop, start };
}

/** As `npm start` runs it, with settings alone. */
async function startProcess(name: string, settings: Settings, ends: Ends): Promise<Process> {
  const [port, metrics] = [await freePort(), await freePort('127.0.0.1')];
  const begin = async (more: Settings = {}): Promise<ChildProcess> => {
    const env = { ...settings, HOST: '127.0.0.1', PORT: `${port}`, SAFELIGHT_METRICS: `${metrics}`, ...more };
    const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    ends.push(() => end(child));
    await isOpen(child, name);
    return child;
  };
  const url = `http://127.0.0.1:${port}`;
  const target = { job: 'safelight', instance: name, url: `http://127.0.0.1:${metrics}/metrics` };
  const process_: Process = {
    child: await begin(),
    url,
    target,
    restart: async (more) => {
      await end(process_.child);
      process_.child = await begin(more);
    },
  };
  return process_;
}

async function isOpen(child: ChildProcess, name: string): Promise<void> {
  const open = Promise.withResolvers<void>();
  const timer = setTimeout(() => open.reject(new Error(`the process ${name} did not open`)), startMs);
  child.stdout?.on('data', (piece: Buffer) => {
    if (piece.includes('Safelight is open')) open.resolve();
  });
  const died = once(child, 'exit').then(([code]) => open.reject(new Error(`the process ${name} ended with ${code}`)));
  died.catch(() => {});
  await open.promise.finally(() => clearTimeout(timer));
}

/** A disk of its own for received files. Mounting needs a right that not every machine gives. */
function mountDisk(folder: string, ends: Ends): string | undefined {
  mkdirSync(folder, { mode: 0o700 });
  const options = `size=${diskMegabytes}m,mode=0700`;
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'safelight-faults', folder]);
  if (status !== 0) return undefined;
  ends.push(() => spawnSync('umount', [folder]));
  return folder;
}

async function openEtcd(folder: string, ends: Ends): Promise<World['etcd']> {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .map((one) => join(one, 'etcd'))
    .find((one) => existsSync(one));
  if (!path) return undefined;
  const [client, peer] = [await freePort('127.0.0.1'), await freePort('127.0.0.1')];
  const url = `http://127.0.0.1:${client}`;
  const peers = `http://127.0.0.1:${peer}`;
  const options = {
    'data-dir': join(folder, 'etcd'),
    'listen-client-urls': url,
    'advertise-client-urls': url,
    'listen-peer-urls': peers,
    'initial-advertise-peer-urls': peers,
    'initial-cluster': `default=${peers}`,
  };
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn(
      path,
      Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
      { stdio: 'ignore' },
    );
  };
  const stop = async (): Promise<void> => {
    if (child) await end(child);
  };
  ends.push(stop);
  await start();
  return { target: { job: 'etcd', instance: 'etcd', url: `${url}/metrics` }, start, stop };
}
