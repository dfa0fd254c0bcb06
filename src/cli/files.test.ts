import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { listInputFiles } from './files.ts';
import { readReleaseFile } from './release-files.ts';

const noFile = 'this is a pipe, a device or a socket, and not a file';

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-files-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  return folder;
}

/** Looks as a user without rights. The tests may run as the owner of the machine, who may read everything. */
function asAnybody<Value>(look: () => Value): Value {
  if (process.geteuid?.() !== 0) return look();
  process.seteuid?.(65_534);
  try {
    return look();
  } finally {
    process.seteuid?.(0);
  }
}

const listed = (names: readonly string[], folder: string) =>
  asAnybody(() => listInputFiles(names, folder)).map(({ name, missing }) => (missing ? `${name}: ${missing}` : name));

test('a folder or a file that cannot be read is named, and the others are listed', (t) => {
  const folder = folderFor(t);
  for (const name of ['a', 'closed', 'z']) mkdirSync(join(folder, 'all', name), { recursive: true });
  for (const name of ['a/one.md', 'closed/two.md', 'z/three.md']) writeFileSync(join(folder, 'all', name), 'x');
  writeFileSync(join(folder, 'all/secret.md'), 'x', { mode: 0 });
  chmodSync(join(folder, 'all/closed'), 0);
  try {
    lookAround(folder);
  } finally {
    chmodSync(join(folder, 'all/closed'), 0o700);
  }
});

function lookAround(folder: string): void {
  const closed = 'this folder cannot be read: this user may not read it';
  assert.deepEqual(listed(['all'], folder), ['a/one.md', `closed: ${closed}`, 'secret.md', 'z/three.md']);
  assert.deepEqual(listed(['all/closed', 'all/a'], folder), [`all/closed: ${closed}`, 'one.md']);
  assert.deepEqual(listed(['all/closed/two.md'], folder), ['all/closed/two.md: this user may not read it']);
  assert.deepEqual(listed(['all/*/*.md'], folder), ['all/a/one.md', 'all/z/three.md']);
  const [secret] = asAnybody(() => listInputFiles(['all/secret.md'], folder).map(readReleaseFile));
  assert.deepEqual(secret, { problem: 'this user may not read it' });
}

test('a pipe, a socket, a device and a broken link are named wherever they are, and nothing is opened', async (t) => {
  const folder = folderFor(t);
  execFileSync('mkfifo', [join(folder, 'pipe.md')]);
  const server = createServer().listen(join(folder, 'socket.md'));
  t.after(() => server.close());
  await new Promise((ready) => server.once('listening', ready));
  symlinkSync('/dev/zero', join(folder, 'endless.md'));
  symlinkSync('gone', join(folder, 'broken.md'));
  symlinkSync('round.md', join(folder, 'round.md'));
  symlinkSync('good.md', join(folder, 'link.md'));
  mkdirSync(join(folder, 'folder.md'));
  symlinkSync('.', join(folder, 'back.md'));
  writeFileSync(join(folder, 'good.md'), 'x');
  const expected = [
    'broken.md: there is no such file',
    `endless.md: ${noFile}`,
    'good.md',
    'link.md',
    `pipe.md: ${noFile}`,
    'round.md: it cannot be read (ELOOP)',
    `socket.md: ${noFile}`,
  ];
  assert.deepEqual(listed(['.'], folder), expected);
  assert.deepEqual(listed(['*.md'], folder), expected);
  assert.deepEqual(listed(['good.md/x', 'x'.repeat(5_000)], folder), [
    'good.md/x: there is no such file',
    `${'x'.repeat(5_000)}: it cannot be read (ENAMETOOLONG)`,
  ]);
});

test('the size of a file that is too large is its true size', (t) => {
  const folder = folderFor(t);
  for (const [size, says] of [
    [1_000_000, null],
    [1_000_001, 'the file has 1,000,001 bytes, and at most 1,000,000 bytes are read'],
    [12_345_678, 'the file has 12,345,678 bytes, and at most 1,000,000 bytes are read'],
  ] as const) {
    writeFileSync(join(folder, 'long.md'), Buffer.alloc(size, 'x'));
    const [read] = listInputFiles(['long.md'], folder).map(readReleaseFile);
    assert.ok(read);
    if (says) assert.deepEqual(read, { problem: says });
    else assert.equal('bytes' in read && read.bytes.length, size);
  }
});
