/** Kills the sealer outright, again and again, while rows are written: what is sealed must be whole. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exampleRow } from '../../../../src/audit/log/examples.ts';
import { loadLogKeys } from '../../../../src/audit/log/keys.ts';
import { sealBatch } from '../../../../src/audit/sealing/sealing.ts';
import { formatFinding, readKey, verifyAddress } from '../../../../src/audit/verify/index.ts';
import { writeLog } from '../../../../src/platform/audit-hook/audit.ts';
import { openDatabase } from '../../../../src/platform/database/database.ts';
import { openGround } from './ground.ts';

export type Killed = { readonly kills: number; readonly rows: number; readonly sealed: number; readonly wrong: string };

export async function killTheSealer(random: () => number, kills: number): Promise<Killed> {
  const ground = await openGround(true);
  const folder = mkdtempSync(join(tmpdir(), 'safelight-sealer-'));
  const keyFile = join(folder, 'log-keys.json');
  const { main } = loadLogKeys(keyFile, 'killed.example');
  const staff = openDatabase(ground.addresses.staff, { maxConnections: 2 });
  const leader = openDatabase(ground.addresses.leader, { maxConnections: 1 });
  const keys = main.publicKeys.flatMap((key) => readKey(key) ?? []);
  let [rows, writing] = [0, true];
  const write = async (): Promise<void> => {
    for (; writing; rows += 1) await writeLog(staff as never, [exampleRow()]);
  };
  const writers = [write(), write()];
  let wrong = '';
  try {
    for (let kill = 0; kill < kills && wrong === ''; kill += 1) {
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, 'sealer-process.ts'), ground.addresses.leader, keyFile],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      await once(child.stdout, 'data');
      await sleep(random() * 120);
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      wrong = (await verifyAddress(ground.addresses.auditor, { keys })).findings.map(formatFinding).join('; ');
    }
    writing = false;
    await Promise.all(writers);
    for (let sealed = 1; sealed > 0; )
      sealed = await leader.transaction().execute((tx) => sealBatch(tx, main, new Date(1_790_000_000_000)));
    const found = await verifyAddress(ground.addresses.auditor, { keys });
    if (wrong === '') wrong = found.findings.map(formatFinding).join('; ');
    return { kills, rows, sealed: found.size, wrong };
  } finally {
    writing = false;
    await Promise.allSettled(writers);
    await Promise.all([staff.destroy(), leader.destroy()]);
    await ground.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
