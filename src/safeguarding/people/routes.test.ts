import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { shows } from '../../../test/harness/browsing.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam, letIn } from '../../operations/plan/examples.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addNote } from '../referrals/examples.ts';
import { addPerson } from './examples.ts';

const home = '/staff/safeguarding/people';

/** A council with a caseworker and a lead, and another support agency. */
async function aCouncil(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '10:47' });
  const { agency, member } = application;
  const council = await agency('council', { name: 'Lea Council' });
  const caseworker = await member(council, ['partner caseworker'], 'Cas Worker');
  const others = await agency('voluntary', { name: 'Open Door' });
  const elsewhere = await member(others, ['partner caseworker'], 'Els Where');
  return { ...application, council, caseworker, others, elsewhere };
}

const answers = (more: Record<string, unknown> = {}) => ({
  step: 'save',
  id: newTimelessId(),
  called: 'Xhafer',
  others: 'Jafer Krasniqi\r\nThe Baker',
  yearOfBirth: '1999',
  age: 'adult',
  ageBasis: 'a document was seen',
  language: 'Albanian',
  interpreter: 'needed',
  interpreterGender: 'a man',
  aids: 'large print',
  contactWay: 'a call',
  contactAt: '07700 900123',
  contactWhen: 'Before noon',
  contactNever: 'No <voice> message',
  origin: 'walked in',
  cameBy: '',
  ...more,
});

test('search, then open with what was typed: nothing is typed twice, and the record is sealed', async (t) => {
  const { signIn, caseworker, safeguardingDb } = await aCouncil(t);
  const at = await signIn(caseworker);
  await shows(at, home, /Person search/);
  const none = await at.post(home, { name: 'Xhafer Krasniqi', year: '1999', from: '' });
  assert.match(none.body, /Nobody is found here that you may see/);
  assert.match(none.body, /name="called" value="Xhafer Krasniqi"/);
  const form = await at.post(`${home}/new`, {
    step: 'begin',
    called: 'Xhafer Krasniqi',
    yearOfBirth: '1999',
    from: '',
  });
  assert.equal(form.statusCode, 200);
  assert.match(form.body, /name="called"[^>]* value="Xhafer Krasniqi"/);
  assert.match(form.body, /name="yearOfBirth"[^>]* value="1999"/);
  const once = answers();
  for (let times = 0; times < 2; times += 1)
    assert.equal((await at.post(`${home}/new`, once)).headers.location, `${home}/${once.id}`);

  const rows = await safeguardingDb.selectFrom('persons').selectAll().execute();
  assert.equal(rows.length, 1, 'a form sent twice opens one record');
  assert.equal(rows[0]?.openedAt.toISOString(), '2026-09-18T09:00:00.000Z', 'the hour, no minute');
  const marks = await safeguardingDb.selectFrom('nameDigests').selectAll().execute();
  // Ids, keys and marks are random, so a searched number can occur in them by chance.
  const lying = rows
    .flatMap((row) => Object.entries(row))
    .filter(([column]) => !/^id$|Id$|^wrappedKey$/.test(column))
    .map(([, value]) => (Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value)))
    .join();
  for (const [column, value] of Object.entries(rows[0] ?? {}))
    if (/^id$|Id$/.test(column)) assert.match(String(value), /^[\da-f-]{36}$|^null$/, `${column} is an id alone`);
  for (const word of ['Xhafer', 'Krasniqi', 'Baker', '1999', '900123', 'voice', 'Albanian', 'adult'])
    assert.ok(!lying.includes(word), `${word} lies open`);
  const numbers = marks.flatMap((one) => [...one.marks, one.born]);
  assert.ok(numbers.length > 20 && numbers.every((one) => typeof one === 'number'), 'marks are numbers alone');
  assert.ok(!numbers.includes(1999) && !numbers.includes(900123), 'and none of what was typed');

  const page = await at.get(`${home}/${once.id}`);
  assert.match(page.body, /Jafer Krasniqi and The Baker/);
  assert.match(page.body, /No &lt;voice&gt; message/);
  assert.match(
    page.body,
    /Do not ask anybody who came with the person to interpret\. Let the interpreter and the person leave at different times/,
  );
  assert.doesNotMatch(page.body, /Treat as a child/);
});

