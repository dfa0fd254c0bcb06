import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { addOperation, addPlannedVisit, addPower, addPremises, addTeam, letIn } from '../operations/examples.ts';
import { openHouse } from '../testing/house.ts';
import { newId } from '../vocabulary/ids.ts';
import type { Role } from '../vocabulary/people.ts';
import { addArrest, addMet, addScreening, addSearch, addSeizure, addSign, addVisit } from './examples.ts';

/** A team of an officer and an adviser, with one visit planned for now under a warrant. */
async function aTeam(t: TestContext, { time = '10:40' } = {}) {
  const house = await openHouse(t, { today: '2026-09-18', time });
  const { agency, member, db, signIn } = house;
  const force = await agency('police force', { name: 'Leashire Police' });
  const advisers = await agency('sexual violence advisers', { name: 'Lea Advisers' });
  const planner = await member(force, ['planner'], 'Pat Planner');
  const operation = await addOperation(db, force, planner);
  const team = await addTeam(db, operation);
  const officer = await member(force, ['field', 'enforcement'], 'Olu Officer');
  const adviser = await member(advisers, ['field'], 'Ada Adviser');
  await letIn(db, operation, planner);
  for (const one of [officer, adviser]) await letIn(db, operation, one, { team });
  const premises = await addPremises(db, operation);
  const power = await addPower(db, premises);
  const planned = await addPlannedVisit(db, premises, team, { powerId: power.id });
  const on = async (roles: readonly Role[], at = force) => {
    const one = await member(at, roles);
    await letIn(db, operation, one, { team });
    return signIn(one);
  };
  return { ...house, force, advisers, operation, team, planner, officer, adviser, premises, planned, on };
}

const arrival = (people: readonly { id: string }[]) => ({
  time: '10:30',
  'day-day': '18',
  'day-month': '9',
  'day-year': '2026',
  power: 'planned',
  ground: '',
  attendees: people.map(({ id }) => id),
});
const person = () => ({
  id: newId(),
  place: 'works there',
  spokenTo: 'spoken to',
  age: 'not known',
  language: 'Romanian',
  interpreter: 'by phone',
});
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

  const arrive = await at.get(`${url}/arrive`);
  assert.match(arrive.body, /value="10:40"/, 'the time is now');
  assert.match(arrive.body, /As planned: Search warrant/);
  assert.equal((await at.post(`${url}/arrive`, arrival([officer, adviser]))).headers.location, `${url}/door`);
  const door = await at.post(`${url}/door`, { answer: 'spoken with', answeredBy: 'the manager', present: '3' });
  assert.equal(door.headers.location, `${url}/encounters/new`);

  const early = await at.post(`${url}/finish`);
  assert.equal(early.statusCode, 422);
  assert.match(early.body, /First record when you left/);
  await at.post(`${url}/leave`, { ...arrival([]), time: '10:35' });
  assert.match((await at.post(`${url}/finish`)).body, /record at least one of them first/);

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

test('a visit where nobody was found is a result, and one that was called off is not begun', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  await at.post(`${url}/arrive`, arrival([officer]));
  await at.post(`${url}/door`, { answer: 'nobody in', answeredBy: '', present: '' });
  await at.post(`${url}/leave`, { ...arrival([]), time: '10:35' });
  assert.equal((await at.post(`${url}/finish`)).statusCode, 303);
  assert.match((await at.get(url)).body, /Nobody was found. That is a result/);

  const premises = await addPremises(db, { id: planned.operationId }, { name: 'Green Gate' });
  const off = await addPlannedVisit(db, premises, { id: planned.teamId }, { state: 'called off', reason: 'Flooded' });
  assert.match((await at.get(`/staff/visits/${off.id}`)).body, /Flooded/);
  const tried = await at.post(`/staff/visits/${off.id}/arrive`, {
    ...arrival([officer]),
    power: 'consent',
    ground: 'x',
  });
  assert.equal(tried.statusCode, 422);
  assert.match(tried.body, /postponed or called off/);
});

