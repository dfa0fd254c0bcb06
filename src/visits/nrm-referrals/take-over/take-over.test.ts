import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { dueRows } from '../../../../test/fixtures/home.ts';
import { plain } from '../../../../test/fixtures/referral.ts';
import { aTeam } from '../../../../test/fixtures/visit.ts';
import { query } from '../../../../test/harness/sql.ts';
import { addTeam, letIn } from '../../../operations/plan/examples.ts';
import { setContext } from '../../../platform/database/database.ts';
import { addArrest, addPersonMet, addScreening, addVisit } from '../../examples.ts';
import { addReferralDraft } from '../examples.ts';
import { takeOverReferral } from '../store.ts';

const secret = 'A sister called Mirela in Bacau';
const offDuty = { why: 'the officer is off duty' };

/** A draft of Olu Officer about somebody arrested, and colleagues of the agency in the operation. */
async function aDraft(t: TestContext) {
  const world = await aTeam(t, { time: '14:30' });
  const { db, keys, planned, officer, force, planner, operation, signIn, member, team } = world;
  await query(db)`update agencies set first_responder = true where id = ${force.id}`;
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const arrest = await addArrest(db, visit, officer, { encounterId: met.id, age: 30, status: 'in custody' });
  await addScreening(db, arrest, officer);
  const content = { answers: { family: secret } };
  const about = { arrestId: arrest.id, encounterId: met.id };
  const { id } = await addReferralDraft(db, keys, visit, officer, { ...about, content });
  const colleague = await member(force, ['field', 'enforcement'], 'Cas Colleague');
  await letIn(db, operation, colleague, { team });
  const own = `/staff/nrm-referrals/${id}`;
  return { ...world, visit, id, own, colleague, plans: await signIn(planner), at: await signIn(officer) };
}

const finishes = (rows: readonly { readonly what: string }[]) =>
  rows.filter(({ what }) => what.startsWith('Finish an NRM referral')).length;

test('a colleague of the team takes it over with a reason, finishes it, and the officer reads only that there is one', async (t) => {
  const { own, id, at, colleague, signIn, db, visit } = await aDraft(t);
  const takes = await signIn(colleague);
  const before = plain((await takes.get(own)).body);
  assert.match(before, /Take it over/);
  assert.ok(!before.includes(secret));
  const asked = await takes.get(`${own}/take-over`);
  assert.match(
    plain(asked.body),
    /Olu Officer can no longer open what it says\. Officer Olu Officer gets a notification/,
  );
  assert.match(plain(asked.body), /The duty to send it as soon as possible stays the same/);
  assert.ok(!asked.body.includes(secret));
  assert.match(plain((await takes.post(`${own}/take-over`, {})).body), /Select why you take it over/);
  assert.equal((await takes.post(`${own}/take-over`, offDuty)).headers.location, own);

  const shown = plain((await takes.get(own)).body);
  assert.match(shown, /Begun [^.]*by Officer Olu Officer/);
  assert.match(shown, /Taken over 14:30 on 18 September 2026 by Officer Cas Colleague: the officer is off duty/);
  assert.match(shown, /The law binds your force/, 'the duty goes on');
  const form = (await takes.get(`${own}/form?all=yes`)).body;
  assert.ok(form.includes(secret));
  const said = { asked: 'what-is-their-background-education', 'what-is-their-background-education': 'Ten years' };
  assert.equal((await takes.post(`${own}/form`, said)).statusCode, 303);
  assert.equal(finishes(await dueRows(takes)), 1);

  for (const part of ['/form', '/draft', '/submission', '/close', '/export'])
    assert.equal((await at.get(`${own}${part}`)).statusCode, 404, part);
  assert.equal((await at.post(`${own}/form`, said)).statusCode, 404);
  const state = plain((await at.get(own)).body);
  assert.match(state, /Officer Officer Cas Colleague/);
  assert.ok(!state.includes(secret));
  assert.equal(finishes(await dueRows(at)), 0);
  const table = plain((await at.get(`/staff/visits/${visit.id}`)).body);
  assert.match(table, /NRM referrals Reference Status Officer \S+ Draft, not sent yet Officer Cas Colleague/);
  const [row] = await query<{ reason: string; fields: string[] }>(db)`select reason, fields from access_log
    where subject = ${id} and event = 'officer referral.taken over'`;
  assert.equal(row?.reason, 'the officer is off duty');
  assert.ok(row?.fields.includes('answers'));
});

