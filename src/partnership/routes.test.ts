import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from '../testing/house.ts';
import { newId } from '../vocabulary/ids.ts';

test('an administrator adds and ends accounts of her own agency alone', async (t) => {
  const { agency, member, signIn, db } = await openHouse(t);
  const [ours, theirs] = [await agency('council', { name: 'Ours' }), await agency('health', { name: 'Theirs' })];
  const stranger = await member(theirs, ['field'], 'Hidden Stranger');
  const admin = await signIn('account.read', ours);
  const person = {
    name: 'Sam New',
    title: 'Nurse',
    email: 'sam@example.org',
    password: 'long enough to pass',
    roles: ['field', 'safeguarding lead'],
  };

  assert.equal((await admin.post('/staff/accounts/new', person)).statusCode, 303);
  const twice = await admin.post('/staff/accounts/new', person);
  assert.equal(twice.statusCode, 422);
  assert.match(twice.body, /already signs in/);
  const list = await admin.get('/staff/accounts');
  assert.match(list.body, /Sam New/);
  assert.doesNotMatch(list.body, /Hidden Stranger/);

  const added = await db.selectFrom('members').select('id').where('name', '=', 'Sam New').executeTakeFirstOrThrow();
  const hidden = await admin.post(`/staff/accounts/${stranger.id}/end`);
  const nobody = await admin.post(`/staff/accounts/${newId()}/end`);
  const nonsense = await admin.post('/staff/accounts/17/end');
  assert.deepEqual(
    [hidden, nobody, nonsense].map(({ statusCode }) => statusCode),
    [404, 404, 404],
  );
  const shown = ({ body }: { body: string }) => body.replaceAll(/value="[\w-]+"/g, '');
  assert.equal(shown(hidden), shown(nobody), 'hidden and absent are told alike');
  assert.equal((await admin.post(`/staff/accounts/${added.id}/end`)).statusCode, 303);
  assert.match((await admin.get('/staff/accounts')).body, /ended/);
});

test('police hold no safeguarding role', async (t) => {
  const { agency, signIn } = await openHouse(t);
  const admin = await signIn('account.read', await agency('police force'));
  const refused = await admin.post('/staff/accounts/new', {
    name: 'Sam New',
    title: 'Officer',
    email: 'sam@example.org',
    password: 'long enough to pass',
    roles: ['safeguarding lead'],
  });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /cannot hold a safeguarding role/);
});

test('an administrator adds an agency of any side, once, and a planner finds it among the partners to choose from', async (t) => {
  const { agency, member, signIn, db, auditTrail } = await openHouse(t);
  const force = await agency('police force');
  const administrator = await signIn(await member(force, ['administrator']));
  const charity = {
    name: 'Harbour Light',
    officialName: 'Harbour Light Trust',
    kind: 'voluntary',
    firstResponder: 'yes',
  };
  const address = '/staff/accounts/agencies/new';
  assert.match((await administrator.get('/staff/accounts')).body, new RegExp(`href="${address}"`));
  const bad = await administrator.post(address, { ...charity, kind: '', firstResponder: '' });
  assert.equal(bad.statusCode, 422);
  assert.match(bad.body, /Select the kind of agency/);
  assert.match(bad.body, /value="Harbour Light"/);
  assert.equal((await administrator.post(address, charity)).statusCode, 303);
  assert.match((await administrator.get('/staff/accounts')).body, /Harbour Light Trust/);
  const twice = await administrator.post(address, { ...charity, name: 'harbour light' });
  assert.match(twice.body, /An agency of that name is in the partnership already/);
  const kept = await db.selectFrom('agencies').selectAll().where('name', '=', 'Harbour Light').execute();
  assert.deepEqual(
    kept.map(({ side, firstResponder }) => [side, firstResponder]),
    [['help', true]],
  );
  assert.deepEqual(await auditTrail(), ['agency.added']);
  const planner = await signIn(await member(force, ['planner']));
  assert.equal((await planner.get(address)).statusCode, 403);
});
