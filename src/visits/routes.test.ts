import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrival, aTeam, person } from '../../test/fixtures/visit.ts';
import { addPlannedVisit, addPremises } from '../operations/plan/examples.ts';
import { newId } from '../vocabulary/ids.ts';
import { addVisit } from './examples.ts';

const idIn = (html: string): string => /name="id" value="([^"]+)"/.exec(html)?.[1] ?? '';

test('an officer records a whole visit, from arriving to finishing', async (t) => {
  const { signIn, officer, adviser, planned, db, auditTrail } = await aTeam(t);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;

  const list = await at.get('/staff/visits');
  assert.match(list.body, /Blue Door/);
  assert.match(list.body, /Today, 10:00/);
  const before = await at.get(url);
  assert.match(before.body, /We have arrived/);
  assert.match(before.body, /Search warrant \(PACE section 8\)/);
  assert.match(before.body, /Somebody lives or sleeps there\s*<\/dt>\s*<dd[^>]*>\s*No\s*</);

  const arrive = await at.get(`${url}/arrive`);
  assert.match(arrive.body, /value="10:40"/, 'the time is now');
  const arrived = { ...arrival([officer, adviser]), answeredBy: 'the manager', present: '3' };
  assert.equal((await at.post(`${url}/arrive`, arrived)).headers.location, `${url}/entry`);
  assert.match((await at.get(`${url}/entry`)).body, /As planned: Search warrant/);
  const entered = await at.post(`${url}/entry`, { power: 'planned', ground: '' });
  assert.equal(entered.headers.location, `${url}/encounters/new`);

  const early = await at.post(`${url}/finish`);
  assert.equal(early.statusCode, 422);
  assert.match(early.body, /First record when you left/);
  await at.post(`${url}/leave`, { ...arrival([]), time: '10:35' });
  assert.match((await at.post(`${url}/finish`)).body, /First record at least one person you met/);

  const form = await at.get(`${url}/encounters/new`);
  assert.match(form.body, /Treated as a child until assessed/);
  const met = { ...person(), id: idIn(form.body) };
  const added = await at.post(`${url}/encounters/new`, met);
  assert.equal(added.headers.location, `/staff/safeguarding/encounters/${met.id}/note`, 'straight on to what she said');

  const arrest = {
    id: newId(),
    ...arrival([]),
    time: '10:33',
    kind: 'administrative immigration',
    matter: 'immigration',
    offence: '',
    sex: 'female',
    age: '30',
    residence: 'Watford',
    status: 'in custody',
    custodyRef: 'C/1',
    encounterId: met.id,
  };
  const arrested = await at.post(`${url}/arrests/new`, arrest);
  assert.equal(arrested.headers.location, `/staff/arrests/${arrest.id}/screening`);
  assert.match((await at.post(`${url}/finish`)).body, /whether the person was screened/);
  assert.match((await at.get(url)).body, /Before this visit can be finished/);

  const unwilling = await at.post(`/staff/arrests/${arrest.id}/screening`, {
    outcome: 'not done',
    reason: '',
    screenedBy: '',
    time: '',
    base: '1',
    why: '',
  });
  assert.match(unwilling.body, /Say why the person was not screened/);
  const screened = await at.post(`/staff/arrests/${arrest.id}/screening`, {
    ...arrival([]),
    time: '10:38',
    outcome: 'concern raised',
    screenedBy: 'Noor Ash, the council',
    interpreter: 'by phone',
    reason: '',
    base: '1',
    why: '',
  });
  assert.equal(screened.statusCode, 303);
  assert.match((await at.get(`/staff/arrests/${arrest.id}`)).body, /can also be a potential victim/);

  assert.equal((await at.post(`${url}/finish`)).statusCode, 303);
  const whole = await at.get(url);
  assert.match(whole.body, /Finished at 10:40 on 18 September 2026/);
  assert.match(whole.body, /<svg viewBox="0 0 320/);
  assert.match(whole.body, /Person 1 recorded/);
  assert.match((await at.post(`${url}/encounters/new`, person())).body, /Open it again first/);

  const attended = await db.selectFrom('visitAttendees').select('memberId').execute();
  assert.equal(attended.length, 2, 'who attended lies ready to be counted');
  const heard = await db.selectFrom('outbox').select(['event', 'about']).execute();
  assert.ok(heard.length >= 7 && heard.every(({ event }) => event === 'records changed'));
  const trail = await auditTrail();
  for (const event of ['visit.arrival recorded', 'encounter.recorded', 'arrest.recorded', 'visit.shown'])
    assert.ok(trail.includes(event), event);
});

test('a person who may be a child is named before the visit is finished', async (t) => {
  const { signIn, officer, planned } = await aTeam(t);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  await at.post(`${url}/arrive`, arrival([officer]));
  await at.post(`${url}/encounters/new`, { ...person(), age: 'adult' });
  assert.doesNotMatch((await at.get(`${url}/finish`)).body, /may be a child/);
  await at.post(`${url}/encounters/new`, person());
  const ending = (await at.get(`${url}/finish`)).body;
  assert.match(ending, /Person 2 may be a child\. Tell the council’s children’s services now/);
  assert.doesNotMatch(ending, /Person 1 may be a child/);
});

test('a visit without a reply is a result, and one that was called off is not begun', async (t) => {
  const { signIn, officer, planned, db, clock } = await aTeam(t);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  await at.post(`${url}/arrive`, { ...arrival([officer]), answer: 'no reply' });
  const visit = await db.selectFrom('visits').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([visit.leftAt, visit.finishedAt], [clock.now(), clock.now()], 'saved and finished in one step');
  assert.match((await at.get(url)).body, /There was no reply, so nobody was met/);

  const premises = await addPremises(db, { id: planned.operationId }, { name: 'Green Gate' });
  const off = await addPlannedVisit(db, premises, { id: planned.teamId }, { state: 'called off', reason: 'Flooded' });
  assert.match((await at.get(`/staff/visits/${off.id}`)).body, /Flooded/);
  const tried = await at.post(`/staff/visits/${off.id}/arrive`, {
    ...arrival([officer]),
    answer: 'no reply',
  });
  assert.equal(tried.statusCode, 422);
  assert.match(tried.body, /postponed or called off/);
});

test('another power than the planned one has its ground, and is of the catalogue', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  await at.post(`/staff/visits/${planned.id}/arrive`, arrival([officer]));
  const url = `/staff/visits/${planned.id}/entry`;
  const bare = await at.post(url, { power: 'pace-s17', ground: '' });
  assert.equal(bare.statusCode, 422);
  assert.match(bare.body, /Say why this power was used/);
  assert.match(bare.body, /value="pace-s17" checked/);
  assert.match((await at.post(url, { power: 'magic', ground: 'x' })).body, /power of the list/);
  const ground = 'Screams were heard';
  assert.equal((await at.post(url, { power: 'pace-s17', ground })).statusCode, 303);
  const visit = await db.selectFrom('visits').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([visit.basis, visit.basisGround, visit.powerId], ['pace-s17', ground, null]);
});

