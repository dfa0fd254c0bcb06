/** `npm test`: one private database server, every test beside its file, failures in full, and the count as the last line. */
import { globSync, rmSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { run } from 'node:test';
import { parseArgs } from 'node:util';
import { passwords } from '../test/harness/database.ts';
import { openPooler } from '../test/harness/pooler.ts';
import { atOnce, kindOf, runnables } from './test-groups.ts';
import { reachServer, type Server } from './test-server.ts';
import { openTally, type Tally } from './test-tally.ts';

const root = resolve(import.meta.dirname, '..');
const everything = ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts', 'assets/**/*.test.ts'];
const help = `npm test [-- options] [-- file, folder, pattern or part of a name ...]
  --rules    only the tests that need neither a database nor a browser
  --stores   only the tests of stores and routes, which speak with the database
  --notes    also the notes that tests leave, such as measured times
SAFELIGHT_TEST_SERVER=postgres://… uses the PostgreSQL 17 server at this superuser's address: one run at a time.
SAFELIGHT_TEST_POOLER=yes puts Debian's pgbouncer between the doors and that server, in transaction mode.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rules: { type: 'boolean', default: false },
    stores: { type: 'boolean', default: false },
    notes: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(help);
else process.exit(await main());

async function main(): Promise<number> {
  const files = filesToRun();
  if (files.length === 0) {
    console.log(`No test file fits ${positionals.join(' ') || 'these options'}.\n0 passed, 0 failed`);
    return 1;
  }
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.abort());
  const server = values.rules ? noServer() : await reachServer();
  const pooler = process.env.SAFELIGHT_TEST_POOLER ? await openPooler(server.address, passwords) : undefined;
  const folder = join(root, 'node_modules/.cache/safelight/test-groups', String(process.pid));
  const wanted = runnables(
    files.map((file) => join(root, file)),
    folder,
  );
  const tally = openTally(root, wanted, values.notes);
  try {
    if (!ending.signal.aborted)
      await runAll(
        wanted.map(({ file }) => file),
        server,
        pooler?.address,
        ending.signal,
        tally,
      );
  } finally {
    await pooler?.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const { passed, failed } = tally.counts();
  if (ending.signal.aborted) console.log('Stopped before the end.');
  console.log(`${passed} passed, ${failed} failed`);
  if (ending.signal.aborted) return 130;
  return failed > 0 || passed === 0 ? 1 : 0;
}

/** Rules are tested without one. */
function noServer(): Server {
  return { address: '', stop: async () => {} };
}

function filesToRun(): string[] {
  const all = globSync(everything, { cwd: root }).sort();
  const ofStores = ({ stores }: { stores: boolean }, file: string) =>
    !stores || /^(store|routes).*\.test\.ts$/.test(basename(file));
  const wanted = positionals.flatMap((asked) => named(asked, all));
  const chosen = positionals.length > 0 ? all.filter((file) => wanted.includes(file)) : all;
  return chosen.filter((file) => ofStores(values, file) && (!values.rules || kindOf(join(root, file)) === 'rules'));
}

/** A glob, or a file or folder as the shell completes it, or any part of a path. */
function named(asked: string, all: readonly string[]): string[] {
  if (/[*?{]/.test(asked)) return globSync(asked, { cwd: root }).map((file) => relative(root, resolve(root, file)));
  const path = relative(root, resolve(asked));
  const exact = all.filter((file) => file === path || file.startsWith(`${path}/`));
  return exact.length > 0 ? exact : all.filter((file) => file.includes(asked));
}

async function runAll(
  files: readonly string[],
  { address, inMemory }: Server,
  pooler: string | undefined,
  signal: AbortSignal,
  tally: Tally,
): Promise<void> {
  forgetSettings();
  process.env.SAFELIGHT_TEST_SERVER = address;
  if (inMemory) process.env.SAFELIGHT_TEST_COPY = 'file_copy';
  if (pooler) process.env.SAFELIGHT_TEST_POOLER = pooler;
  const events = run({
    files: [...files],
    cwd: root,
    concurrency: atOnce,
    timeout: 1_200_000,
    signal,
  });
  const ended = new Promise<void>((done) => {
    signal.addEventListener('abort', () => setTimeout(done, 5_000).unref());
    events.once('end', done);
  });
  events.on('data', tally.hear);
  await ended;
}

/** Settings of a developer's own Safelight must not reach a test. */
function forgetSettings(): void {
  for (const name of Object.keys(process.env))
    if (/^(DATABASE_URL|SAFEGUARDING_DATABASE_URL|SAFELIGHT_(?!CHROMIUM)|PG[A-Z]+$|PORT$|HOST$|NODE_ENV$)/.test(name))
      delete process.env[name];
}
