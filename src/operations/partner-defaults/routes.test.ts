import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { begun } from '../../../test/fixtures/begun-visit.ts';
import { findFormBase } from '../../../test/harness/edit.ts';
import { endMember } from '../../identity/agencies/index.ts';
import { addOperation, addPartner, letIn } from '../plan/examples.ts';

const noCounts = Object.fromEntries(
  ['officers', 'nurses', 'advisers', 'interpreters', 'others'].map((what) => [`resources-${what}`, '']),
);

/** A partner with two people in an operation, and a second operation without it. */
async function withPartner(t: TestContext) {
  const world = await begun(t);
  const { db, agency, member, operation, lead, force } = world;
  const nurses = await agency('health', { name: 'Brook Nurses' });
  const partner = await addPartner(db, operation, nurses, { resources: [{ what: 'nurses', count: 2 }] });
  const [kit, nell] = [await member(nurses, ['field'], 'Kit Nurse'), await member(nurses, ['field'], 'Nell Nurse')];
  await letIn(db, operation, kit, { duty: 'gives medical care' });
  await letIn(db, operation, nell, { duty: 'talks with people' });
  const next = await addOperation(db, force, lead, { codeName: 'Beacon' });
  await letIn(db, next, lead);
  const form = `/staff/operations/${operation.id}/partners/${partner.id}/edit`;
  const keep = async () => {
    const page = await world.planner.get(form);
    const answers = {
      printedName: 'Brook Nurses',
      officialName: 'Brook Vale Trust',
      ...noCounts,
      'resources-nurses': '3',
    };
    return world.planner.post(form, { ...answers, base: findFormBase(page), usual: 'yes' });
  };
  return { ...world, nurses, partner, kit, nell, next, keep, add: `/staff/operations/${next.id}/partners/new` };
}
type World = Awaited<ReturnType<typeof withPartner>>;

const readAdded = async ({ db, next, nurses }: World) => ({
  partner: await db
    .selectFrom('partners')
    .select(['printedName', 'officialName', 'resources'])
    .where('operationId', '=', next.id)
    .where('agencyId', '=', nurses.id)
    .executeTakeFirst(),
  people: await db
    .selectFrom('operationMembers as o')
    .innerJoin('members as m', 'm.id', 'o.memberId')
    .select(['m.name', 'o.duty'])
    .where('o.operationId', '=', next.id)
    .where('m.agencyId', '=', nurses.id)
    .orderBy('m.name')
    .execute(),
});

test('a partner that was kept as the default is filled in with its people the next time', async (t) => {
  const world = await withPartner(t);
  const { planner, add, nurses, keep } = world;
  assert.doesNotMatch((await planner.get(add)).body, /Use the defaults/);
  assert.equal((await keep()).statusCode, 303);
  assert.match((await planner.get(add)).body, /name="defaults"[^>]*checked[\s\S]*There are defaults for Brook Nurses/);
  const added = await planner.post(add, {
    agencyId: nurses.id,
    printedName: '',
    officialName: '',
    ...noCounts,
    defaults: 'yes',
  });
  assert.equal(added.statusCode, 303);
  assert.deepEqual(await readAdded(world), {
    partner: {
      printedName: 'Brook Nurses',
      officialName: 'Brook Vale Trust',
      resources: [{ what: 'nurses', count: 3 }],
    },
    people: [
      { name: 'Kit Nurse', duty: 'gives medical care' },
      { name: 'Nell Nurse', duty: 'talks with people' },
    ],
  });
});

test('what was typed stands before the defaults, and nothing is filled in without the tick', async (t) => {
  const world = await withPartner(t);
  const { planner, add, nurses, keep, db, next } = world;
  await keep();
  const typed = {
    agencyId: nurses.id,
    printedName: 'Night nurses',
    ...noCounts,
    'resources-nurses': '9',
    defaults: 'yes',
  };
  await planner.post(add, typed);
  assert.deepEqual((await readAdded(world)).partner, {
    ...{ printedName: 'Night nurses', officialName: 'Brook Vale Trust' },
    resources: [{ what: 'nurses', count: 9 }],
  });
  await db.deleteFrom('operationMembers').where('operationId', '=', next.id).execute();
  await db.deleteFrom('partners').where('operationId', '=', next.id).where('agencyId', '=', nurses.id).execute();
  await planner.post(add, { agencyId: nurses.id, ...noCounts });
  const { partner, people } = await readAdded(world);
  assert.deepEqual([partner?.officialName, partner?.resources, people], ['Some health in full', [], []]);
});

test('people without an account are not added, and the list says so', async (t) => {
  const world = await withPartner(t);
  const { planner, add, nurses, keep, db, kit } = world;
  await keep();
  await endMember(db, kit.id, new Date('2026-09-09T10:00:00Z'));
  await planner.post(add, { agencyId: nurses.id, ...noCounts, defaults: 'yes' });
  assert.deepEqual((await readAdded(world)).people, [{ name: 'Nell Nurse', duty: 'talks with people' }]);
  assert.match((await planner.get('/staff/partner-defaults')).body, /Kit Nurse \(no longer has an account\)/);
});

