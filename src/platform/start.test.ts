import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openObjectServer } from '../../test/harness/object-server.ts';
import { readConfig } from './config.ts';
import { startRuntime } from './start.ts';

test('a start without the key file that records were sealed with is refused, and makes none', async (t) => {
  const traces: Record<string, (folder: string) => void> = {
    'halves of record keys': (folder) => {
      mkdirSync(join(folder, 'key-halves'));
      writeFileSync(join(folder, 'key-halves', '1.halves'), 'half');
    },
    'keys of the log, as in a folder restored without keys': (folder) =>
      writeFileSync(join(folder, 'log-keys.json'), '{}'),
  };
  for (const [what, leave] of Object.entries(traces)) {
    const folder = mkdtempSync(join(tmpdir(), 'safelight-start-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    leave(folder);
    const config = readConfig({ SAFELIGHT_DATA: folder });
    const start = startRuntime(config, () => assert.fail('the databases were migrated'));
    await assert.rejects(start, /key file .* is not there[\s\S]*copy of the keys/, what);
    assert.ok(!existsSync(config.keysFile), what);
    assert.ok(!existsSync(join(folder, 'postgres')), what);
  }
});

test('a start with a bucket that keeps what is deleted is refused', async (t) => {
  const { store, environment } = await openObjectServer(t);
  store.versioning = 'Enabled';
  const folder = mkdtempSync(join(tmpdir(), 'safelight-start-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const start = startRuntime(readConfig({ SAFELIGHT_DATA: folder, ...environment }), () => assert.fail('it went on'));
  await assert.rejects(start, /The bucket in SAFELIGHT_FILES has versioning/);
  assert.ok(!existsSync(join(folder, 'postgres')));
});
