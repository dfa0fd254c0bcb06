/** `points in time`: four write into both databases while the receiver of the log is killed again and again; then moments by chance are restored. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withConnection } from '../../../../src/platform/backup/cluster-facts.ts';
import { listBackups } from '../../../../src/platform/backup/index.ts';
import { coverSpan, listSpans } from '../../../../src/platform/backup/log/log-store.ts';
import { parseLsn } from '../../../../src/platform/backup/log/lsn.ts';
import { databaseNames, openEmbedded, removeMovedData } from '../../../../src/platform/embedded-postgres/embedded.ts';
import { addHandover, backUp, type Installation, openInstallation, withSuperuser } from '../../../fixtures/backup.ts';
import { makeBackupLogin, receiverOptions, restoreUntil, waitUntilReceived } from '../../../fixtures/backup-log.ts';
import { chance, count, createProgress, type Effort, inLanes, type Row, row } from '../../../harness/assurance.ts';

const stores = ['main', 'safeguarding'] as const;
const writersOfEach = 2;

/** By the clock of this machine, which is the server’s too. */
type Written = { readonly id: string; readonly begun: number; readonly acknowledged: number };

export async function assurePointsInTime({ seed, quick }: Effort): Promise<readonly Row[]> {
  const home = await openInstallation();
  const [points, seconds] = quick ? [1, 3] : [30, 60];
  const receiver = new KilledReceiver(home);
  try {
    for (const store of stores)
      await withSuperuser(home, store, (client) => client.query('create table acknowledged (id text primary key)'));
    await makeBackupLogin(home);
    const random = chance(seed);
    receiver.start();
    await waitUntilReceived(home, new Date(0));
    await backUp(home);
    const { written, moments } = await writeAndKill(home, receiver, random, { points, seconds });
    const end = new Date();
    await waitUntilReceived(home, end);
    await receiver.stop();
    return await restoreAll(home, written, moments, receiver);
  } finally {
    await receiver.stop();
    await home.close();
  }
}

/** Started again after each kill. Afterwards it is asked whether what the server was told is really there. */
class KilledReceiver {
  readonly #home: Installation;
  #child: ChildProcess | undefined;
  kills = 0;
  confirmedAndMissing = 0;
  refused = 0;

  constructor(home: Installation) {
    this.#home = home;
  }

