import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { textOfPdf } from '../../../test/fixtures/pdf.ts';
import { addOperation, addPlannedVisit, addPower, addPremises, addTeam, letIn } from '../plan/examples.ts';

test('the text of an application says what the plan holds, and leaves the rest to complete by hand', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t, { today: '2026-09-15' });
  const force = await agency('police force', { name: 'Leashire Police' });
  const planner = await member(force, ['planner'], 'Asha Planner');
  const operation = await addOperation(db, force, planner);
  const team = await addTeam(db, operation);
  await letIn(db, operation, planner);
  const premises = await addPremises(db, operation, { name: 'Blue Door', reason: 'Two women never leave' });
  const hidden = await addPremises(db, operation, { name: 'Far House' });
  const power = await addPower(db, premises, { purposes: ['search for evidence'] });
  const consent = await addPower(db, premises, { basis: 'consent' });
  await addPlannedVisit(db, premises, team, { powerId: power.id });
  await addPlannedVisit(db, hidden, team);
  const at = await signIn(planner);
  const of = `/staff/warrant-applications/${power.id}`;
  const { body } = await at.get(of);
  for (const words of [
    /Section 15 information and application for a warrant/,
    /Two women never leave/,
    /Search for evidence/,
    /DC Morgan Vale/,
    /within three months of the day of issue/,
    /Granted: 2 September 2026/,
    /Indictable offence<\/dt><dd[^>]*><span class="sl-hand">To complete by hand/,
    /substantial value to the investigation<\/dt><dd[^>]*><span class="sl-hand">/,
    /Reasons against the application<\/dt><dd[^>]*><span class="sl-hand">/,
    /legislation\.gov\.uk[^>]*>Police and Criminal Evidence Act 1984, sections 8 to 16/,
  ])
    assert.match(body, words);
  assert.doesNotMatch(body, /Far House/);
  assert.match(body, /read the <a class="govuk-link" href="\/staff\/powers">guide to powers of entry/);
  assert.doesNotMatch(body, /general knowledge|inspector’s written authority|check it before relying/, 'unread law');
  assert.equal((await at.get(`/staff/warrant-applications/${consent.id}`)).statusCode, 404);
  assert.match((await at.get(`/staff/premises/${premises.id}`)).body, new RegExp(`${of}"`));

  await at.post(of, {});
  const text = (await textOfPdf((await at.get(`${of}/pdf`)).rawPayload)).join('\n');
  assert.match(text, /Page 1 of \d\. OFFICIAL-SENSITIVE: OPERATIONAL\nVersion 1/);
  assert.doesNotMatch(text, /general knowledge/);
});

test('only planners and commanders of the operation, of an enforcement agency, read an application', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t, { today: '2026-09-15' });
  const force = await agency('police force');
  const planner = await member(force, ['planner']);
  const operation = await addOperation(db, force, planner);
  const team = await addTeam(db, operation);
  await letIn(db, operation, planner);
  const premises = await addPremises(db, operation);
  const power = await addPower(db, premises);
  const council = await agency('council');
  const people = [
    [await member(force, ['commander']), 200],
    [await member(force, ['field', 'enforcement']), 403],
    [await member(council, ['planner']), 403],
  ] as const;
  for (const [who] of people) await letIn(db, operation, who, { team });
  const stranger = await member(await agency('police force', { name: 'Elsewhere' }), ['planner']);
  for (const [who, status] of [...people, [stranger, 404] as const])
    assert.equal((await (await signIn(who)).get(`/staff/warrant-applications/${power.id}`)).statusCode, status);
});
