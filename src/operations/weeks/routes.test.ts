import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { submitEdit } from '../../../test/harness/edit.ts';
import { newId } from '../../vocabulary/ids.ts';
import { addOperation, addPartner, addPlannedVisit, addPremises, addTeam, addWeek, letIn } from '../plan/examples.ts';

const week = {
  name: 'Operation Wayfarer',
  lead: 'Austria',
  focus: ['sexual exploitation', 'labour exploitation'],
  'starts-day': '14',
  'starts-month': '9',
  'starts-year': '2026',
  'ends-day': '20',
  'ends-month': '9',
  'ends-year': '2026',
  countries: 'Austria\nUnited Kingdom, Latvia\nAustria',
  note: '',
};
const operation = {
  codeName: 'Operation Lantern',
  unit: 'Lantern unit',
  area: 'Leashire',
  'starts-day': '14',
  'starts-month': '9',
  'starts-year': '2026',
  'ends-day': '20',
  'ends-month': '9',
  'ends-year': '2026',
};
const idIn = (location: unknown): string => /[0-9a-f-]{36}/.exec(String(location))?.[0] ?? '';
const shown = ({ body }: { body: string }) => body.replaceAll(/name="_csrf" value="[\w-]+"/g, '');

test('a planner adds a week and one inside it, and each links to the other', async (t) => {
  const { signIn, auditTrail } = await openApplication(t);
  const planner = await signIn('week.plan');
  assert.match((await planner.get('/staff/weeks')).body, /No weeks yet\. Add the first/);
  const parent = idIn((await planner.post('/staff/weeks/new', week)).headers.location);
  const form = await planner.get(`/staff/weeks/new?inside=${parent}`);
  assert.match(form.body, new RegExp(`value="${parent}" selected`));
  const made = await planner.post('/staff/weeks/new', {
    ...week,
    name: 'Lea Vale week',
    parentId: parent,
    'ends-day': '21',
  });
  const child = idIn(made.headers.location);
  const page = await planner.get(`/staff/weeks/${parent}`);
  assert.match(page.body, /Three countries: Austria, United Kingdom and Latvia/);
  assert.match(page.body, /14 to 20 September 2026 \(seven days\)/);
  assert.match(page.body, /Lea Vale week[\s\S]*partly outside them/);
  assert.match(
    (await planner.get(`/staff/weeks/${child}`)).body,
    /Operation Wayfarer[\s\S]*Some dates of this week are outside the dates of the larger week/,
  );
  assert.match((await planner.get('/staff/weeks')).body, /Lea Vale week/);
  const loop = await submitEdit(planner, `/staff/weeks/${parent}/edit`, { ...week, parentId: child });
  assert.equal(loop.statusCode, 422);
  assert.match(loop.body, /cannot stand inside itself/);
  const changed = await submitEdit(planner, `/staff/weeks/${parent}/edit`, { ...week, note: 'Told on 1 June' });
  assert.equal(changed.statusCode, 303);
  assert.match((await planner.get(`/staff/weeks/${parent}`)).body, /Told on 1 June/);
  assert.deepEqual(await auditTrail({ looks: false }), ['week.added', 'week.added', 'week.changed']);
});

test('a month is typed as a number or as its name', async (t) => {
  const { signIn, db } = await openApplication(t);
  const planner = await signIn('week.plan');
  for (const [starts, ends] of [
    ['9', 'Sep'],
    ['sept.', 'SEPTEMBER'],
  ] as const) {
    const months = { 'starts-month': starts, 'ends-month': ends };
    const made = await planner.post('/staff/weeks/new', { ...week, name: `Week ${starts}`, ...months });
    assert.equal(made.statusCode, 303, `${starts} ${ends}`);
  }
  for (const { startsOn, endsOn } of await db.selectFrom('weeks').select(['startsOn', 'endsOn']).execute())
    assert.deepEqual([String(startsOn).slice(0, 7), String(endsOn).slice(0, 7)], ['2026-09', '2026-09']);
  const wrong = await planner.post('/staff/weeks/new', { ...week, 'starts-month': 'Movember' });
  assert.match(wrong.body, /Enter a real date[^<]*like 27 3 2026 or 27 March 2026/);
  assert.match(wrong.body, /value="Movember"/);
});

