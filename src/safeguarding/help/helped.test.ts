import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { agrees, aWalkIn, consentTo } from '../../../test/fixtures/walk-in.ts';
import { reads, shows, showsNo } from '../../../test/harness/browsing.ts';
import { addReport } from '../../reports/examples.ts';
import { splitIntakeAnswers } from '../../reports/staff-intake/staff-intake.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPerson } from '../people/examples.ts';
import { addNote } from '../referrals/examples.ts';
import { helpTypes } from './help.ts';

const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const home = '/staff/safeguarding/people';

test('needs and offers keep hour and author, sealed under the person’s key, and are written once if sent twice', async (t) => {
  const { signIn, caseworker, colleague, person, safeguardingDb } = await aWalkIn(t);
  const at = await signIn(caseworker);
  const needs = { id: newTimelessId(), needs: ['shelter', 'papers'], words: 'A door that locks' };
  for (let times = 0; times < 2; times += 1)
    assert.equal((await at.post(`${home}/${person.id}/needs`, needs)).headers.location, `${home}/${person.id}/help`);
  const offer = (help: string, answer: string, words = '') => ({ id: newTimelessId(), help, answer, words });
  const other = await signIn(colleague);
  await at.post(`${home}/${person.id}/offer`, offer('the National Referral Mechanism', 'declined'));
  await other.post(`${home}/${person.id}/offer`, offer('health', 'accepted', 'On Monday with Nia'));

  const rows = await safeguardingDb.selectFrom('contactNotes').selectAll().orderBy('number').execute();
  assert.deepEqual(
    rows.map(({ number, authorId, at: when }) => [number, authorId, (when as Date).toISOString()]),
    [
      [1, caseworker.id, '2026-09-18T09:00:00.000Z'],
      [2, caseworker.id, '2026-09-18T09:00:00.000Z'],
      [3, colleague.id, '2026-09-18T09:00:00.000Z'],
    ],
  );
  const lying = JSON.stringify(
    rows.map((row) => ({ ...row, sealedNote: (row.sealedNote as Buffer).toString('latin1') })),
  );
  for (const word of ['shelter', 'locks', 'Referral', 'declined', 'health', 'Nia'])
    assert.ok(!lying.includes(word), `${word} lies open`);
  assert.equal(new Set(rows.map((row) => (row.sealedNote as Buffer).length)).size, 1, 'nor does a length tell');

  const page = plain((await at.get(`${home}/${person.id}/help`)).body);
  assert.match(page, /Needs shelter and papers/);
  assert.match(page, /A door that locks/);
  assert.match(
    page,
    /Health: the person said yes by Officer Col League in the hour after 10:00 on .*On Monday with Nia/,
  );
  assert.match(page, /The National Referral Mechanism: the person said no by Officer Cas Worker/);
  assert.match(page, /Help does not depend on speaking to police, or on immigration status/);
  const record = plain((await at.get(`${home}/${person.id}`)).body);
  assert.match(
    record,
    /Timeline[\s\S]*Health: the person said yes[\s\S]*The National Referral Mechanism: the person said no[\s\S]*Needs: shelter and papers/,
  );
});

test('the page shows all offers at any age; for a child it says that children’s services are told', async (t) => {
  const { signIn, caseworker, person } = await aWalkIn(t);
  const at = await signIn(caseworker);
  const body = (await at.get(`${home}/${person.id}/help`)).body;
  const headings = [...body.matchAll(/<h3 class="govuk-heading-s">([^<]+)<\/h3>/g)].map(([, text]) =>
    text?.toLowerCase(),
  );
  assert.deepEqual(
    headings.map((text) => text?.replaceAll('&#39;', "'")),
    helpTypes.map((help) => help.toLowerCase()),
  );
  assert.doesNotMatch(body, /the person is treated as a child/);
  await at.post(`${home}/${person.id}/correct`, {
    ...{ called: 'Olga', others: '', yearOfBirth: '', age: 'not known', ageBasis: 'the person says so' },
    ...{ language: 'Ukrainian', interpreter: 'needed', interpreterGender: 'a woman', contactWay: 'in person alone' },
    ...{ base: '1', why: 'the person said more' },
  });
  await shows(at, `${home}/${person.id}/help`, /Notify them: the person is treated as a child/);
});

