import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countNow, signNow, staged } from '../../test/fixtures/counted-return.ts';
import { instantAt } from '../platform/clock.ts';
import { setContext } from '../platform/database/database.ts';
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

test('the page names each failed check above Sign, and so does the form, which says what is too early to publish', async (t) => {
  const { application, operation, records, analyst } = await staged(t, ['signing', 'final'], '2026-09-20');
  const visit = records.visits[0];
  await application.db.transaction().execute(async (tx) => {
    await setContext(tx, { now: application.clock.now() });
    const planned = tx.selectFrom('plannedVisits').selectAll().where('id', '=', visit?.id);
    const row = await planned.executeTakeFirstOrThrow();
    await tx
      .insertInto('plannedVisits')
      .values({ ...row, id: newId(), state: 'planned', reason: null })
      .execute();
  });
  const address = await countNow(analyst, operation.id);
  const says = /Check not passed: “Every planned visit was made or called off”\. This stops a final return\./;
  const page = (await analyst.get(address)).body;
  assert.match(page, says);
  const order = ['Check not passed', 'Sign this return', 'Checks that did not pass', 'Effort'].map((text) =>
    page.indexOf(text),
  );
  assert.deepEqual(
    order,
    order.toSorted((one, other) => one - other),
  );
  const form = (await analyst.get(`${address}/sign`)).body;
  assert.match(form, says);
  assert.match(form, /nobody can publish that release\. Sign a return for publication from 21 September 2026\./);
  application.clock.move(new Date('2026-09-21T09:00:00Z'));
  const later = await application.signIn(analyst.member);
  assert.doesNotMatch((await later.get(`${address}/sign`)).body, /nobody can publish/);
});

test('says wherever a count is made or read that the operation is not over, until it is', async (t) => {
  const { application, operation, analyst } = await staged(t, ['signing', 'final'], '2026-09-18');
  const of = `/staff/returns/operations/${operation.id}`;
  const provisional = /The operation ends on 20 September 2026\. This count is provisional\./;
  const next = /Count again from 21 September 2026\. Then you can sign the return as final\./;
  const read = async (reader: typeof analyst, address: string) => (await reader.get(address)).body;
  assert.match(await read(analyst, of), /ends on 20 September 2026\. A count today is provisional\./);
  assert.match(await read(analyst, `${of}/count`), next);
  const address = await countNow(analyst, operation.id);
  const drawn = await read(analyst, address);
  assert.match(drawn, /The operation is not over/);
  assert.match(drawn, provisional);
  assert.match(drawn, next);
  await signNow(analyst, address, 'open');
  assert.match(await read(analyst, address), provisional, 'a signed version, too');
  assert.match(await read(analyst, of), /A count today is not final\./, 'the second version');

  await application.db.updateTable('operations').set({ endsOn: '2026-09-22' }).where('id', '=', operation.id).execute();
  assert.match(await read(analyst, address), /The operation ends on 22 September 2026\. This count is provisional/);
  application.clock.move(new Date('2026-09-22T23:01:00Z'));
  const later = await application.signIn(analyst.member);
  for (const page of [of, `${of}/count`, address])
    assert.doesNotMatch(await read(later, page), /The operation ends on|A count today|is not over/, page);
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

test('cannot be signed while the dates of the operation leave out a visit that it counts', async (t) => {
  const { application, operation, analyst } = await staged(t, ['signing', 'final'], '2026-09-21');
  const set = { startsOn: '2026-09-14', endsOn: '2026-09-15' };
  await application.db.updateTable('operations').set(set).where('id', '=', operation.id).execute();
  const address = await countNow(analyst, operation.id);
  assert.match((await analyst.get(address)).body, /Every visit was made within the dates of the operation/);
  for (const stage of ['open', 'final'] as const)
    assert.equal((await signNow(analyst, address, stage)).statusCode, 422, stage);
});
