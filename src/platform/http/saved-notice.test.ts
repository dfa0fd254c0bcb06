import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { findFormToken } from '../../../test/harness/browsing.ts';
import { doneThings, isSavedThing, savedSentence, savedThings } from '../../vocabulary/saved-things.ts';
import { savedCookie } from './saved-notice.ts';
import { sessionCookie } from './sites.ts';

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
const notice = /role="status">Week saved\.</;
const anyNotice = /role="status">[^<]*aved\./;
const leadsTo = ({ headers }: { readonly headers: { readonly location?: unknown } }) => String(headers.location);

test('the page after a form says once what was saved', async (t) => {
  const { signIn } = await openApplication(t);
  const planner = await signIn('week.plan');
  assert.doesNotMatch((await planner.get('/staff/weeks')).body, notice);
  const page = leadsTo(await planner.post('/staff/weeks/new', week));
  assert.match((await planner.get(page)).body, notice);
  assert.doesNotMatch((await planner.get(page)).body, notice);
});

test('a step that is more than a save says what was done', () => {
  assert.equal(savedSentence('Week'), 'Week saved.');
  assert.match(savedSentence('Release submitted'), /^The release was submitted for approval\./);
  for (const thing of [...savedThings, ...Object.keys(doneThings)]) assert.ok(isSavedThing(thing), thing);
  for (const thing of ['toString', 'constructor', '']) assert.ok(!isSavedThing(thing), thing);
});

test('a second press of the same button also ends with what was saved', async (t) => {
  const { signIn } = await openApplication(t);
  const planner = await signIn('week.plan');
  const form = { ...week, _csrf: findFormToken(await planner.get('/staff/weeks/new')) };
  await planner.post('/staff/weeks/new', form);
  await planner.get('/staff/weeks');
  const again = await planner.post('/staff/weeks/new', form);
  assert.equal(again.statusCode, 303);
  assert.match((await planner.get(leadsTo(again))).body, notice);
});

test('a form that is shown again because of an error does not say that it was saved, nor does signing out', async (t) => {
  const { signIn } = await openApplication(t);
  const planner = await signIn('week.plan');
  const wrong = await planner.post('/staff/weeks/new', { ...week, name: '' });
  assert.equal(wrong.statusCode, 422);
  assert.doesNotMatch(wrong.body, anyNotice);
  assert.doesNotMatch((await planner.get('/staff/weeks')).body, anyNotice);
  const out = await planner.post('/staff/sign-out');
  assert.ok(out.cookies.every(({ name, value }) => name !== savedCookie || value === ''));
});

test('says “Saved” where the form does not say what, and takes no words from a cookie that are not ours', async (t) => {
  const { app, signIn } = await openApplication(t);
  const planner = await signIn('week.plan');
  const after = async (said: string) => {
    const cookie = `${sessionCookie}=${planner.token}; ${savedCookie}=${encodeURIComponent(said)}`;
    return (await app.inject({ url: '/staff/weeks', headers: { cookie } })).body;
  };
  assert.match(await after('yes'), /role="status">Saved\.</);
  assert.match(await after('Week'), notice);
  for (const said of ['Your password was', 'week', '', '<b>', 'constructor'])
    assert.doesNotMatch(await after(said), anyNotice, said);
});
