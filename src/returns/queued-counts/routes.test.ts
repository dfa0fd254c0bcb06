import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { countNow, signNow, staged, waitForReturn } from '../../../test/fixtures/counted-return.ts';
import { plain } from '../../../test/fixtures/referral.ts';
import { newId } from '../../vocabulary/ids.ts';
import { longestSilence, stateAt } from './count-request.ts';
import { holdCounts } from './examples.ts';
import { RunningCounts } from './running-counts.ts';

const ofOperation = (id: string) => `/staff/returns/operations/${id}`;

test('the page of a long count waits without script, and leads to the return when it is there', async (t) => {
  const { application, operation, analyst } = await staged(t);
  const { letGo } = await holdCounts(application.safeguardingDb);
  const form = { note: 'A late visit', _csrf: await analyst.formToken() };
  const presses = await Promise.all([0, 1, 2].map(() => analyst.post(`${ofOperation(operation.id)}/count`, form)));
  const [counting = '', ...others] = presses.map(({ headers }) => String(headers.location));
  assert.match(counting, /^\/staff\/returns\/counts\/[0-9a-f-]{36}$/);
  assert.deepEqual(new Set(others), new Set([counting]), 'every press of one form leads to one count');

  const page = await analyst.get(counting);
  assert.equal(page.statusCode, 200);
  assert.equal(page.headers.refresh, '3', 'it asks again by itself');
  assert.match(plain(page.body), /The figures are being counted/);
  assert.match(page.body, new RegExp(`href="${counting}"[^>]*>\\s*Look again`));
  assert.match(
    (await analyst.get(ofOperation(operation.id))).body,
    new RegExp(`href="${counting}">Wait for the count`),
  );
  assert.equal((await application.db.selectFrom('returns').select('id').execute()).length, 0);

  await letGo();
  const address = await waitForReturn(analyst, counting);
  assert.match(plain((await analyst.get(address)).body), /Return 1.*A late visit/s);
  assert.equal(String((await analyst.get(counting)).headers.location), address, 'and leads there later, too');
  assert.doesNotMatch((await analyst.get(ofOperation(operation.id))).body, /Wait for the count/);
  const counted = (await application.auditTrail()).filter(
    (event) => event.startsWith('count') || event.endsWith('counted'),
  );
  assert.deepEqual(counted, ['count asked', 'return counted'], 'one press, one count');
  assert.equal((await application.db.selectFrom('countRequests').select('id').execute()).length, 1);
  assert.equal((await signNow(analyst, address, 'open')).statusCode, 303);
});

test('a count whose process was killed is said to be stopped, and is asked for again with its reason', async (t) => {
  const { application, operation, analyst } = await staged(t);
  // As a process leaves it that ends between the request and the result.
  const id = newId();
  const at = application.clock.now();
  const { memberId } = await application.db
    .selectFrom('sessions')
    .select('memberId')
    .limit(1)
    .executeTakeFirstOrThrow();
  const left = { id, operationId: operation.id, note: 'A late arrest', askedBy: memberId, askedAt: at, aliveAt: at };
  await application.db.insertInto('countRequests').values(left).execute();
  const counting = `/staff/returns/counts/${id}`;
  assert.match(plain((await analyst.get(counting)).body), /The figures are being counted/);

  application.clock.move(new Date(at.getTime() + longestSilence + 1_000));
  const stopped = await analyst.get(counting);
  assert.equal(stopped.headers.refresh, undefined);
  assert.match(
    plain(stopped.body),
    /The count was stopped .*Safelight was restarted.*No return was made\. Count again/,
  );
  const again = /href="([^"]+\/count\?again=[^"]+)"/.exec(stopped.body)?.[1] ?? '';
  assert.match((await analyst.get(again)).body, />A late arrest<\/textarea>/, 'the reason is kept');
  assert.match(plain((await analyst.get(await countNow(analyst, operation.id, 'A late arrest'))).body), /Return 1/);
  const requests = await application.db.selectFrom('countRequests').select(['id', 'state']).execute();
  assert.deepEqual(new Map(requests.map((one) => [one.id, one.state])).get(id), 'stopped');
  assert.equal((await application.db.selectFrom('returns').select('id').execute()).length, 1);
});

test('a count that was given up becomes no return, even if its process goes on after all', async (t) => {
  const { application, operation, analyst } = await staged(t);
  const { letGo } = await holdCounts(application.safeguardingDb);
  const given = await analyst.post(`${ofOperation(operation.id)}/count`, { note: 'The first' });
  await application.db.updateTable('countRequests').set({ state: 'stopped' }).execute();
  await letGo();
  // Counts of one operation wait for one another.
  const address = await countNow(analyst, operation.id, 'The second');
  assert.match(plain((await analyst.get(address)).body), /The second/);
  assert.match(plain((await analyst.get(String(given.headers.location))).body), /The count was stopped/);
  const counted = (await application.auditTrail()).filter((event) => event === 'return counted');
  assert.equal(counted.length, 1);
});

