import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { helpedIn } from '../../../test/fixtures/help-offered.ts';
import { formVersions } from '../../nrm/index.ts';
import { findPointer } from '../../platform/crypto/crypto.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { seedNrmReferral } from '../nrm-drafts/examples.ts';
import type { NrmReferralContent } from '../nrm-drafts/nrm-referral.ts';
import { getNrmReferral } from '../nrm-drafts/store.ts';
import { addPerson } from '../people/examples.ts';
import { addNote } from '../referrals/examples.ts';
import { collectRecordedWords } from './recorded-words.ts';

const writtenAt = new Date('2026-11-26T10:00:00Z');
const note = {
  id: newTimelessId<'note'>(),
  day: '2026-11-26',
  writtenAt,
  wants: 'He keeps my passport',
  disclosed: ['debt', 'punished'],
};

test('recorded words are offered with their source, and indicators only at the questions that ask for them', () => {
  const found = collectRecordedWords([note], { cameBy: 'A neighbour rang' });
  assert.deepEqual(
    found['how they left']?.map(({ from, words }) => [from, words]),
    [
      [
        'From the note written in the hour after 10:00 on 26 November 2026, the person’s wishes in their own words',
        'He keeps my passport',
      ],
      ['From the person’s record, “Other important information”', 'A neighbour rang'],
    ],
  );
  assert.equal(found['how they left']?.[0]?.puts, 'Said at the visit on 26 November 2026: “He keeps my passport”');
  const debt = found['how it started']?.[0];
  assert.match(debt?.from ?? '', /indicators that the person disclosed/);
  assert.match(debt?.words ?? '', /owe money/);
  assert.doesNotMatch(debt?.words ?? '', /punished/);
  assert.match(found['how treated']?.[0]?.words ?? '', /punished/);
  assert.deepEqual(
    [found.family, found['first name'], found['kinds of exploitation']],
    [undefined, undefined, undefined],
  );
  assert.deepEqual(collectRecordedWords([], { cameBy: null })['how treated'], []);
});

test('a button puts the recorded words into the answer, keeps what was typed and saves nothing', async (t) => {
  const world = await helpedIn(await openApplication(t, { today: '2026-11-26', time: '10:47' }));
  const { signIn, member, advisers, lead, adviser, other, metAt, safeguardingDb: db, keys, clock } = world;
  const written = await addNote(db, keys, { ...metAt, encounterId: newTimelessId() }, adviser, {
    ...{ outcomes: ['wants help now'], wants: 'He keeps my passport' },
  });
  const origin = { origin: 'met at visit', originId: written.encounterId, operationId: written.operationId } as const;
  const person = await addPerson(db, keys, lead, clock.now(), {
    ...{ ...origin, yearOfBirth: null, age: 'adult', cameBy: 'Works at the car wash' },
  });
  const noted = { by: lead.id, on: '2026-11-26' };
  const fork = (answer: 'yes' | 'no'): NrmReferralContent['fork'] => ({
    ...{ assessor: null, able: null, decisionMaker: null, decision: null, doubt: { ...noted, answer: 'no' } },
    consent: {
      ...{ ...noted, answer, how: 'the person themself', digest: 'd', wordingId: 'w' },
      ...{ language: 'vi', interpreted: 'remote interpreter', interpreter: 'I 7' },
    },
  });
  const number = formVersions.at(-1)?.sections.findIndex(({ title }) => title === 'Exploitation');
  const part = (id: string) => `/staff/safeguarding/nrm-referrals/${id}/parts/${number}`;
  const begun = await seedNrmReferral(db, keys, person, clock.now(), { said: { fork: fork('yes') } });
  const at = await signIn(lead);
  const { body } = await at.get(part(begun.id));
  assert.match(
    body,
    /<strong>From the note written in the hour after 10:00 on 26 November 2026[^<]*:<\/strong> He keeps my passport/,
  );
  assert.match(body, /From the person’s record[^<]*:<\/strong> Works at the car wash/);
  assert.doesNotMatch(body, /<textarea[^>]*>[^<]*passport/, 'no answer is filled in beforehand');
  const read = await db
    .selectFrom('accessLog')
    .select(['returned', 'fields'])
    .where('event', '=', 'notes.listed')
    .execute();
  assert.ok(
    read.some(({ returned, fields }) => returned?.includes(written.id) && fields?.includes('wants')),
    'logged',
  );

  const asked = /name="asked" value="([^"]+)"/.exec(body)?.[1] ?? '';
  const typed = { asked, 'living-conditions': 'Four to a room', 'how-they-were-treated': 'Shouted at' };
  const use = /name="use" value="(how-they-were-treated [^"]+)"/.exec(body)?.[1];
  // A second note, written since the page was opened, moves no other words under the button.
  const later = await addNote(db, keys, { ...metAt, encounterId: written.encounterId }, other, {
    ...{ outcomes: ['wants help now'], wants: 'Ring my sister', day: '2026-11-25' },
  });
  const put = await at.post(part(begun.id), { ...typed, use });
  assert.equal(put.statusCode, 200);
  assert.match(put.body, /Shouted at\s+Said at the visit on 26 November 2026: “He keeps my passport”<\/textarea>/);
  assert.match(put.body, /Four to a room<\/textarea>/);
  assert.match(
    put.body,
    /The recorded words are now in the answer to “How the person was treated”\. Nothing is saved yet/,
  );
  const before = await getNrmReferral(db as never, keys, begun.id);
  assert.deepEqual(before.answers, begun.answers, 'nothing is saved');
  for (const gone of ['how-they-were-treated 7', '', [use, use]]) {
    const none = await at.post(part(begun.id), { ...typed, use: gone });
    assert.equal(none.statusCode, 422);
    assert.match(none.body, /These recorded words have changed since you opened the page\. Nothing is saved/);
    assert.match(none.body, /Four to a room<\/textarea>/);
  }
  assert.deepEqual((await getNrmReferral(db as never, keys, begun.id)).answers, begun.answers);
  const saved = await at.post(part(begun.id), { ...typed, 'how-they-were-treated': 'He keeps my passport' });
  assert.equal(saved.statusCode, 303);
  const after = await getNrmReferral(db as never, keys, begun.id);
  assert.equal(after.answers['how treated']?.value, 'He keeps my passport');

  const { wrappedKey } = await db
    .selectFrom('notes')
    .select('wrappedKey')
    .where('id', '=', later.id)
    .executeTakeFirstOrThrow();
  keys.halves?.destroy([findPointer(wrappedKey) as Buffer]);
  const left = await at.get(`${part(begun.id)}?all=yes`);
  assert.equal(left.statusCode, 200, 'a note whose key is destroyed is left out');
  assert.doesNotMatch(left.body, /Ring my sister/);

  const caseworker = await member(advisers, ['partner caseworker'], 'Col League');
  const closed = (await (await signIn(caseworker)).get(part(begun.id))).body;
  assert.match(closed, /Works at the car wash/);
  assert.doesNotMatch(closed, /From the note|wishes in their own words/, 'a colleague who cannot read the note');
  const notified = await seedNrmReferral(db, keys, person, clock.now(), { said: { fork: fork('no') } });
  assert.doesNotMatch((await at.get(part(notified.id))).body, /Already recorded/, 'a notification names nobody');
});