test('searches for a new name before saving it', async (t) => {
  const { signIn, caseworker, safeguardingDb, keys, clock } = await aCouncil(t);
  const known = await addPerson(safeguardingDb, keys, caseworker, clock.now());
  const at = await signIn(caseworker);
  const once = answers({ called: 'Olga Kovalenco', yearOfBirth: '1998', checked: 'Xhafer, ' });
  const asked = await at.post(`${home}/new`, once);
  assert.equal(asked.statusCode, 422);
  assert.match(asked.body, /People with such a name are here already/);
  assert.match(asked.body, new RegExp(`${home}/${known.id}`));
  assert.match(asked.body, /name="contactAt"[^>]* value="07700 900123"/, 'what was typed stands in the form');
  const checked = /name="checked" value="([^"]*)"/.exec(asked.body)?.[1];
  assert.equal((await at.post(`${home}/new`, { ...once, checked })).statusCode, 303);
});

test('finds a person by slips, other spellings, order, scripts and names', async (t) => {
  const { signIn, caseworker, safeguardingDb: db, keys, clock } = await aCouncil(t);
  const add = (called: string, others: string[] = [], yearOfBirth: number | null = 1990) =>
    addPerson(db, keys, caseworker, clock.now(), { called, others, yearOfBirth });
  await add('Mohammed Al-Masri');
  await add('Nguyễn Thị Lan');
  await add('Ольга Коваленко', ['Lala']);
  await add('Xhafer Krasniqi');
  await add('Li Xiaoming');
  await add('Ana', [], 2001);
  const at = await signIn(caseworker);
  const cases: [typed: Record<string, string>, finds: string][] = [
    [{ name: 'Muhamad Masri' }, 'Mohammed Al-Masri'],
    [{ name: 'Mohamed el Masry' }, 'Mohammed Al-Masri'],
    [{ name: 'محمد المصري' }, 'Mohammed Al-Masri'],
    [{ name: 'nguyen thi lan' }, 'Nguyễn Thị Lan'],
    [{ name: 'Lan Ngyuen' }, 'Nguyễn Thị Lan'],
    [{ name: 'Olga Kovalenko' }, 'Ольга Коваленко'],
    [{ name: 'Kovalenco Olha' }, 'Ольга Коваленко'],
    [{ name: 'lala' }, 'Ольга Коваленко'],
    [{ name: 'Jafer Krasnici' }, 'Xhafer Krasniqi'],
    [{ name: 'Li Xiao Ming' }, 'Li Xiaoming'],
    [{ name: '', year: '2001' }, 'Ana'],
    [{ name: 'Anna', year: '2002' }, 'Ana'],
  ];
  for (const [typed, finds] of cases) {
    const { body } = await at.post(home, typed);
    const first = /<a class="govuk-link" href="[^"]*people\/[0-9a-f-]{36}">([^<]*)</.exec(body)?.[1];
    assert.equal(first, finds, JSON.stringify(typed));
  }
  for (const typed of [{ name: 'Zbigniew Wróblewski' }, { name: 'Mohammed', year: '1950' }, { name: '', year: '1940' }])
    assert.match((await at.post(home, typed)).body, /Nobody is found here/, JSON.stringify(typed));
  const empty = await at.post(home, { name: ' ', year: '' });
  assert.equal(empty.statusCode, 422);
  assert.match(empty.body, /Type a name or a year of birth/);
});

test('search and address give the same answer for hidden people as for unknown ones', async (t) => {
  const { signIn, caseworker, elsewhere, safeguardingDb, keys, clock } = await aCouncil(t);
  const person = await addPerson(safeguardingDb, keys, caseworker, clock.now());
  const outside = await signIn(elsewhere);
  const bare = (body: string, name: string) =>
    body.replaceAll(name, '').replace(/name="(_csrf|id)" value="[^"]*"/g, '');
  const hidden = await outside.post(home, { name: 'Olga Kovalenko', year: '1998' });
  const absent = await outside.post(home, { name: 'Rosa Absentova', year: '1998' });
  assert.equal(hidden.statusCode, absent.statusCode);
  assert.equal(bare(hidden.body, 'Olga Kovalenko'), bare(absent.body, 'Rosa Absentova'));
  for (const path of ['', '/correct']) {
    const [seen, never] = [
      await outside.get(`${home}/${person.id}${path}`),
      await outside.get(`${home}/${newTimelessId()}${path}`),
    ];
    assert.equal(seen.statusCode, 404);
    assert.equal(bare(seen.body, person.id), bare(never.body, person.id));
  }
  const posted = await outside.post(
    `${home}/${person.id}/correct`,
    answers({ base: '1', why: 'written down wrongly' }),
  );
  assert.equal(posted.statusCode, 404);
});

