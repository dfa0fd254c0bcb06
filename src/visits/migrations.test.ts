import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { aTeam } from '../../test/fixtures/visit.ts';
import { addPlannedVisit, addPremises } from '../operations/plan/examples.ts';
import { addObservation, addSearch, addVisit } from './examples.ts';
import { up as powerWhereEntered } from './migrations/0097-power-where-entered.ts';
import { up as observableIndicators } from './migrations/0098-observable-indicators.ts';

test('earlier visits keep what happened, and lose a power that nobody used', async (t) => {
  const { officer, planned, operation, team, db } = await aTeam(t);
  for (const rule of ['answer_check', 'no_reply', 'power_where_entered', 'power_named', 'finished_with_power'])
    await sql.raw(`alter table visits drop constraint visits_${rule}`).execute(db);
  const before = async (answer: string | null, more: Parameters<typeof addSearch>[3] = undefined) => {
    const premises = await addPremises(db, operation, { name: `Blue Door ${answer} ${more?.forceUsed}` });
    const visit = await addVisit(db, await addPlannedVisit(db, premises, team), officer, { present: null });
    if (more) await addSearch(db, visit, officer, more);
    await sql`alter table visits disable trigger keep_earlier_version`.execute(db);
    await sql`update visits set answer = ${answer} where id = ${visit.id}`.execute(db);
    return visit.id;
  };
  const ids = {
    'no reply': await before('nobody in'),
    'refused entry': await before('refused'),
    entered: await before('spoken with'),
    'entered by force after no reply': await before('nobody in', { forceUsed: 'A ram' }),
    'entered by force after refusal': await before('refused', { forceUsed: 'A ram' }),
  };
  const unanswered = await before(null);
  await powerWhereEntered(db as unknown as Kysely<unknown>);
  const rows = await db.selectFrom('visits').select(['id', 'answer', 'basis']).execute();
  const of = (id: string) => rows.find((row) => row.id === id);
  for (const [answer, id] of Object.entries(ids))
    assert.deepEqual([of(id)?.answer, of(id)?.basis], [answer, answer.startsWith('entered') ? 'consent' : null]);
  assert.deepEqual([of(unanswered)?.answer, of(unanswered)?.basis], [null, null]);
  const kept = await db.selectFrom('visitsVersions').selectAll().execute();
  assert.deepEqual(
    kept.map(({ id }) => id).sort(),
    [ids['no reply'], ids['refused entry'], unanswered].sort(),
    'the power that was recorded stays readable',
  );
  for (const { record } of kept) assert.equal((record as { basis: string }).basis, 'consent');
  assert.ok(planned);
});

test('indicators recorded before are marked by whether an onlooker can observe them', async (t) => {
  const { officer, planned, db } = await aTeam(t);
  const visit = await addVisit(db, planned, officer);
  await sql`drop trigger refuse_disclosed on observations`.execute(db);
  await sql`drop function refuse_disclosed`.execute(db);
  for (const signId of ['guarded', 'earnings taken', 'injured']) await addObservation(db, visit, officer, { signId });
  await sql`alter table observations drop column evidence`.execute(db);
  await observableIndicators(db as unknown as Kysely<unknown>);
  const rows = await db.selectFrom('observations').select(['signId', 'evidence']).orderBy('signId').execute();
  assert.deepEqual(rows, [
    { signId: 'earnings taken', evidence: 'disclosed' },
    { signId: 'guarded', evidence: 'observable' },
    { signId: 'injured', evidence: 'disclosed' },
  ]);
});
