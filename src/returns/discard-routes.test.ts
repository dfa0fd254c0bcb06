import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countersignNow, countNow, signNow, staged } from '../../test/fixtures/counted-return.ts';

test('an analyst discards an open version with a reason, and its number is used again', async (t) => {
  const { application, operation, analyst } = await staged(t);
  const first = await countNow(analyst, operation.id);
  assert.equal((await signNow(analyst, first, 'open')).statusCode, 303);
  const signed = await application.db.selectFrom('returns').selectAll().execute();
  const numbers = async () =>
    application.db.selectFrom('publishedNumbers').selectAll().orderBy('indicator').orderBy('part').execute();
  const published = await numbers();
  assert.ok(published.length > 0);
  const second = await countNow(analyst, operation.id, 'Pressed by mistake');
  assert.match((await analyst.get('/staff')).body, />Sign a return</);
  assert.match((await analyst.get(second)).body, /Discard this version/);

  const none = await analyst.post(`${second}/discard`, { reason: '' });
  assert.equal(none.statusCode, 422);
  assert.match(none.body, /Enter why you discard this version/);
  const done = await analyst.post(`${second}/discard`, { reason: 'Counted by mistake' });
  assert.equal(done.headers.location, `/staff/returns/operations/${operation.id}`);
  assert.equal((await analyst.get(second)).statusCode, 404);
  assert.doesNotMatch((await analyst.get('/staff')).body, />Sign a return</);
  assert.deepEqual(await application.db.selectFrom('returns').selectAll().execute(), signed, 'the signed one stays');
  assert.deepEqual(await numbers(), published);
  for (const table of ['returnWorkings', 'returnRecords'] as const)
    assert.equal(
      (
        await application.db
          .selectFrom(table)
          .select('returnId')
          .where('returnId', '!=', signed[0]?.id as never)
          .execute()
      ).length,
      0,
      table,
    );
  const { rows } = (await application.db
    .selectFrom('accessLog')
    .select('reason')
    .where('event', '=', 'return discarded')
    .execute()
    .then((found) => ({ rows: found }))) as { rows: { reason: string }[] };
  assert.deepEqual(rows, [{ reason: 'Version 2: Counted by mistake' }]);

  const again = await countNow(analyst, operation.id, 'Now meant');
  assert.match((await analyst.get(again)).body, /Return 2, revised/);
});

test('a version that somebody signed cannot be discarded, nor one that waits for a second signature', async (t) => {
  const { application, stage, operation, analyst } = await staged(t, ['signing', 'final'], '2026-09-21');
  const address = await countNow(analyst, operation.id);
  const other = await application.signIn(await application.member(stage.force, ['planner']));
  assert.equal((await other.post(`${address}/discard`, { reason: 'x' })).statusCode, 403);
  assert.equal((await signNow(analyst, address, 'final')).statusCode, 303);
  assert.doesNotMatch((await analyst.get(address)).body, /Discard this version/);
  for (const when of ['it waits', 'it is signed']) {
    const refused = await analyst.post(`${address}/discard`, { reason: 'By mistake' });
    assert.equal(refused.statusCode, 422, when);
    assert.match(refused.body, /Somebody signed this version/);
    assert.match((await analyst.get(`${address}/discard`)).body, /You cannot discard version 1/);
    const second = await application.signIn('return.countersign', stage.force);
    if (when === 'it waits') assert.equal((await countersignNow(second, address)).statusCode, 303);
  }
  assert.match((await analyst.get(address)).body, /Send this return to the coordinator/);
  const later = await countNow(analyst, operation.id, 'One more arrest');
  assert.doesNotMatch((await analyst.get(later)).body, /to the coordinator<\/h/, 'not before it is signed');
});

test('an export offers no reason for which it makes no file', async (t) => {
  const { operation, analyst } = await staged(t);
  const address = await countNow(analyst, operation.id);
  await signNow(analyst, address, 'open');
  const { body } = await analyst.get(`${address}/export`);
  assert.match(body, /for a meeting, or our own file/);
  assert.doesNotMatch(body, /value="to publish it|value="to answer somebody/);
  assert.match((await analyst.get(`${address}/checks`)).body, /by what followed add up/);
  assert.doesNotMatch((await analyst.get(`${address}/checks`)).body, /by status|by business add|residence/);
});
