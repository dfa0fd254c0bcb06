/** `incremental backups`: chains on Debian’s PostgreSQL 17, taken while people write, restored, started, broken in every link, and refused on servers that were set back. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withConnection } from '../../../../src/platform/backup/cluster-facts.ts';
import {
  BackupFault,
  drillBackup,
  keyCopyFile,
  listBackups,
  planPrune,
  type Restored,
  removeBackup,
  restoreBackup,
} from '../../../../src/platform/backup/index.ts';
import { systemClock } from '../../../../src/platform/clock.ts';
import { databaseNames, removeMovedData } from '../../../../src/platform/embedded-postgres/embedded.ts';
import { backUp, copyToDamage, type Installation, openInstallation, verifyLog } from '../../../fixtures/backup.ts';
import { askClock, makeBackupLogin, receive, restoreUntil, waitUntilReceived } from '../../../fixtures/backup-log.ts';
import {
  debianProgram,
  findLackingServer,
  moveToDebian,
  startDebianServer,
  superuserPassword,
} from '../../../fixtures/debian-server.ts';
import { chance, count, createProgress, type Effort, type Row, row } from '../../../harness/assurance.ts';
import { cutAt, flip } from './breakages.ts';
import { compareRestored, makeNotebooks, readRestored, startWriters } from './restore-points.ts';

type Taken = Awaited<ReturnType<typeof backUp>>;
const linksOfEach = 3;

export async function assureIncremental({ seed, quick }: Effort): Promise<readonly Row[]> {
  const lacking = findLackingServer();
  if (lacking) {
    console.log(`not run here: ${lacking}`);
    return [];
  }
  const first = await openInstallation();
  const home = await moveToDebian(first);
  try {
    await makeNotebooks(home);
    return [
      ...(await assureChains(home, quick ? 1 : 10)),
      await assureStarted(home),
      ...(await assureDamages(home, chance(seed), quick ? 8 : 80)),
      await assureMoment(home),
      await assureSetBack(home),
      await assureTwoServers(home),
      await assurePruned(home),
    ];
  } finally {
    await home.close();
    await first.close();
  }
}

const restore = (home: Installation, backup: string, to: string, target: 'embedded' | 'server'): Promise<Restored> =>
  restoreBackup({
    backup,
    identities: home.identities,
    keyCopy: join(home.root, 'halves', keyCopyFile),
    to,
    target,
    sync: false,
  });

const drill = (home: Installation, backup: string) =>
  drillBackup({
    backup,
    identities: home.identities,
    keyCopy: join(home.root, 'halves', keyCopyFile),
    scratch: home.root,
    verifyLog,
    safelight: '0.1.0',
    now: systemClock.now,
  });

/** A full backup and the incremental ones on it, none in the same second: the name says which is newer. */
async function takeChain(home: Installation, folder: string): Promise<readonly Taken[]> {
  const chain: Taken[] = [];
  while (chain.length < linksOfEach) {
    chain.push(await backUp(home, { folder, incremental: chain.length > 0 }));
    await sleep(1_000);
  }
  return chain;
}

/** Each link is restored: what was acknowledged before its end is in it. */
async function assureChains(home: Installation, many: number): Promise<readonly Row[]> {
  const told = createProgress('chains');
  const totals = { acknowledged: 0, lost: 0, gaps: 0 };
  for (let at = 0; at < many; at++) {
    const from = at * 1_000_000;
    const { kept, stop } = startWriters(home, from);
    const chain = await takeChain(home, 'chains').finally(stop);
    for (const { path, manifest } of chain) {
      const to = join(home.root, 'link');
      await restore(home, path, to, 'embedded');
      const one = compareRestored(kept, new Date(manifest.holdsUntil), await readRestored(to, from), from);
      totals.acknowledged += one.acknowledged;
      totals.lost += one.lost;
      totals.gaps += one.gaps;
      rmSync(to, { recursive: true });
    }
    rmSync(join(home.root, 'chains'), { recursive: true });
    told(at + 1, many);
  }
  return [
    row(
      'acknowledged before the end of a link, and not in what was restored with its chain',
      `${count(totals.lost)} of ${count(totals.acknowledged)} in ${many} chains of a full and two incremental backups taken while four wrote`,
      totals.lost === 0 && totals.acknowledged > many * 20,
    ),
    row('the same: numbers missing below one that was restored', count(totals.gaps), totals.gaps === 0),
  ];
}

/** A step that says in its row what failed. */
async function step(what: string, work: () => Promise<string | undefined>): Promise<Row> {
  const failed = await work().catch((error: Error) => error.message);
  return row(what, failed ?? 'yes', failed === undefined);
}

