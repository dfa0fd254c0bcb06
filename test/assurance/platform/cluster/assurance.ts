/** `cluster`: three machines with etcd, Patroni and PostgreSQL 17, from the files in deploy/cluster, under two server processes of Safelight behind HAProxy, while one fault after the other happens. Needs root on Debian, its packages, and namespaces. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, type Effort, type Row, row } from '../../../harness/assurance.ts';
import { faults } from './faults.ts';
import type { Figures, Plan, Round } from './plan.ts';
import { longestPageMs } from './writers.ts';

const programs = [
  '/usr/bin/patroni',
  '/usr/bin/etcd',
  '/usr/bin/etcdctl',
  '/usr/lib/postgresql/17/bin/initdb',
  '/usr/sbin/haproxy',
  '/usr/sbin/iptables',
  '/usr/bin/openssl',
];
const packages =
  'patroni python3-etcd etcd-server etcd-client postgresql-17 haproxy iproute2 iptables openssl util-linux'.split(' ');
const own = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--propagation', 'private'];
/** What the trial does to its machines, once, in little. */
const rehearsal = [
  'ip link add bridge type bridge',
  'ip link add one type veth peer name other',
  'iptables -A INPUT -s 10.77.0.11 -j DROP',
  'iptables -t nat -A OUTPUT -p tcp -d 10.77.0.11 --dport 1 -m owner ! --uid-owner 0 -j REDIRECT --to-ports 2',
  'mount -t tmpfs tmpfs /run',
  'unshare --net --mount --pid --fork --mount-proc true',
].join(' && ');

/** The rounds of the full form; the short one is of three. */
const fullRounds = 5 * faults.length;

export async function assureCluster({ seed, quick }: Effort): Promise<Row[]> {
  const lacking = findLacking();
  if (lacking) {
    console.log(`not run here: ${lacking}`);
    return [];
  }
  const { rounds, ready, whole } = await runDrill(seed, quick ? 3 : fullRounds);
  const cancelled = rounds.filter(({ fault }) => faults.some(({ name, cancels }) => cancels && name === fault));
  const stayed = rounds.filter(({ failedOver }) => !failedOver);
  const slotsGone = stayed.filter(({ slotKept }) => !slotKept).map(({ fault }) => fault);
  const unseen = cancelled.filter(({ notices }) => notices === 0).length;
  const slowest = Math.max(...rounds.map((one) => one.longestPage));
  const sum = (of: (round: Round) => number): number => rounds.reduce((total, round) => total + of(round), 0);
  const acts = whole.reports + whole.forms + whole.inserts;
  return [
    row(
      `PostgreSQL under Patroni, ready after ${Math.round(ready)} s, ${rounds.length} faults: acknowledged reports, forms and inserts that were lost`,
      `${listed(whole.lost)} of ${count(whole.reports)}, ${count(whole.forms)} and ${count(whole.inserts)}`,
      whole.lost.length === 0 && acts > 0 && whole.reports > 0 && whole.forms > 0,
    ),
    row('the same: reports and forms that were kept twice', listed(whole.doubled), whole.doubled.length === 0),
    row(
      'the same: receipts, two a fault, that open no mailbox through the page',
      `${sum(({ closed }) => closed)}`,
      sum(({ closed }) => closed) === 0,
    ),
    row(
      'the same: the longest wait for a page of staff',
      `${slowest.toFixed(1)} s, must be at most ${longestPageMs / 1_000} s; ${listed(rounds.flatMap(({ slowPages }) => slowPages))} took longer`,
      quick || slowest * 1_000 <= longestPageMs,
    ),
    row(
      'the same: pages of staff that were answered with an error that nobody foresaw',
      listed(rounds.flatMap(({ bugs }) => bugs)),
      sum(({ bugs }) => bugs.length) === 0,
    ),
    row(
      'the same: faults after which the same primary had lost what keeps the received log and marks backups',
      `${listed(slotsGone)} of ${stayed.length}`,
      slotsGone.length === 0 && (quick || stayed.length > 0),
    ),
    row(
      'the same: faults with cancelled waits for a replica in which no cancelled wait was seen',
      `${unseen} of ${cancelled.length}; ${sum(({ notices }) => notices)} seen`,
      unseen === 0 && cancelled.length > 0,
    ),
    ...faults.flatMap((fault) => gapRow(fault, rounds, quick)),
  ];
}

const listed = (all: readonly string[]): string =>
  all.length === 0 ? '0' : `${all.length} (${all.slice(0, 5).join(', ')})`;

/** The short form prints times; only the long one is judged by them, because it has the machine for itself. */
function gapRow({ name, most }: (typeof faults)[number], rounds: readonly Round[], quick: boolean): Row[] {
  const own = rounds.filter(({ fault }) => fault === name);
  if (own.length === 0) return [];
  const gaps = own.map(({ gap }) => gap.toFixed(1)).sort((a, b) => Number(a) - Number(b));
  const changed = own.filter(({ failedOver }) => failedOver).length;
  const longest = Math.max(...own.map(({ gap }) => gap));
  const byHand = own.filter(({ byItself }) => !byItself).length;
  const waited = byHand === 0 ? '' : `, ${byHand} went on only when the host was back`;
  const must = most === undefined ? '' : `, must be at most ${most}`;
  return [
    row(
      `${name}: seconds without an answer`,
      `${gaps.join(', ')}${must}; another primary in ${changed} of ${own.length}${waited}`,
      quick || most === undefined || longest <= most,
    ),
  ];
}

/** What is missing, in one sentence; installs Debian's packages where it can. */
function findLacking(): string | undefined {
  if (process.getuid?.() !== 0) return 'it needs root, for machines in namespaces of their own';
  if (!programs.every((program) => existsSync(program))) installPackages();
  const missing = programs.filter((program) => !existsSync(program));
  if (missing.length > 0) return `${missing.join(', ')} cannot be had; they are in Debian 13`;
  const tried = spawnSync('unshare', [...own, 'sh', '-c', rehearsal], { encoding: 'utf8', timeout: 20_000 });
  return tried.status === 0 ? undefined : `namespaces are not allowed: ${tried.stderr.trim().split('\n').at(-1)}`;
}

/** Their services would otherwise start. */
function installPackages(): void {
  const folder = '/etc/postgresql-common/createcluster.d';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...given: string[]) => spawnSync('apt-get', given, { env, stdio: 'ignore', timeout: 300_000 });
  if (!existsSync('/etc/debian_version')) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'safelight.conf'), 'create_main_cluster = false\n');
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...packages);
}

/** In memory, where there is plenty: three databases on one disk would wait for each other. */
function makeFolder(): string {
  const roomy = existsSync('/dev/shm') && statfsSync('/dev/shm').bavail * statfsSync('/dev/shm').bsize > 2e9;
  return mkdtempSync(join(roomy ? '/dev/shm' : tmpdir(), 'safelight-cluster-'));
}

/** As the first process of namespaces of its own: when it ends, so does everything that it started, and its network and mounts are gone. */
async function runDrill(seed: number, rounds: number): Promise<Figures> {
  const folder = makeFolder();
  const plan: Plan = { seed, rounds, folder, seconds: Number.MAX_SAFE_INTEGER };
  const script = join(import.meta.dirname, 'drill.ts');
  const child = spawn('unshare', [...own, process.execPath, script, JSON.stringify(plan)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (piece: Buffer) => {
    said += piece;
  });
  try {
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`the trial ended with ${code}`);
    return JSON.parse(said.trim().split('\n').at(-1) ?? '') as Figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
