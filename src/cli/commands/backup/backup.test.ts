import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { typed } from '../../../../test/fixtures/terminal.ts';

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-cli-backup-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const broken = 'safelight-20261128T060000Z-aaaaaa';
const unfinished = 'safelight-20261127T060000Z-bbbbbb.unfinished';

function folderWithBoth(t: TestContext): string {
  const folder = newFolder(t);
  for (const name of [broken, unfinished]) mkdirSync(join(folder, name));
  return folder;
}

test('says in one line what is missing from the command', async (t) => {
  const folder = newFolder(t);
  for (const [words, message] of [
    [['create'], /--to FOLDER/],
    [['create', '--to', 'b'], /copy of the keys with --halves FOLDER, apart from the backups/],
    [['create', '--to', 'b', '--halves', 'h'], /--recipient and an age public key/],
    [['list'], /--from FOLDER/],
    [['verify'], /Name a backup, or the folder of backups/],
    [['restore', 'b', '--to', 'r'], /--identity FILE/],
    [['restore', 'b', '--to', 'r', '--identity', 'i', '--as', 'cloud'], /embedded or server/],
    [['restore', 'b', '--to', 'r', '--identity', 'i'], /--halves FOLDER[\s\S]*--without-keys/],
    [['verify', 'nothing'], /There is no backup “nothing”/],
    [['verify', '.'], /There is no backup “\.”/],
    [['prune', '--from', '.'], /either --keep NUMBER or --days NUMBER/],
    [['prune', '--from', '.', '--keep', '0'], /not a number from 1 on/],
    [['prune', '--from', '.', '--keep', '1', '--days', '1'], /either --keep/],
  ] as const) {
    const { code, told } = await typed(['backup', ...words], { folder });
    assert.equal(code, 2, words.join(' '));
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', message);
  }
});

test('lists what is broken or unfinished, and ends with 3', async (t) => {
  const folder = folderWithBoth(t);
  const { code, said } = await typed(['backup', 'list', '--from', folder]);
  assert.equal(code, 3);
  assert.match(
    said.join('\n'),
    /aaaaaa {2}broken .*\n {2}The file manifest\.json of the backup is missing\. Use another backup/,
  );
  assert.match(said.join('\n'), /unfinished {2}unfinished .*\n {2}being taken now, or broken off/);
  assert.match(said.at(-1) ?? '', /^0 whole backups, 2 broken, failed or unfinished$/);
});

test('prune removes nothing without --yes', async (t) => {
  const folder = folderWithBoth(t);
  const rule = ['backup', 'prune', '--from', folder, '--keep', '3'];
  const { said } = await typed(rule);
  assert.match(
    said.join('\n'),
    /would remove {2}safelight-20261127[\s\S]*Nothing was removed\. Give --yes to remove 1\./,
  );
  assert.ok(existsSync(join(folder, unfinished)));
  assert.match((await typed([...rule, '--yes'])).said.join('\n'), /1 removed, 1 kept/);
  assert.ok(!existsSync(join(folder, unfinished)));
  assert.ok(existsSync(join(folder, broken)), 'the only trace of a backup stays');
});

test('verify names a broken backup, ends with 4 and writes it beside the backup', async (t) => {
  const folder = folderWithBoth(t);
  const { code, said } = await typed(['backup', 'verify', join(folder, broken)]);
  assert.equal(code, 4);
  assert.match(said[0] ?? '', /^WRONG {2}The file manifest\.json of the backup is missing\. Use another/);
  assert.match(said.at(-1) ?? '', /^NOT VERIFIED/);
  assert.ok(existsSync(join(folder, broken, 'last-drill.json')));
});

test('an identity file that others can read is refused, and never shown', async (t) => {
  const folder = folderWithBoth(t);
  const identity = await generateIdentity();
  writeFileSync(join(folder, 'identity'), identity, { mode: 0o644 });
  const words = [
    'backup',
    'restore',
    broken,
    '--from',
    folder,
    '--identity',
    join(folder, 'identity'),
    '--to',
    'r',
    '--without-keys',
  ];
  const { code, told, said } = await typed(words, { folder });
  assert.equal(code, 1);
  assert.match(told.join('\n'), /can be read by others\. Make it yours alone: chmod 600\./);
  assert.ok(![...told, ...said].join('\n').includes(identity));
});

test('takes no incremental backup of the embedded database', async (t) => {
  const folder = newFolder(t);
  const before = process.env.SAFELIGHT_DATA;
  t.after(() => {
    if (before === undefined) delete process.env.SAFELIGHT_DATA;
    else process.env.SAFELIGHT_DATA = before;
  });
  process.env.SAFELIGHT_DATA = folder;
  const recipient = await identityToRecipient(await generateIdentity());
  const words = ['backup', 'create', '--to', 'b', '--halves', 'h', '--recipient', recipient, '--incremental'];
  const { code, told } = await typed(words, { folder });
  assert.equal(code, 1);
  assert.match(told.join(), /need a PostgreSQL 17 server of your own\..*leave out --incremental\./);
});

test('takes no backup of a demonstration that is not complete', async (t) => {
  const folder = newFolder(t);
  const before = { SAFELIGHT_DATA: process.env.SAFELIGHT_DATA, SAFELIGHT_MODE: process.env.SAFELIGHT_MODE };
  t.after(() => {
    for (const [name, value] of Object.entries(before))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  });
  Object.assign(process.env, { SAFELIGHT_DATA: folder, SAFELIGHT_MODE: 'demonstration' });
  writeFileSync(join(folder, 'demonstration-unfinished'), '');
  const recipient = await identityToRecipient(await generateIdentity());
  const words = ['backup', 'create', '--to', 'b', '--halves', 'h', '--recipient', recipient];
  const { code, told } = await typed(words, { folder });
  assert.equal(code, 1);
  assert.match(told.join(), /is being made, or was broken off\. Wait until Safelight says that it is open/);
});
