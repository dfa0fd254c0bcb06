import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import pg from 'pg';
import { databaseDefinition } from '../src/app.ts';
import { checkCleaner, checkData, checkPrivateHost } from '../src/cli/doctor/machine.ts';
import { networkIsolation } from '../src/platform/files/isolation.ts';
import { openTestDatabases } from '../test/harness/database.ts';

type Answer = { readonly code: number; readonly said: string };

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-doctor-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function askDoctor(settings: Record<string, string>, ...given: string[]): Promise<Answer> {
  return new Promise((done) => {
    const env = { ...process.env, PORT: '0', ...settings };
    execFile(process.execPath, [join(import.meta.dirname, 'doctor.ts'), ...given], { env }, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), said: stdout + stderr }),
    );
  });
}

test('a well machine has nothing to cure, and leaves nothing behind', async (t) => {
  const folder = join(newFolder(t), 'not there yet');
  const { code, said } = await askDoctor({ SAFELIGHT_DATA: folder });
  assert.match(said, /PostgreSQL 17\.\d+ runs here: a trial database was made, asked and stopped/);
  assert.match(said, /The data folder is .*not there yet; no Safelight has it open/);
  assert.match(
    said,
    networkIsolation().by === 'nothing' ? /^! Nothing around the file cleaner/m : /^✔ .*file cleaner/m,
  );
  assert.match(said, /^✔ Disk of the data folder: \d+\.\d GB are free\.$/m);
  assert.match(said, /^! Last backup: Nobody said where backups lie\. Set SAFELIGHT_BACKUPS/m);
  assert.doesNotMatch(said, /✖/);
  assert.equal(code, 0);
});

test('says where nothing keeps the file cleaner from the network, and what to do', () => {
  const { says, cure, advice } = checkCleaner({ by: 'nothing', commandPrefix: [] });
  assert.match(says, /Nothing around the file cleaner keeps it from the network/);
  assert.match(advice ?? '', /Allow user namespaces .* or run Safelight on Node 25/);
  assert.equal(cure, undefined);
  assert.equal(checkCleaner({ by: 'namespace', commandPrefix: ['/usr/bin/unshare'] }).advice, undefined);
});

test('help is help', async () => {
  const { code, said } = await askDoctor({}, '--help');
  assert.equal(code, 0);
  assert.match(said, /Ends with 1 when something must be cured/);
  assert.doesNotMatch(said, /✔/);
});

test('a taken port and open keys are named with their cures', async (t) => {
  const folder = newFolder(t);
  const taken = createServer().listen(0, 'localhost');
  t.after(() => taken.close());
  await new Promise((up) => taken.once('listening', up));
  const { port } = taken.address() as { port: number };
  writeFileSync(join(folder, 'keys.json'), '{}');
  chmodSync(join(folder, 'keys.json'), 0o644);
  const { code, said } = await askDoctor({ SAFELIGHT_DATA: folder, PORT: String(port) });
  assert.equal(code, 1);
  assert.match(said, new RegExp(`✖ Port ${port} of localhost is taken by another program\\. Stop it, or set PORT`));
  assert.match(said, /✖ .*keys\.json can be read by others\. Close it: chmod 600/);
  assert.match(said, /To be cured: 2\.\n$/);
});

test('a wrong setting and a server out of reach are one sentence each', async (t) => {
  const wrong = await askDoctor({ PORT: '80000' });
  assert.equal(wrong.code, 1);
  assert.match(wrong.said, /✖ The setting PORT must be/);
  const away = await askDoctor({
    SAFELIGHT_DATA: newFolder(t),
    DATABASE_URL: 'postgres://owner:secret@127.0.0.1:1/safelight',
  });
  assert.equal(away.code, 1);
  assert.match(away.said, /✖ DATABASE_URL cannot be reached/);
  assert.doesNotMatch(away.said, /secret/);
});

