import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrival, aTeam, person } from '../../../test/fixtures/visit.ts';
import { newId } from '../../vocabulary/ids.ts';
import { addArrest, addObservation, addPersonMet, addScreening, addSearch, addSeizure, addVisit } from '../examples.ts';

test('every record is corrected with a reason, and its earlier version stays readable', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t, { time: '12:00' });
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const sign = await addObservation(db, visit, officer, { encounterId: met.id });
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
        answer: 'entered',
        answeredBy: 'the cleaner',
        present: '5',
        leftTime: '11:00',
        'leftDay-day': '18',
        'leftDay-month': '9',
        'leftDay-year': '2026',
      },
      `/staff/visits/${visit.id}`,
      /Person who answered: the manager\./,
    ],
    [
      `/staff/encounters/${met.id}/correct`,
      { ...person(), base: '1', why },
      `/staff/encounters/${met.id}`,
      /Age: adult\./,
    ],
    [
      `/staff/indicators/${sign.id}/correct`,
      { context: 'By the window', explanation: 'A friend', base: '1', why },
      `/staff/indicators/${sign.id}`,
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
      /Amount: 1,240\.50\./,
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
    const versions = page.body.slice(page.body.indexOf('Earlier versions'));
    assert.match(versions, /Replaced by Officer Olu Officer at /);
    assert.doesNotMatch(versions, /Version 1\s*<\/h3>\s*<p class="moj-timeline__byline">/, 'not as its author');
  }
});

test('a correction cannot remove from a finished visit what finishing required', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t, { time: '12:00' });
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer, {
    answer: 'spoken to outside',
    leftAt: new Date('2026-09-18T10:00:00Z'),
  });
  const met = await addPersonMet(db, visit, officer);
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
    answer: 'entered',
    answeredBy: '',
    present: '',
  });
  assert.match(timeless.body, /First record when you left/);
  assert.equal((await at.post(`/staff/visits/${visit.id}/reopen`, { why: 'The wrong person' })).statusCode, 303);
  assert.equal((await at.post(`/staff/encounters/${met.id}/correct`, seen)).statusCode, 303);
  assert.match((await at.get(`/staff/visits/${visit.id}`)).body, /Replaced because: The wrong person/);
});

test('with two corrections at once, the later one gets a warning, keeps its text, and both versions stay', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
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
  await at.post(`${url}/entry`, { power: 'planned', ground: '' });
  assert.equal((await at.post(`${url}/entry`, { power: 'planned', ground: '' })).statusCode, 303, 'pressed twice');
  const later = await at.post(`${url}/entry`, { power: 'consent', ground: 'The manager agreed' });
  assert.match(later.body, /Somebody else changed this/);
});

test('a name needs a reason, is stored sealed, and each opening is logged', async (t) => {
  const { signIn, officer, planned, db, auditTrail } = await aTeam(t);
  const at = await signIn(officer);
  const met = await addPersonMet(db, await addVisit(db, planned, officer), officer);
  const url = `/staff/encounters/${met.id}/name`;
  const why = { why: 'for a court' };
  assert.equal((await at.post(url, why)).statusCode, 404);
  assert.match(
    (await at.post(`${url}/record`, { name: 'Ilinca Moraru', reason: '', base: '1' })).body,
    /Say why the name/,
  );
  await at.post(`${url}/record`, { name: 'Ilinca Moraru', reason: 'A witness', base: '1' });
  await at.post(`${url}/record`, { name: 'Ilinca Morar', reason: 'A witness', base: '1', why: 'Misspelt' });
  const row = await db.selectFrom('encounterNames').selectAll().executeTakeFirstOrThrow();
  assert.ok(!row.sealedName.includes('Ilinca'));
  assert.doesNotMatch((await at.get(`/staff/encounters/${met.id}`)).body, /Ilinca/);
  const asked = await at.get(url);
  assert.match(asked.body, /Why do you need to read the name/);
  assert.doesNotMatch(asked.body, /Ilinca/);
  assert.equal((await at.post(url)).statusCode, 422, 'nobody reads it without saying why');
  const opened = await at.post(url, why);
  assert.match(opened.body, /Ilinca Morar\s*</);
  assert.match(opened.body, /Name: Ilinca Moraru\./, 'the earlier version too');
  const looks = await db
    .selectFrom('accessLog')
    .select(['fields', 'reason'])
    .where('event', '=', 'encounter.shown')
    .execute();
  assert.deepEqual(
    looks.flatMap(({ fields, reason }) => (fields.includes('name') ? [reason] : [])),
    ['for a court'],
  );
  assert.ok((await auditTrail()).includes('name.corrected'));
});

test('people met at once are numbered one after the other, and no arrest slips in while a visit is being finished', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t, { time: '12:00' });
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer, { leftAt: new Date('2026-09-18T10:30:00Z') });
  const url = `/staff/visits/${visit.id}`;
  await Promise.all(Array.from({ length: 6 }, () => at.post(`${url}/encounters/new`, person())));
  const met = await db.selectFrom('encounters').select('number').orderBy('number').execute();
  assert.deepEqual(
    met.map(({ number }) => number),
    [1, 2, 3, 4, 5, 6],
  );
  const arrest = {
    ...arrival([]),
    id: newId(),
    kind: 'administrative immigration',
    matter: 'immigration',
    offence: '',
    sex: 'male',
    age: 'not known',
    residence: '',
    status: 'in custody',
    custodyRef: '',
    encounterId: '',
  };
  const [finished, arrested] = await Promise.all([at.post(`${url}/finish`), at.post(`${url}/arrests/new`, arrest)]);
  assert.deepEqual(
    [finished.statusCode, arrested.statusCode].sort(),
    [303, 422],
    'one of the two, whichever came first',
  );
});

