import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { addOperation, letIn } from '../../operations/plan/examples.ts';
import { addExampleEntity } from '../entities/examples.ts';
import { addExampleItem } from '../items/examples.ts';

const place = {
  business: 'massage or beauty',
  name: 'Nail bar',
  address: '3 Meadow Road',
  town: 'Watford',
  postcode: 'WD17 9QQ',
  dwelling: 'not known',
  priority: 'high',
  reason: 'Women do not leave the back room after closing time.',
};

async function open(t: TestContext) {
  const application = await openAttended(t);
  const { db, keys, readers } = application;
  const triage = await application.signIn(readers.police);
  const planning = await application.member(application.agencies.police, ['planner']);
  const operation = await addOperation(db, application.agencies.police, planning, { codeName: 'Lantern' });
  await letIn(db, operation, planning);
  const planner = await application.signIn(planning);
  const item = await addExampleItem(db, keys, readers.police, { text: 'Women sleep in a nail bar on Meadow Road.' });
  const entity = await addExampleEntity(db, keys, readers.police, item, {
    kind: 'premises',
    address: '3 Meadow Road, Watford',
    postcode: 'WD17 9QQ',
  });
  const propose = async () => {
    const answer = await triage.post(`/staff/intelligence/named/${entity}/propose`, {
      ...{ address: '3 Meadow Road, Watford', postcode: 'WD17 9QQ', text: 'Women sleep in the back room.' },
      ...{ powers: 'PACE section 8', risks: 'A dog in the yard' },
    });
    assert.equal(answer.statusCode, 303, answer.body);
    return String(answer.headers.location).split('?')[0] as string;
  };
  return { application, triage, planner, operation, item, entity, propose };
}

test('premises become a proposal, an operation and a result that returns to the intelligence', async (t) => {
  const { application, triage, planner, operation, item, entity, propose } = await open(t);
  const form = (await triage.get(`/staff/intelligence/named/${entity}/propose`)).body;
  assert.match(form, /2AC, 1 to 14 September 2026: Women sleep in a nail bar on Meadow Road/);
  assert.match(form, /handling conditions go with it: Not to be passed on/);
  const at = await propose();
  const [row] = await application.db.selectFrom('intelligenceProposals').selectAll().execute();
  assert.equal(JSON.stringify(row).includes('Meadow'), false, 'the case is sealed');

  assert.match((await planner.get('/staff')).body, /Decide a proposal from intelligence/);
  const shown = (await planner.get(at)).body;
  assert.match(shown, /Women sleep in the back room/);
  assert.match(shown, /Not to be passed on without the consent of Lea Vale Constabulary/);
  assert.doesNotMatch(shown, /Open the intelligence/);
  for (const closed of [`/staff/intelligence/named/${entity}`, `/staff/intelligence/${item}`])
    assert.ok([403, 404].includes((await planner.get(closed)).statusCode), 'a planner does not see the items');

  assert.match((await planner.get(`${at}/accept`)).body, /value="3 Meadow Road, Watford"/);
  assert.match((await planner.post(`${at}/accept`, place)).body, /Select the operation/);
  const taken = await planner.post(`${at}/accept`, { ...place, operationId: operation.id });
  assert.equal(taken.statusCode, 303, taken.body);
  const again = await planner.post(`${at}/accept`, { ...place, operationId: operation.id });
  assert.match(again.body, /A colleague has decided about this proposal/);
  const [premises, ...more] = await application.db.selectFrom('premises').selectAll().execute();
  assert.deepEqual([premises?.town, premises?.risks, more.length], ['Watford', 'A dog in the yard', 0]);
  assert.equal((await planner.get(`/staff/premises/${premises?.id}`)).statusCode, 200);

  assert.match((await planner.post(`${at}/result`, {})).body, /Select what the visit found/);
  assert.equal((await planner.post(`${at}/result`, { result: 'confirmed' })).statusCode, 303);
  assert.match((await triage.get(`/staff/intelligence/named/${entity}`)).body, /Accepted\. The visit: confirmed/);
});

test('a proposal is declined for a reason that triage reads, and goes with its intelligence', async (t) => {
  const { application, triage, planner, item, propose } = await open(t);
  const at = await propose();
  assert.match((await planner.post(`${at}/result`, { result: 'wrong' })).body, /was not accepted/);
  assert.match((await planner.post(`${at}/decline`, { reason: 'no' })).body, /at least a sentence/);
  const reason = 'The council visits these premises in the same week.';
  assert.equal((await planner.post(`${at}/decline`, { reason })).statusCode, 303);
  assert.match((await triage.get(at)).body, /The council visits these premises/);
  assert.equal(
    (await triage.post(`/staff/intelligence/${item}/dispose`, { reason: 'recorded twice' })).statusCode,
    303,
  );
  assert.deepEqual(await application.db.selectFrom('intelligenceProposals').selectAll().execute(), []);
  assert.equal((await planner.get(at)).statusCode, 404);
});

test('only planners of the agency decide, and only into an operation that they take part in', async (t) => {
  const { application, triage, propose } = await open(t);
  const at = await propose();
  assert.ok(
    [403, 404].includes((await triage.post(`${at}/decline`, { reason: 'We have other work to do now.' })).statusCode),
  );
  const elsewhere = await application.member(await application.agency('police force'), ['planner', 'triage']);
  const others = [
    elsewhere,
    await application.member(application.agencies.police, ['field', 'enforcement', 'commander']),
    await application.member(application.agencies.help, ['safeguarding lead', 'partner caseworker']),
  ];
  for (const member of others) {
    const visitor = await application.signIn(member);
    for (const address of [at, `${at}/accept`, `${at}/decline`, `${at}/result`])
      assert.ok([403, 404].includes((await visitor.get(address)).statusCode), address);
    assert.doesNotMatch((await visitor.get('/staff/intelligence/proposals')).body, /Meadow/);
  }
  const theirs = await addOperation(application.db, await application.agency('council'), elsewhere, {
    codeName: 'Other',
  });
  const colleague = await application.signIn(await application.member(application.agencies.police, ['planner']));
  const answer = await colleague.post(`${at}/accept`, { ...place, operationId: theirs.id });
  assert.match(answer.body, /Select an operation that you plan/);
});
