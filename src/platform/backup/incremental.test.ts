import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  backUp,
  type Installation,
  openInstallation,
  verifyLog,
  withSuperuser,
} from '../../../test/fixtures/backup.ts';
import { combineFolders, findCombine, requireCombine } from './combine.ts';
import { drillBackup } from './drill.ts';
import { type BackupFault, OutsideFault } from './fault.ts';
import { listBackups, removeBackup } from './store.ts';
import { openBackup } from './unpack.ts';

// What restores a chain is in the assurance of incremental backups: it needs a program that Safelight’s packages lack.

let home: Installation;
type Taken = Awaited<ReturnType<typeof backUp>>;
let [full, first, second]: Taken[] = [];

const setSummaries = (value: 'on' | 'off') =>
  withSuperuser(home, 'main', async (client) => {
    await client.query(`alter system set summarize_wal = ${value}`);
    await client.query('select pg_reload_conf(), pg_sleep(0.2)');
  });

/** Seconds apart: the name says which backup is newer. */
let clock = Date.now();
const take = (more: Parameters<typeof backUp>[1]): Promise<Taken> => {
  clock += 1_000;
  return backUp(home, { now: () => new Date(clock), ...more });
};

before(async () => {
  home = await openInstallation();
  await setSummaries('on');
  full = await take({});
  await withSuperuser(home, 'main', (client) => client.query('create table noted (word text)'));
  first = await take({ incremental: true });
  second = await take({ incremental: true });
});
after(() => home.close());

const linkOf = (taken: Taken | undefined): Taken => taken as Taken;
const sizeOf = ({ manifest }: Taken): number => manifest.parts.reduce((all, { bytes }) => all + bytes, 0);

/** The chain in a folder of its own, to be damaged. */
function copyChain(name: string): string {
  const folder = join(home.root, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(home.root, 'backups'), folder, { recursive: true });
  return folder;
}

const change = (path: string, from: string | RegExp, to: string): void =>
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));

function flip(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

const drill = (backup: string) =>
  drillBackup({
    backup,
    identities: [],
    keyCopy: undefined,
    scratch: home.root,
    verifyLog,
    safelight: '0.1.0',
    now: () => new Date(),
  });

test('an incremental backup is a part of a full one, rests on the newest, and tells no size of a table', () => {
  const [whole, one, two] = [linkOf(full), linkOf(first), linkOf(second)];
  assert.ok(sizeOf(one) < sizeOf(whole) / 2, `${sizeOf(one)} of ${sizeOf(whole)}`);
  assert.deepEqual(
    [whole, one, two].map(({ manifest }) => [manifest.version, manifest.base?.name]),
    [
      [1, undefined],
      [2, basename(whole.path)],
      [2, basename(one.path)],
    ],
  );
  for (const { path } of [whole, one, two])
    for (const name of readdirSync(path)) {
      assert.equal(statSync(join(path, name)).mode & 0o777, 0o600, name);
      assert.ok(!readFileSync(join(path, name)).includes('PG_VERSION'), `${name} is readable`);
    }
});

test('lists a chain as whole, and everything on a missing, exchanged or failed link as broken', async () => {
  const folder = copyChain('listed');
  const states = () => listBackups(folder).map(({ state, fault }) => [state, fault?.message]);
  assert.deepEqual(
    states().map(([state]) => state),
    ['whole', 'whole', 'whole'],
  );
  const at = (taken: Taken | undefined): string => join(folder, basename(linkOf(taken).path));
  writeFileSync(
    join(at(full), 'last-drill.json'),
    JSON.stringify({ ...(await drill(at(full))), passed: false, found: undefined, manifest: undefined }),
  );
  assert.match(String(states()[1]), /^broken,It rests on the backup .* which is broken or failed its verification/);
  rmSync(join(at(full), 'last-drill.json'));
  renameSync(at(first), `${at(first)}-away`);
  const name = basename(at(first));
  assert.deepEqual(states(), [
    ['broken', `It is an incremental backup, and the backup ${name} on which it rests is missing from its folder.`],
    ['whole', undefined],
  ]);
  assert.match((await drill(at(second))).faults.join(), new RegExp(`backup ${name} on which it rests is missing`));
  await assert.rejects(openBackup(at(second), home.identities), /is missing from its folder/);
  cpSync(at(full), at(first), { recursive: true });
  assert.match(String(states()[0]), /is not the one on which this one rests: another was put in its place/);
  await assert.rejects(openBackup(at(second), home.identities), /another was put in its place/);
});

test('a link that was changed, cut or is of another server is named before anything is unpacked', async () => {
  const folder = copyChain('damaged');
  const [base, last] = [full, second].map((taken) => join(folder, basename(linkOf(taken).path))) as [string, string];
  flip(join(base, 'main.tar'));
  const named = new RegExp(`^It rests on the backup ${basename(base)}\\. The part main\\.tar was changed`);
  assert.match((await drill(last)).faults.join(), named);
  writeFileSync(join(base, 'main.tar'), '');
  assert.match((await drill(last)).faults.join(), /The part main\.tar is cut short/);
  await assert.rejects(openBackup(last, home.identities), /The part main\.tar is cut short/);
  cpSync(linkOf(full).path, base, { recursive: true, force: true });
  change(join(base, 'manifest.json'), /"systemId": "\d+"/, '"systemId": "1"');
  await assert.rejects(openBackup(last, home.identities), /which is of another main server/);
  cpSync(linkOf(full).path, base, { recursive: true, force: true });
  change(join(base, 'manifest.json'), '"begun": "20', '"begun": "19');
  await assert.rejects(openBackup(last, home.identities), /It rests on the backup .* was changed after the backup/);
  change(join(last, 'manifest.json'), /"base": \{[^}]*\},/, '');
  await assert.rejects(openBackup(last, home.identities), /was changed after the backup was made/);
});

