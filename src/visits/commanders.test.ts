import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aTeam } from '../../test/fixtures/visit.ts';
import { addDecision, letIn } from '../operations/plan/examples.ts';

test('a team that is told to ask its commander reads who that is, until a commander has decided', async (t) => {
  const { db, signIn, officer, adviser, operation, planned, clock, member, force } = await aTeam(t);
  const pages = [`/staff/visits/${planned.id}`, `/staff/visits/${planned.id}/arrive`];
  const readers = [await signIn(officer), await signIn(adviser)];
  const readAll = async () => {
    const bodies = [];
    for (const at of readers) for (const page of pages) bodies.push((await at.get(page)).body);
    return bodies;
  };
  for (const body of await readAll()) {
    assert.match(body, /Ask your commander\./);
    assert.doesNotMatch(body, /The commander is/, 'nobody commands yet');
  }
  await letIn(db, operation, await member(force, ['commander'], 'Cy Commander'), { duty: 'commands' });
  for (const body of await readAll())
    assert.match(body, /Ask your commander\. The commander is [^.]*Cy Commander \(Leashire Police\)\./);
  await addDecision(db, operation, { kind: 'go', recordedAt: clock.now() });
  for (const body of await readAll()) assert.doesNotMatch(body, /Cy Commander/, 'nothing to ask');
});
