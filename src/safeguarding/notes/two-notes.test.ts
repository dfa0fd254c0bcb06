import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam, letIn } from '../../operations/plan/examples.ts';
import { setContext } from '../../platform/database/database.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { addPerson, exampleSubject } from '../people/examples.ts';
import { addNote, addReferral, addReferralForSubject, decideReferral } from '../referrals/examples.ts';
import type { Referral } from '../referrals/referral.ts';
import type { Note } from './note.ts';

const home = '/staff/safeguarding';
const urgent: Partial<Note> = { outcomes: ['wants help now'] };

/** A person met by an adviser and an officer, who each wrote a note; a lead who reads both. */
async function aPersonWithTwoNotes(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '10:47' });
  const { agency, member, db, safeguardingDb, keys, clock, signIn } = application;
  const force = await agency('police force');
  const advisers = await agency('sexual violence advisers', { name: 'Lea Advisers' });
  const nurses = await agency('health', { name: 'Lea Nurses' });
  const nurse = await member(nurses, ['partner caseworker'], 'Nia Nurse');
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const adviser = await member(advisers, ['field'], 'Ada Adviser');
  await letIn(db, operation, adviser, { team });
  const officer = await member(force, ['field'], 'Olu Officer');
  await letIn(db, operation, officer, { team });
  const lead = await member(advisers, ['safeguarding lead'], 'Lee Lead');
  await letIn(db, operation, lead);
  const visit = await addVisit(db, await addPlannedVisit(db, await addPremises(db, operation), team), adviser);
  const meet = async () => {
    const met = await addPersonMet(db, visit, adviser);
    return { encounterId: met.id, visitId: visit.id, operationId: operation.id, at: clock.now() };
  };
  const met = await meet();
  const note = await addNote(safeguardingDb, keys, met, adviser, urgent);
  const other = await addNote(safeguardingDb, keys, met, officer, urgent);
  const at = await signIn(lead);
  const decide = (referral: Referral, decision: 'accepted' | 'declined') =>
    safeguardingDb.transaction().execute(async (tx) => {
      await setContext(tx, { now: note.writtenAt });
      await decideReferral(tx, keys, referral, decision, nurse, clock.now());
    });
  /** What the home page of the lead says of people who want help now. */
  const waiting = async () => /Help (a person|\d+ people) who wants? help now/.exec((await at.get('/staff')).body)?.[1];
  /** The state that the list of notes shows of each. */
  const states = async (...notes: readonly Note[]) => {
    const { body } = await at.get(home);
    return notes.map(
      ({ id }) => /<strong[^>]*>\s*([^<]+?)\s*<\/strong>/.exec(body.slice(body.indexOf(`notes/${id}"`)))?.[1],
    );
  };
  return { ...application, adviser, officer, nurses, nurse, met, meet, note, other, at, decide, waiting, states };
}

test('two notes about one person count as one person who waits, until a referral from either is made', async (t) => {
  const { met, meet, note, other, nurses, nurse, adviser, officer, waiting, states, at, decide, safeguardingDb, keys } =
    await aPersonWithTwoNotes(t);
  assert.equal(await waiting(), 'a person');
  assert.deepEqual(await states(note, other), ['Wants help now', 'Wants help now']);
  const calm = await addNote(safeguardingDb, keys, await meet(), adviser);
  const third = await addNote(safeguardingDb, keys, met, nurse);
  assert.deepEqual(await states(calm, third), ['Recorded', 'Wants help now'], 'the state is that of the person');

  const referral = await addReferral(safeguardingDb, keys, note, nurses);
  assert.equal(await waiting(), undefined);
  assert.deepEqual(await states(note, other, third), Array(3).fill('Referral made'));
  const list = await at.get(`${home}?waiting=yes`);
  assert.match(list.body, /No one is waiting for help/);
  assert.doesNotMatch((await at.get(`${home}/notes/${other.id}`)).body, /Take this on/);

  const stranger = await addNote(safeguardingDb, keys, await meet(), officer, urgent);
  assert.equal(await waiting(), 'a person', 'somebody else was not helped');
  assert.deepEqual(await states(stranger, other), ['Wants help now', 'Referral made']);

  await decide(referral, 'declined');
  assert.equal(await waiting(), '2 people', 'nobody helps after it was declined');
  assert.deepEqual(await states(note, other), ['Wants help now', 'Wants help now']);
});

test('a take-up of either note holds for the person, until a referral from the other fails', async (t) => {
  const { note, other, nurses, waiting, at, decide, safeguardingDb, keys } = await aPersonWithTwoNotes(t);
  await decide(await addReferral(safeguardingDb, keys, note, nurses), 'declined');
  assert.equal(await waiting(), 'a person');
  assert.equal((await at.post(`${home}/notes/${other.id}/take-up`)).statusCode, 303);
  assert.equal(await waiting(), undefined);
  assert.match((await at.get(`${home}/notes/${note.id}`)).body, /Taken on by [\w ]*Lee Lead/);
  await decide(await addReferral(safeguardingDb, keys, note, nurses), 'declined');
  assert.equal(await waiting(), 'a person', 'the next one was declined after the take-up');
  assert.match((await at.get(`${home}/notes/${other.id}`)).body, /Take this on/);
  assert.equal((await at.post(`${home}/notes/${other.id}/take-up`)).statusCode, 303);
  assert.equal(await waiting(), undefined);
});

test('a referral from the record of the person helps them too, and one that fails leaves them waiting', async (t) => {
  const { note, nurses, adviser, waiting, decide, safeguardingDb, keys } = await aPersonWithTwoNotes(t);
  const person = await addPerson(safeguardingDb, keys, adviser, note.writtenAt, {
    ...{ origin: 'met at visit', originId: note.encounterId, operationId: note.operationId },
  });
  const by = { id: adviser.id, agencyId: adviser.agencyId };
  const made = { subject: exampleSubject(person), by, at: note.writtenAt };
  const referral = await addReferralForSubject(safeguardingDb, keys, made, nurses);
  assert.equal(await waiting(), undefined);
  await decide(referral, 'declined');
  assert.equal(await waiting(), 'a person');
});

test('help and take-ups that ended before the person asked again do not hide them', async (t) => {
  const { met, note, nurses, nurse, decide, waiting, at, clock, safeguardingDb, keys } = await aPersonWithTwoNotes(t);
  const referral = await addReferral(safeguardingDb, keys, note, nurses);
  await decide(referral, 'accepted');
  await safeguardingDb.transaction().execute(async (tx) => {
    await setContext(tx, { now: note.writtenAt });
    const ended = { ended: 'finished', endedAt: note.writtenAt, outcome: 'help given' } as never;
    await tx.updateTable('referrals').set(ended).where('id', '=', referral.id).execute();
  });
  assert.equal((await at.post(`${home}/notes/${note.id}/take-up`)).statusCode, 303);
  assert.equal(await waiting(), undefined, 'they were helped');
  clock.move(new Date(clock.now().getTime() + 15 * 60_000)); // Into the next hour, while the session lasts.
  await addNote(safeguardingDb, keys, { ...met, at: clock.now() }, nurse, urgent);
  assert.equal(await waiting(), 'a person', 'they asked again');
});
