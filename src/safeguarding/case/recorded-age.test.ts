import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { helpedIn } from '../../../test/fixtures/help-offered.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPerson } from '../people/examples.ts';
import { addNote } from '../referrals/examples.ts';

const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

type Aged = { readonly age: string; readonly ageBasis: string };

/** A record with this age, and who can correct and refer. */
async function aRecord(t: TestContext, more: Parameters<typeof addPerson>[4]) {
  const { agency, member, signIn, safeguardingDb, keys, clock } = await openApplication(t, {
    ...{ today: '2026-09-18', time: '12:20' },
  });
  await member(await agency('council', { name: 'Lea Council' }), ['partner caseworker'], 'Cas Worker');
  const nurse = await member(await agency('health', { name: 'Lea Nurses' }), ['safeguarding lead'], 'Nia Nurse');
  const at = await signIn(nurse);
  const person = await addPerson(safeguardingDb, keys, nurse, clock.now(), { yearOfBirth: null, ...more });
  const url = `/staff/safeguarding/people/${person.id}`;
  let base = 1;
  return {
    read: async (path: string) => plain((await at.get(`${url}${path}`)).body),
    correct: async (aged: Aged) => {
      const sent = await at.post(`${url}/correct`, {
        ...{ called: 'Olga', others: '', yearOfBirth: '', cameBy: '', aids: [], base: String(base), ...aged },
        ...{ language: 'Ukrainian', interpreter: 'needed', interpreterGender: 'a woman' },
        ...{ contactWay: 'a text message', contactAt: '07700 900461', contactWhen: '', contactNever: '' },
        why: 'the person said more',
      });
      base += 1;
      assert.equal(sent.statusCode, 303, plain(sent.body));
    },
  };
}

const childDuties =
  /You must notify the council’s children’s services\. Do not ask for consent to an NRM referral: a child needs none\./;

test('an adult by the visit alone is called recorded and not confirmed on each page, never “not known”', async (t) => {
  const { read } = await aRecord(t, { age: 'adult', ageBasis: 'recorded at visit' });
  for (const path of ['', '/consents', '/consents/ask', '/referrals', '/refer', '/nrm', '/history'])
    assert.match(await read(path), /Age Recorded as an adult, not confirmed: treat as a child/, path);
  const overview = await read('');
  assert.match(overview, /The visit recorded an adult, and nobody has confirmed it\./);
  assert.match(overview, /Ask the person about their age, and record how you know it\./);
  assert.match(overview, /Confirm the age .*If they are an adult, ask for consent to an NRM referral\./);
  assert.doesNotMatch(overview, childDuties);
  assert.match(
    await read('/nrm'),
    /Confirm the person’s age first\. An adult must consent to the NRM; a child is not asked\./,
  );
  assert.match(await read('/consents/ask'), /Confirm the person’s age first\./);
  assert.match(overview, /Evidence of age As recorded at the visit; not confirmed/);
  assert.doesNotMatch(overview, /age is not known|Not known: treat/);
  const refer = await read('/refer');
  assert.match(refer, /Recorded as an adult, not confirmed: treated as a child Arrange help even if/);
});

test('an adult corrected to a child: says who changed it and what was recorded, and asks no consent for the NRM', async (t) => {
  const { read, correct } = await aRecord(t, { age: 'adult', ageBasis: 'recorded at visit' });
  await correct({ age: 'under 18', ageBasis: 'recorded at visit' });
  const change =
    /Changed from adult \(as recorded at the visit; not confirmed\) to under 18 by [^,]*Nia Nurse, in the hour after 12:00 on 18 September 2026\./;
  const overview = await read('');
  assert.match(overview, new RegExp(`The person is under 18\\. ${change.source} ${childDuties.source}`));
  assert.match(overview, new RegExp(`Evidence of age None named for the change\\. ${change.source}`));
  assert.match(await read('/nrm'), /Do not ask for consent: a child needs none, nor does a person who may be one\./);
  assert.doesNotMatch(await read('/nrm'), /An adult must consent/);
  assert.match(await read('/consents/ask'), /A child is not asked for consent, nor is a person who may be one\./);
  assert.doesNotMatch(await read('/refer'), /known to be an adult|age not known/);

  await correct({ age: 'under 18', ageBasis: 'the council assessed it' });
  assert.match(await read(''), new RegExp(`Evidence of age The council assessed it\\. ${change.source}`));
});

test('a child corrected to an adult: consent is asked from now on, and children’s services hear of it', async (t) => {
  const { read, correct } = await aRecord(t, { age: 'under 18', ageBasis: 'the person says so' });
  assert.doesNotMatch(await read(''), /Changed from/, 'nothing was changed yet');
  await correct({ age: 'adult', ageBasis: 'a document was seen' });
  const overview = await read('');
  assert.match(
    overview,
    /Now recorded as an adult Changed from under 18 to adult by [^,]*Nia Nurse, in the hour after 12:00 on 18 September 2026\. Ask for consent before you refer the person, to the NRM too\. If children’s services were notified, tell them\./,
  );
  assert.doesNotMatch(overview, /Treat as a child/);
  assert.match(await read('/nrm'), /An adult must consent to it\./);
  assert.match(await read('/consents/ask'), /An adult must consent\. The NRM page has the words/);

  await correct({ age: 'adult', ageBasis: 'recorded at visit' });
  assert.match(await read(''), /Age Recorded as an adult, not confirmed: treat as a child/, 'a visit confirms nothing');
});

test('a referral from a note that says adult does not claim that no record gives the age', async (t) => {
  const world = await helpedIn(await openApplication(t, { today: '2026-09-18', time: '12:20' }));
  const { signIn, lead, adviser, metAt, safeguardingDb: db, keys } = world;
  const write = (age: 'adult' | null) =>
    addNote(db, keys, { ...metAt, encounterId: newTimelessId() }, adviser, { age });
  const at = await signIn(lead);
  const refer = async ({ id }: { readonly id: string }) =>
    plain((await at.get(`/staff/safeguarding/notes/${id}/refer`)).body);
  assert.match(await refer(await write('adult')), /The note says adult\. Nobody has confirmed it since\./);
  assert.match(await refer(await write(null)), /No record that you can read gives the person’s age\./);
});
