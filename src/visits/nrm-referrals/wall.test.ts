/** An officer's referral is police data: nobody on the support side has a path to it, and nothing of it enters the safeguarding database. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { plain } from '../../../test/fixtures/referral.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { query } from '../../../test/harness/sql.ts';
import { addTeam, letIn } from '../../operations/plan/examples.ts';
import type { Db } from '../../platform/database/database.ts';
import { addArrest, addPersonMet, addScreening, addVisit } from '../examples.ts';
import { addReferralDraft } from './examples.ts';

const secret = 'Her uncle in Bacau';

async function aReferral(t: TestContext) {
  const world = await aTeam(t, { time: '14:30' });
  const { db, keys, force, planned, officer, signIn } = world;
  await query(db)`update agencies set first_responder = true where id = ${force.id}`;
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const arrest = await addArrest(db, visit, officer, { encounterId: met.id });
  await addScreening(db, arrest, officer);
  const content = { answers: { family: secret } };
  const of = { arrestId: arrest.id, encounterId: met.id, content };
  const { id } = await addReferralDraft(db, keys, visit, officer, of);
  return { ...world, visit, met, arrest, id, own: `/staff/nrm-referrals/${id}`, at: await signIn(officer) };
}

/** The addresses under one referral, and what they answer. */
const parts = ['', '/consent', '/assessment', '/form', '/draft', '/export', '/submission', '/close', '/review'];

test('its author reads it, and each look is in the log', async (t) => {
  const { at, own, id, db } = await aReferral(t);
  assert.ok(plain((await at.get(`${own}/draft`)).body).includes(secret));
  const rows = await query<{ event: string; fields: string[] }>(
    db,
  )`select event, fields from access_log where subject = ${id}`;
  assert.ok(rows.some(({ event, fields }) => event === 'officer referral.shown' && fields.includes('answers')));
});

test('a colleague of the same agency and team learns that there is one, and not what it says', async (t) => {
  const { own, on, arrest, visit } = await aReferral(t);
  const colleague = await on(['field', 'enforcement']);
  const shown = plain((await colleague.get(own)).body);
  assert.match(shown, /Draft, not sent yet/);
  assert.ok(!shown.includes(secret) && !shown.includes('Read it, and say why'));
  for (const part of parts.slice(1)) {
    const answer = await colleague.get(`${own}${part}`);
    assert.ok([403, 404].includes(answer.statusCode), `${part} ${answer.statusCode}`);
  }
  assert.match(plain((await colleague.get(`/staff/visits/${visit.id}`)).body), /NRM referrals/);
  assert.match(plain((await colleague.get(`/staff/arrests/${arrest.id}`)).body), /Go on with the NRM referral/);
});

test('a planner of the same agency reads it for a stated reason alone', async (t) => {
  const { own, id, planner, signIn, db } = await aReferral(t);
  const plans = await signIn(planner);
  assert.ok(!(await plans.get(own)).body.includes(secret));
  assert.equal((await plans.post(`${own}/review`, {})).statusCode, 422);
  const read = await plans.post(`${own}/review`, { why: 'to supervise the officer' });
  assert.ok(plain(read.body).includes(secret));
  const rows = await query<{ reason: string }>(
    db,
  )`select reason from access_log where subject = ${id} and event = 'officer referral.shown'`;
  assert.deepEqual(
    rows.map(({ reason }) => reason),
    ['to supervise the officer'],
  );
  assert.equal((await plans.get(`${own}/draft`)).statusCode, 404);
});

test('officers of another agency or another team, and everybody on the support side, find nothing', async (t) => {
  const { own, on, agency, member, db, operation, planner, signIn, advisers, adviser, visit, arrest, met } =
    await aReferral(t);
  const immigration = await agency('immigration', { name: 'Border Compliance East', firstResponder: true });
  const region = await agency('regional crime unit', { name: 'Eastern Crime Unit', firstResponder: true });
  const otherTeam = await addTeam(db, operation, { name: 'Red team' });
  const elsewhere = await member(region, ['field', 'enforcement']);
  await letIn(db, operation, elsewhere, { team: otherTeam });
  const commander = await member(region, ['commander']);
  await letIn(db, operation, commander);
  await letIn(db, operation, planner);
  const readers = {
    immigration: await on(['field', 'enforcement'], immigration),
    region: await on(['field', 'enforcement'], region),
    'another team': await signIn(elsewhere),
    'a commander of another agency': await signIn(commander),
    'an adviser of the team': await signIn(adviser),
    'a safeguarding lead': await on(['safeguarding lead', 'partner caseworker'], advisers),
  };
  for (const [name, reader] of Object.entries(readers)) {
    for (const part of parts) {
      const answer = await reader.get(`${own}${part}`);
      assert.ok([403, 404].includes(answer.statusCode), `${name} ${part} ${answer.statusCode}`);
    }
    for (const page of [
      `/staff/visits/${visit.id}`,
      `/staff/arrests/${arrest.id}`,
      `/staff/encounters/${met.id}`,
      '/staff',
    ]) {
      const { body } = await reader.get(page);
      assert.ok(!body.includes(own) && !body.includes(secret), `${name} ${page}`);
      assert.doesNotMatch(plain(body), /Go on with the NRM referral/, `${name} ${page}`);
    }
  }
});

/** Each table of a database with all that it holds, as text. */
async function contentsOf(db: Db): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public'
      and tablename !~ '^(log_|access_log|outbox|idempotency)' order by 1`.execute(db);
  const all: string[] = [];
  for (const { name } of rows) {
    const found = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.id(name)} t order by 1`.execute(
      db,
    );
    all.push(`${name} ${found.rows.map(({ row }) => row).join('\n')}`);
  }
  return all.join('\n');
}

test('nothing of it enters the safeguarding database', async (t) => {
  const { at, own, arrest, safeguardingDb } = await aReferral(t);
  const before = await contentsOf(safeguardingDb);
  await at.get(`${own}/form`);
  await at.post(`${own}/form`, {
    asked: 'what-is-their-background-education',
    'what-is-their-background-education': secret,
  });
  await at.post(`${own}/close`, { why: 'it was begun by mistake' });
  await at.post(`/staff/arrests/${arrest.id}/nrm-referral`, {});
  assert.equal(await contentsOf(safeguardingDb), before);
  assert.ok(!before.includes(own.slice(-36)));
});
