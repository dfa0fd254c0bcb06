import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { aWalkIn } from '../../../../test/fixtures/walk-in.ts';
import { countRows } from '../../../../test/harness/pressed-twice.ts';
import { newTimelessId } from '../../../vocabulary/ids.ts';
import { SessionQueue } from './session-queue.ts';

test('of one session four go on at once and the rest wait in order; of another none waits for them; nothing is remembered of who has left', async () => {
  const turns = new SessionQueue();
  const came: number[] = [];
  const outs: (() => void)[] = [];
  const all = Array.from({ length: 10 }, async (_, number) => {
    const out = await turns.enter('hers');
    came.push(number);
    outs.push(out);
  });
  (await turns.enter('another’s'))();
  await sleep(1);
  assert.deepEqual(came, [0, 1, 2, 3]);
  for (let at = 0; at < 10; at += 1) {
    outs[at]?.();
    outs[at]?.();
    await sleep(1);
  }
  await Promise.all(all);
  assert.deepEqual(came, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(turns.size, 0);
});

test('what is more than anybody’s browser sends is refused in words, and those before it are let in', async () => {
  const turns = new SessionQueue();
  const first = await Promise.all([0, 1, 2, 3].map(() => turns.enter('hers')));
  const waiting = Array.from({ length: 500 }, () => turns.enter('hers'));
  await assert.rejects(turns.enter('hers'), { kind: 'too many' });
  for (const out of first) out();
  for (const one of waiting) (await one)();
  assert.equal(turns.size, 0);
});

test('one member presses a hundred times at once: a colleague’s page waits for a few of them, each press is done once, and the log has each', async (t) => {
  const { signIn, caseworker, colleague, person, safeguardingDb: db } = await aWalkIn(t);
  const [her, other] = [await signIn(caseworker), await signIn(colleague)];
  const at = `/staff/safeguarding/people/${person.id}`;
  await other.get(at);
  await her.get(at);
  let answered = 0;
  const presses = Array.from({ length: 100 }, async (_, number) => {
    const needs = { id: newTimelessId(), needs: ['shelter'], words: `Need ${number}` };
    const { statusCode } = await her.post(`${at}/needs`, needs);
    answered += 1;
    return statusCode;
  });
  await sleep(100);
  const before = answered;
  assert.equal((await other.get(at)).statusCode, 200);
  assert.ok(answered - before < 50, `${answered - before} went before a colleague’s page`);
  assert.deepEqual(new Set(await Promise.all(presses)), new Set([303]));
  assert.equal(await countRows(db, 'contact_notes'), 100);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from access_log where kind in ('alteration', 'collection')`.execute(db);
  assert.equal(rows[0]?.n, 100);
});
