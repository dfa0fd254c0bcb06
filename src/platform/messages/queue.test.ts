import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { openMailServer, openTextServer } from '../../../test/fixtures/message-servers.ts';
import { newId } from '../../vocabulary/ids.ts';
import { type Chore, runChore } from '../jobs/outbox.ts';
import type { NotificationKind } from '../notifications/notification.ts';
import { notify } from '../notifications/store.ts';
import { openSenders } from './channel.ts';
import { escalate, queueMessages, sendNext, settleCutOff } from './queue.ts';
import { forgetMessages } from './queue-store.ts';

async function queueing(t: TestContext) {
  const [mail, gateway] = [await openMailServer(t), await openTextServer(t)];
  const application = await openApplication(t, { environment: { ...mail.environment, ...gateway.environment } });
  const { config, databases, clock, db, agency, member } = application;
  const senders = openSenders(config);
  t.after(() => senders.close());
  const council = await agency('council');
  const run = (chore: Chore['run']) => runChore(databases, clock, { name: 'x', everySeconds: 1, run: chore });
  const sending = { databases, clock, senders };
  const sendAll = async () => {
    await run(queueMessages(senders));
    while (await sendNext(sending));
  };
  const reach = async (memberId: string, more: Record<string, unknown> = {}) => {
    const address = more.channel === 'text' ? '+447700900123' : 'robin@agency.example';
    const confirmed = { id: newId(), memberId, channel: 'email', address, confirmedAt: clock.now(), ...more };
    await db.insertInto('notificationChannels').values(confirmed).execute();
  };
  const tell = (memberId: string, kind: NotificationKind = 'case news') =>
    notify(db, [{ kind, subject: null, ownerId: council.id, to: { member: memberId as never }, madeAt: clock.now() }]);
  const messages = async () =>
    db.selectFrom('notificationMessages').selectAll().orderBy('madeAt').orderBy('id').execute() as Promise<
      Record<string, unknown>[]
    >;
  const later = (minutes: number) => clock.move(new Date(clock.now().getTime() + minutes * 60_000));
  const lead = await member(council, ['safeguarding lead']);
  return { ...application, mail, gateway, council, lead, senders, run, sending, sendAll, reach, tell, messages, later };
}

test('a notification reaches each confirmed address that is switched on, once', async (t) => {
  const { lead, member, council, mail, gateway, sendAll, reach, tell, messages } = await queueing(t);
  const off = await member(council, ['custodian']);
  await reach(lead.id);
  await reach(lead.id, { channel: 'text' });
  await reach(off.id, { switchedOn: false });
  await reach(off.id, { channel: 'text', confirmedAt: null });
  await tell(lead.id);
  await tell(off.id);
  await sendAll();
  await sendAll();
  assert.deepEqual([mail.mails.length, gateway.posted.length], [1, 1]);
  assert.deepEqual(
    (await messages()).map(({ state, tries }) => [state, tries]),
    [
      ['accepted', 1],
      ['accepted', 1],
    ],
  );
});

test('holders of a role are told, and members who left are not', async (t) => {
  const { db, lead, member, council, mail, sendAll, reach, clock } = await queueing(t);
  const gone = await member(council, ['safeguarding lead']);
  await reach(lead.id);
  await reach(gone.id, { address: 'gone@agency.example' });
  await db.updateTable('members').set({ endedAt: clock.now() }).where('id', '=', gone.id).execute();
  const to = { agency: council.id, roles: ['safeguarding lead'] } as const;
  await notify(db, [{ kind: 'case news', subject: null, ownerId: council.id, to, madeAt: clock.now() }]);
  await sendAll();
  assert.deepEqual(
    mail.mails.map((one) => one.to),
    [['robin@agency.example']],
  );
});

