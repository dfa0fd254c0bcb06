import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseIn, begun, day, decision, idIn, place, send } from '../../../test/fixtures/begun-visit.ts';
import { newId } from '../../vocabulary/ids.ts';
import {
  addDecision,
  addOperation,
  addPartner,
  addPlannedVisit,
  addPower,
  addPremises,
  addTeam,
  letIn,
} from './examples.ts';

test('a planner plans one place from its name to a visit, and sees the findings on the way', async (t) => {
  const { db, planner, of, operation, council, lead, auditTrail } = await begun(t);
  assert.match((await planner.get(`${of}/premises`)).body, /No premises yet\. Add the first/);
  const here = `/staff/premises/${idIn((await planner.post(`${of}/premises/new`, place)).headers.location)}`;
  const fresh = await planner.get(here);
  for (const words of [
    'Nobody here can arrange help without telling police or immigration',
    'An NRM referral always tells police and immigration',
    'Nobody has decided whether immigration officers enter the premises, or when',
    'No visit is planned here',
  ])
    assert.ok(fresh.body.includes(words), words);

  await send(planner, `${here}/languages`, { languages: 'Romanian\nEnglish', interpreter: '' });
  assert.match((await planner.get(here)).body, /Somebody there might speak Romanian, but no interpreter is named/);
  await send(planner, `${here}/languages`, { languages: 'Romanian', interpreter: 'Telephone service, 01632 960002' });
  await send(planner, `${here}/risks`, { risks: 'A dog' });
  await send(planner, `${here}/immigration`, { immigrationEntry: 'not present', ...decision });
  const referrer = await planner.get(`${here}/referrer`);
  assert.match(referrer.body, /It can arrange help without telling police or immigration/);
  assert.match(referrer.body, /An NRM referral always tells police and immigration/);
  await send(planner, `${here}/referrer`, {
    referrerId: council.id,
    referrerOnCall: 'Sam Reed',
    referrerContact: '01632 960001',
  });

  await planner.post(`${of}/teams/new`, { name: 'Team 1', members: lead.id, leadId: lead.id });
  const team = await db.selectFrom('teams').selectAll().executeTakeFirstOrThrow();
  const partner = await db.selectFrom('partners').selectAll().executeTakeFirstOrThrow();
  await planner.post(`${here}/powers/new`, {
    basis: 'pace-s8',
    purposes: 'search for evidence',
    holderId: partner.id,
    heldBy: 'DC Vale',
  });
  const power = await db.selectFrom('powers').selectAll().executeTakeFirstOrThrow();
  const visit = { teamId: team.id, powerId: power.id, ...day('day', '2026-09-16'), starts: '9.30', minutes: '90' };
  assert.equal((await planner.post(`${here}/visits/new`, visit)).statusCode, 303);

  const waiting = await planner.get(of);
  assert.match(waiting.body, /unlawful:?<\/span> Not granted yet/i);
  assert.ok(waiting.body.includes(`href="${here}/powers/${power.id}/next">Fix this problem`), 'the form that mends it');
  assert.match((await planner.get('/staff')).body, /Fix a legal problem in the plan[\s\S]*Operation Lantern/);
  const powers = `${here}/powers/${power.id}`;
  assert.match((await planner.get(`${powers}/next`)).body, /It was applied for[\s\S]*Details you must record/);
  await planner.post(`${powers}/applied-for`, { ...day('on', '2026-09-08'), reference: '' });
  assert.match(
    (await planner.get(`${powers}/applied-for`)).body,
    /This step is recorded already[\s\S]*on 8 September 2026/,
  );
  const noReference = await planner.post(`${powers}/granted`, { ...day('on', '2026-09-09'), reference: '' });
  assert.equal(noReference.statusCode, 422);
  assert.match(noReference.body, /Enter the reference on it/);
  await planner.post(`${powers}/granted`, {
    ...day('on', '2026-09-09'),
    ...day('lastDay', '2026-12-09'),
    reference: 'W/117',
  });
  const granted = await db.selectFrom('powers').selectAll().executeTakeFirstOrThrow();
  assert.equal(granted.expiresOn, '2026-12-09');
  assert.match((await planner.get(here)).body, /The checks found no legal problem here/);
  assert.doesNotMatch((await planner.get('/staff')).body, /legal problem in the plan/);

  const plan = await planner.get(`${of}/schedule`);
  assert.match(plan.body, /<svg[\s\S]*<text[^>]*>09:30 Blue<\/text><text[^>]*>Door<\/text>/);
  assert.match(plan.body, /Wednesday 16 Sept/);
  assert.equal(operation.id.length, 36);
  assert.deepEqual(await auditTrail({ looks: false }), [
    'premises.added',
    'premises.languages changed',
    'premises.languages changed',
    'premises.risks changed',
    'premises.immigration changed',
    'premises.referrer changed',
    'team.added',
    'power.added',
    'visit.planned',
    'power.applied for',
    'power.granted',
  ]);
});

