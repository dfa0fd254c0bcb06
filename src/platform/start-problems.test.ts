import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { BadConfiguration } from './config.ts';
import { describeStartProblem, openDataFolder } from './start-problems.ts';

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-start-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('makes a data folder that is missing, and leaves nothing in it', (t) => {
  const folder = join(newFolder(t), 'a/b');
  openDataFolder(folder);
  openDataFolder(folder);
  assert.deepEqual(readdirSync(folder), []);
});

test('a data folder that cannot be written to ends the start with one line: what is wrong and what to do', async (t) => {
  const folder = newFolder(t);
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'shut'), { mode: 0o500 });
  const cases: [data: string, says: RegExp][] = [
    [join(folder, 'file'), /file is a file, or lies under one\. Move that file away, or set SAFELIGHT_DATA to/],
    [join(folder, 'file/below'), /below is a file, or lies under one\. Move that file away, or set SAFELIGHT_DATA to/],
  ];
  // Nobody writes to the kernel's own file system, root included.
  if (process.platform === 'linux') cases.push(['/sys/safelight', /^The data folder \/sys\/safelight [a-z -]+\. \w/]);
  if (process.getuid?.() !== 0) cases.push([join(folder, 'shut'), /shut may not be written to by this user\. Give it/]);
  for (const [program, ...given] of [['main.ts'], ['cli/main.ts', 'migrate']] as const) {
    for (const [data, says] of cases) {
      const child = spawn(process.execPath, [join(import.meta.dirname, '..', program), ...given], {
        env: { PATH: process.env.PATH, SAFELIGHT_DATA: data, PORT: '0' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [said, out] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'close')]);
      assert.equal(child.exitCode, 1, said);
      assert.match(said, says);
      assert.equal(said.trim().split('\n').length, 1, said);
      assert.equal(out, '');
    }
  }
});

test('says of each cause what to do, and of a bug nothing', () => {
  const failed = (code: string, more: object = {}) => Object.assign(new Error(`${code}: failed`), { code, ...more });
  for (const [error, says] of [
    [new BadConfiguration('Set PORT.'), /^Set PORT\.$/],
    [failed('EACCES', { path: '/x/keys.json' }), /^\/x\/keys\.json may not be written to by this user\. Give it to/],
    [failed('EROFS', { path: '/x' }), /^\/x lies on a file system that is read-only\. Mount it for writing/],
    [failed('ENOSPC', { path: '/x' }), /^\/x has no room left on its disk\. Free some room there/],
    [
      new Error('timeout exceeded when trying to connect'),
      /^The database did not answer in time.*Start Safelight again/,
    ],
    [failed('57014'), /^The database did not answer in time/],
    [failed('53100'), /^The database did not answer in time/],
  ] as const)
    assert.match(describeStartProblem(error) ?? '', says);
  assert.equal(describeStartProblem(new TypeError('x is not a function')), undefined);
});
