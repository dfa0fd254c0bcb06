/** Tries a backup: checks every digest, restores it into a scratch folder, starts it, and asks the restored databases. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { StoreName } from '../access-policy/access.ts';
import { UnitKeys } from '../crypto/crypto.ts';
import { databaseNames, openEmbedded, removeMovedData } from '../embedded-postgres/embedded.ts';
import { nameLink, readChain } from './chain.ts';
import { checkCounts, openSealed, type VerifyLog } from './checks.ts';
import { readDatabaseFacts, withConnection } from './cluster-facts.ts';
import { requireCombine } from './combine.ts';
import { BackupFault, StoppedWork, takeAnother, toFault, WrongKeys } from './fault.ts';
import { requireRoom } from './folders.ts';
import { openKeyCopy } from './key-copy.ts';
import type { Cluster, Manifest } from './manifest.ts';
import { findTargetProblem, restoreForTrial } from './restore.ts';
import type { Drill } from './store.ts';
import { readTar } from './tar-stream.ts';
import { checkDigests, type OpenedBackup, openBackup, readPart, sizeOf, unpackEntries } from './unpack.ts';

export type DrillOptions = {
  readonly backup: string;
  /** None: only what needs no key is checked. */
  readonly identities: readonly string[];
  readonly keyCopy: string | undefined;
  /** Where the scratch folder is made and removed again. */
  readonly scratch: string;
  readonly verifyLog: VerifyLog;
  readonly safelight: string;
  readonly now: () => Date;
  readonly stopped?: AbortSignal;
  readonly tell?: (sentence: string) => void;
};

export type DrillResult = Drill & { readonly found: readonly BackupFault[]; readonly manifest: Manifest | undefined };

/** How many sealed records of each database are opened. */
const sealedWanted = 20;

/** What a drill has found so far. */
class Findings {
  readonly faults: BackupFault[] = [];
  restored = false;
  sealedOpened = 0;
  /** Opened, or found erased. */
  sealedFound = 0;
  restoreSeconds: number | undefined;
  manifest: Manifest | undefined;

  /** Runs one step. Returns undefined, with the fault kept, where it fails. */
  async step<Value>(work: () => Promise<Value> | Value, stopped?: AbortSignal): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      if (stopped?.aborted) throw new StoppedWork('Stopped. Nothing was recorded.', 'Start again.');
      this.faults.push(toFault(error));
      return undefined;
    }
  }
}

/** Never throws for what is wrong with the backup: that is in the result. */
export async function drillBackup(options: DrillOptions): Promise<DrillResult> {
  const findings = new Findings();
  removeAbandoned(options.scratch);
  await tryBackup(options, findings);
  const { faults, restored, sealedOpened, restoreSeconds, manifest } = findings;
  return {
    at: options.now().toISOString(),
    passed: faults.length === 0,
    tried: options.identities.length > 0,
    restored,
    faults: faults.map(({ message, cure }) => `${message} ${cure}`),
    ...(restoreSeconds === undefined ? {} : { restoreSeconds }),
    sealedOpened,
    safelight: options.safelight,
    found: faults,
    manifest,
  };
}