test('a visit without a team leads to the form that adds one, and back', async (t) => {
  const { db, planner, of, operation, lead } = await begun(t);
  const premises = await addPremises(db, operation);
  const visit = `/staff/premises/${premises.id}/visits/new`;
  const none = await planner.get(visit);
  assert.match(none.body, /There is no team yet/);
  const add = `${of}/teams/new?premises=${premises.id}`;
  assert.ok(none.body.includes(`href="${add}"`), 'the way to where a team is added');
  const form = await planner.get(add);
  assert.ok(form.body.includes(`href="${visit}"`), 'and back');
  assert.ok(form.body.includes(`action="${add}"`), 'the form remembers where it was opened');
  const added = await planner.post(add, { name: 'Team 1', members: lead.id, leadId: lead.id });
  assert.equal(added.headers.location, visit);
  const ready = await planner.get(visit);
  assert.match(ready.body, /Team 1/);
  assert.doesNotMatch(ready.body, /There is no team yet/);
});

test('a planner of a partner, who adds no teams, is told who does', async (t) => {
  const { db, signIn, operation, agency, member } = await begun(t);
  const premises = await addPremises(db, operation);
  const other = await member(await agency('police force', { name: 'Partner' }), ['planner']);
  await letIn(db, operation, other);
  const none = await (await signIn(other)).get(`/staff/premises/${premises.id}/visits/new`);
  assert.match(none.body, /There is no team yet/);
  assert.doesNotMatch(none.body, /teams\/new/);
});

test('overlapping visits of one team are fixed at the time of the later visit', async (t) => {
  const { db, planner, of, operation, lead } = await begun(t);
  const [first, second] = [await addPremises(db, operation), await addPremises(db, operation, { name: 'Red Door' })];
  const team = await addTeam(db, operation);
  await letIn(db, operation, lead, { team, leads: true });
  const later = await addPlannedVisit(db, second, team, { day: '2026-09-16', starts: '10:30' });
  await addPlannedVisit(db, first, team, { day: '2026-09-16', starts: '10:00', minutes: 60 });
  const plan = await planner.get(of);
  const move = `/staff/premises/${second.id}/visits/${later.id}/move`;
  assert.match(plan.body, new RegExp(`at once, on 16 September 2026[\\s\\S]*?href="${move}">Fix this problem`));
  assert.match((await planner.get(move)).body, /Starts at/);
});

