import assert from 'node:assert/strict';
import { test } from 'node:test';
import { home as notices, openSides, withWords } from '../../../test/fixtures/custody-notices.ts';
import { asking, behind, idIn, openPolice, home as requests } from '../../../test/fixtures/information-requests.ts';
import { digestIn, idOf, plain, raise, world } from '../../../test/fixtures/nrm-draft-handover.ts';
import { instantAt } from '../../platform/clock.ts';
import { digest } from '../../platform/crypto/crypto.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { readHeldNotices } from '../custody-notices/subject-access-store.ts';
import { editionOn } from '../information-requests/law.ts';
import { listDecisions } from '../information-requests/store.ts';
import { readHeldDecisions } from '../information-requests/subject-access-store.ts';
import { getNrmReferral } from '../nrm-drafts/store.ts';
import { readHeldNrmReferrals } from '../nrm-drafts/subject-access-store.ts';

const ownFirst = (body: string, code: string) => {
  const [own, english] = [`lang="${code}" dir="`, 'lang="en" dir="ltr"'].map((part) =>
    body.indexOf(`<section class="govuk-inset-text" ${part}`),
  );
  assert.ok(own !== undefined && english !== undefined && own > 0 && own < english, `${code} before English`);
};
const spoken = { how: 'the person themself', language: 'uk', interpreted: 'interpreter present', interpreter: 'I 7' };
const changed = /The words have changed since\. Show or read out these/;

test('an NRM referral: the record suggests the language, another can be picked, and both wordings are kept under one digest', async (t) => {
  const w = await world(t, { language: 'Ukrainian' });
  w.clock.move(instantAt('2026-11-29', '09:00'));
  const her = await w.signIn(w.nurse);
  const at = await raise(her, w.person);
  await her.post(`${at}/question?of=doubt`, { answer: 'no' });
  const shown = await her.get(`${at}/question`);
  ownFirst(shown.body, 'uk');
  assert.match(plain(shown.body), /A language model translated the words into Ukrainian\./);
  const arabic = await her.get(`${at}/question?of=consent&shown=ar`);
  ownFirst(arabic.body, 'ar');
  assert.notEqual(digestIn(arabic), digestIn(shown));
  const english = await her.get(`${at}/question?of=consent&shown=other`);
  assert.match(plain(english.body), /These words are in English only\./);

  const said = { ...spoken, answer: 'yes' };
  const other = await her.post(`${at}/question?of=consent&shown=ar`, { ...said, digest: digestIn(shown) });
  assert.match(plain(other.body), changed);
  const saved = await her.post(`${at}/question?of=consent&shown=uk`, { ...said, digest: digestIn(shown) });
  assert.equal(saved.statusCode, 303, plain(saved.body));
  const kept = (await getNrmReferral(w.safeguardingDb as never, w.keys, idOf(at))).fork.consent;
  assert.deepEqual([kept?.wordingId, kept?.shownLanguage], ['told-2026-11-29', 'uk']);
  assert.match(String(kept?.shownWording), /^Цей переклад [\s\S]*ви все одно можете отримати допомогу від нас/);
  assert.match(plain((await her.get(at)).body), /words shown in Ukrainian and English/);
  const held = JSON.stringify(await readHeldNrmReferrals(w.safeguardingDb as never, w.keys, [w.person.id]));
  assert.match(held, /The same words in your language, as they were shown[\s\S]*Цей переклад/);
  assert.match(held, /What you were asked, word for word[\s\S]*This is your choice\./);
});

