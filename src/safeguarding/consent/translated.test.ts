import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { asLeader } from '../../../test/fixtures/as-leader.ts';
import { answer, hidden, plain, question, summary } from '../../../test/fixtures/referral.ts';
import { aWalkIn } from '../../../test/fixtures/walk-in.ts';
import { suggestWordingLanguage } from '../../nrm/consent-words/shown-words.ts';
import { digest } from '../../platform/crypto/crypto.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPerson } from '../people/examples.ts';
import { erase } from '../retention/store.ts';
import { addConsent } from './examples.ts';
import { readHeldConsents } from './subject-access-store.ts';

/** A person who speaks Ukrainian, by the record, and a caseworker who asks them. */
async function world(t: TestContext) {
  const application = await aWalkIn(t);
  const { signIn, caseworker, person, nurses } = application;
  const at = await signIn(caseworker);
  const account = `/staff/safeguarding/people/${person.id}/consents`;
  const asked = (more = {}) => ({ id: newTimelessId(), ...question(nurses.id), ...more });
  const show = (body: object) => at.post(`${account}/ask`, { ...body, step: 'show' });
  const save = (body: object, shownDigest: string, more = {}) =>
    at.post(`${account}/ask`, { ...body, ...answer, language: 'uk', digest: shownDigest, step: 'save', ...more });
  return { ...application, at, account, asked, show, save };
}

test('suggests the language of the record where it has a translation, and asks where the record says nothing', () => {
  for (const [language, suggested] of [
    ['Ukrainian', 'uk'],
    ['Mandarin', 'zh'],
    ['Chinese', 'zh'],
    ['Arabic', 'ar'],
    ['Welsh', 'cy'],
    ['English', 'en'],
    ['Cantonese', 'other'],
    ['Sorani', 'other'],
    ['French', 'other'],
    ['Romanian and French', undefined],
    [null, undefined],
  ] as const)
    assert.equal(suggestWordingLanguage({ language }), suggested, String(language));
});

test('shows the words in the person’s language before the English, and keeps both as they were shown', async (t) => {
  const {
    at,
    account,
    asked,
    show,
    save,
    safeguardingDb: db,
    keys,
    person,
    caseworker,
    clock,
    nurses,
  } = await world(t);
  const form = (await at.get(`${account}/ask?act=refer`)).body;
  assert.match(form, /<option value="uk" selected>Ukrainian/, 'as the record says');
  const body = asked({ shown: 'uk' });
  const shown = (await show(body)).body;
  assert.match(shown, /<section class="govuk-inset-text" lang="uk" dir="ltr">\s*<h2[^>]*>Українська</);
  assert.ok(shown.indexOf('lang="uk"') < shown.indexOf('<section class="govuk-inset-text" lang="en" dir="ltr">'));
  const words = plain(shown);
  assert.match(
    words,
    /A language model translated the words into Ukrainian\. No speaker has reviewed the translation yet\./,
  );
  assert.match(words, /The consent rests on the English words\./);
  assert.match(words, /Жоден носій вашої мови його ще не перевірив\. Якщо щось незрозуміло, запитайте перекладача\./);
  assert.match(words, /16 жовтня 2026/);
  assert.match(words, /It ends on this day: 16 October 2026\./);
  assert.match(shown, /name="shown" value="uk"/);

  const seen = hidden(shown, 'digest');
  for (const other of ['ar', 'en', 'other']) {
    const changed = await save({ ...body, shown: other }, seen);
    assert.equal(changed.statusCode, 422, other);
    assert.match(changed.body, /The words have changed since\. Show or read out these/);
  }
  const saved = await save(body, seen);
  assert.equal(saved.statusCode, 303, plain(saved.body));
  const inArabic = { ...body, shown: 'ar' };
  const otherwise = await save(inArabic, hidden((await show(inArabic)).body, 'digest'));
  assert.match(otherwise.body, /You already saved another answer with this form/, 'not said to be saved in Arabic');
  const row = await db.selectFrom('consents').selectAll().executeTakeFirstOrThrow();
  assert.equal(row.shownLanguage, 'uk');
  assert.match(
    String(row.shownWording),
    /^Цей переклад [\s\S]*\n• Lea Nurses \(медична служба\)\n[\s\S]*ви все одно отримаєте допомогу/,
  );
  assert.match(row.wording, /^We would like to ask this agency to help you:\n• Lea Nurses\n/);
  assert.equal(row.wordingDigest, digest(`${row.wording}\n\nuk\n${row.shownWording}`));

  const known = { personId: person.id, operationId: null, at: clock.now() };
  await addConsent(db, keys, known, nurses.id, caseworker, { act: 'share', items: ['when we met'] });
  const page = (await at.get(account)).body;
  assert.match(page, /<div class="govuk-details__text sl-typed" lang="uk" dir="ltr">Цей переклад/);
  assert.equal(page.match(/Words of the consent/g)?.length, 2, 'the one in English alone still shows');
  assert.equal(page.match(/lang="uk"/g)?.length, 1);
  assert.ok(summary(page));
  const held = (await readHeldConsents(db as never, keys, [person.id])).flatMap(({ lines }) => lines);
  const labels = held.filter(({ label }) => /word for word|in your language/.test(label)).map(({ label }) => label);
  assert.equal(labels.filter((label) => label === 'What you were asked, word for word').length, 2);
  assert.equal(labels.filter((label) => label === 'The same words in your language, as they were shown').length, 1);
});

