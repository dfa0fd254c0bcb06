import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  findClosedPort,
  openMailServer,
  openSilentServer,
  openTextServer,
} from '../../../test/fixtures/message-servers.ts';
import { newId } from '../../vocabulary/ids.ts';
import { readConfig } from '../config.ts';
import { openSenders } from './channel.ts';
import type { Channel } from './message.ts';

function senders(t: TestContext, environment: Record<string, string>, seconds?: number) {
  const { messages, origin } = readConfig({ SAFELIGHT_ORIGIN: 'https://safelight.example', ...environment });
  const mail = messages.mail && { ...messages.mail, seconds: seconds ?? messages.mail.seconds };
  const opened = openSenders({ messages: { ...messages, mail }, origin });
  t.after(() => opened.close());
  return opened;
}

const sendOne = async (of: ReturnType<typeof openSenders>, channel: Channel, to: string, id: string = newId()) =>
  (await of.of(channel)).send({ id, to });

test('an e-mail goes over TLS to one address, with its id and the words that are the same for all', async (t) => {
  const { mails, environment } = await openMailServer(t);
  const id = newId();
  const outcome = await sendOne(senders(t, environment), 'email', 'robin@agency.example', id);
  assert.deepEqual(outcome, { kind: 'accepted' });
  const [mail] = mails;
  assert.deepEqual(mail?.to, ['robin@agency.example']);
  assert.equal(mail?.from, 'no-reply@safelight.example');
  assert.match(mail?.source ?? '', new RegExp(`^Message-ID: <${id}@safelight\\.example>`, 'm'));
  assert.match(mail?.source ?? '', /^Subject: You have something new in Safelight\r$/m);
  assert.match(mail?.source ?? '', /Sign in\.\r\n\r\nhttps:\/\/safelight\.example\/staff\/sign-in\r\n/);
});

test('each failure of a mail server has its outcome', async (t) => {
  const { mails, state, environment } = await openMailServer(t);
  const of = senders(t, environment, 1);
  for (const [trouble, kind, reason] of [
    ['refuse', 'refused', /_550$/],
    ['busy', 'later', /_451$/],
    ['cut before the answer', 'unknown', /^[A-Z]+$/],
    ['slow', 'unknown', /^ETIMEDOUT$/],
  ] as const) {
    state.trouble = trouble;
    const before = mails.length;
    const outcome = await sendOne(of, 'email', 'robin@agency.example');
    assert.equal(outcome.kind, kind, trouble);
    assert.match('reason' in outcome ? outcome.reason : '', reason, trouble);
    assert.ok(mails.length - before <= 1, 'the library sends nothing again by itself');
  }
  state.trouble = undefined;
  assert.deepEqual(await sendOne(of, 'email', 'robin@agency.example'), { kind: 'accepted' });
});

test('no e-mail leaves in clear text, to an untrusted server, with a wrong password or to more than one reader', async (t) => {
  const clear = await openMailServer(t, { tls: false });
  const { mails, state, environment } = await openMailServer(t);
  const { SAFELIGHT_SMTP_CA: _, ...untrusted } = environment;
  for (const [what, settings, to] of [
    ['no TLS', clear.environment, 'robin@agency.example'],
    ['another certificate', untrusted, 'robin@agency.example'],
    [
      'a wrong password',
      { ...environment, SAFELIGHT_SMTP: environment.SAFELIGHT_SMTP.replace('secret', 'wrong') },
      'robin@agency.example',
    ],
    ['a second reader', environment, 'robin@agency.example\r\nRCPT TO:<evil@agency.example>'],
    ['a list', environment, 'robin@agency.example, evil@agency.example'],
  ] as const) {
    const outcome = await sendOne(senders(t, settings, 1), 'email', to);
    assert.equal(outcome.kind, what === 'a second reader' || what === 'a list' ? 'refused' : 'later', what);
  }
  assert.deepEqual([...mails, ...clear.mails], []);
  assert.doesNotMatch(state.traffic, /evil/);
});

