import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { setContext } from '../../platform/database/database.ts';
import { runChore } from '../../platform/jobs/outbox.ts';
import { addPersonMet, addVisit } from '../examples.ts';
import { eraseEncounters } from '../store.ts';
import { listRecordsHeldAtVisits } from '../subject-access-store.ts';
import { addReferralDraft, agreed } from './examples.ts';
import { emptyContent } from './nrm-referral.ts';
import { saveContent } from './store.ts';

test('a person who asks is told what an officer’s referral says, and what it said before; another person is not', async (t) => {
  const { db, keys, planned, officer } = await aTeam(t);
  const visit = await addVisit(db, planned, officer);
  const [one, other] = [await addPersonMet(db, visit, officer), await addPersonMet(db, visit, officer)];
  const content = { answers: { family: 'A sister in Bacau', journey: 'By bus' } };
  const { id } = await addReferralDraft(db, keys, visit, officer, { encounterId: one.id, content });
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: visit.arrivedAt });
    await saveContent(tx, keys, id, { ...emptyContent, ...agreed, answers: { family: 'A sister in Bacau' } });
  });
  const held = await listRecordsHeldAtVisits(db as never, keys, [one.id]);
  const lines = held.find(({ title }) => title === 'A referral of you by an officer')?.lines ?? [];
  const said = lines.map(({ label, text, third }) => [label, text, third]);
  assert.deepEqual(
    said.filter(([label]) => /Family|journey/.test(String(label))),
    [
      ['Family', 'A sister in Bacau', 'another person'],
      ['Before, in version 1: journey', 'By bus', undefined],
    ],
  );
  assert.ok(said.some(([label, text]) => /whether to be referred/.test(String(label)) && /^yes/.test(String(text))));
  const nothing = await listRecordsHeldAtVisits(db as never, keys, [other.id]);
  assert.doesNotMatch(JSON.stringify(nothing), /Bacau|by an officer/);
});

test('a person whom an officer refers is not erased after 28 days, and somebody else is', async (t) => {
  const { db, keys, planned, officer, databases, clock } = await aTeam(t);
  const visit = await addVisit(db, planned, officer);
  const [referred, other] = [await addPersonMet(db, visit, officer), await addPersonMet(db, visit, officer)];
  await addReferralDraft(db, keys, visit, officer, { encounterId: referred.id });
  clock.move(new Date(clock.now().getTime() + 30 * 86_400_000));
  await runChore(databases, clock, { name: 'x', everySeconds: 1, run: eraseEncounters });
  const rows = await db.selectFrom('encounters').select(['id', 'disposedOn']).execute();
  const gone = new Map(rows.map(({ id, disposedOn }) => [id, disposedOn]));
  assert.equal(gone.get(referred.id), null);
  assert.notEqual(gone.get(other.id), null);
});
