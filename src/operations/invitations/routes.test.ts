import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { asMember } from '../../../test/fixtures/as-member.ts';
import { dueRows } from '../../../test/fixtures/home.ts';
import { invited } from '../../../test/fixtures/invited.ts';
import { addAgreement } from '../../identity/agreements/index.ts';
import { newId } from '../../vocabulary/ids.ts';
import { addToOperation as letIn } from '../weeks/examples.ts';

type Invited = Awaited<ReturnType<typeof invited>>;

/** What the nurse's session opens: the operation, by name and as a partner, and the team. */
async function opened({ db, nurse, nurses, clock }: Invited) {
  const rows = await db
    .selectFrom('grants')
    .select(['relation', 'since', 'until'])
    .where((on) => on.or([on('memberId', '=', nurse.id), on('agencyId', '=', nurses.id)]))
    .execute();
  const now = clock.now().getTime();
  const open = rows.filter(({ since, until }) => until === null || Number(until) > Math.max(now, Number(since)));
  return open.map(({ relation }) => relation as string).toSorted();
}
const open = ['member', 'partner', 'team'];

test('on a live site a partner sees nothing before it accepted, by one press, and everything of its own after', async (t) => {
  const world = await invited(t, 'live');
  const { signIn, boss, nurse, of, page, planner, auditTrail } = world;
  assert.deepEqual(await opened(world), []);
  assert.equal((await (await signIn(nurse)).get(of)).statusCode, 404);
  const at = await signIn(boss);
  const [row] = (await dueRows(at)).filter(({ what }) => /Answer an invitation/.test(what));
  assert.deepEqual(
    [row?.what, row?.for, row?.due, row?.href],
    ['Answer an invitation', 'Operation Lantern', '13 September 2026', page],
  );
  assert.match((await at.get(of)).body, /is invited to take part[\s\S]*You cannot see more before it accepts/);
  assert.match((await at.get(of)).body, new RegExp(`href="${page}"[^>]*>Answer the invitation`));
  const shown = (await at.get(page)).body;
  for (const words of [
    'Lantern unit',
    '14 to 20 September 2026',
    'Leashire',
    '2 nurses',
    'ISA/12',
    'DPIA/4',
    'Dana Holt',
  ])
    assert.ok(shown.includes(words), words);
  assert.match((await planner.get(`${of}/people`)).body, />\s*invited\s*</);
  const accepted = await at.post(`${page}/accept`);
  assert.equal(accepted.statusCode, 303);
  assert.match((await at.get(page)).body, /Accepted by[^<]*Ines Castell/);
  assert.deepEqual(await opened(world), open);
  assert.equal((await (await signIn(nurse)).get(of)).statusCode, 200);
  assert.equal((await dueRows(at)).filter(({ what }) => /invitation/.test(what)).length, 0);
  assert.match((await planner.get('/staff/notifications')).body, /A partner answered your invitation/);
  assert.match((await at.get('/staff/notifications')).body, /Your agency was invited to an operation/);
  assert.ok((await auditTrail({ looks: false })).includes('partner invitation.accepted'));
});

for (const [says, more, words] of [
  ['no agreement', 'none', 'No information-sharing agreement is on file'],
  ['an old one', { reviewOn: '2026-09-06' }, 'is past its review day'],
  ['no DPIA', { dpiaReference: null, dpiaOn: null }, 'has no data protection impact assessment'],
] as const)
  test(`a live operation is not joined with ${says}: the page says what is missing and who can add it`, async (t) => {
    const world = await invited(t, 'live', more);
    const { signIn, boss, page, planner, of } = world;
    const at = await signIn(boss);
    const refused = await at.post(`${page}/accept`);
    assert.equal(refused.statusCode, 422);
    assert.match(
      refused.body,
      new RegExp(`You cannot accept yet\\. [^<]*${words}[^<]*administrator or data-protection lead`),
    );
    assert.deepEqual(await opened(world), []);
    assert.match((await planner.get(of)).body, new RegExp(words));
  });

