import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { shows } from '../../../test/harness/browsing.ts';
import { logRows } from '../../../test/harness/log-rows.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { roles } from '../../vocabulary/people.ts';
import { addPerson, olga } from '../people/examples.ts';

const home = '/staff/safeguarding/people';
const why = { ground: 'the person takes it along', why: 'another reason', words: 'Reference 7' };

async function aRecord(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '10:47' });
  const { agency, member, safeguardingDb, keys, clock } = application;
  const council = await agency('council', { name: 'Lea Council' });
  const caseworker = await member(council, ['partner caseworker'], 'Cas Worker');
  const person = await addPerson(safeguardingDb, keys, caseworker, clock.now());
  return { ...application, council, caseworker, person, take: `${home}/${person.id}/export` };
}

test('the agency that keeps a record exports it with a reason, and the export is logged', async (t) => {
  const { signIn, caseworker, person, take, safeguardingDb } = await aRecord(t);
  const at = await signIn(caseworker);
  await shows(at, `${home}/${person.id}`, new RegExp(`href="${take}"`));
  await shows(at, take, /The file lists the missing details/);
  const unasked = await at.post(take, { why: why.why, words: why.words });
  assert.equal(unasked.statusCode, 422);
  assert.match(unasked.body, /Select the ground/);
  const answer = await at.post(take, why);
  assert.equal(answer.statusCode, 200);
  assert.match(String(answer.headers['content-disposition']), /\.official-sensitive-personal-data\.json"$/);
  assert.doesNotMatch(String(answer.headers['content-disposition']), /Olga/);
  const file = JSON.parse(answer.body);
  assert.equal(file.record.prs_FirstName, 'Olga');
  assert.equal(file.record.cas_CaseOwner, 'Lea Council');
  const { called: _called, ...beside } = olga;
  assert.deepEqual(file.beside, beside, 'what is known of the person, and no more');
  for (const id of [person.id, person.agencyId, person.authorId]) assert.ok(!answer.body.includes(id), 'no id of ours');
  const rows = await logRows(safeguardingDb, ['person.exported'], ['kind', 'subject', 'reason']);
  assert.deepEqual(rows, [
    { kind: 'disclosure', subject: person.id, reason: 'the person takes it along; another reason: Reference 7' },
  ]);
});

test('others cannot export it: not a member who may only write, another agency or police; an unknown id gets the same answer', async (t) => {
  const { signIn, agency, member, council, take } = await aRecord(t);
  const field = await signIn(await member(council, ['field']));
  assert.equal((await field.post(take, why)).statusCode, 404);
  const apart = [
    await member(await agency('voluntary'), ['safeguarding lead', 'partner caseworker']),
    await member(await agency('police force'), roles),
    await member(await agency('immigration'), roles),
  ];
  for (const who of apart) {
    const visitor = await signIn(who);
    for (const path of [take, `${home}/${newTimelessId()}/export`])
      for (const answer of [await visitor.get(path), await visitor.post(path, why)]) {
        assert.ok([403, 404].includes(answer.statusCode), `${answer.statusCode}`);
        assert.doesNotMatch(answer.body, /Olga/);
      }
  }
});
