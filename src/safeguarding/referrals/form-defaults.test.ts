import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHelpedPerson } from '../../../test/fixtures/help-offered.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPerson } from '../people/examples.ts';
import { addNote } from './examples.ts';

const home = '/staff/safeguarding';
const asOf = (to: string) => ({ id: newTimelessId(), to, needs: ['shelter'], agreed: 'agreed', purpose: 'childcare' });

test('a referral is offered to other agencies alone, and answered today where the person wants help now', async (t) => {
  const { signIn, lead, caseworker, advisers, council, member, adviser, metAt, note, safeguardingDb, keys } =
    await aHelpedPerson(t);
  // Without this member, the agency would be no recipient anyway.
  await member(advisers, ['partner caseworker'], 'Col League');
  const met = { ...metAt, encounterId: newTimelessId<'encounter'>() };
  const urgent = await addNote(safeguardingDb, keys, met, adviser, { outcomes: ['wants help now'] });
  const at = await signIn(lead);
  const later = (await at.get(`${home}/notes/${note.id}/refer`)).body;
  assert.match(later, /<option value="by the next working day" selected/);
  const now = (await at.get(`${home}/notes/${urgent.id}/refer`)).body;
  assert.match(now, /<option value="today" selected/);
  for (const form of [later, now]) {
    assert.match(form, new RegExp(`name="to"[^>]*value="${council.id}"`));
    assert.doesNotMatch(form, new RegExp(`value="${advisers.id}"`), 'the own agency');
  }
  const asked = { id: newTimelessId(), needs: ['shelter'], words: 'A room', agreed: 'agreed', step: 'preview' };
  const refused = await at.post(`${home}/notes/${urgent.id}/refer`, { ...asked, to: advisers.id });
  assert.match(refused.body, /agency of the list/);
  const sent = await at.post(`${home}/notes/${urgent.id}/refer`, { ...asked, to: council.id, answer: 'today' });
  assert.match(sent.body, /the end of Friday 18 September 2026/);

  const origin = { origin: 'met at visit', originId: urgent.encounterId, operationId: urgent.operationId } as const;
  const person = await addPerson(safeguardingDb, keys, lead, metAt.at, origin);
  const ofRecord = (await at.get(`${home}/people/${person.id}/refer`)).body;
  assert.match(ofRecord, /<option value="today" selected/, 'from the record too');
  const own = await addPerson(safeguardingDb, keys, caseworker, metAt.at);
  const form = (await (await signIn(caseworker)).get(`${home}/people/${own.id}/refer`)).body;
  assert.match(form, new RegExp(`value="${council.id}"`), 'a council asks its children’s services');
});

test('asking for consent leads to the NRM, and the NRM page to other consents', async (t) => {
  const { signIn, lead, note, metAt, safeguardingDb, keys } = await aHelpedPerson(t);
  const at = await signIn(lead);
  const unopened = (await at.get(`${home}/people/${note.encounterId}/consents/ask`)).body;
  assert.match(unopened, /National Referral Mechanism \(NRM\)\. An adult must consent\. Open a record first/);
  const person = await addPerson(safeguardingDb, keys, lead, metAt.at);
  const asking = (await at.get(`${home}/people/${person.id}/consents/ask`)).body;
  assert.match(asking, new RegExp(`href="${home}/people/${person.id}/nrm"[^>]*>Referral to the National Referral`));
  const nrm = (await at.get(`${home}/people/${person.id}/nrm`)).body;
  assert.match(nrm, new RegExp(`href="${home}/people/${person.id}/consents/ask"`));
});

