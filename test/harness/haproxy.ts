/** HAProxy with the configuration that docs/settings.md prints. Only the addresses are others. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const settingsFile = join(import.meta.dirname, '../../docs/settings.md');
const startMs = 10_000;

type Ports = { readonly site: number; readonly processes: readonly [number, number] };

/** The documented configuration on these ports of 127.0.0.1. Refuses documents that print another number of addresses. */
export function documentedConfiguration({ site, processes }: Ports): string {
  const printed = /```haproxy\n([\s\S]*?)```/.exec(readFileSync(settingsFile, 'utf8'))?.[1] ?? '';
  const addresses = [...printed.matchAll(/^ {2}(bind|server) .*$/gm)].map(([, kind]) => kind);
  if (addresses.join() !== 'bind,server,server') throw new Error(`docs/settings.md prints ${addresses.join()}`);
  let server = 0;
  return printed
    .replace(/^ {2}bind .*$/m, () => `  bind 127.0.0.1:${site}`)
    .replaceAll(/^( {2}server \S+) \S+/gm, (_line, name: string) => `${name} 127.0.0.1:${processes[server++]}`);
}

/** Its version, or undefined where it is not installed. */
export function installedHaproxy(): string | undefined {
  const { stdout } = spawnSync('haproxy', ['-v'], { encoding: 'utf8', timeout: startMs });
  return /version (\S+)/.exec(stdout ?? '')?.[1];
}

export type Haproxy = { readonly url: string; readonly stop: () => Promise<void> };

/** `folder`: where its configuration is written. */
export async function startHaproxy(folder: string, ports: Ports): Promise<Haproxy> {
  const file = join(folder, `haproxy-${ports.site}.cfg`);
  writeFileSync(file, documentedConfiguration(ports));
  const child = spawn('haproxy', ['-db', '-q', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => {
    said += piece;
  });
  const stop = () => end(child);
  for (const until = performance.now() + startMs; !(await answers(ports.site)); await sleep(50)) {
    if (child.exitCode === null && performance.now() < until) continue;
    await stop();
    throw new Error(`HAProxy did not start: ${said}`);
  }
  return { url: `http://127.0.0.1:${ports.site}`, stop };
}

/** By its id; resolves when it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    const told = (open: boolean) => () => {
      socket.destroy();
      done(open);
    };
    socket.once('connect', told(true)).once('error', told(false));
  });

/** Free ports below those that the system gives to connections, so that a process that starts again finds its own free. */
export async function findPorts(many: number, random: () => number): Promise<number[]> {
  const found = new Set<number>();
  for (let tries = 0; found.size < many && tries < 1_000; tries += 1) {
    const port = 20_000 + Math.floor(random() * 10_000);
    if (await isFree(port)) found.add(port);
  }
  return [...found];
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