test('an invalid week shows the form again with its input and errors', async (t) => {
  const { signIn } = await openApplication(t);
  const planner = await signIn('week.plan');
  const bad = await planner.post('/staff/weeks/new', {
    ...week,
    name: '',
    focus: [],
    'starts-day': '31',
    'starts-month': '2',
    lead: '<Austria>',
  });
  assert.equal(bad.statusCode, 422);
  for (const words of [
    'Enter the name of the week',
    'Select at least one kind of exploitation',
    'Enter a real date',
    'There is a problem',
  ])
    assert.ok(bad.body.includes(words), words);
  assert.match(bad.body, /value="31"/);
  assert.match(bad.body, /&lt;Austria&gt;/);
  assert.match(bad.body, /Latvia/);
  const backwards = await planner.post('/staff/weeks/new', { ...week, 'ends-day': '13' });
  assert.match(backwards.body, /The last day must be the first day or after it/);
});

test('every member reads a week; the agency that keeps it changes it', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const [ours, theirs] = [await agency(), await agency('police force', { name: 'Other force' })];
  const kept = await addWeek(db, ours);
  const stranger = await signIn(await member(theirs, ['planner']));
  const nurse = await signIn(await member(await agency('health'), ['field']));
  for (const reader of [stranger, nurse]) {
    const page = await reader.get(`/staff/weeks/${kept.id}`);
    assert.equal(page.statusCode, 200);
    assert.doesNotMatch(page.body, /Change this week/);
  }
  assert.equal((await stranger.post(`/staff/weeks/${kept.id}/edit`, week)).statusCode, 403);
  assert.equal((await nurse.get('/staff/weeks/new')).statusCode, 403);
  const nothing = await stranger.get(`/staff/weeks/${newId()}`);
  assert.equal(nothing.statusCode, 404);
});

test('a planner leads their operation with their unit, and is part of it', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const force = await agency('police force', { name: 'Lea Vale Constabulary' });
  const planner = await signIn(await member(force, ['planner']));
  const kept = await addWeek(db, force);
  assert.match((await planner.get('/staff/operations')).body, /No operations yet\. Plan the first/);
  const made = await planner.post('/staff/operations/new', { ...operation, weekId: kept.id });
  const id = idIn(made.headers.location);
  const people = await planner.get(`/staff/operations/${id}/people`);
  assert.match(people.body, /Lantern unit/);
  assert.match(people.body, /Robin Test/);
  const plan = await planner.get(`/staff/operations/${id}`);
  assert.match(plan.body, /Add a partner/, 'is let in by name at once, and told what to do first');
  const renamed = await submitEdit(planner, `/staff/operations/${id}/edit`, {
    ...operation,
    weekId: kept.id,
    unit: 'Beacon unit',
  });
  assert.equal(renamed.statusCode, 303);
  assert.match(
    (await planner.get(`/staff/operations/${id}/people`)).body,
    /Beacon unit/,
    'the leading unit is printed as the operation names it',
  );
  const unknown = await planner.post('/staff/operations/new', { ...operation, weekId: newId() });
  assert.equal(unknown.statusCode, 422);
});

