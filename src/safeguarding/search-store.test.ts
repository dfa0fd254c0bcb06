import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication, type Visitor } from '../../test/fixtures/application.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam, letIn } from '../operations/plan/examples.ts';
import { addPersonMet, addVisit } from '../visits/examples.ts';
import { newTimelessId } from '../vocabulary/ids.ts';
import { referenceOf } from '../vocabulary/reference.ts';
import { addNote } from './referrals/examples.ts';

/** The result page without what was typed and the token of the form. */
const search = async (at: Visitor, sought: string): Promise<string> => {
  const { body } = await at.post('/staff/search', { sought });
  return (/<main[\s\S]*?<\/main>/.exec(body)?.[0] ?? '').replaceAll(/(value|content)="[^"]*"/g, '');
};

test('the reference of an encounter finds the contact notes that the member may read, and no others', async (t) => {
  const { agency, member, db, safeguardingDb, keys, clock, signIn } = await openApplication(t, {
    today: '2026-09-18',
    time: '10:47',
  });
  const force = await agency('police force');
  const advisers = await agency('sexual violence advisers');
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const adviser = await member(advisers, ['field'], 'Ada Adviser');
  const officer = await member(force, ['field'], 'Olu Officer');
  const lead = await member(advisers, ['safeguarding lead'], 'Lee Lead');
  for (const one of [adviser, officer]) await letIn(db, operation, one, { team });
  await letIn(db, operation, lead);
  const elsewhere = await member(await agency('voluntary'), ['safeguarding lead'], 'Els Where');
  const visit = await addVisit(db, await addPlannedVisit(db, await addPremises(db, operation), team), adviser);
  const met = await addPersonMet(db, visit, adviser);
  const at = { encounterId: met.id, visitId: visit.id, operationId: operation.id, at: clock.now() };
  const note = await addNote(safeguardingDb, keys, at, adviser, { metNumber: 1 });
  const other = await addNote(safeguardingDb, keys, at, officer, { metNumber: 1 });
  const reference = referenceOf('encounter', met.id);

  const leads = await signIn(lead);
  assert.ok((await leads.get('/staff/safeguarding')).body.includes(reference), 'the list of notes prints it');
  for (const typed of [reference, reference.toLowerCase().replaceAll('-', ' ')]) {
    const found = await search(leads, typed);
    for (const { id } of [note, other]) assert.ok(found.includes(`href="/staff/safeguarding/notes/${id}"`), typed);
    assert.match(found, /Contact notes[\s\S]*Contact note about person 1/);
  }
  const officers = await search(await signIn(officer), reference);
  assert.ok(officers.includes(other.id), 'their own note');
  assert.ok(!officers.includes(note.id), 'not the note of the adviser');

  const foreign = await signIn(elsewhere);
  const hidden = await search(foreign, reference);
  assert.match(hidden, /Nothing matches that you may see/);
  assert.equal(hidden, await search(foreign, referenceOf('encounter', newTimelessId())));
});
