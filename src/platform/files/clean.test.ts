import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { isolatedCommand } from './clean.ts';
import { networkIsolation } from './isolation.ts';

const probe = join(import.meta.dirname, '../../../test/fixtures/connecting.ts');

/** A listener at a port and at a path, and which of both a program reaches by which way. */
async function reachedBy(t: TestContext, command: (port: string, path: string) => [string, string[]]) {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-cleaner-'));
  let connections = 0;
  const answer = (socket: Socket): void => {
    connections += 1;
    socket.on('error', () => {});
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
  };
  const atPort = createServer(answer).listen(0, '127.0.0.1');
  const atPath = createServer(answer).listen(join(folder, 'socket'));
  t.after(() => {
    for (const one of [atPort, atPath]) one.close();
    rmSync(folder, { recursive: true });
  });
  await Promise.all([atPort, atPath].map((one) => once(one, 'listening')));
  const { port } = atPort.address() as AddressInfo;
  const [file, given] = command(String(port), join(folder, 'socket'));
  const child = spawn(file, given, { env: {}, cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await Promise.all([text(child.stdout), once(child, 'close')]);
  assert.equal(child.exitCode, 0);
  return { ways: said.split(' ').filter(Boolean), connections };
}

test('a program that may connect reaches the listener in each way: the probe tries what it says', async (t) => {
  const { ways, connections } = await reachedBy(t, (...to) => [process.execPath, [probe, ...to, 'bare']]);
  for (const way of ['tcp', 'socket', 'http', 'fetch', 'listen', 'udp', 'path']) assert.ok(ways.includes(way), way);
  assert.equal(connections, 5);
});

test('the cleaner reaches no listener, neither at a port nor at a path', async (t) => {
  assert.deepEqual(await reachedBy(t, (...to) => isolatedCommand(probe, ...to)), { ways: [], connections: 0 });
});

test('where the machine isolates the cleaner, even code that undoes its own refusal reaches no port', async (t) => {
  const { by } = networkIsolation();
  const { ways } = await reachedBy(t, (...to) => isolatedCommand(probe, ...to, 'bare'));
  const outside = ways.filter((way) => way !== 'path' && way !== 'listen');
  if (by === 'nothing') assert.ok(outside.length > 0, 'the doctor says that this machine does not isolate it');
  else assert.deepEqual(outside, []);
});

test('what the cleaner refuses by itself holds without an isolation around it', async (t) => {
  const readable = [dirname(probe), import.meta.dirname];
  const given = ['--permission', ...readable.map((folder) => `--allow-fs-read=${join(folder, '*')}`)];
  const { ways, connections } = await reachedBy(t, (...to) => [process.execPath, [...given, probe, ...to]]);
  assert.deepEqual({ ways, connections }, { ways: [], connections: 0 });
});
