/** Three machines in namespaces of their own, on a bridge in ours: each can die, fall silent, freeze, or lose the way to others. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { end } from '../../../harness/haproxy.ts';

export const network = '10.77.0';
export const machineNames = ['db1', 'db2', 'db3'] as const;
const deploy = join(import.meta.dirname, '../../../../deploy/cluster');
const diskSize = '2g';

export const run = (program: string, ...given: readonly string[]): string =>
  execFileSync(program, given, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 });

/** The bridge that all are plugged into, and the files of the cluster as an operator makes them. */
export function prepareNetwork(folder: string, port: number): void {
  run('ip', 'link', 'set', 'lo', 'up');
  run('ip', 'link', 'add', 'bridge', 'type', 'bridge');
  run('ip', 'link', 'set', 'bridge', 'up');
  run('ip', 'addr', 'add', `${network}.1/24`, 'dev', 'bridge');
  const addressed = machineNames.map((name, at) => `${name}=${addressOf(at)}`);
  run(join(deploy, 'make-files.sh'), 'trial', folder, `${network}.0/24`, String(port), ...addressed);
}

const addressOf = (at: number): string => `${network}.${11 + at}`;

export class Machine {
  readonly name: string;
  readonly address: string;
  readonly #folder: string;
  readonly #link: string;
  #holder: ChildProcess;
  #running: ChildProcess | undefined;

  constructor(at: number, files: string) {
    this.name = machineNames[at] ?? '';
    this.address = addressOf(at);
    this.#folder = join(files, this.name);
    this.#link = `to-${this.name}`;
    // It only keeps the network of this machine, so that the machine can die and come back to it.
    this.#holder = spawn('unshare', ['--net', 'sleep', 'infinity'], { stdio: 'ignore' });
  }