test('a partner declines with a reason: its access ends, the planner reads why, and it can still accept', async (t) => {
  const world = await invited(t, 'demonstration');
  const { signIn, boss, page, planner, of, db } = world;
  assert.deepEqual(await opened(world), [], 'a demonstration waits too');
  const at = await signIn(boss);
  assert.equal((await at.post(`${page}/accept`)).statusCode, 303, 'without an agreement');
  assert.deepEqual(await opened(world), open);
  await db.updateTable('partnerInvitations').set({ answer: null, answeredBy: null, answeredAt: null }).execute();
  assert.match((await planner.get(of)).body, /Lea Nurses has not accepted its invitation/);
  const empty = await at.post(`${page}/decline`, { reason: ' ' });
  assert.equal(empty.statusCode, 422);
  assert.match(empty.body, /Enter why your agency cannot take part/);
  const reason = 'No nurses are free in that week';
  assert.equal((await at.post(`${page}/decline`, { reason })).statusCode, 303);
  assert.deepEqual(await opened(world), []);
  assert.match((await planner.get(of)).body, new RegExp(`Lea Nurses declined its invitation: ${reason}`));
  assert.match((await planner.get(`${of}/people`)).body, new RegExp(`href="${page}"[\\s\\S]*declined`));
  assert.match((await planner.get(page)).body, new RegExp(reason));
  assert.equal((await at.post(`${page}/decline`, { reason })).statusCode, 422, 'not twice');
  assert.equal((await at.post(`${page}/accept`)).statusCode, 303);
  assert.deepEqual(await opened(world), open);
  const again = await at.post(`${page}/accept`);
  assert.equal(again.statusCode, 422);
  assert.match(again.body, /This invitation has been answered already/);
});

test('only planners, commanders and safeguarding leads of the invited agency answer; others of it do not', async (t) => {
  const { signIn, member, nurses, nurse, planner, page, agency, db } = await invited(t, 'live');
  const stranger = await signIn(await member(await agency('council'), ['safeguarding lead']));
  assert.equal((await stranger.get(page)).statusCode, 404);
  assert.equal((await stranger.post(`${page}/accept`)).statusCode, 404);
  for (const roles of [['field'], ['partner caseworker'], ['administrator'], ['press']] as const)
    assert.equal((await (await signIn(await member(nurses, roles))).post(`${page}/accept`)).statusCode, 403, roles[0]);
  assert.equal((await planner.post(`${page}/accept`)).statusCode, 403, 'the agency that leads');
  assert.equal((await (await signIn(nurse)).get(page)).statusCode, 404);
  for (const roles of [['planner'], ['commander'], ['safeguarding lead']] as const) {
    await db.updateTable('partnerInvitations').set({ answer: null, answeredBy: null, answeredAt: null }).execute();
    const at = await signIn(await member(nurses, roles));
    assert.equal((await at.get(page)).statusCode, 200, roles[0]);
    assert.equal((await at.post(`${page}/accept`)).statusCode, 303, roles[0]);
  }
});

test('“Accept” pressed twice accepts once', async (t) => {
  const { signIn, boss, page, db } = await invited(t, 'live');
  const at = await signIn(boss);
  const _csrf = await at.formToken();
  const pressed = await Promise.all([at.post(`${page}/accept`, { _csrf }), at.post(`${page}/accept`, { _csrf })]);
  assert.deepEqual(
    pressed.map(({ statusCode }) => statusCode),
    [303, 303],
  );
  const told = await db.selectFrom('notices').select('id').where('kind', '=', 'invitation answered').execute();
  assert.equal(told.length, 1);
});

test('emergency access does not open a live operation to an agency that has not accepted', async (t) => {
  const { signIn, nurse, operation, db } = await invited(t, 'live');
  const at = await signIn(nurse);
  const form = await at.get(`/staff/emergency-access/new?operation=${operation.id}`);
  assert.doesNotMatch(form.body, /Operation Lantern/);
  await at.post('/staff/emergency-access/new', { operation: operation.id, reason: 'Nobody answers and a visit waits' });
  assert.deepEqual(await db.selectFrom('breakGlass').select('id').execute(), []);
});

