import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { keyCopyFile, refuseLostKeys, writeKeyCopy } from './key-copy.ts';

test('a copy is not replaced where it holds a key of the unit that is lost here', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-keys-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const places = { keysFile: join(folder, 'keys.json'), keyHalvesFolder: join(folder, 'key-halves') };
  mkdirSync(places.keyHalvesFolder);
  writeFileSync(join(places.keyHalvesFolder, '1.halves'), 'half');
  const recipients = [await identityToRecipient(await generateIdentity())];
  const keep = (keys: Record<string, string>) =>
    writeFileSync(places.keysFile, JSON.stringify({ current: 'k1', keys }));
  const copies = join(folder, 'copies');
  const copy = () => readFileSync(join(copies, keyCopyFile));
  const write = () => writeKeyCopy(copies, places, recipients, new Date('2026-12-01T06:00:00Z'));
  const [first, second] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];

  keep({ k1: first });
  await write();
  const before = copy();
  assert.ok(!before.includes(first), 'the header names no key');
  keep({ k1: second });
  await assert.rejects(write(), /holds a key of the unit that is not in .*keys\.json/);
  await assert.rejects(refuseLostKeys(copies, places), /that copy was not touched/);
  rmSync(places.keysFile);
  await assert.rejects(write(), /holds a key of the unit/);
  assert.deepEqual(copy(), before);

  keep({ k1: first, k2: second });
  await write();
  assert.notDeepEqual(copy(), before, 'a key that was added is no loss');
  const [old, young] = ['old', 'young'].map((name) => join(copies, `${keyCopyFile}.${name}.unfinished`));
  for (const path of [old, young]) writeFileSync(path ?? '', 'left by a kill');
  utimesSync(old ?? '', new Date('2026-12-01T05:00:00Z'), new Date('2026-12-01T05:00:00Z'));
  await write();
  assert.deepEqual(
    [old, young].map((path) => existsSync(path ?? '')),
    [false, true],
    'what a kill left is removed',
  );
});