test('invalid answers show the form again with the input', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const late = await at.post(`${url}/arrive`, { ...arrival([officer]), time: '25:99' });
  assert.equal(late.statusCode, 422);
  assert.match(late.body, /24-hour clock/);
  assert.match(late.body, /value="25:99"/);
  const gone = await at.post(`${url}/arrive`, { ...arrival([]), answer: 'gone', answeredBy: 'the cook' });
  assert.match(gone.body, /Select what happened/);
  assert.match(gone.body, /the cook/);
  const nobody = await at.post(`${url}/arrive`, { ...arrival([]) });
  assert.match(nobody.body, /Select who was there/);

  await addVisit(db, planned, officer);
  const cases: [string, Record<string, unknown>, RegExp, RegExp][] = [
    ['encounters/new', { ...person(), place: '', language: '<b>' }, /Select their place/, /&lt;b&gt;/],
    ['encounters/new', { ...person(), language: '' }, /Enter the language/, /value="by phone" checked/],
    ['entry', { power: '', ground: 'the cook' }, /Select which power/, /the cook/],
    ['arrests/new', { id: newId(), age: 'old', residence: 'Tring' }, /or “not known”/, /Tring/],
    ['seizures/new', { id: newId(), kind: 'cash', description: 'tin', pence: 'lots' }, /Enter an amount/, /lots/],
    [
      'signs?sign=guarded',
      { id: newId(), context: 'By the door', explanation: '' },
      /Enter an alternative explanation/,
      /By the door/,
    ],
    ['search', { searched: 'yes', rooms: 'all', base: '1' }, /whether a notice was left/, />all</],
  ];
  for (const [path, answers, says, keeps] of cases) {
    const answer = await at.post(`${url}/${path}`, answers);
    assert.equal(answer.statusCode, 422, path);
    assert.match(answer.body, says);
    assert.match(answer.body, keeps);
  }
});