test('another power than the planned one has its ground, and is of the catalogue', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}/arrive`;
  const bare = await at.post(url, { ...arrival([officer]), power: 'pace-s17' });
  assert.equal(bare.statusCode, 422);
  assert.match(bare.body, /Say why this power was used/);
  assert.match(bare.body, /value="pace-s17" checked/);
  assert.match((await at.post(url, { ...arrival([officer]), power: 'magic', ground: 'x' })).body, /power of the list/);
  const ground = 'Screams were heard';
  assert.equal((await at.post(url, { ...arrival([officer]), power: 'pace-s17', ground })).statusCode, 303);
  const visit = await db.selectFrom('visits').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([visit.basis, visit.basisGround, visit.powerId], ['pace-s17', ground, null]);
});

test('bad answers come back in the page with what was typed', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const late = await at.post(`${url}/arrive`, { ...arrival([officer]), time: '25:99' });
  assert.equal(late.statusCode, 422);
  assert.match(late.body, /24-hour clock/);
  assert.match(late.body, /value="25:99"/);
  const nobody = await at.post(`${url}/arrive`, { ...arrival([]) });
  assert.match(nobody.body, /Select who was there/);

  await addVisit(db, planned, officer);
  const cases: [string, Record<string, unknown>, RegExp, RegExp][] = [
    ['encounters/new', { ...person(), place: '', language: '<b>' }, /Select their place/, /&lt;b&gt;/],
    ['encounters/new', { ...person(), language: '' }, /Enter the language/, /value="by phone" checked/],
    ['door', { answer: 'gone', answeredBy: 'the cook', present: 'x' }, /Select what happened/, /the cook/],
    ['arrests/new', { id: newId(), age: 'old', residence: 'Tring' }, /or “not known”/, /Tring/],
    ['seizures/new', { id: newId(), kind: 'cash', description: 'tin', pence: 'lots' }, /amount in pounds/, /lots/],
    [
      'signs?sign=guarded',
      { id: newId(), context: 'By the door', explanation: '' },
      /innocent explanation that is possible/,
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

test('every record is corrected with a reason, and its earlier version stays readable', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t, { time: '12:00' });
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer);
  const met = await addMet(db, visit, officer);
  const sign = await addSign(db, visit, officer, { encounterId: met.id });
  const arrest = await addArrest(db, visit, officer, { encounterId: met.id });
  await addScreening(db, arrest, officer);
  const seizure = await addSeizure(db, visit, officer);
  await addSearch(db, visit, officer);
  const why = 'Written down wrongly <i>';
  const moment = { ...arrival([officer]), base: '1', why };

  const corrections: [post: string, answers: Record<string, unknown>, read: string, earlier: RegExp][] = [
    [
      `/staff/visits/${visit.id}/correct`,
      {
        ...moment,
        time: '09:55',
        answer: 'spoken with',
        answeredBy: 'the cleaner',
        present: '5',
        leftTime: '11:00',
        'leftDay-day': '18',
        'leftDay-month': '9',
        'leftDay-year': '2026',
      },
      `/staff/visits/${visit.id}`,
      /Who answered: the manager\./,
    ],
    [
      `/staff/encounters/${met.id}/correct`,
      { ...person(), base: '1', why },
      `/staff/encounters/${met.id}`,
      /Age: adult\./,
    ],
    [
      `/staff/observations/${sign.id}/correct`,
      { context: 'By the window', explanation: 'A friend', base: '1', why },
      `/staff/observations/${sign.id}`,
      /stood by the door of the room/,
    ],
    [
      `/staff/arrests/${arrest.id}/correct`,
      { ...arrest, ...moment, time: '10:31', age: '32', residence: 'Watford', offence: '', encounterId: '' },
      `/staff/arrests/${arrest.id}`,
      /Age: 30\./,
    ],
    [
      `/staff/arrests/${arrest.id}/screening`,
      { ...moment, time: '11:30', outcome: 'no concern', screenedBy: 'Noor Ash', interpreter: 'by phone', reason: '' },
      `/staff/arrests/${arrest.id}`,
      /Outcome: concern raised\./,
    ],
    [
      `/staff/seizures/${seizure.id}/correct`,
      { kind: 'cash', description: 'Notes', pence: '£1,240.00', exhibitRef: 'RT/1', base: '1', why },
      `/staff/seizures/${seizure.id}`,
      /Amount: £1,240\.50\./,
    ],
    [
      `/staff/visits/${visit.id}/search`,
      { searched: 'yes', rooms: 'All', forceUsed: '', damage: '', noticeLeft: 'no', base: '1', why },
      `/staff/visits/${visit.id}`,
      /Damage: The frame of the back door\./,
    ],
  ];
  for (const [post, answers, read, earlier] of corrections) {
    const bare = await at.post(post, { ...answers, why: '' });
    assert.equal(bare.statusCode, 422, `${post} without a reason`);
    assert.match(bare.body, /Say why you correct this/);
    const saved = await at.post(post, answers);
    assert.equal(saved.statusCode, 303, `${post}: ${/error-summary__list">[\s\S]*?<\/ul>/.exec(saved.body)?.[0]}`);
    const page = await at.get(read);
    assert.match(page.body, earlier);
    assert.match(page.body, /Replaced because: Written down wrongly &lt;i&gt;/);
    assert.match(page.body, /by Officer Olu Officer/);
  }
});