test('contradictions come back with what was typed, and nothing is saved', async (t) => {
  const { signIn, caseworker, person, safeguardingDb } = await aWalkIn(t);
  const at = await signIn(caseworker);
  const id = newTimelessId();
  const cases: [string, Record<string, unknown>, RegExp][] = [
    ['needs', { id, needs: ['nothing now', 'money'], words: 'x' }, /Select either needs or “nothing now”/],
    ['needs', { id: 'no', needs: [] }, /Open the form again/],
    ['offer', { id, help: 'nothing now', answer: 'declined' }, /For “nothing now”/],
    ['offer', { id, help: '', answer: 'accepted' }, /Select the kind of help/],
    ['offer', { id, help: 'health' }, /Select the answer of the person/],
  ];
  for (const [path, typed, says] of cases) {
    const answer = await at.post(`${home}/${person.id}/${path}`, typed);
    assert.equal(answer.statusCode, 422, path);
    assert.match(answer.body, says);
  }
  assert.deepEqual(await safeguardingDb.selectFrom('contactNotes').selectAll().execute(), []);
});

test('no other agency reads or writes it, police are refused, and the id of another’s act is refused', async (t) => {
  const { signIn, caseworker, elsewhere, officer, person, safeguardingDb } = await aWalkIn(t);
  const at = await signIn(caseworker);
  const act = { id: newTimelessId(), needs: ['money'], words: '' };
  await at.post(`${home}/${person.id}/needs`, act);
  const before = await safeguardingDb.selectFrom('contactNotes').selectAll().execute();
  const paths = ['help', 'needs', 'offer'];
  for (const [who, statuses] of [
    [elsewhere, [404]],
    [officer, [403]],
  ] as const) {
    const visitor = await signIn(who);
    for (const path of paths) {
      assert.ok(statuses.includes((await visitor.get(`${home}/${person.id}/${path}`)).statusCode as never), path);
      if (path === 'help') continue;
      const sent = await visitor.post(`${home}/${person.id}/${path}`, { ...act, help: 'health', answer: 'accepted' });
      assert.ok(statuses.includes(sent.statusCode as never), path);
    }
  }
  const own = await signIn(elsewhere);
  const opened = { step: 'save', id: newTimelessId(), called: 'Anna', age: 'adult', ageBasis: 'a document was seen' };
  const rest = { interpreter: 'not needed', interpreterGender: 'not asked yet', contactWay: 'in person alone' };
  assert.equal(
    (await own.post(`${home}/new`, { ...opened, ...rest, origin: 'walked in', checked: 'Anna, ' })).statusCode,
    303,
  );
  assert.equal((await own.post(`${home}/${opened.id}/needs`, act)).statusCode, 404, 'the id is another’s');
  assert.deepEqual(await safeguardingDb.selectFrom('contactNotes').selectAll().execute(), before);
});