test('a visit is moved, postponed, planned again and called off; each with its reason, none forgotten', async (t) => {
  const { db, planner, of, operation, lead } = await begun(t);
  const premises = await addPremises(db, operation);
  const team = await addTeam(db, operation);
  await letIn(db, operation, lead, { team, leads: true });
  const visit = await addPlannedVisit(db, premises, team, { day: '2026-09-16' });
  const here = `/staff/premises/${premises.id}`;
  const at = `${here}/visits/${visit.id}`;
  const timing = {
    teamId: team.id,
    powerId: '',
    ...day('day', '2026-09-17'),
    starts: '08:00',
    minutes: '60',
    turn: '',
  };

  const farAway = /The operation is [^<]+\. This day is more than four weeks away from it\. Check the date/;
  for (const far of ['2019-12-31', '2027-09-17'])
    for (const form of [`${at}/move`, `${here}/visits/new`]) {
      const wrong = await send(planner, form, { ...timing, ...day('day', far) });
      assert.equal(wrong.statusCode, 422, `${form} on ${far}`);
      assert.match(wrong.body, farAway);
      assert.match(wrong.body, /value="08:00"/, 'what was typed is kept');
    }
  assert.equal((await send(planner, `${at}/move`, { ...timing, why: 'The interpreter is free then' })).statusCode, 303);
  assert.equal((await send(planner, `${at}/postpone`, decision)).statusCode, 303);
  assert.match((await planner.get(here)).body, /Plan again/);
  const twice = await send(planner, `${at}/postpone`, decision);
  assert.equal(twice.statusCode, 422);
  assert.match(twice.body, /postponed already/);
  await send(planner, `${at}/move`, { ...timing, ...day('day', '2026-09-18') });
  await send(planner, `${at}/call-off`, { ...decision, reason: 'The business has closed' });
  assert.match((await send(planner, `${at}/move`, timing)).body, /was called off/);
  const noReason = await send(planner, `${at}/call-off`, { decidedBy: 'Supt Marlow', reason: '' });
  assert.match(noReason.body, /Enter the reason/);
  assert.match(noReason.body, /value="Supt Marlow"/);

  const page = await planner.get(here);
  assert.match(page.body, /stays called off/);
  assert.match(page.body, /The business has closed/);
  const history = await planner.get(`${here}/history`);
  for (const words of ['The interpreter is free then', 'Asha Planner', 'postponed', '17 September 2026'])
    assert.ok(history.body.includes(words), words);
  const log = await planner.get(`${of}/decisions`);
  assert.match(log.body, /visit postponed[\s\S]*/);
  assert.match(log.body, /visit called off/);
});

test('a correction keeps the earlier version, and a second correction warns about the first', async (t) => {
  const { db, planner, operation } = await begun(t);
  const premises = await addPremises(db, operation, { reason: 'First reason' });
  const power = await addPower(db, premises);
  const here = `/staff/premises/${premises.id}`;
  const opened = baseIn(await planner.get(`${here}/edit`));
  await send(planner, `${here}/edit`, { ...place, reason: 'Second reason' });
  const late = await planner.post(`${here}/edit`, { ...place, reason: 'Third reason', base: opened });
  assert.equal(late.statusCode, 422);
  assert.match(late.body, /Somebody else changed this/);
  assert.match(late.body, /Third reason/);
  const again = await planner.post(`${here}/edit`, { ...place, reason: 'Third reason', base: baseIn(late) });
  assert.equal(again.statusCode, 303);
  const history = await planner.get(`${here}/history`);
  assert.match(history.body, /Second reason[\s\S]*First reason/);

  const corrected = {
    purposes: 'search for evidence',
    reference: 'W/118',
    ...day('appliedOn', '2026-09-01'),
    ...day('decidedOn', '2026-09-02'),
    ...day('expiresOn', '2026-12-03'),
    why: 'Read again',
  };
  const tooLong = await send(planner, `${here}/powers/${power.id}`, corrected);
  assert.equal(tooLong.statusCode, 422);
  assert.match(tooLong.body, /later than the law allows/);
  await send(planner, `${here}/powers/${power.id}`, { ...corrected, ...day('expiresOn', '2026-10-02') });
  assert.match((await planner.get(`${here}/history`)).body, /W\/2026\/117[\s\S]*Replaced because: Read again/);
  const kept = await db.selectFrom('powers').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([kept.reference, kept.expiresOn, kept.state], ['W/118', '2026-10-02', 'granted']);
});

