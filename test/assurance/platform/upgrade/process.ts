/** Safelight itself as a process, of any version: `src/main.ts` of a source tree, with the settings of an operator. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseRoles } from '../../../../src/platform/config.ts';
import type { Addresses } from '../../../../src/platform/database/database.ts';
import { freePort } from '../../../harness/ports.ts';
import type { Tree } from './trees.ts';

/** In milliseconds. */
const longestStart = 120_000;
const longestEnd = 30_000;

export type Place = {
  /** Where the keys, files and the log of the processes lie. */
  readonly folder: string;
  readonly addresses: Addresses;
  readonly stepKey: string;
};

export type Running = { readonly port: number; readonly child: ChildProcess; readonly open: Promise<void> };

/** `owner`: with the owner's login, so that it migrates when it starts. */
export async function startVersion(tree: Tree, place: Place, owner: boolean): Promise<Running> {
  const port = await freePort();
  const { main, safeguarding } = place.addresses;
  const logins = databaseRoles.map((role) => [
    `DATABASE_URL_${role.toUpperCase()}`,
    (role === 'safeguarding' ? safeguarding[role] : main[role]) ?? '',
  ]);
  const owners = { DATABASE_URL: main.owner ?? '', SAFEGUARDING_DATABASE_URL: safeguarding.owner ?? '' };
  const child = spawn(process.execPath, [join(tree.folder, 'src/main.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      ...Object.fromEntries(logins),
      ...(owner && owners),
      SAFELIGHT_MODE: 'live',
      SAFELIGHT_DATA: place.folder,
      SAFELIGHT_STEP_KEY: place.stepKey,
      SAFELIGHT_LOG: 'error',
      SAFELIGHT_DRAIN_SECONDS: '1',
      HOST: '127.0.0.1',
      PORT: `${port}`,
    },
  });
  const open = Promise.withResolvers<void>();
  open.promise.catch(() => {});
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (piece: Buffer) => {
      said += piece;
      appendFileSync(join(place.folder, 'processes.log'), piece);
      if (said.includes('Safelight is open')) open.resolve();
    });
  const late = setTimeout(() => open.reject(new Error(`it did not open: ${said}`)), longestStart);
  void once(child, 'exit').then(() => open.reject(new Error(`${tree.name} ended before it was open: ${said}`)));
  void open.promise.finally(() => clearTimeout(late)).catch(() => {});
  return { port, child, open: open.promise };
}

/** As an operator ends a process. Returns whether it ended by itself and well. */
export async function endGently({ child }: Pick<Running, 'child'>): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return false;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), longestEnd);
  const [code] = await gone;
  clearTimeout(late);
  return code === 0;
}