test('further news within fifteen minutes waits and is one message, and urgent news does not wait', async (t) => {
  const { lead, mail, sendAll, reach, tell, later } = await queueing(t);
  await reach(lead.id);
  await tell(lead.id);
  await sendAll();
  for (let more = 0; more < 5; more += 1) await tell(lead.id);
  await sendAll();
  later(14);
  await sendAll();
  assert.equal(mail.mails.length, 1);
  later(1);
  await sendAll();
  assert.equal(mail.mails.length, 2, 'five in one');
  await tell(lead.id);
  await tell(lead.id, 'urgent case news');
  await sendAll();
  assert.equal(mail.mails.length, 3);
  assert.equal(new Set(mail.mails.map(({ source }) => source.replace(/^(Message-ID|Date|Received).*$/gm, ''))).size, 1);
});

test('many urgent notifications are one message at once and one at the end of five minutes', async (t) => {
  const { lead, mail, sendAll, reach, tell, later } = await queueing(t);
  await reach(lead.id);
  await tell(lead.id);
  await sendAll();
  for (let more = 0; more < 15; more += 1) {
    await tell(lead.id, 'urgent report');
    await sendAll();
  }
  assert.equal(mail.mails.length, 2, 'the first does not wait for the pause of others');
  later(4);
  await sendAll();
  assert.equal(mail.mails.length, 2);
  later(1);
  await sendAll();
  assert.equal(mail.mails.length, 3, 'fourteen in one');
  later(5);
  await tell(lead.id, 'urgent report');
  await sendAll();
  assert.equal(mail.mails.length, 4);
});

test('urgent notifications that come while the gateway is busy do not each become a message', async (t) => {
  const { lead, gateway, sendAll, reach, tell, messages } = await queueing(t);
  await reach(lead.id, { channel: 'text' });
  gateway.state.trouble = 'busy';
  for (let more = 0; more < 15; more += 1) {
    await tell(lead.id, 'urgent report');
    await sendAll();
  }
  assert.deepEqual((await messages()).map(({ state }) => state).toSorted(), ['again', 'waiting']);
});

test('quiet hours hold back what is not urgent', async (t) => {
  const { lead, mail, sendAll, reach, tell, later } = await queueing(t);
  // It is noon.
  await reach(lead.id, { quietFrom: 11 * 60, quietUntil: 13 * 60 });
  await tell(lead.id);
  await sendAll();
  assert.equal(mail.mails.length, 0);
  await tell(lead.id, 'urgent report');
  await sendAll();
  assert.equal(mail.mails.length, 1, 'and the message covers both');
  await tell(lead.id);
  later(59);
  await sendAll();
  assert.equal(mail.mails.length, 1);
  later(2);
  await sendAll();
  assert.equal(mail.mails.length, 2);
});

test('what was read before it was sent is not sent', async (t) => {
  const { signIn, lead, mail, run, senders, sendAll, reach, tell, messages } = await queueing(t);
  await reach(lead.id);
  await tell(lead.id);
  await run(queueMessages(senders));
  await (await signIn(lead)).post('/staff/notifications');
  await sendAll();
  assert.equal(mail.mails.length, 0);
  assert.deepEqual(
    (await messages()).map(({ state }) => state),
    ['not needed'],
  );
});

test('a message whose outcome is unknown is sent once more under the same id, and never again', async (t) => {
  const { lead, mail, sendAll, reach, tell, messages, later } = await queueing(t);
  await reach(lead.id);
  await tell(lead.id);
  mail.state.trouble = 'cut before the answer';
  await sendAll();
  await sendAll();
  assert.equal(mail.mails.length, 1, 'not at once');
  for (let hours = 0; hours < 48; hours += 1) {
    later(60);
    await sendAll();
  }
  const ids = mail.mails.map(({ source }) => /^Message-ID: (.*)$/m.exec(source)?.[1]);
  assert.deepEqual([ids.length, new Set(ids).size], [2, 1]);
  assert.deepEqual(
    (await messages()).map(({ state, tries, begunAt }) => [state, tries, begunAt]),
    [['unknown', 2, null]],
  );
});

