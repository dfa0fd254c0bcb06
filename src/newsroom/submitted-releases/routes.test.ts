import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Visitor } from '../../../test/fixtures/application.ts';
import {
  change,
  draft,
  formOf,
  idOf,
  type Newsroom,
  openNewsroom,
  revisionOf,
} from '../../../test/fixtures/releases.ts';
import { deliverEvents } from '../../platform/jobs/outbox.ts';
import { announcementListeners } from '../../platform/notifications/announce.ts';
import { newId } from '../../vocabulary/ids.ts';
import { written } from '../imported-releases/examples.ts';
import { getRelease } from '../releases/store.ts';

/** A newsroom with two safeguarding leads: of an agency that takes part, and of one that does not. */
async function openWithLeads(t: TestContext) {
  const room = await openNewsroom(t);
  const partner = { agencyId: room.council.id, kind: 'council', ownUnit: false, printedName: 'Council' } as const;
  const names = { officialName: 'Council', operationId: room.signed.operationId };
  await room.db
    .insertInto('partners')
    .values({ id: newId(), leads: false, ...partner, ...names } as never)
    .execute();
  const lead = await room.signIn(await room.member(room.council, ['safeguarding lead'], 'Lee Lead'));
  const elsewhere = await room.agency('voluntary', { name: 'Farmoor Shelter' });
  const far = await room.signIn(await room.member(elsewhere, ['safeguarding lead'], 'Fay Far'));
  return { ...room, lead, far };
}

const deliver = async ({ databases, clock }: Newsroom): Promise<void> => {
  while ((await deliverEvents(databases, clock, announcementListeners.main, 'main')) > 0);
};
const list = '/staff/submitted-releases';
const pageOf = (address: string): string => `${list}/${idOf(address)}`;
const act = async (room: Newsroom, who: Visitor, address: string, name: 'submit' | 'approve' | 'publish') =>
  who.post(`${address}/${name}`, { revision: await revisionOf(room, address) });
const stop = async (room: Newsroom, who: Visitor, address: string, reason: string) =>
  who.post(pageOf(address), { revision: await revisionOf(room, address), reason });
const stateOf = async ({ db }: Newsroom, address: string) => (await getRelease(db, idOf(address))).state;

test('a lead of an agency that takes part reads a submitted release, and no draft', async (t) => {
  const room = await openWithLeads(t);
  const { writer, lead, far, signed } = room;
  const address = await draft(writer, signed.id);
  assert.equal((await lead.get(pageOf(address))).statusCode, 404);
  assert.match((await lead.get(list)).body, /No release waits now/);
  assert.equal((await act(room, writer, address, 'submit')).statusCode, 303);
  const { body } = await lead.get(pageOf(address));
  assert.match(body, /Eight business addresses/);
  assert.match(body, /Table of figures under the release[\s\S]*Premises at which a team arrived/);
  assert.match((await lead.get(list)).body, /Eight business addresses[\s\S]*Not stopped/);
  assert.equal((await far.get(pageOf(address))).statusCode, 404);
  assert.equal((await lead.get(address)).statusCode, 403, 'the page of press stays closed');
  assert.equal((await writer.get(pageOf(address))).statusCode, 403, 'and the page of leads to press');
  assert.equal((await writer.get(list)).statusCode, 403);
});

test('a stopped text is not approved, and its reason is above the pages of writer and approver', async (t) => {
  const room = await openWithLeads(t);
  const { writer, partner, lead, signed } = room;
  const address = await draft(writer, signed.id);
  await act(room, writer, address, 'submit');
  const none = await lead.post(pageOf(address), { revision: 1 });
  assert.equal(none.statusCode, 422);
  assert.match(none.body, /Select why this text must not be published/);
  assert.equal((await stop(room, lead, address, 'recognised')).statusCode, 303);
  const reason = /stopped this text[\s\S]*A person could be recognised\. Officer Lee Lead, Lea Vale County Council/;
  assert.match((await writer.get(address)).body, reason);
  const approval = (await partner.get(`${address}/approve`)).body;
  assert.match(approval, reason);
  assert.match(approval, /Send this release back/);
  assert.doesNotMatch(approval, /<button[^>]*>\s*Approve/);
  assert.match((await writer.get('/staff/newsroom')).body, /Stopped by a safeguarding lead/);
  const refused = await act(room, partner, address, 'approve');
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /A safeguarding lead stopped this text/);
  assert.equal(await stateOf(room, address), 'submitted');
});

