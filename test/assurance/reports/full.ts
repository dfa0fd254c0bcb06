/** The disk fills up under the public site: text that cannot be stored is returned to be sent again, and no receipt is shown for it. With free space everything continues. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findReceiptText } from '../../../src/reports/visitor.ts';
import { chance, type Row } from '../../harness/assurance.ts';
import { type Kept, withKept } from './open-intake.ts';
import { goIn, openAll, tell } from './wire.ts';

const megabyte = 1_048_576;
const size = 900;

export async function whileTheDiskIsFull(seed: number, times: number): Promise<Row[]> {
  const place = mkdtempSync(join(tmpdir(), 'safelight-full-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m`, 'tmpfs', place]).status !== 0) {
    rmSync(place, { recursive: true });
    return [{ what: 'disk full', figure: 'NOT TRIED: a small disk can be made by root alone', passed: false }];
  }
  try {
    return await withKept((kept) => fillUp(kept, seed, times), place);
  } finally {
    spawnSync('umount', ['-l', place]);
    rmSync(place, { recursive: true, force: true });
  }
}

async function fillUp(kept: Kept, seed: number, times: number): Promise<Row[]> {
  const random = chance(seed);
  const { url, child } = await kept.startDoor();
  const receipts: string[] = [];
  const statuses = new Map<string, number>();
  let [refused, gone, goneOn] = [0, 0, 0];
  const ballast = join(kept.folder, 'ballast');
  try {
    for (let time = 0; time < times; time += 1) {
      // Somebody is half-way through when the disk runs full.
      const halfWay = await goIn(url, '/report', 400);
      await halfWay.press('begin');
      await halfWay.press('next', { who: 'worried' });
      fillWith(ballast, kept.folder, Math.floor(random() * 2 * megabyte));
      const until = performance.now() + 60_000;
      for (let failed = 0; failed < 8 && performance.now() < until; ) {
        try {
          const receipt = await tell(url, { who: 'worried', now: 'no', what: 'Words of somebody. '.repeat(400) });
          if (receipt) receipts.push(receipt);
        } catch (error) {
          const { message, cause } = error as Error & { cause?: { code?: string } };
          const said = cause?.code ?? message;
          statuses.set(said, (statuses.get(said) ?? 0) + 1);
          failed += 1;
          refused += 1;
        }
      }
      const goingOn = finish(halfWay).catch(() => undefined);
      await sleep(random() * 500);
      rmSync(ballast);
      if (await hasEnded(kept)) {
        gone += 1;
        await kept.reopen();
      }
      const receipt = await goingOn;
      if (receipt) {
        goneOn += 1;
        receipts.push(receipt);
      }
    }
    const opened = await openAll(url, receipts);
    return [
      {
        what: `disk full, ${times} times: receipts that were shown and open no mailbox when there is room again`,
        figure: `${opened.filter((opens) => !opens).length} of ${receipts.length}; ${refused} tries were told that it could not be kept (${[...statuses].map(([said, many]) => `${said}: ${many}`).join(', ')})`,
        passed: opened.every(Boolean) && receipts.length > 0 && refused > 0,
      },
      {
        what: 'the same: half-told reports that were told to the end by pressing again, the server never started anew',
        figure: `${goneOn} of ${times}; PostgreSQL ended by itself ${gone} times and was started again`,
        passed: goneOn === times,
      },
    ];
  } finally {
    child.kill('SIGKILL');
  }
}

async function finish({ press }: Awaited<ReturnType<typeof goIn>>): Promise<string | undefined> {
  let page = await press('next', { now: 'no', what: 'They told me to wait.' });
  for (let pages = 0; pages < 20 && !page.includes('value="send"'); pages += 1)
    page = await press('next', { now: 'no', what: 'They told me to wait.' });
  return findReceiptText(await press('send', { receipt: 'digits' })) || undefined;
}

function fillWith(file: string, folder: string, left: number): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - left)));
}

/** Asked, it answers; ended, it does not. */
const hasEnded = ({ looking }: Kept): Promise<boolean> =>
  looking('police', async (db) => db.selectFrom('reports').select('id').limit(1).execute()).then(
    () => false,
    () => true,
  );
