import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords, openAttended } from '../../../test/fixtures/attended-reports.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { findRiskyWords } from '../mailbox/risky-words.ts';
import { openMailbox } from '../visitor.ts';
import { referralMessages } from './message-pages.ts';

async function open(t: Parameters<typeof openAttended>[0]) {
  const application = await openAttended(t);
  const reader = await application.signIn(application.readers.police);
  const at = (id: string, more = ''): string => `/staff/reports/${id}${more}`;
  const mailbox = async (told: { readonly receipt: Parameters<typeof inWords>[0] }): Promise<string> =>
    (await openMailbox(application.app, inWords(told.receipt))).page().body;
  return { application, reader, at, mailbox };
}

test('the message that is offered for a referral names no danger, and so is sent as it is', () => {
  for (const message of Object.values(referralMessages)) assert.deepEqual(findRiskyWords(message), [], message);
});

test('a report is referred to support: its reporter is told where help is, and nothing goes to the help line', async (t) => {
  const { application, reader, at, mailbox } = await open(t);
  const told = await application.told('police');
  const form = (await reader.get(at(told.id, '/refer'))).body;
  assert.match(form, /Safelight copies nothing to the support line[\s\S]*open “Get help”/);
  const risky = await reader.post(at(told.id, '/refer'), { message: 'The police sent it to the charity', base: '0' });
  assert.equal(risky.statusCode, 422);
  assert.match(risky.body, /Risks found in it/);
  const sent = await reader.post(at(told.id, '/refer'), { message: referralMessages.reporter, base: '0' });
  assert.equal(sent.statusCode, 303);
  assert.match((await reader.get(at(told.id))).body, /Closed: referred for help/);
  assert.match(await mailbox(told), /There are people who can help you/);
  assert.match((await reader.get('/staff/reports?show=referred')).body, new RegExp(told.id));
  assert.deepEqual(await application.safeguardingDb.selectFrom('reports').select('id').execute(), []);
  const again = await reader.post(at(told.id, '/refer'), { message: referralMessages.reporter, base: '1' });
  assert.match(again.body, /It is closed/);
});

test('where a professional wrote that the person agrees, they are asked to send the form to support agencies', async (t) => {
  const { application, reader, at } = await open(t);
  const nurse = await application.signIn(await application.member(await application.agency('health'), ['field']));
  const send = async (consent: string): Promise<string> => {
    const id = newTimelessId();
    const form = { kind: 'not known', what: 'A patient has burns', consent, receipt: 'words', id };
    assert.equal((await nurse.post('/staff/reports/partner-form', form)).statusCode, 200);
    return (await reader.get(at(id, '/refer'))).body;
  };
  assert.match(await send('yes'), /Ask the professional who sent it[\s\S]*Because the person agreed/);
  const without = await send('not asked');
  assert.doesNotMatch(without, /the person agreed/i);
  assert.match(without, /Tell the reporter where to find help/);
});

test('a report is closed with no action: colleagues read the reason and the reporter never does', async (t) => {
  const { application, reader, at, mailbox } = await open(t);
  const told = await application.told('police');
  await reader.post(at(told.id, '/write'), { kind: 'asked', message: 'Is it still so?', base: '0' });
  const short = await reader.post(at(told.id, '/no-action'), { reason: 'No', base: '1' });
  assert.equal(short.statusCode, 422);
  const reason = 'It is a hostel of the council, which we rang.';
  assert.equal((await reader.post(at(told.id, '/no-action'), { reason, base: '0' })).statusCode, 422, 'written since');
  assert.equal((await reader.post(at(told.id, '/no-action'), { reason, base: '1' })).statusCode, 303);
  const page = (await reader.get(at(told.id))).body;
  assert.match(page, /Closed: no further action[\s\S]*Note for colleagues[\s\S]*hostel of the council/);
  const seen = await mailbox(told);
  assert.match(seen, /Is it still so\?/);
  assert.doesNotMatch(seen, /hostel/);
  const { rows } = await application.db
    .selectFrom('reportParts')
    .select(['kind', 'sealed'])
    .where('reportId', '=', told.id)
    .where('kind', '=', 'noted')
    .execute()
    .then((all) => ({ rows: all }));
  assert.equal(rows.length, 1);
  assert.doesNotMatch(String(rows[0]?.sealed), /hostel/, 'the reason is sealed');
});

test('what may be decided is in one place, with what became of the report', async (t) => {
  const { application, reader, at } = await open(t);
  const told = await application.told('police');
  const [, decide = ''] = /id="decide"([\s\S]*?)<\/section>/.exec((await reader.get(at(told.id))).body) ?? [];
  for (const link of [`/staff/intelligence/from-report/${told.id}`, '/write', '/refer', '/no-action'])
    assert.ok(decide.includes(link), link);
  await reader.post(at(told.id, '/no-action'), { reason: 'It is a hostel of the council.', base: '0' });
  const [, closed = ''] = /id="decide"([\s\S]*?)<\/section>/.exec((await reader.get(at(told.id))).body) ?? [];
  assert.ok(closed.includes('/from-report/') && !closed.includes('/no-action'));
});

test('the queue shows one way in and one state alone, by links that keep each other', async (t) => {
  const { application, reader } = await open(t);
  const told = {
    open: await application.told('police'),
    asked: await application.told('police', { way: 'partner' }),
    closed: await application.told('police', { state: 'closed', way: 'by phone' }),
    withdrawn: await application.told('police', { state: 'withdrawn' }),
  };
  await reader.post(`/staff/reports/${told.asked.id}/write`, { kind: 'asked', message: 'Is it so?', base: '0' });
  const shown = async (query: string): Promise<string[]> => {
    const { body } = await reader.get(`/staff/reports${query}`);
    return Object.entries(told).flatMap(([name, { id }]) => (body.includes(id) ? [name] : []));
  };
  assert.deepEqual(await shown(''), ['open', 'asked', 'closed', 'withdrawn']);
  assert.deepEqual(await shown('?show=waiting'), ['open']);
  assert.deepEqual(await shown('?show=asked'), ['asked']);
  assert.deepEqual(await shown('?show=closed'), ['closed']);
  assert.deepEqual(await shown('?show=taken-back'), ['withdrawn']);
  assert.deepEqual(await shown('?show=intelligence'), []);
  assert.deepEqual(await shown('?way=by+phone'), ['closed']);
  assert.deepEqual(await shown('?way=partner&show=waiting'), []);
  assert.deepEqual(await shown('?way=invented&show=invented'), ['open', 'asked', 'closed', 'withdrawn']);
  const filtered = (await reader.get('/staff/reports?show=asked')).body;
  assert.match(filtered, /href="\/staff\/reports\?way=partner&amp;show=asked"/);
  assert.match(filtered, /aria-current="page" href="\/staff\/reports\?show=asked"/);
});
