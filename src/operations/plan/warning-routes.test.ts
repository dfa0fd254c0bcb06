import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, day, send } from '../../../test/fixtures/begun-visit.ts';
import { addPlannedVisit, addPower, addPremises, addTeam, letIn } from './examples.ts';

/** A visit at two in the morning with a search warrant, by a team of one. */
async function atNight(t: Parameters<typeof begun>[0]) {
  const application = await begun(t);
  const { db, operation, lead } = application;
  const premises = await addPremises(db, operation);
  const team = await addTeam(db, operation);
  await letIn(db, operation, lead, { team, leads: true });
  const power = await addPower(db, premises);
  const visit = await addPlannedVisit(db, premises, team, { day: '2026-09-16', starts: '02:00', powerId: power.id });
  return { ...application, premises, team, visit };
}
const said = { decidedBy: 'Supt Marlow', reason: 'By day the shop is empty' };
const linkOf = (body: string): string =>
  /href="([^"]+)">Acknowledge with a reason<span class="govuk-visually-hidden">. The problem: The visit on 16 September/.exec(
    body,
  )?.[1] ?? '';

test('an acknowledged warning rests on the plan, the decision and the briefing, and opens again when the facts change', async (t) => {
  const { db, planner, of, premises, team, visit } = await atNight(t);
  const address = linkOf((await planner.get(of)).body);
  assert.match(address, /\/warnings\/[0-9a-f]{64}$/);
  const form = await planner.get(address);
  assert.match(form.body, /begins at 02:00[\s\S]*If the facts change, somebody must acknowledge the warning again/);
  const silent = await planner.post(address, { ...said, reason: '' });
  assert.equal(silent.statusCode, 422);
  assert.match(silent.body, /Enter the reason/);
  assert.equal((await planner.post(address, said)).headers.location, `${of}#advice`);

  const rests = /Acknowledged warning:<\/span> The visit on 16 September[\s\S]*?By day the shop is empty/;
  const places = [of, `${of}/proceed`, `/staff/premises/${premises.id}`, `/staff/teams/${team.id}/briefing`];
  for (const place of places) {
    const { body } = await planner.get(place);
    assert.match(body, rests, place);
    assert.equal(linkOf(body), '', place);
  }
  const [entry] = await db.selectFrom('policyLog').selectAll().execute();
  assert.deepEqual([entry?.kind, entry?.about, entry?.reason], ['warning acknowledged', premises.id, said.reason]);
  assert.match((await planner.get(`${of}/decisions`)).body, /Warning acknowledged, Blue Door: The visit on 16/);
  assert.equal((await planner.get(address)).headers.location, of, 'nothing is left to acknowledge');
  assert.equal((await planner.post(address, said)).headers.location, of);
  assert.equal((await db.selectFrom('policyLog').selectAll().execute()).length, 1);

  await planner.post(`/staff/teams/${team.id}/briefing`);
  const briefing = await db.selectFrom('briefings').select(['id', 'content']).executeTakeFirstOrThrow();
  const told = (await planner.get(`/staff/briefings/${briefing.id}`)).body;
  assert.match(told, /Acknowledged warning, Blue Door: The visit on 16 September/);
  assert.doesNotMatch(told, /By day the shop is empty/, 'the reason stays in the policy log');

  const moved = { teamId: team.id, powerId: String(visit.powerId), ...day('day', visit.day), starts: '03:00' };
  await send(planner, `/staff/premises/${premises.id}/visits/${visit.id}/move`, { ...moved, minutes: '60', turn: '' });
  const open = (await planner.get(of)).body;
  assert.match(open, /Risk:<\/span> The visit on 16 September 2026 begins at 03:00/);
  assert.notEqual(linkOf(open), address);
});

test('only who takes part and may write decisions acknowledges, and never what is unlawful', async (t) => {
  const { db, planner, of, signIn, agency, member, operation, premises, team } = await atNight(t);
  const address = linkOf((await planner.get(of)).body);
  const officer = await member(await agency('police force', { name: 'Partner' }), ['field']);
  await letIn(db, operation, officer);
  const stranger = await member(await agency('police force', { name: 'Elsewhere' }), ['planner']);
  for (const [who, status] of [
    [officer, 403],
    [stranger, 404],
  ] as const) {
    const visitor = await signIn(who);
    assert.equal((await visitor.get(address)).statusCode, status);
    assert.equal((await visitor.post(address, said)).statusCode, status);
  }
  const refused = await addPower(db, premises, { state: 'refused', expiresOn: null });
  await addPlannedVisit(db, premises, team, { day: '2026-09-17', powerId: refused.id });
  const { body } = await planner.get(of);
  assert.match(body, /Unlawful:<\/span> Refused/);
  assert.doesNotMatch(body, /Acknowledge with a reason<span class="govuk-visually-hidden">: Refused/);
  assert.equal((await db.selectFrom('policyLog').selectAll().execute()).length, 0);
});

test('the database keeps an acknowledgement only with its warning', async (t) => {
  const { db, planner, of } = await atNight(t);
  await planner.post(linkOf((await planner.get(of)).body), said);
  await assert.rejects(db.updateTable('policyLog').set({ finding: null }).execute(), /policy_log/);
  await assert.rejects(db.updateTable('policyLog').set({ kind: 'decision' }).execute(), /policy_log/);
});

test('one reason acknowledges all warnings that are alike, and the policy log keeps it for each of the premises', async (t) => {
  const { db, planner, of, operation, team, auditTrail } = await atNight(t);
  for (const name of ['Green Door', 'Red Gate', 'White Hut'])
    await addPlannedVisit(db, await addPremises(db, operation, { name, dwelling: 'not known' }), team, {
      day: name === 'Green Door' ? '2026-09-17' : name === 'Red Gate' ? '2026-09-18' : '2026-09-19',
    });
  const body = (await planner.get(of)).body;
  const homes =
    /href="([^"]+)">Acknowledge with a reason, for all three<span class="govuk-visually-hidden">. The problem: It is not known whether/;
  const address = homes.exec(body)?.[1] ?? '';
  assert.match(address, /\?alike=yes$/);
  const form = (await planner.get(address)).body;
  assert.match(
    form,
    /Acknowledge 3 warnings[\s\S]*(Green Door|Red Gate|White Hut), (Green Door|Red Gate|White Hut) and /,
  );
  assert.match(form, /Your reason must hold for each of these places/);
  assert.equal((await planner.post(address, { ...said, reason: '' })).statusCode, 422);
  assert.equal((await planner.post(address, said)).statusCode, 303);
  const entries = await db.selectFrom('policyLog').select(['about', 'kind', 'reason', 'finding']).execute();
  assert.equal(entries.length, 3);
  assert.equal(new Set(entries.map(({ about }) => about)).size, 3, 'an entry for each of the premises');
  assert.equal(new Set(entries.map(({ finding }) => finding)).size, 3);
  assert.equal((await auditTrail({ looks: false })).filter((event) => event === 'decision.written').length, 3);
  assert.doesNotMatch((await planner.get(of)).body, homes);
  assert.equal((await planner.post(address, said)).headers.location, of, 'nothing is left');
});
