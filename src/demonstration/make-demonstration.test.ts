import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { application, openApp } from '../../test/harness/application.ts';
import { openTestDatabases } from '../../test/harness/database.ts';
import { testKeys } from '../../test/harness/keys.ts';
import { addAgency } from '../identity/agencies/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { Databases, openDatabase } from '../platform/database/database.ts';
import {
  demonstrationPasswordFile,
  firstConnectMs,
  isDemonstrationUnfinished,
  makesDemonstration,
} from '../platform/start.ts';
import { newId } from '../vocabulary/ids.ts';
import { seedDemonstration, signInList } from './make-demonstration.ts';

const cases = [
  [
    'the embedded database',
    false,
    'Start Safelight again with npm start. It then makes the demonstration from the beginning.',
  ],
  ['a server', true, 'Empty both databases, then start Safelight again.'],
] as const;

for (const [where, onServer, remedy] of cases)
  test(`on ${where}, says why the demonstration was not made and what to do, and refuses to go on with a part of it`, async (t) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'safelight-demonstration-'));
    t.after(() => rmSync(dataFolder, { recursive: true, force: true }));
    const { addresses } = await openTestDatabases(t, application);
    const databases = new Databases(addresses, { timeoutMs: 1_500 });
    t.after(() => databases.close());
    const config = readConfig({
      SAFELIGHT_MODE: 'demonstration',
      SAFELIGHT_DATA: dataFolder,
      SAFELIGHT_LOG: 'silent',
      ...(onServer && { DATABASE_URL: addresses.main.owner }),
    });
    const lines: string[] = [];
    const opened = { config, databases, keys: testKeys, clock: systemClock, stop: async () => {} };
    const seed = () => seedDemonstration(opened, openApp, (line) => lines.push(line));

    const owner = openDatabase(addresses.main.owner ?? '');
    t.after(() => owner.destroy());
    await owner.transaction().execute(async (tx) => {
      await sql`lock table weeks in access exclusive mode`.execute(tx);
      await assert.rejects(seed(), {
        message: `The demonstration could not be made: the database stopped answering, perhaps because this machine is busy or its disk is full. ${remedy}`,
      });
    });
    assert.match(lines.join(), /^Making the demonstration week, once\./);
    await assert.rejects(seed(), {
      message: `A start ended before the demonstration in ${dataFolder} was complete. ${remedy}`,
    });
    assert.equal(isDemonstrationUnfinished(config), true);
    const other = readConfig({ SAFELIGHT_DATA: dataFolder, ...(!onServer && { DATABASE_URL: addresses.main.owner }) });
    assert.equal(
      isDemonstrationUnfinished({ ...other, mode: 'demonstration' }),
      false,
      'the other database is none of it',
    );
  });

test('a demonstration whose password is elsewhere gets no new one, which would open no account', async (t) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'safelight-demonstration-'));
  t.after(() => rmSync(dataFolder, { recursive: true, force: true }));
  const { addresses, superuser } = await openTestDatabases(t, application);
  const databases = new Databases(addresses);
  t.after(() => databases.close());
  const owner = openDatabase(superuser.main);
  t.after(() => owner.destroy());
  await addAgency(owner, {
    ...{ id: newId<'agency'>(), name: 'Lea Vale', officialName: 'Lea Vale Council', kind: 'council' },
    ...{ side: 'help', firstResponder: false },
  });
  const config = readConfig({ SAFELIGHT_MODE: 'demonstration', SAFELIGHT_DATA: dataFolder, SAFELIGHT_LOG: 'silent' });
  const opened = { config, databases, keys: testKeys, clock: systemClock, stop: async () => {} };
  assert.deepEqual(await seedDemonstration(opened, openApp), { seeded: false, password: undefined });
  assert.equal(existsSync(demonstrationPasswordFile(config)), false);
  assert.match(
    signInList(undefined),
    /^Demonstration sign-ins at \/staff\. Their password is in the file demonstration-password/,
  );
  assert.match(signInList('a-b-c'), /^Demonstration sign-ins at \/staff, all with the password a-b-c$/m);
});

test('a start that makes the demonstration waits a minute for a connection, and no other does', async (t) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'safelight-demonstration-'));
  t.after(() => rmSync(dataFolder, { recursive: true, force: true }));
  const config = readConfig({ SAFELIGHT_MODE: 'demonstration', SAFELIGHT_DATA: dataFolder });
  assert.equal(makesDemonstration(config), true);
  assert.equal(makesDemonstration({ ...config, mode: 'live' }), false);
  writeFileSync(demonstrationPasswordFile(config), 'a-b-c');
  assert.equal(makesDemonstration(config), false);
  assert.ok(firstConnectMs >= 60_000);
  // A server that says nothing: the connection is waited for as long as was said.
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  t.after(() => silent.close());
  await once(silent, 'listening');
  const { port } = silent.address() as { readonly port: number };
  const db = openDatabase(`postgres://owner:secret@127.0.0.1:${port}/safelight`, { connectMs: 200 });
  t.after(() => db.destroy());
  await assert.rejects(sql`select 1`.execute(db), /timeout/);
});
