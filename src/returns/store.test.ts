import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication, type TestApplication } from '../../test/fixtures/application.ts';
import { countNow } from '../../test/fixtures/counted-return.ts';
import { openStage, soundRecords } from '../../test/fixtures/recorded-operation.ts';
import { beginReading, beginWriting, setContext } from '../platform/database/database.ts';
import { deliverEvents } from '../platform/jobs/outbox.ts';
import { newId } from '../vocabulary/ids.ts';
import { returnsListeners } from './index.ts';
import { getSignedReturn, listSignedReturns } from './signed-return-store.ts';

const idOf = (location: unknown): string => String(location).split('/').at(-1) ?? '';

/** Opens a transaction as an actor of the database role that a purpose works under. */
async function as(
  { databases, clock }: TestApplication,
  role: 'statistics' | 'publisher',
  who: { id: string; agencyId: string; roles: readonly string[] },
  operations: readonly string[],
) {
  const tx = await beginWriting(databases.for('main', role));
  const actor = {
    memberId: who.id,
    memberName: '',
    agencyId: who.agencyId,
    agencyName: '',
    side: 'enforcement' as const,
    roles: who.roles as never,
    operations: [],
    partnerOperations: operations,
    teams: [],
  };
  await setContext(tx, { now: clock.now(), actor });
  return tx;
}

async function signedReturn(application: TestApplication) {
  const stage = await openStage(application);
  const operation = await stage.operation();
  const records = soundRecords(11);
  await stage.record(operation, records);
  const analyst = await application.signIn('return.count', stage.force);
  const id = idOf(await countNow(analyst, operation.id));
  const page = await analyst.get(`/staff/returns/${id}/sign`);
  const seen = /name="seen" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  return { ...stage, operation, records, analyst, id, seen };
}

test('counting the same records again keeps no further release of the protected tables', async (t) => {
  const application = await openApplication(t);
  const stage = await openStage(application);
  const analyst = await application.signIn('return.count', stage.force);
  const operation = await stage.operation();
  for (let one = 0; one < 7; one++) await stage.record(operation, soundRecords(one), one);
  const countKept = async () =>
    (await application.safeguardingDb.selectFrom('protectedCounts').selectAll().execute()).length;
  await countNow(analyst, operation.id);
  const once = await countKept();
  assert.ok(once > 0);
  await Promise.all([countNow(analyst, operation.id), countNow(analyst, operation.id)]);
  assert.equal(await countKept(), once);
});

test('a signed return cannot be changed, not even by SQL under the counting role', async (t) => {
  const application = await openApplication(t);
  const { analyst, id, seen, operation } = await signedReturn(application);
  const signed = await analyst.post(`/staff/returns/${id}/sign`, { seen, stage: 'open' });
  assert.equal(signed.statusCode, 303, signed.body);

  const attempts: Record<string, string> = {
    figures: `update returns set figures = '{}' where id = '${id}'`,
    stage: `update returns set stage = 'final' where id = '${id}'`,
    'records behind': `insert into return_records values ('${id}', 'visits.made', 'total', 'visit', '${newId()}')`,
    'records removed': `delete from return_records where return_id = '${id}'`,
    workings: `update return_workings set counted = '{}' where return_id = '${id}'`,
    signature: `update return_signatures set digest = repeat('0', 64) where return_id = '${id}'`,
    unsigning: `delete from return_signatures where return_id = '${id}'`,
    deleting: `delete from returns where id = '${id}'`,
    emptying: 'truncate return_records',
    'another signature': `insert into return_signatures values ('${id}', '${operation.id}', '${analyst.member.id}', now(), repeat('0', 64))`,
  };
  for (const [what, statement] of Object.entries(attempts)) {
    const tx = await as(application, 'statistics', analyst.member, [operation.id]);
    const refused = await sql
      .raw(statement)
      .execute(tx)
      .then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
    await tx.rollback().execute();
    assert.match(refused, /^(23514|42501|23505)$/, what);
  }
  // The owner of the database meets the same trigger.
  await assert.rejects(() => sql.raw(attempts['figures'] ?? '').execute(application.db), /frozen/);
});

