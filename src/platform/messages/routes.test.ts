import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { openMailServer, openTextServer } from '../../../test/fixtures/message-servers.ts';
import { newId } from '../../vocabulary/ids.ts';

const outside = '/staff/notifications/outside';

async function member(t: TestContext) {
  const [mail, gateway] = [await openMailServer(t), await openTextServer(t)];
  const application = await openApplication(t, { environment: { ...mail.environment, ...gateway.environment } });
  const reader = await application.signIn('visit.record');
  const codeIn = (text: string | undefined) => /\b\d{6}\b/.exec(text?.replace(/^[\w-]+:.*$/gm, '') ?? '')?.[0] ?? '';
  const later = (minutes: number) =>
    application.clock.move(new Date(application.clock.now().getTime() + minutes * 60_000));
  return { ...application, mail, gateway, reader, codeIn, later };
}

test('a member adds an e-mail address and confirms it by the code that was sent to it', async (t) => {
  const { mail, reader, codeIn, db } = await member(t);
  assert.match((await reader.get(outside)).body, /E-mail[\s\S]*No messages this way yet[\s\S]*Text message/);
  const wrong = await reader.post(`${outside}/email`, { address: 'robin@agency.example, evil@agency.example' });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /Enter one e-mail address/);
  const sent = await reader.post(`${outside}/email`, { address: 'robin@agency.example' });
  assert.equal(sent.headers.location, `${outside}/email/code`);
  const [one] = mail.mails;
  assert.deepEqual(one?.to, ['robin@agency.example']);
  const code = codeIn(one?.source);
  assert.match(code, /^\d{6}$/);
  const stored = JSON.stringify(await db.selectFrom('notificationChannels').selectAll().execute());
  assert.ok(!stored.includes(code), 'only its digest is stored');
  assert.match((await reader.get(outside)).body, /Not confirmed yet[\s\S]*Enter the code/);
  const mistyped = await reader.post(`${outside}/email/code`, { code: code === '000000' ? '000001' : '000000' });
  assert.match((await reader.get(String(mistyped.headers.location))).body, /This is not the code that we sent last/);
  assert.equal((await reader.post(`${outside}/email/code`, { code })).headers.location, outside);
  assert.match((await reader.get(outside)).body, /robin@agency\.example[\s\S]*On[\s\S]*Stop messages by e-mail/);
});

test('a code is refused after five wrong ones and after fifteen minutes, and another comes after two minutes', async (t) => {
  const { gateway, reader, codeIn, later } = await member(t);
  await reader.post(`${outside}/text`, { address: '07700 900123' });
  const code = codeIn(gateway.posted[0]?.body);
  const again = await reader.post(`${outside}/text`, { address: '07700 900123' });
  assert.match(again.body, /less than two minutes ago/);
  for (let tries = 0; tries < 5; tries += 1)
    await reader.post(`${outside}/text/code`, { code: code === '111111' ? '222222' : '111111' });
  assert.equal((await reader.post(`${outside}/text/code`, { code })).statusCode, 422);
  later(2);
  await reader.post(`${outside}/text`, { address: '07700 900123' });
  later(16);
  const second = codeIn(gateway.posted[1]?.body);
  assert.match((await reader.post(`${outside}/text/code`, { code: second })).body, /no longer works/);
  await reader.post(`${outside}/text`, { address: '07700 900123' });
  assert.equal((await reader.post(`${outside}/text/code`, { code: codeIn(gateway.posted[2]?.body) })).statusCode, 303);
  assert.match((await reader.get(outside)).body, /\+447700900123/);
});

test('a member stops messages, sets quiet hours and removes an address, which others never see', async (t) => {
  const { db, reader, signIn, clock } = await member(t);
  const id = newId();
  const row = { id, memberId: reader.member.id, channel: 'email', address: 'robin@agency.example' };
  await db
    .insertInto('notificationChannels')
    .values({ ...row, confirmedAt: clock.now() })
    .execute();
  await reader.post(`${outside}/email/switch`);
  assert.match((await reader.get(outside)).body, /Start messages by e-mail/);
  const hours = await reader.post(`${outside}/quiet-hours`, { quietFrom: '22:30', quietUntil: '06:15' });
  assert.equal(hours.statusCode, 303);
  assert.match((await reader.get(outside)).body, /No messages from 22:30 to 06:15/);
  await reader.post(`${outside}/quiet-hours`, { quietFrom: '08:00', quietUntil: '08:00' });
  assert.match((await reader.get(outside)).body, /You have no quiet hours/);
  const other = await signIn('visit.record');
  assert.doesNotMatch((await other.get(outside)).body, /robin@agency/);
  assert.equal((await other.get(`${outside}/email/code`)).statusCode, 404);
  assert.equal((await reader.post(`${outside}/email/remove`)).statusCode, 303);
  assert.deepEqual(await db.selectFrom('notificationChannels').select('id').execute(), []);
  assert.equal((await reader.get(`${outside}/pigeon`)).statusCode, 404);
});