test('a form that is sent twice is recorded once', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  await addVisit(db, planned, officer);
  const met = person();
  for (let times = 0; times < 2; times += 1) {
    const sent = await at.post(`/staff/visits/${planned.id}/encounters/new`, met);
    assert.equal(sent.statusCode, 303);
  }
  await at.post(`/staff/visits/${planned.id}/encounters/new`, person());
  const rows = await db.selectFrom('encounters').select(['number']).orderBy('number').execute();
  assert.deepEqual(rows, [{ number: 1 }, { number: 2 }]);
});

test('a short view of a person, as HTML and JSON, is logged each time', async (t) => {
  const { app, signIn, officer, planned, db, auditTrail } = await aTeam(t);
  const at = await signIn(officer);
  await addVisit(db, planned, officer);
  const met = { ...person(), id: newId() };
  await at.post(`/staff/visits/${planned.id}/encounters/new`, met);
  const url = `/staff/encounters/${met.id}/brief`;
  const page = await at.get(url);
  assert.match(page.body, /<h1>Short version: person 1<\/h1>/);
  const headers = { cookie: `safelight=${at.token}`, accept: 'application/json' };
  const fragment = await app.inject({ method: 'GET', url, headers });
  assert.match(String(fragment.headers['content-type']), /^application\/json/);
  const { marking, ...told } = fragment.json();
  assert.equal(marking, 'OFFICIAL-SENSITIVE: PERSONAL DATA');
  assert.deepEqual(told, {
    id: met.id,
    number: 1,
    place: met.place,
    spokenTo: true,
    age: met.age,
    language: met.language,
    interpreter: met.interpreter,
  });
  assert.deepEqual((await auditTrail()).slice(-2), ['encounter.shown', 'encounter.shown']);
  const nobody = await app.inject({ method: 'GET', url, headers: { accept: 'application/json' } });
  assert.equal(nobody.statusCode, 303);
  assert.doesNotMatch(nobody.body, /Person|language/);
});

test('an officer leaves the note to a colleague and goes on; a helper finds the people met before the plan', async (t) => {
  const { signIn, officer, adviser, planned, db } = await aTeam(t);
  await addVisit(db, planned, officer);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const form = await at.get(`${url}/encounters/new`);
  assert.match(form.body, /name="colleague"[^>]*>\s*Save: a colleague writes the note/);
  const left = await at.post(`${url}/encounters/new`, { ...person(), colleague: 'yes' });
  assert.equal(left.headers.location, `${url}#people`);
  const [officers, helpers] = [(await at.get(url)).body, (await (await signIn(adviser)).get(url)).body];
  assert.match(helpers, /People met[\s\S]*Safeguarding note[\s\S]*The place and the plan/);
  assert.match(officers, /The place and the plan[\s\S]*People met/);
  for (const page of [officers, helpers]) assert.match(page, /note about person 1 was left to a colleague/);
  assert.match((await at.get(`${url}/finish`)).body, /note about person 1 was left to a colleague/);
});

test('a finished visit leads to the next one', async (t) => {
  const { signIn, officer, planned, premises, team, db } = await aTeam(t);
  const ended = new Date('2026-09-18T09:35:00Z');
  await addVisit(db, planned, officer, { leftAt: ended, finishedAt: ended });
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  assert.doesNotMatch((await at.get(url)).body, /Go to your next visit/);
  const later = await addPlannedVisit(db, premises, team, { day: '2026-09-18', starts: '12:00' });
  assert.match((await at.get(url)).body, new RegExp(`href="/staff/visits/${later.id}"[^>]*>\\s*Go to your next visit`));
});
