import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { newId } from '../../vocabulary/ids.ts';
import { nextInterval, padPage, responseTiming } from './response-timing.ts';

test('waits for the next whole multiple of the interval', async () => {
  const began = performance.now() - 37;
  await nextInterval(began, 50);
  assert.ok(performance.now() - began >= 48);
});

test('pads a page to exactly the length asked for, and refuses one that is longer', () => {
  for (const length of [200, 201, 202, 203])
    assert.equal(Buffer.byteLength(padPage('<p>It has been sent. ☂</p>', length)), length);
  assert.throws(() => padPage('x'.repeat(50), 50));
});

test('answers for a record that does not exist no sooner than the interval, unless a test asks for less', async (t) => {
  const answered = async (realTiming: boolean): Promise<number> => {
    const { signIn } = await openApplication(t, { realTiming });
    const planner = await signIn('operation.read');
    await planner.get('/staff/operations');
    const began = performance.now();
    assert.equal((await planner.get(`/staff/operations/${newId()}`)).statusCode, 404);
    return performance.now() - began;
  };
  // A timer of Node counts whole milliseconds, and may end one before its time.
  assert.ok((await answered(true)) >= responseTiming.notFound - 2);
  await answered(false);
});
