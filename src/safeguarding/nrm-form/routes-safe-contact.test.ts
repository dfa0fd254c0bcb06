import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOf, know, plain, raise, world } from '../../../test/fixtures/nrm-draft-handover.ts';
import { getNrmReferral } from '../nrm-drafts/store.ts';

/** The safe contact of Mara in the demonstration data. */
const byText = {
  called: 'Mara Dobrescu',
  contactWay: 'a text message',
  contactAt: '07700 900614',
  contactWhen: 'After ten in the morning',
  contactNever: 'No call that was not agreed by text, and nothing by post',
} as const;
const record =
  /The person’s record says: A text message: 07700 900614\. When: After ten in the morning\. Never: No call that was not agreed by text, and nothing by post\./;

test('refuses an answer that allows more contact than the record at its field, and saves the rest', async (t) => {
  const w = await world(t, byText);
  const at = await raise(w.her, w.person, 'yes');
  await know(w, at);
  const parts = [...(await w.her.get(at)).body.matchAll(/parts\/(\d+)">(Person|Contact)</g)];
  const partOf = (title: string) => `${at}/parts/${parts.find(([, , one]) => one === title)?.[1]}`;

  const asked = 'pv-phone-number pv-phone-number-yes pv-nationality pv-name-first-name';
  const person = await w.her.get(`${partOf('Person')}?all=yes`);
  assert.match(plain(person.body), record);
  assert.match(plain(person.body), /First name The person’s record says: Mara Dobrescu\./);
  const typed = { asked, 'pv-phone-number': 'yes', 'pv-nationality': 'RO', 'pv-name-first-name': 'Mara' };
  const refused = await w.her.post(partOf('Person'), typed);
  assert.equal(refused.statusCode, 422);
  assert.match(
    plain(refused.body),
    /The person’s record allows less than this\. Select an answer that keeps to the record/,
  );
  assert.match(refused.body, /name="pv-phone-number"[^>]* value="yes" checked/, 'what was typed is kept');
  const { answers } = await getNrmReferral(w.safeguardingDb as never, w.keys, idOf(at));
  assert.deepEqual(
    [answers['telephone allowed'], answers.nationality?.value, answers['first name']?.value],
    [undefined, 'RO', 'Mara'],
  );

  const contact = await w.her.post(partOf('Contact'), { asked: 'who-contact', 'who-contact': 'potential-victim' });
  assert.match(plain(contact.body), /The person’s record allows less/);
  const other = await w.her.post(partOf('Contact'), { asked: 'who-contact', 'who-contact': 'someone-else' });
  assert.equal(other.statusCode, 303, plain(other.body));
});

test('the draft says first how the person can be reached, and that telephoning is not allowed', async (t) => {
  const w = await world(t, byText);
  const at = await raise(w.her, w.person, 'yes');
  await know(w, at, { 'telephone allowed': 'yes', telephone: '07700 900614' });
  for (const page of ['draft', 'first-responder']) {
    const body = plain((await w.her.get(`${at}/${page}`)).body);
    assert.match(
      body,
      /Safe contact Reach the person only in this way A text message: 07700 900614\. When: .+ Never: /,
      page,
    );
    assert.match(body, /Can be telephoned No /, page);
    assert.match(
      body,
      /How the person can be found without a telephone Only in the way that the person said is safe\. A text message: 07700 900614\./,
    );
    assert.doesNotMatch(body, / Telephone 07700/, page);
  }
});