test('the database gives nothing to an agency that waits, and takes no answer in another name', async (t) => {
  const { db, nurse, nurses, operation, lead } = await invited(t, 'live');
  const given = { id: newId(), subject: operation.id, operationId: operation.id, since: new Date(0), givenBy: lead.id };
  for (const to of [
    { relation: 'member', memberId: nurse.id },
    { relation: 'partner', agencyId: nurses.id },
  ])
    await assert.rejects(
      db
        .insertInto('grants')
        .values({ ...given, ...to })
        .execute(),
      /has not accepted/,
    );
});

for (const mode of ['demonstration', 'live'] as const)
  test(`${mode}: before its agency accepts, a member of a team reads no premises, visit or town, on a page or in the database`, async (t) => {
    const world = await invited(t, mode);
    const { signIn, clock, nurse, boss, of, page, team } = world;
    clock.move(new Date('2026-09-15T09:00:00Z'));
    const count = (table: string) =>
      asMember(world, nurse, ['main', 'staff'], async (tx) => {
        const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(
          tx,
        );
        return rows[0]?.count;
      });
    const tables = ['premises', 'planned_visits', 'operations', 'teams', 'team_members', 'partner_invitations'];
    for (const table of tables) assert.equal(await count(table), 0, table);
    const at = await signIn(nurse);
    for (const path of [of, `${of}/premises`, `${of}/schedule`, `${of}/people`, `/staff/teams/${team.id}/briefing`])
      assert.equal((await at.get(path)).statusCode, 404, path);
    assert.doesNotMatch((await at.get('/staff')).body, /Lantern|Blue Door|Watford/);
    await (await signIn(boss)).post(`${page}/accept`);
    for (const table of tables)
      assert.equal(
        await count(table),
        table === 'operations' ? 1 : table === 'partner_invitations' ? 1 : await count(table),
        table,
      );
    assert.equal(await count('premises'), 1);
    await world.db
      .updateTable('partnerInvitations')
      .set({ answer: null, answeredBy: null, answeredAt: null })
      .execute();
    await (await signIn(boss)).post(`${page}/decline`, { reason: 'No nurses are free' });
    for (const table of ['premises', 'planned_visits', 'teams', 'team_members'])
      assert.equal(await count(table), 0, table);
  });

test('who declined does not come: the team, its briefing and paper leave them out, and “Teams” is not done', async (t) => {
  const { signIn, boss, page, planner, of, team, lead, operation, db } = await invited(t, 'demonstration');
  await letIn(db, operation, lead, { team, leads: true });
  const taskOfTeams = async () =>
    /Teams\s*<\/a>[\s\S]*?<div[^>]*status[^>]*>([\s\S]*?)<\/div>/.exec((await planner.get(of)).body)?.[1];
  assert.match((await planner.get(`${of}/people`)).body, /Officer Amara Diallo \(Lea Nurses, has not accepted yet\)/);
  assert.match((await taskOfTeams()) ?? '', /Done|Completed/i);
  await planner.post(`/staff/teams/${team.id}/briefing`, {});
  const briefing = async () => {
    const { id } = await db.selectFrom('briefings').select('id').orderBy('version', 'desc').executeTakeFirstOrThrow();
    return `/staff/briefings/${id}`;
  };
  assert.match((await planner.get(await briefing())).body, /Amara Diallo[\s\S]*?Lea Nurses, has not accepted yet/);
  await (await signIn(boss)).post(`${page}/decline`, { reason: 'No nurses are free' });
  assert.match(
    (await planner.get(`${of}/people`)).body,
    /Officer Amara Diallo \(Lea Nurses, declined: does not come\)/,
  );
  assert.match((await planner.get(of)).body, /Does not come, because their agency declined: Officer Amara Diallo\./);
  assert.match((await taskOfTeams()) ?? '', /Needs attention/i);
  await planner.post(`/staff/teams/${team.id}/briefing`, {});
  const latest = await briefing();
  const members = (body: string) => body.replaceAll(/Does not come[^<]*/g, '');
  assert.doesNotMatch(members((await planner.get(latest)).body), /Amara Diallo/);
  const paper = (await planner.get(`${latest}/iimarch`)).body;
  assert.doesNotMatch(members(paper), /Amara Diallo/);
  assert.match(members(paper), /Dana Holt/);
});

