import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { openApplication } from '../../../test/fixtures/application.ts';
import { instantAt } from '../../platform/clock.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { addOperation, addPartner, addPlannedVisit, addPower, addPremises, addTeam, letIn } from '../plan/examples.ts';
import { calculateAccessEnd } from './briefing-time.ts';
import { addBriefingTime } from './examples.ts';

const day = (name: string, date: string) => {
  const [year = '', month = '', number = ''] = date.split('-');
  return { [`${name}-day`]: number, [`${name}-month`]: month, [`${name}-year`]: year };
};

/** A force that leads, nurses who take part, and a team of an officer and a nurse with one target. */
async function planned(t: TestContext, window = { startsOn: '2026-09-14', endsOn: '2026-09-20' }) {
  const application = await openApplication(t, { today: addDays(window.startsOn, -4), time: '09:00' });
  const { db, agency, member } = application;
  const force = await agency('police force', { name: 'Lea Vale Constabulary' });
  const help = await agency('health', { name: 'Nurses' });
  const lead = await member(force, ['planner'], 'Asha Planner');
  const operation = await addOperation(db, force, lead, window);
  await letIn(db, operation, lead);
  await addPartner(db, operation, help);
  const commander = await member(force, ['commander'], 'Bo Commander');
  await letIn(db, operation, commander);
  const team = await addTeam(db, operation);
  const [officer, nurse] = [
    await member(force, ['enforcement'], 'Ode Officer'),
    await member(help, ['field'], 'Kit Nurse'),
  ];
  for (const one of [officer, nurse]) await letIn(db, operation, one, { team });
  const premises = await addPremises(db, operation, {
    name: 'Blue Door',
    town: 'Hidden Town',
    address: '14 Mill Lane',
  });
  const power = await addPower(db, premises);
  const visit = await addPlannedVisit(db, premises, team, { day: addDays(window.startsOn, 2), powerId: power.id });
  return {
    ...application,
    force,
    help,
    lead,
    commander,
    operation,
    team,
    officer,
    nurse,
    premises,
    visit,
    of: `/staff/operations/${operation.id}`,
  };
}

test('before its briefing a team sees the day, the time and the place, and nothing about the target', async (t) => {
  const { signIn, commander, nurse, team, of, clock, premises, visit } = await planned(t);
  const set = { ...day('day', '2026-09-13'), time: '18:30', place: 'Room 2', reason: 'After the shift' };
  const by = await signIn(commander);
  assert.equal((await by.post(`/staff/teams/${team.id}/time/set`, set)).statusCode, 303);
  const visitor = await signIn(nurse);
  const home = await visitor.get('/staff');
  assert.match(home.body, /The briefing time of your team was set/);
  const plan = await visitor.get(of);
  assert.match(
    plan.body,
    /Team 1 goes out on Wednesday 16 September 2026\. It is briefed at 18:30 on 13 September 2026, Room 2/,
  );
  for (const address of [
    of,
    '/staff',
    '/staff/operations',
    '/staff/visits',
    '/staff/notifications',
    `/staff/teams/${team.id}/time`,
    `/staff/visits/${visit.id}`,
    `/staff/premises/${premises.id}`,
    `${of}?page=2`,
  ]) {
    const { body } = await visitor.get(address);
    assert.doesNotMatch(body, new RegExp(`Blue Door|Hidden Town|Mill Lane|massage|${premises.id}`, 'i'), address);
  }
  clock.move(instantAt('2026-09-13', '18:30'));
  assert.match((await (await signIn(nurse)).get(of)).body, /Blue Door[\s\S]*Hidden Town/);
});