test('a person who walked in consents and is referred with known data, and the accepting nurse opens their own record', async (t) => {
  const application = await aWalkIn(t);
  const { signIn, caseworker, colleague, nurse, elsewhere, person, nurses, safeguardingDb } = application;
  const at = await signIn(caseworker);
  const consent = await agrees(at, person.id, consentTo(nurses.id));
  const account = await at.get(`/staff/safeguarding/people/${person.id}/consents`);
  const next = /href="([^"]+\/refer\?consent=[^"]+)"/.exec(account.body)?.[1] ?? '';
  const form = await at.get(next);
  assert.match(plain(form.body), /Refer to Lea Nurses/);
  assert.match(form.body, /Speaks Ukrainian\. An interpreter is needed, a woman/, 'what is known stands in the form');
  for (const name of ['to', 'purpose', 'days', 'reach', 'reasons', 'also'])
    assert.doesNotMatch(form.body, new RegExp(`name="${name}"`), `${name} is known`);
  const url = next.replace(/\?.*/, '');
  const sent = {
    id: newTimelessId(),
    agreed: `consent:${consent}`,
    short: 'yes',
    needs: ['shelter'],
    words: 'A room from Monday',
    answer: 'by the next working day',
  };
  const preview = plain((await at.post(url, { ...sent, step: 'preview' })).body);
  const reach = 'A text message: 07700 900461. When: On weekdays before noon. Never: No calls, no voice messages.';
  assert.ok(preview.includes(reach));
  const led = String((await at.post(url, { ...sent, step: 'send' })).headers.location);
  assert.match(led, /^\/staff\/safeguarding\/referrals\/[0-9a-f-]{36}\?done=sent$/);
  await reads(at, led, /The referral is sent\. .*If it cannot wait, telephone them too/);
  const row = await safeguardingDb.selectFrom('referrals').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([row.noteId, row.personId, row.operationId], [null, person.id, null]);
  assert.match(plain((await (await signIn(colleague)).get(`${home}/${person.id}`)).body), /Lea Nurses shelter sent/);

  const asked = await signIn(nurse);
  const shown = plain((await asked.get(`/staff/safeguarding/referrals/${sent.id}`)).body);
  const rows = (text: string) => /From Lea Council .*? How to reach the person safely .*?\.\s/.exec(text)?.[0];
  assert.equal(rows(shown), rows(preview), 'the preview is the page, word for word');
  for (const word of ['Olga', 'Коваленко', '1998']) assert.ok(!shown.includes(word), `${word} was not agreed`);
  assert.equal((await asked.get(`${home}/${person.id}`)).statusCode, 404, 'the record stays whose it is');
  assert.equal((await asked.get(`/staff/safeguarding/people/${person.id}/consents`)).statusCode, 404);
  assert.equal((await (await signIn(elsewhere)).get(`/staff/safeguarding/referrals/${sent.id}`)).statusCode, 404);

  const from = `?from=referral:${sent.id}`;
  assert.equal((await asked.get(`${home}/new${from}`)).statusCode, 404, 'not before it is taken on');
  await asked.post(`/staff/safeguarding/referrals/${sent.id}/decide`, {
    decision: 'accepted',
    reason: 'A room today at 18:00',
  });
  await shows(asked, `/staff/safeguarding/referrals/${sent.id}`, /Open a record of this person/);
  const begun = await asked.get(`${home}/new${from}`);
  assert.match(plain(begun.body), /You were asked to help on 18 September 2026, and took it on/);
  assert.match(begun.body, /900461/, 'the safe way that the request shows is not asked again');
  const own = { step: 'save', id: newTimelessId(), called: 'Olya', age: 'adult', ageBasis: 'the person says so' };
  const rest = { interpreter: 'not known', interpreterGender: 'not asked yet', contactWay: 'in person alone' };
  const opened = await asked.post(`${home}/new`, { ...own, ...rest, from: `referral:${sent.id}`, checked: 'Olya, ' });
  assert.equal(opened.headers.location, `${home}/${own.id}`);
  const record = await asked.get(`${home}/${own.id}`);
  assert.match(record.body, new RegExp(`/staff/safeguarding/referrals/${sent.id}`));

  await at.post(`/staff/safeguarding/consents/${consent}/withdraw`, { how: 'the person themself' });
  assert.equal((await asked.get(`/staff/safeguarding/referrals/${sent.id}`)).statusCode, 404);
  const after = await asked.get(`${home}/${own.id}`);
  assert.doesNotMatch(after.body, new RegExp(`/staff/safeguarding/referrals/${sent.id}`), 'no link that leads nowhere');
  assert.match(plain(after.body), /Referral that this record was opened from Withdrawn The person withdrew consent/);
  const ended = await asked.get('/staff/safeguarding/ended-grants');
  assert.match(plain(ended.body), /A referral from Lea Council, of 18 September 2026 Withdrawn/);
  const [, notice = ''] = /href="(\/staff\/safeguarding\/ended-grants\/[^"]+)"/.exec(ended.body) ?? [];
  const request = await asked.get(notice);
  assert.match(plain(request.body), /A referral: withdrawn.*must stop using the information.*was opened from it: Olya/);
  assert.match(request.body, new RegExp(`href="${home}/${own.id}"`));
  assert.equal((await asked.post(notice)).statusCode, 303);
  await reads(asked, notice, /has confirmed it.*was opened from it: Olya/);
  await showsNo(asked, notice, /We know, and have stopped/);
  await showsNo(at, `${home}/${person.id}`, /Referral that this record was opened from/, 'not on the record asked of');
});

