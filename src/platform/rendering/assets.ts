/** Finished style sheets, islands and fonts: where they lie, what they are called, and what pages of the named site carry inside. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Assets = {
  readonly folder: string;
  /** Stands inside the pages of the named site. */
  readonly publicCss: string;
  /** Stands inside a paper of the named site too. */
  readonly paperCss: string;
  /** Immutable addresses: `/assets/<version>/staff.css`. */
  readonly prefix: string;
  /** Without the compressed copies. */
  readonly names: readonly string[];
};

let opened: Promise<Assets> | undefined;

/** A built bundle has an assets folder next to it. Without one, assets are built when their sources have changed. Read once in a process. */
export function openAssets(): Promise<Assets> {
  opened ??= readAssets();
  return opened;
}

async function readAssets(): Promise<Assets> {
  const beside = join(import.meta.dirname, 'assets');
  const folder = existsSync(join(beside, 'public.css')) ? beside : await buildAssetFiles();
  const names = readdirSync(folder).filter((name) => !/\.(br|gz)$/.test(name));
  const version = createHash('sha256');
  for (const name of names) version.update(name).update(readFileSync(join(folder, name)));
  return {
    folder,
    publicCss: readFileSync(join(folder, 'named.css'), 'utf8'),
    paperCss: readFileSync(join(folder, 'paper.css'), 'utf8'),
    prefix: `/assets/${version.digest('hex').slice(0, 10)}`,
    names,
  };
}

async function buildAssetFiles(): Promise<string> {
  const builder = '../../../scripts/build-assets.ts';
  const { buildAssets } = (await import(builder)) as { buildAssets: () => Promise<string> };
  return buildAssets();
}
