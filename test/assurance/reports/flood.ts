/** `flood`: honest people tell under a hundred times as much junk, on the machine as it is. Each is answered, soon, and none is lost; waiting in the second queue is not being lost. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lookUpValueOf, readReceipt } from '../../../src/reports/mailbox/receipt.ts';
import type { IntakeLine } from '../../../src/reports/report.ts';
import { intakeLines } from '../../../src/reports/report.ts';
import type { Row } from '../../harness/assurance.ts';
import type { Flood, Flooded } from './flood-load.ts';
import { type Kept, withKept } from './open-intake.ts';

const honestPerMinute = 50;
const times = 100;

export const assureFlood = ({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> =>
  withKept(async (kept) => {
    const { url, child } = await kept.startDoor({ SAFELIGHT_TRUST_PROXY: 'true', SAFELIGHT_LOG: 'error' });
    const seconds = quick ? 20 : 600;
    try {
      const flooded = await flood({ url, seed, seconds, honestPerMinute, junkPerMinute: honestPerMinute * times });
      const memory = memoryOf(child.pid ?? 0);
      return rows(flooded, await lookedUp(kept, flooded), seconds, memory);
    } finally {
      child.kill('SIGKILL');
    }
  });

async function flood(given: Flood): Promise<Flooded> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'flood-load.ts'), JSON.stringify(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  await once(child, 'close');
  return JSON.parse(Buffer.concat(pieces).toString()) as Flooded;
}

type LookedUp = { readonly first: number; readonly second: number; readonly missing: number; readonly kept: number };

/** What the tables hold of those who were shown a receipt, and of all. */
async function lookedUp({ looking }: Kept, { receipts }: Flooded): Promise<LookedUp> {
  const queues = new Map<string, string>();
  const read = (line: IntakeLine) =>
    looking(line, (db) => db.selectFrom('reports').select(['lookUp', 'queue']).execute());
  for (const line of intakeLines)
    for (const { lookUp, queue } of await read(line))
      queues.set((lookUp as Buffer | null)?.toString('hex') ?? '', queue);
  const found = receipts.map((digits) => {
    const receipt = readReceipt(digits);
    return receipt && queues.get(lookUpValueOf(receipt).toString('hex'));
  });
  const count = (queue: string | undefined): number => found.filter((one) => one === queue).length;
  return { first: count('first'), second: count('second'), missing: count(undefined), kept: queues.size };
}

const memoryOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;

const inWords = (count: number): string => count.toLocaleString('en-GB');

function percentile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.POSITIVE_INFINITY;
}

function rows(flooded: Flooded, { first, second, missing, kept }: LookedUp, seconds: number, memory: number): Row[] {
  const { begun, receipts, lost, times: pages, sendTimes, junk, heldBack } = flooded;
  const came = Object.values(junk).reduce((sum, one) => sum + one.came, 0);
  const answered = Object.values(junk).reduce((sum, one) => sum + one.answered, 0);
  const share = receipts.length / begun;
  const [p50, p99] = [percentile(pages, 0.5), percentile(pages, 0.99)];
  const under = `${honestPerMinute} honest reports a minute under ${times} × junk for ${seconds} s`;
  return [
    {
      what: `${under}: answered (≥ 99 %)`,
      figure: `${receipts.length} of ${begun} (${(share * 100).toFixed(1)} %)${lost.length > 0 ? `; ${[...new Set(lost)].slice(0, 3).join(', ')}` : ''}`,
      passed: share >= 0.99,
    },
    {
      what: 'p99 of each of their pages (≤ 2 s)',
      figure: `${p99.toFixed(0)} ms over ${inWords(pages.length)} pages (half within ${p50.toFixed(0)} ms); of the last, that shows the receipt, ${percentile(sendTimes, 0.99).toFixed(0)} ms`,
      passed: p99 <= 2_000,
    },
    {
      what: 'honest reports dropped: a receipt was shown, and nothing is kept',
      figure: `${missing}; ${first} in the first queue, ${second} in the second`,
      passed: missing === 0,
    },
    {
      what: 'the junk',
      figure: `${inWords(came)} came, ${inWords(answered)} were answered (${Object.entries(junk)
        .map(([kind, one]) => `${kind} ${inWords(one.answered)} of ${inWords(one.came)}`)
        .join(
          ', ',
        )}), ${inWords(heldBack)} could not come because a thousand waited; ${inWords(kept)} reports kept in all; the door’s memory at its most ${memory.toFixed(0)} MiB`,
      passed: came + heldBack >= (seconds / 60) * honestPerMinute * times * 0.9,
    },
  ];
}
