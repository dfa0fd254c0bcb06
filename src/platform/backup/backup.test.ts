import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import {
  addHandover,
  backUp,
  copyToDamage,
  type Installation,
  openInstallation,
  sealedHandovers,
  verifyLog,
  withSuperuser,
} from '../../../test/fixtures/backup.ts';
import { openObjectServer } from '../../../test/harness/object-server.ts';
import { UnitKeys, unseal } from '../crypto/crypto.ts';
import { databaseNames, openEmbedded, removeMovedData } from '../embedded-postgres/embedded.ts';
import { listSealedColumns } from './checks.ts';
import { countedTables, withConnection } from './cluster-facts.ts';
import { drillBackup } from './drill.ts';
import { BackupFault, StoppedWork } from './fault.ts';
import { keyCopyFile } from './key-copy.ts';
import type { Manifest } from './manifest.ts';
import { findTargetProblem, readByEmbedded, restoreBackup } from './restore.ts';
import { listBackups } from './store.ts';

let home: Installation;
let taken: Awaited<ReturnType<typeof backUp>>;
before(async () => {
  home = await openInstallation();
  taken = await backUp(home);
});
after(() => home.close());

const now = () => new Date('2026-11-30T12:00:00Z');
const keyCopy = (): string => join(home.root, 'halves', keyCopyFile);
const drill = (more: Partial<Parameters<typeof drillBackup>[0]> = {}) =>
  drillBackup({
    backup: taken.path,
    identities: home.identities,
    keyCopy: keyCopy(),
    scratch: home.root,
    verifyLog,
    safelight: '0.1.0',
    now,
    ...more,
  });

const scratchFolders = (): string[] => readdirSync(home.root).filter((name) => name.startsWith('safelight-drill'));

test('a backup is private, says what is in it, and holds no word, count or key that can be read', () => {
  assert.equal(statSync(taken.path).mode & 0o777, 0o700);
  for (const name of readdirSync(taken.path)) assert.equal(statSync(join(taken.path, name)).mode & 0o777, 0o600, name);
  assert.deepEqual(readdirSync(taken.path).sort(), [
    'files.tar',
    'main.manifest',
    'main.tar',
    'manifest.json',
    'settings.tar',
  ]);
  const { clusters, files, parts, key } = taken.manifest;
  assert.deepEqual(files, { count: 3, bytes: 70_100 });
  assert.match(clusters[0]?.server ?? '', /^17\./);
  assert.deepEqual(Object.keys(clusters[0]?.databases ?? {}), ['main', 'safeguarding']);
  assert.deepEqual(key.recipients, [home.recipient]);
  assert.ok(parts.every(({ sha256 }) => sha256.length === 64));
  const { keys } = JSON.parse(readFileSync(join(home.data, 'keys.json'), 'utf8'));
  const roles = JSON.parse(readFileSync(join(home.data, 'roles.json'), 'utf8'));
  for (const name of readdirSync(taken.path)) {
    const bytes = readFileSync(join(taken.path, name));
    for (const secret of [keys.k1, roles.safelight_owner, 'safelight_safeguarding_counts', 'pg_catalog'])
      assert.ok(!bytes.includes(secret), `${name} holds ${secret.slice(0, 4)}…`);
  }
  assert.ok(!JSON.stringify(taken.manifest).includes('handovers'));
});

test('verify restores it, verifies both logs, opens sealed records and leaves nothing behind', async () => {
  const told: string[] = [];
  const result = await drill({ tell: (sentence) => told.push(sentence) });
  assert.deepEqual(result.faults, []);
  assert.ok(result.passed && result.restored);
  assert.equal(result.sealedOpened, 20);
  assert.ok((result.restoreSeconds ?? 0) >= 1);
  assert.match(told.join('\n'), /main database: 12 sealed entries[\s\S]*safeguarding database: 7 sealed entries/);
  assert.deepEqual(scratchFolders(), []);
});

