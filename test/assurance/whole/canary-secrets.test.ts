import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, Secrets } from './canary-secrets.ts';

const minted = () => {
  const secrets = new Secrets(7);
  const letter = secrets.letter('/staff/weeks/new', 'as asked');
  for (let more = 0; more < 40; more += 1) letter.secret('before');
  return { letter, secret: letter.secret('name') };
};

test('a secret is found as it was sent, in capitals, cut short, and in hexadecimal', () => {
  const { secret } = minted();
  for (const text of [
    `the week ${secret} of action`,
    secret.toUpperCase(),
    secret.slice(0, 12),
    Buffer.from(`x${secret}`).toString('hex'),
  ])
    assert.deepEqual(found(text), [40], text);
});

test('a secret is found in base64, wherever in it the secret begins', () => {
  const { secret } = minted();
  for (const before of ['', 'a', 'ab', 'abc', '{"name":"'])
    for (const kind of ['base64', 'base64url'] as const)
      assert.deepEqual(found(Buffer.from(`${before}${secret}"}`).toString(kind)), [40], `${before} ${kind}`);
});

test('in what holds none, none is found', () => {
  assert.deepEqual(found('cnry, a canary, and 636e72797a'), []);
});

test('each secret of a request learns what was answered, and whether it was shown again', () => {
  const { letter, secret } = minted();
  letter.answered({ statusCode: 422, body: `<input value="${secret}">` });
  assert.deepEqual(
    letter.carried.map(({ status, givenBack }) => [status, givenBack]),
    [...Array.from({ length: 40 }, () => [422, false]), [422, true]],
  );
});