test('keeping a default twice keeps one, the newer', async (t) => {
  const { keep, db, planner, operation, partner } = await withPartner(t);
  await Promise.all([keep(), keep()]);
  const form = `/staff/operations/${operation.id}/partners/${partner.id}/edit`;
  const page = await planner.get(form);
  const answers = { printedName: 'The nurses', officialName: 'Brook Vale Trust', ...noCounts };
  await planner.post(form, { ...answers, base: findFormBase(page), usual: 'yes' });
  const kept = await db.selectFrom('partnerDefaults').select(['printedName', 'resources']).execute();
  assert.deepEqual(kept, [{ printedName: 'The nurses', resources: [] }]);
});

test('a planner changes and removes a default on its own page', async (t) => {
  const { keep, db, planner, nell, kit } = await withPartner(t);
  assert.match((await planner.get('/staff/partner-defaults')).body, /No defaults yet/);
  await keep();
  const id = (await db.selectFrom('partnerDefaults').select('id').executeTakeFirstOrThrow()).id;
  const form = `/staff/partner-defaults/${id}`;
  assert.match((await planner.get(`${form}/edit`)).body, /Kit Nurse[\s\S]*Gives medical care/);
  const answers = {
    base: findFormBase(await planner.get(`${form}/edit`)),
    printedName: 'Nurses',
    officialName: 'Brook Vale Trust',
    ...noCounts,
    [`duty-${nell.id}`]: 'interprets',
  };
  const stranger = { ...answers, 'duty-019a0000-0000-7000-8000-000000000000': 'enters' };
  assert.equal((await planner.post(`${form}/edit`, stranger)).statusCode, 422);
  assert.equal((await planner.post(`${form}/edit`, { ...answers, [`duty-${kit.id}`]: 'rests' })).statusCode, 422);
  assert.equal((await planner.post(`${form}/edit`, answers)).statusCode, 303);
  const list = (await planner.get('/staff/partner-defaults')).body;
  assert.match(list, /Nurses[\s\S]*none recorded[\s\S]*Nell Nurse \(interprets\)/);
  assert.doesNotMatch(list, /Kit Nurse/);
  assert.equal((await planner.post(`${form}/remove`)).statusCode, 303);
  assert.equal((await planner.get(`${form}/edit`)).statusCode, 404);
});

test('of two planners who change a default at once the later sees what the earlier wrote, and chooses', async (t) => {
  const { keep, db, planner } = await withPartner(t);
  await keep();
  const { id } = await db.selectFrom('partnerDefaults').select('id').executeTakeFirstOrThrow();
  const form = `/staff/partner-defaults/${id}/edit`;
  const base = findFormBase(await planner.get(form));
  const answers = { officialName: 'Brook Vale Trust', ...noCounts, 'resources-nurses': '3', base };
  assert.equal((await planner.post(form, { ...answers, printedName: 'Name One' })).statusCode, 303);
  const later = await planner.post(form, { ...answers, printedName: 'Brook Nurses', 'resources-others': '9' });
  assert.equal(later.statusCode, 422);
  assert.match(later.body, /Somebody else changed this[\s\S]*Name One/);
  const name = async () =>
    (await db.selectFrom('partnerDefaults').select('printedName').executeTakeFirstOrThrow()).printedName;
  assert.equal(await name(), 'Name One');
  const chosen = { ...answers, printedName: 'Brook Nurses', base: findFormBase(later) };
  assert.equal((await planner.post(form, chosen)).statusCode, 303);
  assert.equal(await name(), 'Brook Nurses');
});

test('only planners of the agency that keeps the defaults see them', async (t) => {
  const { keep, db, signIn, member, nurses, force } = await withPartner(t);
  await keep();
  const id = (await db.selectFrom('partnerDefaults').select('id').executeTakeFirstOrThrow()).id;
  const theirs = await signIn(await member(nurses, ['planner']));
  assert.doesNotMatch((await theirs.get('/staff/partner-defaults')).body, /Kit Nurse/);
  assert.equal((await theirs.get(`/staff/partner-defaults/${id}/edit`)).statusCode, 404);
  const officer = await signIn(await member(force, ['field']));
  assert.equal((await officer.get('/staff/partner-defaults')).statusCode, 403);
});

test('the list asks as many queries for many defaults as for one', async (t) => {
  const { keep, db, agency, planner, countQueries, force } = await withPartner(t);
  await keep();
  const cost = async () => {
    countQueries();
    await planner.get('/staff/partner-defaults');
    return countQueries();
  };
  await cost();
  const few = await cost();
  const kept = await db.selectFrom('partnerDefaults').selectAll().executeTakeFirstOrThrow();
  for (let number = 1; number <= 20; number += 1) {
    const partner = await agency('council', { name: `Council ${number}` });
    const lists = { resources: '[]', people: JSON.stringify(kept.people) };
    await db
      .insertInto('partnerDefaults')
      .values({ ...kept, id: partner.id, agencyId: force.id, partnerAgencyId: partner.id, ...lists })
      .execute();
  }
  assert.equal(await cost(), few);
});
