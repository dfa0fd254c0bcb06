/** Servers with names of their own, two servers, and copies of the keys that do not fit: long, so not among the tests. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withConnection } from '../../../../src/platform/backup/cluster-facts.ts';
import { drillBackup, keyCopyFile, restoreBackup } from '../../../../src/platform/backup/index.ts';
import { systemClock } from '../../../../src/platform/clock.ts';
import { databaseNames, type Embedded, openEmbedded } from '../../../../src/platform/embedded-postgres/embedded.ts';
import { backUp, type Installation, verifyLog } from '../../../fixtures/backup.ts';
import { askClock, receive, receiverOptions, waitUntilReceived } from '../../../fixtures/backup-log.ts';
import { type Row, row } from '../../../harness/assurance.ts';
import { migrateEmbedded } from '../../../harness/embedded.ts';

export async function assureServers(home: Installation): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const step = async (what: string, work: () => Promise<void>): Promise<void> => {
    const failed = await work().then(
      () => undefined,
      (error: Error) => error.message,
    );
    rows.push(row(what, failed ?? 'yes', failed === undefined));
  };
  await step('a copy of the keys without its halves, and an older one, are named', () => checkKeyCopies(home));
  const copy = join(home.root, 'server');
  const { path } = await backUp(home, { folder: 'for-server' });
  await restoreBackup({
    backup: path,
    identities: home.identities,
    keyCopy: undefined,
    to: copy,
    target: 'embedded',
    sync: false,
  });
  const server = await openEmbedded(copy, { fsync: false, tell: () => {} });
  try {
    const address = await makeForeign(server);
    await step('a server with names of its own becomes an embedded database', () => checkForeign(home, address));
    await step('two servers, one a copy of the other, are told apart and restored as two', () =>
      checkTwo(home, address),
    );
    await step('two servers are brought to one moment, each from its own log', () => checkTwoUntil(home, address));
  } finally {
    await server.stop();
  }
  return rows;
}

const keyCopyOf = ({ root }: Installation): string => join(root, 'halves', keyCopyFile);

const drill = (home: Installation, backup: string, keyCopy = keyCopyOf(home)) =>
  drillBackup({
    backup,
    identities: home.identities,
    keyCopy,
    scratch: home.root,
    verifyLog,
    safelight: '0.1.0',
    now: systemClock.now,
  });

async function checkKeyCopies(home: Installation): Promise<void> {
  const halves = join(home.data, 'key-halves');
  renameSync(halves, `${halves}-away`);
  const lost = await backUp(home, { folder: 'lost' });
  rmSync(halves, { recursive: true, force: true });
  renameSync(`${halves}-away`, halves);
  const without = await drill(home, lost.path);
  assert.match(without.faults.join('\n'), /sealed records do not open: half of a key is missing/);
  const old = join(home.root, 'old-keys');
  cpSync(keyCopyOf(home), old);
  const newer = await backUp(home, { folder: 'newer' });
  assert.match((await drill(home, newer.path, old)).faults.join('\n'), /made before this backup/);
}

/** Names as a server of one's own may have them: another superuser, another owner, other databases. */
async function makeForeign(embedded: Embedded): Promise<(database: string) => string> {
  const ours = embedded.superuserAddress();
  await withConnection(ours, (client) => client.query("create role helper superuser login password 'only-for-tests'"));
  const as = (user: string, database: string): string => {
    const url = new URL(ours);
    [url.username, url.password, url.pathname] = [user, 'only-for-tests', database];
    return url.href;
  };
  await withConnection(as('helper', 'postgres'), async (client) => {
    for (const statement of [
      'alter role safelight_superuser rename to postgres',
      "alter role postgres password 'only-for-tests'",
      'alter role safelight_owner rename to "The App"',
      'alter database safelight rename to partnership',
      'alter database safelight_safeguarding rename to care',
    ])
      await client.query(statement);
  });
  return (database) => as('postgres', database);
}

