import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const sources = globSync('{src,test,scripts,assets}/**/*.ts', { cwd: root }).map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
}));
const ours = sources.filter(({ path }) => !path.endsWith('.test.ts') && !path.endsWith('.d.ts'));
const house = ours.filter(({ path }) => path.startsWith('src/'));
const named = (found: readonly { path: string }[]) => found.map(({ path }) => path);

test('a file stops at 400 lines', () => {
  assert.deepEqual(named(sources.filter(({ text }) => text.split('\n').length > 401)), []);
});

test('a file opens with what it is for', () => {
  assert.deepEqual(named(ours.filter(({ text }) => !text.startsWith('/**'))), []);
});

test('only the clock asks the time', () => {
  const asks = house.filter(
    ({ path, text }) => path !== 'src/platform/clock.ts' && /new Date\(\)|Date\.now\(\)/.test(text),
  );
  assert.deepEqual(named(asks), []);
});

test('nothing is printed but by the server and the command line', () => {
  const mayPrint = new Set(['src/main.ts', 'src/platform/embedded-postgres/embedded.ts']);
  assert.deepEqual(
    named(
      house.filter(({ path, text }) => !mayPrint.has(path) && !path.startsWith('src/cli/') && /\bconsole\./.test(text)),
    ),
    [],
  );
});

test('a module’s own files do not import its index', () => {
  assert.deepEqual(
    named(house.filter(({ path, text }) => !path.endsWith('/area.ts') && /from '\.\/index\.ts'/.test(text))),
    [],
  );
});

test('an index is a short list of names', () => {
  const doors = house.filter(({ path }) => /^src\/.+\/index\.ts$/.test(path));
  assert.deepEqual(
    doors.filter(({ text }) => text.split('\n').length > 51).map(({ path }) => path),
    [],
  );
});

test('nothing is left unfinished or skipped', () => {
  const words = ['TO' + 'DO', 'FIX' + 'ME', 'HA' + 'CK'];
  const left = sources.filter(
    ({ text }) =>
      words.some((word) => new RegExp(`\\b${word}\\b`).test(text)) || /\btest\.(skip|only|todo)\(/.test(text),
  );
  assert.deepEqual(named(left), []);
});

test('only stores and the platform’s database code write SQL', () => {
  const mayWrite =
    /(store|counts|session|versions|roles|migrate|schema-digest|schema-changes|current-schema|standing-guards|online-changes|lock-patience|add-once|row-guards|database|outbox|audit|access-sql|server-addresses|postmaster|embedded|doctor-databases|start|access)\.ts$|store/;
  assert.deepEqual(
    named(
      house.filter(
        ({ path, text }) =>
          !mayWrite.test(path) &&
          /\bsql`|\.selectFrom\(|\.insertInto\(|\.updateTable\(|\.deleteFrom\(/.test(text) &&
          !/(examples|testing)\.ts$|oracle|assurance/.test(path),
      ),
    ),
    [],
  );
});

/** Behind a pooler the next transaction of a connection may be somebody else's. */
test('no store leaves anything on a connection for a later transaction', () => {
  const stays =
    /\bpg_(try_)?advisory_(?!xact)\w|create temp|\b(un)?listen "?\w+"?(;|`)|\bset session\b|with hold|^\s*prepare \w+ as|set_config\([^;]*, false\)|sql`\s*set (?!local)/im;
  const statements = globSync('src/**/*.{ts,sql}', { cwd: root }).filter((path) => !path.endsWith('.test.ts'));
  assert.deepEqual(
    statements.filter((path) => stays.test(readFileSync(join(root, path), 'utf8'))).sort(),
    // The owner builds indexes, the leader holds its lock, and the log is received: all connect without a pooler.
    ['src/platform/backup/log/log-slots.ts', 'src/platform/database/online-changes.ts', 'src/platform/jobs/outbox.ts'],
  );
});