test('a write during a signature waits and is refused', async (t) => {
  const application = await openApplication(t);
  const { analyst, id, operation } = await signedReturn(application);
  const signing = await as(application, 'statistics', analyst.member, [operation.id]);
  await sql.raw(`select 1 from returns where id = '${id}' for update`).execute(signing);
  await sql
    .raw(
      `insert into return_signatures values ('${id}', '${operation.id}', '${analyst.member.id}', now(), repeat('0', 64))`,
    )
    .execute(signing);
  const writing = await as(application, 'statistics', analyst.member, [operation.id]);
  const written = sql
    .raw(`insert into return_records values ('${id}', 'visits.made', 'total', 'visit', '${newId()}')`)
    .execute(writing)
    .then(
      () => 'done',
      (error: Error) => error.message,
    );
  await signing.commit().execute();
  assert.match(await written, /frozen/);
  await writing.rollback().execute();
});

test('of two signatures at once, one succeeds', async (t) => {
  const application = await openApplication(t);
  const { analyst, force, id, seen } = await signedReturn(application);
  const other = await application.signIn('return.sign', force);
  await other.get('/staff');
  const answers = await Promise.all(
    [analyst, other].map((one) => one.post(`/staff/returns/${id}/sign`, { seen, stage: 'open' })),
  );
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 422]);
  assert.match(answers.find(({ statusCode }) => statusCode === 422)?.body ?? '', /signed this return already/);
  const signatures = await application.db.selectFrom('returnSignatures').selectAll().execute();
  assert.equal(signatures.length, 1);
});

test('two who count at once make one version between them', async (t) => {
  const application = await openApplication(t);
  const stage = await openStage(application);
  const operation = await stage.operation();
  const [one, other] = [
    await application.signIn('return.count', stage.force),
    await application.signIn('return.count', stage.force),
  ];
  await Promise.all([one.get('/staff'), other.get('/staff')]);
  const [first, second] = await Promise.all([one, other].map((who) => countNow(who, operation.id)));
  assert.equal(first, second);
  assert.equal((await application.db.selectFrom('returns').select('id').execute()).length, 1);
});

test('the press reads signed figures and nothing behind them', async (t) => {
  const application = await openApplication(t);
  const { analyst, force, id, seen, operation } = await signedReturn(application);
  const press = await application.member(force, ['press']);
  const ask = async (statement: string, operations = [operation.id as string]) => {
    const tx = await as(application, 'publisher', press, operations);
    try {
      return (await sql.raw(statement).execute(tx)).rows.length;
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await tx.rollback().execute();
    }
  };
  const columns = 'id, operation_id, version, stage, definitions, facts, figures, made_at';
  assert.equal(await ask(`select ${columns} from returns`), 0, 'unsigned figures are not there');
  await analyst.post(`/staff/returns/${id}/sign`, { seen, stage: 'open' });
  assert.equal(await ask(`select ${columns} from returns`), 1);
  assert.equal(await ask('select * from return_signatures'), 1);
  assert.equal(await ask(`select ${columns} from returns`, [newId()]), 0, 'nor those of another partnership');

  const closed = [
    'select note from returns',
    'select made_by from returns',
    'select * from returns',
    'select * from return_workings',
    'select * from return_records',
    'select * from return_changes',
    ...[
      'visits',
      'visit_attendees',
      'encounters',
      'encounter_names',
      'observations',
      'arrests',
      'screenings',
      'seizures',
    ],
    ...['searches', 'premises', 'powers', 'planned_visits', 'operations', 'weeks', 'partners', 'operation_members'],
    ...['visits_versions', 'arrests_versions', 'premises_versions', 'policy_log', 'accounts', 'sessions', 'grants'],
    'outbox',
    'access_log',
  ].map((one) => (one.startsWith('select') ? one : `select * from ${one}`));
  for (const statement of closed) assert.equal(await ask(statement), '42501', statement);
  assert.equal(await ask(`update returns set figures = '{}'`), '42501');
  await assert.rejects(
    async () => beginReading(application.databases.for('safeguarding', 'publisher')),
    /no address|permission/,
  );
});

