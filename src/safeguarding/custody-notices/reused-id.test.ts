import assert from 'node:assert/strict';
import { test } from 'node:test';
import { home, openSides, withWords } from '../../../test/fixtures/custody-notices.ts';
import { shows } from '../../../test/harness/browsing.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

const asked = '/staff/safeguarding/disclosures';

test('refuses to send other content at once under the id of a pending approval; under its own id it is sent', async (t) => {
  const { people, person, signIn, force, safeguardingDb } = await openSides(
    t,
    {},
    { age: 'under 18', yearOfBirth: null },
  );
  const lead = await signIn(people.lead);
  const protects = await signIn(people.helpProtection);
  const at = `${home}/of/${person.id}`;
  const form = {
    ...{ to: force.id, sentence: 'consider section 45', reference: 'WD/1234/26', step: 'send' },
    ...{ interpreted: 'shared language', reasons: 'She is to be charged tomorrow.' },
  };
  const once = {
    ...{ ...form, atOnce: 'yes', cannotWait: 'She is being interviewed now, and nobody else answers' },
    ...{ sentence: 'threat to life', reference: 'XX/9999/26' },
  };
  const send = async (body: object) => lead.post(at, await withWords(lead, at, body));
  const kept = async () => [
    (await safeguardingDb.selectFrom('custodyNotices').select('id').execute()).length,
    (await safeguardingDb.selectFrom('outbox').select('id').execute()).length,
  ];
  const idIn = ({ body }: { readonly body: string }): string => /name="id" value="([^"]*)"/.exec(body)?.[1] ?? '';
  // Sent again with corrections, the form is refused under the same id and gets a new one.
  const first = newTimelessId();
  for (const _ of ['pressed', 'pressed twice'])
    assert.equal((await send({ ...form, id: first })).headers.location, `${asked}/${first}`);
  const corrected = await send({ ...form, id: first, reference: 'WD/4321/26' });
  assert.equal(corrected.statusCode, 422);
  assert.match(corrected.body, /already sent this form with other words/);
  const second = idIn(corrected);
  assert.notEqual(second, first);
  await send({ ...form, id: second, reference: 'WD/4321/26' });
  await shows(protects, `${asked}/${first}`, /WD\/1234\/26/);
  await shows(protects, `${asked}/${second}`, /WD\/4321\/26/);

  let next = '';
  for (const answer of [{ answer: 'approve' }, undefined, { answer: 'refuse', said: 'She can be asked first.' }]) {
    const id = newTimelessId();
    const page = `${asked}/${id}`;
    assert.equal((await send({ ...form, id })).headers.location, page);
    if (answer) assert.equal((await protects.post(`${page}/answer`, answer)).statusCode, 303);
    const again = await send({ ...once, id });
    assert.deepEqual(await kept(), [0, 0], `${answer?.answer}: nothing goes`);
    assert.equal(again.statusCode, 422);
    assert.match(again.body, /This form already waits for approval/);
    next = idIn(again);
    assert.notEqual(next, id);
  }
  for (const _ of ['pressed', 'pressed twice']) {
    assert.equal((await send({ ...once, id: next })).headers.location, `${home}/${next}`);
    assert.deepEqual(await kept(), [1, 1]);
  }
  const row = await safeguardingDb.selectFrom('disclosures').selectAll().where('id', '=', next).executeTakeFirst();
  assert.ok(row?.reviewBy, 'looked at afterwards');
});
