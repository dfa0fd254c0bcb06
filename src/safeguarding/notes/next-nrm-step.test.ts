import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { plain } from '../../../test/fixtures/referral.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam, letIn } from '../../operations/plan/examples.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

/** The page of a note that an officer or an adviser wrote about somebody met. */
async function noteOf(
  t: TestContext,
  by: 'officer' | 'adviser',
  { age, outcomes }: { age: 'adult' | 'under 18'; outcomes: readonly string[] },
) {
  const { agency, member, db, signIn } = await openApplication(t, { today: '2026-09-18', time: '10:47' });
  const force = await agency('police force');
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const author =
    by === 'officer'
      ? await member(force, ['field', 'enforcement'])
      : await member(await agency('sexual violence advisers'), ['field'], 'Ada Adviser');
  await letIn(db, operation, author, { team });
  const visit = await addVisit(db, await addPlannedVisit(db, await addPremises(db, operation), team), author);
  const met = await addPersonMet(db, visit, author, { age });
  const at = await signIn(author);
  const id = newTimelessId();
  const form = (await at.get(`/staff/safeguarding/encounters/${met.id}/note`)).body;
  assert.equal((await at.post(`/staff/safeguarding/encounters/${met.id}/note`, { id, outcomes })).statusCode, 303);
  const { body } = await at.get(`/staff/safeguarding/notes/${id}`);
  return { form: plain(form), body, said: plain(body), person: `/staff/encounters/${met.id}` };
}

test('after indicators an officer reads the duty of the force and reaches the referral', async (t) => {
  const { body, said, person } = await noteOf(t, 'officer', {
    age: 'adult',
    outcomes: ['indicators seen', 'referral agreed'],
  });
  assert.match(said, /Next: the NRM or a Duty to Notify Your force has a duty under section 52/);
  assert.match(said, /If the adult does not agree, send a Duty to Notify without a name/);
  assert.ok(body.includes(`href="${person}"`) && /Begin the NRM referral on the page of person 1/.test(body));
});

test('“referral declined” on the note of a child says that a referral of a child needs no consent', async (t) => {
  const { form, body, said } = await noteOf(t, 'officer', { age: 'under 18', outcomes: ['referral declined'] });
  assert.match(form, /A child’s referral needs no consent: “referral declined” does not stop it/);
  assert.match(said, /Next: children’s services, then the NRM/);
  assert.match(said, /For a child, a no does not stop the referral/);
  assert.match(said, /referred to the NRM without consent\. Telephone children’s services first/);
  assert.match(body, /href="https:\/\/www\.gov\.uk\/report-child-abuse-to-local-council"/);
  assert.doesNotMatch(said, /An NRM referral always tells them/, 'nothing steers away from the referral');
});

test('an adviser, whose agency cannot refer, reads who can', async (t) => {
  const { body, said } = await noteOf(t, 'adviser', { age: 'adult', outcomes: ['indicators seen'] });
  assert.match(said, /A first responder can refer an adult to the NRM/);
  assert.match(said, /The first responder on call can refer/);
  assert.doesNotMatch(body, /Begin the NRM referral/);
});

test('a note without an indicator or an agreement has no such step', async (t) => {
  const { said } = await noteOf(t, 'officer', { age: 'adult', outcomes: ['no indicators', 'took a card'] });
  assert.doesNotMatch(said, /Duty to Notify/);
});
