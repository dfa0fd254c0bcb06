import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { plain } from '../../../../test/fixtures/referral.ts';
import { aTeam } from '../../../../test/fixtures/visit.ts';
import { query } from '../../../../test/harness/sql.ts';
import { instantAt } from '../../../platform/clock.ts';
import { digest } from '../../../platform/crypto/crypto.ts';
import { addPersonMet, addVisit } from '../../examples.ts';
import { listRecordsHeldAtVisits } from '../../subject-access-store.ts';
import type { Encounter } from '../../visit.ts';
import { addReferralDraft } from '../examples.ts';
import { findContent } from '../store.ts';

/** A draft about a person met who speaks this language, on a day whose words are translated. */
async function aDraft(
  t: TestContext,
  { language = 'Romanian', interpreter = 'in person' }: Partial<Pick<Encounter, 'language' | 'interpreter'>> = {},
) {
  const world = await aTeam(t, { time: '14:30', endsOn: '2026-11-29' });
  const { db, keys, planned, officer, force, signIn, clock } = world;
  await query(db)`update agencies set first_responder = true where id = ${force.id}`;
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer, { language, interpreter });
  const content = { consent: null, ageBasis: null };
  const { id } = await addReferralDraft(db, keys, visit, officer, { encounterId: met.id, content });
  // The words of this day are translated. A team sees its visits until two weeks after the operation.
  clock.move(instantAt('2026-11-29', '09:00'));
  return { ...world, at: await signIn(officer), id, met, consent: `/staff/nrm-referrals/${id}/consent` };
}

const yes = {
  ...{ answer: 'yes', ageBasis: 'a document was seen', language: 'Romanian' },
  ...{ interpreted: 'remote interpreter', interpreter: 'Line 4471' },
};
const digestIn = (body: string): string => /name="digest" value="([^"]*)"/.exec(body)?.[1] ?? '';
const languagesIn = (body: string): string[] =>
  [...body.matchAll(/<section class="govuk-inset-text" lang="([a-z]+)"/g)].map(([, code = '']) => code);

test('the words stand in the recorded language before the English, another can be picked, and both are kept under one digest', async (t) => {
  const { at, id, met, consent, db, keys } = await aDraft(t);
  const shown = (await at.get(consent)).body;
  assert.deepEqual(languagesIn(shown), ['ro', 'en']);
  assert.match(plain(shown), /A language model translated the words into Romanian\. No speaker has reviewed/);
  assert.match(plain(shown), /The translation is an aid\. It does not replace an interpreter\./);
  assert.match(shown, /name="language"[^>]*value="Romanian"/);
  const arabic = (await at.get(`${consent}?shown=ar`)).body;
  assert.match(arabic, /<section class="govuk-inset-text" lang="ar" dir="rtl"/);
  const none = (await at.get(`${consent}?shown=other`)).body;
  assert.deepEqual(languagesIn(none), ['en']);
  const other = await at.post(`${consent}?shown=ar`, { ...yes, digest: digestIn(shown) });
  assert.match(plain(other.body), /The words have changed since\. Show or read out these/);
  const saved = await at.post(`${consent}?shown=ro`, { ...yes, digest: digestIn(shown) });
  assert.equal(saved.statusCode, 303, plain(saved.body).slice(-600));
  const kept = (await findContent(db as never, keys, id))?.consent;
  assert.deepEqual([kept?.wordingId, kept?.shownLanguage, kept?.language], ['told-2026-11-29', 'ro', 'ro']);
  const english = plain(shown).includes('The Home Office is also in charge of immigration.');
  assert.ok(english, 'what the English says of immigration');
  assert.match(plain((await at.get(`/staff/nrm-referrals/${id}`)).body), /words shown in Romanian and English/);
  const held = JSON.stringify(await listRecordsHeldAtVisits(db as never, keys, [met.id]));
  assert.match(held, /The same words in your language, as they were shown[\s\S]*Această traducere/);
  assert.notEqual(kept?.digest, digest(String(kept?.shownWording)), 'the digest is over both languages');
});

test('words that no speaker has reviewed never record a yes alone', async (t) => {
  const { at, id, consent, db, keys } = await aDraft(t, { interpreter: 'not needed' });
  const shown = digestIn((await at.get(consent)).body);
  const alone = { ...yes, digest: shown, interpreted: 'nobody was needed', interpreter: '' };
  assert.match(plain((await at.post(consent, alone)).body), /Select who interpreted/, 'in Romanian');
  const english = { ...alone, language: 'English' };
  assert.match(plain((await at.post(consent, english)).body), /No speaker has checked these translated words/);
  assert.equal((await findContent(db as never, keys, id))?.consent, null);
  assert.equal((await at.post(consent, { ...english, interpreted: 'person reads English' })).statusCode, 303);
});

test('whether the person reads English is asked only beside a translation', async (t) => {
  const { at, consent } = await aDraft(t, { language: null });
  const english = (await at.get(consent)).body;
  assert.deepEqual(languagesIn(english), ['en']);
  assert.doesNotMatch(english, /value="person reads English"/);
  assert.match((await at.get(`${consent}?shown=uk`)).body, /value="person reads English"/);
});

test('a card shows the same words in large type, to the author alone and while the person can be asked', async (t) => {
  const { at, id, consent, on, agency } = await aDraft(t);
  const link = /href="([^"]*large-type[^"]*)"/.exec((await at.get(`${consent}?shown=vi`)).body)?.[1] ?? '';
  assert.equal(link, `${consent}/large-type?shown=vi`);
  const card = (await at.get(link)).body;
  assert.match(card, /sl-large-card__words" lang="vi"/);
  assert.match(card, /sl-large-card__english" lang="en"[\s\S]*This is your choice\./);
  const colleague = await on(['enforcement']);
  const immigration = await on(['enforcement'], await agency('immigration', { firstResponder: true }));
  for (const other of [colleague, immigration]) assert.equal((await other.get(link)).statusCode, 404);
  await at.post(`/staff/nrm-referrals/${id}/close`, { why: 'it was begun by mistake' });
  assert.equal((await at.get(link)).headers.location, consent);
});
