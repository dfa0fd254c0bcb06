import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../test/fixtures/application.ts';
import { areas, openApp } from '../../test/harness/application.ts';
import { listenersByStore } from '../platform/jobs/background.ts';
import { deliverEvents } from '../platform/jobs/outbox.ts';
import { openAssets } from '../platform/rendering/assets.ts';
import { seedWeek } from './seed.ts';

test('the demonstration plays through the pages', async (t) => {
  const { config, databases, keys, db, clock } = await openApplication(t, { today: '2026-11-24' });
  const report = await seedWeek({
    config,
    databases,
    keys,
    openApp,
    assets: await openAssets(),
    today: '2026-11-24',
    password: 'not a secret here',
  });
  const arrests = await db.selectFrom('arrests').selectAll().execute();
  assert.equal(arrests.length, 4);
  assert.ok(report.operations.main);
  const { rows: against } = await sql`select p.name, m.name as member from planned_visits v
    join premises p on p.id = v.premises_id and p.immigration_entry = 'not present'
    join team_members t on t.team_id = v.team_id join members m on m.id = t.member_id
    join agencies a on a.id = m.agency_id and a.kind = 'immigration'`.execute(db);
  assert.deepEqual(against, [], 'no immigration officer is on a team for premises where they are not present');

  for (const store of ['main', 'safeguarding'] as const)
    await deliverEvents(databases, clock, listenersByStore(areas, keys, true)[store] ?? {}, store);
  const changes = await db.selectFrom('returnChanges').selectAll().execute();
  assert.deepEqual(changes, [], 'nothing that was played is told as a change of what was signed');
});