test('the newsroom reads a signed return as it was signed, knows the latest, and refuses one that was tampered with', async (t) => {
  const application = await openApplication(t);
  const { analyst, force, id, seen, operation } = await signedReturn(application);
  const press = await application.member(force, ['press']);
  const reading = async <Value>(
    read: (db: Awaited<ReturnType<typeof as>>) => Promise<Value>,
    operations = [operation.id as string],
  ) => {
    const tx = await as(application, 'publisher', press, operations);
    return read(tx).finally(() => tx.rollback().execute());
  };
  await assert.rejects(
    reading((db) => getSignedReturn(db, id)),
    /no such signed return/,
  );
  assert.deepEqual(await reading((db) => listSignedReturns(db)), []);

  await analyst.post(`/staff/returns/${id}/sign`, { seen, stage: 'open' });
  const signed = await reading((db) => getSignedReturn(db, id));
  assert.deepEqual([signed.version, signed.stage, signed.operationId], [1, 'provisional', operation.id]);
  assert.equal(signed.facts.codeName, 'Operation Lantern');
  assert.equal(Object.keys(signed.figures).length, 27, 'all but the needs of too few people');
  assert.deepEqual(
    signed.protection.map(({ state }) => state),
    Array(6).fill('protected'),
  );
  await assert.rejects(
    reading((db) => getSignedReturn(db, id), [newId()]),
    /no such signed return/,
  );

  const second = idOf(await countNow(analyst, operation.id));
  assert.deepEqual(
    await reading(async (db) => (await listSignedReturns(db)).map(({ latest }) => latest)),
    [true],
    'a draft takes no place',
  );
  const page = await analyst.get(`/staff/returns/${second}/sign`);
  await analyst.post(`/staff/returns/${second}/sign`, {
    seen: /name="seen" value="([^"]+)"/.exec(page.body)?.[1] ?? '',
    stage: 'open',
  });
  const heads = await reading((db) => listSignedReturns(db, { operationId: operation.id }));
  assert.deepEqual(heads.map(({ version, latest }) => [version, latest]).sort(), [
    [1, false],
    [2, true],
  ]);

  await sql.raw('alter table returns disable trigger refuse_signed').execute(application.db);
  await sql
    .raw(`update returns set figures = jsonb_set(figures, '{visits.made,total,value}', '999') where id = '${id}'`)
    .execute(application.db);
  await assert.rejects(
    reading((db) => getSignedReturn(db, id)),
    /not those that were signed/,
  );
});

test('the leader handles a change of records once and marks the return', async (t) => {
  const application = await openApplication(t);
  const { analyst, id, operation, seen } = await signedReturn(application);
  await analyst.post(`/staff/returns/${id}/sign`, { seen, stage: 'open' });
  // What signing announces is delivered first.
  await deliverEvents(application.databases, application.clock, returnsListeners);
  assert.doesNotMatch((await analyst.get(`/staff/returns/${id}`)).body, /Records were changed/);
  application.clock.move(new Date(application.clock.now().getTime() + 60_000));
  await application.db
    .insertInto('outbox')
    .values({
      id: newId(),
      event: 'records changed',
      about: operation.id,
      details: '{"what":"visit"}',
      at: application.clock.now(),
    })
    .execute();
  assert.equal(await deliverEvents(application.databases, application.clock, returnsListeners), 1);
  assert.equal(await deliverEvents(application.databases, application.clock, returnsListeners), 0);
  const page = await analyst.get(`/staff/returns/${id}`);
  assert.match(page.body, /Records were changed after this was counted/);
  assert.match(page.body, /Count a new version/);
  assert.match((await analyst.get('/staff')).body, /Records have changed since it was signed/);
});