test('a restored data folder starts, and holds what was kept and no erased record', async () => {
  const id = '00000000-0000-4000-8000-00000000dead';
  await withSuperuser(home, 'safeguarding', (client) => addHandover(client, home.keys, id));
  const { path } = await backUp(home, { folder: 'erased' });
  const wrapped = await withSuperuser(home, 'safeguarding', async (client) => {
    const { rows } = await client.query('delete from handovers where id = $1 returning wrapped_key', [id]);
    return rows[0].wrapped_key as Buffer;
  });
  home.keys.halves?.destroy([wrapped.subarray(1, 13)]);
  await backUp(home, { folder: 'after' });
  const to = join(home.root, 'restored');
  const restored = await restoreBackup({
    backup: path,
    identities: home.identities,
    keyCopy: keyCopy(),
    to,
    target: 'embedded',
    sync: false,
  });
  assert.equal(restored.manifest.files.count, 3);
  assert.equal(readdirSync(join(to, 'files/papers')).length, 3);
  const again = await openEmbedded(to, { fsync: false, tell: () => {} });
  try {
    const rows = await withConnection(
      again.superuserAddress(databaseNames.safeguarding),
      async (client) => (await client.query('select id, sealed_words, wrapped_key from handovers')).rows,
    );
    assert.equal(rows.length, sealedHandovers + 1);
    const keys = UnitKeys.fromFile(join(to, 'keys.json')).withHalvesIn(join(to, 'key-halves'));
    let opened = 0;
    for (const row of rows) {
      const open = () =>
        unseal(keys.unwrap(row.wrapped_key, row.id), `handovers/sealed_words/${row.id}`, row.sealed_words);
      if (row.id === id) assert.throws(open, /destroyed/);
      else opened += Number(open().toString().startsWith('The kettle'));
    }
    assert.equal(opened, sealedHandovers);
    const owner = new pg.Client({ connectionString: again.addresses.main.owner });
    await owner.connect();
    await owner.end();
  } finally {
    await again.stop();
  }
  await assert.rejects(
    restoreBackup({ backup: path, identities: home.identities, keyCopy: undefined, to, target: 'embedded' }),
    /is not empty/,
  );
  removeMovedData(to);
});

test('files of a folder are restored into a bucket, backed up from it and restored into a folder, byte for byte', async (t) => {
  const { place, store, stop } = await openObjectServer(t);
  store.pageLength = 2;
  const filesOf = (folder: string) =>
    readdirSync(join(folder, 'files/papers')).map((name) => [name, readFileSync(join(folder, 'files/papers', name))]);
  const restore = (backup: string, name: string, filesTo?: typeof place) =>
    restoreBackup({
      backup,
      identities: home.identities,
      keyCopy: keyCopy(),
      to: join(home.root, name),
      target: 'server',
      sync: false,
      filesTo,
    });
  const { moved, data } = await restore(taken.path, 'to-bucket', place);
  assert.deepEqual([moved, existsSync(join(data, 'files'))], [3, false]);
  const inBucket = [...store.objects].map(([name, { bytes }]) => [name.replace('unit/papers/', ''), bytes]);
  assert.deepEqual(inBucket.sort(), filesOf(home.data).sort());
  await assert.rejects(restore(taken.path, 'twice', place), /There are files in s3:\/\/sealed\/unit\/ .* already/);
  assert.ok(!existsSync(join(home.root, 'twice')));
  const { path, manifest } = await backUp(home, { folder: 'of-bucket', filesFolder: place });
  assert.deepEqual(manifest.files, taken.manifest.files);
  assert.ok((await drill({ backup: path })).passed);
  const back = await restore(path, 'to-folder');
  assert.deepEqual(filesOf(back.data).sort(), filesOf(home.data).sort());
  store.objects.clear();
  [store.trouble, store.soundFirst] = ['busy', 4];
  await assert.rejects(
    restore(path, 'half', place),
    /cannot be used: .*status 503.*Some restored files may be left in it/,
  );
  assert.ok(!existsSync(join(home.root, 'half')), 'all or nothing');
  await stop();
  await assert.rejects(backUp(home, { folder: 'of-bucket', filesFolder: place }), BackupFault);
  assert.equal(listBackups(join(home.root, 'of-bucket')).length, 1);
});

test('each damage is named in a sentence, and nothing of it is restored', async () => {
  const broken = join(home.root, 'broken');
  const damages: readonly [string, string, (path: string) => void, RegExp][] = [
    ['missing manifest', 'manifest.json', rmSync, /manifest\.json of the backup is missing/],
    ['missing part', 'main.tar', rmSync, /part main\.tar is missing/],
    ['cut part', 'main.tar', (path) => truncateSync(path, 1_048_592 * 3), /part main\.tar is cut short/],
    ['flipped byte', 'main.tar', (path) => flip(path, 5_000_000), /part main\.tar was changed/],
    ['another date', 'manifest.json', change('"begun": "20', '"begun": "19'), /was changed after the backup was made/],
    ['no JSON', 'manifest.json', (path) => truncateSync(path, 900), /manifest\.json of the backup is damaged/],
    [
      'later format',
      'manifest.json',
      change('"version": 1', '"version": 9'),
      /format 9, and this Safelight reads up to 2/,
    ],
  ];
  for (const [what, name, damage, message] of damages) {
    damage(copyToDamage(taken.path, broken, name));
    const result = await drill({ backup: broken });
    assert.equal(result.passed, false, what);
    assert.match(result.faults.join('\n'), message, what);
    const to = join(home.root, 'never');
    await assert.rejects(
      restoreBackup({ backup: broken, identities: home.identities, keyCopy: keyCopy(), to, target: 'embedded' }),
      BackupFault,
      what,
    );
    assert.ok(!existsSync(to), what);
  }
  const other = await drill({ identities: home.otherIdentities });
  assert.match(other.faults.join('\n'), /No key in the identity file opens this backup/);
  const without = await drill({ keyCopy: join(home.root, 'nowhere') });
  assert.match(without.faults.join('\n'), /There is no copy of the keys at/);
  assert.deepEqual(scratchFolders(), []);
});

