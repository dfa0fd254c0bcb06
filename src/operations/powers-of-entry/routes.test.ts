import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { listPowersInForce } from './load.ts';

test('every member reads the catalogue, each entry with its sources and dates', async (t) => {
  const { agency, member, signIn } = await openApplication(t, { today: '2026-09-18' });
  const nurse = await signIn(await member(await agency('health'), ['field']));
  const page = await nurse.get('/staff/powers');
  assert.equal(page.statusCode, 200);
  for (const { id, sources } of listPowersInForce('2026-09-18')) {
    assert.match(page.body, new RegExp(`id="${id}"`));
    for (const { url } of sources) assert.ok(page.body.includes(url.replaceAll('&', '&amp;')), url);
  }
  assert.match(page.body, /Check before relying on/);
  assert.match(page.body, /PACE Code B \(2023\)/);
});

test('the law of another day is shown as it stood', async (t) => {
  const { signIn } = await openApplication(t);
  const planner = await signIn('operation.plan');
  const model = await planner.get('/staff/powers?on-day=18&on-month=9&on-year=2019');
  assert.match(model.body, /In force on 18 September 2019/);
  assert.match(model.body, /PACE Code B \(2013\)/);
  const old = await planner.get('/staff/powers?on-day=1&on-month=10&on-year=2012');
  assert.match(old.body, /within one month/);
  assert.doesNotMatch(old.body, /practitioner’s page|practitioner&#39;s page/);
  const wrong = await planner.get('/staff/powers?on-day=31&on-month=2&on-year=2019');
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /Enter a real date/);
  assert.match(wrong.body, /value="31"/, 'keeps what was typed');
});

test('the catalogue needs a sign-in', async (t) => {
  const { app } = await openApplication(t);
  assert.equal((await app.inject('/staff/powers')).statusCode, 303);
});
