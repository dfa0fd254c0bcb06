/** Test files that share a process: each process pays once to import and open the application. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A file to run, and the test files that it holds: itself, or a group's. Paths are absolute. */
export type Runnable = { readonly file: string; readonly holds: readonly string[] };

export type Kind = 'long' | 'browser' | 'process' | 'application' | 'rules';

/** How many files of a kind share a process. The longest kind comes first, so that no processor waits for the last one alone. */
const mostInGroup: Readonly<Record<Kind, number>> = { long: 1, browser: 4, process: 1, application: 26, rules: 50 };

/** One more than there are processors: browsers and database servers leave them idle in between. Two more is slower. */
export const atOnce = availableParallelism() + 1;

/** With fewer it takes longer to start a process than to share one. */
const enoughForAll = 12;

/** The rules are tested without a database and without a browser. */
export function kindOf(file: string): Kind {
  const text = readFileSync(file, 'utf8');
  if (/harness\/crawl|member-crawl|rendered-pages|assertSound|statement-actions|\bassure[A-Z]/.test(text))
    return 'long';
  if (/harness\/browser/.test(text)) return 'browser';
  if (/node:child_process|harness\/(killed|pooler)/.test(text)) return 'process';
  return /harness\/|fixtures\/|openApplication|openTestDatabases|openEmbedded|test-server|examples\.ts'/.test(text)
    ? 'application'
    : 'rules';
}

/** Groups neighbours of one kind, so that one area's tests share a process. Writes an entry file for each group into `folder`. */
export function runnables(files: readonly string[], folder: string): Runnable[] {
  mkdirSync(folder, { recursive: true });
  const kinds = Map.groupBy(files, kindOf);
  return Object.entries(mostInGroup).flatMap(([kind, most]) => {
    const sharing = kinds.get(kind as Kind) ?? [];
    return slices(sharing, most).map((holds, index) => {
      const [only] = holds;
      if (only && holds.length === 1) return { file: only, holds };
      const file = join(folder, `${kind}-${index + 1}.mjs`);
      writeFileSync(file, holds.map((held) => `await import(${JSON.stringify(pathToFileURL(held).href)});\n`).join(''));
      return { file, holds };
    });
  });
}

function slices<Item>(items: readonly Item[], most: number): Item[][] {
  const groups = Math.max(Math.ceil(items.length / most), items.length > enoughForAll ? atOnce : 0);
  return Array.from({ length: groups }, (_, index) =>
    items.slice(Math.floor((index * items.length) / groups), Math.floor(((index + 1) * items.length) / groups)),
  );
}
