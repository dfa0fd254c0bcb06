/** Starts a server as a process of its own, to be killed: addresses and settings from the environment; it prints its port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';

type Options = {
  /** Added to the settings that such a server has by default. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A file for everything it prints. */
  readonly log?: string;
  /** Its own temporary folder. */
  readonly temporary?: string;
};

export type KillableServer = { readonly url: string; readonly child: ChildProcess };

export async function startKillableServer(
  file: string,
  addresses: unknown,
  options: Options = {},
): Promise<KillableServer> {
  const { settings = {}, log, temporary } = options;
  const given = { HOUSE_ADDRESSES: JSON.stringify(addresses), HOUSE_SETTINGS: JSON.stringify(settings) };
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, ...given, ...(temporary !== undefined && { TMPDIR: temporary }) },
    stdio: ['ignore', 'pipe', log === undefined ? 'inherit' : 'pipe'],
  });
  if (log !== undefined)
    for (const said of [child.stdout, child.stderr]) said?.on('data', (piece: Buffer) => appendFileSync(log, piece));
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`the server ended by itself with ${code}`);
  });
  died.catch(() => {}); // Later it is killed, and should be.
  return { url: `http://127.0.0.1:${await Promise.race([portOf(child), died])}`, child };
}

function portOf({ stdout }: ChildProcess): Promise<string> {
  return new Promise((found) => {
    let said = '';
    stdout?.on('data', (piece: Buffer) => {
      said += piece;
      const port = /^(\d+)$/m.exec(said)?.[1];
      if (port) found(port);
    });
  });
}
