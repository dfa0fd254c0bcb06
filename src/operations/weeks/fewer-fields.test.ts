import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { begun, day } from '../../../test/fixtures/begun-visit.ts';
import { addOperation, addPartner, addWeek, letIn } from '../plan/examples.ts';

test('a new operation takes its dates from the week', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const force = await agency();
  const planner = await signIn(await member(force, ['planner']));
  const week = await addWeek(db, force, { startsOn: '2026-10-05', endsOn: '2026-10-11' });
  await addWeek(db, force, { name: 'Another week' });
  const form = await planner.get(`/staff/operations/new?week=${week.id}`);
  assert.match(form.body, /name="starts-day"[^>]*value="5"[\s\S]*name="ends-day"[^>]*value="11"/);
  const values = { weekId: week.id, codeName: 'Lantern', unit: 'The unit', area: 'Leashire' };
  const made = await planner.post('/staff/operations/new', values);
  assert.equal(made.statusCode, 303);
  const [operation] = await db.selectFrom('operations').selectAll().execute();
  assert.deepEqual([operation?.startsOn, operation?.endsOn], ['2026-10-05', '2026-10-11']);
  const backwards = await planner.post('/staff/operations/new', { ...values, ...day('starts', '2026-10-12') });
  assert.equal(backwards.statusCode, 422);
  assert.match(backwards.body, /The last day must be the first day or after it/);
});

test('a partner is printed under the name of its agency, unless another was typed', async (t) => {
  const { db, planner, of, agency, force } = await begun(t);
  const nurses = await agency('health', { name: 'Lea nurses', officialName: 'Lea Vale NHS Trust' });
  const form = await planner.get(`${of}/partners/new`);
  assert.match(form.body, /Save and add another/);
  const added = await planner.post(`${of}/partners/new`, { agencyId: nurses.id, another: 'yes' });
  assert.equal(added.headers.location, `${of}/partners/new`);
  const unit = await planner.post(`${of}/partners/new`, { agencyId: force.id });
  assert.match(unit.body, /Enter the name of the unit/);
  await planner.post(`${of}/partners/new`, { agencyId: force.id, printedName: 'Support group' });
  const partners = await db
    .selectFrom('partners')
    .select(['printedName', 'officialName', 'ownUnit', 'leads'])
    .execute();
  const names = partners
    .filter(({ leads }) => !leads)
    .map(({ printedName, officialName }) => [printedName, officialName]);
  assert.deepEqual(names, [
    ['Lea nurses', 'Lea Vale NHS Trust'],
    ['Support group', `Support group, ${force.officialName || force.name}`],
  ]);
});

test('one form adds people of several partners, each with a duty', async (t) => {
  const { db, planner, of, operation, agency, force, lead, member } = await begun(t);
  const nurses = await agency('health', { name: 'Nurses' });
  const stranger = await member(await agency('council', { name: 'No partner' }), ['safeguarding lead'], 'Not Asked');
  await addPartner(db, operation, nurses);
  const officer = await member(force, ['enforcement'], 'Dee Officer');
  const nurse = await member(nurses, ['field'], 'Kit Nurse');
  const form = `${of}/people/new`;
  const { body } = await planner.get(form);
  assert.match(body, /Dee Officer[\s\S]*Kit Nurse|Kit Nurse[\s\S]*Dee Officer/);
  assert.ok(!body.includes(`duty-${lead.id}`), 'who takes part already is not offered');
  assert.ok(!body.includes('Not Asked'));
  assert.match(body, /No safeguarding lead takes part yet, and no partner has one/);
  const duty = (id: string) => `duty-${id}`;
  const none = await planner.post(form, { [duty(officer.id)]: '', [duty(nurse.id)]: '' });
  assert.equal(none.statusCode, 422);
  assert.match(none.body, /Choose a duty for at least one person/);
  for (const wrong of [
    { [duty(officer.id)]: 'rests' },
    { [duty(stranger.id)]: 'enters' },
    { [duty('nobody')]: 'enters' },
  ])
    assert.equal((await planner.post(form, wrong)).statusCode, 422, JSON.stringify(wrong));
  const added = await planner.post(form, { [duty(officer.id)]: 'enters', [duty(nurse.id)]: 'gives medical care' });
  assert.equal(added.headers.location, `${of}/people`);
  const people = await db
    .selectFrom('operationMembers as o')
    .innerJoin('partners as p', 'p.id', 'o.partnerId')
    .select(['o.memberId', 'o.duty', 'p.agencyId'])
    .where('o.memberId', '!=', lead.id)
    .execute();
  assert.deepEqual(
    new Set(people.map(({ memberId, duty, agencyId }) => [memberId, duty, agencyId].join())),
    new Set([[officer.id, 'enters', force.id].join(), [nurse.id, 'gives medical care', nurses.id].join()]),
  );
  assert.match((await planner.get(form)).body, /You have added everybody/);
});

