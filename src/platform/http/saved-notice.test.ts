import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { findFormToken } from '../../../test/harness/browsing.ts';
import { savedCookie } from './saved-notice.ts';

const week = {
  name: 'Operation Wayfarer',
  lead: 'Austria',
  focus: ['labour exploitation'],
  'starts-day': '14',
  'starts-month': '9',
  'starts-year': '2026',
  'ends-day': '20',
  'ends-month': '9',
  'ends-year': '2026',
  countries: 'Austria',
  note: '',
};
const notice = /role="status">Saved\.</;
const leadsTo = ({ headers }: { readonly headers: { readonly location?: unknown } }) => String(headers.location);

test('the page after a saved form says “Saved” once', async (t) => {
  const { signIn } = await openApplication(t);
  const planner = await signIn('week.plan');
  assert.doesNotMatch((await planner.get('/staff/weeks')).body, notice);
  const page = leadsTo(await planner.post('/staff/weeks/new', week));
  assert.match((await planner.get(page)).body, notice);
  assert.doesNotMatch((await planner.get(page)).body, notice);
});

test('a second press of the same button also ends with “Saved”', async (t) => {
  const { signIn } = await openApplication(t);
  const planner = await signIn('week.plan');
  const form = { ...week, _csrf: findFormToken(await planner.get('/staff/weeks/new')) };
  await planner.post('/staff/weeks/new', form);
  await planner.get('/staff/weeks');
  const again = await planner.post('/staff/weeks/new', form);
  assert.equal(again.statusCode, 303);
  assert.match((await planner.get(leadsTo(again))).body, notice);
});

test('a form that is shown again because of an error does not say “Saved”, nor does signing out', async (t) => {
  const { signIn } = await openApplication(t);
  const planner = await signIn('week.plan');
  const wrong = await planner.post('/staff/weeks/new', { ...week, name: '' });
  assert.equal(wrong.statusCode, 422);
  assert.doesNotMatch(wrong.body, notice);
  assert.doesNotMatch((await planner.get('/staff/weeks')).body, notice);
  const out = await planner.post('/staff/sign-out');
  assert.ok(out.cookies.every(({ name, value }) => name !== savedCookie || value === ''));
});
