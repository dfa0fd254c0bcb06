import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { tagsOfPdf, textOfPdf, unpackedPdf } from '../../../test/fixtures/pdf.ts';
import { aWalkIn } from '../../../test/fixtures/walk-in.ts';
import { logRows } from '../../../test/harness/log-rows.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addConsent, addGrant, addWithdrawal } from '../consent/examples.ts';
import { exampleSubject } from '../people/examples.ts';
import { addReferralForSubject } from '../referrals/examples.ts';

const wishes = ['أريد أن أنام في مكان هادئ', 'ኣብ ሰላም ዘለዎ ቦታ ክድቅስ እደሊ', '我想睡在安静的地方'] as const;

/** The council shared three items of a person with the nurses, without a referral. */
async function aSharedPerson(t: TestContext) {
  const world = await aWalkIn(t);
  const { safeguardingDb: db, keys, clock, person, caseworker, nurses, signIn } = world;
  const known = { personId: person.id, operationId: null, at: clock.now() };
  const consent = await addConsent(db, keys, known, nurses.id, caseworker, {
    act: 'share',
    purpose: 'safety planning',
    items: ['when we met', 'wishes', 'contact details', 'where we met'],
  });
  const grant = await addGrant(
    db,
    keys,
    { consent },
    [
      { item: 'when we met', words: '2026-09-18' },
      { item: 'wishes', words: wishes.join('\n') },
      { item: 'contact details', words: 'A text message. Never: 不要打电话' },
    ],
    caseworker,
  );
  return {
    ...world,
    consent,
    grant,
    at: await signIn(caseworker),
    letter: `/staff/safeguarding/grants/${grant.id}/letter`,
  };
}

const squeezed = (pages: readonly string[]): string => pages.join('\n').replace(/\s+/g, '');
const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

test('a letter shows the shared items and no others, and a blank line where nothing is recorded', async (t) => {
  const { at, letter } = await aSharedPerson(t);
  const { body, statusCode } = await at.get(letter);
  assert.equal(statusCode, 200);
  const text = plain(body);
  for (const words of [
    'Information letter To Lea Nurses',
    'Shared on 18 September 2026',
    'The person agreed to share only this with you',
    'Met on 18 September 2026',
    'How to reach the sender To complete by hand',
    'For Lea Council Name Signature Date and time',
    'Draft without a version number. Printed by Cas Worker, Lea Council.',
  ])
    assert.ok(text.includes(words), words);
  for (const words of wishes) assert.ok(body.includes(words), words);
  assert.doesNotMatch(body, /Olga|Коваленко|07700 900461|Met in/, 'what was not shared is not on it');
  assert.doesNotMatch(text, /1998/, 'the year of birth; ids in links may hold these digits');
});

test('the letter of a referral says what the recipient sees on its page, item by item', async (t) => {
  const { safeguardingDb: db, keys, clock, person, caseworker, nurse, nurses, signIn } = await aWalkIn(t);
  const source = { subject: exampleSubject(person), by: caseworker, at: clock.now() };
  const referral = await addReferralForSubject(db, keys, source, nurses, {
    words: 'Needs a bed from Monday.\nPhone of the sender: 01632 960011',
  });
  const { id } = await db
    .selectFrom('personGrants')
    .select('id')
    .where('referralId', '=', referral.id)
    .executeTakeFirstOrThrow();
  const letter = plain((await (await signIn(caseworker)).get(`/staff/safeguarding/grants/${id}/letter`)).body);
  const page = plain((await (await signIn(nurse)).get(`/staff/safeguarding/referrals/${referral.id}`)).body);
  for (const words of [
    'Referral letter To Lea Nurses',
    'We ask you to help a person',
    'How to reach the sender 01632 960011',
  ])
    assert.ok(letter.includes(words), words);
  for (const item of ['Met on 18 September 2026', 'Asks for help with shelter', 'In words Needs a bed from Monday.']) {
    assert.ok(letter.includes(item), item);
    assert.ok(page.includes(item), `the page: ${item}`);
  }
});

test('a version has a number, the same letter keeps it, and the PDF is tagged and shows each script', async (t) => {
  const { at, letter, safeguardingDb: db, grant } = await aSharedPerson(t);
  assert.match((await at.get(letter)).body, /No version yet[\s\S]*Make version 1/);
  assert.equal((await at.get(`${letter}/pdf`)).statusCode, 404, 'no PDF without a version');
  for (let times = 0; times < 2; times += 1) assert.equal((await at.post(letter, {})).statusCode, 303);
  const made = (await at.get(letter)).body;
  assert.match(made, /The records have not changed since/);
  assert.match(
    made,
    /Version 1, in the hour after 10:00 on 18 September 2026, by [^<]*Cas Worker\. The first version\./,
  );
  const rows = await db.selectFrom('safeguardingPapers').selectAll().execute();
  assert.deepEqual(
    rows.map(({ grantId, handoverId, version, changes, actions }) => ({
      grantId,
      handoverId,
      version,
      changes,
      actions,
    })),
    [{ grantId: grant.id, handoverId: null, version: 1, changes: [], actions: [] }],
  );
  assert.doesNotMatch(JSON.stringify(rows), /text message|不要/, 'digests, never the words');

  const file = await at.get(`${letter}/pdf`);
  assert.equal(file.statusCode, 200);
  assert.equal(
    file.headers['content-disposition'],
    'attachment; filename="letter-version-1.official-sensitive-personal-data.pdf"',
  );
  assert.ok(file.rawPayload.equals((await at.get(`${letter}/pdf`)).rawPayload), 'the same bytes each time');
  assert.match(unpackedPdf(file.rawPayload), /<pdfuaid:part>1<\/pdfuaid:part>/);
  assert.match(unpackedPdf(file.rawPayload), /Amiri[\s\S]*NotoSansEthiopic|NotoSansEthiopic[\s\S]*Amiri/);
  const tags = tagsOfPdf(file.rawPayload);
  assert.equal(tags.filter((tag) => tag === 'H1').length, 1);
  assert.ok(
    tags.some((tag) => tag.endsWith('(zh)')),
    `Chinese is marked as such: ${tags}`,
  );
  assert.ok(
    tags.some((tag) => tag.endsWith('(und)')),
    'another language is not marked as English',
  );
  const pages = await textOfPdf(file.rawPayload);
  const text = squeezed(pages);
  for (const words of [wishes[1], wishes[2], 'A text message. Never: 不要打电话', 'To complete by hand'])
    assert.ok(text.includes(words.replace(/\s+/g, '')), words);
  assert.match(pages.join('\n'), /\p{Script=Arabic}{4}/u);
  assert.doesNotMatch(text, /\[…\]/, 'each letter is drawn');
  assert.match(text, /Version1,madeinthehourafter10:00on18September2026\.PrintedbyCasWorker,LeaCouncil\./);
});