test('partners are added, changed and ended; their agency sees the operation meanwhile', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const force = await agency();
  const nurses = await agency('health', { name: 'Lea Vale nurses' });
  const lead = await member(force, ['planner']);
  const made = await addOperation(db, force, lead);
  await letIn(db, made, lead);
  const planner = await signIn(lead);
  const nurse = await signIn(await member(nurses, ['field'], 'Kit Nurse'));
  const of = `/staff/operations/${made.id}`;
  assert.equal((await nurse.get(of)).statusCode, 404);
  const added = await planner.post(`${of}/partners/new`, {
    agencyId: nurses.id,
    printedName: 'Safeguarding nurses',
    officialName: 'Lea Vale NHS Trust',
    'resources-nurses': '2',
    'resources-interpreters': '1',
  });
  assert.equal(added.statusCode, 303);
  const again = { agencyId: nurses.id, printedName: 'safeguarding Nurses', officialName: 'Lea Vale NHS Trust' };
  const twice = await planner.post(`${of}/partners/new`, again);
  assert.equal(twice.statusCode, 422);
  assert.match(twice.body, /takes part under that name already/);
  const partner = await db.selectFrom('partners').selectAll().where('leads', '=', false).executeTakeFirstOrThrow();
  assert.equal((await nurse.get(`${of}/people`)).statusCode, 404, 'before it accepted');
  await (await signIn(await member(nurses, ['commander']))).post(`/staff/invitations/${partner.id}/accept`);
  const page = await nurse.get(`${of}/people`);
  assert.match(page.body, /2 nurses and 1 interpreter/);
  assert.doesNotMatch(page.body, /Add a partner/);
  assert.equal(partner.ownUnit, false);
  const changed = await submitEdit(planner, `${of}/partners/${partner.id}/edit`, {
    printedName: 'Nurses',
    officialName: 'Trust',
    'resources-nurses': 'many',
  });
  assert.equal(changed.statusCode, 422);
  assert.match(changed.body, /value="many"/);
  await submitEdit(planner, `${of}/partners/${partner.id}/edit`, { printedName: 'Nurses', officialName: 'Trust' });
  await planner.post(`${of}/partners/${partner.id}/people`, { people: nurse.member.id, duty: 'gives medical care' });
  const busy = await planner.post(`${of}/partners/${partner.id}/end`);
  assert.equal(busy.statusCode, 422);
  assert.match(busy.body, /still take part/);
  await planner.post(`${of}/people/${nurse.member.id}/end`);
  assert.equal((await planner.post(`${of}/partners/${partner.id}/end`)).statusCode, 303);
  assert.equal((await nurse.get(of)).statusCode, 404);
  const leads = await db.selectFrom('partners').selectAll().where('leads', '=', true).executeTakeFirstOrThrow();
  assert.match((await planner.post(`${of}/partners/${leads.id}/end`)).body, /The unit that leads stays/);
});

test('people are added once, their duty can change, and removal also ends their teams', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const force = await agency();
  const lead = await member(force, ['planner']);
  const officer = await member(force, ['enforcement'], 'Dee Officer');
  const made = await addOperation(db, force, lead);
  await letIn(db, made, lead);
  const planner = await signIn(lead);
  const own = await db.selectFrom('partners').selectAll().executeTakeFirstOrThrow();
  const of = `/staff/operations/${made.id}`;
  const form = await planner.get(`${of}/partners/${own.id}/people`);
  assert.match(form.body, /Dee Officer/);
  assert.doesNotMatch(form.body, new RegExp(`value="${lead.id}"`), 'who takes part already is not offered');
  const nobody = await planner.post(`${of}/partners/${own.id}/people`, { duty: 'enters' });
  assert.match(nobody.body, /Select at least one person/);
  await planner.post(`${of}/partners/${own.id}/people`, { people: officer.id, duty: 'enters' });
  const twice = await planner.post(`${of}/partners/${own.id}/people`, { people: officer.id, duty: 'enters' });
  assert.equal(twice.statusCode, 422);
  await planner.post(`${of}/people/${officer.id}`, { duty: 'searches' });
  assert.match((await planner.get(`${of}/people`)).body, /searches/);

  const notOn = await planner.post(`${of}/teams/new`, { name: 'Team 1', members: lead.id, leadId: officer.id });
  assert.match(notOn.body, /The lead must be on the team/);
  const team = await planner.post(`${of}/teams/new`, {
    name: 'Team 1',
    members: [lead.id, officer.id],
    leadId: officer.id,
  });
  assert.equal(team.statusCode, 303);
  assert.match((await planner.post(`${of}/teams/new`, { name: 'Team 1', members: lead.id })).body, /Another team/);
  const grants = () => db.selectFrom('grants').selectAll().where('memberId', '=', officer.id).execute();
  assert.deepEqual((await grants()).map(({ relation }) => relation).sort(), ['member', 'team']);

  await planner.post(`${of}/people/${officer.id}/end`);
  for (const { until } of await grants()) assert.ok(until !== null);
  const { leadId } = await db.selectFrom('teams').selectAll().executeTakeFirstOrThrow();
  assert.equal(leadId, null);
  assert.equal((await (await signIn(officer)).get(of)).statusCode, 200, 'her agency leads, and sees that it is');
  assert.equal((await planner.get(`${of}/people/${officer.id}`)).statusCode, 404);
});