test('consent is asked for available agencies, in the language of the record, for the selected help', async (t) => {
  const { signIn, caseworker, person, council, nurses, agency, member } = await aWalkIn(t);
  const desk = await agency('coordinator', { name: 'The Desk' });
  await member(desk, ['coordinator']);
  const force = await agency('police force');
  const outside = await agency('voluntary', { name: 'On Paper' });
  const at = await signIn(caseworker);
  const card = (await at.get(`${home}/${person.id}/help`)).body;
  const hrefs = [...card.matchAll(/href="([^"]*consents\/ask[^"]*)"/g)].map(([, href]) =>
    String(href).replaceAll('&amp;', '&'),
  );
  assert.equal(new Set(hrefs).size, 5, 'each by what it is for');
  const shelter = hrefs.find((href) => href.includes('safe+place')) ?? '';
  const form = (await at.get(shelter)).body;
  assert.match(form, /<option value="safe place" selected>/);
  const offered = [...form.matchAll(/name="to" type="radio" value="([^"]+)"/g)].map(([, id]) => id);
  assert.ok(offered.includes(nurses.id) && offered.includes(outside.id));
  for (const none of [desk, force, council]) assert.ok(!offered.includes(none.id), `${none.name} is offered`);

  const url = `/staff/safeguarding/people/${person.id}/consents/ask`;
  const question = {
    id: newTimelessId(),
    act: 'refer',
    to: nurses.id,
    purpose: 'safe place',
    items: ['when we met', 'help needed', 'essential information'],
    days: '28',
    shown: 'other',
  };
  assert.match((await at.post(url, { ...question, to: council.id, step: 'show' })).body, /agency of the list/);
  const shown = (await at.post(url, { ...question, step: 'show' })).body;
  assert.match(shown, /<option value="uk" selected>/, 'as the record says');
  assert.match(shown, /The record says: Ukrainian; an interpreter is needed/);
  for (const name of ['Bengali', 'Cantonese', 'Sorani']) assert.match(shown, new RegExp(`>${name}`));
  const digest = /name="digest" value="([^"]+)"/.exec(shown)?.[1];
  const answer = { ...question, step: 'save', answer: 'yes', digest, how: 'the person themself', interpreter: 'I 7' };
  const through = 'remote interpreter';
  for (const [language, interpreted, says] of [
    ['', through, /Select the language/],
    ['en', 'nobody was needed', /needs an interpreter/],
    ['en', 'shared language', /needs an interpreter/],
    ['en', through, /needs an interpreter/],
    ['uk', 'nobody was needed', /select English above/],
    ['other', through, /Enter the language of the explanation/],
  ] as const) {
    const refused = await at.post(url, { ...answer, language, interpreted });
    assert.equal(refused.statusCode, 422, `${language}, ${interpreted}`);
    assert.match(refused.body, says);
  }
  const kept = await at.post(url, { ...answer, language: 'other', otherLanguage: 'Rusyn', interpreted: through });
  assert.equal(kept.statusCode, 303, kept.body);
  await reads(at, url.replace('/ask', ''), /in Rusyn; interpreting: an interpreter by telephone/);
  const next = (await at.post(url, { ...question, id: newTimelessId(), step: 'show' })).body;
  assert.match(next, /name="interpreter"[^>]* value="I 7"/, 'within the hour nobody types it twice');
});

test('where no agency can be asked, the page says so and what to do', async (t) => {
  const application = await openApplication(t, { today: '2026-09-18', time: '10:47' });
  const council = await application.agency('council');
  const worker = await application.member(council, ['partner caseworker']);
  const person = await addPerson(application.safeguardingDb, application.keys, worker, application.clock.now());
  const at = await application.signIn(worker);
  const url = `/staff/safeguarding/people/${person.id}/consents/ask?act=`;
  const { body } = await at.get(`${url}refer`);
  assert.match(body, /No other support agency receives referrals here/);
  assert.doesNotMatch(body, /Show the words/);
  await shows(at, `${url}examine`, /Show the words/, 'one’s own may examine');
});

