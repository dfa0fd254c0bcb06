import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countNow, signNow, staged } from '../../test/fixtures/counted-return.ts';
import { instantAt } from '../platform/clock.ts';
import { deliverEvents } from '../platform/jobs/outbox.ts';
import { newId } from '../vocabulary/ids.ts';
import { returnsListeners } from './index.ts';

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

test('a count within the hour includes what the safeguarding database had said before it, and can be final', async (t) => {
  const { application, operation, analyst } = await staged(t, ['signing', 'final'], '2026-09-30');
  const at = (minute: number) => instantAt('2026-09-30', `12:${minute}`);
  application.clock.move(at(20));
  const address = await countNow(analyst, operation.id);
  const change = async (what: string) => {
    const values = { event: 'records changed', about: operation.id, details: JSON.stringify({ what }) };
    await application.safeguardingDb
      .insertInto('outbox')
      .values({ id: newId(), ...values, at: instantAt('2026-09-30', '12:00') })
      .execute();
    const delivered = await deliverEvents(application.databases, application.clock, returnsListeners, 'safeguarding');
    assert.equal(delivered, 1);
  };
  const page = async () => (await analyst.get(address)).body;
  await change('note');
  assert.match(await page(), /Records were changed after this was counted/);

  application.clock.move(at(24));
  assert.equal(await countNow(analyst, operation.id), address);
  assert.doesNotMatch(await page(), /Records were changed/, 'thirty-six minutes before the full hour');
  assert.doesNotMatch((await analyst.get('/staff')).body, /Records have changed/);

  await change('referral');
  assert.match(await page(), /Records were changed after this was counted/, 'one more, in the same hour');
  assert.match((await signNow(analyst, address, 'final')).body, /Count again before you sign it as final/);
  await countNow(analyst, operation.id);
  assert.equal((await signNow(analyst, address, 'final')).statusCode, 303);
});
