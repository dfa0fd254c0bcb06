/** The folder where backups are collected: what is in it, which are whole, when each was last tried, and which may go. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { BackupFault } from './fault.ts';
import { findBaseProblem, type Manifest, manifestFile, missingBase, parseManifest } from './manifest.ts';

export const unfinishedSuffix = '.unfinished';
export const drillFile = 'last-drill.json';

const namePattern = /^safelight-\d{8}T\d{6}Z-[\da-f]{6}(\.unfinished)?$/;

export const backupName = (at: Date): string =>
  `safelight-${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`;

const Drill = z.object({
  at: z.iso.datetime(),
  passed: z.boolean(),
  /** Whether a restore was tried, and not only the digests checked. */
  tried: z.boolean(),
  /** Whether it was restored and started. */
  restored: z.boolean(),
  faults: z.array(z.string()),
  restoreSeconds: z.number().optional(),
  sealedOpened: z.int(),
  safelight: z.string(),
});
/** What `verify` found, kept beside the backup. */
export type Drill = z.output<typeof Drill>;

/** Whether a path is a backup, whole or broken: by its name, or by its manifest. */
export const looksLikeBackup = (path: string): boolean =>
  !path.includes('\0') &&
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true &&
  (namePattern.test(basename(path)) || existsSync(join(path, manifestFile)));

export type StoredBackup = {
  readonly name: string;
  readonly path: string;
  readonly state: 'whole' | 'broken' | 'unfinished';
  readonly fault?: BackupFault;
  readonly manifest?: Manifest;
  readonly bytes: number;
  /** When it was taken, by its name. */
  readonly taken: Date;
  readonly drill?: Drill;
};

/** Newest first. Reads sizes and not contents: `verify` reads those. One whose chain is not whole counts as broken. */
export function listBackups(folder: string): readonly StoredBackup[] {
  if (!existsSync(folder)) throw new BackupFault(`There is no folder ${folder}.`, 'Name the folder with the backups.');
  const all = readdirSync(folder)
    .filter((name) => namePattern.test(name) && statSync(join(folder, name)).isDirectory())
    .sort()
    .reverse()
    .map((name) => readStored(folder, name));
  return all.map((one) => {
    const fault = one.state === 'whole' ? findChainFault(one, all) : undefined;
    return fault ? { ...one, state: 'broken', fault } : one;
  });
}

/** The backup on which an incremental one rests, as it lies there. */
const findStoredBase = ({ manifest }: StoredBackup, all: readonly StoredBackup[]): StoredBackup | undefined =>
  manifest?.base && all.find(({ name }) => name === manifest.base?.name);

function findChainFault(one: StoredBackup, all: readonly StoredBackup[], left = all.length): BackupFault | undefined {
  const { manifest } = one;
  if (!manifest?.base) return undefined;
  const base = findStoredBase(one, all);
  if (!base || left === 0) return missingBase(manifest.base.name);
  if (!isSound(base) || !base.manifest)
    return new BackupFault(
      `It rests on the backup ${base.name}, which is broken or failed its verification.`,
      'Use another backup, and take a full one now.',
    );
  return findBaseProblem(manifest, base.manifest) ?? findChainFault(base, all, left - 1);
}

