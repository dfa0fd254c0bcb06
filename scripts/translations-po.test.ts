import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';

const languages = join(import.meta.dirname, '../src/public/languages');

/** A copy of the language files without reviews, and the command that reads and writes that copy. */
function openCopy(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-translators-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const name of readdirSync(languages).filter((one) => one.endsWith('.yaml')))
    writeFileSync(
      join(folder, name),
      readFileSync(join(languages, name), 'utf8').replace(/^reviews:\n(?: .*\n)*/m, ''),
    );
  const run = (...given: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'translations.ts'), '--in', folder, ...given],
      { encoding: 'utf8' },
    );
    return { status, says: stdout + stderr };
  };
  const po = join(folder, 'po');
  return { folder, po, run, polish: () => readFileSync(join(folder, 'pl.yaml'), 'utf8') };
}

const reviewer = ['--reviewed-by', 'A translator, Example Agency', '--on', '2026-11-29'] as const;

test('the command writes one file for each language or for one, and overwrites no other file', (t) => {
  const { po, run } = openCopy(t);
  const dry = run('--export', po, '--dry-run');
  assert.deepEqual([dry.status, existsSync(po)], [0, false]);
  assert.match(dry.says, /11 files would be written\. This was a dry run\./);
  assert.match(
    run('--export', po, '--language', 'pl').says,
    /Polish: .*pl\.po, \d+ sentences, 0 of them reviewed\.\n1 file written/,
  );
  assert.deepEqual(readdirSync(po), ['pl.po']);
  assert.equal(run('--export', po).status, 0, 'the same file again is no other file');
  assert.equal(readdirSync(po).length, 11);
  writeFileSync(join(po, 'pl.po'), 'edited by a translator');
  const over = run('--export', po);
  assert.equal(over.status, 1);
  assert.match(over.says, /✖ .*pl\.po is there and says something else.*\n1 refusal\. Nothing was written\./);
  assert.match(run('--export', po, '--language', 'xx').says, /✖ There is no language xx\. The languages are ar, cy, /);
});

test('the command says what would change, then changes it and counts it, and an untouched file changes nothing', (t) => {
  const { po, run, polish } = openCopy(t);
  const before = polish();
  run('--export', po, '--language', 'pl');
  const path = join(po, 'pl.po');
  assert.match(run('--import', path).says, /Polish: 0 changed, 0 added, \d+ as before\.\n.*\nNothing changed/);
  assert.equal(polish(), before);
  const given = readFileSync(path, 'utf8');
  const edited = given.replace(
    /#, fuzzy\n(msgctxt "exit\.button"\nmsgid "Exit now"\n)msgstr (?:".*"\n)+/,
    '$1msgstr "Wyjdź stąd"\n',
  );
  assert.notEqual(edited, given);
  writeFileSync(path, edited);
  const unnamed = run('--import', path);
  assert.equal(unnamed.status, 1);
  assert.match(unnamed.says, /✖ 1 sentence is no longer marked “needs work”\. Say who reviewed them/);
  const dry = run('--import', path, ...reviewer, '--dry-run');
  assert.match(dry.says, /~ exit\.button: “.+” becomes “Wyjdź stąd”\n/);
  assert.match(dry.says, /This was a dry run: nothing was written/);
  assert.equal(polish(), before);
  const done = run('--import', path, ...reviewer);
  assert.equal(done.status, 0);
  assert.match(
    done.says,
    /1 changed, 0 added, \d+ as before; 1 reviewed now by A translator, Example Agency on 2026-11-29\./,
  );
  assert.match(done.says, /\n1 of \d+ sentences are reviewed\. Pages still say .*\npl\.yaml was written/);
  const [changed, reviews] = polish().split('reviews:\n');
  assert.equal(changed, before.replace(/^ {2}button: .*$/m, '  button: Wyjdź stąd'));
  assert.match(
    reviews ?? '',
    /^ {2}- by: A translator, Example Agency\n {4}on: 2026-11-29\n {4}of:\n {6}- exit\.button \w{16}\n$/,
  );
  assert.match(run().says, /Polish \(pl\): .*; 1 of \d+ sentences reviewed by a speaker\.\n/);
});

test('the command refuses in plain words, ends with 1 and writes nothing', (t) => {
  const { po, run, polish } = openCopy(t);
  const before = polish();
  run('--export', po, '--language', 'pl');
  const path = join(po, 'pl.po');
  const given = readFileSync(path, 'utf8');
  const broken = { 'exit.button': '<b>Wyjdź</b>', 'emergency.now': 'Zadzwoń pod 999.' };
  const withOther = (text: string, [key, own]: readonly [string, string]): string =>
    text.replace(new RegExp(`(msgctxt "${key}"\\nmsgid (?:".*"\\n)+)msgstr (?:".*"\\n)+`), `$1msgstr "${own}"\n`);
  writeFileSync(path, Object.entries(broken).reduce(withOther, given));
  const wrong = run('--import', path, ...reviewer);
  assert.equal(wrong.status, 1);
  assert.match(
    wrong.says,
    /✖ emergency\.now: its placeholders .*\.\n✖ exit\.button: it holds HTML.*\.\n2 refusals\. Nothing was written\./,
  );
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['--import', join(po, 'none.po')], /There is no file .*none\.po/],
    [['--import', path, '--language', 'cy'], /says that its language is pl, not cy/],
    [['--import', path, '--export', po], /Choose --export or --import, not both/],
    [['--import', path, '--reviewed-by', 'A translator'], /Say on which day it was reviewed/],
    [['--import', path, '--on', '2026-11-29'], /Say who reviewed it/],
    [['--import', path, '--reviewed-by', 'A', '--on', '29 November'], /Say on which day it was reviewed/],
    [['--import', path, '--reviewed-by', 'A', '--on', '2099-01-01'], /2099-01-01 is in the future/],
    [['--import', path, '--reviewed-by', '<i>A</i>', '--on', '2026-11-29'], /--reviewed-by: it holds HTML/],
    [['--import', path, '--reviewed-by', 'A'.repeat(121), '--on', '2026-11-29'], /--reviewed-by is too long/],
  ];
  for (const [given, says] of cases) {
    const { status, says: said } = run(...given);
    assert.equal(status, 1, said);
    assert.match(said, says);
    assert.match(said, /1 refusal\. Nothing was written\./);
  }
  assert.equal(polish(), before);
  assert.match(run('--help').says, /--export FOLDER[\s\S]*--import FILE[\s\S]*--dry-run/);
});