test('a correction leaves no finished visit without what finishing asked for', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t, { time: '12:00' });
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer, { leftAt: new Date('2026-09-18T10:00:00Z') });
  const met = await addMet(db, visit, officer);
  assert.equal((await at.post(`/staff/visits/${visit.id}/finish`)).statusCode, 303);
  const seen = { ...person(), spokenTo: 'only seen', interpreter: 'not needed', base: '1', why: 'x' };
  const refused = await at.post(`/staff/encounters/${met.id}/correct`, seen);
  assert.match(refused.body, /nobody would be left/);
  const correction = {
    ...arrival([officer]),
    base: '2',
    why: 'x',
    leftTime: '',
    'leftDay-day': '',
    'leftDay-month': '',
    'leftDay-year': '',
  };
  const timeless = await at.post(`/staff/visits/${visit.id}/correct`, {
    ...correction,
    time: '10:00',
    answer: 'spoken with',
    answeredBy: '',
    present: '',
  });
  assert.match(timeless.body, /First record when you left/);
  assert.equal((await at.post(`/staff/visits/${visit.id}/reopen`, { why: 'The wrong person' })).statusCode, 303);
  assert.equal((await at.post(`/staff/encounters/${met.id}/correct`, seen)).statusCode, 303);
  assert.match((await at.get(`/staff/visits/${visit.id}`)).body, /Replaced because: The wrong person/);
});

test('two who correct one record at once: the later is told, keeps her words, and both versions stay', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer);
  const met = await addMet(db, visit, officer);
  const url = `/staff/encounters/${met.id}/correct`;
  const one = { ...person(), base: '1', why: 'first', language: 'Spanish' };
  assert.equal((await at.post(url, one)).statusCode, 303);
  const later = await at.post(url, { ...one, why: 'second', language: 'Greek' });
  assert.equal(later.statusCode, 422);
  assert.match(later.body, /Somebody else changed this while you were writing/);
  assert.match(later.body, /value="Greek"/, 'what she typed is kept');
  assert.match(later.body, /name="base" value="2"/);
  assert.equal((await at.post(url, { ...one, why: 'second', language: 'Greek', base: '2' })).statusCode, 303);
  const page = await at.get(`/staff/encounters/${met.id}`);
  for (const language of ['Romanian', 'Spanish', 'Greek']) assert.match(page.body, new RegExp(language));

  const racing = await Promise.all(
    ['red', 'blue'].map((word) => at.post(url, { ...one, base: '3', why: word, language: word })),
  );
  assert.deepEqual(racing.map(({ statusCode }) => statusCode).sort(), [303, 422]);
});

test('two who arrive or answer at once overwrite nothing', async (t) => {
  const { signIn, officer, planned } = await aTeam(t);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const both = await Promise.all([
    at.post(`${url}/arrive`, arrival([officer])),
    at.post(`${url}/arrive`, { ...arrival([officer]), time: '10:20' }),
  ]);
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [303, 422]);
  await at.post(`${url}/door`, { answer: 'refused', answeredBy: '', present: '' });
  const later = await at.post(`${url}/door`, { answer: 'spoken with', answeredBy: '', present: '' });
  assert.match(later.body, /Somebody else changed this/);
});

