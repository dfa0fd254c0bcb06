import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort } from '../test/harness/ports.ts';

test('ends with an error when its database ends, so that the service manager restarts it', async (t) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'safelight-main-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const server = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      SAFELIGHT_DATA: folder,
      SAFELIGHT_MODE: 'live',
      SAFELIGHT_LOG: 'silent',
      PORT: `${await freePort()}`,
    },
  });
  t.after(() => server.kill('SIGKILL'));
  const open = Promise.withResolvers<void>();
  const said = { out: '', error: '' };
  server.stderr.on('data', (chunk) => {
    said.error += chunk;
  });
  server.stdout.on('data', (chunk) => {
    said.out += chunk;
    if (said.out.includes('Safelight is open')) open.resolve();
  });
  const ended = once(server, 'exit');
  ended.then(() => open.reject(new Error(`it ended before it was open: ${said.error}`)));
  await open.promise;

  process.kill(Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  const [code] = await ended;
  assert.equal(code, 1, said.error);
  assert.match(said.error, /^PostgreSQL ended by itself\..* Safelight ends with it: start it again\.$/m);
});