test('an approved text that was stopped is not published until it was changed and approved again', async (t) => {
  const room = await openWithLeads(t);
  const { writer, partner, lead, signed } = room;
  const address = await draft(writer, signed.id);
  await act(room, writer, address, 'submit');
  await act(room, partner, address, 'approve');
  assert.equal((await stop(room, lead, address, 'danger')).statusCode, 303);
  assert.equal((await act(room, writer, address, 'publish')).statusCode, 422);
  assert.doesNotMatch((await writer.get(address)).body, />Publish</);
  assert.equal((await writer.post(`${address}/send-back`, { revision: 1, note: 'Stopped' })).statusCode, 303);
  assert.equal((await act(room, writer, address, 'submit')).statusCode, 422, 'the same text again');
  await change(writer, address, { title: 'Week of action in Hertfordshire' });
  assert.equal((await act(room, writer, address, 'submit')).statusCode, 303);
  assert.match((await lead.get(pageOf(address))).body, /An earlier text was stopped[\s\S]*in danger/);
  const { body } = await partner.get(`${address}/approve`);
  assert.match(body, /stopped an earlier text[\s\S]*in danger/);
  assert.match(body, /Changes since the stopped text, revision 1[\s\S]*<ins>Title: Week of action in Hertfordshire/);
  const blind = await act(room, partner, address, 'approve');
  assert.equal(blind.statusCode, 422);
  assert.match(blind.body, /id="safe-error"[\s\S]*Confirm that the changes take the danger away/);
  const revision = await revisionOf(room, address);
  assert.equal((await partner.post(`${address}/approve`, { revision, safe: 'yes' })).statusCode, 303);
  assert.match(
    (await writer.get(address)).body,
    /The changes take away the danger for which an earlier text was stopped/,
  );
  assert.equal((await act(room, writer, address, 'publish')).statusCode, 303);
  assert.match((await lead.get(pageOf(address))).body, /Everybody can read it now/);
});

test('a stop of another text than the one that was read does nothing', async (t) => {
  const room = await openWithLeads(t);
  const { writer, lead, signed, db } = room;
  const address = await draft(writer, signed.id);
  await act(room, writer, address, 'submit');
  const answer = await lead.post(pageOf(address), { revision: 7, reason: 'untrue' });
  assert.equal(answer.statusCode, 422);
  assert.match(answer.body, /The text changed after you opened it/);
  assert.equal((await db.selectFrom('releaseStops').select('id').execute()).length, 0);
  await stop(room, lead, address, 'untrue');
  const again = await stop(room, lead, address, 'danger');
  assert.equal(again.statusCode, 422);
  assert.match(again.body, /You stopped this text already/);
});

test('a stop carries no words: what is typed beside the reason is not kept', async (t) => {
  const room = await openWithLeads(t);
  const { writer, lead, signed } = room;
  const address = await draft(writer, signed.id);
  await act(room, writer, address, 'submit');
  const revision = await revisionOf(room, address);
  assert.equal((await lead.post(pageOf(address), { revision, reason: 'She lives at 3 Elm Walk' })).statusCode, 422);
  await lead.post(pageOf(address), { revision, reason: 'danger', note: 'She lives at 3 Elm Walk' });
  for (const url of [address, `${address}/approve`]) assert.doesNotMatch((await writer.get(url)).body, /Elm Walk/);
});

test('leads are told of a submitted release, and press of a stop', async (t) => {
  const room = await openWithLeads(t);
  const { writer, partner, lead, far, signed } = room;
  const address = await draft(writer, signed.id);
  await act(room, writer, address, 'submit');
  await deliver(room);
  assert.match((await lead.get('/staff/notifications')).body, /You can read a release before it is published/);
  assert.doesNotMatch((await far.get('/staff/notifications')).body, /release/);
  await stop(room, lead, address, 'untrue');
  await deliver(room);
  for (const press of [writer, partner])
    assert.match((await press.get('/staff/notifications')).body, /A safeguarding lead stopped a release/);
});

