/** The chain of an incremental backup: each link rests on the one before it, back to a full one, and all lie in one folder. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BackupFault, WrongKeys } from './fault.ts';
import { findBaseProblem, type Manifest, missingBase, parseManifest } from './manifest.ts';
import { checkSizes, readManifestText } from './store.ts';

export type Link = { readonly path: string; readonly manifest: Manifest };

/** What a backup says of itself, after its parts were found with their sizes. */
export function readBackup(path: string): Manifest {
  const manifest = parseManifest(readManifestText(path));
  checkSizes(path, manifest);
  return manifest;
}

/** The backup that this one rests on; undefined for a full one. Refuses one that is missing, broken, or another one under its name. */
export function readBase({ path, manifest }: Link): Link | undefined {
  const { base } = manifest;
  if (!base) return undefined;
  const at = join(dirname(resolve(path)), base.name);
  if (!existsSync(at)) throw missingBase(base.name);
  const found = withName(base.name, () => readBackup(at));
  const problem = findBaseProblem(manifest, found);
  if (problem) throw problem;
  return { path: at, manifest: found };
}

/** Every link, the full backup first and the given one last. */
export function readChain(path: string): readonly Link[] {
  const chain: Link[] = [{ path, manifest: readBackup(path) }];
  for (;;) {
    const base = readBase(chain[0] as Link);
    if (!base) return chain;
    if (chain.some((link) => link.manifest.id === base.manifest.id)) throw missingBase(base.manifest.base?.name ?? '');
    chain.unshift(base);
  }
}

/** Says of a fault in which link it is. */
export function nameLink(name: string, fault: BackupFault): BackupFault {
  const what = `It rests on the backup ${name}. ${fault.message}`;
  return fault instanceof WrongKeys ? new WrongKeys(what, fault.cure) : new BackupFault(what, fault.cure);
}

function withName<Value>(name: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw error instanceof BackupFault ? nameLink(name, error) : error;
  }
}
