import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coordinating, lea, said, stort } from '../../../../test/fixtures/week-of-two-forces.ts';
import { reads } from '../../../../test/harness/browsing.ts';
import { query } from '../../../../test/harness/sql.ts';

/** Two forces with two visits at two places that may be joint, and the fields of the form that decides. */
async function withPairs(t: Parameters<typeof coordinating>[0]) {
  const world = await coordinating(t);
  const { coordinator, at, register, upload } = world;
  const visits = ['nail bar', 'car wash'].map((kind) => ({
    ...{ day: '2026-09-15', town: 'Ware', kind, visits: 1, premises: 1 },
  }));
  const counts = { 'premises.visited': 2, 'visits.made': 2 };
  for (const name of [lea, stort]) {
    await register(name);
    await upload(said(name, { visits, counts }), `${name.slice(0, 3)}.json`);
  }
  const joint = `${at}/joint-visits`;
  const readFields = async () =>
    Object.fromEntries(
      [
        ...(await coordinator.get(joint)).body.matchAll(/<input type="hidden" name="(was-pair-\w+)" value="(\w+)"/g),
      ].map(([, name = '', value = '']) => [name, value]),
    );
  const decide = async (answer: string, opened?: Record<string, string>) => {
    const was = opened ?? (await readFields());
    const answers = Object.keys(was).map((name) => [name.replace('was-', ''), answer]);
    return coordinator.post(joint, { ...was, ...Object.fromEntries(answers) });
  };
  return { ...world, joint, readFields, decide };
}

test('likely pairs are decided in one list, the totals follow, and a decision can be taken back', async (t) => {
  const { coordinator, at, joint, decide, auditTrail } = await withPairs(t);
  const { body } = await coordinator.get(joint);
  assert.match(body, /Likely pairs to decide: 2/);
  // What tells the two returns apart: version, installation and file.
  await reads(coordinator, joint, /Pair 1\. 15 September 2026, Ware, car wash/);
  await reads(
    coordinator,
    joint,
    /First: Lea Vale[^.]*1, provisional[^.]*Partnership of Lea Vale Constabulary; Lea\.json/,
  );
  await reads(coordinator, joint, /Both have one visit there that day/);
  assert.equal((await decide('same')).statusCode, 303);
  await reads(coordinator, `${at}/totals`, /Visits at which a team arrived 2 /);
  await reads(coordinator, joint, /Decided pairs: 2/);
  assert.equal((await decide('open')).statusCode, 303);
  await reads(coordinator, `${at}/totals`, /Visits at which a team arrived between 2 and 4 /);
  assert.equal((await auditTrail({ looks: false })).filter((event) => event === 'joint visit.decided').length, 2);
});

test('a decision does not overwrite one that a colleague made meanwhile', async (t) => {
  const { coordinator, joint, readFields, decide, db } = await withPairs(t);
  const opened = await readFields();
  assert.equal(Object.keys(opened).length, 2);
  assert.equal((await decide('different')).statusCode, 303);
  const late = await decide('same', opened);
  assert.equal(late.statusCode, 422);
  assert.match(late.body, /A colleague decided “different visits” before you saved/);
  // The form that was shown again knows it: the same answer is saved now.
  const again = Object.fromEntries(
    [...late.body.matchAll(/name="(was-pair-\w+)" value="(\w+)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
  assert.equal((await decide('same', again)).statusCode, 303);
  assert.equal((await decide('same')).statusCode, 422);
  assert.equal((await coordinator.post(joint, { 'pair-0123456789abcdef': 'same' })).statusCode, 422);
  assert.equal((await query(db)`select 1 from exchange_pair_decisions`).length, 4);
});

test('of two coordinators who decide in one moment, the second is told what the first decided', async (t) => {
  const { joint, readFields, coordinator, db } = await withPairs(t);
  const was = await readFields();
  const [field = ''] = Object.keys(was).map((name) => name.replace('was-', ''));
  const answers = ['same', 'different'].map((answer) => ({ [field]: answer, [`was-${field}`]: 'open' }));
  const replies = await Promise.all(answers.map((answer) => coordinator.post(joint, answer)));
  assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [303, 422]);
  assert.match(
    replies.map(({ body }) => body).join(' '),
    /A colleague decided “(?:the same visit|different visits)” before/,
  );
  assert.equal((await query(db)`select 1 from exchange_pair_decisions`).length, 1);
  // Without what the form was opened with, nobody knows what the answer changes.
  const blind = await coordinator.post(joint, { [field]: 'open' });
  assert.equal(blind.statusCode, 422);
  assert.match(blind.body, /Open this page again, then decide/);
});