test('inviting an agency where nobody can answer says so, and the planner records the answer by telephone', async (t) => {
  const world = await invited(t, 'live');
  const { db, boss, member, nurses, planner, signIn, of, page, auditTrail } = world;
  assert.doesNotMatch((await planner.get(page)).body, /cannot answer in Safelight/);
  await db
    .updateTable('members')
    .set({ roles: ['field'] })
    .where('id', '=', boss.id)
    .execute();
  const warning = /These cannot answer in Safelight[^.]*: Lea Nurses\./;
  assert.match((await planner.get(`${of}/partners/new`)).body, warning);
  assert.match((await planner.get(`${of}/people`)).body, warning);
  assert.match((await planner.get(page)).body, warning);
  const call = {
    answer: 'accepted',
    saidBy: 'Dr Sam Okoro, duty manager',
    time: '08:40',
    'day-day': '7',
    'day-month': '9',
    'day-year': '2026',
  };
  const late = await planner.post(`${page}/telephone`, { ...call, time: '10:00' });
  assert.equal(late.statusCode, 422);
  assert.match(late.body, /This call is in the future/);
  for (const [key, error] of [
    ['answer', 'Select what the agency answered'],
    ['saidBy', 'Enter the name and job'],
  ] as const)
    assert.match((await planner.post(`${page}/telephone`, { ...call, [key]: '' })).body, new RegExp(error));
  assert.match(
    (await planner.post(`${page}/telephone`, { ...call, answer: 'declined' })).body,
    /Enter why the agency declines/,
  );
  const other = await signIn(await member(nurses, ['planner']));
  assert.equal((await other.get(`${page}/telephone`)).statusCode, 403, 'the agency answers itself');
  assert.equal((await planner.post(`${page}/telephone`, call)).statusCode, 303);
  assert.deepEqual(await opened(world), open);
  const shown = (await other.get(page)).body;
  assert.match(
    shown,
    /Accepted by Dr Sam Okoro, duty manager by telephone, 08:40 on 7 September 2026\. Recorded by Officer Dana Holt/,
  );
  assert.ok((await auditTrail({ looks: false })).includes('partner invitation.accepted'));
  assert.equal((await planner.post(`${page}/telephone`, call)).statusCode, 422, 'once');
});

test('no answer by telephone without an agreement, and none in the name of another agency', async (t) => {
  const world = await invited(t, 'live', 'none');
  const { planner, page, signIn, member, agency, lead, nurses, db, operation } = world;
  const call = {
    answer: 'accepted',
    saidBy: 'Dr Sam Okoro',
    time: '08:40',
    'day-day': '7',
    'day-month': '9',
    'day-year': '2026',
  };
  const refused = await planner.post(`${page}/telephone`, call);
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /No information-sharing agreement is on file/);
  assert.deepEqual(await opened(world), []);
  const stranger = await signIn(await member(await agency('police force', { name: 'Other force' }), ['planner']));
  assert.equal((await stranger.post(`${page}/telephone`, call)).statusCode, 404);
  const said = { answer: 'accepted', reason: null, answeredBy: lead.id, answeredAt: world.clock.now() } as const;
  const change = (more: object) =>
    asMember(world, lead, ['main', 'staff'], (tx) =>
      tx
        .updateTable('partnerInvitations')
        .set({ ...said, ...more })
        .execute(),
    );
  await addAgreement(db, {
    ...{ id: newId(), agencies: [operation.agencyId, nurses.id], reference: 'ISA/1' },
    ...{ signedOn: '2026-03-02', reviewOn: '2027-03-02', dpiaReference: 'DPIA/1', dpiaOn: '2026-03-02' },
    ...{
      confirmed: [operation.agencyId, nurses.id],
      replaces: null,
      alsoAsks: [],
      withdrawn: [],
      withdrawnReason: null,
    },
  });
  await assert.rejects(change({ saidBy: null, saidAt: null }), /answered once, in the own name/);
  await assert.rejects(change({ saidBy: 'Dr Sam Okoro', saidAt: new Date('2027-01-01') }), /answered once/);
  await change({ saidBy: 'Dr Sam Okoro', saidAt: world.clock.now() });
});