test('the first page shows notices of briefings today and later, hides past ones, and shows both notices after a new time is set', async (t) => {
  const { signIn, commander, nurse, team, clock } = await planned(t);
  const sets = async (date: string) => {
    const set = { ...day('day', date), time: '18:30', place: 'Room 2', reason: 'After the shift' };
    const answer = await (await signIn(commander)).post(`/staff/teams/${team.id}/time/set`, set);
    assert.equal(answer.statusCode, 303);
  };
  const named = async () =>
    ((await (await signIn(nurse)).get('/staff')).body.match(/The briefing time of your team was set/g) ?? []).length;
  await sets('2026-09-13');
  assert.equal(await named(), 1);
  clock.move(instantAt('2026-09-13', '23:00'));
  assert.equal(await named(), 1, 'today');
  clock.move(instantAt('2026-09-14', '08:00'));
  assert.equal(await named(), 0, 'over');
  const all = await (await signIn(nurse)).get('/staff/notifications');
  assert.match(all.body, /The briefing time of your team was set/, 'what was told stays told');
  await sets('2026-09-15');
  assert.equal(await named(), 2, 'both say when it is now');
});

test('a commander moves a briefing with a reason, and each move ends and adds grants', async (t) => {
  const { signIn, db, commander, officer, team, of, clock, auditTrail } = await planned(t);
  const sees = async () => /Blue Door/.test((await (await signIn(officer)).get(of)).body);
  const setTo = async (date: string, time: string, reason = 'A change of plan') =>
    (await signIn(commander)).post(`/staff/teams/${team.id}/time/set`, {
      ...day('day', date),
      time,
      place: '',
      reason,
    });
  assert.equal((await setTo('2026-09-10', '09:00', '')).statusCode, 422, 'a reason is asked for');
  assert.equal((await setTo('2026-09-21', '09:00')).statusCode, 422);
  assert.equal(await sees(), false);
  assert.equal((await setTo('2026-09-10', '08:00')).statusCode, 303);
  assert.equal(await sees(), true, 'brought forward to an hour ago: open from now on');
  clock.move(new Date('2026-09-10T10:00:00Z'));
  await setTo('2026-09-12', '09:00');
  assert.equal(await sees(), false, 'put back: closed again at once');
  const rows = await db
    .selectFrom('grants')
    .select(['since', 'until'])
    .where('relation', '=', 'team')
    .where('memberId', '=', officer.id)
    .orderBy('since')
    .orderBy('until')
    .execute();
  assert.deepEqual(
    rows.map(({ since, until }) => [since?.toISOString(), until?.toISOString()]),
    [
      ['2026-09-10T08:00:00.000Z', '2026-09-10T10:00:00.000Z'],
      ['2026-09-12T08:00:00.000Z', '2026-10-04T23:00:00.000Z'],
      ['2026-09-13T15:00:00.000Z', '2026-09-13T15:00:00.000Z'],
    ],
    'from now, not from the hour that had passed; what never began is empty; nothing is rewritten',
  );
  const page = await (await signIn(commander)).get(`/staff/teams/${team.id}/time`);
  assert.match(page.body, /09:00 on 12 September 2026[\s\S]*A change of plan[\s\S]*Bo Commander/);
  assert.deepEqual(await auditTrail({ looks: false }), ['briefing time.set', 'briefing time.set']);
  await assert.rejects(
    db
      .updateTable('grants')
      .set({ since: new Date(0) })
      .where('memberId', '=', officer.id)
      .execute(),
    /stays as it was given/,
  );
  await assert.rejects(db.deleteFrom('grants').where('memberId', '=', officer.id).execute(), /stays as it was given/);
});

test('only planners of the leading agency and its commanders in the operation set briefing times', async (t) => {
  const { signIn, member, force, help, db, operation, team, nurse } = await planned(t);
  const theirs = await member(help, ['commander'], 'Their Commander');
  await letIn(db, operation, theirs);
  for (const [who, status] of [
    [nurse, 403],
    [theirs, 403],
    [await member(force, ['commander'], 'Not let in'), 404],
    [await member(force, ['planner'], 'Not let in either'), 200],
    [await member(help, ['planner'], 'Of a partner'), 404],
  ] as const)
    assert.equal((await (await signIn(who)).get(`/staff/teams/${team.id}/time/set`)).statusCode, status, who.name);
});