test('a try that was cut off with its process counts as unknown', async (t) => {
  const { db, lead, gateway, sendAll, run, reach, tell, messages, later, senders, clock } = await queueing(t);
  await reach(lead.id, { channel: 'text' });
  await tell(lead.id);
  await run(queueMessages(senders));
  await db.updateTable('notificationMessages').set({ state: 'sending', tries: 1, begunAt: clock.now() }).execute();
  await run(settleCutOff);
  await sendAll();
  assert.equal(gateway.posted.length, 0, 'another process may still be sending it');
  later(3);
  await run(settleCutOff);
  later(6);
  await sendAll();
  assert.equal(gateway.posted.length, 1);
  assert.deepEqual(
    (await messages()).map(({ state, tries, doubts }) => [state, tries, doubts]),
    [['accepted', 2, 1]],
  );
});

test('a gateway that is busy is asked again when it says, and refusals are final', async (t) => {
  const { lead, gateway, sendAll, reach, tell, messages, later } = await queueing(t);
  await reach(lead.id, { channel: 'text' });
  await tell(lead.id);
  gateway.state.trouble = 'busy';
  await sendAll();
  later(9);
  await sendAll();
  assert.equal(gateway.posted.length, 1, 'it asked for ten minutes');
  gateway.state.trouble = 'refuse';
  later(1);
  await sendAll();
  later(600);
  await sendAll();
  assert.equal(gateway.posted.length, 2);
  assert.deepEqual(
    (await messages()).map(({ state, reason }) => [state, reason]),
    [['refused', 'HTTP_400']],
  );
});

test('an urgent notification that nobody opens goes to the role and then to the leads', async (t) => {
  const { db, lead, signIn, council, member, run, clock, later } = await queueing(t);
  const worker = await member(council, ['partner caseworker']);
  const protection = await member(council, ['data-protection lead']);
  const to = { member: worker.id };
  await notify(db, [{ kind: 'urgent case news', subject: null, ownerId: council.id, to, madeAt: clock.now() }]);
  const minutes = async (count: number) => {
    for (let minute = 0; minute < count; minute += 1) {
      later(1);
      await run(escalate(5));
    }
  };
  const bell = async (one: typeof lead) =>
    /Notifications( \(\d+\))?<\/a>/.exec((await (await signIn(one)).get('/staff/more')).body)?.[1]?.trim();
  await minutes(5);
  assert.deepEqual([await bell(worker), await bell(lead), await bell(protection)], ['(1)', undefined, undefined]);
  await minutes(1);
  assert.deepEqual([await bell(worker), await bell(lead), await bell(protection)], ['(2)', '(1)', undefined]);
  await minutes(5);
  assert.deepEqual([await bell(worker), await bell(lead), await bell(protection)], ['(2)', '(2)', '(1)']);
  await minutes(30);
  assert.deepEqual([await bell(worker), await bell(lead), await bell(protection)], ['(2)', '(2)', '(1)']);
  assert.match((await (await signIn(protection)).get('/staff/notifications')).body, /nobody has opened an urgent/);
});

test('opened by one of them, it goes no further', async (t) => {
  const { db, lead, signIn, council, run, clock, later } = await queueing(t);
  const to = { agency: council.id, roles: ['safeguarding lead'] } as const;
  await notify(db, [{ kind: 'urgent case news', subject: null, ownerId: council.id, to, madeAt: clock.now() }]);
  await (await signIn(lead)).post('/staff/notifications');
  for (let minute = 0; minute < 40; minute += 1) {
    later(1);
    await run(escalate(15));
  }
  assert.equal((await db.selectFrom('notices').select('id').execute()).length, 1);
});

test('old messages are forgotten, and so is the address of a member who left', async (t) => {
  const { db, lead, member, council, run, reach, sendAll, tell, messages, clock, later } = await queueing(t);
  const gone = await member(council, ['field']);
  await reach(lead.id);
  await reach(gone.id);
  await tell(lead.id);
  await sendAll();
  await db.updateTable('members').set({ endedAt: clock.now() }).where('id', '=', gone.id).execute();
  await run(forgetMessages);
  const left = await db.selectFrom('notificationChannels').select('memberId').execute();
  assert.deepEqual(left, [{ memberId: lead.id }]);
  assert.equal((await messages()).length, 1);
  later(100 * 24 * 60);
  await run(forgetMessages);
  assert.equal((await messages()).length, 0);
});