  start(): void {
    const options = JSON.stringify(receiverOptions(this.#home));
    const script = join(import.meta.dirname, '../../../fixtures/receive-log.ts');
    const child = spawn(process.execPath, [script, options], { stdio: 'ignore' });
    this.#child = child;
    // As a supervisor would: the server may still have had the connection of the one that was killed.
    child.once('exit', (code) => {
      if (code !== 1 || this.#child !== child) return;
      this.refused += 1;
      this.start();
    });
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
    this.kills += 1;
    const { rows } = await withSuperuser(this.#home, 'main', (client) =>
      client.query<{ confirmed: string; name: string }>(
        "select restart_lsn::text as confirmed, slot_name as name from pg_replication_slots where slot_name like 'safelight_log_%'",
      ),
    );
    for (const { confirmed, name } of rows) {
      const span = listSpans(join(this.#home.root, 'backups')).find((one) => name.endsWith(one.span));
      const end = span && coverSpan(span, 1n, { digests: true })?.end;
      if (end === undefined || end < parseLsn(confirmed)) this.confirmedAndMissing += 1;
    }
    this.start();
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }
}

async function writeAndKill(
  home: Installation,
  receiver: KilledReceiver,
  random: () => number,
  { points, seconds }: { readonly points: number; readonly seconds: number },
) {
  const written: Written[] = [];
  const ending = new AbortController();
  const writers = stores.flatMap((store) =>
    Array.from({ length: writersOfEach }, (_, lane) => write(home, store, lane, ending.signal, written)),
  );
  const from = Date.now();
  const moments = Array.from({ length: points }, () => new Date(Math.ceil(from + random() * seconds * 1_000)));
  const kills = Array.from({ length: Math.max(2, points) }, () => from + random() * seconds * 1_000).sort(
    (a, b) => a - b,
  );
  let second = false;
  for (const at of kills) {
    await sleep(Math.max(0, at - Date.now()));
    await receiver.kill();
    // Later moments are restored from the second backup.
    if (!second && points > 1 && Date.now() > from + seconds * 400) {
      await backUp(home);
      second = true;
    }
  }
  await sleep(Math.max(0, from + seconds * 1_000 - Date.now()));
  ending.abort();
  await Promise.all(writers);
  return { written, moments };
}

/** Each writer adds the next number when the last was confirmed. */
async function write(
  home: Installation,
  store: (typeof stores)[number],
  lane: number,
  ended: AbortSignal,
  written: Written[],
): Promise<void> {
  await withSuperuser(home, store, async (client) => {
    for (let number = 0; !ended.aborted; number++) {
      const id = `${store} ${lane} ${number}`;
      const begun = Date.now();
      await client.query('insert into acknowledged values ($1)', [id]);
      written.push({ id, begun, acknowledged: Date.now() });
      if (store === 'safeguarding' && number % 50 === 0) await addHandover(client, home.keys);
    }
  });
}

async function restoreAll(
  home: Installation,
  written: readonly Written[],
  moments: readonly Date[],
  { kills, refused, confirmedAndMissing }: KilledReceiver,
): Promise<readonly Row[]> {
  const totals = { exact: 0, missing: 0, tooMany: 0, faults: 0, acknowledged: 0 };
  const told = createProgress('points in time');
  const backups = listBackups(join(home.root, 'backups'));
  let done = 0;
  await inLanes(2, moments.entries(), async ([number, moment]) => {
    const backup = backups.find(({ manifest }) => (manifest?.ended ?? '9') <= moment.toISOString());
    const to = join(home.root, `point-${number}`);
    const { checked } = await restoreUntil(home, backup?.path ?? '', to, moment);
    const there = await readRestored(to);
    const before = written.filter(({ acknowledged }) => acknowledged < moment.getTime());
    const missing = before.filter(({ id }) => !there.has(id)).length;
    const tooMany = written.filter(({ id, begun }) => begun > moment.getTime() && there.has(id)).length;
    totals.acknowledged += before.length;
    totals.missing += missing;
    totals.tooMany += tooMany;
    totals.faults += checked?.faults.length ?? 1;
    totals.exact += Number(missing + tooMany === 0 && before.length > 0);
    told(++done, moments.length);
  });
  const many = moments.length;
  return [
    row(
      'points in time restored, with exactly what was acknowledged before them',
      `${count(totals.exact)} of ${count(many)}; ${count(totals.missing)} of ${count(totals.acknowledged)} missing, ${count(totals.tooMany)} begun after; ${count(written.length)} written`,
      totals.exact === many,
    ),
    row('faults of logs and sealed records in what was restored', count(totals.faults), totals.faults === 0),
    row(
      'confirmed to the server and not on the disk, when the receiver was killed',
      `${count(confirmedAndMissing)} of ${count(kills)} kills; ${count(refused)} starts had to be repeated`,
      confirmedAndMissing === 0 && kills > 0,
    ),
  ];
}

async function readRestored(to: string): Promise<ReadonlySet<string>> {
  const embedded = await openEmbedded(to, { fsync: false, tell: () => {} });
  try {
    const all = new Set<string>();
    for (const store of stores)
      await withConnection(embedded.superuserAddress(databaseNames[store]), async (client) => {
        const { rows } = await client.query<{ id: string }>('select id from acknowledged');
        for (const { id } of rows) all.add(id);
      });
    return all;
  } finally {
    await embedded.stop();
    removeMovedData(to);
    rmSync(to, { recursive: true });
  }
}