test('to go without a referrer needs a decision by name, and that ends the advice', async (t) => {
  const { db, planner, operation, agency, force } = await begun(t);
  const premises = await addPremises(db, operation);
  const here = `/staff/premises/${premises.id}`;
  const police = await send(planner, `${here}/referrer`, {
    referrerId: force.id,
    referrerOnCall: 'PC',
    referrerContact: '1',
  });
  assert.equal(police.statusCode, 422);
  assert.match(police.body, /Select an organisation that can refer/);
  const nurses = await agency('health', { name: 'Nurses' });
  assert.doesNotMatch((await planner.get(`${here}/referrer`)).body, new RegExp(nurses.id));
  const unnamed = await send(planner, `${here}/no-referrer`, { ...decision, decidedBy: '' });
  assert.match(unnamed.body, /Enter the name and rank or job/);
  await send(planner, `${here}/no-referrer`, decision);
  const page = await planner.get(here);
  assert.doesNotMatch(page.body, /Nobody here can refer/);
  assert.match(page.body, /nobody who can refer/);
});

test('go and no-go are in the policy log, which nobody can change or remove, not even by SQL', async (t) => {
  const { db, of, operation, databases, lead, member, force, signIn } = await begun(t);
  const boss = await member(force, ['commander'], 'Cy Commander');
  await letIn(db, operation, boss);
  const commander = await signIn(boss);
  const place = await addPremises(db, operation);
  await addPlannedVisit(db, place, await addTeam(db, operation), {
    powerId: (await addPower(db, place, { state: 'applied for' })).id,
  });
  const form = await commander.get(`${of}/proceed`);
  assert.match(form.body, /Problems with the plan now/);
  assert.match(
    form.body,
    /The plan<\/caption>[\s\S]*Blue Door, Watford[\s\S]*Team 1: no people, no leader[\s\S]*applied for/,
  );
  const unsaid = await commander.post(`${of}/proceed`, { ...decision, kind: '' });
  assert.match(unsaid.body, /Select go or no-go/);
  const kept = `despite-${place.id}`;
  await commander.post(`${of}/proceed`, { ...decision, kind: 'go', [kept]: 'The court sits tonight' });
  assert.match((await commander.get(of)).body, /Go: Supt Marlow/);
  const log = (await commander.get(`${of}/decisions`)).body;
  assert.match(log, /Unlawful, Blue Door: Not granted yet/);
  assert.match(log, /Reason to proceed: Blue Door: The court sits tonight/);
  await commander.post(`${of}/decisions/new`, { words: 'Visit by day only', ...decision });
  assert.match((await commander.get(`${of}/decisions`)).body, /Visit by day only/);
  assert.equal((await commander.post(`${of}/decisions/new`, { words: '', ...decision })).statusCode, 422);

  const { id } = await db.selectFrom('policyLog').select('id').executeTakeFirstOrThrow();
  const staff = databases.for('main', 'staff');
  await assert.rejects(
    staff.updateTable('policyLog').set({ reason: 'Another' }).where('id', '=', id).execute(),
    /permission denied/,
  );
  await assert.rejects(staff.deleteFrom('policyLog').where('id', '=', id).execute(), /permission denied/);
  await assert.rejects(
    staff
      .insertInto('policyLog')
      .values({ ...(await addable(operation.id, lead.id)) })
      .execute(),
    /row-level security/,
  );
});

const addable = async (operationId: string, recordedBy: string) => ({
  id: newId(),
  operationId,
  kind: 'go',
  words: 'x',
  reason: 'x',
  decidedBy: 'x',
  recordedBy,
  recordedAt: new Date(),
});

