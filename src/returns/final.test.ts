import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countNow, signNow, staged } from '../../test/fixtures/counted-return.ts';

test('refuses a final return until the last day has passed in London, and says from when', async (t) => {
  const { application, operation, analyst } = await staged(t, ['signing', 'final'], '2026-09-20');
  const address = await countNow(analyst, operation.id);
  const says = /last day is 20 September 2026\. You can sign a final return from 21 September 2026/;
  assert.match((await analyst.get(`${address}/sign`)).body, says);
  const refused = await signNow(analyst, address, 'final');
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, says);

  const id = address.split('/').at(-1) as string;
  const sign = (signedAt: string) =>
    application.db
      .insertInto('returnSignatures')
      .values({
        returnId: id,
        operationId: operation.id,
        signedBy: analyst.member.id,
        signedAt: new Date(signedAt),
        digest: '0'.repeat(64),
      })
      .execute();
  await application.db.updateTable('returns').set({ stage: 'final' }).where('id', '=', id).execute();
  await assert.rejects(sign('2026-09-20T22:59:00Z'), /final after the last day/, 'nor does the database take it');
  await application.db.updateTable('returns').set({ stage: 'provisional' }).where('id', '=', id).execute();

  application.clock.move(new Date('2026-09-20T23:01:00Z'));
  const later = await application.signIn(analyst.member);
  assert.equal((await signNow(later, address, 'final')).statusCode, 303, 'one minute past midnight in London');
});

test('waits for a last day that the plan moved after the count', async (t) => {
  const { application, operation, analyst } = await staged(t, ['signing', 'final'], '2026-09-21');
  const address = await countNow(analyst, operation.id);
  await application.db.updateTable('operations').set({ endsOn: '2026-09-25' }).where('id', '=', operation.id).execute();
  const refused = await signNow(analyst, address, 'final');
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /from 26 September 2026/);
});
