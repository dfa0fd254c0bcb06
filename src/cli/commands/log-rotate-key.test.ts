import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { typed } from '../../../test/fixtures/terminal.ts';
import { loadLogKeys } from '../../audit/log/index.ts';

test('a new key of each log is said to be new, and the ones before it are named', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-log-keys-'));
  const { SAFELIGHT_LOG_KEYS: given } = process.env;
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
    if (given === undefined) delete process.env.SAFELIGHT_LOG_KEYS;
    else process.env.SAFELIGHT_LOG_KEYS = given;
  });
  const path = join(folder, 'log-keys.json');
  process.env.SAFELIGHT_LOG_KEYS = path;
  assert.match((await typed(['log', 'rotate-key'])).told.join(), /There is no key of the log/);
  const before = loadLogKeys(path, 'safelight.example');
  const { code, said } = await typed(['log', 'rotate-key']);
  assert.equal(code, 0);
  const after = loadLogKeys(path, 'safelight.example');
  assert.deepEqual(said, [
    `before  ${before.main.publicKeys[0]}`,
    `new     ${after.main.publicKeys[1]}`,
    `before  ${before.safeguarding.publicKeys[0]}`,
    `new     ${after.safeguarding.publicKeys[1]}`,
  ]);
});