test('on a server every process must have its own login, with no more than its own rights', async (t) => {
  const { addresses, superuser } = await openTestDatabases(t, databaseDefinition);
  const good = await askDoctor({
    SAFELIGHT_DATA: newFolder(t),
    DATABASE_URL: addresses.main.owner ?? '',
    DATABASE_URL_PUBLIC: addresses.main.public ?? '',
    DATABASE_URL_STAFF: addresses.main.staff ?? '',
  });
  assert.match(good.said, /✔ DATABASE_URL reaches PostgreSQL 1[7-9]\S* .*as safelight_owner/);
  assert.match(good.said, /✔ DATABASE_URL_PUBLIC logs in as safelight_public/);
  assert.match(good.said, /✔ Main database: The main database answers and takes changes \(PostgreSQL 17/);
  assert.match(good.said, /✔ Schema of the main database: .* are those of this version/);
  assert.equal(good.code, 0, good.said);

  assert.match(good.said, /✔ In DATABASE_URL every trigger and the row security of every table is on/);
  const client = new pg.Client({ connectionString: superuser.main });
  await client.connect();
  await client.query('alter table access_log disable trigger only_added_to').finally(() => client.end());

  const bad = await askDoctor({
    SAFELIGHT_DATA: newFolder(t),
    DATABASE_URL: addresses.main.owner ?? '',
    DATABASE_URL_PUBLIC: addresses.main.owner ?? '',
    DATABASE_URL_STAFF: superuser.main,
  });
  assert.match(bad.said, /✖ DATABASE_URL_PUBLIC logs in as safelight_owner, as DATABASE_URL does/);
  assert.match(bad.said, /✖ DATABASE_URL_STAFF logs in as \S+, which may do more than a door/);
  assert.match(bad.said, /✖ The trigger only_added_to of the table access_log is off in DATABASE_URL\. Find out/);
  assert.equal(bad.code, 1);
});

test('says where the private entrance is, and that a shared domain tells whose it is', async () => {
  const advised = (privateOrigin: string, origin: string): boolean =>
    checkPrivateHost({ privateOrigin, origin }).advice !== undefined;
  assert.match(
    checkPrivateHost({ privateOrigin: undefined, origin: 'https://named.example' }).says,
    /no host of its own/,
  );
  for (const [own, named, expected] of [
    ['https://information.example', 'https://named.example', false],
    ['https://information.named.example', 'https://named.example', true],
    ['https://named.example', 'https://safelight.named.example', true],
    ['https://information.dale.police.uk', 'https://safelight.dale.police.uk', true],
    ['https://information.org.uk', 'https://dale.org.uk', false],
  ] as const)
    assert.equal(advised(own, named), expected, own);
  const { code, said } = await askDoctor({
    SAFELIGHT_ORIGIN: 'https://named.example',
    SAFELIGHT_PRIVATE_ORIGIN: 'https://named.example',
  });
  assert.equal(code, 1);
  assert.match(said, /✖ The setting SAFELIGHT_PRIVATE_ORIGIN must have another host than SAFELIGHT_ORIGIN/);
});

test('a data folder that is read-only on purpose is no finding, and one that is needed is', async (t) => {
  const folder = newFolder(t);
  const places = ['keys', 'halves', 'files', 'log'].map((name) => join(folder, name));
  for (const place of places) mkdirSync(place);
  const [keys = '', keyHalvesFolder = '', filesFolder = '', log = ''] = places;
  const config = {
    dataFolder: folder,
    keysFile: join(keys, 'keys.json'),
    keyHalvesFolder,
    filesFolder,
    logKeysFile: join(log, 'log-keys.json'),
    ownerAddress: 'postgres://owner:secret@database/safelight',
    roleAddresses: {},
  };
  const only =
    (...writable: readonly string[]) =>
    (path: string) =>
      writable.includes(path);
  const [onPurpose] = await checkData(config, only(...places));
  assert.match(onPurpose?.says ?? '', /is read-only\. What lasts lies in places of its own/);
  assert.equal(onPurpose?.cure, undefined);
  for (const [what, given, writable] of [
    ['the files cannot be written', config, [keys, keyHalvesFolder, log]],
    ['the keys lie in the folder itself', { ...config, keysFile: join(folder, 'keys.json') }, places],
    ['the database lies in it', { ...config, ownerAddress: undefined }, places],
  ] as const) {
    const [needed] = await checkData(given, only(...writable));
    assert.match(needed?.cure ?? '', /^Give it: chown/, what);
  }
});
