import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { shows } from '../../../test/harness/browsing.ts';
import { logRows } from '../../../test/harness/log-rows.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPerson } from '../people/examples.ts';

const home = '/staff/safeguarding';
const yes = (help: string, more: Record<string, unknown> = {}) => ({
  id: newTimelessId(),
  help,
  answer: 'accepted',
  words: '',
  ...more,
});

async function aRecord(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:20' });
  const { agency, member, safeguardingDb, keys, clock } = application;
  const council = await agency('council', { name: 'Lea Council' });
  const caseworker = await member(council, ['partner caseworker'], 'Cas Worker');
  const colleague = await member(council, ['safeguarding lead'], 'Col League');
  const person = await addPerson(safeguardingDb, keys, caseworker, clock.now());
  const offer = `${home}/people/${person.id}/offer`;
  const tasks = () => safeguardingDb.selectFrom('personActions').selectAll().orderBy('id').execute();
  return { ...application, council, caseworker, colleague, person, offer, tasks };
}

test('adds questions after 28 and 90 days once, for every accepted offer, even if the form is sent twice', async (t) => {
  const { signIn, caseworker, colleague, council, person, offer, tasks, clock, safeguardingDb } = await aRecord(t);
  const at = await signIn(caseworker);
  await shows(at, offer, /after 28 days and after 90 days/);
  const said = yes('health', { words: 'On Monday with Nia' });
  for (let times = 0; times < 2; times += 1) assert.equal((await at.post(offer, said)).statusCode, 303);
  const rows = await tasks();
  assert.deepEqual(
    rows.map((row) => [row.personId, row.agencyId, row.authorId, row.addedAt.toISOString(), row.takenBy]),
    [28, 90].map(() => [person.id, council.id, caseworker.id, '2026-09-18T11:00:00.000Z', null]),
  );
  const lying = JSON.stringify(rows.map((row) => row.sealedAction.toString('latin1')));
  for (const word of ['health', 'arrived']) assert.ok(!lying.includes(word), word);

  const page = (await at.get(`${home}/people/${person.id}/actions`)).body;
  assert.match(page, /Ask whether it arrived: health[\s\S]*17:00 on Friday 16 October 2026/);
  assert.match(page, /Ask whether it arrived: health[\s\S]*17:00 on Thursday 17 December 2026/);
  const [logged] = await logRows(safeguardingDb, ['person.offer written'], ['event', 'subject', 'fields']);
  assert.equal(logged?.subject, person.id);
  assert.ok(logged?.fields.includes('by'), 'the log tells that tasks were written too');

  const other = await signIn(colleague);
  await other.post(offer, yes('health', { words: 'At nine' }));
  assert.equal((await tasks()).length, 2, 'the same yes asks nothing twice');
  await other.post(offer, yes('safe accommodation'));
  assert.equal((await tasks()).length, 4);
  await at.post(offer, yes('health', { answer: 'declined' }));
  clock.move(new Date('2026-09-30T09:00:00Z'));
  await (await signIn(caseworker)).post(offer, yes('health'));
  assert.equal((await tasks()).length, 6, 'taken up anew, it is asked about anew');

  clock.move(new Date('2026-12-20T12:00:00Z'));
  const { body } = await (await signIn(colleague)).get(`${home}/actions/arrived`);
  assert.match(body, /Questions due so far<\/p><p class="sl-figure">5/);
  assert.match(body, /Not asked<\/p><p class="sl-figure">5/);
});

test('adds one set of questions for two simultaneous acceptances', async (t) => {
  const { signIn, caseworker, colleague, offer, tasks } = await aRecord(t);
  const both = [await signIn(caseworker), await signIn(colleague)];
  const answers = await Promise.all(both.map((at) => at.post(offer, yes('legal advice'))));
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [303, 303],
  );
  assert.equal((await tasks()).length, 2);
});

test('adds no question for an offer without an answer, a refusal, a postponement or needs', async (t) => {
  const { signIn, caseworker, person, offer, tasks } = await aRecord(t);
  const at = await signIn(caseworker);
  for (const said of [
    yes('health', { answer: 'declined' }),
    yes('legal advice', { answer: 'offered, no answer yet' }),
    yes('nothing now'),
  ])
    assert.equal((await at.post(offer, said)).statusCode, 303);
  await at.post(`${home}/people/${person.id}/needs`, { id: newTimelessId(), needs: ['health'], words: '' });
  assert.equal((await tasks()).length, 0);
});

test('does not record an acceptance whose questions cannot be saved', async (t) => {
  const { signIn, caseworker, offer, tasks, safeguardingDb } = await aRecord(t);
  const at = await signIn(caseworker);
  await sql`alter table person_actions add constraint none_now check (false) not valid`.execute(safeguardingDb);
  assert.equal((await at.post(offer, yes('health'))).statusCode, 500);
  await sql`alter table person_actions drop constraint none_now`.execute(safeguardingDb);
  assert.equal((await safeguardingDb.selectFrom('contactNotes').selectAll().execute()).length, 0);
  assert.equal((await tasks()).length, 0);
});