test('the names of a new partner are folded, and stay in sight once something was typed or is wrong', async (t) => {
  const { planner, of, force } = await begun(t);
  const page = (await planner.get(`${of}/partners/new`)).body;
  assert.match(page, /<details class="govuk-details"><summary[^>]*><span[^>]*>Use another name in print</);
  assert.match(page, /for example “Brook Nurses”[\s\S]*for example “Brook Vale Community Health NHS Trust”/);
  const open = /<details class="govuk-details" open>[\s\S]*name="printedName"/;
  const typed = await planner.post(`${of}/partners/new`, { agencyId: '', printedName: 'Support group' });
  assert.match(typed.body, /Select an agency/);
  assert.match(typed.body, open);
  assert.match(typed.body, /name="printedName"[^>]*value="Support group"/);
  const unit = await planner.post(`${of}/partners/new`, { agencyId: force.id });
  assert.match(unit.body, /<a href="#printedName">Enter the name of the unit</);
  assert.match(unit.body, open);
});

test('people are grouped by agency with their usual duty first, and ten or more of one agency are folded', async (t) => {
  const { db, planner, of, operation, agency, force, member } = await begun(t);
  const nurses = await agency('health', { name: 'Brook Nurses' });
  await addPartner(db, operation, nurses);
  await member(nurses, ['press'], 'Ada Press');
  const nurse = await member(nurses, ['field'], 'Kit Nurse');
  const officer = await member(force, ['enforcement'], 'Officer 1');
  for (let number = 2; number <= 9; number += 1) await member(force, ['field'], `Officer ${number}`);
  const form = `${of}/people/new`;
  const groupsOf = (body: string) =>
    new Map(
      (body.split(/<details[^>]*><summary[^>]*><span[^>]*>Put some of them/)[0] ?? '')
        .split('<fieldset')
        .slice(1)
        .map((html) => [/<h2[^>]*>([^<]*)</.exec(html)?.[1], html]),
    );
  const optionsOf = (html: string | undefined, { id }: { readonly id: string }) => {
    const select = new RegExp(`<select[^>]*name="duty-${id}"[\\s\\S]*?</select>`).exec(html ?? '')?.[0] ?? '';
    return [...select.matchAll(/<option[^>]*>([^<]*)/g)].map(([, text]) => text);
  };
  const nine = groupsOf((await planner.get(form)).body);
  const [offered, helps] = [nine.get('Lea Vale Constabulary'), nine.get('Brook Nurses')];
  assert.deepEqual(optionsOf(offered, officer).slice(0, 3), ['Not added', 'Enters', 'Plans']);
  assert.deepEqual(optionsOf(helps, nurse).slice(0, 2), ['Not added', 'Gives medical care']);
  assert.ok((helps?.indexOf('Kit Nurse') ?? 0) < (helps?.indexOf('Ada Press') ?? 0), 'who works at visits is first');
  assert.doesNotMatch(offered ?? '', /<details/);

  await member(force, ['field'], 'Officer 10');
  const ten = groupsOf((await planner.get(form)).body);
  assert.match(
    ten.get('Lea Vale Constabulary') ?? '',
    /<details class="govuk-details"><summary[^>]*><span[^>]*>Show 10 people</,
  );
  assert.doesNotMatch(ten.get('Brook Nurses') ?? '', /<details/);
  const wrong = await planner.post(form, { [`duty-${officer.id}`]: 'rests' });
  assert.equal(wrong.statusCode, 422);
  assert.match(groupsOf(wrong.body).get('Lea Vale Constabulary') ?? '', /<details class="govuk-details" open>/);
});

test('only planners of the leading agency add people', async (t) => {
  const { db, signIn, agency, member } = await begun(t);
  const force = await agency('police force', { name: 'Another force' });
  const other = await addOperation(db, force, await member(force, ['planner']));
  const partner = await agency('council', { name: 'A council' });
  await addPartner(db, other, partner);
  const theirs = await member(partner, ['planner']);
  await letIn(db, other, theirs);
  assert.equal((await (await signIn(theirs)).get(`/staff/operations/${other.id}/people/new`)).statusCode, 403);
});

