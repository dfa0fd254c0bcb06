import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plain } from '../../../test/fixtures/referral.ts';
import { arrival, aTeam } from '../../../test/fixtures/visit.ts';
import { addPlannedVisit } from '../../operations/plan/examples.ts';
import { addVisit } from '../examples.ts';

test('an arrival long before the planned time is saved only when it is confirmed', async (t) => {
  const { signIn, officer, adviser, premises, team, db } = await aTeam(t);
  const at = await signIn(officer);
  const { id } = await addPlannedVisit(db, premises, team, { day: '2026-09-18', starts: '12:31' });
  const url = `/staff/visits/${id}/arrive`;
  const { attendees: _nobody, ...said } = arrival([]);
  const asked = await at.post(url, { ...said, everybody: 'yes' });
  assert.equal(asked.statusCode, 422);
  assert.match(plain(asked.body), /The arrival is at 10:30, and the plan says 12:31\. Check the place and the time/);
  assert.match(asked.body, /name="confirmed" value="yes"/);
  assert.match(asked.body, /name="everybody" value="yes"/);
  assert.match(plain(asked.body), /Everybody of the team: /);
  assert.doesNotMatch(asked.body, /name="attendees"/, 'no ticks that say less than is recorded');
  assert.match(asked.body, /Save arrival: this is right\s*<\/button>/);
  assert.equal((await at.post(url, { ...said, everybody: 'yes', confirmed: 'yes' })).statusCode, 303);
  const there = await db.selectFrom('visits').select('id').where('id', '=', id).execute();
  assert.equal(there.length, 1, `saved with ${adviser.id}`);
});

test('an arrival while the team is inside elsewhere is asked about; after it left it is not', async (t) => {
  const { signIn, officer, premises, planned, team, db } = await aTeam(t);
  const at = await signIn(officer);
  const first = await addVisit(db, planned, officer);
  const { id } = await addPlannedVisit(db, premises, team, { day: '2026-09-18', starts: '10:30' });
  const url = `/staff/visits/${id}/arrive`;
  const asked = await at.post(url, arrival([officer]));
  assert.equal(asked.statusCode, 422);
  assert.match(plain(asked.body), /Your team is still recorded as inside at another visit/);
  assert.ok(first.leftAt === null);
  assert.equal((await at.post(`/staff/visits/${planned.id}/leave`, { ...arrival([]), time: '10:25' })).statusCode, 303);
  assert.equal((await at.post(url, arrival([officer]))).statusCode, 303);
});
