import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { digestIn, idOf, plain, raise, world } from '../../../test/fixtures/nrm-draft-handover.ts';
import { reads } from '../../../test/harness/browsing.ts';
import { instantAt } from '../../platform/clock.ts';
import { digest } from '../../platform/crypto/crypto.ts';
import { nrmPurpose } from '../../vocabulary/information-shared.ts';
import { addConsent } from '../consent/examples.ts';
import { getNrmReferral } from './store.ts';

const before = /It is recorded as a crime against you/;
const now =
  /The police will record a crime committed against you, with you as the victim\. You do not have to speak to them\./;
const spoken = {
  how: 'the person themself',
  language: 'uk',
  interpreted: 'interpreter present',
  interpreter: 'I 7',
};

test('keeps the older wording with an older answer, and asks with the new wording from its day on', async (t) => {
  const w = await world(t);
  const asks = async (her: Visitor, at: string) => {
    await her.post(`${at}/question?of=doubt`, { answer: 'no' });
    return her.get(`${at}/question`);
  };
  const at = await raise(w.her, w.person);
  const older = await asks(w.her, at);
  assert.match(plain(older.body), before);
  const answer = (digestShown: string) => ({ ...spoken, digest: digestShown, answer: 'yes' });
  const consentOf = async () => (await getNrmReferral(w.safeguardingDb as never, w.keys, idOf(at))).fork.consent;

  w.clock.move(instantAt('2026-11-28', '09:00'));
  const her = await w.signIn(w.nurse);
  const late = await her.post(`${at}/question?of=consent`, answer(digestIn(older)));
  assert.match(plain(late.body), /The words have changed since\. Show or read out these/);
  assert.match(plain(late.body), now);
  assert.doesNotMatch(plain(late.body), before);
  assert.equal(await consentOf(), null, 'nobody agreed to words that were not shown');

  w.clock.move(instantAt('2026-11-27', '09:00'));
  const earlier = await w.signIn(w.nurse);
  assert.equal((await earlier.post(`${at}/question?of=consent`, answer(digestIn(older)))).statusCode, 303);
  const kept = await consentOf();
  assert.deepEqual([kept?.wordingId, kept?.digest], ['told-2026-11', digestIn(older)]);

  w.clock.move(instantAt('2026-11-29', '09:00'));
  const later = await w.signIn(w.nurse);
  await reads(later, at, /Yes, said by the person/);
  assert.deepEqual(await consentOf(), kept, 'what was agreed to does not change with the words');
});

test('keeps an agreement to share with the wording that the person was shown, whatever the wording is since', async (t) => {
  const w = await world(t);
  const wording = 'That tells the police, and it is recorded as a crime against you.\nIt ends on a day.';
  const known = { personId: w.person.id, operationId: null, at: w.clock.now() };
  const consent = await addConsent(w.safeguardingDb, w.keys, known, w.council.id, w.nurse, {
    wording,
    purpose: nrmPurpose,
  });
  const account = await w.her.get(`/staff/safeguarding/people/${w.person.id}/consents`);
  assert.ok(account.body.includes(wording), 'word for word');
  const row = await w.safeguardingDb
    .selectFrom('consents')
    .select(['wording', 'wordingDigest'])
    .where('id', '=', consent.id)
    .executeTakeFirstOrThrow();
  assert.deepEqual(row, { wording, wordingDigest: digest(wording) });
});
