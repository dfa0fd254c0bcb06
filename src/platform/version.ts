/** Which Safelight this is. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in our `package.json`: in this folder or above it, for source files and for the bundle. */
export function readVersion(from: string = import.meta.dirname): string {
  const path = join(from, 'package.json');
  if (existsSync(path)) {
    const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as { name?: string; version?: string };
    if (name === 'safelight') return version ?? 'unknown';
  }
  return dirname(from) === from ? 'unknown' : readVersion(dirname(from));
}
