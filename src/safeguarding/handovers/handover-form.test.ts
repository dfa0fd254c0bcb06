import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { plain } from '../../../test/fixtures/referral.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addTask } from '../actions/examples.ts';
import { addPerson } from '../people/examples.ts';

const form = '/staff/safeguarding/handovers/new';

test('an action without an owner is handed over, and a recorded name is asked about first', async (t) => {
  const { agency, member, safeguardingDb, keys, clock, signIn } = await openApplication(t, {
    today: '2026-09-18',
    time: '12:20',
  });
  const nurse = await member(await agency('health', { name: 'Lea Health' }), ['partner caseworker'], 'Nia Nurse');
  const person = await addPerson(safeguardingDb, keys, nurse, clock.now());
  const open = await addTask(safeguardingDb, keys, person.id, nurse, clock.now(), { what: 'Ring the ward' });
  assert.equal(open.takenBy, null);
  const at = await signIn(nurse);
  assert.match(plain((await at.get(form)).body), /Ring the ward, for Olga No owner yet/);
  const sent = { id: newTimelessId(), words: 'olga waits for a call.', tasks: [open.id] };
  const asked = await at.post(form, sent);
  assert.equal(asked.statusCode, 422);
  assert.match(plain(asked.body), /“Olga” is the recorded name of a person/);
  assert.match(asked.body, /name="named"/);
  assert.equal((await at.post(form, { ...sent, named: 'yes' })).statusCode, 303);
  const other = { ...sent, id: newTimelessId(), words: 'The Volga group calls at six.', tasks: [] };
  assert.equal((await at.post(form, other)).statusCode, 303, 'a part of another word is no name');
  const kept = await safeguardingDb.selectFrom('personActions').select(['id', 'handoverId']).execute();
  assert.deepEqual(kept, [{ id: open.id, handoverId: sent.id }]);
});
