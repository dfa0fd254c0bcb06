import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { addExampleItem } from '../items/examples.ts';

const purpose = 'The car wash has a second site in your area.';
const text = 'Four men are kept at a car wash on Mill Lane.';
const conditions = 'Not to be passed on without the consent of Lea Vale Constabulary.';
const received = '/staff/intelligence/received';

async function open(t: TestContext) {
  const application = await openAttended(t);
  const { db, keys, readers } = application;
  const giver = await application.signIn(readers.police);
  const other = await application.agency('police force', { name: 'Stort Police' });
  const officer = await application.member(other, ['triage'], 'Ola Officer');
  const taker = await application.signIn(officer);
  const item = await addExampleItem(db, keys, readers.police, { text, conditions });
  const at = `/staff/intelligence/${item}`;
  const share = (more: Record<string, string> = {}) =>
    giver.post(`${at}/share`, { toAgencyId: other.id, purpose, allowed: 'yes', ...more });
  const shared = async (): Promise<string> => {
    assert.equal((await share()).statusCode, 303);
    return /\/staff\/intelligence\/received\/[0-9a-f-]{36}/.exec((await taker.get(received)).body)?.[0] ?? '';
  };
  return { application, giver, taker, other, officer, item, at, share, shared };
}

test('a shared item shows its handling conditions first, and its text when they are accepted', async (t) => {
  const { application, giver, taker, at, share, shared } = await open(t);
  assert.match((await share({ allowed: '' })).body, /Check that the handling conditions allow it/);
  assert.match((await share({ purpose: 'why not' })).body, /at least a sentence/);
  const page = await shared();
  assert.match((await share()).body, /shared with this agency already/);
  assert.match((await taker.get('/staff')).body, /Read shared intelligence/);
  assert.match((await taker.get('/staff/notifications')).body, /Another agency shared intelligence with yours/);
  const before = (await taker.get(page)).body;
  assert.match(before, /Not to be passed on without the consent/);
  assert.match(before, /second site in your area/);
  assert.doesNotMatch(before, /Four men/);
  assert.match((await giver.get(at)).body, /Stort Police[\s\S]*Not read yet/);
  assert.equal((await taker.post(`${page}/accept`, {})).statusCode, 303);
  const after = (await taker.get(page)).body;
  assert.match(after, /Four men are kept at a car wash on Mill Lane/);
  assert.match(after, /Not to be passed on without the consent/);
  assert.match(after, /2AC/);
  for (const hidden of [/Log 417/, /Tam Triage/, /I-[0-9A-Z]{3}-/])
    assert.doesNotMatch(after, hidden, 'nothing of the source');
  assert.match((await giver.get(at)).body, /Stort Police[\s\S]*Read 12:00/);
  const rows = await application.db.selectFrom('intelligenceShares').selectAll().execute();
  assert.equal(JSON.stringify(rows).includes('Mill Lane'), false, 'the copy is sealed');
  assert.ok([403, 404].includes((await taker.get(at)).statusCode), 'the item itself stays closed');
});

test('a recall takes the text away, says why, and is told to the other agency', async (t) => {
  const { application, giver, taker, at, share, shared } = await open(t);
  const page = await shared();
  await taker.post(`${page}/accept`, {});
  const [, recall = ''] = /href="([^"]+\/recall)"/.exec((await giver.get(at)).body) ?? [];
  assert.match((await giver.get(recall)).body, /It read the text on 12:00/);
  const reason = 'The first report was an invention of the reporter.';
  assert.equal((await giver.post(recall, { reason })).statusCode, 303);
  const after = (await taker.get(page)).body;
  assert.match(after, /Recalled[\s\S]*Do not use it[\s\S]*an invention of the reporter/);
  assert.doesNotMatch(after, /Four men/);
  assert.match((await taker.get('/staff/notifications')).body, /recalled intelligence that it shared/);
  assert.match((await giver.post(recall, { reason })).body, /recalled it already/);
  const rows = await application.db.selectFrom('intelligenceShares').select(['sealedContent', 'wrappedKey']).execute();
  assert.deepEqual(rows, [{ sealedContent: null, wrappedKey: null }]);
  assert.equal((await share()).statusCode, 303, 'it can be shared again');
});

test('what is disposed of is recalled', async (t) => {
  const { giver, taker, at, shared } = await open(t);
  const page = await shared();
  await taker.post(`${page}/accept`, {});
  assert.equal((await giver.post(`${at}/dispose`, { reason: 'recorded twice' })).statusCode, 303);
  const after = (await taker.get(page)).body;
  assert.match(after, /The agency disposed of it/);
  assert.doesNotMatch(after, /Four men/);
});

test('only triage of the two agencies sees it, each with its own part, and no support agency can be chosen', async (t) => {
  const { application, giver, taker, other, at, share, shared } = await open(t);
  assert.doesNotMatch((await giver.get(`${at}/share`)).body, new RegExp(application.agencies.help.id));
  assert.match((await share({ toAgencyId: application.agencies.help.id })).body, /Select an agency from the list/);
  assert.match((await share({ toAgencyId: application.agencies.police.id })).body, /Select an agency from the list/);
  const page = await shared();
  const id = page.split('/').at(-1);
  assert.equal((await giver.get(page)).statusCode, 404, 'who gave it has the item');
  for (const act of [`${page}/accept`, `/staff/intelligence/shares/${id}/recall`]) {
    const asked = act.endsWith('accept') ? giver : taker;
    assert.equal((await asked.post(act, { reason: 'It must not be used any more.' })).statusCode, 404, act);
  }
  const others = [
    await application.member(await application.agency('police force'), ['triage']),
    await application.member(other, ['planner', 'commander', 'field', 'enforcement']),
    await application.member(application.agencies.help, ['safeguarding lead', 'partner caseworker']),
  ];
  for (const member of others) {
    const visitor = await application.signIn(member);
    for (const address of [page, `/staff/intelligence/shares/${id}/recall`, `${at}/share`])
      assert.ok([403, 404].includes((await visitor.get(address)).statusCode), address);
    assert.doesNotMatch((await visitor.get(received)).body, /second site/);
  }
});
