import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { type Member, resolveActor } from '../../src/identity/agencies/index.ts';
import {
  addOperation,
  addPartner,
  addPlannedVisit,
  addPower,
  addPremises,
  addTeam,
  letIn,
} from '../../src/operations/plan/examples.ts';
import { beginReading, beginWriting, type Databases } from '../../src/platform/database/database.ts';
import { addNote } from '../../src/safeguarding/referrals/examples.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import { openApplication } from '../fixtures/application.ts';
import { query } from '../harness/sql.ts';

const reason = 'The officer who was to go is ill, and I take her place tonight.';
const found = { finding: 'needed', reasons: 'She stood in at short notice; the duty roster says so.' };
const idIn = (location: unknown): string => /[0-9a-f-]{36}/.exec(String(location))?.[0] ?? '';
const shown = ({ body }: { body: string }) => body.replaceAll(/name="_csrf" value="[\w-]+"/g, '');

async function planned(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-10', time: '09:00' });
  const { db, agency, member } = application;
  const force = await agency('police force', { name: 'Lea Vale Constabulary' });
  const border = await agency('immigration', { name: 'Border East' });
  const lead = await member(force, ['planner'], 'Asha Planner');
  const operation = await addOperation(db, force, lead);
  const other = await addOperation(db, force, lead, { codeName: 'Operation Other' });
  for (const one of [operation, other]) {
    await letIn(db, one, lead);
    await addPartner(db, one, border);
  }
  const team = await addTeam(db, operation);
  const premises = await addPremises(db, operation, { name: 'Blue Door' });
  const elsewhere = await addPremises(db, other, { name: 'Red Door' });
  await addPlannedVisit(db, premises, team);
  const people = {
    breaker: await member(border, ['enforcement'], 'Ros Breaker'),
    supervisor: await member(border, ['commander'], 'Sue Supervisor'),
    theirLead: await member(border, ['data-protection lead'], 'Theo Lead'),
    commander: await member(force, ['commander'], 'Bo Commander'),
    dataLead: await member(force, ['data-protection lead'], 'Dee Lead'),
    auditor: await member(force, ['auditor'], 'Al Auditor'),
  };
  const breakIt = async (who = people.breaker, answers: Record<string, unknown> = {}) =>
    (await application.signIn(who)).post('/staff/emergency-access/new', {
      operationId: operation.id,
      reason,
      ...answers,
    });
  return {
    ...application,
    page: async (who: Member, url = '/staff') => (await (await application.signIn(who)).get(url)).body,
    force,
    border,
    lead,
    operation,
    other,
    premises,
    elsewhere,
    people,
    breakIt,
    of: `/staff/operations/${operation.id}`,
  };
}

const hours = (count: number) => new Date(Date.parse('2026-09-10T08:00:00Z') + count * 3_600_000);

