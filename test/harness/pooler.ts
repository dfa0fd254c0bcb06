/** Puts Debian's PgBouncer, in transaction mode, before a test server: state that a process leaves on a connection would reach the next one. */
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export type Pooler = { readonly address: string; readonly stop: () => Promise<void> };

/** Where it is installed; undefined where it is not. */
export function poolerPath(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  return folders.map((folder) => join(folder, 'pgbouncer')).find((path) => existsSync(path));
}

/** All databases of the server, for every role with the password given; `most` connections to each. On a free port, or on this one. */
export async function openPooler(
  server: string,
  passwords: Readonly<Record<string, string>>,
  { most = 10, port: wanted }: { readonly most?: number; readonly port?: number | undefined } = {},
): Promise<Pooler> {
  const program = poolerPath();
  if (!program) throw new Error('There is no pgbouncer here: install Debian’s package of that name.');
  const folder = mkdtempSync(join(tmpdir(), 'safelight-pooler-'));
  const port = wanted ?? (await freePort());
  const other = otherUser(server);
  const users = Object.entries(passwords).map(([name, password]) => `"${name}" "${password}"`);
  writeFileSync(join(folder, 'users'), `${users.join('\n')}\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'pgbouncer.ini'), settings(server, folder, port, most), { mode: 0o600 });
  if (other) for (const path of ['', 'users', 'pgbouncer.ini']) chownSync(join(folder, path), other.uid, other.gid);
  const child = spawn(program, ['-q', join(folder, 'pgbouncer.ini')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(other && { uid: other.uid, gid: other.gid }),
  });
  let said = '';
  child.stderr.on('data', (text) => (said = `${said}${text}`.slice(-2_000)));
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await Promise.race([ended, sleep(5_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))]);
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = new URL(server);
  url.searchParams.delete('host');
  [url.hostname, url.port] = ['127.0.0.1', String(port)];
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) break;
    if (await answers(port)) return { address: url.href, stop };
    await sleep(50);
  }
  await stop();
  throw new Error(`pgbouncer did not start: ${said}`);
}

/** Settings of a pooler that passes on every database by its own name; users keep their names. */
function settings(server: string, folder: string, port: number, most: number): string {
  const url = new URL(server);
  const host = url.searchParams.get('host') ?? url.hostname;
  return [
    '[databases]',
    `* = host=${host} port=${url.port || 5432}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${join(folder, 'users')}`,
    'pool_mode = transaction',
    `default_pool_size = ${most}`,
    'max_client_conn = 1000',
    'max_db_connections = 0',
    'server_idle_timeout = 5',
    'server_login_retry = 0', // A store that comes back is asked at once.
    // In place of the two that a client asks for at its start, which a pooler does not pass on.
    'query_timeout = 30',
    'idle_transaction_timeout = 60',
    'ignore_startup_parameters = extra_float_digits,statement_timeout,idle_in_transaction_session_timeout,options',
    'stats_users = safelight_superuser',
    '',
  ].join('\n');
}

const nobody = { uid: 65_534, gid: 65_534 };

/** PgBouncer refuses to run as root. It then runs as the owner of the server's socket folder, or as `nobody`, after opening the folder to it. */
function otherUser(server: string): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const url = new URL(server);
  const folder = url.searchParams.get('host');
  if (!folder?.startsWith('/')) return nobody;
  const { uid, gid } = statSync(folder);
  if (uid !== 0) return { uid, gid };
  // Of a run of the tests, and in its own temporary folder: who passes through sees nothing, and the server asks for a password.
  for (const path of [dirname(folder), folder]) chmodSync(path, 0o711);
  chmodSync(join(folder, `.s.PGSQL.${url.port || 5432}`), 0o777);
  return nobody;
}

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Listening is enough: which databases there are, each client finds out for itself. */
async function answers(port: number): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'nobody-at-all', database: 'x', password: 'x' });
  client.on('error', () => {});
  return client.connect().then(
    () => client.end().then(() => true),
    (error: { code?: string }) => error.code !== 'ECONNREFUSED',
  );
}