test('a mail server that is down or silent has certainly not taken the message', async (t) => {
  const port = await openSilentServer(t);
  for (const [where, reason] of [
    [`smtp://localhost:${port}`, /^ETIMEDOUT$/],
    [`smtp://localhost:${await findClosedPort()}`, /^E[A-Z]+$/],
  ] as const) {
    const of = senders(t, { SAFELIGHT_SMTP: where, SAFELIGHT_SMTP_FROM: 'no-reply@safelight.example' }, 1);
    const outcome = await sendOne(of, 'email', 'robin@agency.example');
    assert.equal(outcome.kind, 'later', where);
    assert.match('reason' in outcome ? outcome.reason : '', reason);
  }
});

test('a text message goes to the address in the settings, with its headers, its template and its key', async (t) => {
  const { posted, environment } = await openTextServer(t);
  const id = newId();
  assert.deepEqual(await sendOne(senders(t, environment), 'text', '+447700900123', id), { kind: 'accepted' });
  const [one] = posted;
  assert.equal(one?.headers.authorization, 'Bearer secret of the gateway');
  assert.equal(one?.headers['idempotency-key'], id);
  assert.deepEqual(JSON.parse(one?.body ?? ''), {
    recipient: '+447700900123',
    content: 'You have something new in Safelight. Sign in.',
    from: 'Safelight',
  });
});

test('each failure of a text gateway has its outcome, and no redirect is followed', async (t) => {
  const { posted, state, environment } = await openTextServer(t);
  const of = senders(t, environment);
  for (const [trouble, expected] of [
    ['refuse', { kind: 'refused', reason: 'HTTP_400' }],
    ['wrong token', { kind: 'later', reason: 'HTTP_401', seconds: undefined }],
    ['busy', { kind: 'later', reason: 'HTTP_429', seconds: 600 }],
    ['fail', { kind: 'unknown', reason: 'HTTP_500' }],
    ['redirect', { kind: 'refused', reason: 'HTTP_302' }],
    ['no reference', { kind: 'unknown', reason: 'NO_REFERENCE' }],
    ['silent', { kind: 'unknown', reason: 'TIMEOUT' }],
  ] as const) {
    state.trouble = trouble;
    assert.deepEqual(await sendOne(of, 'text', '+447700900123'), expected, trouble);
  }
  state.trouble = 'cut';
  assert.equal((await sendOne(of, 'text', '+447700900123')).kind, 'unknown');
  assert.deepEqual(new Set(posted.map(({ url }) => url)), new Set(['/messages']));
});

test('a gateway that nobody answers at has certainly not taken the message', async (t) => {
  const port = await findClosedPort();
  const { environment } = await openTextServer(t, { address: `http://127.0.0.1:${port}/messages` });
  assert.deepEqual(await sendOne(senders(t, environment), 'text', '+447700900123'), {
    kind: 'later',
    reason: 'ECONNREFUSED',
  });
});

test('wrong settings stop the start with a sentence, and without any nothing is sent', async (t) => {
  const none = senders(t, {});
  assert.deepEqual([none.has('email'), none.has('text')], [false, false]);
  const { environment } = await openTextServer(t, { address: 'http://gateway.example/messages' });
  for (const [settings, sentence] of [
    [{ SAFELIGHT_SMTP: 'mail.example' }, /SAFELIGHT_SMTP must be an address like smtp/],
    [{ SAFELIGHT_SMTP: 'smtp://mail.example' }, /SAFELIGHT_SMTP_FROM must say which address/],
    [{ SAFELIGHT_SMTP_FROM: 'Robin <robin@agency.example>' }, /must be one plain e-mail address/],
    [environment, /SAFELIGHT_TEXT_GATEWAY names a file with a mistake: address must begin with https/],
    [{ SAFELIGHT_TEXT_GATEWAY: '/nowhere.json' }, /must be a readable file of JSON/],
  ] as const)
    assert.throws(() => readConfig({ ...settings }), sentence);
});
