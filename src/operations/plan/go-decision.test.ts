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

test('a go leaves out each unlawful place without a reason of its own: its team waits, and the problem stays on the place', async (t) => {
  const { db, of, operation, member, force, signIn, clock } = await begun(t);
  clock.move(new Date('2026-09-15T09:00:00Z'));
  const boss = await member(force, ['commander'], 'Cy Commander');
  await letIn(db, operation, boss);
  const team = await addTeam(db, operation);
  const officer = await member(force, ['field', 'enforcement']);
  await letIn(db, operation, officer, { team });
  const names = ['Harvest Kitchen', 'Larkfield Rooms', 'Sound Nails'];
  const places = [];
  for (const [index, name] of names.entries()) {
    const place = await addPremises(db, operation, { name });
    const power = await addPower(db, place, index < 2 ? { state: 'applied for' } : {});
    const starts = `1${index}:00`;
    const visit = await addPlannedVisit(db, place, team, { powerId: power.id, starts, minutes: 30 });
    places.push({ place, visit });
  }
  const [harvest, larkfield, sound] = places;
  if (!harvest || !larkfield || !sound) throw new Error('three places');
  const at = await signIn(boss);
  const form = (await at.get(`${of}/proceed`)).body;
  for (const { place } of [harvest, larkfield]) assert.match(form, new RegExp(`name="despite-${place.id}"`));
  assert.doesNotMatch(form, new RegExp(`despite-${sound.place.id}`));
  const said = { kind: 'go', decidedBy: 'Supt Marlow', reason: 'Grounds are sound', alternative: '' };
  const go = await at.post(`${of}/proceed`, {
    ...said,
    [`despite-${harvest.place.id}`]: 'A child is said to be there',
  });
  assert.equal(go.statusCode, 303, plain(go.body));
  const log = await db.selectFrom('policyLog').selectAll().orderBy('id').execute();
  assert.deepEqual(
    log.map(({ kind, about, despite }) => [kind, about, despite]),
    [
      ['go', null, 'Harvest Kitchen: A child is said to be there'],
      ['visit left out', larkfield.visit.id, null],
    ],
  );
  assert.match(
    String(log[1]?.words),
    /^Visit to Larkfield Rooms on [^.]* left out of the decision to go ahead\. Not granted yet/,
  );
  const phone = await signIn(officer);
  const stopped = async ({ place, visit }: typeof harvest) => {
    const { body } = await phone.get(`/staff/visits/${visit.id}`);
    assert.match(body, new RegExp(place.name));
    return /not part of the decision to go ahead/.test(body);
  };
  assert.deepEqual([await stopped(harvest), await stopped(larkfield), await stopped(sound)], [false, true, false]);
  for (const { place } of [harvest, larkfield])
    assert.match((await at.get(`/staff/premises/${place.id}`)).body, /Unlawful[\s\S]*Not granted yet/);
  assert.match(
    (await at.get(of)).body,
    /The visit to Larkfield Rooms on [^<]* is not part of the decision to go ahead/,
  );
  await at.post(`${of}/proceed`, { ...said, [`despite-${larkfield.place.id}`]: 'The court sits tonight' });
  assert.deepEqual([await stopped(harvest), await stopped(larkfield)], [true, false], 'the latest decision counts');
  await at.post(`${of}/proceed`, { ...said, kind: 'no-go' });
  const kinds = await db.selectFrom('policyLog').select('kind').where('kind', '=', 'visit left out').execute();
  assert.equal(kinds.length, 2, 'a no-go leaves nothing out');
});