function readStored(folder: string, name: string): StoredBackup {
  const path = join(folder, name);
  const bytes = readdirSync(path).reduce(
    (all, file) => all + (statSync(join(path, file), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
  const drill = readDrill(path);
  const about = { name, path, bytes, taken: takenAt(name), ...(drill ? { drill } : {}) };
  if (name.endsWith(unfinishedSuffix)) return { ...about, state: 'unfinished' };
  try {
    const manifest = parseManifest(readManifestText(path));
    checkSizes(path, manifest);
    return { ...about, state: 'whole', manifest };
  } catch (error) {
    if (!(error instanceof BackupFault)) throw error;
    return { ...about, state: 'broken', fault: error };
  }
}

const takenAt = (name: string): Date =>
  new Date(name.replace(/^safelight-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6Z'));

const cure = 'Use another backup. If this one was copied here, copy it again.';

/** Refuses a folder that is no finished backup. */
export function readManifestText(path: string): string {
  if (!existsSync(path)) throw new BackupFault(`There is no backup at ${path}.`, 'See safelight backup list.');
  if (path.replace(/\/+$/, '').endsWith(unfinishedSuffix))
    throw new BackupFault('This backup was never finished.', cure);
  const file = join(path, manifestFile);
  if (!existsSync(file)) throw new BackupFault(`The file ${manifestFile} of the backup is missing.`, cure);
  return readFileSync(file, 'utf8');
}

/** Refuses a backup of which a part is missing, or longer or shorter than it was written. */
export function checkSizes(path: string, { parts }: Manifest): void {
  for (const { name, bytes } of parts) {
    const found = statSync(join(path, name), { throwIfNoEntry: false });
    if (!found) throw new BackupFault(`The part ${name} is missing.`, cure);
    if (found.size < bytes) throw new BackupFault(`The part ${name} is cut short.`, cure);
    if (found.size > bytes) throw new BackupFault(`The part ${name} is longer than it was written.`, cure);
  }
}

export function readDrill(path: string): Drill | undefined {
  try {
    return Drill.parse(JSON.parse(readFileSync(join(path, drillFile), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Keeps the result beside the backup, in place of the last one. Digests alone that are well do not replace what a restore found. */
export async function recordDrill(path: string, drill: Drill): Promise<void> {
  if (drill.passed && !drill.tried && readDrill(path)?.tried) return;
  const half = join(path, `${drillFile}.half`);
  const file = await open(half, 'w', 0o600);
  await file.writeFile(`${JSON.stringify(drill, null, 2)}\n`);
  await file.sync();
  await file.close();
  await rename(half, join(path, drillFile));
}

/** Whole, and not found wrong by its last trial. */
export const isSound = ({ state, drill }: StoredBackup): boolean => state === 'whole' && drill?.passed !== false;

export const isVerified = ({ state, drill }: StoredBackup): boolean =>
  state === 'whole' && drill?.passed === true && drill.restored;

export type PruneRule = { readonly keep: number } | { readonly days: number };

export type PrunePlan = {
  readonly remove: readonly StoredBackup[];
  /** Kept beyond the rule: the newest that was verified, or the only whole one. */
  readonly spared: StoredBackup | undefined;
  /** Kept beyond the rule too: a kept one rests on it. */
  readonly bases: readonly StoredBackup[];
};

const day = 86_400_000;

/** Which backups may go. One whose trial failed counts as broken. Never the newest verified one; where none was verified, never the newest whole one. Never one on which a kept one rests. What may still be under way stays. */
export function planPrune(backups: readonly StoredBackup[], rule: PruneRule, now: Date): PrunePlan {
  const whole = backups.filter(isSound);
  const age = ({ taken }: StoredBackup): number => (now.getTime() - taken.getTime()) / day;
  const within = 'keep' in rule ? whole.slice(0, rule.keep) : whole.filter((one) => age(one) <= rule.days);
  const needed = whole.find(isVerified) ?? whole[0];
  const wanted = new Set([...within, ...(needed ? [needed] : [])]);
  const kept = new Set(wanted);
  for (const one of kept) {
    const base = findStoredBase(one, backups);
    if (base) kept.add(base); // The loop comes to it too.
  }
  const newest = whole[0];
  const remove = backups.filter((one) => {
    if (isSound(one)) return !kept.has(one);
    if (one.state === 'unfinished') return age(one) > 1;
    return newest !== undefined && one.taken < newest.taken;
  });
  return {
    remove,
    spared: needed && !within.includes(needed) ? needed : undefined,
    bases: [...kept].filter((one) => !wanted.has(one)),
  };
}

/** Overwrites the wrapped key first, so that what is left of a removed backup does not open. */
export async function removeBackup({ path }: StoredBackup): Promise<void> {
  const file = await open(join(path, manifestFile), 'r+').catch(() => undefined);
  if (file) {
    const { size } = await file.stat();
    await file.write(Buffer.alloc(size), 0, size, 0);
    await file.sync();
    await file.close();
  }
  await rm(path, { recursive: true, force: true });
}