test('Arabic reads from right to left, on the page and in the account; a no and a withdrawal keep what was shown', async (t) => {
  const { at, account, asked, show, save, safeguardingDb: db } = await world(t);
  const body = asked({ shown: 'ar' });
  const shown = (await show(body)).body;
  assert.match(shown, /<section class="govuk-inset-text" lang="ar" dir="rtl">\s*<h2[^>]*>العربية</);
  assert.match(shown, /<option value="ar" selected>/, 'the explanation is expected in that language');
  assert.match(shown, /<bdi>Lea Nurses<\/bdi>/);
  assert.equal((await save(body, hidden(shown, 'digest'), { language: 'ar' })).statusCode, 303);
  const { id } = await db.selectFrom('consents').select('id').executeTakeFirstOrThrow();
  const taken = await at.post(`/staff/safeguarding/consents/${id}/withdraw`, { how: 'the person themself' });
  assert.equal(taken.statusCode, 303, plain(taken.body));

  const again = asked({ shown: 'ar', purpose: 'childcare' });
  const no = hidden((await show(again)).body, 'digest');
  assert.equal((await save(again, no, { language: 'ar', answer: 'no' })).statusCode, 303);
  const page = (await at.get(account)).body;
  assert.match(page, /Words of the question[\s\S]*lang="ar" dir="rtl">/);
  assert.equal(page.match(/lang="ar" dir="rtl">/g)?.length, 2);
  await assert.rejects(
    sql`update consents set shown_wording = 'x', wording_digest = encode(sha256('x'), 'hex') where id = ${id}`.execute(
      db,
    ),
  );
});

test('words that no speaker has reviewed never record a consent alone: somebody interprets, or the person reads English', async (t) => {
  const { at, asked, safeguardingDb: db, caseworker, keys, clock } = await world(t);
  const personWho = async (interpreter: 'needed' | 'not needed') => {
    const person = await addPerson(db, keys, caseworker, clock.now(), { language: 'Ukrainian', interpreter });
    const url = `/staff/safeguarding/people/${person.id}/consents/ask`;
    return async (more: object, question = {}) => {
      const body = asked({ shown: 'uk', ...question });
      const seen = hidden((await at.post(url, { ...body, step: 'show' })).body, 'digest');
      const said = { ...answer, language: 'en', interpreted: 'nobody was needed', interpreter: '', ...more };
      return at.post(url, { ...body, ...said, digest: seen, step: 'save' });
    };
  };
  const save = await personWho('not needed');
  for (const interpreted of ['nobody was needed', 'shared language']) {
    const refused = await save({ interpreted });
    assert.equal(refused.statusCode, 422, interpreted);
    assert.match(plain(refused.body), /No speaker has reviewed the translated words\. Have them interpreted/);
    assert.match(refused.body, /lang="uk"/, 'the words stay on the page');
  }
  const spoken = await save({ language: 'uk', interpreted: 'person reads English' });
  assert.match(plain(spoken.body), /Select the interpreter, or select English above/);
  const needing = await personWho('needed');
  const doubtful = await needing({ interpreted: 'person reads English' });
  assert.match(plain(doubtful.body), /The record says that the person needs an interpreter/);
  assert.equal((await db.selectFrom('consents').selectAll().execute()).length, 0);

  assert.equal((await save({ interpreted: 'person reads English' })).statusCode, 303);
  const kept = await db.selectFrom('consents').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([kept.language, kept.interpreted, kept.shownLanguage], ['en', 'person reads English', 'uk']);
  assert.equal((await save({ answer: 'no' }, { purpose: 'childcare' })).statusCode, 303, 'a no is always kept');
  assert.equal((await save({}, { shown: 'en', purpose: 'safety planning' })).statusCode, 303, 'English words alone');
});

