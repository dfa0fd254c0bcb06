import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../test/fixtures/application.ts';
import { openApp } from '../../test/harness/application.ts';
import { countRows } from '../../test/harness/pressed-twice.ts';
import type { Db } from '../platform/database/database.ts';
import { openAssets } from '../platform/rendering/assets.ts';
import { seedWeek } from './seed.ts';

/** What somebody looked at is written down at each press; which member used a session is told now and then. */
const byPress = new Set(['access_log']);

async function rowsOf(db: Db): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`.execute(
    db,
  );
  const tables = rows.map(({ name }) => name).filter((name) => !byPress.has(name));
  return Object.fromEntries(await Promise.all(tables.map(async (name) => [name, await countRows(db, name)] as const)));
}

const changes = async (db: Db): Promise<number> => {
  const { rows } = await sql<{ many: number }>`
    select count(*)::int as many from access_log where kind not in ('consultation', 'refusal', 'disclosure')`.execute(
    db,
  );
  return rows[0]?.many ?? 0;
};

test('the demonstration makes the same records when each of its buttons is pressed five times at once', async (t) => {
  const played = await Promise.all(
    [1, 5].map(async (presses) => {
      const { config, databases, keys, db, safeguardingDb } = await openApplication(t, { today: '2026-11-24' });
      const assets = await openAssets();
      await seedWeek({
        openApp,
        config,
        databases,
        keys,
        assets,
        today: '2026-11-24',
        password: 'not a secret here',
        presses,
      });
      const stores = [db, safeguardingDb];
      return [await Promise.all(stores.map(rowsOf)), await Promise.all(stores.map(changes))];
    }),
  );
  assert.deepEqual(played[1], played[0]);
});
