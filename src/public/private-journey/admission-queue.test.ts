import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AdmissionQueue } from './admission-queue.ts';

const noon = new Date('2026-09-18T12:00:00Z');

/** Who was let in, in that order: each stays for one turn. */
async function served(turnstile: AdmissionQueue, knocks: readonly string[], times = knocks.length): Promise<string[]> {
  const order: string[] = [];
  const inside: (() => void)[] = [];
  for (const address of knocks)
    void turnstile.enter(address, noon).then((leave) => {
      order.push(address);
      inside.push(leave);
    });
  await new Promise((done) => setImmediate(done));
  for (let turn = 0; turn < times; turn += 1) {
    inside.shift()?.();
    await new Promise((done) => setImmediate(done));
  }
  return order;
}

test('while there are free places nobody waits', async () => {
  const turnstile = new AdmissionQueue(4);
  assert.equal((await served(turnstile, ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'], 0)).length, 4);
  assert.equal(turnstile.waiting, 0);
});

test('a network that sends a thousand forms waits behind itself; who comes after it does not', async () => {
  const turnstile = new AdmissionQueue(2);
  const flood = Array.from({ length: 1_000 }, (_, knock) => `198.18.0.${knock % 256}`);
  const order = await served(turnstile, [...flood, '203.0.113.5', '192.0.2.5']);
  assert.equal(order.length, 1_002, 'nobody is sent away');
  assert.ok(order.indexOf('203.0.113.5') < 8, `let in as number ${order.indexOf('203.0.113.5')}`);
  assert.ok(order.indexOf('192.0.2.5') < 8, `let in as number ${order.indexOf('192.0.2.5')}`);
  assert.equal(turnstile.waiting, 0);
});

test('of two that wait, the first to arrive goes first', async () => {
  const knocks = ['10.0.1.1', '10.0.2.1', '10.0.3.1', '10.0.4.1', '10.0.5.1'];
  assert.deepEqual(await served(new AdmissionQueue(1), knocks), knocks);
});

test('leaving twice lets in one, not two', async () => {
  const turnstile = new AdmissionQueue(1);
  const leave = await turnstile.enter('10.0.0.1', noon);
  let entered = 0;
  for (const address of ['10.0.1.1', '10.0.2.1']) void turnstile.enter(address, noon).then(() => (entered += 1));
  leave();
  leave();
  await new Promise((done) => setImmediate(done));
  assert.equal(entered, 1);
});

test('with the hour it is forgotten who sent much', async () => {
  const turnstile = new AdmissionQueue(1);
  await served(
    turnstile,
    Array.from({ length: 50 }, () => '198.18.0.1'),
  );
  const leave = await turnstile.enter('203.0.113.1', new Date(noon.getTime() + 3_600_000));
  const order: string[] = [];
  for (const address of ['198.18.0.1', '203.0.113.9'])
    void turnstile.enter(address, new Date(noon.getTime() + 3_600_000)).then((next) => {
      order.push(address);
      next();
    });
  leave();
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(order, ['198.18.0.1', '203.0.113.9']);
});
