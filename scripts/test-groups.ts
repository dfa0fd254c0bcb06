/** Test files that may share a process: each process pays once to import and open the application. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const mostInGroup = 8;

/** Tests of stores and routes open the application and leave nothing behind in the process. */
const mayShare = (file: string): boolean => /^(store|routes)[^/]*\.test\.ts$/.test(basename(file));

/** A file to run, and the test files that it holds: itself, or a group's. Paths are absolute. */
export type Runnable = { readonly file: string; readonly holds: readonly string[] };

/** Groups neighbours, so that one area's tests share a process. Writes an entry file for each group into `folder`. */
export function runnables(files: readonly string[], folder: string): Runnable[] {
  const alone = files.filter((file) => !mayShare(file)).map((file) => ({ file, holds: [file] }));
  const sharing = files.filter(mayShare);
  const groups: Runnable[] = [];
  mkdirSync(folder, { recursive: true });
  for (let from = 0; from < sharing.length; from += mostInGroup) {
    const holds = sharing.slice(from, from + mostInGroup);
    const file = join(folder, `group-${groups.length + 1}.mjs`);
    writeFileSync(file, holds.map((held) => `await import(${JSON.stringify(pathToFileURL(held).href)});\n`).join(''));
    groups.push({ file, holds });
  }
  // The longest first, so that no processor waits for the last of them alone.
  return [...groups, ...alone];
}
