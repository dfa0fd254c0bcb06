import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { addAccount, Browser } from '../../../test/fixtures/sign-in.ts';
import { forgetTries } from '../../platform/throttle/throttle-store.ts';

const later = ({ clock }: TestApplication, seconds: number): void =>
  clock.move(new Date(clock.now().getTime() + seconds * 1_000));
const guess = { password: 'wrong horse' };

test('slows guessing for that account from that network only, longer each time', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const guesser = new Browser(application, '198.51.100.9');
  for (let tries = 0; tries < 10; tries += 1) assert.equal((await guesser.signIn(guess)).statusCode, 422);
  const slowed = await guesser.signIn(guess);
  assert.deepEqual([slowed.statusCode, slowed.headers['retry-after']], [429, '30']);
  assert.match(slowed.body, /Too many tries\. Wait 30 seconds/);
  assert.match(slowed.body, /value="asha@example.org"/, 'keeps what was typed');
  assert.equal((await guesser.signIn()).statusCode, 429, 'the right one waits as well');
  assert.equal(
    (await new Browser(application, '198.51.100.77').signIn(guess)).statusCode,
    429,
    'another address in the same network is slowed too',
  );
  assert.equal((await guesser.signIn({ ...guess, email: 'mona@example.org' })).statusCode, 422, 'another account');
  assert.equal((await new Browser(application).signIn()).statusCode, 303, 'whom they guess at, from elsewhere');

  const waits: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const { headers } = await guesser.signIn(guess);
    waits.push(Number(headers['retry-after']));
    later(application, Number(headers['retry-after']));
    assert.equal((await guesser.signIn(guess)).statusCode, 422);
  }
  assert.ok(
    waits.every((wait, index) => index === 0 || wait >= (waits[index - 1] ?? 0)),
    String(waits),
  );
  assert.ok((waits.at(-1) ?? 0) >= 60, String(waits));
  later(application, 3_600);
  assert.equal((await guesser.signIn()).statusCode, 303, 'forgotten after a while');
});

test('a known device waits only for its own tries, on that account', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  await addAccount(application, 'mona@example.org');
  const hers = new Browser(application);
  assert.equal((await hers.signIn()).statusCode, 303);
  await hers.post('/staff/sign-out');
  const beside = new Browser(application, '203.0.113.8');
  for (let tries = 0; tries < 11; tries += 1) {
    await beside.signIn(guess);
    await beside.signIn({ ...guess, email: 'mona@example.org' });
  }
  assert.equal((await beside.signIn()).statusCode, 429);
  assert.equal((await hers.signIn({ email: 'mona@example.org' })).statusCode, 429, 'it is known for her account alone');
  assert.equal((await hers.signIn()).statusCode, 303);

  const forged = new Browser(application);
  forged.cookies['safelight-device'] = `${hers.cookies['safelight-device']?.split('.')[0]}.AAAA`;
  assert.equal((await forged.signIn()).statusCode, 429, 'a cookie that we did not sign');
  await hers.post('/staff/sign-out');
  for (let tries = 0; tries < 10; tries += 1) assert.equal((await hers.signIn(guess)).statusCode, 422);
  assert.equal((await hers.signIn(guess)).statusCode, 429, 'a stolen device has its own end');
});

test('stores no address and no account with the tries, and deletes all after two days', async (t) => {
  const application = await openApplication(t);
  await new Browser(application).signIn(guess);
  const [rows, salts] = [
    await application.db.selectFrom('signInAttempts').selectAll().execute(),
    await application.db.selectFrom('signInSalts').selectAll().execute(),
  ];
  assert.equal(rows.length, 3);
  assert.equal(salts.length, 1);
  for (const { key } of rows) assert.equal(key.length, 32);
  await forgetTries(application.db, new Date(application.clock.now().getTime() + 2 * 86_400_000));
  assert.equal((await application.db.selectFrom('signInAttempts').selectAll().execute()).length, 0);
  assert.equal((await application.db.selectFrom('signInSalts').selectAll().execute()).length, 0);
});
