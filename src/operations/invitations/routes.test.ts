import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueRows } from '../../../test/fixtures/home.ts';
import { invited } from '../../../test/fixtures/invited.ts';
import { newId } from '../../vocabulary/ids.ts';

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
  const { signIn, boss, page, planner, of } = world;
  assert.deepEqual(await opened(world), open, 'a demonstration does not wait');
  assert.match((await planner.get(of)).body, /Lea Nurses has not accepted its invitation/);
  const at = await signIn(boss);
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
  assert.match(again.body, /Your agency has answered this invitation already/);
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
