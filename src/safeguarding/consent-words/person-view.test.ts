import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agrees, aWalkIn, consentTo } from '../../../test/fixtures/walk-in.ts';
import { describeShownLanguage, findLanguageDifference } from '../../nrm/consent-words/language-check.ts';
import { addConsent, addDisclosure } from '../consent/examples.ts';
import { addPerson } from '../people/examples.ts';

const mainOf = (body: string): string => body.slice(body.indexOf('<main'), body.indexOf('</main>'));

test('the account for the person has no notes for staff and nothing to press, and opens in their language', async (t) => {
  const { signIn, caseworker, nurses, safeguardingDb: db, keys, clock } = await aWalkIn(t);
  const child = { age: 'under 18', yearOfBirth: null, language: 'Arabic', contactNever: 'Leave no message' } as const;
  const person = await addPerson(db, keys, caseworker, clock.now(), child);
  const known = { personId: person.id, operationId: null, at: clock.now() };
  await addConsent(db, keys, known, nurses.id, caseworker);
  await addDisclosure(db, keys, known, nurses.id, caseworker);
  const at = await signIn(caseworker);
  const url = `/staff/safeguarding/people/${person.id}/consents`;
  const staff = mainOf((await at.get(url)).body);
  assert.match(staff, /Leave no message/);
  assert.match(staff, /Read the reasons/);
  assert.doesNotMatch(staff, /You can show this page/);
  assert.match(staff, /href="[^"]*consents\?view=person"/);

  const shown = mainOf((await at.get(`${url}?view=person`)).body);
  assert.doesNotMatch(shown, /Leave no message|Never:|treat as a child|Read the reasons|staff only|Do not ask again/);
  assert.doesNotMatch(shown, /<a [^>]*href="(?!#|[^"]*\/words")|<button|<form/, 'no way to a page for staff');
  const large = /href="(\/staff\/safeguarding\/consents\/[0-9a-f-]+\/words)"/.exec(shown)?.[1] ?? '';
  const cards = mainOf((await at.get(large)).body);
  assert.match(cards, /sl-large-card/);
  assert.doesNotMatch(cards, /<a |<button|<form|Leave no message/, 'the words alone');
  assert.match(shown, /<section lang="ar" dir="rtl">\s*<h2[^>]*>العربية</);
  assert.match(shown, /تبيّن هذه الصفحة ما وافقت عليه[\s\S]*بقية هذه الصفحة باللغة الإنجليزية/);
  assert.match(shown, /Lea Nurses/);
  assert.match(shown, /Access to the record now/);
});

test('the account for a person without a translation says plainly that it is in English', async (t) => {
  const { signIn, caseworker, safeguardingDb: db, keys, clock } = await aWalkIn(t);
  const person = await addPerson(db, keys, caseworker, clock.now(), { language: 'Sorani' });
  const at = await signIn(caseworker);
  const { body } = await at.get(`/staff/safeguarding/people/${person.id}/consents?view=person`);
  assert.match(body, /This page is in English\. If that is not your language, ask the interpreter what it says\./);
  assert.doesNotMatch(mainOf(body), /<section lang=/);
});

test('says where the language of the words is not the one on record, and keeps the language on record', () => {
  const romanian = { language: 'Romanian', interpreter: 'needed' };
  assert.equal(
    describeShownLanguage('ar', romanian),
    'The person’s language is recorded as Romanian, with an interpreter needed. The words are shown in Arabic. Check which language the person understands.',
  );
  assert.equal(describeShownLanguage('ro', { language: 'Romanian' }), 'The person’s language is recorded as Romanian.');
  assert.equal(describeShownLanguage('zh', { language: 'Mandarin' }), 'The person’s language is recorded as Mandarin.');
  assert.equal(describeShownLanguage('ar', {}), undefined);
});

test('says where a consent was shown, explained and recorded in different languages, and is silent where they agree', () => {
  const romanian = { language: 'Romanian', interpreter: 'needed' };
  assert.equal(
    findLanguageDifference({ language: 'pl', shownLanguage: 'ar' }, romanian),
    'Check the language: the words were shown in Arabic and explained in Polish, and the person’s language is recorded as Romanian. If the person may not have understood, ask again.',
  );
  assert.match(String(findLanguageDifference({ language: 'Klingon', shownLanguage: null }, romanian)), /in Klingon/);
  assert.match(
    String(findLanguageDifference({ language: 'pl', shownLanguage: 'ar' }, {})),
    /Arabic and explained in Polish/,
  );
  for (const [explained, shownLanguage, language] of [
    ['ro', 'ro', 'Romanian'],
    ['ro', null, 'Romanian'],
    ['Mandarin', 'zh', 'Chinese'],
    ['Klingon', null, 'Klingon'],
    ['en', null, 'Romanian'],
  ] as const)
    assert.equal(findLanguageDifference({ language: explained, shownLanguage }, { language }), undefined, explained);
});

test('warns in place: on the words and in the account, and saves the answer all the same', async (t) => {
  const { signIn, caseworker, nurses, safeguardingDb: db, keys, clock } = await aWalkIn(t);
  const person = await addPerson(db, keys, caseworker, clock.now(), { language: 'Romanian' });
  const at = await signIn(caseworker);
  const url = `/staff/safeguarding/people/${person.id}/consents`;
  const asked = consentTo(nurses.id, { shown: 'ar' });
  const words = (await at.post(`${url}/ask`, { ...asked, step: 'show' })).body;
  assert.match(words, /recorded as Romanian, with an interpreter needed\. The words are shown in Arabic\. Check which/);
  await agrees(at, person.id, asked);
  const warning =
    /the words were shown in Arabic and explained in Ukrainian, and the person’s language is recorded as Romanian/;
  assert.match((await at.get(`${url}?done=kept`)).body, warning);
  assert.doesNotMatch((await at.get(`${url}?view=person`)).body, warning, 'a note for staff');
});