test('refuses to rest on nothing, on a list that was changed or is missing, and on another server', async () => {
  const restOn = (folder: string) => take({ folder, incremental: true });
  await assert.rejects(restOn('empty'), /There is no whole backup in .* that an incremental one could rest on/);
  const folder = copyChain('based');
  const newest = join(folder, basename(linkOf(second).path));
  const list = join(newest, 'main.filelist');
  flip(list);
  await assert.rejects(restOn('based'), /The part main\.filelist of .* was changed or exchanged/);
  cpSync(join(linkOf(first).path, 'main.filelist'), list);
  const exchanged = JSON.parse(readFileSync(join(newest, 'manifest.json'), 'utf8'));
  exchanged.parts = exchanged.parts.map((part: { readonly name: string }) =>
    part.name === 'main.filelist' ? linkOf(first).manifest.parts.find(({ name }) => name === part.name) : part,
  );
  writeFileSync(join(newest, 'manifest.json'), JSON.stringify(exchanged));
  await assert.rejects(
    restOn('based'),
    /was changed or exchanged/,
    'the list of another backup, with its size and digest',
  );
  cpSync(join(linkOf(second).path, 'manifest.json'), join(newest, 'manifest.json'));
  cpSync(join(linkOf(second).path, 'main.filelist'), list);
  change(join(newest, 'manifest.json'), '"name": "main.filelist"', '"name": "main.manifest"');
  await assert.rejects(restOn('based'), /No incremental backup can rest on/);
  cpSync(join(linkOf(second).path, 'manifest.json'), join(newest, 'manifest.json'));
  for (const name of readdirSync(folder))
    change(join(folder, name, 'manifest.json'), /"systemId": "\d+"/, '"systemId": "1"');
  await assert.rejects(restOn('based'), /is of another main server/);
  await setSummaries('off');
  await assert.rejects(restOn('backups'), (error: BackupFault) => {
    assert.match(error.message, /summarize_wal is off/);
    assert.match(error.cure, /alter system set summarize_wal = on/);
    return true;
  });
  const without = await take({ folder: 'without' });
  assert.ok(without.manifest.parts.every(({ name }) => name !== 'main.filelist'));
  await setSummaries('on');
  await assert.rejects(restOn('without'), /taken while summarize_wal was off/);
  const keys = join(home.data, 'keys.json');
  renameSync(keys, `${keys}-away`);
  try {
    await assert.rejects(restOn('backups'), /There is no|keys\.json|holds a key of the unit/);
  } finally {
    renameSync(`${keys}-away`, keys);
  }
});

