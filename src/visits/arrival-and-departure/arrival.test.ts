import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { asMember } from '../../../test/fixtures/as-member.ts';
import { replan } from '../../../test/fixtures/replan.ts';
import { arrival, aTeam } from '../../../test/fixtures/visit.ts';
import { addPlannedVisit, addTeam, letIn } from '../../operations/plan/examples.ts';
import { addDecision } from '../../operations/policy-log/examples.ts';
import { addPersonMet, addVisit } from '../examples.ts';
import { listEntriesByOthers } from '../used-warrant-store.ts';

const main = (html: string): string => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html;
const summary = (body: string): string => /error-summary__list">([\s\S]*?)<\/ul>/.exec(body)?.[1] ?? '';

test('asks for the answer at the door first, and for a power only if somebody entered', async (t) => {
  const { signIn, officer, planned } = await aTeam(t);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const form = main((await at.get(`${url}/arrive`)).body);
  assert.doesNotMatch(form, /name="power"/);
  const names = [...form.matchAll(/ name="(\w+)"/g)].map(([, name]) => name);
  assert.equal(
    names.find((name) => name !== '_csrf'),
    'answer',
    'the first question',
  );
  assert.equal((await at.post(`${url}/arrive`, arrival([officer]))).headers.location, `${url}/entry`);
  const power = main((await at.get(`${url}/entry`)).body);
  assert.match(power, /name="power"/);
  assert.doesNotMatch(power, /checked/, 'nobody chose a power yet');
  assert.match((await at.get(url)).body, /Which power was used to enter/);
});

for (const answer of ['no reply', 'refused entry', 'spoken to outside'])
  test(`records no power where the answer is “${answer}”, in one step`, async (t) => {
    const { signIn, officer, planned, db } = await aTeam(t);
    const at = await signIn(officer);
    const url = `/staff/visits/${planned.id}`;
    // A form with a power in it all the same.
    const sent = await at.post(`${url}/arrive`, { ...arrival([officer]), answer, power: 'planned' });
    assert.equal(sent.headers.location, answer === 'spoken to outside' ? `${url}/encounters/new` : url);
    const visit = await db.selectFrom('visits').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual([visit.answer, visit.powerId, visit.basis], [answer, null, null]);
    assert.match((await at.get(url)).body, /None: nobody entered/);
    assert.equal((await at.get(`${url}/entry`)).headers.location, url, 'no power is asked for');
    const forced = await at.post(`${url}/entry`, { power: 'planned', ground: '' });
    assert.equal(forced.statusCode, 422);
    const why = answer === 'no reply' ? /This visit is finished/ : /Nobody entered, so no power was used/;
    assert.match(summary(forced.body), why);
  });

test('records entry by force after no reply with its power, and not with consent', async (t) => {
  const application = await aTeam(t);
  const { signIn, officer, planned, db } = application;
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const answer = 'forced, no reply';
  await at.post(`${url}/arrive`, { ...arrival([officer]), answer, present: '0' });
  const consent = await at.post(`${url}/entry`, { power: 'consent', ground: 'The door stood open' });
  assert.equal(consent.statusCode, 422);
  assert.match(summary(consent.body), /Nobody may enter by force with consent/);
  assert.match(consent.body, /The door stood open/, 'what was typed is kept');
  const entered = await at.post(`${url}/entry`, { power: 'planned', ground: '' });
  assert.equal(entered.headers.location, url, 'nobody was there to be met');
  const visit = await db.selectFrom('visits').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([visit.answer, visit.basis, visit.powerId], [answer, 'pace-s8', planned.powerId]);
  await at.post(`${url}/leave`, { ...arrival([]), time: '10:35' });
  assert.equal((await at.post(`${url}/finish`)).statusCode, 303);
});

test('cannot finish a visit with entry but without a power', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  await at.post(`${url}/arrive`, arrival([officer]));
  const visit = await db.selectFrom('visits').selectAll().executeTakeFirstOrThrow();
  await addPersonMet(db, visit as never, officer);
  await at.post(`${url}/leave`, { ...arrival([]), time: '10:35' });
  assert.match(summary((await at.post(`${url}/finish`)).body), /First record which power was used to enter/);
});