test('access of a team follows the dates; earlier grants end and are never rewritten', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const force = await agency();
  const lead = await member(force, ['planner']);
  const [stays, leaves] = [
    await member(force, ['enforcement'], 'Stays'),
    await member(force, ['enforcement'], 'Leaves'),
  ];
  const made = await addOperation(db, force, lead);
  const team = await addTeam(db, made);
  for (const officer of [lead, stays, leaves]) await letIn(db, made, officer, { team });
  const planner = await signIn(lead);
  const intervals = async (memberId: string) => {
    const rows = await db
      .selectFrom('grants')
      .select(['since', 'until'])
      .where('memberId', '=', memberId)
      .where('relation', '=', 'team')
      .orderBy('since')
      .execute();
    return rows.map(({ since, until }) => [since?.toISOString(), until?.toISOString()]);
  };
  const first = ['2026-09-13T15:00:00.000Z', '2026-10-04T23:00:00.000Z'];
  const now = '2026-09-18T11:00:00.000Z';
  assert.deepEqual(await intervals(stays.id), [first], 'from the eve of the first day at four');
  await submitEdit(planner, `/staff/teams/${team.id}/edit`, { name: 'Team 1', members: [lead.id, stays.id] });
  assert.deepEqual(await intervals(leaves.id), [[first[0], now]], 'ends when she leaves the team');
  const later = { ...operation, weekId: made.weekId, 'starts-day': '21', 'ends-day': '27' };
  assert.equal((await submitEdit(planner, `/staff/operations/${made.id}/edit`, later)).statusCode, 303);
  const moved = ['2026-09-20T15:00:00.000Z', '2026-10-11T23:00:00.000Z'];
  assert.deepEqual(await intervals(stays.id), [[first[0], now], moved], 'sealed again until the new eve');
  assert.deepEqual(await intervals(leaves.id), [[first[0], now]]);
});

test('a team can be removed if nothing refers to it', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const force = await agency();
  const lead = await member(force, ['planner']);
  const made = await addOperation(db, force, lead);
  await letIn(db, made, lead);
  const [free, busy] = [await addTeam(db, made), await addTeam(db, made, { name: 'Busy' })];
  await addPlannedVisit(db, await addPremises(db, made), busy);
  const planner = await signIn(lead);
  assert.equal((await planner.post(`/staff/teams/${free.id}/remove`)).statusCode, 303);
  const refused = await planner.post(`/staff/teams/${busy.id}/remove`);
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /has visits or briefings/);
});

test('only planners of the agency that leads say who takes part', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const [force, council] = [await agency(), await agency('council', { name: 'The council' })];
  const lead = await member(force, ['planner']);
  const made = await addOperation(db, force, lead);
  const team = await addTeam(db, made);
  const partner = await addPartner(db, made, council);
  const theirs = await member(council, ['planner'], 'Partner Planner');
  await letIn(db, made, theirs);
  const stranger = await signIn(await member(await agency('police force', { name: 'Elsewhere' }), ['planner']));
  const field = await member(force, ['field']);
  await letIn(db, made, field, { team });
  const addresses = [
    `/staff/operations/${made.id}/edit`,
    `/staff/operations/${made.id}/partners/new`,
    `/staff/operations/${made.id}/partners/${partner.id}/edit`,
    `/staff/operations/${made.id}/partners/${partner.id}/people`,
    `/staff/operations/${made.id}/teams/new`,
    `/staff/teams/${team.id}/edit`,
  ];
  for (const [who, status] of [
    [await signIn(theirs), 403],
    [await signIn(field), 403],
    [stranger, 404],
  ] as const) {
    for (const address of addresses) assert.equal((await who.get(address)).statusCode, status, address);
  }
  const hidden = await stranger.get(`/staff/operations/${made.id}/people`);
  const nothing = await stranger.get(`/staff/operations/${newId()}/people`);
  const nonsense = await stranger.get('/staff/operations/17/people');
  assert.deepEqual([hidden.statusCode, nothing.statusCode, nonsense.statusCode], [404, 404, 404]);
  assert.equal(shown(hidden), shown(nothing), 'hidden and absent are told alike');
});

