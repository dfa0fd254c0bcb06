import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { shows, showsNo } from '../../../test/harness/browsing.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam, letIn } from '../../operations/plan/examples.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { toHtcds } from '../htcds/htcds.ts';
import { factsOfPerson, identifyingFactsOf } from '../nrm-form/known-facts.ts';
import { addNote } from '../referrals/examples.ts';
import { olga } from './examples.ts';
import { getPerson } from './store.ts';
import { givenName } from './unnamed.ts';

const home = '/staff/safeguarding/people';

/** A nurse who met somebody at a visit and wrote a note about them. */
async function aNote(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '10:47' });
  const { agency, member, db, safeguardingDb, keys, clock } = application;
  const force = await agency('police force');
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const nurse = await member(await agency('health'), ['field', 'partner caseworker'], 'Nia Nurse');
  await letIn(db, operation, nurse, { team });
  const visit = await addVisit(db, await addPlannedVisit(db, await addPremises(db, operation), team), nurse);
  const met = await addPersonMet(db, visit, nurse, { language: 'Romanian', interpreter: 'by phone', age: 'adult' });
  const metAt = { encounterId: met.id, visitId: visit.id, operationId: operation.id, at: clock.now() };
  const note = await addNote(safeguardingDb, keys, metAt, nurse, { age: 'adult' });
  const label = `No name given, ${referenceOf('encounter', met.id)}`;
  return { ...application, nurse, met, note, label, at: await application.signIn(nurse), from: `note:${note.id}` };
}

/** What the short form asks, answered. */
const answers = (from: string, more: Record<string, unknown> = {}) => ({
  ...{ step: 'save', id: newTimelessId(), from, noName: 'yes', checked: '', cameBy: '' },
  ...{ age: 'adult', ageBasis: 'the person says so', language: 'Romanian', interpreter: 'needed' },
  ...{ interpreterGender: 'not asked yet', contactWay: 'in person alone', contactAt: '', contactWhen: '' },
  ...{ contactNever: '', ...more },
});

test('the note and the person search offer a record for somebody who gave no name', async (t) => {
  const { at, note, from } = await aNote(t);
  const short = new RegExp(`${home}/new\\?from=note(:|%3A)${note.id}&amp;noName=yes`);
  await shows(at, `/staff/safeguarding/notes/${note.id}`, /No name given: open a record for/);
  await shows(at, `/staff/safeguarding/notes/${note.id}`, short);
  await shows(at, `${home}?from=${from}`, short);
  const { body } = await at.get(`${home}/new?from=${from}&noName=yes`);
  assert.match(body, /Do not invent a name/);
  assert.match(body, /name="language"[^>]* value="Romanian"/, 'what the visit says is not asked again');
  assert.doesNotMatch(body, /Preferred name|Other names|Year of birth/);
});

test('opens one record without a name for one encounter, and shows its reference where a name stands', async (t) => {
  const { at, label, from, note, safeguardingDb, keys } = await aNote(t);
  const wrong = await at.post(`${home}/new`, answers(from, { ageBasis: '' }));
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /Open a record without a name/, 'what is wrong leads back to the short form');

  const once = answers(from);
  assert.equal((await at.post(`${home}/new`, once)).headers.location, `${home}/${once.id}`);
  const again = await at.post(`${home}/new`, answers(from));
  assert.equal(again.headers.location, `${home}/${once.id}`, 'the same encounter gets no second record');
  assert.equal((await safeguardingDb.selectFrom('persons').select('id').execute()).length, 1);
  await showsNo(at, `/staff/safeguarding/notes/${note.id}`, /No name given: open/);

  for (const part of ['', '/history', '/help', '/consents'])
    await shows(at, `${home}/${once.id}${part}`, new RegExp(label));
  const person = await getPerson(safeguardingDb as never, keys, once.id as never);
  assert.deepEqual([person.called, givenName(person)], [label, '']);
  assert.match((await at.post(home, { name: 'No name given' })).body, /Nobody is found here/);
});

test('the words for no name leave in no form and no file', async (t) => {
  const { at, from, safeguardingDb, keys } = await aNote(t);
  const once = answers(from);
  await at.post(`${home}/new`, once);
  const person = await getPerson(safeguardingDb as never, keys, once.id as never);
  assert.equal(factsOfPerson(person, '2026-09-18')['first name'], undefined);
  assert.deepEqual(identifyingFactsOf(person).names, []);
  const { record } = toHtcds({ ...olga, called: givenName(person) }, { owner: 'Lea Nurses', made: '2026-09-18' });
  assert.equal('prs_FirstName' in record, false);
});

test('a name can be added later, and an invented name taken out again', async (t) => {
  const { at, label, from } = await aNote(t);
  const once = answers(from);
  await at.post(`${home}/new`, once);
  const url = `${home}/${once.id}/correct`;
  const form = await at.get(url);
  assert.match(form.body, /name="called"[^>]* value=""|name="called"(?![^>]* value=)/);
  const correction = { ...once, noName: '', others: '', why: 'the person said more' };
  const empty = await at.post(url, { ...correction, called: '', base: '1' });
  assert.equal(empty.statusCode, 422);
  assert.match(empty.body, /Enter the name the person wants to be called, or select “No name given”/);
  assert.equal((await at.post(url, { ...correction, called: 'Mirela', base: '1' })).statusCode, 303);
  await shows(at, `${home}/${once.id}`, /<b>Mirela<\/b>/);
  assert.equal((await at.post(url, { ...correction, called: '', noName: 'yes', base: '2' })).statusCode, 303);
  await shows(at, `${home}/${once.id}`, new RegExp(`<b>${label}</b>`));
});

test('somebody who walks in without a name gets a record with the reference of the case', async (t) => {
  const { at } = await aNote(t);
  await shows(at, home, /noName=yes"[^>]*>No name given: open a record for a person/);
  const once = answers('', { origin: 'walked in' });
  assert.equal((await at.post(`${home}/new`, once)).headers.location, `${home}/${once.id}`);
  await shows(at, `${home}/${once.id}`, new RegExp(`No name given, ${referenceOf('case', once.id)}`));
});
