import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { shows } from '../../../test/harness/browsing.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam, letIn } from '../../operations/plan/examples.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addReferral } from '../referrals/examples.ts';
import { getNote } from './store.ts';

const now = /notify children’s services now/;
const told = /You recorded that the council’s children’s services were notified/;

test('an officer is reminded to tell children’s services until they record it themselves; actions of others change nothing', async (t) => {
  const { agency, member, db, safeguardingDb, keys, signIn } = await openApplication(t, {
    today: '2026-09-18',
    time: '12:10',
  });
  const force = await agency('police force');
  const council = await agency('council');
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const officer = await member(force, ['field']);
  await letIn(db, operation, officer, { team });
  const visit = await addVisit(db, await addPlannedVisit(db, await addPremises(db, operation), team), officer);
  const met = await addPersonMet(db, visit, officer, { age: 'under 18' });
  const at = await signIn(officer);
  const form = { id: newTimelessId(), advice: ['health'], understood: 'yes', outcomes: ['took a card'] };
  assert.equal((await at.post(`/staff/safeguarding/encounters/${met.id}/note`, form)).statusCode, 303);
  const url = `/staff/safeguarding/notes/${form.id}`;
  assert.match((await at.get(url)).body, /Saved|saved/);
  const before = (await at.get(url)).body;
  assert.match(before, now);
  assert.match(before, new RegExp(`href="${url}/correct">Record in your note that they were notified`));

  const note = await getNote(safeguardingDb as never, keys, form.id as never);
  await addReferral(safeguardingDb, keys, note, council, { ground: 'treated as child' });
  const plain = (body: string): string => body.replaceAll(/value="[^"]*"|nonce="[^"]*"/g, '');
  assert.equal(plain((await at.get(url)).body), plain(before), 'what those who help did does not cross the wall');

  const correction = { ...form, outcomes: ['took a card', 'children’s services told'], age: 'under 18' };
  const saved = await at.post(`${url}/correct`, { ...correction, base: '1', why: 'something was missing' });
  assert.equal(saved.statusCode, 303);
  const after = (await at.get(url)).body;
  assert.match(after, told);
  assert.doesNotMatch(after, now);
});

test('for a support agency, a note that children’s services were told does not replace a referral', async (t) => {
  const { agency, member, db, signIn } = await openApplication(t, { today: '2026-09-18', time: '12:10' });
  const force = await agency('police force');
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const adviser = await member(await agency('sexual violence advisers'), ['field']);
  await letIn(db, operation, adviser, { team });
  const visit = await addVisit(db, await addPlannedVisit(db, await addPremises(db, operation), team), adviser);
  const met = await addPersonMet(db, visit, adviser, { age: 'under 18' });
  const at = await signIn(adviser);
  const form = { id: newTimelessId(), outcomes: ['children’s services told'] };
  await at.post(`/staff/safeguarding/encounters/${met.id}/note`, form);
  await shows(at, `/staff/safeguarding/notes/${form.id}`, now);
});
