import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { Authenticator, type Saying } from '../../../test/fixtures/authenticator.ts';
import { addAccount, Browser } from '../../../test/fixtures/sign-in.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPasskey } from './store.ts';

const origin = 'https://safelight.example';
const environment = { SAFELIGHT_MODE: 'live', SAFELIGHT_ORIGIN: origin };

async function withPasskey(application: TestApplication, counter = 0) {
  const member = await addAccount(application);
  const key = new Authenticator(origin);
  await addPasskey(application.db, {
    id: newTimelessId(),
    memberId: member.id,
    credentialId: Buffer.from(key.id, 'base64url'),
    publicKey: key.publicKey,
    counter,
    transports: ['internal'],
    synced: false,
    name: 'work phone',
    addedAt: application.clock.now(),
  });
  return { member, key };
}

const asked = async (browser: Browser): Promise<string> => {
  const answer = await browser.post('/staff/sign-in/passkey/ask');
  const { options } = answer.json();
  assert.deepEqual([options.userVerification, options.rpId], ['required', 'safelight.example']);
  assert.deepEqual(options.allowCredentials ?? [], [], 'whoever holds one says who she is');
  return options.challenge;
};

const show = (browser: Browser, challenge: string, answer: string, more = {}) =>
  browser.post('/staff/sign-in/passkey', { challenge, answer, ...more });

test('a passkey alone signs in, also in live mode, and only once for each challenge', async (t) => {
  const application = await openApplication(t, { environment });
  const { member, key } = await withPasskey(application);
  const browser = new Browser(application);
  const challenge = await asked(browser);
  const answer = key.says({
    challenge,
    userHandle: Buffer.from(member.id.replaceAll('-', ''), 'hex').toString('base64url'),
  });
  const right = await show(browser, challenge, answer, { next: '/staff/operations' });
  assert.deepEqual([right.statusCode, right.headers.location], [303, '/staff/operations']);
  assert.equal(await browser.isIn(), true);
  const session = await application.db
    .selectFrom('sessions')
    .select(['method', 'unfinished'])
    .executeTakeFirstOrThrow();
  assert.deepEqual([session.method, session.unfinished], ['passkey', false]);

  const replayed = await show(browser, challenge, answer);
  assert.equal(replayed.statusCode, 422);
  assert.match(replayed.body, /Start again/);
  await application.app.refusals.settled();
  const log = await application.db
    .selectFrom('accessLog')
    .select(['event', 'kind', 'subject', 'reason'])
    .where('kind', '<>', 'consultation')
    .orderBy('id')
    .execute();
  assert.deepEqual(
    log.map(({ event, kind, subject }) => [event, kind, subject]),
    [
      ['session.opened', 'collection', member.id],
      ['sign-in.refused', 'refusal', member.id],
    ],
  );
});

const bad: Readonly<Record<string, Partial<Saying>>> = {
  'not unlocked': { verified: false },
  'nobody there': { present: false },
  'another origin': { origin: 'https://safelight.example.evil.example' },
  'another port': { origin: 'https://safelight.example:8443' },
  'another site': { rpId: 'evil.example' },
  'a question of its own': { challenge: 'bm90IG91cnM' },
  'a registration': { type: 'webauthn.create' },
  'another holder': { userHandle: Buffer.from('0'.repeat(32), 'hex').toString('base64url') },
};

for (const [name, saying] of Object.entries(bad)) {
  test(`a passkey that says ${name} is refused, and the question is used up`, async (t) => {
    const application = await openApplication(t, { environment });
    const { key } = await withPasskey(application);
    const browser = new Browser(application);
    const challenge = await asked(browser);
    const refused = await show(browser, challenge, key.says({ challenge, ...saying }));
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, /was not accepted/);
    assert.match((await show(browser, challenge, key.says({ challenge }))).body, /Start again/);
    assert.equal(await browser.isIn(), false);
    assert.deepEqual(
      (await application.refusals()).map(({ event }) => event),
      ['sign-in.refused', 'sign-in.refused'],
    );
  });
}

test('an answer of another key, a flipped one and nonsense are refused', async (t) => {
  const application = await openApplication(t, { environment });
  const { key } = await withPasskey(application);
  const stranger = new Authenticator(origin);
  const browser = new Browser(application);
  const forged = [
    (challenge: string) => stranger.says({ challenge }),
    (challenge: string) =>
      key.says({ challenge }).replace(/"signature":"(.)/, (_, one) => `"signature":"${one === 'M' ? 'N' : 'M'}A`),
    (challenge: string) => key.says({ challenge }).replaceAll(key.id, 'AAAA'),
    () => '{}',
    () => 'null',
    () => '{"id":"AA","response":{}}',
    () => '\u0000{',
    () => 'x'.repeat(30_000),
  ];
  for (const forge of forged) {
    const challenge = await asked(browser);
    const answer = await show(browser, challenge, forge(challenge));
    assert.equal(answer.statusCode, 422);
    assert.match(answer.body, /was not accepted/);
  }
  assert.equal(await browser.isIn(), false);
});

test('a challenge works in no other browser, and not after five minutes', async (t) => {
  const application = await openApplication(t, { environment });
  const { key } = await withPasskey(application);
  const [hers, other] = [new Browser(application), new Browser(application)];
  const challenge = await asked(hers);
  await other.get('/staff/sign-in');
  assert.match((await show(other, challenge, key.says({ challenge }))).body, /Start again/);
  application.clock.move(new Date(application.clock.now().getTime() + 301_000));
  assert.match((await show(hers, challenge, key.says({ challenge }))).body, /Start again/);
  assert.equal((await hers.get('/staff')).statusCode, 303);
});

test('a counter that goes back locks no one out: it is logged, and the member reads of it at the next sign-in', async (t) => {
  const application = await openApplication(t, { environment });
  const { key } = await withPasskey(application, 7);
  const shows = async (counter: number) => {
    const browser = new Browser(application);
    const challenge = await asked(browser);
    return { browser, answer: await show(browser, challenge, key.says({ challenge, counter })) };
  };
  assert.equal((await shows(8)).answer.headers.location, '/staff');
  const copied = await shows(3);
  assert.equal(copied.answer.headers.location, '/staff', 'let in all the same');
  const log = await application.db
    .selectFrom('accessLog')
    .select('reason')
    .where('reason', 'like', '%counter%')
    .execute();
  assert.equal(log.length, 1);
  application.clock.move(new Date(application.clock.now().getTime() + 60_000));
  const next = await shows(4);
  assert.match(String(next.answer.headers.location), /signed-in/);
  assert.match((await next.browser.get('/staff/signed-in')).body, /counted backwards/);
});

test('a member with a passkey who gives only a password can neither sign in nor add another way in', async (t) => {
  const application = await openApplication(t, { environment });
  await withPasskey(application);
  const thief = new Browser(application);
  const answer = await thief.signIn();
  assert.match(answer.body, /Enter a recovery code/);
  assert.ok(!('safelight' in thief.cookies));
  assert.equal((await thief.get('/staff/credentials/code/new')).statusCode, 303);
});