async function tryBackup(options: DrillOptions, findings: Findings): Promise<void> {
  const { backup, identities, stopped } = options;
  const chain = await findings.step(() => readChain(backup));
  const manifest = chain?.at(-1)?.manifest;
  if (!chain || !manifest) return;
  findings.manifest = manifest;
  for (const link of chain) {
    const faults = (await findings.step(() => checkDigests(link, stopped), stopped)) ?? [];
    findings.faults.push(
      ...faults.map((fault) => (link.manifest === manifest ? fault : nameLink(basename(link.path), fault))),
    );
  }
  if (identities.length === 0) return;
  const opened = await findings.step(() => openBackup(backup, identities));
  if (!opened || findings.faults.length > 0) return;
  const problem = findTargetProblem(manifest, 'embedded');
  if (problem) {
    findings.faults.push(problem);
    return;
  }
  if (opened.base && !(await findings.step(() => requireCombine()))) return;
  const folder = makeScratch(options.scratch);
  try {
    await findings.step(() => restoreAndAsk(opened, folder, options, findings), stopped);
  } finally {
    for (const { name } of manifest.clusters) removeMovedData(join(folder, name));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function restoreAndAsk(
  opened: OpenedBackup,
  folder: string,
  options: DrillOptions,
  findings: Findings,
): Promise<void> {
  const { manifest } = opened;
  await requireRoom(folder, sizeOf(opened), 'the trial');
  const keys = options.keyCopy ? await findings.step(() => readKeys(opened, folder, options)) : undefined;
  await findings.step(() => countFiles(opened), options.stopped);
  let milliseconds = 0;
  for (const cluster of manifest.clusters)
    milliseconds +=
      (await findings.step(() => tryCluster(opened, cluster, keys, folder, options, findings), options.stopped)) ?? 0;
  findings.restoreSeconds = Math.ceil(milliseconds / 1_000);
  if (keys && findings.restored && findings.sealedFound === 0 && opened.counts.main?.agencies?.ended === 0)
    findings.faults.push(
      new BackupFault(
        'The backup holds no agency and no sealed record: it was taken of a database that nobody had set up, or of another one.',
        'Check which database the backup is taken of. If it is the right one, add the first agency and take another backup.',
      ),
    );
}

/** Restores one server, starts it and asks its databases. Returns how long it took to start. */
async function tryCluster(
  opened: OpenedBackup,
  cluster: Cluster,
  keys: UnitKeys | undefined,
  folder: string,
  options: DrillOptions,
  findings: Findings,
): Promise<number> {
  const data = join(folder, cluster.name);
  const from = performance.now();
  await restoreForTrial(opened, cluster, data, options.stopped);
  const server = await openEmbedded(data, { fsync: false, tell: () => {}, lost: () => {} });
  const milliseconds = performance.now() - from;
  findings.restored = true;
  try {
    for (const store of ['main', 'safeguarding'] as const)
      if (cluster.databases[store])
        await findings.step(
          () =>
            askDatabase(opened, cluster, store, server.superuserAddress(databaseNames[store]), keys, options, findings),
          options.stopped,
        );
  } finally {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  }
  return milliseconds;
}

async function askDatabase(
  opened: OpenedBackup,
  { databases }: Cluster,
  store: StoreName,
  address: string,
  keys: UnitKeys | undefined,
  { verifyLog, tell = () => {} }: DrillOptions,
  findings: Findings,
): Promise<void> {
  const log = await verifyLog(address);
  tell(`The access log of the ${store} database: ${log.leaves} sealed entries read.`);
  for (const finding of log.findings)
    findings.faults.push(
      new BackupFault(
        `The access log of the ${store} database is not what was sealed: ${finding}.`,
        'Run safelight audit verify on the live database. If it says the same, report it as a security incident. Otherwise use another backup.',
      ),
    );
  await withConnection(address, async (client) => {
    const { schema } = await readDatabaseFacts(client);
    if (schema !== databases[store]?.schema)
      findings.faults.push(
        new BackupFault(`The ${store} database has another schema than when it was backed up.`, takeAnother),
      );
    findings.faults.push(...(await checkCounts(client, store, opened.counts[store] ?? {})));
    if (!keys) return;
    const sealed = await openSealed(client, keys, sealedWanted);
    findings.sealedOpened += sealed.opened;
    findings.sealedFound += sealed.opened + sealed.erased + sealed.faults.length;
    findings.faults.push(...sealed.faults);
    tell(`Sealed records of the ${store} database: ${sealed.opened} opened, ${sealed.erased} found erased.`);
  });
}

/** The keys of the copy, which must be no older than the backup. */
async function readKeys({ manifest }: OpenedBackup, folder: string, options: DrillOptions): Promise<UnitKeys> {
  const { header, entries } = await openKeyCopy(options.keyCopy ?? '', options.identities);
  const at = join(folder, 'keys');
  await mkdir(at, { mode: 0o700 });
  const unpacked = await unpackEntries(entries, at, { sync: false, stopped: options.stopped });
  if (unpacked.size !== header.halves + (header.unitKeys ? 1 : 0))
    throw new BackupFault('Files are missing from the copy of the keys.', 'Take a new backup, which makes a new copy.');
  if (!existsSync(join(at, 'keys.json')))
    throw new BackupFault(
      'The copy of the keys does not hold the unit’s key file.',
      'Take the backup where SAFELIGHT_KEYS names that file.',
    );
  if (header.made < manifest.begun)
    throw new WrongKeys(
      `The copy of the keys was made before this backup. Records added since then do not open with it.`,
      'Give the newest copy of the keys.',
    );
  return UnitKeys.fromFile(join(at, 'keys.json')).withHalvesIn(join(at, 'key-halves'));
}

/** Reads the archive of files to its end. */
async function countFiles(opened: OpenedBackup): Promise<void> {
  const found = { count: 0, bytes: 0 };
  for await (const { content } of readTar(readPart(opened, 'files.tar'), 'files.tar')) {
    found.count += 1;
    for await (const piece of content) found.bytes += piece.length;
  }
  const { count, bytes } = opened.manifest.files;
  if (found.count !== count || found.bytes !== bytes)
    throw new BackupFault(`The backup holds ${found.count} files in place of ${count}.`, takeAnother);
}

const scratchPattern = /^safelight-drill-(\d+)-/;

const makeScratch = (parent: string): string => mkdtempSync(join(parent, `safelight-drill-${process.pid}-`));

/** A trial that was killed leaves a whole database behind, and the next one removes it. */
function removeAbandoned(parent: string): void {
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    const pid = Number(scratchPattern.exec(name)?.[1]);
    if (!pid || isAlive(pid)) continue;
    for (const store of ['main', 'safeguarding']) removeMovedData(join(parent, name, store));
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