test('logs exactly the people shown, before the answer is sent', async (t) => {
  const { signIn, caseworker, elsewhere, safeguardingDb, keys, clock } = await aCouncil(t);
  const shown = await addPerson(safeguardingDb, keys, caseworker, clock.now());
  await addPerson(safeguardingDb, keys, elsewhere, clock.now());
  const at = await signIn(caseworker);
  await at.post(home, { name: 'Olga Kovalenko' });
  await at.get(`${home}/${shown.id}`);
  const rows = await safeguardingDb
    .selectFrom('accessLog')
    .select(['event', 'subject', 'returned', 'fields', 'at', 'ownerId'])
    .where('event', 'like', 'pe%')
    .orderBy('id')
    .execute();
  assert.deepEqual(
    rows.map(({ event, subject, returned, ownerId }) => [event, subject, returned, ownerId]),
    [
      ['people.searched', null, [shown.id], caseworker.agencyId],
      ['person.shown', shown.id, [], caseworker.agencyId],
    ],
  );
  const said = JSON.stringify(rows);
  assert.doesNotMatch(said, /Olga|Kovalenko/, 'ids and names of fields, never what was typed');
  assert.doesNotMatch(said.replaceAll(/[0-9a-f-]{36}/g, ''), /1998/, 'ids may hold the same digits');
});

test('shows nobody if the read cannot be logged', async (t) => {
  const { signIn, caseworker, safeguardingDb, keys, clock } = await aCouncil(t);
  await addPerson(safeguardingDb, keys, caseworker, clock.now());
  const at = await signIn(caseworker);
  await at.get(home);
  await safeguardingDb.schema.alterTable('accessLog').renameTo('accessLogGone').execute();
  const answer = await at.post(home, { name: 'Olga Kovalenko' });
  assert.equal(answer.statusCode, 503);
  assert.doesNotMatch(answer.body, /Коваленко/);
});

test('opened from a note: the form is prefilled from the visit, and leads of support in that operation see the record', async (t) => {
  const { signIn, agency, member, db, safeguardingDb, keys, clock, elsewhere } = await aCouncil(t);
  const force = await agency('police force');
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const nurse = await member(await agency('health'), ['field'], 'Nia Nurse');
  await letIn(db, operation, nurse, { team });
  const lead = await member(await agency('sexual violence advisers'), ['safeguarding lead'], 'Lee Lead');
  await letIn(db, operation, lead);
  const visit = await addVisit(db, await addPlannedVisit(db, await addPremises(db, operation), team), nurse);
  const met = await addPersonMet(db, visit, nurse, { language: 'Romanian', interpreter: 'by phone', age: 'not known' });
  const metAt = { encounterId: met.id, visitId: visit.id, operationId: operation.id, at: clock.now() };
  const note = await addNote(safeguardingDb, keys, metAt, nurse, { age: 'under 18' });

  const at = await signIn(nurse);
  await shows(at, `/staff/safeguarding/notes/${note.id}`, new RegExp(`${home}\\?from=note:${note.id}`));
  const from = `note:${note.id}`;
  const byLead = await (await signIn(lead)).post(`${home}/new`, {
    step: 'begin',
    called: 'Ana',
    yearOfBirth: '',
    from,
  });
  assert.match(byLead.body, /value="under 18" checked/, 'a lead who may not see the visit gets the age of the note');
  const form = await at.post(`${home}/new`, { step: 'begin', called: 'Ana', yearOfBirth: '', from });
  assert.match(form.body, /name="language"[^>]* value="Romanian"/);
  assert.match(form.body, /value="needed" checked/);
  assert.match(form.body, /value="not known" checked/);
  assert.match(form.body, /Met in Watford on 18 September 2026/);
  const once = answers({
    from,
    age: 'not known',
    ageBasis: 'how the person looks, and nothing else',
    yearOfBirth: '',
    origin: undefined,
  });
  assert.equal((await at.post(`${home}/new`, once)).statusCode, 303);
  const row = await safeguardingDb.selectFrom('persons').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([row.origin, row.originId, row.operationId], ['met at visit', met.id, operation.id]);

  await shows(at, `${home}?from=${from}`, new RegExp(`${home}/${once.id}`), 'it is led to what is open');
  const page = await (await signIn(lead)).get(`${home}/${once.id}`);
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /Treat the person as a child until their age is assessed/);
  assert.doesNotMatch(page.body, /\/correct"/, 'who reads it for the operation does not change it');
  const foreign = await signIn(elsewhere);
  for (const path of ['', '/new'])
    assert.equal(
      (await foreign.get(`${home}${path}?from=${from}`)).statusCode,
      404,
      'of a note that is hidden nothing begins',
    );
  assert.equal((await foreign.get(`${home}/${once.id}`)).statusCode, 404);
  assert.equal(
    (await foreign.post(`${home}/new`, answers({ from }))).statusCode,
    404,
    'nor is a record opened of a note that she may not see',
  );
});