test('a name is recorded only with a reason, lies sealed, and opens to a look that is written down', async (t) => {
  const { signIn, officer, planned, db, auditTrail } = await aTeam(t);
  const at = await signIn(officer);
  const met = await addMet(db, await addVisit(db, planned, officer), officer);
  const url = `/staff/encounters/${met.id}/name`;
  assert.equal((await at.get(url)).statusCode, 404);
  assert.match(
    (await at.post(`${url}/record`, { name: 'Ilinca Moraru', reason: '', base: '1' })).body,
    /Say why the name/,
  );
  await at.post(`${url}/record`, { name: 'Ilinca Moraru', reason: 'A witness', base: '1' });
  await at.post(`${url}/record`, { name: 'Ilinca Morar', reason: 'A witness', base: '1', why: 'Misspelt' });
  const row = await db.selectFrom('encounterNames').selectAll().executeTakeFirstOrThrow();
  assert.ok(!row.sealedName.includes('Ilinca'));
  assert.doesNotMatch((await at.get(`/staff/encounters/${met.id}`)).body, /Ilinca/);
  const opened = await at.get(url);
  assert.match(opened.body, /Ilinca Morar\s*</);
  assert.match(opened.body, /Name: Ilinca Moraru\./, 'the earlier version too');
  const looks = await db.selectFrom('accessLog').select('fields').where('event', '=', 'encounter.shown').execute();
  assert.ok(looks.some(({ fields }) => fields.includes('name')));
  assert.ok((await auditTrail()).includes('name.corrected'));
});

test('signs stand each with context and explanation, and nothing adds them up', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer);
  const met = await addMet(db, visit, officer);
  const url = `/staff/encounters/${met.id}/signs`;
  const list = await at.get(url);
  assert.match(list.body, /These mean nothing alone/);
  assert.match(list.body, /neither proof nor disproof/);
  for (const sign of ['guarded', 'tattoo', 'afraid']) {
    const sent = await at.post(`${url}?sign=${sign}`, {
      id: newId(),
      context: 'In the hall',
      explanation: 'She was cold',
    });
    assert.equal(sent.headers.location, `${url}?sign=done`);
  }
  assert.equal((await at.post(`${url}?sign=nonsense`, {})).statusCode, 404);
  const rows = await db.selectFrom('observations').select(['signId', 'ofControl']).orderBy('recordedAt').execute();
  assert.deepEqual(
    new Set(rows.filter(({ ofControl }) => ofControl).map(({ signId }) => signId)),
    new Set(['guarded', 'afraid']),
  );
  for (const page of [await at.get(`/staff/visits/${visit.id}`), await at.get(`/staff/encounters/${met.id}`)]) {
    const text = page.body.replace(/<[^>]+>/g, ' ');
    assert.doesNotMatch(text, /(3|three|several) signs|score|likely|suspected|indicators? (seen|present)|verdict/i);
  }
});

test('no page asks more of the database when there are more rows', async (t) => {
  const { signIn, officer, planned, db, premises, countQueries } = await aTeam(t);
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer);
  const met = await addMet(db, visit, officer);
  const arrest = await addArrest(db, visit, officer);
  await addSign(db, visit, officer);
  await addSeizure(db, visit, officer);
  const urls = [
    '/staff',
    '/staff/visits',
    `/staff/visits/${visit.id}`,
    `/staff/encounters/${met.id}`,
    `/staff/arrests/${arrest.id}`,
  ];
  const cost = async () => {
    const costs: number[] = [];
    for (const url of urls) {
      countQueries();
      assert.equal((await at.get(url)).statusCode, 200);
      costs.push(countQueries());
    }
    return costs;
  };
  await cost();
  const few = await cost();
  for (let more = 0; more < 30; more += 1) {
    const another = await addPlannedVisit(db, premises, { id: planned.teamId }, { starts: '11:00' });
    if (more < 10) await addVisit(db, another, officer);
    await addMet(db, visit, officer);
    await addSign(db, visit, officer, { encounterId: met.id });
    await addArrest(db, visit, officer);
    await addSeizure(db, visit, officer);
  }
  assert.deepEqual(await cost(), few);
  const list = await at.get('/staff/visits?page=2');
  assert.match(list.body, /Page <b>2<\/b> of <b>2<\/b>/);
});

