import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../http/problem.ts';
import { CachedValue } from './cached-value.ts';

const never = (error: unknown): void => assert.fail(String(error));
const at = (seconds: number): Date => new Date(Date.UTC(2026, 8, 18, 12, 0, seconds));

test('a value is asked for once a second at most, by one reader for all', async () => {
  let asked = 0;
  const fresh = new CachedValue({ load: async () => ++asked, onError: never });
  assert.deepEqual(await Promise.all([fresh.get(at(0)), fresh.get(at(0)), fresh.get(at(0))]), [1, 1, 1]);
  assert.equal(await fresh.get(at(0)), 1);
  assert.equal(await fresh.get(at(1)), 2);
  assert.equal(await fresh.get(at(0)), 3, 'a clock that was set back is no reason to trust what is known');
});

test('what has changed here is asked for by the next reader, and an answer from before it counts for nothing', async () => {
  const answers: ((value: string) => void)[] = [];
  const fresh = new CachedValue<string>({ load: () => new Promise((answer) => answers.push(answer)), onError: never });
  const first = fresh.get(at(0));
  fresh.forget();
  const second = fresh.get(at(0));
  answers[1]?.('after');
  answers[0]?.('before');
  assert.equal(await second, 'after');
  assert.equal(await first, 'after');
  assert.equal(await fresh.get(at(0)), 'after');
});

test('while it cannot be asked the known value serves for a minute, then nothing does, and it comes back by itself', async () => {
  let broken = false;
  const errors: unknown[] = [];
  const fresh = new CachedValue({
    load: async () => {
      if (broken) throw new Error('no connection');
      return 'news';
    },
    onError: (error) => errors.push(error),
  });
  assert.equal(await fresh.get(at(0)), 'news');
  broken = true;
  assert.equal(await fresh.get(at(30)), 'news');
  assert.equal(errors.length, 1, 'a failure is told, not hidden');
  await assert.rejects(fresh.get(at(61)), (error) => error instanceof Problem && error.kind === 'unavailable');
  broken = false;
  assert.equal(await fresh.get(at(62)), 'news');
});

test('nobody waits long for a slow answer while an older one may still be given', async (t) => {
  // The wait itself does not keep the process alive.
  const awake = setInterval(() => {}, 1_000);
  t.after(() => clearInterval(awake));
  let slow = false;
  const fresh = new CachedValue({
    load: () => (slow ? new Promise<string>(() => {}) : Promise.resolve('news')),
    onError: never,
    patience: 5,
  });
  await fresh.get(at(0));
  slow = true;
  assert.equal(await fresh.get(at(10)), 'news');
});