test('an address added later takes the quiet hours of the other one, and without an address there is none to set', async (t) => {
  const { db, reader, mail, codeIn } = await member(t);
  assert.equal((await reader.get(`${outside}/quiet-hours`)).headers.location, outside);
  const none = await reader.post(`${outside}/quiet-hours`, { quietFrom: '20:00', quietUntil: '07:00' });
  assert.equal(none.headers.location, outside);
  assert.doesNotMatch((await reader.get(outside)).body, /Quiet hours/, 'nor does it say that they were saved');
  await reader.post(`${outside}/email`, { address: 'robin@agency.example' });
  await reader.post(`${outside}/email/code`, { code: codeIn(mail.mails[0]?.source) });
  await reader.post(`${outside}/quiet-hours`, { quietFrom: '00:00', quietUntil: '23:59' });
  await reader.post(`${outside}/text`, { address: '07700 900123' });
  const hours = await db.selectFrom('notificationChannels').select(['quietFrom', 'quietUntil']).execute();
  assert.deepEqual(hours, Array(2).fill({ quietFrom: 0, quietUntil: 23 * 60 + 59 }));
});

test('a confirmed number gets messages until the new one is confirmed, and the confirmed one typed again ends the change', async (t) => {
  const { db, reader, gateway, codeIn, later } = await member(t);
  const row = { id: newId(), memberId: reader.member.id, channel: 'text', address: '+447700900123' };
  await db
    .insertInto('notificationChannels')
    .values({ ...row, confirmedAt: new Date() })
    .execute();
  const now = async () =>
    db.selectFrom('notificationChannels').select(['address', 'newAddress', 'confirmedAt']).executeTakeFirst();
  await reader.post(`${outside}/text`, { address: '07700 900199' });
  assert.match(gateway.posted[0]?.body ?? '', /900199/);
  const before = await now();
  assert.deepEqual([before?.address, before?.newAddress], ['+447700900123', '+447700900199']);
  assert.ok(before?.confirmedAt, 'the queue sends to it');
  const words = /Messages go to \+447700900123 until you confirm \+447700900199/;
  assert.match((await reader.get(`${outside}/text/code`)).body, words);
  const page = (await reader.get(outside)).body;
  assert.match(page, words);
  assert.match(page, /Stop messages by text message[\s\S]*Enter the code/);
  const same = await reader.post(`${outside}/text`, { address: '07700 900123' });
  assert.equal(same.headers.location, outside);
  assert.doesNotMatch((await reader.get(outside)).body, /900199|Enter the code/);
  const old = codeIn(gateway.posted[0]?.body);
  await reader.post(`${outside}/text/code`, { code: old });
  assert.equal((await now())?.address, '+447700900123', 'its code is over');
  assert.match((await reader.post(`${outside}/text`, { address: '07700 900188' })).body, /less than two minutes ago/);
  later(2);
  await reader.post(`${outside}/text`, { address: '07700 900188' });
  await reader.post(`${outside}/text/code`, { code: codeIn(gateway.posted[1]?.body) });
  const after = await now();
  assert.deepEqual([after?.address, after?.newAddress], ['+447700900188', null]);
});

