import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueRows } from '../../../test/fixtures/home.ts';
import { aTeam, person } from '../../../test/fixtures/visit.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { addNote } from '../referrals/examples.ts';

test('a note left to a colleague is on the home page of support members of the team until it exists', async (t) => {
  const {
    signIn,
    officer,
    adviser,
    planner,
    planned,
    premises,
    operation,
    db,
    on,
    advisers,
    safeguardingDb,
    keys,
    clock,
  } = await aTeam(t);
  const visit = await addVisit(db, planned, officer);
  await addPersonMet(db, visit, officer);
  const at = await signIn(officer);
  const left = { ...person(), colleague: 'yes' };
  assert.equal((await at.post(`/staff/visits/${planned.id}/encounters/new`, left)).statusCode, 303);
  const waits = async (reader: typeof at) =>
    (await dueRows(reader)).filter(({ what }) => /^Note not written yet/.test(what));
  const helps = await signIn(adviser);
  const [row, ...more] = await waits(helps);
  assert.deepEqual(more, [], 'the other note was not left to anybody');
  assert.match(
    String(row?.what),
    new RegExp(`^Note not written yet: person met at ${premises.name} Treat .* as a child`),
  );
  assert.deepEqual([row?.href, row?.for], [`/staff/safeguarding/encounters/${left.id}/note`, 'Person 2']);
  assert.equal((await waits(await on(['field'], advisers))).length, 1);
  for (const other of [at, await signIn(planner)]) assert.deepEqual(await waits(other), []);
  const about = { encounterId: left.id as never, visitId: visit.id, operationId: operation.id, at: clock.now() };
  await addNote(safeguardingDb, keys, about, adviser, { metNumber: 2 });
  assert.deepEqual(await waits(helps), []);
});
