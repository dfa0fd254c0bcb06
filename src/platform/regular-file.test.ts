import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readRegularFile, UnreadableFile } from './regular-file.ts';

test('reads a file, also by a link, and no more than was asked for', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-files-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const long = Buffer.alloc(200_000, 'x');
  writeFileSync(join(folder, 'long'), long);
  writeFileSync(join(folder, 'empty'), '');
  symlinkSync('long', join(folder, 'link'));
  assert.deepEqual(readRegularFile(join(folder, 'long')), long);
  assert.deepEqual(readRegularFile(join(folder, 'link'), 100_001), long.subarray(0, 100_001));
  assert.deepEqual(readRegularFile(join(folder, 'empty')), Buffer.alloc(0));
});

test('refuses at once what is not a file: a pipe that nobody writes to, a device, a socket, a folder', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-files-'));
  const server = createServer().listen(join(folder, 'socket'));
  t.after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  await once(server, 'listening');
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  symlinkSync('pipe', join(folder, 'link to a pipe'));
  symlinkSync('gone', join(folder, 'link to nothing'));
  for (const [path, problem] of [
    ['pipe', 'this is not a file'],
    ['link to a pipe', 'this is not a file'],
    ['socket', 'this is not a file'],
    ['.', 'this is not a file'],
    ['/dev/null', 'this is not a file'],
    ['/dev/zero', 'this is not a file'],
    ['/dev/tty', 'this is not a file'],
    ['gone', 'there is no such file'],
    ['socket/gone', 'there is no such file'],
    ['link to nothing', 'there is no such file'],
  ] as const)
    assert.throws(
      () => readRegularFile(path.startsWith('/') ? path : join(folder, path)),
      (error) => error instanceof UnreadableFile && error.problem === problem,
      path,
    );
});