test('shows a refused departure beside the departure, and keeps what was typed', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t, { time: '12:00' });
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer);
  const early = {
    leftTime: '09:00',
    'leftDay-day': '18',
    'leftDay-month': '9',
    'leftDay-year': '2026',
  };
  const { statusCode, body } = await at.post(`/staff/visits/${visit.id}/correct`, {
    ...arrival([officer]),
    ...early,
    time: '10:00',
    answer: 'entered',
    answeredBy: 'the cleaner',
    present: '5',
    base: '1',
    why: 'Typed wrongly',
  });
  assert.equal(statusCode, 422);
  assert.match(body, /id="leftTime-error"[\s\S]{0,200}This is before you arrived/);
  assert.doesNotMatch(body, /id="time-error"/);
  assert.match(body, /value="the cleaner"/);
});

test('refuses a search where nobody entered, and a correction that would leave one', async (t) => {
  const { signIn, officer, adviser, planned, db } = await aTeam(t, { time: '12:00' });
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  await at.post(`${url}/arrive`, { ...arrival([officer, adviser]), answer: 'refused entry' });
  const search = { searched: 'yes', rooms: 'The kitchen', forceUsed: '', damage: '', noticeLeft: 'no', base: '1' };
  const refused = await at.post(`${url}/search`, search);
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /Nobody entered at this visit, so the premises were not searched/);
  assert.match(refused.body, />The kitchen</, 'keeps what was typed');
  assert.deepEqual(await db.selectFrom('searches').select('id').execute(), []);
  const visit = await db.selectFrom('visits').selectAll().executeTakeFirstOrThrow();
  const row = { ...visit, id: planned.id, recordedBy: officer.id } as Parameters<typeof addSearch>[1];
  await assert.rejects(addSearch(db, row, officer), /only where somebody entered/, 'not even by SQL');
  assert.equal((await at.post(`${url}/search`, { ...search, searched: 'no', rooms: '' })).statusCode, 303);

  const corrected = { ...arrival([officer]), why: 'Read again', leftTime: '', power: 'planned' };
  const baseOf = async () => /name="base" value="(\d+)"/.exec((await at.get(`${url}/correct`)).body)?.[1];
  assert.equal((await at.post(`${url}/correct`, { ...corrected, base: await baseOf() })).statusCode, 303);
  const again = {
    ...search,
    why: 'Searched after all',
    base: /name="base" value="(\d+)"/.exec((await at.get(`${url}/search`)).body)?.[1],
  };
  assert.equal((await at.post(`${url}/search`, again)).statusCode, 303);
  const nobody = { ...corrected, answer: 'refused entry', power: 'none', base: await baseOf() };
  const contradicts = await at.post(`${url}/correct`, nobody);
  assert.equal(contradicts.statusCode, 422);
  assert.match(contradicts.body, /The search record says that the premises were searched/);
  const helper = await signIn(adviser);
  const theirs = await helper.post(`${url}/correct`, { ...nobody, attendees: [officer.id] });
  assert.equal(theirs.statusCode, 303, 'a helper is not told that there is a search record');
});

test('refuses an arrival or a correction on a day that the plan does not know, and keeps what was typed', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const refused = /The plan says 18 September 2026\. Check the date\. If the visit was moved, change the plan first\./;
  const march = { ...arrival([officer]), 'day-month': '3', answeredBy: 'the cook' };
  const wrong = await at.post(`${url}/arrive`, march);
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, refused);
  assert.match(wrong.body, /name="day-month"[^>]*value="3"/);
  assert.match(wrong.body, /value="the cook"/);
  const dayBefore = { ...march, 'day-month': '9', 'day-day': '17' };
  const asked = await at.post(`${url}/arrive`, dayBefore);
  assert.match(asked.body, /at 10:30 on 17 September 2026, and the plan says 10:00 on 18 September 2026/);
  assert.equal((await at.post(`${url}/arrive`, { ...dayBefore, confirmed: 'yes' })).statusCode, 303);
  const left = { leftTime: '', 'leftDay-day': '', 'leftDay-month': '', 'leftDay-year': '' };
  const correct = (day: string) =>
    at.post(`${url}/correct`, {
      ...{ ...march, ...left, base: '1', why: 'Typed wrong' },
      ...{ 'day-month': '9', 'day-day': day, answer: 'refused entry', power: 'none' },
    });
  const corrected = await correct('16');
  assert.equal(corrected.statusCode, 422);
  assert.match(corrected.body, refused);
  assert.match(corrected.body, /value="Typed wrong"/);
  assert.equal((await correct('18')).statusCode, 303);
  const { arrivedAt } = await db.selectFrom('visits').selectAll().executeTakeFirstOrThrow();
  assert.equal(arrivedAt.toISOString().slice(0, 10), '2026-09-18');
});