test('another agency’s, nobody’s and hidden ids are one and the same 404', async (t) => {
  const one = await aTeam(t);
  const { signIn, member, agency, db, officer } = one;
  const visit = await addVisit(db, one.planned, officer);
  const met = await addMet(db, visit, officer);
  const arrest = await addArrest(db, visit, officer);
  const sign = await addSign(db, visit, officer);
  const seizure = await addSeizure(db, visit, officer);

  const elsewhere = await agency('police force', { name: 'Other Police' });
  const stranger = await member(elsewhere, ['field', 'enforcement']);
  const theirs = await addOperation(db, elsewhere, await member(elsewhere, ['planner']));
  await letIn(db, theirs, stranger, { team: await addTeam(db, theirs) });
  const colleague = await member(one.force, ['field', 'enforcement']);
  await letIn(db, one.operation, colleague, { team: await addTeam(db, one.operation, { name: 'Team 2' }) });

  const paths = (id: string, kind: string): string[] =>
    ({
      visit: [
        '',
        '/arrive',
        '/door',
        '/leave',
        '/finish',
        '/correct',
        '/search',
        '/encounters/new',
        '/arrests/new',
        '/seizures/new',
        '/signs',
      ].map((path) => `/staff/visits/${id}${path}`),
      encounter: ['', '/correct', '/name', '/name/record', '/signs'].map((path) => `/staff/encounters/${id}${path}`),
      arrest: ['', '/correct', '/status', '/close', '/screening'].map((path) => `/staff/arrests/${id}${path}`),
      sign: ['', '/correct'].map((path) => `/staff/observations/${id}${path}`),
      seizure: ['', '/correct'].map((path) => `/staff/seizures/${id}${path}`),
    })[kind] ?? [];
  const shown = ({ body }: { body: string }) => body.replaceAll(/name="_csrf" value="[^"]*"/g, '');
  const ids: [string, string][] = [
    ['visit', visit.id],
    ['encounter', met.id],
    ['arrest', arrest.id],
    ['sign', sign.id],
    ['seizure', seizure.id],
  ];
  for (const who of [stranger, colleague]) {
    const visitor = await signIn(who);
    for (const [kind, hidden] of ids) {
      const nobodys = newId();
      for (const [index, path] of paths(hidden, kind).entries()) {
        const absent = paths(nobodys, kind)[index] ?? '';
        const [there, nowhere] = [await visitor.get(path), await visitor.get(absent)];
        assert.equal(there.statusCode, 404, path);
        assert.equal(shown(there), shown(nowhere));
        if (path.endsWith(hidden)) continue;
        const [sent, into] = [
          await visitor.post(path, { ...person(), why: 'x' }),
          await visitor.post(absent, { ...person(), why: 'x' }),
        ];
        assert.deepEqual([sent.statusCode, into.statusCode], [404, 404], path);
        assert.equal(shown(sent), shown(into));
      }
    }
  }
});

test('a planner and a commander read their operation’s visits and record none', async (t) => {
  const { on, signIn, planner, member, force, operation, planned, officer, db } = await aTeam(t);
  const visit = await addVisit(db, planned, officer);
  await addArrest(db, visit, officer);
  const commander = await member(force, ['commander']);
  await letIn(db, operation, commander);
  for (const who of [planner, commander]) {
    const visitor = await signIn(who);
    const page = await visitor.get(`/staff/visits/${visit.id}`);
    assert.equal(page.statusCode, 200);
    assert.match(page.body, /Arrests/);
    assert.doesNotMatch(page.body, /Add a person met|Correct the visit/);
    assert.equal((await visitor.get(`/staff/visits/${visit.id}/arrive`)).statusCode, 403);
    assert.equal((await visitor.post(`/staff/visits/${visit.id}/door`, { answer: 'refused' })).statusCode, 403);
  }
  const analyst = await on(['analyst']);
  assert.equal((await analyst.get(`/staff/visits/${visit.id}`)).statusCode, 403);
});