  async plugIn(): Promise<void> {
    const own = readlinkSync('/proc/self/ns/net');
    const theirs = () => readlinkSync(`/proc/${this.#holder.pid}/ns/net`);
    for (let tries = 0; theirs() === own && tries < 500; tries += 1) await sleep(10);
    run('ip', 'link', 'add', this.#link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(this.#holder.pid));
    run('ip', 'link', 'set', this.#link, 'master', 'bridge', 'up');
    this.#inside('ip', 'addr', 'add', `${this.address}/24`, 'dev', 'eth0');
    for (const link of ['eth0', 'lo']) this.#inside('ip', 'link', 'set', link, 'up');
    const disk = join(this.#folder, 'disk');
    mkdirSync(disk);
    run('mount', '-t', 'tmpfs', '-o', `size=${diskSize}`, 'tmpfs', disk);
    run('install', '-d', '-o', 'etcd', '-g', 'etcd', '-m', '700', join(disk, 'etcd'));
    run('install', '-d', '-o', 'postgres', '-g', 'postgres', '-m', '755', join(disk, 'postgresql'));
    execFileSync(join(this.#folder, 'install.sh'), { env: { ...process.env, ROOT: join(this.#folder, 'root') } });
  }

  #inside(...command: readonly string[]): string {
    return run('nsenter', '-t', String(this.#holder.pid), '-n', ...command);
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  start(): void {
    const own = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--propagation', 'private'];
    const script = join(import.meta.dirname, 'machine.sh');
    const inside = ['-t', String(this.#holder.pid), '-n', ...own, script, this.#folder];
    this.#running = spawn('nsenter', inside, { stdio: 'ignore' });
  }

  /** Power off: every process at once. The kernel still sends the rest of its sockets: take the link down before, if it must not. */
  async die(): Promise<void> {
    if (this.#running) await end(this.#running);
    this.#running = undefined;
  }

  /** A program of this machine, in all its namespaces. */
  enter(program: string, ...given: readonly string[]): string {
    return run('nsenter', '-t', String(this.#init()), '-n', '-m', '-p', program, ...given);
  }

  /** Makes its etcd the one that leads, by asking the one that does. */
  leadEtcd(others: readonly Machine[]): void {
    const tls = '--cacert=ca.crt --cert=machine.crt --key=machine.key';
    const at = (machine: Machine, ask: string): string =>
      machine.enter(
        'sh',
        '-c',
        `cd /etc/patroni/tls && ETCDCTL_API=3 etcdctl ${tls} --endpoints=https://${machine.address}:2379 ${ask}`,
      );
    const id = new RegExp(`^(\\w+), started, ${this.name},`, 'm').exec(at(this, 'member list'))?.[1] ?? '';
    for (const machine of others)
      if (at(machine, 'endpoint status').split(', ')[4] === 'true') at(machine, `move-leader ${id}`);
  }

  /** As its superuser, on its own socket. */
  query(text: string, database = 'postgres'): string {
    const as = ['--reuid=postgres', '--regid=postgres', '--init-groups', 'psql'];
    return this.enter('setpriv', ...as, '-XAtq', '-d', database, '-c', text).trim();
  }

  #init(): number {
    const pid = this.#running?.pid;
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
  }

  /** Every process of it, by our numbers. */
  processes(): { readonly pid: number; readonly command: string }[] {
    const theirs = readlinkSync(`/proc/${this.#init()}/ns/pid`);
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        try {
          if (readlinkSync(`/proc/${name}/ns/pid`) !== theirs) return [];
          return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
        } catch {
          return []; // It ended meanwhile.
        }
      });
  }

  /** To those of its programs whose command line matches. */
  signal(signal: NodeJS.Signals, matching = /./): number {
    const found = this.processes().filter(({ command }) => matching.test(command));
    for (const { pid } of found) {
      try {
        process.kill(pid, signal);
      } catch {} // It ended meanwhile.
    }
    return found.length;
  }

  setLink(state: 'up' | 'down'): void {
    run('ip', 'link', 'set', this.#link, state);
  }

  /** Drops what goes to and comes from these machines; `port`: of the database alone. */
  cutFrom(others: readonly Machine[], port?: number): void {
    for (const { address } of others)
      for (const [chain, side] of [
        ['INPUT', '-s'],
        ['OUTPUT', '-d'],
      ] as const) {
        if (port === undefined) this.#inside('iptables', '-I', chain, side, address, '-j', 'DROP');
        else
          for (const end of ['--dport', '--sport'])
            this.#inside('iptables', '-I', chain, '-p', 'tcp', side, address, end, String(port), '-j', 'DROP');
      }
  }

  /** Leads its own connections to this address and port to a program on its own machine, but for those of root. */
  redirect(address: string, port: number, to: number): void {
    const of = ['-p', 'tcp', '-d', address, '--dport', String(port), '-m', 'owner', '!', '--uid-owner', '0'];
    this.#inside('iptables', '-t', 'nat', '-I', 'OUTPUT', ...of, '-j', 'REDIRECT', '--to-ports', String(to));
  }

  /** Something of ours in its network. */
  spawnInside(...command: readonly string[]): ChildProcess {
    return spawn('nsenter', ['-t', String(this.#holder.pid), '-n', ...command], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  mendNetwork(): void {
    this.#inside('iptables', '-F');
    this.#inside('iptables', '-t', 'nat', '-F');
    this.setLink('up');
  }

  /** What is free just now; `part` names the file, which grows no more. */
  fillDisk(part: number): void {
    const disk = join(this.#folder, 'disk');
    const { bavail, bsize } = statfsSync(disk);
    if (bavail > 0) run('fallocate', '-l', String(bavail * bsize), join(disk, `full-${part}`));
  }

  emptyDisk(): void {
    const disk = join(this.#folder, 'disk');
    for (const name of readdirSync(disk)) if (name.startsWith('full-')) rmSync(join(disk, name));
  }

  lastWords(lines = 15): string {
    return readFileSync(join(this.#folder, 'log'), 'utf8').split('\n').slice(-lines).join('\n');
  }
}