test('lists are paged and filtered, and ask as much for one row as for sixty', async (t) => {
  const { db, agency, member, signIn, countQueries } = await openApplication(t);
  const force = await agency();
  const lead = await member(force, ['planner']);
  const planner = await signIn(lead);
  const kept = await addWeek(db, force);
  const first = await addOperation(db, force, lead, { week: kept });
  await letIn(db, first, lead);
  const addresses = [
    '/staff/operations',
    '/staff/weeks',
    `/staff/weeks/${kept.id}`,
    `/staff/operations/${first.id}/people`,
  ];
  const cost = async () => {
    const counts: number[] = [];
    for (const address of addresses) {
      countQueries();
      assert.equal((await planner.get(address)).statusCode, 200);
      counts.push(countQueries());
    }
    return counts;
  };
  const one = await cost();
  for (let index = 0; index < 60; index += 1) {
    await addOperation(db, force, lead, {
      week: kept,
      codeName: `Operation ${index}`,
      startsOn: '2026-10-01',
      endsOn: '2026-10-02',
    });
    await addWeek(db, force, { name: `Week ${index}`, parentId: kept.id });
    await letIn(db, first, await member(force, ['field'], `Person ${index}`));
  }
  assert.deepEqual(await cost(), one);
  const list = await planner.get('/staff/operations?page=4');
  assert.match(list.body, /Page <b>4<\/b> of <b>4<\/b>/);
  assert.match(list.body, /Operation Lantern/);
  const underWay = await planner.get(`/staff/operations?standing=within+its+dates&week=${kept.id}`);
  assert.match(underWay.body, /Operation Lantern/);
  assert.doesNotMatch(underWay.body, /Operation 7/);
  await addPremises(db, first, { town: 'Hemel Hempstead' });
  assert.match((await planner.get('/staff/operations?town=Hemel+Hempstead')).body, /Operation Lantern/);
  assert.match((await planner.get('/staff/operations?town=Nowhere')).body, /No operation fits/);
  assert.equal((await planner.get('/staff/operations?page=-3&week=x&standing=y')).statusCode, 200);
});

test('a page number past the end shows the last page, not an empty list', async (t) => {
  const application = await openApplication(t);
  const agencyId = await application.agency();
  const planner = await application.signIn(await application.member(agencyId, ['planner']));
  const beyond = await planner.get('/staff/weeks?page=99');
  assert.deepEqual(
    [beyond.statusCode, beyond.headers.location],
    [303, '/staff/weeks?page=1'],
    'an empty list has one page',
  );
  for (let made = 1; made <= 21; made += 1) await addWeek(application.db, agencyId);
  assert.equal((await planner.get('/staff/weeks?page=99')).headers.location, '/staff/weeks?page=2');
  assert.equal((await planner.get('/staff/weeks?page=2')).statusCode, 200);
});

test('what turns text round is not kept of a name; marks and joiners that languages need are', async (t) => {
  const application = await openApplication(t);
  const planner = await application.signIn(await application.member(await application.agency(), ['planner']));
  const written = 'Op\u202eeration\u202c \u2066W\u2069 \u200f\u06cc\u200c\u200d\u200e';
  assert.equal((await planner.post('/staff/weeks/new', { ...week, name: written })).statusCode, 303);
  const [kept] = await application.db.selectFrom('weeks').select('name').execute();
  assert.equal(kept?.name, 'Operation W \u200f\u06cc\u200c\u200d\u200e');
});