test('refuses a server that does not know the backup before, and keeps few marks on it', () =>
  withSuperuser(home, 'main', async (client) => {
    const marks = async () => {
      const { rows } = await client.query<{ name: string; reserved: boolean }>(
        'select slot_name as name, restart_lsn is not null as reserved from pg_replication_slots order by 1',
      );
      return rows;
    };
    for (let more = 0; more < 2; more++) await take({ folder: 'marked' });
    const kept = await marks();
    assert.equal(kept.length, 3);
    assert.ok(kept.every(({ name, reserved }) => name.startsWith('safelight_base_2') && !reserved));
    await client.query('select pg_drop_replication_slot($1)', [kept.at(-1)?.name]);
    await assert.rejects(
      take({ folder: 'marked', incremental: true }),
      /does not go on from the backup .*: it was restored, set back or taken over/,
    );
    assert.equal((await marks()).length, 2, 'a refused one leaves no mark');
  }));

test('on a timer, takes a full one where only that helps, and at the latest after so many days', async () => {
  const timed = { folder: 'timed', incremental: true, fullEvery: 7 };
  const kindsOf = async (more = {}) => {
    const { manifest, whyFull } = await take({ ...timed, ...more });
    return [manifest.base !== undefined, whyFull];
  };
  const [rests, why] = await kindsOf();
  assert.equal(rests, false);
  assert.match(String(why), /^There is no whole backup in /);
  assert.deepEqual(await kindsOf(), [true, undefined]);
  const days = (count: number) => ({ now: () => new Date(clock + count * 86_400_000) });
  assert.deepEqual(await kindsOf(days(6)), [true, undefined], 'of the full one at its root');
  assert.deepEqual(await kindsOf(days(6.9)), [false, 'The full backup before is 7 days old.'], 'a timer is not exact');
  await withSuperuser(home, 'main', (client) =>
    client.query('select pg_drop_replication_slot(slot_name) from pg_replication_slots'),
  );
  const [restsAfter, whyAfter] = await kindsOf(days(8));
  assert.equal(restsAfter, false);
  assert.match(String(whyAfter), /does not go on from the backup/);
  const [newest] = listBackups(join(home.root, 'timed'));
  const failed = { ...(await drill(String(newest?.path))), passed: false };
  writeFileSync(join(String(newest?.path), 'last-drill.json'), JSON.stringify(failed));
  assert.match(String((await kindsOf(days(8.1)))[1]), /^The newest backup .* is broken or failed its verification/);
  assert.match(String((await kindsOf(days(2)))[1]), /from the future/);
  assert.ok(listBackups(join(home.root, 'timed')).every(({ state }) => state === 'whole'));
  const other = { ...timed, folder: 'others' };
  await take({ folder: 'others' });
  await setSummaries('off');
  await assert.rejects(take(other), /summarize_wal is off/, 'a full one each night would hide it');
  await setSummaries('on');
  const keys = join(home.data, 'keys.json');
  renameSync(keys, `${keys}-away`);
  try {
    await assert.rejects(take(other), /The unit’s key file .* is not here/);
  } finally {
    renameSync(`${keys}-away`, keys);
  }
});

test('names the program that is missing, and records nothing of the backup for it', async () => {
  assert.equal(findCombine([home.root]), undefined);
  assert.throws(
    () => requireCombine([home.root]),
    (error: OutsideFault) => {
      assert.ok(error instanceof OutsideFault);
      assert.match(error.message, /needs pg_combinebackup of PostgreSQL 17, which is not on this computer/);
      assert.match(error.cure, /postgresql-client-17/);
      return true;
    },
  );
  const older = join(home.root, 'older');
  mkdirSync(older);
  writeFileSync(join(older, 'pg_combinebackup'), '#!/bin/sh\necho "pg_combinebackup (PostgreSQL) 18.1"\n', {
    mode: 0o755,
  });
  assert.equal(findCombine([older]), undefined, 'of another major version');
  const stopped = AbortSignal.abort();
  await assert.rejects(combineFolders([], join(home.root, 'none'), { sync: false, stopped }));
});

test('what rests on a removed backup is removed before it', async () => {
  const folder = copyChain('removed');
  const all = listBackups(folder);
  for (const one of all) {
    await removeBackup(one);
    assert.ok(listBackups(folder).every(({ state }) => state === 'whole'));
  }
});
