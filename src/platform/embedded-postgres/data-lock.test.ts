import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DataInUse, findHolder, type LockOptions, takeDataLock } from './data-lock.ts';

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-lock-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

const kinds: NonNullable<LockOptions['kind']>[] = process.platform === 'linux' ? ['abstract', 'file'] : ['file'];

for (const kind of kinds) {
  test(`${kind}: a folder that is open is refused by name and number, and free again afterwards`, async (t) => {
    const folder = newFolder(t);
    const lock = await takeDataLock(folder, { kind });
    await assert.rejects(takeDataLock(folder, { kind }), (error: Error) => {
      assert.ok(error instanceof DataInUse);
      assert.match(error.message, new RegExp(`^Another Safelight \\(process ${process.pid}\\) has ${folder} open\\.`));
      return true;
    });
    await lock.release();
    await (await takeDataLock(folder, { kind })).release();
  });

  test(`${kind}: another way to write the path is the same folder`, async (t) => {
    const folder = newFolder(t);
    const link = `${folder}-link`;
    symlinkSync(folder, link);
    t.after(() => rmSync(link));
    const lock = await takeDataLock(folder, { kind });
    await assert.rejects(takeDataLock(link, { kind }), DataInUse);
    await lock.release();
  });

  test(`${kind}: who comes while another stops waits, says so once, and then has it`, async (t) => {
    const folder = newFolder(t);
    const told: string[] = [];
    const first = await takeDataLock(folder, { kind });
    first.stopping();
    const second = takeDataLock(folder, { kind, tell: (sentence) => told.push(sentence) });
    await new Promise((later) => setTimeout(later, 300));
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /is still stopping/);
    await first.release();
    await (await second).release();
  });

  test(`${kind}: a holder that was killed holds nothing, and of eight who come then one has it`, async (t) => {
    const folder = newFolder(t);
    const holder = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { takeDataLock } = await import(${JSON.stringify(join(import.meta.dirname, 'data-lock.ts'))});
         await takeDataLock(${JSON.stringify(folder)}, { kind: '${kind}' });
         console.log('held'); setInterval(() => {}, 60_000);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(holder.stdout, 'data');
    await assert.rejects(takeDataLock(folder, { kind }), DataInUse);
    holder.kill('SIGKILL');
    await once(holder, 'exit');

    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => takeDataLock(folder, { kind })));
    const held = tries.filter((result) => result.status === 'fulfilled');
    assert.equal(held.length, 1);
    await held[0]?.value.release();
  });
}

test('nobody holds a folder that nobody opened', async (t) => {
  const folder = newFolder(t);
  assert.equal(await findHolder(folder), undefined);
  const lock = await takeDataLock(folder);
  assert.equal((await findHolder(folder))?.pid, process.pid);
  await lock.release();
});