test('says who arranges help without reading notes, on the list of people and beside the duty', async (t) => {
  const { db, planner, of, operation, agency, member } = await begun(t);
  const council = await agency('council', { name: 'Lea Council' });
  await addPartner(db, operation, council);
  const worker = await member(council, ['partner caseworker'], 'Ruth Adeyemi');
  const duty = { [`duty-${worker.id}`]: 'arranges help' };
  assert.match((await planner.get(`${of}/people/new`)).body, /opens no safeguarding note/);
  await planner.post(`${of}/people/new`, duty);
  const people = async () => (await planner.get(`${of}/people`)).body;
  assert.match(
    await people(),
    /Ruth Adeyemi has the duty “Arranges help”, but cannot read safeguarding notes\. No member of this operation can read a safeguarding note\./,
  );
  assert.match((await planner.get(`${of}/people/${worker.id}`)).body, /opens no safeguarding note/);
  const lead = await member(council, ['safeguarding lead'], 'Ines Lead');
  await planner.post(`${of}/people/new`, { [`duty-${lead.id}`]: 'talks with people' });
  assert.match(await people(), /Safeguarding leads of Lea Council read the notes about this operation\./);
});

test('a week that is over is not selected for a new operation, and its days are not filled in', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const force = await agency();
  const planner = await signIn(await member(force, ['planner']));
  await addWeek(db, force, { startsOn: '2020-05-18', endsOn: '2020-05-24' });
  const { body } = await planner.get('/staff/operations/new');
  assert.doesNotMatch(body, /<option[^>]* selected[^>]*>[^<]*2020|name="starts-day"[^>]*value="18"/);
});

test('a planner adds a missing week on the form of the operation, and keeps what was typed', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const force = await agency();
  const planner = await signIn(await member(force, ['planner']));
  const there = await addWeek(db, force, { startsOn: '2027-05-18', endsOn: '2027-05-24' });
  const { body } = await planner.get('/staff/operations/new');
  assert.match(body, /<details[^>]*>\s*<summary[^>]*>[\s\S]*?Your week is not in the list: add it here/);
  assert.doesNotMatch(body, /You lose your answers|href="\/staff\/weeks\/new"/);
  // The only week is selected, and its days are filled in.
  const typed = {
    ...{ weekId: there.id, codeName: 'Lantern', unit: 'The unit', area: 'Leashire' },
    ...{ ...day('starts', '2027-05-18'), ...day('ends', '2027-05-24') },
    ...{ weekName: 'Autumn week', weekLead: '', ...day('weekStarts', '2027-10-05'), ...day('weekEnds', '2027-10-01') },
  };
  const refused = await planner.post('/staff/operations/new', typed);
  assert.equal(refused.statusCode, 422);
  assert.match(
    refused.body,
    /Enter the lead country or agency[\s\S]*Select at least one kind of exploitation[\s\S]*The last day must be the first day or after it/,
  );
  assert.match(refused.body, /<details[^>]* open>/);
  assert.match(refused.body, /value="Lantern"/);
  assert.match(refused.body, /value="Autumn week"/);
  assert.equal((await db.selectFrom('weeks').selectAll().execute()).length, 1, 'nothing is kept of it');
  const complete = {
    ...typed,
    weekLead: 'Europol',
    weekFocus: 'labour exploitation',
    ...day('weekEnds', '2027-10-11'),
  };
  const made = await planner.post('/staff/operations/new', complete);
  assert.equal(made.statusCode, 303);
  const [operation] = await db.selectFrom('operations').selectAll().execute();
  const week = await db.selectFrom('weeks').selectAll().where('id', '=', String(operation?.weekId)).executeTakeFirst();
  assert.deepEqual(
    [week?.name, week?.lead, week?.agencyId, operation?.codeName, operation?.startsOn, operation?.endsOn],
    ['Autumn week', 'Europol', force.id, 'Lantern', '2027-10-05', '2027-10-11'],
  );
  const logged = await db
    .selectFrom('accessLog')
    .select(['event', 'subject'])
    .where('subject', '=', String(week?.id))
    .execute();
  assert.deepEqual(logged, [{ event: 'week.added', subject: week?.id }]);
});