test('each look, version and PDF of a letter is in the access log', async (t) => {
  const { at, letter, safeguardingDb: db, grant, nurses, council } = await aSharedPerson(t);
  await at.get(letter);
  await at.post(letter, {});
  await at.get(`${letter}/pdf`);
  const rows = await logRows(db, [], ['event', 'kind', 'subject', 'recipient', 'fields', 'ownerId']);
  const of = (event: string) => rows.find((row) => row.event === event);
  assert.equal(of('letter.shown')?.subject, grant.id);
  assert.equal(of('letter.made')?.ownerId, council.id);
  assert.deepEqual(
    [of('letter.exported')?.kind, of('letter.exported')?.recipient, of('letter.exported')?.fields],
    ['disclosure', nurses.id, ['when we met', 'wishes', 'contact details']],
  );
});

test('only the agency that shared finds the letter, and a hidden letter answers as an absent one', async (t) => {
  const { letter, at, signIn, colleague, nurse, elsewhere, officer, member, council } = await aSharedPerson(t);
  await at.post(letter, {});
  const inside = await signIn(colleague);
  assert.match((await inside.get(letter)).body, /Version 1, /);
  assert.equal((await inside.get(`${letter}/pdf`)).statusCode, 200);
  const absent = `/staff/safeguarding/grants/${newTimelessId()}/letter`;
  for (const who of [nurse, elsewhere]) {
    const visitor = await signIn(who);
    for (const path of [letter, absent]) {
      assert.equal((await visitor.get(path)).statusCode, 404);
      assert.equal((await visitor.get(`${path}/pdf`)).statusCode, 404);
      assert.equal((await visitor.post(path, {})).statusCode, 404);
    }
    const [hidden, missing] = [await visitor.get(letter), await visitor.get(absent)];
    assert.equal(hidden.body.replaceAll(letter, absent).length, missing.body.length);
  }
  for (const who of [officer, await member(council, ['administrator'], 'Ada Min')]) {
    const visitor = await signIn(who);
    for (const path of [letter, absent]) {
      assert.equal((await visitor.get(path)).statusCode, 403);
      assert.equal((await visitor.get(`${path}/pdf`)).statusCode, 403);
      assert.equal((await visitor.post(path, {})).statusCode, 403);
    }
  }
});

test('a withdrawal ends the letter and its PDF; the case still lists which version was made', async (t) => {
  const { at, letter, safeguardingDb: db, consent, caseworker, clock, person } = await aSharedPerson(t);
  const documents = `/staff/safeguarding/people/${person.id}/documents`;
  assert.match(
    plain((await at.get(documents)).body),
    /Information letter to Lea Nurses In the hour after .* No version yet/,
  );
  await at.post(letter, {});
  const listed = (await at.get(documents)).body;
  assert.ok(listed.includes(`href="${letter}"`));
  assert.match(
    plain(listed),
    /Papers to print .*Version 1, in the hour after 10:00 on 18 September 2026, by [^,]*Cas Worker/,
  );
  await addWithdrawal(db, consent, caseworker, clock.now());
  for (const path of [letter, `${letter}/pdf`]) assert.equal((await at.get(path)).statusCode, 404);
  const over = (await at.get(documents)).body;
  assert.ok(!over.includes(`href="${letter}"`));
  assert.match(plain(over), /Version 1, [^.]*\. The agency’s access has ended/);
});

test('two members who make a version at once get two numbers, and a version hangs on its grant', async (t) => {
  const { safeguardingDb: db, grant, council, caseworker } = await aSharedPerson(t);
  const add = () =>
    sql`insert into safeguarding_papers (id, grant_id, agency_id, author_id, version, parts, made_at)
      values (${newTimelessId()}, ${grant.id}, ${council.id}, ${caseworker.id}, 1, '{}', '2026-09-18T09:00:00Z')`.execute(
      db,
    );
  await Promise.all([add(), add()]);
  const { rows } = await sql<{ version: number }>`select version from safeguarding_papers order by 1`.execute(db);
  assert.deepEqual(
    rows.map(({ version }) => version),
    [1, 2],
  );
  await sql`delete from person_grants where id = ${grant.id}`.execute(db);
  assert.equal((await db.selectFrom('safeguardingPapers').selectAll().execute()).length, 0);
});