test('emergency access opens one operation for three hours to read, sends a notification at once, and logs every page', async (t) => {
  const { db, signIn, people, breakIt, of, clock, premises, operation, other, elsewhere, lead, page } =
    await planned(t);
  const place = `/staff/premises/${premises.id}`;
  const before = await (await signIn(people.breaker)).get(of);
  assert.match(before.body, /Your agency takes part[\s\S]*Use emergency access/);
  assert.doesNotMatch(before.body, /Blue Door/);
  assert.equal((await (await signIn(people.breaker)).get(place)).statusCode, 404);
  for (const why of ['', 'Need it', 'Needitneeditneeditneedit'])
    assert.equal((await breakIt(people.breaker, { reason: why })).statusCode, 422, why);

  const broken = await breakIt();
  assert.equal(broken.statusCode, 303);
  const id = idIn(broken.headers.location);
  const visitor = await signIn(people.breaker);
  assert.match(
    (await visitor.get(`/staff/emergency-access/${id}`)).body,
    /ends after three hours[\s\S]*get a notification at once[\s\S]*must review your access/,
  );
  assert.match((await visitor.get(of)).body, /You have emergency access[\s\S]*Blue Door/);
  assert.match((await visitor.get(place)).body, /Blue Door/);
  assert.equal((await visitor.get(`/staff/premises/${elsewhere.id}`)).statusCode, 404, 'one operation, no other');
  assert.equal((await visitor.post(`${place}/risks`, { risks: 'Mine', base: '1' })).statusCode, 403);
  const rows = await db
    .selectFrom('accessLog')
    .select(['subject', 'returned', 'breakGlassId'])
    .where('event', '=', 'viewed under break-glass')
    .execute();
  assert.ok(
    rows.some(
      ({ subject, returned, breakGlassId }) =>
        subject === operation.id && returned.includes(premises.id) && breakGlassId === id,
    ),
  );
  for (const who of [lead, people.commander, people.dataLead, people.supervisor, people.theirLead])
    assert.match(await page(who), /Emergency access to an operation began/, who.name);
  assert.doesNotMatch(await page(people.auditor), /Emergency access to an operation began/);

  clock.move(new Date(hours(3).getTime() - 1));
  assert.match(await page(people.breaker, of), /Blue Door/);
  clock.move(hours(3));
  const after = await (await signIn(people.breaker)).get(of);
  assert.doesNotMatch(after.body, /Blue Door|You have emergency access/, 'it ended by itself');
  assert.equal((await (await signIn(people.breaker)).get(place)).statusCode, 404);
  assert.equal((await breakIt(people.breaker, { operationId: other.id })).statusCode, 303, 'it is broken anew');
});

test('emergency access names no premises to an immigration officer where the plan says that they are not present', async (t) => {
  const { db, agency, member, signIn, people, breakIt, of, operation, premises } = await planned(t);
  const shut = await addPremises(db, operation, {
    name: 'Quiet Yard',
    address: '15 Mill Street',
    immigrationEntry: 'not present',
  });
  const warrant = await addPower(db, shut, { reference: 'W-QUIET-7' });
  const visit = await addPlannedVisit(db, shut, await addTeam(db, operation, { name: 'Team 2' }), {
    powerId: warrant.id,
  });
  const unit = await agency('regional crime unit');
  await addPartner(db, operation, unit);
  const police = await member(unit, ['enforcement'], 'Cy Crime');
  const pages = [
    ...[of, `${of}/premises`, `${of}/schedule`, `${of}/briefings`],
    ...['/staff', '/staff/visits', '/staff/search?q=Quiet', '/staff/search?q=Mill+Street'],
    '/staff/search?q=W-QUIET',
  ];
  for (const who of [people.breaker, police]) assert.equal((await breakIt(who)).statusCode, 303, who.name);
  const [border, officer] = [await signIn(people.breaker), await signIn(police)];
  const place = `/staff/premises/${shut.id}`;
  assert.equal((await border.get(place)).statusCode, 404);
  assert.equal((await border.get(`/staff/visits/${visit.id}`)).statusCode, 404);
  assert.equal((await officer.get(place)).statusCode, 200, 'police read it');
  for (const url of pages) assert.doesNotMatch((await border.get(url)).body, /Quiet Yard|15 Mill Street|>W-QUIET/, url);
  assert.match((await officer.get(`${of}/premises`)).body, /Quiet Yard/);
  assert.equal((await border.get(`/staff/premises/${premises.id}`)).statusCode, 200, 'other premises stay open');
  assert.match((await border.get(`${of}/premises`)).body, /Blue Door/);
});

