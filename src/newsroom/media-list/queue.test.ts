import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openMailServer } from '../../../test/fixtures/message-servers.ts';
import { change, draft, type Newsroom, openNewsroom, publish, revisionOf } from '../../../test/fixtures/releases.ts';
import { type Chore, runChore } from '../../platform/jobs/outbox.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { openPressMail, sendNextNotice, settle, settleCutOff } from './queue.ts';
import { forgetNotices, openRounds } from './queue-store.ts';

async function openPressRoom(t: TestContext) {
  const mail = await openMailServer(t);
  const room = await openNewsroom(t, { environment: mail.environment });
  const { config, databases, clock, db } = room;
  const sending = openPressMail(config, { databases, clock });
  assert.ok(sending);
  t.after(() => sending.close());
  const run = (chore: Chore['run']) => runChore(databases, clock, { name: 'x', everySeconds: 1, run: chore });
  const sendAll = async (): Promise<void> => {
    await run(openRounds);
    while (await sendNextNotice(sending));
  };
  /** Everybody has signed in again by then. */
  const later = (minutes: number) => room.moveTo(new Date(clock.now().getTime() + minutes * 60_000).toISOString());
  const states = async () =>
    (await db
      .selectFrom('pressNotices as n')
      .innerJoin('pressRounds as r', 'r.id', 'n.roundId')
      .innerJoin('pressContacts as c', 'c.id', 'n.contactId')
      .select(['c.newsroom', 'r.occasion', 'n.state', 'n.tries', 'n.reason'])
      .orderBy('r.dueAt')
      .orderBy('c.newsroom')
      .execute()) as readonly {
      newsroom: string;
      occasion: string;
      state: string;
      tries: number;
      reason: string | null;
    }[];
  return { ...room, mail, sending, run, sendAll, later, states };
}

async function list(room: Newsroom, newsroom: string, address: string, who = room.writer): Promise<void> {
  const added = await who.post('/staff/media-contacts/add', { id: newTimelessId(), newsroom, address, covers: '' });
  assert.equal(added.statusCode, 303, added.body);
}

/** What a mail program shows of a message: its lines joined and its letters decoded. */
const shownIn = (source: string): string =>
  decodeURIComponent(
    source
      .replace(/=\r\n/g, '')
      .replaceAll('%', '%25')
      .replace(/(?:=[0-9A-F]{2})+/g, (bytes) => bytes.replaceAll('=', '%')),
  );

const subjectOf = (source: string): string =>
  /^Subject: (.*(?:\r\n .*)*)/m.exec(source)?.[1]?.replace(/\r\n /g, ' ') ?? '';

test('a publication, a correction and a withdrawal each reach every newsroom of the list once, by itself', async (t) => {
  const room = await openPressRoom(t);
  const { writer, partner, mail, sendAll, later } = room;
  await list(room, 'Observer', 'news@observer.example');
  await list(room, 'Valley Radio', 'desk@valley.example');
  await list(room, 'Council paper', 'press@council-paper.example', partner);
  const address = await draft(writer, room.signed.id);
  await sendAll();
  assert.equal(mail.mails.length, 0, 'nothing goes out before the publication');
  await publish(room, address);
  await sendAll();
  await sendAll();
  assert.deepEqual(mail.mails.map(({ to }) => to.join()).sort(), ['desk@valley.example', 'news@observer.example']);
  const first = shownIn(mail.mails[0]?.source ?? '');
  assert.match(first, /Subject: News release: Eight business/);
  assert.match(first, /Teams spoke to about 15 people/);
  assert.match(first, /Reply-To: press@lea-vale\.example/);
  assert.match(first, /on our media list\.[\s\S]*“Unsubscribe” to[\s\S]*press@lea-vale\.example/);
  assert.ok(!first.includes('Wren'), 'who wrote it is not said');

  await later(60);
  assert.equal(
    (await writer.post(`${address}/correct`, { note: 'The name of the town was put right.' })).statusCode,
    303,
  );
  await change(writer, address, { description: 'A description that was put right.' });
  await sendAll();
  assert.equal(mail.mails.length, 2, 'a correction that is being written is not told');
  await publish(room, address);
  await sendAll();
  assert.equal(mail.mails.length, 4);
  const corrected = shownIn(mail.mails[3]?.source ?? '');
  assert.match(corrected, /Subject: Correction: Eight/);
  assert.match(corrected, /Please correct what you published[\s\S]*The name of the town was put right/);

  await later(60);
  await partner.post(`${address}/withdraw`, { why: 'A person can be found' });
  await sendAll();
  assert.equal(mail.mails.length, 6, 'the agency of another press officer withdrew it');
  const gone = shownIn(mail.mails[5]?.source ?? '');
  assert.match(gone, /Subject: A news release was withdrawn/);
  assert.doesNotMatch(gone, /Eight business addresses|Watford|A person can be found|description/);
  const page = (await writer.get(address)).body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  assert.match(page, /E-mails to your media list .*Observer Withdrawn Accepted by the mail server/);
  assert.doesNotMatch((await partner.get(address)).body, /Observer/, 'another agency does not see the list');
});

