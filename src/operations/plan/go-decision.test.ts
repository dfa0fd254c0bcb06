import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun } from '../../../test/fixtures/begun-visit.ts';
import { plain } from '../../../test/fixtures/referral.ts';
import { addDecision, addPlannedVisit, addPower, addPremises, addTeam, letIn } from './examples.ts';

test('the decision to proceed shows the grounds of each visit, whether it is a home, and who has read the briefing', async (t) => {
  const { db, of, operation, planner, member, force, signIn } = await begun(t);
  const boss = await member(force, ['commander'], 'Cy Commander');
  await letIn(db, operation, boss);
  const [team, other] = [await addTeam(db, operation), await addTeam(db, operation, { name: 'Team 2' })];
  await letIn(db, operation, await member(force, ['field', 'enforcement']), { team });
  const place = await addPremises(db, operation, {
    dwelling: 'yes',
    reason: 'Two reports of people who never leave',
    risks: 'A dog',
    immigrationEntry: 'waits until called',
  });
  await addPlannedVisit(db, place, team, { powerId: (await addPower(db, place)).id });
  await addPlannedVisit(db, await addPremises(db, operation, { name: 'Green Door' }), other, {});
  const reason = 'Workers may need papers checked';
  await addDecision(db, operation, { kind: 'immigration entry', about: place.id, reason });
  assert.equal((await planner.post(`/staff/teams/${team.id}/briefing`)).statusCode, 303);

  const page = plain((await (await signIn(boss)).get(`${of}/proceed`)).body);
  assert.match(page, /Two reports of people who never leave/);
  assert.match(page, /Somebody lives or sleeps there\. Risks: A dog/);
  assert.match(page, /Waits until called: Workers may need papers checked/);
  assert.match(page, /Team 1: one person, no leader\. 0 of 1 has read the briefing/);
  assert.match(page, /Team 2: no people, no leader\. No briefing yet/);
  assert.match(page, /Nobody lives or sleeps there[\s\S]*Not decided/);
});