test('refuses emergency access twice, for another operation, and to a stranger, a volunteer, an administrator and an analyst', async (t) => {
  const { db, member, agency, border, force, people, breakIt, operation, other, signIn, lead } = await planned(t);
  assert.equal((await breakIt()).statusCode, 303);
  for (const operationId of [operation.id, other.id]) {
    const twice = await breakIt(people.breaker, { operationId });
    assert.equal(twice.statusCode, 422);
    assert.match(twice.body, /You cannot prolong it/);
  }
  const stranger = await member(await agency('police force', { name: 'Elsewhere' }), ['enforcement']);
  assert.equal((await breakIt(stranger)).statusCode, 422);
  assert.equal((await breakIt(lead)).statusCode, 422, 'who plans it by name has no glass before it');
  for (const roles of [['volunteer'], ['administrator'], ['analyst'], ['press'], ['data-protection lead']] as const)
    assert.equal((await breakIt(await member(border, roles))).statusCode, 403, roles[0]);
  assert.equal(
    (await breakIt(await member(force, ['field'], 'Of the lead'), { operationId: newId() })).statusCode,
    422,
  );
  assert.equal((await db.selectFrom('breakGlass').selectAll().execute()).length, 1);
  const { body } = await (await signIn(stranger)).get('/staff/emergency-access/new');
  assert.doesNotMatch(body, /Operation Lantern/);
});

test('only the member can end emergency access early, once; no one alters, prolongs or withdraws it, not even by SQL', async (t) => {
  const { db, signIn, people, breakIt, of, clock, page } = await planned(t);
  const id = idIn((await breakIt()).headers.location);
  const supervisor = await signIn(people.supervisor);
  assert.equal((await supervisor.post(`/staff/emergency-access/${id}/end`)).statusCode, 404);
  clock.move(hours(1));
  assert.equal((await (await signIn(people.breaker)).post(`/staff/emergency-access/${id}/end`)).statusCode, 303);
  assert.doesNotMatch(await page(people.breaker, of), /Blue Door/);
  const row = await db.selectFrom('grants').selectAll().where('relation', '=', 'glass').executeTakeFirstOrThrow();
  assert.deepEqual(
    [row.id, row.until?.toISOString()],
    [id, hours(1).toISOString()],
    'who could have seen it is told by intervals',
  );
  for (const change of [{ until: hours(9) }, { endedAt: null }, { reason: 'Another reason that is long enough' }])
    await assert.rejects(
      db.updateTable('breakGlass').set(change).where('id', '=', id).execute(),
      /otherwise stays as it was|violates check/,
    );
  await assert.rejects(db.deleteFrom('breakGlass').execute(), /otherwise stays as it was/);
});

test('another member of the owning agency reviews it once, after it has ended, and the review cannot be changed', async (t) => {
  const { db, signIn, member, force, people, breakIt, clock, page } = await planned(t);
  const own = await member(force, ['commander', 'planner'], 'Cy Commander');
  const id = idIn((await breakIt(own)).headers.location);
  const review = async (who: typeof own, answers: Record<string, unknown> = found) =>
    (await signIn(who)).post(`/staff/emergency-access/${id}/review`, answers);
  assert.match((await review(people.dataLead)).body, /still open/);
  clock.move(hours(3));
  assert.match((await review(own)).body, /Somebody else at the agency/);
  assert.equal((await review(people.supervisor)).statusCode, 404, 'another agency');
  assert.match(await page(people.dataLead), /Review an emergency access[\s\S]*Cy Commander/);
  assert.doesNotMatch(await page(own), /Review an emergency access/);
  assert.equal((await review(people.dataLead, { ...found, reasons: 'Fine' })).statusCode, 422);
  assert.equal((await review(people.dataLead)).statusCode, 303);
  assert.match((await review(people.commander)).body, /reviewed this already/);
  assert.doesNotMatch(await page(people.dataLead), /Review an emergency access/);
  assert.match(await page(own), /Your emergency access was reviewed/);
  await assert.rejects(
    db.updateTable('breakGlassReviews').set({ finding: 'not needed' }).execute(),
    /stays as it was written/,
  );
  await assert.rejects(db.deleteFrom('breakGlassReviews').execute(), /stays as it was written/);
});