test('says plainly for any other language: English words, through an interpreter', async (t) => {
  const { at, account, asked, show } = await world(t);
  const form = plain((await at.get(`${account}/ask?act=share`)).body);
  assert.match(form, /Another language: English words, through an interpreter/);
  for (const shown of ['other', 'en']) {
    const { body } = await show(asked({ shown }));
    assert.match(plain(body), /These words are in English only\. .*Have the words interpreted before you ask\./);
    assert.equal(body.match(/<section class="govuk-inset-text"/g)?.length, 1);
    assert.doesNotMatch(body, /lang="uk"/);
  }
});

test('the database refuses a translation without its language, under the digest of the English, or in English', async (t) => {
  const { at, account, asked, show, save, safeguardingDb: db } = await world(t);
  const body = asked({ shown: 'uk' });
  await save(body, hidden((await show(body)).body, 'digest'));
  assert.equal((await at.get(account)).statusCode, 200);
  const { id: _, ...row } = await db.selectFrom('consents').selectAll().executeTakeFirstOrThrow();
  const insert = (more: object) =>
    db
      .insertInto('consents')
      .values({ ...row, id: newTimelessId(), ...more })
      .execute();
  for (const more of [
    { shownLanguage: null },
    { shownWording: null },
    { shownLanguage: 'en' },
    { shownLanguage: 'pl' },
    { shownWording: `${row.shownWording}.` },
    { wordingDigest: digest(row.wording) },
    { shownLanguage: 'not a code', wordingDigest: digest(`${row.wording}\n\nnot a code\n${row.shownWording}`) },
  ])
    await assert.rejects(insert(more), /check constraint/, JSON.stringify(more));
  await insert({});
  await insert({ shownLanguage: null, shownWording: null, wordingDigest: digest(row.wording) });
});

test('the erasure of a record takes the words in the person’s language with it', async (t) => {
  const { asked, show, save, person, clock, databases, safeguardingDb: db } = await world(t);
  const body = asked({ shown: 'uk' });
  await save(body, hidden((await show(body)).body, 'digest'));
  const left = async () =>
    (await sql<{ row: string }>`select to_jsonb(c)::text as row from consents c`.execute(db)).rows.filter(({ row }) =>
      row.includes('Цей переклад'),
    ).length;
  assert.equal(await left(), 1);
  const { rows: days } = await sql`select from ctx.days_kept(${person.id}, null, ${person.agencyId})`.execute(db);
  await asLeader({ databases, clock }, async (tx, now) => {
    const hers = { kind: 'record', id: person.id, agencyId: person.agencyId, seen: days.length } as const;
    assert.equal(await erase(tx, hers, now, { of: 'x', why: 'x' }), true);
  });
  assert.equal(await left(), 0);
});

test('for a person who is or may be a child: warns the worker, and says in both languages that children’s services must be told', async (t) => {
  const { at, safeguardingDb, keys, caseworker, clock, account, asked, show } = await world(t);
  const forAdult = plain((await at.get(`${account}/ask?act=refer`)).body + (await show(asked({ shown: 'uk' }))).body);
  assert.doesNotMatch(forAdult, /notify the council’s children’s services|must tell the council/);
  for (const [age, ageBasis, warning] of [
    [
      'under 18',
      'the person says so',
      /A child, or a person who may be one: notify the council’s children’s services\./,
    ],
    ['not known', 'none yet', /A child, or a person who may be one: notify the council’s children’s services\./],
    ['adult', 'recorded at visit', /Ask about the age first, and record how you know it\./],
  ] as const) {
    const child = await addPerson(safeguardingDb, keys, caseworker, clock.now(), { age, ageBasis, yearOfBirth: null });
    const url = `/staff/safeguarding/people/${child.id}/consents/ask`;
    const form = plain((await at.get(`${url}?act=refer`)).body);
    assert.match(form, warning);
    assert.match(form, /This consent does not replace that/);
    const words = plain((await at.post(url, { ...asked({ shown: 'uk' }), step: 'show' })).body);
    assert.match(words, warning);
    assert.match(words, /we must tell the council’s children’s services, even if you say no\./);
    assert.match(words, /ми мусимо повідомити службу у справах дітей місцевої влади, навіть якщо ви скажете «ні»/);
  }
  const buttons = (await show(asked({ shown: 'uk' }))).body.match(/<button[^>]*>\s*The person (agrees|says no)/g) ?? [];
  const looks = buttons.map((one) => /class="([^"]*)"/.exec(one)?.[1]?.trim());
  assert.deepEqual(looks, [looks[0], looks[0]], 'a yes and a no look alike');
});
