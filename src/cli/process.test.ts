import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { confirmAllRoles } from '../../test/harness/confirmed.ts';
import { openTestDatabases } from '../../test/harness/database.ts';
import { databaseDefinition } from '../app.ts';
import { written } from '../newsroom/imported-releases/examples.ts';
import { openDatabase } from '../platform/database/database.ts';
import { takeDataLock } from '../platform/embedded-postgres/data-lock.ts';

const cli = join(import.meta.dirname, 'main.ts');

type Environment = Readonly<Record<string, string>>;
type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

async function run(words: readonly string[], environment: Environment, input = ''): Promise<Ran> {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  const child = spawn(process.execPath, [cli, ...words], {
    env: { PATH, NODE_COMPILE_CACHE, ...environment },
    cwd: environment.SAFELIGHT_DATA,
  });
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code as number | null, out, err };
}

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The addresses of a database server as a partnership sets them, one for each process. */
async function onServer(t: TestContext): Promise<Environment> {
  const { addresses } = await openTestDatabases(t, databaseDefinition);
  const { owner = '', ...doors } = addresses.main;
  return {
    SAFELIGHT_DATA: folderFor(t),
    DATABASE_URL: owner,
    SAFEGUARDING_DATABASE_URL: addresses.safeguarding.owner ?? '',
    DATABASE_URL_SAFEGUARDING: addresses.safeguarding.safeguarding ?? '',
    ...Object.fromEntries(
      Object.entries(doors).map(([role, address]) => [`DATABASE_URL_${role.toUpperCase()}`, address]),
    ),
  };
}

/** Confirms every member, as a second person would on the confirmation page. */
async function confirmed({ DATABASE_URL = '' }: Environment): Promise<void> {
  const owner = openDatabase(DATABASE_URL);
  await confirmAllRoles(owner);
  await owner.destroy();
}

const isOneLine = (said: string): boolean => /^[^\n]+\n$/.test(said);

test('starts from empty databases in live mode and exports a release byte for byte', async (t) => {
  const server = await onServer(t);
  const migrated = await run(['migrate'], server);
  assert.deepEqual(migrated, { code: 0, out: 'Both databases have the shape of this version.\n', err: '' });

  const checked = await run(['upgrade', 'check'], server);
  assert.deepEqual([checked.code, checked.err], [0, '']);
  assert.match(checked.out, /Nothing is to be done: start this version when you like\./);

  const words = ['user', 'add', '--agency', 'Leashire Police', '--new-agency', 'police force', '--name', 'Wren Writer'];
  const more = ['--title', 'Press officer', '--email', 'wren@example.org', '--role', 'press', '--password-stdin'];
  const added = await run([...words, ...more], server, 'a long first password\n');
  assert.equal(added.code, 0);
  assert.equal(added.out, 'Wren Writer of Leashire Police signs in with wren@example.org, as press.\n');
  assert.match(added.err, /^The first administrator and .* “Role approvals”\.\n$/);

  const folder = server.SAFELIGHT_DATA ?? '';
  const as = ['--as', 'wren@example.org'];
  writeFileSync(join(folder, 'good.md'), written());
  writeFileSync(join(folder, 'bad.md'), 'Nothing in front\n');
  const early = await run(['release', 'import', 'good.md', ...as], server);
  assert.equal(early.code, 1, 'nor does who rules the machine make somebody up');
  await confirmed(server);
  const imported = await run(['release', 'import', 'good.md', 'bad.md', ...as], server);
  assert.equal(imported.code, 3);
  assert.match(imported.out, /^[0-9a-f-]{36} {2}good\.md\n2 files: 1 imported, 0 already there, 1 bad\.\n$/);
  const id = imported.out.slice(0, 36);
  assert.match(imported.err, /^bad\.md, line 1: the file does not begin with front matter[^\n]*\n$/);
  const again = await run(['release', 'import', 'good.md', ...as], server);
  const already = `${id}  good.md, already there\n1 file: 0 imported, 1 already there, 0 bad.\n`;
  assert.deepEqual(again, { code: 0, out: already, err: '' });
  const listed = await run(['release', 'list', ...as], server);
  assert.deepEqual([listed.code, listed.err], [0, '']);
  assert.match(
    listed.out,
    new RegExp(`^${id}\\t2024-06-11\\tLeashire\\t\\d+\\tLeashire Police joins week of action\\n$`),
  );
  const exported = await run(['release', 'export', id, ...as, '--reason', 'for the archive'], server);
  assert.deepEqual([exported.code, exported.out], [0, written()]);

  const seeded = await run(['seed'], server);
  assert.equal(seeded.code, 1, 'a server is live unless it says otherwise');
  assert.ok(isOneLine(seeded.err));
});

test('what goes wrong is one line on standard error, and its exit code says of what kind', async (t) => {
  const folder = folderFor(t);
  for (const [words, environment, code, says] of [
    [['--help'], {}, 0, /^$/],
    [[], {}, 2, /^Name a command/],
    [['nonsense'], {}, 2, /^There is no command/],
    [['release', 'import', '--help'], {}, 0, /^$/],
    [['migrate'], { PORT: 'x' }, 1, /^The setting PORT must be/],
    [
      ['migrate'],
      { DATABASE_URL: 'postgres://x:y@127.0.0.1:1/none' },
      1,
      /^The database none\w* at 127\.0\.0\.1:1 cannot be reached/,
    ],
  ] as const) {
    const ran = await run(words, { SAFELIGHT_DATA: folder, ...environment });
    assert.equal(ran.code, code, ran.err);
    assert.match(ran.err, says);
    assert.equal(isOneLine(ran.err), code !== 0);
    assert.equal(ran.out === '', code !== 0);
  }
});

test('a pipe or a device is refused at once, before a database is opened', async (t) => {
  const folder = folderFor(t);
  execFileSync('mkfifo', [join(folder, 'pipe.md')]);
  const as = ['--as', 'wren@example.org'];
  for (const [words, code, says] of [
    [['release', 'import', 'pipe.md', ...as], 2, /^pipe\.md: this is a pipe, a device or a socket, and not a file\.$/],
    [['release', 'import', '/dev/zero', ...as], 2, /^\/dev\/zero: this is a pipe/],
    [['policy', 'diff', 'pipe.md'], 1, /^pipe\.md cannot be read: this is not a file\.$/],
    [['policy', 'diff', '/dev/zero'], 1, /^\/dev\/zero cannot be read: this is not a file\.$/],
    [['audit', 'verify', '--held', 'pipe.md'], 2, /pipe\.md is not a file\.$/],
    [['audit', 'verify', '--checkpoint', 'pipe.md'], 2, /pipe\.md is not a file\.$/],
    [['audit', 'verify', '--key', 'pipe.md'], 2, /pipe\.md is not a file\.$/],
  ] as const) {
    const ran = await run(words, { SAFELIGHT_DATA: folder });
    assert.equal(ran.code, code, ran.err);
    assert.match(ran.err.trim(), says);
    assert.ok(isOneLine(ran.err));
    assert.deepEqual(readdirSync(folder), ['pipe.md']);
  }
});

test('a database that a running Safelight has open is left to it, with the cure in one line', async (t) => {
  const folder = folderFor(t);
  const lock = await takeDataLock(folder);
  t.after(lock.release);
  const ran = await run(['migrate'], { SAFELIGHT_DATA: folder });
  assert.equal(ran.code, 1);
  assert.ok(isOneLine(ran.err));
  assert.match(ran.err, /^Another Safelight \(process \d+\) has .+ open\. Stop it first, .* DATABASE_URL\.\n$/);
});
