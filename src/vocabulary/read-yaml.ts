/** Our own data files are YAML, so that people can review them. Reading YAML is slow, so what was read is kept beside the installed packages. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const cache = join(import.meta.dirname, '../../node_modules/.cache/safelight/yaml');

/** What a YAML text says; refuses one that is not YAML. In the built bundle the files are JSON already, and this is `JSON.parse`. */
export function parseYaml(text: string): unknown {
  const kept = join(cache, `${createHash('sha256').update(text).digest('hex')}.json`);
  try {
    return JSON.parse(readFileSync(kept, 'utf8'));
  } catch {
    const { parse } = createRequire(import.meta.url)('yaml') as typeof import('yaml');
    const value: unknown = parse(text);
    keep(kept, value);
    return value;
  }
}

/** Where nothing may be written, the file is read as YAML each time. */
function keep(path: string, value: unknown): void {
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(`${path}-${process.pid}`, JSON.stringify(value));
    renameSync(`${path}-${process.pid}`, path);
  } catch {
    // Read-only installations.
  }
}
