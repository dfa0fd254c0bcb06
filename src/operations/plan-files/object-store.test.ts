import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exifOf, plainJpeg, withParts } from '../../../test/fixtures/files.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { reads } from '../../../test/harness/browsing.ts';
import { openObjectServer } from '../../../test/harness/object-server.ts';
import { FilesUnavailable } from '../../platform/files/index.ts';
import { sweepGroup } from '../../platform/files/stored-copies.ts';
import { runChore } from '../../platform/jobs/outbox.ts';
import { hourMs } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { filterKeptFiles } from './store.ts';

const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

test('a photo is kept sealed in a bucket, read, and gone when it is removed; while the store is away pages say so and lose nothing', async (t) => {
  const server = await openObjectServer(t);
  const { store } = server;
  const { app, signIn, planner, premises, db, databases, clock, filesPlace, agency, member } = await aTeam(t, {
    environment: server.environment,
  });
  const plans = await signIn(planner);
  const add = `/staff/premises/${premises.id}/files/new`;
  const content = withParts(
    await plainJpeg(),
    exifOf({ make: 'Inventaphone', place: [51.9, 0.2], at: '2026:09:17 22:14:03' }),
  );
  const said = { title: 'Ground floor', kind: 'site plan' };
  const [first, second] = [newTimelessId(), newTimelessId()];
  for (const id of [first, second]) {
    const added = await plans.upload(add, { ...said, id }, { name: 'IMG_0417.jpg', content });
    assert.equal(added.statusCode, 303, plain(added.body));
  }
  assert.deepEqual([...new Set([...store.objects.keys()].map((name) => name.replace(/[^/]+$/, '')))], ['unit/plans/']);
  assert.equal(store.objects.size, 2, 'as it came it is gone');
  for (const { bytes } of store.objects.values())
    for (const part of ['Inventaphone', 'JFIF', 'Ground']) assert.ok(!bytes.includes(part), part);
  const copy = await plans.get(`/staff/plan-files/${first}/copy?part=1`);
  assert.equal(copy.headers['content-type'], 'image/jpeg');
  assert.ok(copy.rawPayload.length > 500);

  await server.stop();
  const away = await plans.get(`/staff/plan-files/${first}/copy?part=1`);
  assert.equal(away.statusCode, 503);
  assert.match(plain(away.body), /not available|cannot|try again/i);
  const refused = await plans.upload(add, { ...said, id: newTimelessId() }, { name: 'b.jpg', content });
  assert.equal(refused.statusCode, 422);
  assert.match(plain(refused.body), /not kept: .*the store of files does not answer/);
  assert.match(refused.body, /value="Ground floor"/, 'what was typed is kept');
  await reads(plans, `/staff/plan-files/${first}`, /Ground floor/);
  const administrator = await signIn(await member(await agency(), ['administrator']));
  assert.match(
    plain((await administrator.get('/staff/system-health')).body),
    /Store of files .*No answer.*SAFELIGHT_FILES_ENDPOINT/,
  );
  const removed = await plans.post(`/staff/plan-files/${second}/remove`, {});
  assert.equal(removed.statusCode, 303);
  assert.equal(store.objects.size, 2);
  clock.move(new Date(clock.now().getTime() + 24 * hourMs));
  const sweep = { name: 'sweep', everySeconds: 1, run: sweepGroup(filesPlace, 'plans', filterKeptFiles) };
  await assert.rejects(runChore(databases, clock, sweep), FilesUnavailable, 'a sweep that cannot look says so');

  await server.start();
  assert.equal((await app.inject('/readyz')).statusCode, 200);
  await reads(await signIn(administrator.member), '/staff/system-health', /Store of files .*It answers/);
  await reads(await signIn(planner), `/staff/plan-files/${first}`, /Ground floor/);
  store.objects.forEach(({ bytes }, name) => {
    store.objects.set(name, { bytes, at: new Date(clock.now().getTime() - 24 * hourMs) });
  });
  await runChore(databases, clock, sweep);
  assert.equal(store.objects.size, 1, 'what was removed while it was away is gone');
  assert.deepEqual(
    (await db.selectFrom('planFiles').select('id').execute()).map(({ id }) => id),
    [first],
  );
});
