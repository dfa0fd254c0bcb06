import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { change, draft, idOf, type Newsroom, openNewsroom, revisionOf } from '../../../test/fixtures/releases.ts';
import { deliverEvents } from '../../platform/jobs/outbox.ts';
import { announcementListeners } from '../../platform/notifications/announce.ts';
import { newId } from '../../vocabulary/ids.ts';
import { getRelease } from '../releases/store.ts';

const list = '/staff/submitted-releases';
const pageOf = (address: string): string => `${list}/${idOf(address)}`;
const embargo = { 'embargo-year': '2026', 'embargo-month': '9', 'embargo-day': '24', embargoTime: '10:05' };

/** A release that press published, under embargo or at once, and two leads: of an agency that takes part, and of one that does not. */
async function openPublished(t: TestContext, fields: Readonly<Record<string, string>> = {}) {
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
  const address = await draft(room.writer, room.signed.id);
  if (Object.keys(fields).length > 0) await change(room.writer, address, fields);
  await publishAgain(room, address);
  return { ...room, lead, far, address };
}

async function publishAgain(room: Newsroom, address: string): Promise<void> {
  for (const [who, name] of [
    [room.writer, 'submit'],
    [room.partner, 'approve'],
    [room.writer, 'publish'],
  ] as const) {
    const done = await who.post(`${address}/${name}`, { revision: await revisionOf(room, address) });
    assert.equal(done.statusCode, 303, `${name}: ${done.body.slice(0, 2_000)}`);
  }
}

/** As the page of a published text asks. */
const stop = async (
  room: Newsroom,
  who: Visitor,
  address: string,
  typed: Readonly<Record<string, unknown>> = { reason: 'danger', confirm: 'yes' },
) => who.post(`${pageOf(address)}?text=published`, { revision: await revisionOf(room, address), ...typed });
const releaseOf = ({ db }: Newsroom, address: string) => getRelease(db, idOf(address));
const stopsIn = ({ db }: Newsroom) => db.selectFrom('releaseStops').select(['withdraws', 'revision']).execute();
const roundsIn = ({ db }: Newsroom) => db.selectFrom('pressRounds').select(['occasion', 'version']).execute();
const slugOf = async ({ db }: Newsroom): Promise<string> =>
  (await db.selectFrom('publications').select('slug').executeTakeFirstOrThrow()).slug;

test('under embargo a lead stops what press published: it never becomes public', async (t) => {
  const room = await openPublished(t, embargo);
  const { lead, writer, partner, address, app } = room;
  assert.match((await lead.get(list)).body, /Becomes public when the embargo ends/);
  const { body } = await lead.get(pageOf(address));
  assert.match(body, /becomes public at[\s\S]*It will not become public[\s\S]*No e-mail goes[\s\S]*mailto:/);
  assert.match(body, /Stop and withdraw this release/);
  const done = await stop(room, lead, address);
  assert.equal(done.statusCode, 303);
  assert.match(
    (await lead.get(String(done.headers.location))).body,
    /Copies in feed readers, e-mails and on other sites stay/,
  );
  assert.equal((await lead.get(pageOf(address))).statusCode, 404, 'it is closed to leads, as any withdrawn one');
  const { state } = await releaseOf(room, address);
  assert.equal(state, 'withdrawn');
  room.clock.move(new Date('2026-09-24T09:06:00Z'));
  assert.equal((await app.inject(`/news/${await slugOf(room)}`)).statusCode, 404);
  assert.doesNotMatch((await app.inject('/news')).body, /Eight business addresses/);
  assert.deepEqual(
    (await roundsIn(room)).map(({ occasion }) => occasion),
    ['published'],
    'no mail about what nobody read',
  );
  while ((await deliverEvents(room.databases, room.clock, announcementListeners.main, 'main')) > 0);
  for (const press of [writer, partner]) {
    assert.match((await press.get('/staff/notifications')).body, /A safeguarding lead stopped a release/);
    assert.match(
      (await press.get(address)).body,
      /Withdrawn at[\s\S]*A person could be in danger\. Officer Lee Lead[\s\S]*A safeguarding lead stopped it/,
    );
  }
});