test('its agency corrects a record, which is found by its new name and keeps earlier versions readable', async (t) => {
  const { signIn, caseworker, member, council, safeguardingDb, keys, clock } = await aCouncil(t);
  const person = await addPerson(safeguardingDb, keys, caseworker, clock.now());
  const at = await signIn(await member(council, ['safeguarding lead'], 'Lee Lead'));
  const url = `${home}/${person.id}/correct`;
  await shows(at, url, /name="called"[^>]* value="Olga"/);
  const correction = answers({ called: 'Oksana Petrenko', others: '', base: '1', why: 'the person said more' });
  assert.equal((await at.post(url, correction)).statusCode, 303);
  assert.equal((await at.post(url, correction)).statusCode, 422, 'the version that it was written on is gone');
  const page = await at.get(`${home}/${person.id}/history`);
  assert.match(page.body, /Called: Olga\./);
  assert.match(page.body, /Changed to: Oksana Petrenko/);
  assert.match((await at.post(home, { name: 'Oxana Petrenko' })).body, new RegExp(person.id));
  assert.match((await at.post(home, { name: 'Olga Kovalenko' })).body, /Nobody is found here/);
  const kept = await safeguardingDb.selectFrom('personsVersions').selectAll().execute();
  assert.doesNotMatch(JSON.stringify(kept), /Olga|Ukrainian|900461/, 'the earlier version lies under seal too');
});

test('contradictions come back with what was typed, all errors at once', async (t) => {
  const { signIn, caseworker, safeguardingDb } = await aCouncil(t);
  const at = await signIn(caseworker);
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ ageBasis: 'how the person looks, and nothing else' }, /Looks alone are no evidence that a person is an adult/],
    [{ ageBasis: '' }, /Select the evidence of age, or “Not known” as the age/],
    [{ yearOfBirth: '2010' }, /The year of birth says the person is under 18/],
    [{ contactAt: '' }, /Enter the number, address or contact person/],
    [{ contactWay: 'no way is safe' }, /You selected “no way is safe”/],
    [{ language: '' }, /Enter the language that the interpreter speaks/],
    [{ origin: undefined }, /Select how you know the person/],
    [{ called: '  ' }, /Enter the name the person wants to be called/],
  ];
  for (const [more, says] of cases) {
    const answer = await at.post(`${home}/new`, answers({ cameBy: 'Kept in the form', ...more }));
    assert.equal(answer.statusCode, 422);
    assert.match(answer.body, says);
    assert.match(answer.body, /Kept in the form/);
  }
  const both = await at.post(`${home}/new`, answers({ language: '', contactAt: '' }));
  assert.match(both.body, /Enter the language that the interpreter speaks/);
  assert.match(both.body, /Enter the number, address or contact person/);
  assert.equal((await safeguardingDb.selectFrom('persons').select('id').execute()).length, 0);
});

test('an age that is not known needs no evidence, and “adult” from a visit alone is treated as a child', async (t) => {
  const { signIn, caseworker } = await aCouncil(t);
  const at = await signIn(caseworker);
  const open = async (more: Record<string, unknown>): Promise<string> => {
    const { headers, statusCode, body } = await at.post(`${home}/new`, answers({ yearOfBirth: '', ...more }));
    assert.equal(statusCode, 303, body);
    return (await at.get(String(headers.location))).body;
  };
  assert.match(
    await open({ called: 'Arben', age: 'not known', ageBasis: '' }),
    /None yet[\s\S]*Treat as a child|Treat as a child[\s\S]*None yet/,
  );
  const adult = await open({ called: 'Besnik', age: 'adult', ageBasis: 'recorded at visit' });
  assert.match(adult, /As recorded at the visit; not confirmed/);
  assert.match(adult, /Recorded as an adult, not confirmed: treat as a child/);
});
