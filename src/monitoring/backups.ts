/** Reads how old the last backup, the last restore drill and the received log are, from the folder in which `safelight backup` collects them. Opens no backup. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { listSpans, type Reached } from '../platform/backup/log/log-store.ts';
import { manifestFile } from '../platform/backup/manifest.ts';
import { drillFile } from '../platform/backup/store.ts';
import type { BackupMeasures } from './measures.ts';

/** A finished backup is a folder with the time in its name. */
const finished = /^safelight-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-[\da-f]{6}$/;
/** Folders beyond these are older than any rule asks for. */
const mostRead = 200;

const Drill = z.object({
  at: z.iso.datetime(),
  passed: z.boolean(),
  restored: z.boolean(),
  sealedOpened: z.number().optional(),
});
type Drill = { readonly at: number; readonly succeeded: boolean; readonly openedNone: boolean };

/** `unreadable` where the folder is not there, or may not be read. */
export async function measureBackups(folder: string, now: Date): Promise<BackupMeasures | 'unreadable'> {
  const names = await readdir(folder).catch(() => undefined);
  if (!names) return 'unreadable';
  const all = names.filter((name) => finished.test(name) && existsSync(join(folder, name, manifestFile)));
  const backups = all.sort().reverse().slice(0, mostRead);
  const read = await Promise.all(backups.map((name) => readDrill(join(folder, name, drillFile))));
  const drills = read.filter((drill) => drill !== undefined).sort((one, other) => other.at - one.at);
  const chains = await Promise.all(backups.map((name) => readChain(folder, name)));
  const newest = backups.find((_, at) => chains[at]);
  const failed = new Set(backups.filter((_, at) => read[at]?.succeeded === false));
  const succeeded = drills.find((drill) => drill.succeeded);
  const secondsSince = (at: number): number => Math.max(0, (now.getTime() - at) / 1_000);
  return {
    backupSeconds: newest === undefined ? undefined : secondsSince(takenAt(newest)),
    drillSeconds: succeeded && secondsSince(succeeded.at),
    lastDrillFailed: drills[0]?.succeeded === false,
    newestFailed: chains[0]?.some((name) => failed.has(name)) ?? false,
    newestBaseless: backups.length > 0 && !chains[0],
    drillOpenedNone: succeeded?.openedNone === true,
    logSeconds: measureLog(folder, now),
  };
}

const Base = z.object({
  id: z.string().optional(),
  base: z.object({ name: z.string().regex(finished), id: z.string() }).optional(),
});

/** The names of a backup and of those on which it rests, back to the full one; undefined where one is missing. */
async function readChain(folder: string, newest: string): Promise<readonly string[] | undefined> {
  const chain: string[] = [];
  let wanted: { readonly name: string; readonly id?: string } | undefined = { name: newest };
  while (wanted) {
    const { name, id }: { readonly name: string; readonly id?: string } = wanted;
    const found = await readBase(join(folder, name, manifestFile));
    if (!found && chain.length === 0) return [name];
    if (!found || (id && found.id !== id) || chain.includes(name)) return undefined;
    chain.push(name);
    wanted = found.base;
  }
  return chain;
}

async function readBase(path: string): Promise<z.output<typeof Base> | undefined> {
  try {
    return Base.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Of each server the newest log counts; of two servers the one that is further behind. */
function measureLog(folder: string, now: Date): number | undefined {
  const newest = new Map<string, Reached>();
  try {
    for (const { cluster, reached } of listSpans(folder))
      if (reached && reached.at > (newest.get(cluster)?.at ?? '')) newest.set(cluster, reached);
  } catch {
    return undefined;
  }
  const received = [...newest.values()].filter(({ ended }) => !ended).map(({ at }) => Date.parse(at));
  return received.length === 0 ? undefined : Math.max(0, (now.getTime() - Math.min(...received)) / 1_000);
}

const takenAt = (name: string): number => Date.parse(name.replace(finished, '$1-$2-$3T$4:$5:$6Z'));

/** A drill counts only if the backup was restored and asked. A check of its digests alone is none. */
async function readDrill(path: string): Promise<Drill | undefined> {
  try {
    const { at, passed, restored, sealedOpened } = Drill.parse(JSON.parse(await readFile(path, 'utf8')));
    return passed && !restored ? undefined : { at: Date.parse(at), succeeded: passed, openedNone: sealedOpened === 0 };
  } catch {
    return undefined;
  }
}