test('a stop after publication takes pages, feeds and picture away at once, and mails the media list', async (t) => {
  const room = await openPublished(t);
  const { lead, address, app, db, force } = room;
  const slug = await slugOf(room);
  const id = idOf(address);
  await db
    .insertInto('releasePictures')
    .values({
      id: newId(),
      releaseId: id,
      content: Buffer.from('x'),
      addedBy: room.analyst.id,
      addedAt: room.clock.now(),
    })
    .execute();
  assert.equal((await app.inject(`/news/${slug}`)).statusCode, 200);
  const { body } = await lead.get(pageOf(address));
  assert.match(body, /Everybody can read it now[\s\S]*withdrawn at once from the public pages[\s\S]*get an e-mail/);
  assert.match((await lead.get(list)).body, />\s*Public\s*</);
  assert.equal((await stop(room, lead, address)).statusCode, 303);
  const gone = await app.inject(`/news/${slug}`);
  assert.equal(gone.statusCode, 410);
  assert.doesNotMatch(gone.body, /Eight business addresses/);
  for (const feed of ['/news', '/news/feed.atom', '/news/feed.rss', '/news/feed.json'])
    assert.doesNotMatch((await app.inject(feed)).body, /Eight business addresses/, feed);
  assert.equal((await db.selectFrom('releasePictures').select('id').execute()).length, 0);
  assert.deepEqual((await roundsIn(room)).map(({ occasion }) => occasion).sort(), ['published', 'withdrawn']);
  const [round] = await db.selectFrom('pressRounds').selectAll().where('occasion', '=', 'withdrawn').execute();
  assert.equal(round?.agencyId, force.id);
  const [act] = await db.selectFrom('releaseEvents').selectAll().where('act', '=', 'withdrawn').execute();
  assert.equal(act?.agencyId, room.council.id, 'in the name of the lead');
});

test('a lead confirms before anything is withdrawn, and the reason stays chosen', async (t) => {
  const room = await openPublished(t, embargo);
  const { lead, address } = room;
  const unconfirmed = await stop(room, lead, address, { reason: 'danger' });
  assert.equal(unconfirmed.statusCode, 422);
  assert.match(unconfirmed.body, /id="confirm-error"[\s\S]*Confirm that the release is withdrawn now/);
  assert.match(unconfirmed.body, /value="danger"[^>]*checked/);
  assert.equal((await stop(room, lead, address, { confirm: 'yes' })).statusCode, 422);
  assert.deepEqual(await stopsIn(room), []);
  assert.equal((await releaseOf(room, address)).state, 'published');
});

test('a lead who stops a text that press published meanwhile is asked again, in place', async (t) => {
  const room = await openPublished(t, embargo);
  const { lead, address } = room;
  const late = await lead.post(pageOf(address), { revision: await revisionOf(room, address), reason: 'untrue' });
  assert.equal(late.statusCode, 422);
  assert.match(late.body, /Press published this text while you read it/);
  assert.match(late.body, /value="untrue"[^>]*checked[\s\S]*Withdraw this release now/);
  assert.deepEqual(await stopsIn(room), []);
  const other = await stop(room, lead, address, { revision: 9, reason: 'untrue', confirm: 'yes' });
  assert.equal(other.statusCode, 422);
  assert.match(other.body, /The text changed after you opened it/);
  assert.equal((await releaseOf(room, address)).state, 'published');
});

test('refuses a withdrawal by a lead of an agency that takes no part, and by press', async (t) => {
  const room = await openPublished(t, embargo);
  const { far, writer, address, databases } = room;
  assert.equal((await far.get(pageOf(address))).statusCode, 404);
  assert.equal((await stop(room, far, address)).statusCode, 404);
  assert.doesNotMatch((await far.get(list)).body, /Eight business/);
  assert.equal((await stop(room, writer, address)).statusCode, 403);
  assert.equal((await releaseOf(room, address)).state, 'published');
  await assert.rejects(
    sql`select ctx.withdraw_stopped()`.execute(databases.for('main', 'publisher')),
    /permission denied|can only be called as triggers/,
  );
});

