import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { application, openApp } from '../../test/harness/application.ts';
import { openTestDatabases } from '../../test/harness/database.ts';
import { testKeys } from '../../test/harness/keys.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { Databases, openDatabase } from '../platform/database/database.ts';
import { isDemonstrationUnfinished } from '../platform/start.ts';
import { seedDemonstration } from './make-demonstration.ts';

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
