/** One Safelight per data folder: a listening socket is the lock, so the kernel lets go of it whenever its holder dies. */
import { createHash, randomUUID } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BadConfiguration } from '../config.ts';

export type Holder = { readonly pid: number; readonly state: 'open' | 'stopping' };

export type DataLock = {
  /** From now on a new start waits instead of being refused. */
  readonly stopping: () => void;
  readonly release: () => Promise<void>;
};

export type LockOptions = {
  /** How long a start waits for a stop under way, in milliseconds. */
  readonly timeoutMs?: number;
  readonly tell?: (sentence: string) => void;
  /** An abstract socket needs Linux; a socket in the file system works on any Unix. */
  readonly kind?: 'abstract' | 'file';
};

type Kind = NonNullable<LockOptions['kind']>;

export class DataInUse extends BadConfiguration {}

/** Short and the same for every way to write the path of a folder. */
export const folderHash = (folder: string): string =>
  createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24);

const defaultKind: Kind = process.platform === 'linux' ? 'abstract' : 'file';

function lockName(folder: string, kind: Kind): string {
  const user = process.getuid?.() ?? 0;
  return kind === 'abstract'
    ? `\0safelight-data-${folderHash(folder)}`
    : join(tmpdir(), `safelight-${user}-${folderHash(folder)}.lock`);
}

/** Refuses in one sentence while another Safelight has the folder open, and waits while that one stops. */
export async function takeDataLock(
  folder: string,
  { timeoutMs = 60_000, tell = () => {}, kind = defaultKind }: LockOptions = {},
): Promise<DataLock> {
  const name = lockName(folder, kind);
  const until = performance.now() + timeoutMs;
  let told = false;
  for (;;) {
    const lock = await listen(name, kind);
    if (lock) return lock;
    const holder = await readHolder(name);
    if (holder === 'silent')
      throw new DataInUse(`Another Safelight has ${folder} open and does not answer. End it, then start again.`);
    if (!holder) {
      if (kind === 'file') rmSync(name, { force: true });
    } else {
      const who = `Another Safelight (process ${holder.pid})`;
      if (holder.state === 'open')
        throw new DataInUse(`${who} has ${folder} open. End it first, or set SAFELIGHT_DATA to another folder.`);
      if (performance.now() > until) throw new DataInUse(`${who} is still stopping on ${folder} after a long wait.`);
      if (!told) tell(`${who} is still stopping on ${folder}; waiting for it.`);
      told = true;
    }
    await sleep(50);
  }
}

/** Who has the folder open, if anybody. */
export async function findHolder(folder: string): Promise<Holder | undefined> {
  const holder = await readHolder(lockName(folder, defaultKind));
  return holder === 'silent' ? { pid: 0, state: 'open' } : holder;
}

async function listen(name: string, kind: Kind): Promise<DataLock | undefined> {
  const token = randomUUID();
  let state: Holder['state'] = 'open';
  const server = createServer((socket) => {
    socket.on('error', () => {}); // Who asked has gone: nothing is owed to him.
    socket.end(`${JSON.stringify({ pid: process.pid, state, token })}\n`);
  });
  const listening = await new Promise<boolean>((settle, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? settle(false) : fail(error)));
    server.listen(name, () => settle(true));
  });
  if (!listening) return undefined;
  if (kind === 'file' && !(await isStillOurs(name, token))) {
    await closeServer(server);
    return undefined;
  }
  server.unref();
  return {
    stopping: () => {
      state = 'stopping';
    },
    release: () => closeServer(server),
  };
}

/** Two starts may both find a dead socket, and the slower may remove the faster one's. The process that answers at the name has won. */
async function isStillOurs(name: string, token: string): Promise<boolean> {
  await sleep(100);
  const answer = await readHolder(name);
  return typeof answer === 'object' && 'token' in answer && answer.token === token;
}

const closeServer = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()));

const readHolder = (name: string): Promise<Holder | 'silent' | undefined> =>
  new Promise((settle) => {
    const socket = connect(name);
    let heard = '';
    socket.setTimeout(5_000, () => {
      settle('silent');
      socket.destroy();
    });
    socket.on('data', (chunk) => {
      heard += chunk;
    });
    socket.on('error', () => settle(undefined));
    socket.on('close', () => settle(heard.endsWith('\n') ? (JSON.parse(heard) as Holder) : undefined));
  });