test('while a correction waits, a lead stops the correction alone, or the published text with it', async (t) => {
  const room = await openPublished(t);
  const { lead, writer, address, app } = room;
  const slug = await slugOf(room);
  assert.equal((await writer.post(`${address}/correct`, { note: 'A wrong town' })).statusCode, 303);
  assert.match((await lead.get(pageOf(address))).body, /Everybody can read it now/, 'while the correction is written');
  await change(writer, address, { title: 'Week of action in Hertfordshire' });
  await writer.post(`${address}/submit`, { revision: await revisionOf(room, address) });
  const correction = (await lead.get(pageOf(address))).body;
  assert.match(correction, /This is a correction\.[\s\S]*\?text=published/);
  assert.match((await lead.get(list)).body, />Correction: [\s\S]*Not stopped[\s\S]*Public/);
  await lead.post(pageOf(address), { revision: await revisionOf(room, address), reason: 'danger' });
  assert.equal((await app.inject(`/news/${slug}`)).statusCode, 200, 'the text before it stays');
  assert.equal((await releaseOf(room, address)).state, 'submitted');
  const { body } = await lead.get(`${pageOf(address)}?text=published`);
  const [, revision] = /name="revision" value="(\d+)"/.exec(body) ?? [];
  const done = await stop(room, lead, address, { revision, reason: 'danger', confirm: 'yes' });
  assert.equal(done.statusCode, 303);
  assert.equal((await app.inject(`/news/${slug}`)).statusCode, 410);
  assert.equal((await releaseOf(room, address)).state, 'withdrawn');
});

test('a correction that is given up, or published, leaves one text to stop', async (t) => {
  const room = await openPublished(t);
  const { lead, writer, address } = room;
  const texts = async () =>
    room.db.selectFrom('submittedReleases').select(['scheduled', 'revision']).orderBy('scheduled').execute();
  await writer.post(`${address}/correct`, { note: 'A wrong town' });
  await change(writer, address, { title: 'Week of action in Hertfordshire' });
  await writer.post(`${address}/submit`, { revision: await revisionOf(room, address) });
  assert.equal((await texts()).length, 2);
  const given = await writer.post(`${address}/give-up`, { revision: await revisionOf(room, address) });
  assert.equal(given.statusCode, 303);
  assert.deepEqual(await texts(), [{ scheduled: true, revision: await revisionOf(room, address) }]);
  assert.match((await lead.get(pageOf(address))).body, /Eight business addresses/);
  await writer.post(`${address}/correct`, { note: 'A wrong town' });
  await change(writer, address, { title: 'Week of action in Hertfordshire' });
  await publishAgain(room, address);
  assert.deepEqual(await texts(), [{ scheduled: true, revision: await revisionOf(room, address) }]);
  assert.match((await lead.get(pageOf(address))).body, /Week of action in Hertfordshire/);
  assert.equal((await stop(room, lead, address)).statusCode, 303);
});

test('the same words stay stopped in another release about the operation, until they are changed and approved', async (t) => {
  const room = await openPublished(t, embargo);
  const { lead, writer, partner, address } = room;
  await stop(room, lead, address, { reason: 'recognised', confirm: 'yes' });
  const next = await draft(writer, room.signed.id);
  const same = await writer.post(`${next}/submit`, { revision: await revisionOf(room, next) });
  assert.equal(same.statusCode, 422);
  assert.match(same.body, /A safeguarding lead stopped this text/);
  await change(writer, next, { title: 'Week of action in Hertfordshire' });
  assert.equal((await writer.post(`${next}/submit`, { revision: await revisionOf(room, next) })).statusCode, 303);
  const { body } = await partner.get(`${next}/approve`);
  assert.match(body, /stopped an earlier text[\s\S]*A person could be recognised/);
  assert.match(body, /<ins>Title: Week of action in Hertfordshire/);
  assert.equal((await partner.post(`${next}/approve`, { revision: await revisionOf(room, next) })).statusCode, 422);
});

test('of a stop and a correction at the same moment the lead never withdraws a text that they did not read', async (t) => {
  const room = await openPublished(t);
  const { lead, writer, address } = room;
  const read = await revisionOf(room, address);
  await writer.post(`${address}/correct`, { note: 'A wrong town' });
  await change(writer, address, { title: 'Week of action in Hertfordshire' });
  await publishAgain(room, address);
  const late = await stop(room, lead, address, { revision: read, reason: 'danger', confirm: 'yes' });
  assert.equal(late.statusCode, 422);
  assert.equal((await releaseOf(room, address)).state, 'published');
});
