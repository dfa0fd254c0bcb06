import assert from 'node:assert/strict';
import { test } from 'node:test';
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

  for (const store of ['main', 'safeguarding'] as const)
    await deliverEvents(databases, clock, listenersByStore(areas, keys, true)[store] ?? {}, store);
  const changes = await db.selectFrom('returnChanges').selectAll().execute();
  assert.deepEqual(changes, [], 'nothing that was played is told as a change of what was signed');
});
