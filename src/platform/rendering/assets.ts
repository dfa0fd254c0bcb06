/** Finished style sheets, islands and fonts: where they lie, what they are called, and what the public page carries inside. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Assets = {
  readonly folder: string;
  /** Stands inside public pages. */
  readonly publicCss: string;
  /** For the policy that lets this style sheet in, and no other: `'sha256-…'`. */
  readonly publicCssHash: string;
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
  const publicCss = readFileSync(join(folder, 'public.css'), 'utf8');
  return {
    folder,
    publicCss,
    publicCssHash: `'sha256-${createHash('sha256').update(publicCss).digest('base64')}'`,
    prefix: `/assets/${version.digest('hex').slice(0, 10)}`,
    names,
  };
}

async function buildAssetFiles(): Promise<string> {
  const builder = '../../../scripts/build-assets.ts';
  const { buildAssets } = (await import(builder)) as { buildAssets: () => Promise<string> };
  return buildAssets();
}
