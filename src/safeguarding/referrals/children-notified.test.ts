import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHelpedPerson } from '../../../test/fixtures/help-offered.ts';
import { shows, showsNo } from '../../../test/harness/browsing.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPerson } from '../people/examples.ts';
import { addNote } from './examples.ts';

const notified = { step: 'notified', how: 'by telephone', whom: 'The duty social worker', when: 'Today at 10:15' };

test('a lead records that children’s services were notified by telephone, before and after a record exists', async (t) => {
  const { signIn, adviser, lead, council, nurses, metAt, clock, keys, safeguardingDb: db } = await aHelpedPerson(t);
  const at = await signIn(lead);
  const ofNote = async () => {
    const note = await addNote(db, keys, { ...metAt, encounterId: newTimelessId() }, adviser, { age: 'not known' });
    return { url: `/staff/safeguarding/notes/${note.id}`, note };
  };
  const { url, note } = await ofNote();
  await shows(at, '/staff', /No record that you can read says that children’s services know/);
  await shows(at, url, new RegExp(`href="${url}/refer\\?notified=yes">If you notified them outside Safelight`));
  const form = await at.get(`${url}/refer?notified=yes`);
  assert.match(form.body, /Safelight sends nothing/);
  assert.doesNotMatch(form.body, /Lea Nurses/, 'only councils');
  const id = newTimelessId();
  const items = ['essential information'];
  const wrong = await at.post(`${url}/refer`, { id, step: 'notified', to: nurses.id });
  assert.equal(wrong.statusCode, 422);
  assert.match(
    wrong.body,
    /Select how you notified them[\s\S]*Enter whom you notified[\s\S]*Enter the day and the time/,
  );
  const elsewhere = await at.post(`${url}/refer`, { ...notified, id, items, to: nurses.id });
  assert.match(elsewhere.body, /Select a council of the list/);
  for (let times = 0; times < 2; times += 1)
    assert.equal((await at.post(`${url}/refer`, { ...notified, id, items, to: council.id })).headers.location, url);
  const reworded = { ...notified, id, items, to: council.id, whom: 'The team manager' };
  const again = await at.post(`${url}/refer`, reworded);
  assert.equal(again.statusCode, 422, 'the same form with other words');
  assert.match(again.body, /You already saved this form with other words[\s\S]*value="The team manager"/);
  for (const nobody of ['.', '\u200b', '12']) {
    const sent = await at.post(`${url}/refer`, { ...reworded, id: newTimelessId(), whom: nobody });
    assert.match(sent.body, /Enter whom you notified/);
  }
  assert.deepEqual(
    await db.selectFrom('disclosures').select(['basis', 'timing', 'recipient', 'approvedBy']).execute(),
    [{ basis: 'child', timing: 'at once', recipient: council.id, approvedBy: lead.id }],
  );
  for (const table of ['referrals', 'personGrants'] as const)
    assert.deepEqual(await db.selectFrom(table).selectAll().execute(), [], 'nothing is sent');
  await shows(at, url, /children’s services were notified/);
  await showsNo(at, '/staff', /No record that you can read says that children’s services know/);
  const account = await at.get(`/staff/safeguarding/people/${note.encounterId}/consents`);
  assert.match(account.body, /Shared without consent: under 18, or age not known/);
  assert.match(account.body, /Disclosed without consent: Lea Council/);
  assert.match(
    (await at.get(`/staff/safeguarding/disclosures/${id}`)).body,
    /by telephone\. Whom: The duty social worker/,
  );

  const { note: other } = await ofNote();
  const origin = { origin: 'met at visit', originId: other.encounterId, operationId: other.operationId } as const;
  const person = await addPerson(db, keys, lead, clock.now(), { ...origin, yearOfBirth: null, age: 'not known' });
  const record = `/staff/safeguarding/people/${person.id}`;
  await shows(at, record, /\?notified=yes">If you notified them outside Safelight/);
  await shows(at, `${record}/refer?notified=yes`, /Whom did you notify/);
  const once = { ...notified, id: newTimelessId(), items, to: council.id };
  assert.equal((await at.post(`${record}/refer`, once)).statusCode, 303);
  await showsNo(at, record, /If you notified them outside Safelight/);
});

test('only members who can disclose at once record it, and only for somebody treated as a child', async (t) => {
  const { signIn, adviser, lead, council, metAt, keys, note: adult, safeguardingDb: db } = await aHelpedPerson(t);
  const child = await addNote(db, keys, { ...metAt, encounterId: newTimelessId() }, adviser, { age: 'under 18' });
  const helper = await signIn(adviser);
  const url = `/staff/safeguarding/notes/${child.id}/refer`;
  await shows(helper, `${url}?notified=yes`, /Only a safeguarding lead or data-protection lead can record this/);
  const sent = { ...notified, id: newTimelessId(), items: ['essential information'], to: council.id };
  const refused = await helper.post(url, sent);
  assert.equal(refused.statusCode, 422);
  await db.updateTable('notes').set({ age: 'adult' }).where('id', '=', adult.id).execute();
  const at = await signIn(lead);
  await shows(at, `/staff/safeguarding/notes/${adult.id}/refer?notified=yes`, /Preview the referral/);
  assert.equal((await at.post(`/staff/safeguarding/notes/${adult.id}/refer`, sent)).statusCode, 422);
  assert.deepEqual(await db.selectFrom('disclosures').selectAll().execute(), []);
});
