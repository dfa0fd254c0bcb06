import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { handed, plain } from '../../../test/fixtures/nrm-draft-handover.ts';

const day = { 'day-day': '26', 'day-month': '11', 'day-year': '2026' };

test('a home page lists ten answers of first responders, submitted ones first, and counts the rest without opening them', async (t) => {
  const { her, him, request, safeguardingDb } = await handed(t);
  await him.post(`${request}/decide`, { decision: 'accepted', reason: 'Ring Cas' });
  await him.post(`${request}/finish`, { outcome: 'help given', number: 'NRM/26/0417', ...day });
  const columns = async (table: string) =>
    (
      await sql<{ name: string }>`select column_name as name from information_schema.columns
        where table_schema = 'public' and table_name = ${table}`.execute(safeguardingDb)
    ).rows.map(({ name }) => name);
  const referrals = await columns('referrals');
  const grants = await columns('person_grants');
  const id = request.split('/').at(-1);
  const copied = (all: readonly string[], other: Readonly<Record<string, string>>) =>
    `(${all.join(', ')}) select ${all.map((name) => other[name] ?? `x.${name}`).join(', ')}`;
  // Simulates as many more that were handed over and ended an hour later without submission.
  await safeguardingDb.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`create temporary table others on commit drop as
      select gen_random_uuid() as id from generate_series(1, 40)`.execute(tx);
    const not = { id: 'o.id', outcome: "'not submitted'", ended_at: "x.ended_at + interval '1 hour'" };
    await sql
      .raw(`insert into referrals ${copied(referrals, not)} from referrals x, others o where x.id = '${id}'`)
      .execute(tx);
    const open = { id: 'gen_random_uuid()', referral_id: 'o.id', made_at: "x.made_at - interval '1 day'" };
    await sql
      .raw(
        `insert into person_grants ${copied(grants, open)} from person_grants x, others o where x.referral_id = '${id}'`,
      )
      .execute(tx);
  });
  const page = plain((await her.get('/staff')).body);
  assert.match(page, /Record the submission of an NRM referral/);
  assert.equal(page.match(/Read why an NRM referral was not submitted/g)?.length, 9);
  assert.match(page, /31 other answers about NRM referrals/);
});
