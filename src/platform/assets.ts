/** Finished style sheets, islands and fonts: where they lie, what they are called, and what the public page carries inside. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export type Assets = {
  readonly folder: string;
  /** Stands inside public pages. */
  readonly publicCss: string;
  /** For the policy that lets this style sheet in, and no other: `'sha256-…'`. */
  readonly publicCssHash: string;
  /** Immutable addresses: `/assets/<version>/staff.css`. */
  readonly prefix: string;
  readonly files: ReadonlyMap<string, { readonly body: Buffer; readonly type: string }>;
};

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** A built bundle carries its assets beside it; otherwise they are made when their sources have changed. */
export async function openAssets(): Promise<Assets> {
  const beside = join(import.meta.dirname, 'assets');
  const folder = existsSync(join(beside, 'public.css')) ? beside : await built();
  const files = new Map(
    readdirSync(folder).map((name) => [
      name,
      { body: readFileSync(join(folder, name)), type: types[extname(name)] ?? 'application/octet-stream' },
    ]),
  );
  const version = createHash('sha256');
  for (const [name, { body }] of files) version.update(name).update(body);
  const publicCss = files.get('public.css')?.body.toString() ?? '';
  return {
    folder,
    publicCss,
    publicCssHash: `'sha256-${createHash('sha256').update(publicCss).digest('base64')}'`,
    prefix: `/assets/${version.digest('hex').slice(0, 10)}`,
    files,
  };
}

async function built(): Promise<string> {
  const builder = '../../scripts/build-assets.ts';
  const { buildAssets } = (await import(builder)) as { buildAssets: () => Promise<string> };
  return buildAssets();
}
