import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idIn } from '../../../test/fixtures/begun-visit.ts';
import { lastYear } from '../../../test/fixtures/last-year.ts';
import { letIn } from '../plan/examples.ts';

/** Beacon of this year, copied from Lantern, which had one of the premises. */
async function copied(t: Parameters<typeof lastYear>[0]) {
  const world = await lastYear(t);
  const { planner, lantern, next, db, signIn, people } = world;
  const answers = { weekId: next.id, codeName: 'Beacon', unit: '', area: '', copyOf: lantern.id, copied: 'partners' };
  const made = await planner.post('/staff/operations/new', answers);
  const id = idIn(made.headers.location) as typeof lantern.id;
  const earlier = await db
    .selectFrom('premises')
    .selectAll()
    .where('operationId', '=', lantern.id)
    .executeTakeFirstOrThrow();
  const form = `/staff/operations/${id}/premises/copy`;
  const listNew = () => db.selectFrom('premises').selectAll().where('operationId', '=', id).execute();
  return { ...world, id, earlier, form, listNew, planner: await signIn(people.asha) };
}

test('premises are copied one by one, with a reason of today and without what belongs to their day', async (t) => {
  const { planner, id, earlier, form, listNew, auditTrail } = await copied(t);
  assert.match((await planner.get(`/staff/operations/${id}/premises`)).body, /Copy earlier premises/);
  const page = (await planner.get(form)).body;
  assert.match(page, /Blue Door[\s\S]*14 Mill Lane/);
  assert.doesNotMatch(page, /name="premises"[^>]*checked/);
  assert.match((await planner.post(form, { reason: 'New reports' })).body, /Select at least one/);
  assert.match((await planner.post(form, { premises: earlier.id })).body, /Enter why you visit them now/);
  assert.equal((await planner.post(form, { premises: earlier.id, reason: 'New reports' })).statusCode, 303);
  const [copy, ...others] = await listNew();
  assert.deepEqual(others, []);
  const { name, address, reason, priority, dwelling, risks, immigrationEntry, referrerId } = copy ?? {};
  assert.deepEqual(
    [name, address, reason, priority, dwelling, risks, immigrationEntry, referrerId],
    ['Blue Door', '14 Mill Lane', 'New reports', 'medium', 'not known', null, null, null],
  );
  assert.ok((await auditTrail()).includes('premises.copied'));
  assert.match((await planner.get(form)).body, /There are no premises to copy/);
});

test('a button that is pressed twice copies each of the premises once', async (t) => {
  const { planner, earlier, form, listNew } = await copied(t);
  const answers = { premises: earlier.id, reason: 'New reports' };
  await Promise.all([planner.post(form, answers), planner.post(form, answers)]);
  assert.equal((await listNew()).length, 1);
});

test('a planner who took no part in the earlier operation copies none of its premises', async (t) => {
  const { db, force, member, signIn, id, lantern, earlier, form, listNew } = await copied(t);
  const other = await member(force, ['planner'], 'Bea Planner');
  assert.equal((await (await signIn(other)).get(form)).statusCode, 404);
  await letIn(db, { ...lantern, id }, other);
  const bea = await signIn(other);
  const page = (await bea.get(form)).body;
  assert.match(page, /There are no premises to copy/);
  assert.doesNotMatch(page, /Blue Door/);
  assert.equal((await bea.post(form, { premises: earlier.id, reason: 'New reports' })).statusCode, 422);
  assert.deepEqual(await listNew(), []);
});
