/** Secrets sent through every field of every form, through headers, cookies, addresses and every way of failing, then looked for wherever they have no business. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assured } from '../assurance.ts';
import { isMeant, isOpenToAll } from './canary-columns.ts';
import type { Looked } from './canary-run.ts';

export async function assureCanary({
  quick,
}: {
  readonly seed: number;
  readonly quick: boolean;
}): Promise<readonly Assured[]> {
  const figures: Assured[] = [];
  for (const level of quick ? ['debug'] : ['info', 'debug'])
    figures.push(...(await sendOnce(level, quick ? 300 : 1_000)));
  return figures;
}

async function sendOnce(level: string, most: number): Promise<Assured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-canary-'));
  const file = join(folder, 'looked.json');
  try {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'canary-run.ts'), String(most), file], {
      env: { ...process.env, SAFELIGHT_LOG: level },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
    const [code] = (await once(child, 'close')) as [number | null];
    const output = Buffer.concat(said).toString();
    if (code !== 0) throw new Error(`the secrets could not be sent: ${output.slice(-2_000)}`);
    const { sent, columns, elsewhere } = JSON.parse(readFileSync(file, 'utf8')) as Looked;
    const inOutput = [...new Set([...output.matchAll(/cnry[0-9a-z]{12}/g)].map(([one]) => sent[one] ?? one))];
    const wrong = Object.entries(columns)
      .filter(([column]) => !isMeant(column))
      .map(([column, from]) => `${column} (${from.slice(0, 2).join(', ')})`);
    const leaked = elsewhere.filter((found) => !isOpenToAll(found));
    const row = (what: string, found: readonly string[]): Assured => ({
      what: `${Object.keys(sent).length} secrets sent, log at ${level}: ${what}`,
      figure: `${found.length} found${found.length ? `: ${found.slice(0, 6).join('; ')}` : ''}`,
      passed: found.length === 0,
    });
    return [
      row('in the output of the process', inOutput),
      row(`in columns not meant for them (${Object.keys(columns).length} columns hold some)`, wrong),
      row(
        'in pages and feeds of others, the server’s log, what it tells of statements, sealed fields in its files',
        leaked,
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