test('a correction removes the power if nobody entered, and asks for one if somebody did', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  await addVisit(db, planned, officer, { present: null });
  const url = `/staff/visits/${planned.id}`;
  const left = { leftTime: '', 'leftDay-day': '', 'leftDay-month': '', 'leftDay-year': '' };
  const correct = (base: string, more: object) =>
    at.post(`${url}/correct`, { ...arrival([officer]), ...left, base, why: 'Recorded wrongly', ...more });
  const kept = await correct('1', { answer: 'no reply', power: 'kept' });
  assert.match(summary(kept.body), /Nobody entered, so no power was used/);
  assert.equal((await correct('1', { answer: 'no reply', power: 'none' })).statusCode, 303);
  const page = await at.get(url);
  assert.match(page.body, /Power: Search warrant/, 'the earlier version stays readable');
  const bare = await correct('2', { answer: 'forced, no reply', power: 'none' });
  assert.match(summary(bare.body), /Somebody entered. Select the power/);
  assert.equal((await correct('2', { answer: 'forced, no reply', power: 'planned' })).statusCode, 303);
  const visit = await db.selectFrom('visits').selectAll().executeTakeFirstOrThrow();
  assert.equal(visit.basis, 'pace-s8');
});

test('the database refuses a power without entry, and finishing without a power after entry', async (t) => {
  const { officer, planned, db } = await aTeam(t);
  const visit = await addVisit(db, planned, officer, { answer: 'refused entry', present: null });
  const set = (columns: string) => sql.raw(`update visits set ${columns} where id = '${visit.id}'`).execute(db);
  await sql`alter table visits disable trigger keep_earlier_version`.execute(db);
  await assert.rejects(set(`basis = 'consent'`), /visits_power_where_entered/);
  await assert.rejects(set(`answer = null, basis = 'consent'`), /visits_power_where_entered/);
  await assert.rejects(set(`answer = 'entered', basis_ground = 'x'`), /visits_power_named/);
  await assert.rejects(
    set(`answer = 'entered', left_at = arrived_at, finished_at = arrived_at`),
    /visits_finished_with_power/,
  );
  await assert.rejects(set(`answer = 'no reply', present = 2`), /visits_no_reply/);
  await set(`answer = 'entered', basis = 'consent', left_at = arrived_at, finished_at = arrived_at`);
});

test('a plan shows a power as used only if somebody entered', async (t) => {
  const application = await aTeam(t);
  const { signIn, officer, planner, planned, premises } = application;
  await replan(application, 'powers', { basis: 'consent', state: 'planned', decidedOn: null, expiresOn: null });
  const at = await signIn(officer);
  await at.post(`/staff/visits/${planned.id}/arrive`, { ...arrival([officer]), answer: 'no reply' });
  const plan = main((await (await signIn(planner)).get(`/staff/premises/${premises.id}`)).body);
  assert.match(plan, /no reply/);
  assert.doesNotMatch(plan, />\s*used\s*</);
});

test('the arrival form warns that the warrant was used, also by another team', async (t) => {
  const application = await aTeam(t);
  const { signIn, officer, planned, db, operation, premises, force, member } = application;
  await addDecision(db, operation, { kind: 'go' });
  const team = await addTeam(db, operation, { name: 'Night team' });
  const other = await member(force, ['field', 'enforcement'], 'Noa Night');
  await letIn(db, operation, other, { team });
  const again = await addPlannedVisit(db, premises, team, { powerId: planned.powerId, starts: '14:00' });
  const url = `/staff/visits/${again.id}`;
  const at = await signIn(other);
  const read = async () => [main((await at.get(url)).body), main((await at.get(`${url}/arrive`)).body)];
  for (const page of await read()) assert.doesNotMatch(page, /This warrant was used/);
  const visit = await addVisit(db, planned, officer);
  for (const page of await read()) {
    assert.match(page, /Another team is inside under this warrant/);
    assert.match(page, /allows one entry. Ask your commander before you go in/);
  }
  const beside = await addPlannedVisit(db, premises, team, { powerId: planned.powerId, starts: '10:30' });
  assert.doesNotMatch(
    main((await at.get(`/staff/visits/${beside.id}`)).body),
    /this warrant/i,
    'both may enter together',
  );
  await replan(application, 'visits', { leftAt: new Date(visit.arrivedAt.getTime() + 60_000) });
  for (const page of await read()) {
    assert.match(page, /This warrant was used at 10:00 on 18 September 2026/);
    assert.match(page, /allows one entry. Do not enter under it/);
  }
  await replan(application, 'powers', { entries: 'several' });
  for (const page of await read()) assert.match(page, /each further entry needs a written authority/);
  await at.post(`${url}/arrive`, { ...arrival([other]), answer: 'forced, no reply', confirmed: 'yes' });
  assert.match(main((await at.get(`${url}/entry`)).body), /each further entry needs a written authority/);
});