test('an adult with a record is not referred without consent; danger is asked for by name as a ground of its own', async (t) => {
  const { signIn, caseworker, person, nurses, safeguardingDb } = await aWalkIn(t);
  const at = await signIn(caseworker);
  const url = `/staff/safeguarding/people/${person.id}/refer`;
  const asked = {
    id: newTimelessId(),
    to: nurses.id,
    needs: ['health'],
    words: 'Bleeds',
    step: 'send',
    agreed: 'not agreed',
  };
  assert.equal((await at.post(url, asked)).statusCode, 422);
  const once = { ...asked, agreed: 'vital interests', reasons: 'May bleed to death', atOnce: 'yes' };
  const refused = await at.post(url, { ...once, cannotWait: 'She bleeds, and nobody else is here' });
  assert.match(refused.body, /Ask your safeguarding lead or data-protection lead to share it now/);
  assert.deepEqual(await safeguardingDb.selectFrom('referrals').selectAll().execute(), []);
  const danger = { ...asked, agreed: 'vital interests', reasons: 'May bleed to death' };
  assert.equal((await at.post(url, danger)).statusCode, 303);
  const told = await safeguardingDb.selectFrom('disclosures').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([told.basis, told.askedBy, told.personId], ['vital interests', caseworker.id, person.id]);
  assert.deepEqual([told.timing, told.approvedBy], ['after approval', null]);
  assert.deepEqual(await safeguardingDb.selectFrom('referrals').selectAll().execute(), [], 'nobody was told yet');
  const page = (await at.get(`/staff/safeguarding/disclosures/${told.id}`)).body;
  assert.match(page, /At your agency, the colleague who can approve this is Col League \(safeguarding lead\)\./);
});

test('consents of a person met carry over to their record, and what a note says is not asked again', async (t) => {
  const { helpedIn } = await import('../../../test/fixtures/help-offered.ts');
  const { openApplication } = await import('../../../test/fixtures/application.ts');
  const world = await helpedIn(await openApplication(t, { today: '2026-09-18', time: '10:47' }));
  const { signIn, adviser, lead, note, council, safeguardingDb } = world;
  const at = await signIn(adviser);
  const consent = await agrees(at, note.encounterId, consentTo(council.id));
  const id = newTimelessId();
  const known = { called: 'Mirela', age: 'adult', ageBasis: 'the person says so', language: 'Romanian' };
  const rest = { interpreter: 'needed', interpreterGender: 'a woman', contactWay: 'a call', contactAt: '07700 900111' };
  const opening = { step: 'save', id, ...known, ...rest, from: `note:${note.id}`, checked: 'Mirela, ' };
  for (let times = 0; times < 2; times += 1)
    assert.equal((await at.post(`${home}/new`, opening)).headers.location, `${home}/${id}`);
  assert.equal((await safeguardingDb.selectFrom('contactNotes').selectAll().execute()).length, 1);
  const help = plain((await at.get(`${home}/${id}/help`)).body);
  assert.match(help, /Needs shelter In the person’s words a quiet room/);
  for (const person of [id, note.encounterId])
    await reads(at, `/staff/safeguarding/people/${person}/consents`, /Consent\. Referral to an agency: Lea Council/);
  const form = await at.get(`/staff/safeguarding/people/${id}/refer?consent=${consent}`);
  assert.match(form.body, /value="shelter" checked/);
  const sent = { id: newTimelessId(), agreed: `consent:${consent}`, short: 'yes', needs: ['shelter'], words: 'A room' };
  const made = await at.post(`/staff/safeguarding/people/${id}/refer`, { ...sent, step: 'send' });
  assert.equal(made.statusCode, 303);
  const grant = await safeguardingDb.selectFrom('personGrants').selectAll().executeTakeFirstOrThrow();
  assert.equal(grant.personId, note.encounterId, 'it rests on what was agreed then');
  const row = await safeguardingDb.selectFrom('referrals').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([row.noteId, row.personId], [note.id, id]);
  await reads(at, `/staff/safeguarding/notes/${note.id}`, /Lea Council shelter sent/);
  const reading = await signIn(lead);
  await reads(reading, `${home}/${id}`, /Lea Council shelter sent/);
  await addNote(safeguardingDb, world.keys, world.metAt, world.other);
  assert.equal((await (await signIn(world.other)).get(`${home}/${id}`)).statusCode, 404, 'a note opens no record');
});