test('a visit takes only a team and a power of its own plan; a warrant names only its partners', async (t) => {
  const { db, planner, operation, agency, member } = await begun(t);
  const elsewhere = await agency('police force', { name: 'Elsewhere' });
  const other = await addOperation(db, elsewhere, await member(elsewhere, ['planner']));
  const premises = await addPremises(db, operation);
  const strange = {
    team: await addTeam(db, other),
    partner: await addPartner(db, other, elsewhere),
    power: await addPower(db, await addPremises(db, operation)),
  };
  const team = await addTeam(db, operation);
  const visit = { teamId: team.id, powerId: '', ...day('day', '2026-09-16'), starts: '09:30', minutes: '90' };
  const here = `/staff/premises/${premises.id}`;
  assert.match(
    (await planner.post(`${here}/visits/new`, { ...visit, teamId: strange.team.id })).body,
    /Select a team of this operation/,
  );
  assert.match(
    (await planner.post(`${here}/visits/new`, { ...visit, powerId: strange.power.id })).body,
    /Select a power for these premises/,
  );
  const named = { basis: 'pace-s8', purposes: 'search for evidence', accompanying: strange.partner.id };
  assert.match((await planner.post(`${here}/powers/new`, named)).body, /Select partners of this operation/);
  assert.match(
    (await planner.post(`${here}/powers/new`, { ...named, accompanying: '', basis: 'royal-whim' })).body,
    /Select a power of the catalogue/,
  );
  const bad = await planner.post(`${here}/visits/new`, {
    ...visit,
    ...day('day', '2026-02-30'),
    starts: '25:00',
    minutes: '',
  });
  for (const words of ['Enter a real date', 'Enter a time on the 24-hour clock', 'Enter how many minutes'])
    assert.ok(bad.body.includes(words), words);
  assert.match(bad.body, /value="25:00"/);
});

test('no page of a plan asks more for sixty places than for one', async (t) => {
  const { db, planner, operation, lead, of, countQueries } = await begun(t);
  const team = await addTeam(db, operation);
  await letIn(db, operation, lead, { team, leads: true });
  const first = await addPremises(db, operation);
  await addPlannedVisit(db, first, team, { powerId: (await addPower(db, first)).id });
  const addresses = [
    of,
    `${of}/premises?page=1`,
    `${of}/schedule`,
    `${of}/people`,
    `${of}/briefings`,
    `${of}/board`,
    `${of}/proceed`,
    `${of}/decisions`,
    `/staff/premises/${first.id}`,
    `/staff/premises/${first.id}/history`,
    '/staff',
  ];
  const cost = async () => {
    const counts: number[] = [];
    for (const address of addresses) {
      countQueries();
      assert.equal((await planner.get(address)).statusCode, 200, address);
      counts.push(countQueries());
    }
    return counts;
  };
  await addDecision(db, operation);
  const one = await cost();
  for (let index = 0; index < 60; index += 1) {
    const premises = await addPremises(db, operation, { name: `Place ${index}` });
    const power = await addPower(db, premises);
    await addPlannedVisit(db, premises, team, { powerId: power.id });
    await addDecision(db, operation, { about: first.id });
  }
  assert.deepEqual(await cost(), one);
  assert.match((await planner.get(`${of}/premises`)).body, /Page <b>1<\/b> of <b>4<\/b>, <b>61<\/b> in all/);
});

test('the decision to proceed shows no problem that it answers itself, and a planner reads whom to ask', async (t) => {
  const { db, of, operation, planner, member, force, signIn } = await begun(t);
  const place = await addPremises(db, operation);
  await addPlannedVisit(db, place, await addTeam(db, operation), { day: '2026-09-11' });
  const overview = (await planner.get(of)).body;
  assert.match(overview, /nobody has recorded a decision to proceed[\s\S]*?href="[^"]*\/proceed">Fix this problem/);
  assert.match((await planner.get(`${of}/proceed`)).body, /no commander takes part in this one/);
  const boss = await member(force, ['commander'], 'Cy Commander');
  await letIn(db, operation, boss);
  const asking = (await planner.get(`${of}/proceed`)).body;
  assert.match(asking, /Only a commander of this operation decides whether it goes ahead: [^<]*Cy Commander/);
  assert.doesNotMatch(asking, /nobody has recorded a decision to proceed/);
  const commander = await signIn(boss);
  await commander.post(`${of}/proceed`, { ...decision, kind: 'go', [`despite-${place.id}`]: 'No other day' });
  const { against } = await db.selectFrom('policyLog').select('against').executeTakeFirstOrThrow();
  assert.ok(!(against as string[]).some((problem) => /decision to proceed/.test(problem)), String(against));
});