test('a review that is not done stays before those who must, and after three days before others too', async (t) => {
  const { people, breakIt, clock, page } = await planned(t);
  await breakIt();
  for (const [after, overdue] of [
    [3, false],
    [3 + 71, false],
    [3 + 72, true],
    [3 + 400, true],
  ] as const) {
    clock.move(hours(after));
    for (const who of [people.commander, people.dataLead])
      assert.match(
        await page(who),
        overdue ? /Review an emergency access[\s\S]*>Overdue</ : /Review an emergency access(?![\s\S]*>Overdue<)/,
        `${who.name} after ${after}`,
      );
    for (const who of [people.theirLead, people.auditor])
      assert.equal(
        /has not reviewed the access of [^.]*Ros Breaker/.test(await page(who)),
        overdue,
        `${who.name} after ${after}`,
      );
  }
  assert.match(await page(people.auditor, '/staff/emergency-access/audit'), /Operation Lantern[\s\S]*review overdue/);
});

/** With the staff process's role, bound to one member of the cast as a request would be. */
async function asDoor<Answer>(
  databases: Databases,
  who: { id: string; agencyId: string; roles: readonly string[] },
  now: Date,
  act: (tx: Awaited<ReturnType<typeof beginWriting>>) => Promise<Answer>,
  begin = beginWriting,
): Promise<Answer> {
  const tx = await begin(databases.for('main', 'staff'));
  try {
    await query(
      tx,
    )`select set_config('safelight.now', ${now.toISOString()}, true), set_config('safelight.member', ${who.id}, true),
      set_config('safelight.agency', ${who.agencyId}, true), set_config('safelight.roles', ${who.roles.join(',')}, true)`;
    return await act(tx);
  } finally {
    await tx.rollback().execute();
  }
}

test('the database itself refuses what a forged request would try', async (t) => {
  const { databases, db, people, operation, force, border, breakIt, premises, signIn } = await planned(t);
  const now = hours(0);
  const { breaker, commander } = people;
  const glass = (more: Record<string, unknown> = {}) => ({
    id: newId(),
    operationId: operation.id,
    memberId: breaker.id,
    agencyId: border.id,
    ownerId: force.id,
    reason,
    openedAt: now,
    until: hours(3),
    endedAt: null,
    ...more,
  });
  const forged: readonly (readonly [string, typeof breaker, Record<string, unknown>])[] = [
    ['in another’s name', commander, {}],
    ['for longer', breaker, { until: hours(4) }],
    ['from earlier', breaker, { openedAt: hours(-1), until: hours(2) }],
    ['from later', breaker, { openedAt: hours(5), until: hours(8) }],
    ['with another owner', breaker, { ownerId: border.id }],
    ['without a reason', breaker, { reason: 'Because I want to' }],
    ['of an operation that is not', breaker, { operationId: newId() }],
    ['with the roles of a volunteer', { ...breaker, roles: ['volunteer'] }, {}],
  ];
  for (const [name, who, more] of forged)
    await assert.rejects(
      asDoor(databases, who, now, (tx) => tx.insertInto('breakGlass').values(glass(more)).execute()),
      name,
    );
  await asDoor(databases, breaker, now, (tx) => tx.insertInto('breakGlass').values(glass()).execute());

  const id = idIn((await breakIt()).headers.location);
  const early = { id, reviewedBy: commander.id, ...found, reviewedAt: now };
  await assert.rejects(
    asDoor(databases, commander, now, (tx) => tx.insertInto('breakGlassReviews').values(early).execute()),
    /once it has ended/,
  );
  const late = { ...early, reviewedAt: hours(3) };
  for (const [name, who, row] of [
    ['another agency', people.supervisor, { ...late, reviewedBy: people.supervisor.id }],
    ['in another’s name', people.dataLead, late],
    ['in advance', commander, { ...late, reviewedAt: hours(9) }],
    ['no role', { ...commander, roles: ['planner'] }, late],
  ] as const)
    await assert.rejects(
      asDoor(databases, who, hours(3), (tx) => tx.insertInto('breakGlassReviews').values(row).execute()),
      name,
    );
  await asDoor(databases, commander, hours(3), (tx) => tx.insertInto('breakGlassReviews').values(late).execute());

  const [breakers, commanders] = [await signIn(breaker), await signIn(commander)];
  const seen = (begin: typeof beginWriting) =>
    asDoor(
      databases,
      breaker,
      now,
      async (tx) => {
        await resolveActor(tx, breakers.token, now);
        return (await tx.selectFrom('premises').select('id').execute()).map(({ id: place }) => place);
      },
      begin,
    );
  assert.deepEqual(await seen(beginReading), [premises.id]);
  assert.deepEqual(
    await seen(beginWriting),
    [],
    'it opens to read alone: a transaction that may write sees nothing by it',
  );
  const theirs = await asDoor(databases, commander, now, (tx) => resolveActor(tx, commanders.token, now), beginReading);
  assert.equal(theirs?.glassOperation, null, 'nobody looks through another’s glass');
  const rows = await query<{ count: number }>(db)`select ctx.glass_to_review(${operation.id}) as count`;
  assert.equal(Number(rows[0]?.count), 1);
  await assert.rejects(
    asDoor(databases, breaker, now, (tx) =>
      tx.selectFrom('notices').select('toRoles').where('subject', '=', id).executeTakeFirstOrThrow(),
    ),
  );
  assert.equal((await (await signIn(breaker)).get('/staff/notifications')).statusCode, 200);
});