test('under embargo nothing is sent before its end, and nothing at all of what was withdrawn before', async (t) => {
  const room = await openPressRoom(t);
  const { writer, mail, sendAll } = room;
  await list(room, 'Observer', 'news@observer.example');
  const embargo = { 'embargo-day': '25', 'embargo-month': '9', 'embargo-year': '2026', embargoTime: '09:00' };
  const addresses = [await draft(writer, room.signed.id), await draft(writer, room.signed.id)];
  for (const address of addresses) {
    await change(writer, address, embargo);
    await publish(room, address);
  }
  await writer.post(`${addresses[0]}/withdraw`, { why: 'Not needed' });
  await sendAll();
  assert.equal(mail.mails.length, 0);
  await room.moveTo('2026-09-25T08:00:30Z');
  await sendAll();
  assert.equal(mail.mails.length, 1, 'one is public, the other never was');
  assert.deepEqual((await room.states()).map(({ state }) => state).sort(), ['accepted', 'not needed']);
});

test('an unknown outcome is shown and not sent again, and what a server did not take is', async (t) => {
  const room = await openPressRoom(t);
  const { writer, mail, sendAll, states, later } = room;
  await list(room, 'Observer', 'news@observer.example');
  const address = await draft(writer, room.signed.id);
  mail.state.trouble = 'busy';
  await publish(room, address);
  await sendAll();
  assert.deepEqual(
    (await states()).map(({ state, reason }) => [state, reason]),
    [['again', 'EENVELOPE_451']],
  );
  mail.state.trouble = 'cut before the answer';
  await later(2);
  await sendAll();
  mail.state.trouble = undefined;
  await later(120);
  await sendAll();
  assert.equal(mail.mails.length, 1, 'it may have arrived, and is not sent twice');
  assert.deepEqual(
    (await states()).map(({ state, tries }) => [state, tries]),
    [['unknown', 2]],
  );
  assert.match((await writer.get(address)).body, /It may have arrived, so Safelight does not send it again/);

  mail.state.trouble = 'refuse';
  await writer.post(`${address}/withdraw`, { why: 'A figure was wrong' });
  await sendAll();
  assert.equal((await states()).find(({ occasion }) => occasion === 'withdrawn')?.state, 'refused');
  assert.match((await writer.get(address)).body, /The address was refused\. Ask the newsroom for another/);
});