test('the first operation is planned together with the first week', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const planner = await signIn(await member(await agency(), ['planner']));
  const { body } = await planner.get('/staff/operations/new');
  assert.match(body, /No week is recorded yet: add yours below/);
  const typed = { codeName: 'Lantern', unit: 'The unit', area: 'Leashire' };
  assert.match((await planner.post('/staff/operations/new', typed)).body, /Enter the name of the week/);
  const week = {
    ...{ weekName: 'Our week', weekLead: 'The force', weekFocus: 'labour exploitation' },
    ...{ ...day('weekStarts', '2027-10-05'), ...day('weekEnds', '2027-10-11') },
  };
  assert.equal((await planner.post('/staff/operations/new', { ...typed, ...week })).statusCode, 303);
  assert.equal((await db.selectFrom('operations').selectAll().execute()).length, 1);
});

test('a second form with the same new week is refused in place, and so is a week of more than 31 days', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const planner = await signIn(await member(await agency(), ['planner']));
  const form = {
    ...{ codeName: 'Lantern', unit: 'The unit', area: 'Leashire' },
    ...{ weekName: 'Twin week', weekLead: 'The force', weekFocus: 'labour exploitation' },
    ...{ ...day('weekStarts', '2027-10-05'), ...day('weekEnds', '2027-10-11') },
  };
  const send = async (more: object) => planner.post('/staff/operations/new', { ...form, ...more });
  const long = await send(day('weekEnds', '2037-10-11'));
  assert.equal(long.statusCode, 422);
  assert.match(long.body, /href="#weekEnds-day">A week of action has at most 31 days/);
  const answers = await Promise.all([send({}), send({ weekName: 'twin  week', codeName: 'Lantern Two' })]);
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 422]);
  const refused = answers.find(({ statusCode }) => statusCode === 422)?.body ?? '';
  assert.match(refused, /href="#weekName">There is already a week with this name and these dates/);
  assert.match(refused, /name="codeName"[^>]*value="Lantern/, 'what was typed is kept');
  const names = { lead: 'Austria', focus: 'labour exploitation', name: 'Twin week' };
  const days = { ...day('starts', '2027-10-05'), ...day('ends', '2027-10-11') };
  const alone = await planner.post('/staff/weeks/new', { ...names, ...days });
  assert.equal(alone.statusCode, 422);
  assert.match(alone.body, /href="#name">There is already a week/);
  assert.equal((await db.selectFrom('weeks').selectAll().execute()).length, 1);
  assert.equal((await db.selectFrom('operations').selectAll().execute()).length, 1);
});

test('people and their team are added in one form', async (t) => {
  const { db, planner, of, operation, force, lead, member } = await begun(t);
  const officer = await member(force, ['enforcement'], 'Dee Officer');
  const other = await member(force, ['field'], 'Not Added');
  const form = `${of}/people/new`;
  assert.match((await planner.get(form)).body, /Put some of them on a new team/);
  const answers = { [`duty-${officer.id}`]: 'enters', teamName: 'Blue team', members: [officer.id, lead.id] };
  for (const [more, says] of [
    [{ teamName: '' }, /Enter a name for the team/],
    [{ members: [officer.id, other.id] }, /Choose a duty above for everybody on the team/],
    [{ members: lead.id, leadId: officer.id }, /The lead must be on the team/],
  ] as const) {
    const refused = await planner.post(form, { ...answers, ...more });
    assert.equal(refused.statusCode, 422, String(says));
    assert.match(refused.body, says);
    assert.match(refused.body, /<details[^>]* open>[\s\S]*name="teamName"/);
  }
  assert.equal((await planner.post(form, { ...answers, leadId: officer.id })).statusCode, 303);
  const [team] = await db.selectFrom('teams').select(['id', 'name', 'leadId']).execute();
  assert.deepEqual([team?.name, team?.leadId], ['Blue team', officer.id]);
  const members = await db
    .selectFrom('teamMembers')
    .select('memberId')
    .where('operationId', '=', operation.id)
    .execute();
  assert.deepEqual(new Set(members.map(({ memberId }) => memberId)), new Set([officer.id, lead.id]));
  const taken = await planner.post(form, {
    ...answers,
    [`duty-${officer.id}`]: '',
    [`duty-${other.id}`]: 'enters',
    members: other.id,
  });
  assert.equal(taken.statusCode, 422);
  assert.match(taken.body, /Another team of this operation bears that name/);
  assert.doesNotMatch((await planner.get(`${of}/people`)).body, /Not Added/);
});
