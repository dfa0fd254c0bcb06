import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { addPerson } from '../../safeguarding/people/examples.ts';
import { addNote } from '../../safeguarding/referrals/examples.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

const path = '/staff/oversight/safeguarding/requests';
const persons = '/staff/safeguarding/people';
const asking = (about: string, more: Record<string, string> = {}) => ({
  alone: 'yes',
  wants: 'correction',
  asker: 'solicitor',
  proof: 'solicitor’s authority',
  delivery: 'to the solicitor',
  reference: 'SAR 12',
  safety: 'Not by post',
  about,
  ...more,
});
const corrected = {
  ...{ called: 'Olha', others: '', yearOfBirth: '1998', age: 'adult', ageBasis: 'the person says so' },
  ...{ language: 'Ukrainian', interpreter: 'needed', interpreterGender: 'a woman', contactWay: 'in person alone' },
  ...{ base: '1', why: 'the person asked for it' },
};

async function addRecord(t: TestContext) {
  const world = await aTeam(t);
  const { safeguardingDb, keys, clock, advisers, adviser, member, signIn, agency } = world;
  const caseworker = await member(advisers, ['partner caseworker'], 'Cas Worker');
  const person = await addPerson(safeguardingDb, keys, caseworker, clock.now());
  const lead = await signIn(await member(advisers, ['data-protection lead'], 'Hedi Lead'));
  const council = await agency('council', { name: 'Lea Council' });
  const otherLead = await signIn(await member(council, ['data-protection lead'], 'Una Other'));
  const at = await signIn(caseworker);
  const correct = () => at.post(`${persons}/${person.id}/correct`, corrected);
  const called = async () => (await at.get(`${persons}/${person.id}`)).body.includes('Olha');
  return { ...world, caseworker, person, lead, otherLead, adviser, correct, called };
}
const open = async (who: Visitor, about: string, more = {}): Promise<string> => {
  const { statusCode, headers, body } = await who.post(`${path}/new`, asking(about, more));
  assert.equal(statusCode, 303, body);
  return String(headers.location);
};

test('a correction is made once identity is proved, and the answer says what was done without quoting the record', async (t) => {
  const { lead, person, correct, called, safeguardingDb } = await addRecord(t);
  const unproved = await correct();
  assert.equal(unproved.statusCode, 422);
  assert.match(unproved.body, /Your data-protection lead can open one after checking who asks/);
  assert.match(unproved.body, /value="Olha"/, 'what was typed is still there');
  for (const [wrong, says] of [
    [{ alone: 'no' }, /Do not say whether data is held/],
    [{ proof: '' }, /Select the proof of identity/],
    [{ delivery: '' }, /Select how the answer reaches the person/],
    [{ wants: '' }, /Select what the person asks for/],
  ] as const) {
    const refused = await lead.post(`${path}/new`, asking(person.id, wrong));
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, says);
  }
  assert.equal((await correct()).statusCode, 422);

  const url = await open(lead, person.id);
  const shown = (await lead.get(url)).body;
  assert.match(shown, /To have data corrected[\s\S]*To the solicitor\. Not by post/);
  assert.match(shown, /Ask the keeper of the record to correct it[\s\S]*Olga/);
  assert.equal((await correct()).statusCode, 303);
  assert.ok(await called());
  const { reason } = await safeguardingDb
    .selectFrom('accessLog')
    .select('reason')
    .where('event', '=', 'person.corrected')
    .executeTakeFirstOrThrow();
  assert.equal(reason, 'the person asked for it');

  assert.match((await lead.post(`${url}/answer`)).body, /Select the outcome/);
  assert.match(
    (await lead.post(`${url}/answer`, { outcome: 'not done', words: ' ' })).body,
    /Enter what was refused, and why/,
  );
  const answer = await lead.post(`${url}/answer`, { outcome: 'done in part', words: 'Your name; <the> rest stays' });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.match(answer.body, /Outcome<\/dt><dd>done in part[\s\S]*Your name; &lt;the&gt; rest stays/);
  assert.doesNotMatch(answer.body, /Olga|Olha|Ukrainian|07700/, 'whoever else reads it learns nothing');
  const kept = await safeguardingDb.selectFrom('subjectAccessRequests').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([kept.state, kept.outcome, kept.wants], ['answered', 'done in part', 'correction']);
  assert.ok(!JSON.stringify(kept).includes('rest stays'), 'what was said to the person is in the letter alone');
  const told = await safeguardingDb
    .selectFrom('accessLog')
    .select(['kind', 'fields', 'reason'])
    .where('event', '=', 'request.answered')
    .executeTakeFirstOrThrow();
  assert.deepEqual(told, {
    kind: 'disclosure',
    fields: ['what was done'],
    reason: 'asked to have data corrected, to the solicitor',
  });
});

test('a request for another thing, person or agency, or a closed one, corrects nothing', async (t) => {
  const world = await addRecord(t);
  const { lead, otherLead, person, correct, called, safeguardingDb, keys, caseworker, clock } = world;
  const another = await addPerson(safeguardingDb, keys, caseworker, clock.now());
  await open(lead, person.id, { wants: 'access' });
  await open(lead, person.id, { wants: 'erasure' });
  await open(lead, another.id);
  await open(otherLead, person.id);
  await lead.post(`${await open(lead, person.id)}/withdraw`);
  await lead.post(`${await open(lead, person.id)}/answer`, { outcome: 'not done', words: 'It is right as it stands' });
  assert.equal((await correct()).statusCode, 422);
  assert.equal(await called(), false);
});

test('a note is found by the encounter in the request and corrected; a request to see everything takes no outcome', async (t) => {
  const { safeguardingDb, keys, clock, adviser, officer, planned, db, operation, signIn, lead } = await addRecord(t);
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const metAt = { encounterId: met.id, visitId: visit.id, operationId: operation.id, at: clock.now() };
  const note = await addNote(safeguardingDb, keys, metAt, adviser);
  const at = await signIn(adviser);
  const form = (await at.get(`/staff/safeguarding/notes/${note.id}/correct`)).body;
  assert.match(form, /The lead first checks the person’s identity/);
  const answers = {
    ...{ advice: ['health'], understood: 'yes', needs: ['shelter'], outcomes: ['wants help now'], wants: 'To go home' },
    ...{ base: '1', why: 'the person asked for it' },
  };
  const correct = () => at.post(`/staff/safeguarding/notes/${note.id}/correct`, answers);
  assert.match((await correct()).body, /The person has no open request/);
  await open(lead, met.id);
  assert.equal((await correct()).statusCode, 303);

  const see = await open(lead, met.id, { wants: 'access' });
  assert.match((await lead.post(`${see}/answer`, { outcome: 'done' })).body, /To go home/);
  const { rows } = {
    rows: await safeguardingDb.selectFrom('subjectAccessRequests').select(['state', 'outcome']).execute(),
  };
  assert.deepEqual(
    rows.find(({ state }) => state === 'answered'),
    { state: 'answered', outcome: null },
  );
  assert.equal((await lead.get(`${path}/${newTimelessId()}`)).statusCode, 404);
});
