import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun } from '../../../test/fixtures/begun-visit.ts';
import { addPlannedVisit, addPremises, addTeam } from '../plan/examples.ts';

async function planned(t: Parameters<typeof begun>[0]) {
  const world = await begun(t);
  const { db, operation } = world;
  const premises = await addPremises(db, operation);
  const team = await addTeam(db, operation);
  const visit = await addPlannedVisit(db, premises, team);
  const referenceOf = async () =>
    (await db.selectFrom('plannedVisits').select('jointReference').where('id', '=', visit.id).executeTakeFirstOrThrow())
      .jointReference as string | null;
  return { ...world, visit, here: `/staff/premises/${premises.id}`, referenceOf };
}

test('a planner gets a reference for the other force, keeps it, and takes it away again', async (t) => {
  const { planner, here, visit, referenceOf, auditTrail } = await planned(t);
  const form = `${here}/visits/${visit.id}/joint`;
  assert.match((await planner.get(here)).body, /Joint visit/);
  const unanswered = await planner.post(form, {});
  assert.equal(unanswered.statusCode, 422);
  const made = await planner.post(form, { how: 'new', reference: '' });
  assert.equal(made.headers.location, form);
  const reference = await referenceOf();
  assert.match(String(reference), /^JV-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
  assert.ok((await planner.get(form)).body.includes(`The reference of this visit is ${reference}`));
  assert.ok((await planner.get(here)).body.includes(`Joint visit ${reference}`));
  await planner.post(form, { how: 'new', reference: '' });
  assert.equal(await referenceOf(), reference, 'the other force has it already');
  assert.equal((await planner.post(form, { how: 'no', reference: '' })).statusCode, 303);
  assert.equal(await referenceOf(), null);
  assert.ok((await auditTrail({ looks: false })).includes('visit.joint reference set'));
});

test('a planner enters the reference of the other force as it was read out, and a wrong one is asked again', async (t) => {
  const { planner, here, visit, referenceOf, db } = await planned(t);
  const form = `${here}/visits/${visit.id}/joint`;
  const wrong = await planner.post(form, { how: 'given', reference: 'JV-ABCI-2345' });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /Enter the reference as the other force has it/);
  assert.match(wrong.body, /value="JV-ABCI-2345"/);
  const before = await db.selectFrom('outbox').selectAll().execute();
  assert.equal((await planner.post(form, { how: 'given', reference: 'jv abcd 2345' })).statusCode, 303);
  assert.equal(await referenceOf(), 'JV-ABCD-2345');
  const after = await db.selectFrom('outbox').selectAll().execute();
  assert.equal(after.length, before.length, 'no count becomes old by it');
});