test('an answer to police: the words in the person’s language come first, and are kept with the English', async (t) => {
  const w = await openPolice(t);
  const person = await w.know({ language: 'Arabic' });
  const asked = await (await w.signIn(w.people.detective)).post(`${requests}/new`, asking(w.advisers.id));
  const url = `${behind}/${idIn(asked.headers.location)}/decide`;
  const lead = await w.signIn(w.people.lead);
  assert.match((await lead.get(url)).body, /<option value="ar" selected>Arabic/, 'as the record says');
  const passed = editionOn('2026-09-18')
    .tests.filter(({ ofCounselling }) => !ofCounselling)
    .map(({ name }) => name);
  const gives = {
    ...{ person: person.id, outcome: 'give agreed items', passed, agreement: 'agreed to the ticked items' },
    ...{
      kinds: ['help provided'],
      words: 'Shelter for two nights.',
      reasons: 'She was asked alone and wants it known.',
      shown: 'ar',
    },
  };
  const shown = await lead.post(url, gives);
  ownFirst(shown.body, 'ar');
  assert.match(shown.body, /lang="ar" dir="rtl"/);
  assert.match(shown.body, /name="shown" value="ar"/);
  const yes = { ...gives, ...spoken, language: 'ar', digest: digestIn(shown) };
  assert.match(plain((await lead.post(url, { ...yes, shown: 'uk' })).body), changed);
  assert.equal((await lead.post(url, yes)).statusCode, 303);
  const [kept] = await listDecisions(w.safeguardingDb as never, w.keys);
  const { wording, shownWording, shownLanguage, digest: of } = kept?.agreed ?? {};
  assert.equal(shownLanguage, 'ar');
  assert.match(String(shownWording), /• Lea Vale Constabulary\n[\s\S]*• “Shelter for two nights\.”/);
  assert.equal(of, digest(`${wording}\n\nar\n${shownWording}`));
  const held = JSON.stringify(await readHeldDecisions(w.safeguardingDb as never, w.keys, [person.id]));
  assert.match(held, /The same words in your language, as they were shown[\s\S]*هذه الترجمة/);
});

test('a custody notice: the words in the person’s language come first, and the database keeps both under one digest', async (t) => {
  const w = await openSides(t, {}, { language: 'Ukrainian' });
  const { people, person, force, safeguardingDb: db, keys } = w;
  const at = `${notices}/of/${person.id}`;
  const adviser = await w.signIn(people.adviser);
  assert.match((await adviser.get(at)).body, /<option value="uk" selected>Ukrainian/);
  const form = {
    ...{ id: newTimelessId(), to: force.id, sentence: 'threat to life', reference: 'WD/1234/26', shown: 'uk' },
    ...{ step: 'send', interpreted: 'interpreter present', answer: 'yes, to these words' },
  };
  const shown = await adviser.post(at, { ...form, step: 'show' });
  ownFirst(shown.body, 'uk');
  assert.match(plain(shown.body), /A language model translated the words into Ukrainian\./);
  const ready = await withWords(adviser, at, form);
  for (const more of [{ digest: 'other' }, { shown: 'ar' }, { sentence: 'medical review' }])
    assert.match(plain((await adviser.post(at, { ...ready, ...more })).body), changed);
  const sent = await adviser.post(at, ready);
  assert.equal(sent.statusCode, 303, plain(sent.body));
  const row = await db.selectFrom('custodyNotices').selectAll().executeTakeFirstOrThrow();
  assert.equal(row.shownLanguage, 'uk');
  assert.match(
    String(row.shownWording),
    /• Існує загроза життю цієї особи\.\n[^\n]*\n• “There is a threat to the person’s life\.”/,
  );
  assert.equal(row.wordingDigest, digest(`${row.wording}\n\nuk\n${row.shownWording}`));
  const page = (await adviser.get(String(sent.headers.location))).body;
  assert.match(page, /<div class="govuk-details__text sl-typed" lang="uk" dir="ltr">Цей переклад/);
  const held = JSON.stringify(await readHeldNotices(db as never, keys, [person.id]));
  assert.match(held, /The same words in your language, as they were shown[\s\S]*Цей переклад/);
  const insert = (more: object) =>
    db
      .insertInto('custodyNotices')
      .values({ ...row, id: newTimelessId(), transferId: newTimelessId(), ...more })
      .execute();
  for (const more of [
    { shownLanguage: null },
    { shownWording: null },
    { shownLanguage: 'en' },
    { shownWording: `${row.shownWording}.` },
    { wordingDigest: digest(row.wording) },
  ])
    await assert.rejects(insert(more), /check constraint/, JSON.stringify(more));
  await insert({ shownLanguage: null, shownWording: null, wordingDigest: digest(row.wording) });
});