async function checkForeign(home: Installation, address: (database: string) => string): Promise<void> {
  const addresses = { main: address('partnership'), safeguarding: address('care') };
  const both = await backUp(home, { folder: 'foreign', addresses });
  assert.equal(both.manifest.clusters[0]?.superuser, 'postgres');
  assert.deepEqual((await drill(home, both.path)).faults, []);
  const to = join(home.root, 'adopted');
  await restoreBackup({
    backup: both.path,
    identities: home.identities,
    keyCopy: keyCopyOf(home),
    to,
    target: 'embedded',
    sync: false,
  });
  const adopted = await openEmbedded(to, { fsync: false, tell: () => {} });
  try {
    await migrateEmbedded(adopted);
    const owner = await withConnection(adopted.addresses.main.owner ?? '', (client) =>
      client.query('select rolsuper from pg_roles where rolname = current_user'),
    );
    assert.deepEqual(owner.rows, [{ rolsuper: false }]);
    const rules = await withConnection(adopted.superuserAddress(), (client) =>
      client.query('select distinct auth_method from pg_hba_file_rules'),
    );
    assert.deepEqual(rules.rows, [{ auth_method: 'scram-sha-256' }]);
    await withConnection(adopted.addresses.safeguarding.safeguarding ?? '', (client) => client.query('select 1'));
  } finally {
    await adopted.stop();
  }
}

async function checkTwoUntil(home: Installation, address: (database: string) => string): Promise<void> {
  const addresses = { main: home.embedded.superuserAddress(databaseNames.main), safeguarding: address('care') };
  const folder = 'two-until';
  const receiver = receive(home, folder, receiverOptions(home, folder, addresses));
  try {
    await waitUntilReceived(home, new Date(0), folder);
    const { path } = await backUp(home, { folder, addresses });
    const note = (word: string) =>
      Promise.all(
        Object.values(addresses).map((one) =>
          withConnection(one, async (client) => {
            await client.query('create table if not exists noted_twice (word text)');
            await client.query('insert into noted_twice values ($1)', [word]);
          }),
        ),
      );
    await note('before');
    const point = await askClock(home);
    await note('after');
    await waitUntilReceived(home, await askClock(home), folder, undefined, 2);
    const to = join(home.root, 'two-restored');
    const restored = await restoreBackup({
      backup: path,
      identities: home.identities,
      keyCopy: keyCopyOf(home),
      to,
      target: 'server',
      sync: false,
      until: point,
    });
    assert.deepEqual(readdirSync(to).sort(), ['postgres-main', 'postgres-safeguarding', 'safelight-data']);
    for (const one of restored.postgres) {
      assert.ok(!existsSync(join(one, 'recovery.signal')), 'recovered, and ready to be started');
      assert.match(
        readFileSync(join(one, 'pg_wal/00000002.history'), 'utf8'),
        /before 20\S+ .*/,
        'ended before a later commit',
      );
    }
  } finally {
    await receiver.stop();
    for (const one of Object.values(addresses))
      await withConnection(one, (client) => client.query('drop table if exists noted_twice'));
  }
}

/** The second server has the number of the first, as every copy of a folder has. */
async function checkTwo(home: Installation, address: (database: string) => string): Promise<void> {
  const main = home.embedded.superuserAddress(databaseNames.main);
  const two = await backUp(home, { folder: 'two', addresses: { main, safeguarding: address('care') } });
  assert.deepEqual(
    two.manifest.clusters.map(({ name, databases }) => [name, Object.keys(databases)]),
    [
      ['main', ['main']],
      ['safeguarding', ['safeguarding']],
    ],
  );
  const result = await drill(home, two.path);
  assert.deepEqual(result.faults, []);
  assert.equal(result.sealedOpened, 20);
  const given = {
    backup: two.path,
    identities: home.identities,
    keyCopy: keyCopyOf(home),
    to: join(home.root, 'servers'),
    sync: false,
  };
  await assert.rejects(restoreBackup({ ...given, target: 'embedded' }), /holds two servers/);
  const restored = await restoreBackup({ ...given, target: 'server' });
  assert.deepEqual(
    restored.postgres.map((folder) => readFileSync(join(folder, 'PG_VERSION'), 'utf8')),
    ['17\n', '17\n'],
  );
  assert.deepEqual(readdirSync(restored.data).sort(), [
    'files',
    'key-halves',
    'keys.json',
    'log-keys.json',
    'roles.json',
  ]);
}
