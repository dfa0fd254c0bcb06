import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { addArrest, addPersonMet, addVisit } from '../examples.ts';

test('an arrest says where its age contradicts the record of the person met', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const visit = await addVisit(db, planned, officer);
  const adult = await addPersonMet(db, visit, officer, { age: 'adult' });
  const at = await signIn(officer);
  const shown = async (age: number | null) => {
    const { id } = await addArrest(db, visit, officer, { age, encounterId: adult.id });
    return (await at.get(`/staff/arrests/${id}`)).body;
  };
  const child = await shown(17);
  assert.match(child, /Two ages are recorded[\s\S]*“adult” at the visit\. This arrest gives the age 17/);
  assert.match(child, new RegExp(`href="/staff/encounters/${adult.id}/[a-z]+"[^>]*>Correct the record of person 1`));
  for (const age of [18, null]) assert.doesNotMatch(await shown(age), /Two ages are recorded/);
});