test('a record opened from a report begins with its words and age; the source identity stays sealed in the report', async (t) => {
  const { signIn, caseworker, elsewhere, council, safeguardingDb, keys, clock } = await aWalkIn(t);
  const what = `They took her passport\r\nand she sleeps in the shop ${'x'.repeat(1_200)}`;
  const answers = { who: 'professional', what, age: 'child', name: 'Nosy Neighbour', channel: '07700 900777' } as const;
  const brought = { way: 'partner', answers, split: splitIntakeAnswers(answers) } as const;
  const { id } = await addReport(safeguardingDb, keys, 'help', council.id, clock.now(), brought);
  const at = await signIn(caseworker);
  const form = await at.get(`${home}/new?from=report:${id}`);
  assert.equal(form.statusCode, 200);
  assert.match(form.body, /They took her passport and she sleeps in the shop x+…/);
  assert.match(form.body, /value="under 18" checked/);
  assert.doesNotMatch(form.body, /Nosy|900777/);
  const record = {
    step: 'save',
    id: newTimelessId(),
    called: 'Anna',
    age: 'under 18',
    ageBasis: 'a document was seen',
  };
  const rest = { interpreter: 'not needed', interpreterGender: 'not asked yet', contactWay: 'in person alone' };
  const cameBy = 'x'.repeat(1_000);
  const sent = { ...record, ...rest, cameBy, from: `report:${id}`, checked: 'Anna, ' };
  assert.equal((await at.post(`${home}/new`, sent)).statusCode, 303);
  await shows(at, `${home}/${record.id}`, new RegExp(`/staff/safeguarding/reports/${id}`));
  assert.equal((await (await signIn(elsewhere)).get(`${home}/new?from=report:${id}`)).statusCode, 404);
});

test('an agency without a member in Safelight is asked by letter, and the sender records its answer', async (t) => {
  const { signIn, agency, caseworker, colleague, nurse, person, safeguardingDb } = await aWalkIn(t);
  const refuge = await agency('voluntary', { name: 'Quiet Refuge' });
  const at = await signIn(caseworker);
  const consent = await agrees(at, person.id, consentTo(refuge.id));
  const sent = { id: newTimelessId(), agreed: `consent:${consent}`, short: 'yes', needs: ['shelter'], words: 'A room' };
  const made = await at.post(`/staff/safeguarding/people/${person.id}/refer`, { ...sent, step: 'send' });
  const page = `/staff/safeguarding/referrals/${sent.id}`;
  assert.equal(made.headers.location, page);
  const shown = await at.get(page);
  assert.match(plain(shown.body), /This agency is not on Safelight\. Send the letter or the encrypted file/);
  const letter = /href="([^"]+\/letter)"/.exec(shown.body)?.[1] ?? '';
  await reads(at, letter, /We ask you to help a person.*In words A room/);
  assert.equal((await (await signIn(nurse)).get(`${page}/decide`)).statusCode, 404);
  const other = await signIn(colleague);
  await reads(other, `${page}/decide`, /What did they answer\? .*They decline it/);
  const answer = { decision: 'declined', reason: 'Full until October' };
  assert.equal((await other.post(`${page}/decide`, answer)).statusCode, 303);
  await reads(at, page, /Declined .*Full until October/);
  assert.equal((await at.get(letter)).statusCode, 404, 'no letter of what is over');
  const row = await safeguardingDb.selectFrom('referrals').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([row.outside, row.state, row.decidedBy], [true, 'declined', colleague.id]);
});