test('press and leads of every agency are told of an imported release that waits', async (t) => {
  const room = await openWithLeads(t);
  const { writer, colleague, stranger, far } = room;
  const text = written({ body: 'Officers visited three business addresses.' });
  const imported = await writer.post('/staff/imported-releases/import', { text, fileName: '' });
  const id = String(imported.headers.location).split('/').at(-1);
  const address = String((await writer.post(`/staff/newsroom/history/${id}`)).headers.location);
  assert.equal((await act(room, writer, address, 'submit')).statusCode, 303);
  await deliver(room);
  assert.match((await stranger.get('/staff/notifications')).body, /A release waits for approval/);
  assert.doesNotMatch((await colleague.get('/staff/notifications')).body, /A release waits for approval/);
  assert.match((await far.get('/staff/notifications')).body, /You can read a release/);
  assert.match((await far.get(pageOf(address))).body, /three business addresses/);
});

test('a stop holds the same words, whatever was done to spaces, case and punctuation', async (t) => {
  const room = await openWithLeads(t);
  const { writer, lead, signed } = room;
  const address = await draft(writer, signed.id);
  await act(room, writer, address, 'submit');
  await stop(room, lead, address, 'danger');
  const { title = '', body = '' } = await formOf(writer, address);
  for (const same of [{}, { title: `${title.toUpperCase()}!` }, { body: body.replaceAll('. ', ' .  ') }]) {
    await change(writer, address, same);
    const again = await act(room, writer, address, 'submit');
    assert.equal(again.statusCode, 422);
    assert.match(again.body, /A safeguarding lead stopped this text/);
    assert.doesNotMatch((await writer.get(address)).body, /stopped an earlier text|>Submit for approval</);
  }
  await change(writer, address, { title: 'Week of action in Hertfordshire' });
  await deliver(room);
  const told = async (): Promise<number> =>
    (await lead.get('/staff/notifications')).body.split('You can read a release').length - 1;
  const before = await told();
  room.clock.move(new Date(room.clock.now().getTime() + 60_000));
  assert.equal((await act(room, writer, address, 'submit')).statusCode, 303);
  await deliver(room);
  assert.equal(await told(), before + 1, 'a second notification for the changed text');
});

test('a release that is withdrawn under embargo is closed to leads', async (t) => {
  const room = await openWithLeads(t);
  const { writer, partner, lead, signed } = room;
  const address = await draft(writer, signed.id);
  const until = { 'embargo-year': '2026', 'embargo-month': '9', 'embargo-day': '25', embargoTime: '12:00' };
  await change(writer, address, until);
  for (const [who, name] of [
    [writer, 'submit'],
    [partner, 'approve'],
    [writer, 'publish'],
  ] as const)
    await act(room, who, address, name);
  assert.match((await writer.get(`${address}/withdraw`)).body, /Nobody outside has read it/);
  assert.equal((await writer.post(`${address}/withdraw`, { why: 'A lead rang' })).statusCode, 303);
  assert.equal((await lead.get(pageOf(address))).statusCode, 404);
  const { body } = await writer.get(address);
  assert.match(body, /It was withdrawn before anybody outside could read it/);
  assert.doesNotMatch(body, /Then everybody can, by itself/);
});

test('a stopped release is a task of its writers until the change is submitted, and none of the approver', async (t) => {
  const room = await openWithLeads(t);
  const { writer, partner, lead, signed } = room;
  const address = await draft(writer, signed.id);
  await act(room, writer, address, 'submit');
  assert.match((await partner.get('/staff')).body, /Approve a release/);
  await stop(room, lead, address, 'danger');
  const due = new RegExp(`href="${address}"[^>]*>[^<]*A release was stopped: change its text`);
  assert.match((await writer.get('/staff')).body, due);
  assert.doesNotMatch((await partner.get('/staff')).body, /Approve a release|change its text/);
  const stopped = (await partner.get(address)).body;
  assert.doesNotMatch(stopped, /You may approve it/);
  assert.match(stopped, /id="acts"[\s\S]*Stopped by a safeguarding lead[\s\S]*Lee Lead[\s\S]*in danger/);
  await change(writer, address, { title: 'Week of action in Hertfordshire' });
  assert.match((await writer.get('/staff')).body, due);
  await act(room, writer, address, 'submit');
  assert.doesNotMatch((await writer.get('/staff')).body, /change its text/);
  assert.match((await partner.get('/staff')).body, /Approve a release/);
  assert.doesNotMatch((await writer.get(address)).body, /Approve this text only if/);
});

