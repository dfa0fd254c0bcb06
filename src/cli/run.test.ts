import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { typed } from '../../test/fixtures/terminal.ts';
import { Problem } from '../platform/http/problem.ts';
import { commands } from './commands.ts';
import { openProgress } from './progress.ts';

test('help shows every command, its options and every exit code', async () => {
  for (const words of [['--help'], ['-h'], ['help']]) {
    const { code, said, told } = await typed(words);
    assert.equal(code, 0);
    assert.deepEqual(told, []);
    for (const { name, does } of commands) assert.ok(said[0]?.includes(`${name.padEnd(16)} ${does}`), name);
    for (const exit of ['0 ', '1 ', '2 ', '3 ', '4 ', '130'])
      assert.match(said[0] ?? '', new RegExp(`^  ${exit}`, 'm'));
  }
});

for (const { name, options } of commands) {
  test(`${name} tells what may be given to it`, async () => {
    const { code, said } = await typed([...name.split(' '), '--help']);
    assert.equal(code, 0);
    assert.ok(said[0]?.startsWith(`safelight ${name}`));
    for (const option of Object.keys(options)) assert.ok(said[0]?.includes(`--${option}`), option);
  });
}

test('a typing error is reported in one line, with where to read more', async () => {
  for (const [words, says] of [
    [[], /^Name a command: migrate, upgrade check, seed, user add/],
    [['release'], /^Name a command: release export, release import, release list and release read/],
    [['releas'], /^There is no command “releas”/],
    [['release', 'publish'], /^There is no command “release publish”/],
    [['release', 'import'], /^Name a file, a folder or a pattern/],
    [['release', 'import', 'a.md'], /^Say who imports them, with --as EMAIL/],
    [['release', 'import', '--ass', 'x'], /^Unknown option '--ass'/],
    [['release', 'import', '--as'], /--as/],
    [['release', 'list'], /^Say who asks, with --as EMAIL/],
    [['release', 'list', '--as', 'a@example.org', '--year', '24'], /^Give the year with four digits/],
    [['release', 'list', 'here', '--as', 'a@example.org'], /^Nothing is known of “here”/],
    [['release', 'read'], /^Name a file, a folder or a pattern/],
    [['release', 'read', 'a.md', '--as', 'x'], /^Unknown option '--as'/],
    [['release', 'export'], /^Give the id of one release/],
    [['release', 'export', 'a', 'b'], /^Give the id of one release/],
    [['release', 'export', 'one'], /^An id is 36 letters/],
    [['release', 'export', '01890a5d-ac96-774b-bcce-b302099a8057', '--as', 'a@example.org'], /^Say why it leaves/],
    [['migrate', 'now'], /^Nothing is known of “now”/],
    [['user', 'add', '--agency', 'X'], /^Give a --name/],
    [['user', 'add', '--agency', 'X', '--first-responder'], /belong to --new-agency/],
    [['user', 'add', '--agency', 'X', '--new-agency', 'army'], /^There is no kind of agency “army”/],
  ] as const) {
    const { code, said, told } = await typed(words);
    assert.equal(code, 2, words.join(' '));
    assert.deepEqual(said, []);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', says);
    assert.match(told[0] ?? '', /--help|\.$/);
  }
});

const word = fc.oneof(
  fc.constantFrom(...commands.flatMap(({ name }) => name.split(' '))),
  fc.constantFrom('--as', '--out', '--role', '--agency', '--name', '--title', '--email', '--new-agency', '--help'),
  fc.constantFrom('--password-stdin', '--', '-', '--no-as', '--as=', '--role=press', 'press', 'a@example.org', '../x'),
  fc.constantFrom(
    'police force',
    '00000000-0000-7000-8000-000000000000',
    '__proto__',
    'constructor',
    '\n',
    '\u001b[2J',
  ),
  // A command without a database may run: it writes nothing outside the test's own folder.
  fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('/')),
);

test('whatever is typed, the answer is an exit code and at most one line of complaint', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-typed-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 9 }), fc.string({ maxLength: 30 }), async (words, input) => {
      // What one command wrote is not there for the next to read.
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(join(folder, 'inner'), { recursive: true });
      const { code, said, told, written } = await typed(words, { input, folder: join(folder, 'inner') });
      assert.ok([0, 1, 2].includes(code), `${code}`);
      assert.equal(told.length, code === 0 ? 0 : 1);
      assert.ok(code !== 0 || said.length > 0 || written.length > 0 || words.includes('--out'));
      assert.doesNotMatch(told[0] ?? '', /[\p{Cc}\p{Cf}\u2028\u2029]|undefined|\[object/u);
      assert.doesNotMatch(told[0] ?? '', /This failed/);
    }),
    { numRuns: 3_000 },
  );
});

test('a bug is one line too, without a stack', async () => {
  const opening = (error: unknown) =>
    typed(['migrate'], {
      application: {
        get config() {
          throw error;
        },
      } as never,
    });
  const bug = await opening(new Error('first line\n   second line'));
  assert.deepEqual([bug.code, bug.told], [1, ['This failed: first line second line']]);
  const problem = await opening(new Problem('unavailable', 'x'));
  assert.match(problem.told[0] ?? '', /^The database or the access log cannot be reached/);
});

test('progress is a bar for who watches, and a line every hundred for a script', () => {
  const lines: string[] = [];
  const script = openProgress(250, { redraw: undefined, tell: (line) => lines.push(line) });
  for (let done = 50; done <= 250; done += 50) script.update(done);
  script.tell('bad.md: bad');
  script.end();
  assert.deepEqual(lines, ['100 of 250 read', '200 of 250 read', 'bad.md: bad']);

  const drawn: string[] = [];
  const person = openProgress(1_000, {
    redraw: (line) => drawn.push(line),
    tell: (line) => drawn.push(`told ${line}`),
  });
  person.update(500);
  person.tell('bad.md: bad');
  person.end();
  assert.deepEqual(drawn, [
    `[${'.'.repeat(30)}] 0 of 1,000`,
    `[${'#'.repeat(15)}${'.'.repeat(15)}] 500 of 1,000`,
    '',
    'told bad.md: bad',
    `[${'#'.repeat(15)}${'.'.repeat(15)}] 500 of 1,000`,
    '',
  ]);
});