test('tells a support agency that the warrant was used, and not when', async (t) => {
  const application = await aTeam(t);
  const { signIn, officer, planned, db, operation, premises, force, advisers, member } = application;
  await addDecision(db, operation, { kind: 'go' });
  const team = await addTeam(db, operation, { name: 'Night team' });
  const [nurse, other] = [
    await member(advisers, ['field'], 'Nia Night'),
    await member(force, ['field', 'enforcement'], 'Noa Night'),
  ];
  for (const one of [nurse, other]) await letIn(db, operation, one, { team });
  const again = await addPlannedVisit(db, premises, team, { powerId: planned.powerId, starts: '14:00' });
  const visit = await addVisit(db, planned, officer);
  await replan(application, 'visits', { leftAt: new Date(visit.arrivedAt.getTime() + 60_000) });
  const url = `/staff/visits/${again.id}`;
  const read = async (reader: Parameters<typeof signIn>[0]) => {
    const at = await signIn(reader);
    return [main((await at.get(url)).body), main((await at.get(`${url}/arrive`)).body)];
  };
  for (const page of await read(other)) assert.match(page, /This warrant was used at 10:00 on 18 September 2026/);
  for (const page of await read(nurse)) {
    assert.match(page, /This warrant was used already/);
    assert.doesNotMatch(page, /used at/);
  }
  const entries = (reader: { readonly id: string }) =>
    asMember(application, reader, ['main', 'staff'], (tx) => listEntriesByOthers(tx, planned.powerId ?? '', again.id));
  assert.deepEqual(
    (await entries(nurse)).map(({ usedAt }) => usedAt),
    [null],
  );
  assert.deepEqual(
    (await entries(other)).map(({ usedAt }) => usedAt),
    [visit.arrivedAt],
  );
});

test('the plan says that a visit used the warrant, and offers its return first', async (t) => {
  const { signIn, officer, planner, planned, premises, db } = await aTeam(t);
  await addVisit(db, planned, officer);
  const reader = await signIn(planner);
  const here = `/staff/premises/${premises.id}/powers/${planned.powerId}`;
  const next = main((await reader.get(`${here}/next`)).body);
  assert.match(next, /State: used. A visit says that the team entered under this power/);
  assert.ok(next.indexOf('It was returned to court') < next.indexOf('Record what was written on it'));
  assert.match(main((await reader.get(here)).body), /State: used\./);
  assert.match(main((await reader.get(`${here}/executed`)).body), /name="time"[^>]*value="10:00"/);
});

test('ticks only the member who records, and takes one press for everybody of the team', async (t) => {
  const application = await aTeam(t);
  const { signIn, officer, adviser, planned, db } = application;
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}/arrive`;
  const form = main((await at.get(url)).body);
  const ticked = [...form.matchAll(/name="attendees"[^>]*value="([^"]+)"([^>]*)/g)].flatMap(([, value, rest = '']) =>
    rest.includes('checked') ? [value] : [],
  );
  assert.deepEqual(ticked, [officer.id]);
  const nobody = await at.post(url, { ...arrival([]), attendees: '' });
  assert.match(summary(nobody.body), /Select who was there/);
  assert.equal((await at.post(url, { ...arrival([officer]), attendees: '', everybody: 'yes' })).statusCode, 303);
  const visit = await db.selectFrom('visits').select('attendees').executeTakeFirstOrThrow();
  assert.deepEqual([...visit.attendees].sort(), [officer.id, adviser.id].sort());
});

test('plan and Home judge by the clock whether a late team still enters together with the first', async (t) => {
  const application = await aTeam(t, { time: '10:34' });
  const { signIn, officer, planner, planned, db, operation, premises, clock } = application;
  const team = await addTeam(db, operation, { name: 'Late team' });
  await addPlannedVisit(db, premises, team, { powerId: planned.powerId, starts: '10:30', turn: 2 });
  const visit = await addVisit(db, planned, officer);
  const read = async () => {
    const at = await signIn(planner);
    return [
      (await at.get(`/staff/operations/${operation.id}`)).body,
      (await at.get(`/staff/premises/${premises.id}`)).body,
      (await at.get('/staff')).body,
    ];
  };
  const used = /Used already, on 18 September 2026|Fix a legal problem in the plan/;
  for (const page of await read()) assert.doesNotMatch(page, used);
  await replan(application, 'visits', { leftAt: new Date(visit.arrivedAt.getTime() + 35 * 60_000) });
  clock.move(new Date(visit.arrivedAt.getTime() + 40 * 60_000));
  for (const page of await read()) assert.match(page, used);
});