const assureStarted = (home: Installation): Promise<Row> =>
  step('a restored chain passes verify and pg_verifybackup, and Debian’s server starts on it', async () => {
    const last = (await takeChain(home, 'started')).at(-1) as Taken;
    const { faults, restored } = await drill(home, last.path);
    if (!restored || faults.length > 0) return faults.join(' ');
    const [postgres = ''] = (await restore(home, last.path, join(home.root, 'as-server'), 'server')).postgres;
    const checked = spawnSync(debianProgram('pg_verifybackup'), ['--exit-on-error', postgres], { encoding: 'utf8' });
    if (checked.status !== 0) return checked.stderr;
    return withRestoredServer(home, last.path, async (address) => {
      const { rows } = await withConnection(address(databaseNames.safeguarding), (client) =>
        client.query<{ many: number }>('select count(*)::int as many from handovers'),
      );
      return (rows[0]?.many ?? 0) > 0 ? undefined : 'no record is in it';
    });
  });

/** Starts Debian’s server on a restored backup, in a folder that its user reaches. */
async function withRestoredServer<Value>(
  home: Installation,
  backup: string,
  use: (address: (database?: string) => string) => Promise<Value>,
): Promise<Value> {
  const to = join((home as Awaited<ReturnType<typeof moveToDebian>>).folder, 'another');
  const { postgres } = await restore(home, backup, to, 'server');
  spawnSync('chmod', ['755', to]);
  const server = await startDebianServer(postgres[0] ?? '', superuserPassword(home));
  try {
    return await use(server.address);
  } finally {
    await server.stop();
    rmSync(to, { recursive: true, force: true });
  }
}

type Damage = { readonly name: string; readonly make: (link: string, scene: DamageScene) => void };
type DamageScene = { readonly random: () => number; readonly others: readonly string[] };

const anyOf = <One>(all: readonly One[], random: () => number): One => all[Math.floor(random() * all.length)] as One;
/** What a restore reads of a link. The others are read by verify alone. */
const anyPart = (random: () => number): string => anyOf(['main.tar', 'main.manifest'], random);
const cut = cutAt((size, random) => Math.floor(random() * size));

const damages: readonly Damage[] = [
  { name: 'missing', make: (link) => rmSync(link, { recursive: true }) },
  { name: 'a part flipped', make: (link, scene) => flip(own(link, anyPart(scene.random)), scene) },
  { name: 'a part cut', make: (link, scene) => cut(own(link, anyPart(scene.random)), scene) },
  { name: 'a part missing', make: (link, { random }) => rmSync(join(link, anyPart(random))) },
  { name: 'the manifest flipped', make: (link, scene) => flip(own(link, 'manifest.json'), scene) },
  {
    name: 'another backup under its name',
    make: (link, { random, others }) => {
      rmSync(link, { recursive: true });
      cpSync(anyOf(others, random), link, { recursive: true });
    },
  },
  {
    name: 'a part of another backup',
    make: (link, { random, others }) => {
      const name = anyPart(random);
      rmSync(join(link, name));
      copyFileSync(join(anyOf(others, random), name), join(link, name));
    },
  },
  {
    name: 'of another server',
    make: (link) => {
      const path = own(link, 'manifest.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace(/"systemId": "\d/, '"systemId": "0'));
    },
  },
];

/** The file, no longer the same one as in the chain that is kept. */
function own(folder: string, name: string): string {
  const path = join(folder, name);
  const bytes = readFileSync(path);
  rmSync(path);
  writeFileSync(path, bytes, { mode: 0o600 });
  return path;
}

const isSentence = ({ message, cure }: BackupFault): boolean =>
  /^[A-Z].*\.$/s.test(message) && /^[A-Z].*\.$/s.test(cure);

/** One link of a chain is damaged, and its last backup is verified and restored. */
async function assureDamages(home: Installation, random: () => number, many: number): Promise<readonly Row[]> {
  const chain = (await takeChain(home, 'sound')).map(({ path }) => path);
  const others = (await takeChain(home, 'others')).map(({ path }) => path);
  const missed: string[] = [];
  const told = createProgress('damaged chains');
  for (let at = 0; at < many; at++) {
    const folder = join(home.root, 'damaged');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const path of chain) copyToDamage(path, join(folder, basename(path)), '');
    const { name, make } = damages[at % damages.length] as Damage;
    // The last one itself is what every other backup is, and is damaged in the assurance of backups.
    const link = join(folder, basename(chain[Math.floor(random() * (chain.length - 1))] as string));
    make(link, { random, others });
    const last = join(folder, basename(chain.at(-1) as string));
    const { passed, found } = await drill(home, last);
    const to = join(home.root, 'never');
    const refused = await restore(home, last, to, 'embedded').catch((error: unknown) => error);
    const named = !passed && found.length > 0 && found.every(isSentence);
    if (!named || !(refused instanceof BackupFault) || !isSentence(refused) || existsSync(to))
      missed.push(`${name}: ${named ? String(refused) : found.map(({ message }) => message).join()}`);
    rmSync(to, { recursive: true, force: true });
    told(at + 1, many);
  }
  return [
    row(
      'chains with a broken link that verify names and restore refuses in a sentence, leaving nothing',
      `${count(many - missed.length)} of ${count(many)}, ${Math.min(many, damages.length)} kinds ${missed.slice(0, 3).join('; ')}`,
      missed.length === 0,
    ),
  ];
}

