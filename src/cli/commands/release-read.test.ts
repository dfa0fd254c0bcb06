import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { typed } from '../../../test/fixtures/terminal.ts';
import { readingSchemaFile } from '../../newsroom/imported-releases/document/index.ts';
import { written } from '../../newsroom/imported-releases/examples.ts';

const cli = join(import.meta.dirname, '../main.ts');
const model = join(import.meta.dirname, '../../newsroom/release-reading/fixtures/hertfordshire-2019-09-25.md');
const schema = readFileSync(join(import.meta.dirname, '../../../docs/exchange', readingSchemaFile), 'utf8');
const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(schema));

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-read-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The command in a process of its own. No database is there, and the addresses lead nowhere. */
async function run(words: readonly string[], folder: string) {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  const nowhere = 'postgres://x:y@127.0.0.1:1/none';
  const child = spawn(process.execPath, [cli, 'release', 'read', ...words], {
    env: { PATH, NODE_COMPILE_CACHE, SAFELIGHT_DATA: join(folder, 'data'), DATABASE_URL: nowhere, PORT: 'x' },
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code as number | null, out, err };
}

test('reads good and bad files without a database: one object a line, and each keeps to the published schema', async (t) => {
  const folder = folderFor(t);
  writeFileSync(join(folder, 'a.md'), readFileSync(model));
  const hidden = Buffer.from('---\ntitle: A\u202e B\npublish:\n  date: 31 Feb 2019\n---\nText');
  writeFileSync(join(folder, 'b.md'), hidden);
  writeFileSync(join(folder, 'c.md'), Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff]));
  writeFileSync(join(folder, 'd.md'), Buffer.alloc(1_200_000, 'x'));
  execFileSync('mkfifo', [join(folder, 'pipe.md')]);
  const ran = await run(['.', 'gone.md', '/dev/zero', '--json'], folder);
  assert.equal(ran.code, 3);
  for (const [file, why] of [
    ['c.md', 'UTF-8'],
    ['d.md', '1,200,000 bytes'],
    ['pipe.md', 'a pipe'],
    ['gone.md', 'no such file'],
    ['/dev/zero', 'a device'],
  ])
    assert.match(
      ran.err,
      new RegExp(`^${file}: not read$[^]*?^finding[^\\n]*${why}`, 'm'),
      'told apart from the objects',
    );
  assert.doesNotMatch(ran.err, /a\.md|b\.md/, 'nothing of the files that were read');
  const lines = ran.out.trimEnd().split('\n');
  const readings = lines.map((line) => JSON.parse(line));
  for (const reading of readings) assert.ok(isValid(reading), JSON.stringify(isValid.errors));
  assert.deepEqual(
    readings.map(({ file, read, bytes, findings }) => [file, read, bytes, read ? findings.length : findings[0].what]),
    [
      ['a.md', true, readFileSync(model).length, readings[0].findings.length],
      ['b.md', true, hidden.length, readings[1].findings.length],
      ['c.md', false, 5, 'the text is not UTF-8'],
      ['d.md', false, null, 'the file has 1,200,000 bytes, and at most 1,000,000 bytes are read'],
      ['pipe.md', false, null, 'this is a pipe, a device or a socket, and not a file'],
      ['gone.md', false, null, 'there is no such file'],
      ['/dev/zero', false, null, 'this is a pipe, a device or a socket, and not a file'],
    ],
  );
  const [first] = readings;
  assert.ok(
    first.claims.some(
      ({ kind, value, qualifier, place, line, sentence }: Record<string, unknown>) =>
        kind === 'arrests' &&
        value === 4 &&
        qualifier === 'exact' &&
        String(place) === 'Watford' &&
        line === 21 &&
        sentence,
    ),
  );
  assert.ok(lines[1]?.includes('A\\u202e B'), 'no hidden character reaches a terminal');
  assert.deepEqual(
    readdirSync(folder).filter((name) => name === 'data'),
    [],
    'no data folder was made',
  );
});

test('says the same in lines for people, and prints its schema', async () => {
  const done = await typed(['release', 'read', model]);
  assert.deepEqual([done.code, done.told], [0, []]);
  assert.match(done.said[0] ?? '', /hertfordshire-2019-09-25\.md: Hertfordshire Constabulary joins .*, 2019-09-25$/);
  const all = done.said.join('\n');
  assert.match(all, /^ {2}claim, line 21: Premises: 4, Bishop's Stortford/m);
  assert.match(all, /^ {2}finding, line 13: Its headline says that warrants were served/m);
  assert.doesNotMatch(all, /not said|undefined|null/);
  const printed = await typed(['release', 'read', '--schema']);
  assert.equal(`${printed.said.join('\n')}\n`, schema);
});

test('lists each figure that no claim took, with its line and sentence', async (t) => {
  const folder = folderFor(t);
  const body = 'Officers visited six business addresses.\n\nThe choir sang 47 songs that evening.';
  writeFileSync(join(folder, 'a.md'), written({ body }));
  const { written: out } = await typed(['release', 'read', 'a.md', '--json'], { folder });
  const [missed, ...more] = JSON.parse(out.toString()).unread;
  assert.match(missed.words, /^47\b/);
  assert.deepEqual([missed.value, missed.line, more.length], [47, 13, 0]);
  assert.equal(missed.sentence, 'The choir sang 47 songs that evening.');
  const { said } = await typed(['release', 'read', 'a.md'], { folder });
  assert.match(said.join('\n'), /^ {2}not read, line 13: 47[^,]*, in: The choir sang 47 songs that evening\.$/m);
});

test('a link that runs code is a finding, and a good file beside a bad one is printed all the same', async (t) => {
  const folder = folderFor(t);
  writeFileSync(
    join(folder, 'a.md'),
    written({ body: 'Officers visited six addresses. [Read more](javascript:alert(1))' }),
  );
  const ran = await run(['gone.md', 'a.md', '--json'], folder);
  assert.equal(ran.code, 3);
  assert.match(ran.err, /^gone\.md: not read$/m);
  const [bad, good] = ran.out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual([bad.file, bad.read, good.file, good.read], ['gone.md', false, 'a.md', true]);
  assert.equal(isValid(good), true, JSON.stringify(isValid.errors));
  const [found] = good.findings.filter(({ kind }: { readonly kind: string }) => kind === 'link runs code');
  assert.match(found.what, /begins with “javascript:”/);
  const alone = await run(['a.md', '--json'], folder);
  assert.deepEqual([alone.code, alone.err], [0, '']);
});