test('a count that loses its database fails, says so and what to do, and keeps nothing', async (t) => {
  const { application, operation, analyst } = await staged(t);
  const { letGo } = await holdCounts(application.safeguardingDb);
  const asked = await analyst.post(`${ofOperation(operation.id)}/count`, { note: 'A late visit' });
  const { rows } = await sql<{ ended: boolean }>`
    select pg_terminate_backend(a.pid) as ended from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where not l.granted and a.datname = current_database()`.execute(application.safeguardingDb);
  assert.ok(rows.length > 0 && rows.every(({ ended }) => ended));
  const counting = String(asked.headers.location);
  let page = await analyst.get(counting);
  while (page.headers.refresh) page = await analyst.get(counting);
  assert.match(plain(page.body), /The count failed .*no return was made\. Count again/);
  assert.equal((await application.db.selectFrom('returns').select('id').execute()).length, 0);
  await letGo();
  assert.match(await countNow(analyst, operation.id), /\/staff\/returns\/[0-9a-f-]{36}$/);
});

test('a final return that was signed while it was counted again asks for a reason', async (t) => {
  const { application, operation, analyst } = await staged(t, ['signing', 'final'], '2026-09-21');
  await countNow(analyst, operation.id);
  const { letGo } = await holdCounts(application.safeguardingDb);
  const asked = await analyst.post(`${ofOperation(operation.id)}/count`, { note: '' });
  await application.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    const { id, madeBy } = await tx.selectFrom('returns').select(['id', 'madeBy']).executeTakeFirstOrThrow();
    await tx.updateTable('returns').set({ stage: 'final' }).where('id', '=', id).execute();
    const signed = { signedBy: madeBy, signedAt: application.clock.now(), digest: '0'.repeat(64) };
    await tx
      .insertInto('returnSignatures')
      .values({ returnId: id, operationId: operation.id, ...signed })
      .execute();
  });
  await letGo();
  const counting = String(asked.headers.location);
  let page = await analyst.get(counting);
  while (page.headers.refresh) page = await analyst.get(counting);
  assert.match(plain(page.body), /The figures were not counted .*Enter why you are reopening it/);
  assert.equal((await application.db.selectFrom('returns').select('id').execute()).length, 1);
});

test('who takes no part in the operation finds no count', async (t) => {
  const { application, stage, operation, analyst } = await staged(t);
  const counted = await analyst.post(`${ofOperation(operation.id)}/count`, {});
  const counting = String(counted.headers.location);
  const elsewhere = await application.signIn('return.count', await application.agency('police force'));
  assert.equal((await elsewhere.get(counting)).statusCode, 404);
  const press = await application.signIn(await application.member(stage.force, ['press']));
  assert.equal((await press.get(counting)).statusCode, 403);
});

test('a count of which nothing is heard for half a minute was stopped', () => {
  const aliveAt = new Date('2026-09-18T10:00:00Z');
  const after = (seconds: number) => new Date(aliveAt.getTime() + seconds * 1_000);
  assert.equal(stateAt({ state: 'counting', aliveAt }, after(30)), 'counting');
  assert.equal(stateAt({ state: 'counting', aliveAt }, after(31)), 'stopped');
  assert.equal(stateAt({ state: 'counted', aliveAt }, after(3_600)), 'counted');
});

test('a process that ends says of each of its counts that it was stopped, and of no other', async () => {
  const running = new RunningCounts();
  const told: string[] = [];
  const work = Promise.withResolvers<undefined>();
  const begin = (id: string, done: Promise<undefined>) =>
    running.begin({
      id,
      whose: 'an analyst',
      work: () => done,
      tell: async (state) => void told.push(`${id} ${state}`),
      onError: (error) => assert.ifError(error),
    });
  begin('done', Promise.resolve(undefined));
  await running.settled('done', 60_000);
  begin('going', work.promise);
  await running.stop();
  assert.deepEqual(told, ['going stopped']);
  work.resolve(undefined);
  await running.settled('going', 60_000);
});

test('one analyst has four counts at once, and the fifth waits for its turn', async () => {
  const running = new RunningCounts();
  const begun: number[] = [];
  const ends = [0, 1, 2, 3, 4].map(() => Promise.withResolvers<undefined>());
  for (const [at, { promise }] of ends.entries())
    running.begin({
      id: String(at),
      whose: 'an analyst',
      work: () => {
        begun.push(at);
        return promise;
      },
      tell: async () => {},
      onError: (error) => assert.ifError(error),
    });
  await running.settled('0', 0);
  assert.deepEqual(begun, [0, 1, 2, 3]);
  ends[1]?.resolve(undefined);
  await running.settled('1', 60_000);
  assert.deepEqual(begun, [0, 1, 2, 3, 4]);
  for (const { resolve } of ends) resolve(undefined);
  await Promise.all(ends.map((_, at) => running.settled(String(at), 60_000)));
});