test('a part that was exchanged for one of another backup does not open', async () => {
  const { path } = await backUp(home, { folder: 'second' });
  const mixed = join(home.root, 'mixed');
  cpSync(join(path, 'files.tar'), copyToDamage(taken.path, mixed, 'files.tar'));
  assert.match((await drill({ backup: mixed })).faults.join('\n'), /part files\.tar was changed/);
});

test('refuses keys beside the backups, a secret key as recipient, and too few rights', async () => {
  const { createBackup } = await import('./create.ts');
  const given = {
    addresses: { main: home.embedded.superuserAddress(), safeguarding: home.embedded.superuserAddress() },
    folder: join(home.root, 'b'),
    halvesFolder: join(home.root, 'b/halves'),
    recipients: [home.recipient],
    keys: { keysFile: join(home.data, 'keys.json'), keyHalvesFolder: join(home.data, 'key-halves') },
    filesFolder: join(home.data, 'files'),
    settings: [],
    safelight: '0.1.0',
  };
  await assert.rejects(createBackup(given), /one inside the other/);
  const apart = { ...given, halvesFolder: join(home.root, 'h') };
  await assert.rejects(createBackup({ ...apart, recipients: home.identities }), (error: BackupFault) => {
    assert.match(error.message, /secret key was given/);
    assert.ok(!`${error.message}${error.cure}`.includes(home.identities[0] ?? ''));
    return true;
  });
  const owner = home.embedded.addresses.main.owner ?? '';
  await assert.rejects(
    createBackup({ ...apart, addresses: { main: owner, safeguarding: owner } }),
    /does not let this login take a backup/,
  );
  await assert.rejects(createBackup({ ...apart, stopped: AbortSignal.abort() }), StoppedWork);
  await assert.rejects(createBackup({ ...apart, folder: '/proc/x' }), /cannot be made/);
  assert.deepEqual(listBackups(apart.folder), []);
});

test('says first that the embedded database cannot read a compression, and knows which it can', async () => {
  const lz4 = { clusters: taken.manifest.clusters.map((one) => ({ ...one, compressions: ['lz4', 'pglz'] })) };
  const problem = findTargetProblem(lz4 as Pick<Manifest, 'clusters'>, 'embedded');
  assert.match(problem?.message ?? '', /compresses with lz4, which the embedded database cannot read/);
  assert.equal(findTargetProblem(lz4 as Pick<Manifest, 'clusters'>, 'server'), undefined);
  const { rows } = await withSuperuser(home, 'main', (client) =>
    client.query<{ values: string[] }>(
      "select enumvals as values from pg_settings where name in ('default_toast_compression', 'wal_compression')",
    ),
  );
  const known = new Set(rows.flatMap(({ values }) => values));
  assert.deepEqual(
    [...known].filter((one) => !readByEmbedded.includes(one)),
    [],
  );
});

test('every counted table exists, and sealed columns are found by themselves', async () => {
  for (const store of ['main', 'safeguarding'] as const)
    await withSuperuser(home, store, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        "select tablename as name from pg_tables where schemaname = 'public'",
      );
      const there = new Set(rows.map(({ name }) => name));
      assert.deepEqual(
        countedTables[store].filter((name) => !there.has(name)),
        [],
      );
      const columns = await listSealedColumns(client);
      assert.ok(columns.length >= (store === 'main' ? 5 : 12), `${store}: ${columns.length}`);
    });
});

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

const change =
  (from: string, to: string) =>
  (path: string): void =>
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));

test('a backup of a database that nobody had set up is no success, though nothing in it is damaged', async () => {
  await withSuperuser(home, 'safeguarding', async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query('delete from handovers');
  });
  const { path } = await backUp(home, { folder: 'empty' });
  const result = await drill({ backup: path });
  assert.equal(result.passed, false);
  assert.match(result.faults.join(), /^The backup holds no agency and no sealed record: .* Check which database/);
  const withoutKeys = await drill({ backup: path, keyCopy: undefined });
  assert.deepEqual(withoutKeys.faults, [], 'without the keys nobody asked for sealed records');
});
