import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Manifest } from './manifest.ts';
import {
  type Drill,
  listBackups,
  planPrune,
  readDrill,
  recordDrill,
  removeBackup,
  type StoredBackup,
} from './store.ts';

const now = new Date('2026-11-30T12:00:00Z');

const drillOf = (more: Partial<Drill> = {}): Drill => ({
  at: now.toISOString(),
  passed: true,
  tried: true,
  restored: true,
  faults: [],
  restoreSeconds: 3,
  sealedOpened: 20,
  safelight: '0.1.0',
  ...more,
});

const backup = (days: number, more: Partial<StoredBackup> = {}): StoredBackup => ({
  name: `${days} days`,
  path: '',
  state: 'whole',
  bytes: 1,
  taken: new Date(now.getTime() - days * 86_400_000),
  ...more,
});

const namesOf = (all: readonly StoredBackup[]): string[] => all.map(({ name }) => name);

test('keeps the newest whole backups, and removes older ones', () => {
  const all = [backup(0, { drill: drillOf() }), backup(1), backup(2), backup(3)];
  assert.deepEqual(namesOf(planPrune(all, { keep: 2 }, now).remove), ['2 days', '3 days']);
  assert.deepEqual(namesOf(planPrune(all, { days: 1 }, now).remove), ['2 days', '3 days']);
  assert.equal(planPrune(all, { keep: 2 }, now).spared, undefined);
});

test('never removes the newest verified backup, nor the only whole one', () => {
  const failed = drillOf({ passed: false, faults: ['x'] });
  const digestsAlone = drillOf({ tried: false, restored: false });
  const verified = drillOf();
  const all = [
    backup(0),
    backup(1, { drill: failed }),
    backup(2, { drill: digestsAlone }),
    backup(9, { drill: verified }),
    backup(10, { drill: verified }),
  ];
  const plan = planPrune(all, { keep: 1 }, now);
  assert.deepEqual(namesOf(plan.remove), ['1 days', '2 days', '10 days']);
  assert.equal(plan.spared?.name, '9 days');
  const alone = planPrune([backup(400)], { days: 30 }, now);
  assert.deepEqual(alone.remove, []);
  assert.equal(alone.spared?.name, '400 days');
});

test('never removes a backup on which a kept one rests, and removes the chain with its last', () => {
  const link = (days: number, base?: number, more: Partial<StoredBackup> = {}) =>
    backup(days, {
      manifest: { ...manifest, ...(base !== undefined && { base: { name: `${base} days`, id: 'one' } }) },
      ...more,
    });
  const all = [link(0), link(1, 2), link(2, 3), link(3), link(4, 5), link(5), link(6)];
  const plan = planPrune(all, { keep: 2 }, now);
  assert.deepEqual(namesOf(plan.remove), ['4 days', '5 days', '6 days']);
  assert.deepEqual(namesOf(plan.bases), ['2 days', '3 days']);
  assert.deepEqual(namesOf(planPrune(all, { days: 4 }, now).remove), ['6 days']);
  const verified = planPrune([link(0), link(1, 2, { drill: drillOf() }), link(2)], { keep: 1 }, now);
  assert.deepEqual([verified.spared?.name, namesOf(verified.bases)], ['1 days', ['2 days']]);
});

test('a backup whose trial failed stands for no other', () => {
  const failed = drillOf({ passed: false, faults: ['x'] });
  const all = [backup(0, { drill: failed }), backup(1), backup(2, { drill: failed }), backup(3)];
  assert.deepEqual(namesOf(planPrune(all, { keep: 1 }, now).remove), ['2 days', '3 days']);
  assert.deepEqual(planPrune([backup(0, { drill: failed })], { keep: 1 }, now).remove, []);
});

test('a broken backup goes when a newer whole one is there, and an unfinished one after a day', () => {
  const broken = (days: number) => backup(days, { state: 'broken', name: `broken ${days}` });
  const unfinished = (days: number) => backup(days, { state: 'unfinished', name: `unfinished ${days}` });
  const all = [unfinished(0.5), broken(0.6), backup(1, { drill: drillOf() }), broken(2), unfinished(2)];
  assert.deepEqual(namesOf(planPrune(all, { keep: 5 }, now).remove), ['broken 2', 'unfinished 2']);
  assert.deepEqual(planPrune([broken(2)], { keep: 1 }, now).remove, []);
});

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-store-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const manifest: Omit<Manifest, 'mac'> & { readonly mac: string } = {
  format: 'safelight-backup',
  version: 1,
  id: 'one',
  safelight: '0.1.0',
  begun: '2026-11-30T06:00:00.000Z',
  ended: '2026-11-30T06:00:09.000Z',
  holdsUntil: '2026-11-30T06:00:08.000Z',
  key: { recipients: ['age1x'], wrapped: 'AAAA' },
  clusters: [
    {
      name: 'main',
      databases: {},
      superuser: 's',
      server: '17.10',
      systemId: '1',
      endLsn: '0/1',
      checksums: true,
      compressions: [],
      extensions: [],
    },
  ],
  files: { count: 0, bytes: 0 },
  parts: [{ name: 'main.tar', bytes: 4, sha256: 'a'.repeat(64), holds: 4 }],
  counts: 'AAAA',
  mac: 'AAAA',
};

test('lists whole, broken and unfinished backups, newest first, and nothing else', (t) => {
  const folder = newFolder(t);
  const make = (name: string, part: string | undefined) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'manifest.json'), JSON.stringify(manifest));
    if (part !== undefined) writeFileSync(join(folder, name, 'main.tar'), part);
  };
  make('safelight-20261128T060000Z-aaaaaa', 'four');
  make('safelight-20261129T060000Z-bbbbbb', 'fou');
  make('safelight-20261130T060000Z-cccccc.unfinished', 'four');
  make('safelight-20261127T060000Z-dddddd', undefined);
  make('holiday-pictures', 'four');
  const listed = listBackups(folder);
  assert.deepEqual(
    listed.map(({ name, state, fault }) => [name.slice(10, 18), state, fault?.message]),
    [
      ['20261130', 'unfinished', undefined],
      ['20261129', 'broken', 'The part main.tar is cut short.'],
      ['20261128', 'whole', undefined],
      ['20261127', 'broken', 'The part main.tar is missing.'],
    ],
  );
  assert.equal(listed[0]?.taken.toISOString(), '2026-11-30T06:00:00.000Z');
});

test('digests that are well do not hide that a restore failed', async (t) => {
  const folder = newFolder(t);
  await recordDrill(folder, drillOf({ tried: false, restored: false }));
  assert.equal(readDrill(folder)?.tried, false);
  await recordDrill(folder, drillOf({ passed: false, faults: ['The part main.tar was changed.'] }));
  await recordDrill(folder, drillOf({ tried: false, restored: false }));
  assert.equal(readDrill(folder)?.passed, false);
  await recordDrill(folder, drillOf());
  assert.equal(readDrill(folder)?.passed, true);
  assert.deepEqual(readdirSync(folder), ['last-drill.json']);
});

test('a removed backup is gone', async (t) => {
  const folder = newFolder(t);
  const path = join(folder, 'safelight-20261128T060000Z-aaaaaa');
  mkdirSync(path);
  writeFileSync(join(path, 'manifest.json'), JSON.stringify(manifest));
  await removeBackup(backup(1, { path }));
  assert.deepEqual(readdirSync(folder), []);
});