test('a try that was cut off with its process is unknown, and a list of many is sent at a limited rate', async (t) => {
  const room = await openPressRoom(t);
  const { writer, db, mail, run, sendAll, states, later } = room;
  const { analyst, force, clock } = room;
  await db
    .insertInto('pressContacts')
    .values(
      Array.from({ length: 300 }, (_, number) => ({
        id: newTimelessId(),
        agencyId: force.id,
        newsroom: `Paper ${number}`,
        address: `news@paper-${number}.example`,
        addedBy: analyst.id,
        addedAt: clock.now(),
      })),
    )
    .execute();
  const full = await writer.post('/staff/media-contacts/add', {
    id: newTimelessId(),
    newsroom: 'One more',
    address: 'news@more.example',
    covers: '',
  });
  assert.match(full.body, /holds 300 newsrooms at most/);
  const address = await draft(writer, room.signed.id);
  await publish(room, address);
  await run(openRounds);
  await db.updateTable('pressNotices').set({ state: 'sending', tries: 1, begunAt: clock.now() }).execute();
  await sendAll();
  assert.equal(mail.mails.length, 0, 'three hundred began within this minute');
  await later(3);
  await run(settleCutOff);
  assert.ok((await states()).every(({ state, reason }) => state === 'unknown' && reason === 'CUT_OFF'));
  await writer.post(`${address}/withdraw`, { why: 'A figure was wrong' });
  await sendAll();
  assert.equal(mail.mails.length, 300, 'all of a full list within the minute');
  clock.move(new Date(clock.now().getTime() + 91 * 86_400_000));
  await run(forgetNotices);
  assert.deepEqual(await states(), []);
});

test('old news is not sent when a mail server is set later', async (t) => {
  const room = await openPressRoom(t);
  await list(room, 'Observer', 'news@observer.example');
  await publish(room, await draft(room.writer, room.signed.id));
  await room.later(25 * 60);
  await room.sendAll();
  assert.deepEqual([room.mail.mails.length, await room.states()], [0, []]);
});

test('a press officer takes a newsroom off, and its address and the outcomes go', async (t) => {
  const room = await openPressRoom(t);
  const { writer, colleague, partner, db, mail, sendAll } = room;
  await list(room, 'Observer', 'news@observer.example');
  const again = { id: newTimelessId(), newsroom: 'Same', address: 'NEWS@observer.example', covers: '' };
  assert.match((await writer.post('/staff/media-contacts/add', again)).body, /on the list already/);
  const two = { ...again, address: 'a@b.example, c@d.example' };
  assert.match((await writer.post('/staff/media-contacts/add', two)).body, /one e-mail address/);
  const address = await draft(writer, room.signed.id);
  await publish(room, address);
  await sendAll();
  const remove = /href="([^"]+\/remove)"/.exec((await colleague.get('/staff/media-contacts')).body)?.[1] ?? '';
  assert.equal((await partner.get(remove)).statusCode, 404);
  assert.doesNotMatch((await partner.get('/staff/media-contacts')).body, /Observer/);
  assert.equal((await colleague.post(remove)).statusCode, 303);
  for (const table of ['pressContacts', 'pressNotices'])
    assert.deepEqual(await db.selectFrom(table).selectAll().execute(), [], table);
  await writer.post(`${address}/withdraw`, { why: 'A figure was wrong' });
  await sendAll();
  assert.equal(mail.mails.length, 1, 'nothing more reaches it');
  assert.ok((await revisionOf(room, address)) >= 1);
  assert.equal(subjectOf(mail.mails[0]?.source ?? '').startsWith('News release'), true);
});

test('what follows from an outcome', () => {
  const since = new Date('2026-09-24T10:00:00Z');
  const now = new Date('2026-09-24T10:01:00Z');
  const late = new Date('2026-09-25T10:00:00Z');
  const at = (tries: number) => ({ tries, since });
  const later = { kind: 'later', reason: 'ETIMEDOUT' } as const;
  assert.equal(settle(at(1), { kind: 'unknown', reason: 'ETIMEDOUT' }, now).settledAt, now);
  assert.equal(settle(at(1), later, now).dueAt.getTime() - now.getTime(), 60_000);
  assert.equal(settle(at(9), later, now).dueAt.getTime() - now.getTime(), 15 * 60_000);
  assert.deepEqual([settle(at(9), later, late).state, settle(at(9), later, late).reason], ['refused', 'EXPIRED']);
});
