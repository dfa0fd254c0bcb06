import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { setContext } from '../../platform/database/database.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam, letIn } from '../plan/examples.ts';

const idIn = (location: unknown): string => /[0-9a-f-]{36}/.exec(String(location))?.[0] ?? '';

test('a briefing names no premises to immigration officers who are not present there', async (t) => {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:00' });
  const { db, agency, member, signIn } = application;
  const force = await agency('police force');
  const planner = await member(force, ['planner'], 'Asha Planner');
  const border = await member(await agency('immigration'), ['field', 'enforcement'], 'Lena Border');
  const officer = await member(force, ['field', 'enforcement'], 'Olu Officer');
  const operation = await addOperation(db, force, planner);
  const team = await addTeam(db, operation);
  await letIn(db, operation, planner);
  await letIn(db, operation, border, { team });
  await letIn(db, operation, officer, { team, leads: true });
  const shut = await addPremises(db, operation, {
    name: 'Blue Door',
    address: '14 Mill Lane',
    immigrationEntry: 'not present',
  });
  const open = await addPremises(db, operation, {
    name: 'Red Gate',
    address: '2 High Street',
    immigrationEntry: 'with the team',
  });
  await addPlannedVisit(db, shut, team, { day: '2026-09-19' });
  await addPlannedVisit(db, open, team, { day: '2026-09-20' });
  const plans = await signIn(planner);
  const list = `/staff/teams/${team.id}/briefing`;
  const first = `/staff/briefings/${idIn((await plans.post(list)).headers.location)}`;
  const change = (command: ReturnType<typeof sql>) =>
    db.transaction().execute(async (tx) => {
      await setContext(tx, { now: application.clock.now() });
      await command.execute(tx);
    });
  await change(sql`update planned_visits set starts = '10:45' where premises_id = ${shut.id}`);
  const second = `/staff/briefings/${idIn((await plans.post(list)).headers.location)}`;
  const [lena, olu] = [await signIn(border), await signIn(officer)];
  const calendar = `/staff/teams/${team.id}/calendar`;
  for (const url of [list, first, second, calendar, `/staff/operations/${operation.id}/schedule`]) {
    const { statusCode, body } = await lena.get(url);
    assert.equal(statusCode, 200, url);
    assert.doesNotMatch(body, /Blue Door|14 Mill Lane|recorded decision says/, url);
  }
  for (const url of [first, second]) {
    assert.match((await lena.get(url)).body, /Red Gate[\s\S]*2 High Street/);
    assert.match((await lena.get(url)).body, /One visit/);
    assert.match((await olu.get(url)).body, /Blue Door[\s\S]*14 Mill Lane/, 'the rest of the team reads everything');
  }
  assert.match((await olu.get(list)).body, /Blue Door[^<]*10:45/);
  assert.match((await lena.get(list)).body, /the visits/);
  assert.equal((await olu.get(calendar)).body.match(/BEGIN:VEVENT/g)?.length, 2);
  assert.equal((await lena.get(calendar)).body.match(/BEGIN:VEVENT/g)?.length, 1);
  assert.match((await plans.get(second)).body, /Blue Door/);

  const leaves = /Briefings for immigration officers leave out visits at which they are not present/;
  assert.match((await lena.get(second)).body, leaves);
  assert.doesNotMatch((await olu.get(second)).body, leaves);
  await change(sql`update premises set immigration_entry = 'not present' where id = ${open.id}`);
  const none = (await lena.get(second)).body;
  assert.match(none, /You see no visit in this version/);
  assert.doesNotMatch(none, /No visits|No visit was planned|Red Gate/);
  await change(sql`update premises set immigration_entry = 'with the team' where id = ${open.id}`);
  await change(sql`update premises set immigration_entry = 'waits until called' where id = ${shut.id}`);
  const all = (await lena.get(second)).body;
  assert.match(all, /14 Mill Lane/, 'who waits nearby must know where');
  assert.match(all, leaves, 'the same words where nothing is left out');
});