test('nobody outside ever sees a target, on a page or in the database, whatever the clocks do', async (t) => {
  for (const window of [
    { startsOn: '2026-03-28', endsOn: '2026-03-30' },
    { startsOn: '2026-10-24', endsOn: '2026-10-26' },
  ]) {
    const { db, databases, clock, signIn, member, agency, force, help, operation, team, officer, lead, of } =
      await planned(t, window);
    const other = await addTeam(db, operation, { name: 'Team 2' });
    const elsewhere = await member(await agency('police force', { name: 'Elsewhere' }), ['planner']);
    const onOther = await member(force, ['enforcement'], 'Other Team');
    await letIn(db, operation, onOther, { team: other });
    const outside = [
      elsewhere,
      onOther,
      await member(help, ['field'], 'Not let in'),
      await member(force, ['planner'], 'Not by name'),
      await member(force, ['analyst'], 'Analyst'),
      await member(force, ['administrator'], 'Administrator'),
      await member(help, ['volunteer'], 'Volunteer'),
      await member(force, ['data-protection lead'], 'Data protection'),
    ];
    const opens = (await addBriefingTime(db, operation, team, { day: window.startsOn, time: '23:30' })).opensAt;
    const closes = calculateAccessEnd(operation);
    const [from, to] = [instantAt(addDays(window.startsOn, -3), '00:00').getTime(), closes.getTime() + 2 * 86_400_000];
    const minute = fc.oneof(
      fc.integer({ min: from / 60_000, max: to / 60_000 }).map((minutes) => minutes * 60_000),
      fc.constantFrom(opens.getTime() - 1, opens.getTime(), closes.getTime() - 1, closes.getTime()),
      fc.constantFrom(-1, 0, 1).map((days) => opens.getTime() + days * 86_400_000),
    );
    const shows = async (who: typeof lead): Promise<boolean> =>
      /Blue Door|Hidden Town/.test((await (await signIn(who)).get(of)).body);
    await fc.assert(
      fc.asyncProperty(minute, fc.constantFrom(...outside), async (at, who) => {
        clock.move(new Date(at));
        assert.equal(await shows(who), false, `${who.name} at ${new Date(at).toISOString()}`);
        assert.equal(
          await shows(officer),
          at >= opens.getTime() && at < closes.getTime(),
          `the team at ${new Date(at).toISOString()}`,
        );
      }),
      { seed: 40, numRuns: 40 },
    );
    clock.move(new Date(opens.getTime() - 60_000));
    assert.equal(await shows(lead), true, 'who plans by name sees it all along');
    const statistics = databases.for('main', 'statistics');
    const counted = await statistics.transaction().execute(async (tx) => {
      const { sql } = await import('kysely');
      await sql`select set_config('safelight.now', ${new Date(from).toISOString()}, true), set_config('safelight.member', ${lead.id}, true),
        set_config('safelight.roles', 'analyst', true), set_config('safelight.partner_operations', ${`{${operation.id}}`}, true)`.execute(
        tx,
      );
      return tx.selectFrom('premises').select('id').execute();
    });
    assert.deepEqual(counted, [], 'nothing is there to be counted before its day');
  }
});

test('planners see who will see what, when, with what broke through; others have no such page', async (t) => {
  const { signIn, lead, nurse, of } = await planned(t);
  const page = await (await signIn(lead)).get(`${of}/access-window`);
  assert.equal(page.statusCode, 200);
  for (const words of [
    'Access windows',
    'Kit Nurse',
    'planned visit',
    'Team 1',
    'Nobody has used emergency access',
    '<svg',
  ])
    assert.ok(page.body.includes(words), words);
  assert.equal((await (await signIn(nurse)).get(`${of}/access-window`)).statusCode, 403);
});