test('removing and adding again, or many requests at once, send no code sooner and give no further tries', async (t) => {
  const { db, reader, gateway, codeIn, later } = await member(t);
  const add = () => reader.post(`${outside}/text`, { address: '07700 900199' });
  await Promise.all([add(), add(), add(), add()]);
  assert.equal(gateway.posted.length, 1);
  assert.equal((await reader.post(`${outside}/text/remove`)).statusCode, 303);
  assert.match((await reader.get(outside)).body, /No messages this way yet/);
  assert.deepEqual(await db.selectFrom('notificationChannels').select(['address', 'codeHash']).execute(), [
    { address: null, codeHash: null },
  ]);
  assert.equal((await reader.get(`${outside}/text/code`)).statusCode, 404);
  assert.match((await add()).body, /less than two minutes ago/);
  assert.equal(gateway.posted.length, 1);
  later(2);
  await add();
  await reader.post(`${outside}/text/code`, { code: codeIn(gateway.posted[1]?.body) });
  assert.match((await reader.get(outside)).body, /\+447700900199[\s\S]*On/);
  await reader.post(`${outside}/text/remove`);
  assert.deepEqual(await db.selectFrom('notificationChannels').select('id').execute(), []);
});

test('the code page says so where a code could not be sent', async (t) => {
  const { gateway, reader } = await member(t);
  gateway.state.trouble = 'refuse';
  const sent = await reader.post(`${outside}/text`, { address: '07700 900123' });
  assert.match((await reader.get(String(sent.headers.location))).body, /could not be sent/);
});

test('without servers the page says that messages are off, and nothing can be sent', async (t) => {
  const { signIn } = await openApplication(t);
  const reader = await signIn('visit.record');
  const { body } = await reader.get(outside);
  assert.match(body, /E-mails are switched off[\s\S]*Text messages are switched off/);
  assert.match((await reader.get(`${outside}/email`)).body, /E-mails are switched off/);
  await reader.post(`${outside}/email`, { address: 'robin@agency.example' });
  assert.doesNotMatch((await reader.get(outside)).body, /robin@agency/);
});

test('an administrator sees the messages of the own agency in counts, what to do, and whose address is refused', async (t) => {
  const { db, signIn, agency, member: add, clock } = await member(t);
  const [own, other] = [
    await agency('council', { name: 'Dale Council' }),
    await agency('council', { name: 'Fell Council' }),
  ];
  const [admin, reader] = [await add(own, ['administrator']), await add(own, ['field'], 'Robin Reader')];
  const stranger = await add(other, ['field'], 'Sam Stranger');
  const mistyped = await add(own, ['field'], 'Mia Mistyped');
  const unreached = await add(own, ['field'], 'Una Unreached');
  const of = (memberId: string, agencyId: string, more: object) => ({
    ...{ id: newId(), memberId, agencyId, channel: 'email', notices: [newId()], urgent: false },
    ...{ dueAt: clock.now(), madeAt: clock.now(), ...more },
  });
  await db
    .insertInto('notificationMessages')
    .values([
      of(reader.id, own.id, { state: 'unknown', reason: 'ETIMEDOUT', settledAt: clock.now() }),
      of(reader.id, own.id, { state: 'accepted', settledAt: clock.now() }),
      of(reader.id, own.id, { state: 'accepted', settledAt: new Date(0) }),
      of(mistyped.id, own.id, { state: 'accepted', settledAt: new Date(clock.now().getTime() - 3_600_000) }),
      of(mistyped.id, own.id, { state: 'refused', reason: 'EENVELOPE_551', settledAt: clock.now() }),
      of(unreached.id, own.id, { state: 'refused', reason: 'EXPIRED', settledAt: clock.now() }),
      of(reader.id, own.id, { state: 'again', reason: 'EAUTH', settledAt: null }),
      of(stranger.id, other.id, { state: 'refused', reason: 'EENVELOPE_550', settledAt: clock.now() }),
    ] as never)
    .execute();
  const { body } = await (await signIn(admin)).get('/staff/notifications/delivery');
  for (const words of [
    /Mia Mistyped[\s\S]*their e-mail address/,
    /to be tried again[\s\S]*does not accept the settings of this site\. Ask the operator[\s\S]*EAUTH/,
    /refused the e-mail address\. See[\s\S]*EENVELOPE_551/,
    /took nothing for 24 hours\. Tell the operator/,
    /unknown[\s\S]*It may have arrived, once or twice[\s\S]*ETIMEDOUT/,
  ])
    assert.match(body, words);
  assert.doesNotMatch(body, /EENVELOPE_550|Robin Reader|Una Unreached|Sam Stranger/);
  assert.equal((await (await signIn(reader)).get('/staff/notifications/delivery')).statusCode, 403);
});
