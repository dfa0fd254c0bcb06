/** What the doctor checks for developers: the browser for tests. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Finding } from '../src/cli/doctor/finding.ts';

const modules = resolve(import.meta.dirname, '../node_modules');

/** In this order: the one named, the system's, the one from npm. Tests of pages need one; serving them does not. */
export function checkBrowser(): Finding {
  const named = process.env.SAFELIGHT_CHROMIUM;
  if (named)
    return runs(named)
      ? { says: `The browser for tests is ${named}.` }
      : { says: `SAFELIGHT_CHROMIUM names ${named}, which does not run.`, cure: 'Name a Chromium, or unset it.' };
  const found = ['chromium', 'chromium-headless-shell'].map(onPath).find((path) => path && runs(path));
  if (found) return { says: `The browser for tests is ${found}.` };
  if (!existsSync(join(modules, '@sparticuz/chromium/bin/chromium.br')))
    return { says: 'There is no browser for tests.', cure: 'Run npm ci, or install chromium.' };
  const known = spawnSync('ldconfig', ['-p'], { encoding: 'utf8' }).stdout;
  const lacking = ['libnss3.so', 'libnspr4.so', 'libexpat.so.1'].filter((library) => known && !known.includes(library));
  return lacking.length === 0
    ? { says: 'The browser for tests is the one from npm.' }
    : {
        says: `The browser for tests lacks ${lacking.join(', ')}.`,
        cure: 'On Debian: apt-get install libnss3 libnspr4 libexpat1.',
      };
}

const runs = (path: string): boolean =>
  spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 10_000 }).status === 0;

const onPath = (program: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(existsSync);
