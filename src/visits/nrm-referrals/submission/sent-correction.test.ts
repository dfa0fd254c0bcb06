import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { plain } from '../../../../test/fixtures/referral.ts';
import { aTeam } from '../../../../test/fixtures/visit.ts';
import { query } from '../../../../test/harness/sql.ts';
import { addPersonMet, addVisit } from '../../examples.ts';
import { listRecordsHeldAtVisits } from '../../subject-access-store.ts';
import { addReferralDraft, addSentReferral } from '../examples.ts';

const on = (day: string, time: string) => ({ time, 'day-day': day, 'day-month': '9', 'day-year': '2026' });

/** A referral of Olu Officer that was recorded as sent at 10:00 under NRM 4417. */
async function aSent(t: TestContext) {
  const world = await aTeam(t, { time: '14:30' });
  const { db, keys, planned, officer, force } = world;
  await query(db)`update agencies set first_responder = true where id = ${force.id}`;
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const { id } = await addSentReferral(db, keys, visit, officer, { encounterId: met.id });
  const own = `/staff/nrm-referrals/${id}`;
  return { ...world, visit, met, id, own, wrong: `${own}/submission/correct`, at: await world.signIn(officer) };
}

test('a wrong number and time are corrected, and what was recorded before is kept with who, when and why', async (t) => {
  const { at, own, wrong, id, met, db, keys } = await aSent(t);
  assert.match(plain((await at.get(own)).body), /Referred to the NRM, 10:00 on 18 September 2026 Number: NRM 4417/);
  const form = (await at.get(wrong)).body;
  assert.match(form, /name="reference"[^>]*value="NRM 4417"/);
  const right = { ...on('18', '14:20'), reference: 'NRM 4471', why: 'Two digits were mistyped' };
  assert.equal((await at.post(wrong, right)).headers.location, own);
  const shown = plain((await at.get(own)).body);
  assert.match(shown, /Referred to the NRM, 14:20 on 18 September 2026 Number: NRM 4471/);
  assert.match(shown, /10:00 on 18 September 2026; number NRM 4417/);
  assert.match(shown, /Two digits were mistyped/);
  assert.match(shown, /14:30 on 18 September 2026 by Officer Olu Officer/);
  const none = { ...right, reference: '', why: 'It was the number of another person' };
  await at.post(wrong, none);
  assert.match(plain((await at.get(own)).body), /14:20 on 18 September 2026; number NRM 4471/, 'each earlier value');
  const [row] = await query<{ closed: Date; text: string }>(db)`select closed_at as closed, to_jsonb(c)::text as text
    from nrm_referrals r join nrm_referral_contents c on c.id = r.id where r.id = ${id}`;
  assert.equal(row?.closed.toISOString(), '2026-09-18T13:20:00.000Z');
  assert.doesNotMatch(String(row?.text), /mistyped|NRM 4471/);
  const [log] = await query<{ fields: string[] }>(db)`select fields from access_log
    where subject = ${id} and event = 'officer referral.submission corrected' limit 1`;
  assert.ok(log?.fields.includes('submission'));
  const held = JSON.stringify(await listRecordsHeldAtVisits(db as never, keys, [met.id]));
  assert.match(held, /as it was recorded before[\s\S]*NRM 4417/);
});

test('refuses a correction without a reason, without a change, before the visit, and in the future', async (t) => {
  const { at, own, wrong } = await aSent(t);
  const said = { ...on('18', '10:00'), reference: 'NRM 4417', why: 'A mistake' };
  for (const [more, says] of [
    [{ why: '' }, /Enter what was wrong/],
    [{}, /Change the number or the time, or go back/],
    [on('18', '09:00'), /before the visit/],
    [on('18', '14:40'), /in the future/],
  ] as const)
    assert.match(plain((await at.post(wrong, { ...said, ...more })).body), says);
  assert.doesNotMatch(plain((await at.get(own)).body), /Corrections of the number or time/);
});

test('a draft has nothing to correct, and nobody but the officer corrects', async (t) => {
  const { at, wrong, visit, officer, db, keys, on: as, agency, signIn, planner, adviser } = await aSent(t);
  const met = await addPersonMet(db, visit, officer);
  const draft = await addReferralDraft(db, keys, visit, officer, { encounterId: met.id });
  const led = await at.get(`/staff/nrm-referrals/${draft.id}/submission/correct`);
  assert.equal(led.headers.location, `/staff/nrm-referrals/${draft.id}`);
  const right = { ...on('18', '14:20'), reference: 'NRM 1', why: 'A mistake' };
  for (const other of [
    await as(['enforcement']),
    await as(['enforcement'], await agency('immigration', { firstResponder: true })),
    await signIn(planner),
    await signIn(adviser),
  ])
    for (const answer of [await other.get(wrong), await other.post(wrong, right)])
      assert.ok([403, 404].includes(answer.statusCode), String(answer.statusCode));
});