const assureMoment = (home: Installation): Promise<Row> =>
  step('a moment after an incremental backup is restored from its chain and the received log', async () => {
    const folder = 'moments';
    await makeBackupLogin(home);
    const receiver = receive(home, folder);
    try {
      await waitUntilReceived(home, new Date(0), folder);
      const last = (await takeChain(home, folder)).at(-1) as Taken;
      const note = (number: number) =>
        withConnection(home.embedded.superuserAddress(databaseNames.main), (client) =>
          client.query('insert into acknowledged values (7, $1)', [number]),
        );
      await note(77_000_001);
      const moment = await askClock(home);
      await note(77_000_002);
      await waitUntilReceived(home, await askClock(home), folder);
      const to = join(home.root, 'moment');
      await restoreUntil(home, last.path, to, moment);
      const found = (await readRestored(to, 77_000_000)).map(({ number }) => number);
      removeMovedData(to);
      rmSync(to, { recursive: true, force: true });
      return found.join() === '77000001' ? undefined : `it holds ${found.join() || 'nothing'}`;
    } finally {
      await receiver.stop();
    }
  });

/** A restored server is one that was set back: it has the number and the timeline of the other, and another log. */
const assureSetBack = (home: Installation): Promise<Row> =>
  step('a server that was set back is refused, before and after it has written as much again', async () => {
    const folder = 'set-back';
    const [full] = await takeChain(home, folder);
    const take = (address: (database?: string) => string): Promise<unknown> =>
      backUp(home, {
        folder,
        incremental: true,
        addresses: { main: address(databaseNames.main), safeguarding: address(databaseNames.safeguarding) },
      }).catch((error: unknown) => error);
    return withRestoredServer(home, full?.path ?? '', async (address) => {
      const early = await take(address);
      await withConnection(address(), async (client) => {
        for (let segment = 0; segment < 12; segment++) {
          await client.query(`create table written_${segment} as select generate_series(1, 1000)`);
          await client.query('select pg_switch_wal()');
        }
        await client.query('checkpoint');
      });
      const late = await take(address);
      const wrong = [early, late].filter((one) => !(one instanceof BackupFault && isSentence(one)));
      if (wrong.length > 0) return wrong.map(String).join('; ');
      const messages = [early, late].map((one) => (one as BackupFault).message);
      if (!/does not go on from the backup/.test(messages[1] ?? '')) return messages.join('; ');
      return listBackups(join(home.root, folder)).length === linksOfEach ? undefined : 'a refused one was kept';
    });
  });

/** Each server has its own marks, its own list, and its own folder. */
const assureTwoServers = (home: Installation): Promise<Row> =>
  step('two servers are backed up incrementally and restored as two', async () => {
    const folder = 'two';
    const { path } = await backUp(home, { folder: 'for-two' });
    return withRestoredServer(home, path, async (address) => {
      const addresses = {
        main: home.embedded.superuserAddress(databaseNames.main),
        safeguarding: address(databaseNames.safeguarding),
      };
      await backUp(home, { folder, addresses });
      for (const one of Object.values(addresses))
        await withConnection(one, (client) => client.query('insert into acknowledged values (8, 88000001)'));
      await sleep(1_000);
      const last = await backUp(home, { folder, addresses, incremental: true });
      const { faults } = await drill(home, last.path);
      if (faults.length > 0) return faults.join(' ');
      const { postgres } = await restore(home, last.path, join(home.root, 'restored-two'), 'server');
      const checked = postgres.map((one) => spawnSync(debianProgram('pg_verifybackup'), ['-e', one]).status);
      return checked.join() === '0,0' ? undefined : `pg_verifybackup ended with ${checked.join()}`;
    });
  });

const assurePruned = (home: Installation): Promise<Row> =>
  step('what is pruned never takes a link from a kept chain, and what is kept is restored', async () => {
    const folder = 'pruned';
    await takeChain(home, folder);
    const last = (await takeChain(home, folder)).at(-1) as Taken;
    const at = dirname(last.path);
    for (const one of planPrune(listBackups(at), { keep: 1 }, systemClock.now()).remove) await removeBackup(one);
    const states = listBackups(at).map(({ state }) => state);
    if (states.join() !== 'whole,whole,whole') return states.join();
    renameSync(at, `${at}-elsewhere`);
    const { faults } = await drill(home, join(`${at}-elsewhere`, basename(last.path)));
    return faults.length === 0 ? undefined : faults.join(' ');
  });