test('a council reads that a child wants help now, and the number of who asks, with consent and without', async (t) => {
  const { signIn, lead, caseworker, council, metAt, safeguardingDb, keys, adviser } = await aHelpedPerson(t);
  const met = { ...metAt, encounterId: newTimelessId<'encounter'>() };
  const note = await addNote(safeguardingDb, keys, met, adviser, { outcomes: ['wants help now'], age: 'under 18' });
  const origin = { origin: 'met at visit', originId: note.encounterId, operationId: note.operationId } as const;
  const minor = { ...origin, age: 'under 18', yearOfBirth: 2010 } as const;
  const person = await addPerson(safeguardingDb, keys, lead, metAt.at, minor);
  const at = await signIn(lead);
  const record = (await at.get(`${home}/people/${person.id}`)).body;
  assert.match(record, /This person wants help now/);
  assert.match(record, /No agency has been asked to help yet/);
  assert.match(record, /Reach the author of the note/);
  const refer = `${home}/people/${person.id}/refer`;
  const form = (await at.get(`${refer}?to=${council.id}&purpose=childcare`)).body;
  assert.match(form, /From the records, always sent[\s\S]*The person is under 18\. The person wants help now\./);
  const typed = /<textarea[^>]*name="words"[^>]*>([^<]*)</.exec(form)?.[1] ?? '';
  assert.doesNotMatch(typed, /under 18|help now/, 'the sender cannot change it');
  const words = 'She sleeps in a car.';
  const preview = await at.post(refer, { ...asOf(council.id), words: '', step: 'preview' });
  assert.match(preview.body, /The person is under 18\. The person wants help now\./, 'enough without more words');
  const asked = { id: newTimelessId(), to: council.id, needs: ['shelter'], words, senderPhone: '01632 960 222' };
  const sent = await at.post(refer, { ...asked, agreed: 'agreed', purpose: 'childcare', step: 'send' });
  const page = (await at.get(String(sent.headers.location))).body;
  assert.match(page, /Safelight does not call anybody\. If it cannot wait, telephone them too\./);
  assert.doesNotMatch(page, /has a notification/);
  assert.match(
    (await at.get(`${home}/people/${person.id}`)).body,
    /wants help now[\s\S]*A referral waits for an answer/,
  );
  const read = (await (await signIn(caseworker)).get(`${home}/referrals/${asked.id}`)).body;
  assert.match(read, /href="tel:\+441632960222"[^>]*>Call the sender: 01632 960 222</);
  assert.match(
    read,
    /The person is under 18\. The person wants help now\. She sleeps in a car\. Phone of the sender: 01632 960 222/,
  );
});

test('the form for children’s services asks eight questions, and folds the others', async (t) => {
  const { signIn, lead, caseworker, council, metAt, safeguardingDb, keys, adviser } = await aHelpedPerson(t);
  const met = { ...metAt, encounterId: newTimelessId<'encounter'>() };
  const note = await addNote(safeguardingDb, keys, met, adviser, { age: 'under 18' });
  const at = await signIn(lead);
  const refer = `${home}/notes/${note.id}/refer`;
  const asked = (html: string) => [
    ...new Set(
      [...html.matchAll(/<(?:input|select|textarea)[^>]* name="(\w+)"[^>]*>/g)].flatMap(([field, name]) =>
        /type="hidden"/.test(field) ? [] : [name],
      ),
    ),
  ];
  const partsOf = (body: string) => {
    const form =
      /<form method="post"(?![^>]*sign-out)[\s\S]*?<\/form>/.exec(body.slice(body.indexOf('<h1')))?.[0] ?? '';
    const [fold = ''] = /<details[\s\S]*?<\/details>/.exec(form) ?? [];
    return { shown: asked(form.replace(fold, '')), fold };
  };
  const { body } = await at.get(`${refer}?to=${council.id}&purpose=childcare`);
  const { shown, fold } = partsOf(body);
  assert.deepEqual(shown, ['agreed', 'reasons', 'atOnce', 'cannotWait', 'to', 'needs', 'words', 'senderPhone']);
  assert.deepEqual(asked(fold), ['also', 'reach', 'purpose', 'days', 'answer', 'handOver']);
  assert.match(fold, /^<details class="govuk-details">[\s\S]*More details/);
  const ordinary = partsOf((await at.get(refer)).body);
  assert.equal(ordinary.fold, '', 'another referral folds nothing');

  const wrong = await at.post(refer, { ...asOf(council.id), also: 'contact details', step: 'preview' });
  assert.match(partsOf(wrong.body).fold, /^<details class="govuk-details" open>/, 'an answer is never out of sight');
  const sent = { id: newTimelessId(), to: council.id, needs: ['safety'], agreed: 'agreed', step: 'send' };
  assert.equal((await at.post(refer, { ...sent, purpose: 'childcare', words: 'Sleeps in a car' })).statusCode, 303);
  const read = await (await signIn(caseworker)).get(`${home}/referrals/${sent.id}`);
  assert.match(read.body, /Sleeps in a car/);
});