test('the officer is notified without content, and the notification leads to the state', async (t) => {
  const { own, at, colleague, signIn, db } = await aDraft(t);
  await (await signIn(colleague)).post(`${own}/take-over`, offDuty);
  const list = (await at.get('/staff/notifications')).body;
  assert.match(plain(list), /A colleague took over your NRM referral/);
  assert.doesNotMatch(plain(list), /Cas Colleague|off duty|Mirela/);
  const rows = await query<{ kind: string; to: string }>(db)`select kind, to_member as to from notices`;
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['referral taken over'],
  );
  assert.match(plain((await at.get('/staff')).body), /A colleague took over your NRM referral/);
});

test('a commander takes over what the team can no longer open and records it as sent', async (t) => {
  const { own, force, operation, member, signIn, db, plans } = await aDraft(t);
  const commander = await member(force, ['commander'], 'Col Commander');
  await letIn(db, operation, commander);
  const commands = await signIn(commander);
  const why = { why: 'the officer can no longer open it' };
  assert.equal((await commands.post(`${own}/take-over`, why)).headers.location, own);
  assert.match(plain((await commands.get(`${own}/form?all=yes`)).body), /Mirela/);
  const page = (await commands.get(`${own}/submission`)).body;
  const digest = /name="digest" value="([^"]*)"/.exec(page)?.[1] ?? '';
  const sentAt = { time: '14:20', 'day-day': '18', 'day-month': '9', 'day-year': '2026' };
  const sent = await commands.post(`${own}/submission`, {
    ...sentAt,
    reference: 'NRM 4471',
    sentFrom: 'this draft',
    digest,
  });
  assert.equal(sent.headers.location, own, plain(sent.body).slice(-700));
  assert.match(plain((await commands.get(own)).body), /Referred to the NRM/);
  assert.equal((await plans.get(`${own}/draft`)).statusCode, 404, 'another planner reads it for a stated reason alone');
});

test('the second of two colleagues is not taken for the first: the database asks who wrote it until now', async (t) => {
  const { own, id, colleague, officer, planner, operation, signIn, db, plans, clock } = await aDraft(t);
  const takes = await signIn(colleague);
  await takes.post(`${own}/take-over`, offDuty);
  const actor = {
    ...{ memberId: planner.id, agencyId: planner.agencyId, side: 'enforcement', roles: ['planner'] },
    ...{ operations: [operation.id], partnerOperations: [], teams: [] },
  };
  const takeFrom = (writer: string) =>
    db.transaction().execute(async (tx) => {
      await setContext(tx, { now: clock.now(), actor: actor as never });
      return takeOverReferral(tx, { id, recordedBy: writer, takenOverBy: null } as never, 'the officer is off duty');
    });
  assert.equal(await takeFrom(officer.id), false);
  assert.match(plain((await plans.get(`${own}/take-over`)).body), /Cas Colleague can no longer open/);
  assert.equal((await takes.get(`${own}/take-over`)).headers.location, own, 'who writes it has nothing to take over');
  assert.equal(await takeFrom(colleague.id), true);
});

test('nobody of another agency or another team takes it over, and nobody on the support side', async (t) => {
  const { own, id, on, agency, member, db, operation, force, signIn, adviser, advisers } = await aDraft(t);
  const immigration = await agency('immigration', { name: 'Border Compliance East', firstResponder: true });
  const region = await agency('regional crime unit', { name: 'Eastern Crime Unit', firstResponder: true });
  const otherTeam = await addTeam(db, operation, { name: 'Red team' });
  const elsewhere = await member(force, ['field', 'enforcement']);
  await letIn(db, operation, elsewhere, { team: otherTeam });
  const commander = await member(region, ['commander']);
  await letIn(db, operation, commander);
  const outside = await member(force, ['commander']);
  const readers = {
    immigration: await on(['field', 'enforcement'], immigration),
    region: await on(['field', 'enforcement'], region),
    'another team': await signIn(elsewhere),
    'a commander of another agency': await signIn(commander),
    'a commander who is not in the operation': await signIn(outside),
    'an adviser of the team': await signIn(adviser),
    'a safeguarding lead': await on(['safeguarding lead', 'partner caseworker'], advisers),
  };
  for (const [name, reader] of Object.entries(readers))
    for (const answer of [await reader.get(`${own}/take-over`), await reader.post(`${own}/take-over`, offDuty)])
      assert.ok([403, 404].includes(answer.statusCode), `${name} ${answer.statusCode}`);
  const [row] = await query<{ by: string | null }>(db)`select taken_over_by as by from nrm_referrals where id = ${id}`;
  assert.equal(row?.by, null);
});
