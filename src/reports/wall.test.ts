import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openAttended } from '../../test/fixtures/attended-reports.ts';
import { roles } from '../vocabulary/people.ts';
import { referenceOf } from '../vocabulary/reference.ts';
import { addWords } from './examples.ts';

const tables = [
  ...['reading_hours', 'reports', 'report_parts', 'report_contacts', 'access_log', 'report_intakes', 'on_call_shifts'],
  ...['danger_urgent_pages', 'source_identity_requests', 'source_identity_decisions'],
  ...['report_retention_rules', 'report_retention_holds', 'report_erasure_certificates'],
];

test('the public’s login role reads no report, by table or by function, in either store', async (t) => {
  const application = await openAttended(t);
  for (const line of ['police', 'help'] as const)
    await application.told(line, { answers: { what: 'Words', reach: 'yes', name: 'Ira' } });
  for (const store of ['main', 'safeguarding'] as const) {
    const db = application.databases.for(store, 'public');
    for (const table of [...tables, ...(store === 'main' ? ['report_drafts'] : [])])
      for (const statement of [`select * from ${table}`, `delete from ${table}`, `insert into ${table} default values`])
        await assert.rejects(sql.raw(statement).execute(db), /permission denied/, `${store}: ${statement}`);
    for (const call of [
      `ctx.mailbox('\\x${'00'.repeat(32)}', now())`,
      `ctx.mailbox(null, now())`,
      `ctx.draft(null, now())`,
    ]) {
      if (store === 'safeguarding' && call.includes('draft')) continue;
      const { rows } = await sql.raw<Record<string, unknown>>(`select * from ${call}`).execute(db);
      assert.deepEqual(
        rows.filter((row) => Object.values(row).some((value) => value !== null)),
        [],
        call,
      );
    }
    await assert.rejects(sql`select ctx.forget_drafts(now())`.execute(db), /permission denied|does not exist/);
    await assert.rejects(sql`select ctx.owner_of(gen_random_uuid())`.execute(db), /permission denied/);
  }
});

test('a closed line takes nothing in, not even through the database function', async (t) => {
  const application = await openAttended(t);
  await sql`insert into reading_hours select gen_random_uuid(), agency_id, 'closed', key_id, days, opens, closes, promised_hours,
    readers, must_act, immigration, notice, keeps_confidence, on_call, set_by, now() + interval '1 hour' from reading_hours`.execute(
    application.db,
  );
  const answers = async (store: 'main' | 'safeguarding', way = 'public form') => {
    const owner = store === 'main' ? application.db : application.safeguardingDb;
    const last = await owner.selectFrom('readingHours').select('id').orderBy('setAt', 'desc').executeTakeFirstOrThrow();
    const { rows } = await sql<{ opens: boolean | null }>`
      select ctx.receive_as_told(${last.id}, null, gen_random_uuid(), ${way}, '\\x00', null, null, date_trunc('hour', now()), 8,
        false, 'first', gen_random_uuid(), '\\x00', null, null, gen_random_uuid()) as opens`.execute(
      application.databases.for(store, 'public'),
    );
    return rows[0]?.opens;
  };
  assert.equal(await answers('main'), null, 'nothing was taken in');
  assert.equal(await answers('safeguarding'), false);
  await assert.rejects(answers('safeguarding', 'by phone'), /permission|only way in/, 'nobody rang');
});

test('enforcement, in whatever role, finds nothing of the support side’s reports: no page, no count, no word in an error', async (t) => {
  const application = await openAttended(t);
  const told = await application.told('help', {
    answers: { who: 'me', now: 'yes', what: 'They keep my passport', reach: 'yes', name: 'Ira Invented' },
  });
  await addWords(
    application.safeguardingDb,
    'help',
    told,
    { kind: 'asked', place: 1, words: 'Can you say more', at: application.clock.now() },
    application.readers.help,
  );
  const police = application.agencies.police;
  for (const role of roles) {
    const visitor = await application.signIn(await application.member(police, [role]));
    for (const path of [
      '',
      `/${told.id}`,
      `/${told.id}/write`,
      `/contacts`,
      `/contacts/${told.id}`,
      '/attendance',
      '/on-call',
      '/retention',
      '/sent',
      '/phone',
    ]) {
      const apart = await visitor.get(`/staff/safeguarding/reports${path}`);
      assert.ok([403, 404].includes(apart.statusCode), `${role} ${path}: ${apart.statusCode}`);
      assert.doesNotMatch(apart.body, /passport|danger is|Ira Invented/);
      const own = await visitor.get(`/staff/reports${path}`);
      assert.doesNotMatch(
        own.body,
        new RegExp(`passport|${referenceOf('report', told.id)}.*Danger`),
        `${role} /staff/reports${path}`,
      );
    }
    assert.doesNotMatch((await visitor.get('/staff')).body, /report of danger/, role);
  }
});

test('another agency of the same side reads no report, and a reporter’s name is nobody’s until a custodian has opened it', async (t) => {
  const application = await openAttended(t);
  const told = await application.told('police', { answers: { what: 'Words', reach: 'yes', name: 'Ira Invented' } });
  const other = await application.signIn(
    await application.member(await application.agency('police force'), ['triage', 'custodian']),
  );
  assert.equal((await other.get(`/staff/reports/${told.id}`)).statusCode, 404);
  assert.equal(
    (await other.post(`/staff/reports/source-identity/${told.id}`, { why: 'I want to know who told it' })).statusCode,
    404,
  );
  const reader = await application.signIn(application.readers.police);
  assert.doesNotMatch((await reader.get(`/staff/reports/${told.id}`)).body, /Ira Invented/);
  const why = { why: 'A colleague has to reach her about the van' };
  assert.equal((await reader.get(`/staff/reports/source-identity/${told.id}`)).statusCode, 404);
  const shut = await reader.post(`/staff/reports/source-identity/${told.id}`, why);
  assert.equal(shut.statusCode, 404, 'nobody has opened it to her');
  assert.doesNotMatch(shut.body, /Ira Invented/);

  const custodian = await application.signIn(
    await application.member(application.agencies.police, ['custodian'], 'Cass Custodian'),
  );
  assert.equal((await custodian.get(`/staff/reports/${told.id}`)).statusCode, 403);
  assert.equal((await custodian.post(`/staff/reports/source-identity/${told.id}`, why)).statusCode, 403);
});