test('emergency access opens no form', async (t) => {
  const { signIn, member, border, premises, breakIt } = await planned(t);
  const breaker = await member(border, ['planner'], 'A planner elsewhere');
  assert.equal((await breakIt(breaker)).statusCode, 303);
  const visitor = await signIn(breaker);
  assert.equal((await visitor.get(`/staff/premises/${premises.id}`)).statusCode, 200);
  assert.equal((await visitor.get(`/staff/premises/${premises.id}/edit`)).statusCode, 404);
  assert.equal((await visitor.post(`/staff/premises/${premises.id}/edit`)).statusCode, 404);
});

test('emergency access never opens the safeguarding database, nor people encountered', async (t) => {
  const { db, safeguardingDb, signIn, member, border, agency, operation, breakIt, keys } = await planned(t);
  const help = await agency('council', { name: 'The council' });
  await addPartner(db, operation, help);
  const author = await member(help, ['partner caseworker'], 'Some Author');
  const note = await addNote(
    safeguardingDb,
    keys,
    { encounterId: newId(), visitId: newId(), operationId: operation.id, at: hours(-1) },
    author,
  );
  const lead = await member(help, ['safeguarding lead'], 'Not let in');
  assert.equal((await breakIt(lead)).statusCode, 303);
  const visitor = await signIn(lead);
  const there = await visitor.get(`/staff/safeguarding/notes/${note.id}`);
  assert.equal(there.statusCode, 404);
  assert.equal(shown(there), shown(await visitor.get(`/staff/safeguarding/notes/${newId()}`)));
  assert.equal((await breakIt(await member(border, ['field'], 'An officer'))).statusCode, 303);
  const rows = await query<{ sees: string }>(db)`
    select string_agg(tablename, ',' order by tablename) as sees from pg_policies where qual like '%ctx.glass()%' or with_check like '%ctx.glass()%'`;
  assert.equal(
    [...new Set((rows[0]?.sees ?? '').split(','))].join(' '),
    'briefing_times briefings operation_members partner_invitations partners plan_files planned_visits powers premises team_members teams',
  );
  const apart = await sql<{
    count: number;
  }>`select count(*)::int as count from pg_policies where qual like '%glass%'`.execute(safeguardingDb);
  assert.equal(apart.rows[0]?.count, 0);
});
