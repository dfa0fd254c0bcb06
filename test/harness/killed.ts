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
  /** In place of a free one. */
  readonly port?: number;
};

export type KillableServer = { readonly url: string; readonly child: ChildProcess };

export const startKillableServer = (file: string, addresses: unknown, options: Options = {}): Promise<KillableServer> =>
  begun(spawnServer(file, addresses, options, 'no'), options);

export type PreparedServer = { readonly child: ChildProcess; readonly begin: () => Promise<KillableServer> };

/** A process that has read its modules, and opens the application only when it is told to begin. */
export function prepareKillableServer(file: string, addresses: unknown, options: Options = {}): PreparedServer {
  const child = spawnServer(file, addresses, options, 'yes');
  return {
    child,
    begin: () => {
      child.stdin?.end('begin\n');
      return begun(child, options);
    },
  };
}

function spawnServer(file: string, addresses: unknown, options: Options, waits: 'yes' | 'no'): ChildProcess {
  const { settings = {}, log, temporary, port = 0 } = options;
  const given = {
    HOUSE_ADDRESSES: JSON.stringify(addresses),
    HOUSE_SETTINGS: JSON.stringify(settings),
    HOUSE_PORT: String(port),
    HOUSE_WAITS: waits,
  };
  return spawn(process.execPath, [file], {
    env: { ...process.env, ...given, ...(temporary !== undefined && { TMPDIR: temporary }) },
    stdio: [waits === 'yes' ? 'pipe' : 'ignore', 'pipe', log === undefined ? 'inherit' : 'pipe'],
  });
}

async function begun(child: ChildProcess, { log }: Options): Promise<KillableServer> {
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
