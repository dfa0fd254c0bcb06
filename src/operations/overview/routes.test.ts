import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun } from '../../../test/fixtures/begun-visit.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { addPartner, addPlannedVisit, addPower, addPremises, addTeam, letIn } from '../plan/examples.ts';

const tabsOf = (body: string): string[] =>
  [...body.matchAll(/moj-sub-navigation__link"[^>]*>([^<]*)</g)].map(([, text = '']) => text);
const buttonsOf = (body: string): string[] =>
  [...body.matchAll(/<a class="govuk-button sl-no-print"[^>]*>([^<]*)</g)].map(([, text = '']) => text);

test('an empty plan says what to do first, and not that nothing unlawful was found', async (t) => {
  const { planner, of, operation } = await begun(t);
  const { body } = await planner.get(of);
  assert.doesNotMatch(body, /found no legal problem|Nothing unlawful/);
  assert.match(body, /Tasks: 1 of 8 done/);
  assert.deepEqual(buttonsOf(body), ['Add a partner']);
  assert.match(body, /appear here once a visit is planned/);
  assert.ok(body.includes(referenceOf('operation', operation.id)), 'a reference to say aloud');
});

test('every part of an operation leads to every other, and no page has more than it needs', async (t) => {
  const { db, planner, of, operation, council, lead } = await begun(t);
  await addPartner(db, operation, council);
  const team = await addTeam(db, operation);
  await letIn(db, operation, lead, { team, leads: true });
  const premises = await addPremises(db, operation);
  const visit = await addPlannedVisit(db, premises, team, { powerId: (await addPower(db, premises)).id });
  const names = ['Overview', 'Premises and powers', 'Schedule', 'Teams and partners', 'Briefings', 'Policy log'];
  for (const part of [
    '',
    '/premises',
    '/schedule',
    '/people',
    '/briefings',
    '/decisions',
    '/board',
    '/access-window',
  ]) {
    const { body, statusCode } = await planner.get(of + part);
    assert.equal(statusCode, 200, part);
    assert.deepEqual(tabsOf(body), names, part);
    assert.equal(body.match(/aria-current="page" href="[^"]*"/g)?.length, 1, part);
  }
  for (const page of [
    `/staff/premises/${premises.id}`,
    `/staff/teams/${team.id}/briefing`,
    `/staff/teams/${team.id}/time`,
  ])
    assert.deepEqual(tabsOf((await planner.get(page)).body), names, page);
  assert.ok((await planner.get(`${of}/schedule`)).body.includes(referenceOf('visit', visit.id)));
  assert.match((await planner.get(`${of}/people`)).body, /Team 1[\s\S]*Asha Planner/);
});

test('a member without a team reads who sees visits, and nothing about the briefing of a team', async (t) => {
  const { db, of, operation, force, member, signIn } = await begun(t);
  const analyst = await member(force, ['analyst']);
  await letIn(db, operation, analyst);
  const { body } = await (await signIn(analyst)).get(of);
  assert.match(
    body,
    /You are in no team that has a visit planned\. Only planners, commanders and the teams see visits\./,
  );
  assert.doesNotMatch(body, /No visits are shown to you yet/);
});

test('a team member gets the parts of a team member, and a partner who was not added none', async (t) => {
  const { db, of, operation, force, member, agency, signIn } = await begun(t);
  const officer = await member(force, ['enforcement']);
  await letIn(db, operation, officer, { team: await addTeam(db, operation) });
  const inside = await (await signIn(officer)).get(of);
  assert.deepEqual(tabsOf(inside.body), ['Overview', 'Schedule', 'Teams and partners', 'Briefings']);
  assert.doesNotMatch(inside.body, /Tasks:|Next step/);
  const help = await agency('health', { name: 'Nurses' });
  await addPartner(db, operation, help);
  const outside = await (await signIn(await member(help, ['field']))).get(of);
  assert.deepEqual(tabsOf(outside.body), []);
  assert.match(outside.body, /Your agency takes part/);
});

test('a commander sees the results once the week is over', async (t) => {
  const { db, of, operation, force, member, signIn, clock } = await begun(t);
  const commander = await member(force, ['commander']);
  await letIn(db, operation, commander);
  const before = (await (await signIn(commander)).get(of)).body;
  assert.ok(tabsOf(before).includes('Results'));
  assert.doesNotMatch(before, /Count the results/);
  clock.move(new Date('2026-09-25T09:00:00Z'));
  const after = (await (await signIn(commander)).get(of)).body;
  assert.deepEqual(buttonsOf(after), ['Count the results']);
  const results = await (await signIn(commander)).get(`/staff/returns/operations/${operation.id}`);
  assert.ok(tabsOf(results.body).includes('Overview'), 'and finds the way back');
});

test('what changed since the latest briefing is told apart, since commas stand inside it', async (t) => {
  const { db, planner, of, operation } = await begun(t);
  const team = await addTeam(db, operation);
  await addPlannedVisit(db, await addPremises(db, operation), team);
  assert.equal((await planner.post(`/staff/teams/${team.id}/briefing`)).statusCode, 303);
  await addPlannedVisit(db, await addPremises(db, operation, { name: 'Red Door' }), team, { day: '2026-09-17' });
  const { body } = await planner.get(of);
  assert.match(
    body,
    /since the latest briefing: the problems that the checks found; Red Door, 17 September 2026, [^;]*: new/,
  );
});