const home = async (who: Visitor): Promise<string> => (await who.get('/staff')).body;
const told = async (who: Visitor): Promise<string> => (await who.get('/staff/notifications')).body;
const note = /You can read a release before it is published/;

test('a release to read is a task of a lead, by its title, until the lead says that it was read', async (t) => {
  const room = await openWithLeads(t);
  const { writer, lead, far, signed } = room;
  const address = await draft(writer, signed.id);
  await act(room, writer, address, 'submit');
  await deliver(room);
  const task = new RegExp(
    `href="${pageOf(address)}"[^>]*>[^<]*Read a release before it is published[\\s\\S]*You can stop it until press publishes it[\\s\\S]*Eight business addresses`,
  );
  assert.match(await home(lead), task);
  assert.doesNotMatch(await home(lead), note, 'the task says it once');
  assert.doesNotMatch(await home(far), /Read a release/);
  const [, open = ''] = /formaction="(\/staff\/notifications\/[0-9a-f-]+\/open)"/.exec(await told(lead)) ?? [];
  const opened = await lead.post(open);
  assert.equal(opened.headers.location, pageOf(address), 'the notification leads to the release');
  assert.equal(opened.cookies.length, 0, 'nothing was saved, and no page says so');
  assert.match(await home(lead), task, 'opened and not read');
  await lead.post('/staff/notifications');
  assert.match(await home(lead), task, 'all marked as read, and this one not');
  assert.match((await lead.get(pageOf(address))).body, /I have read this text/);
  for (const who of [far, writer]) assert.equal((await who.post(`${pageOf(address)}/read`)).statusCode, 404);
  assert.equal((await lead.post(`${pageOf(address)}/read`)).statusCode, 303);
  assert.doesNotMatch(await home(lead), /Read a release/);
  assert.match((await lead.get(pageOf(address))).body, /Stop this release/, 'it can still be stopped');
});

test('a lead whose role came after the submission has the task, and can take it off', async (t) => {
  const room = await openWithLeads(t);
  const { writer, lead, signed } = room;
  const address = await draft(writer, signed.id);
  await act(room, writer, address, 'submit');
  assert.match(await home(lead), /Read a release before it is published/);
  assert.equal((await lead.post(`${pageOf(address)}/read`)).statusCode, 303);
  assert.doesNotMatch(await home(lead), /Read a release/);
});

test('task and notification go when the release was stopped', async (t) => {
  const room = await openWithLeads(t);
  const { writer, lead, signed } = room;
  const address = await draft(writer, signed.id);
  await act(room, writer, address, 'submit');
  await deliver(room);
  await stop(room, lead, address, 'danger');
  assert.doesNotMatch(await home(lead), /Read a release/);
  assert.doesNotMatch(await told(lead), note);
});

test('task and notification stay under embargo, with its end, and go when the release is public', async (t) => {
  const room = await openWithLeads(t);
  const { writer, partner, lead, signed, clock } = room;
  const address = await draft(writer, signed.id);
  const until = { 'embargo-year': '2026', 'embargo-month': '9', 'embargo-day': '24', embargoTime: '12:00' };
  await change(writer, address, until);
  await act(room, writer, address, 'submit');
  await deliver(room);
  await act(room, partner, address, 'approve');
  await act(room, writer, address, 'publish');
  assert.match(await home(lead), /Read a release before it is published[\s\S]*It becomes public by itself[\s\S]*12:00/);
  assert.match(await told(lead), note);
  clock.move(new Date('2026-09-24T11:00:01Z'));
  assert.doesNotMatch(await home(lead), /Read a release/);
  assert.doesNotMatch(await told(lead), note);
});
