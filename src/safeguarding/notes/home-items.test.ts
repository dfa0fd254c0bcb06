import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHelpedPerson } from '../../../test/fixtures/help-offered.ts';
import { dueRows } from '../../../test/fixtures/home.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addConsent } from '../consent/examples.ts';
import { addReferral } from '../referrals/examples.ts';

const daysOn = (days: number): Date => new Date(Date.parse('2026-09-18T09:00:00Z') + days * 86_400_000);

test('a consent is on the home pages of who asked and of their lead from fourteen days before its end', async (t) => {
  const { signIn, adviser, lead, other, force, member, council, note, safeguardingDb, keys, clock } =
    await aHelpedPerson(t);
  const known = { personId: note.encounterId, operationId: note.operationId, at: note.writtenAt };
  await addConsent(safeguardingDb, keys, known, council.id, adviser);
  const ending = async (who: typeof adviser) =>
    (await dueRows(await signIn(who))).filter(({ what }) => /consent/.test(what));
  assert.deepEqual(await ending(adviser), [], 'four weeks are left');
  clock.move(daysOn(15));
  for (const who of [adviser, lead]) {
    const [row, ...more] = await ending(who);
    assert.deepEqual(more, []);
    assert.match(String(row?.what), /^Renew a consent or let it end/);
    assert.match(String(row?.for), /^Person E-\w{3}-\w{3}$/);
    assert.deepEqual(
      [row?.due, row?.status, row?.href],
      ['16 October 2026 at 10:00', 'To do', `/staff/safeguarding/people/${note.encounterId}/consents`],
    );
  }
  assert.deepEqual(await ending(other), [], 'a colleague who cannot read the note');
  const detective = await member(force, ['planner', 'enforcement', 'field']);
  assert.deepEqual(await ending(detective), []);
  const log = await safeguardingDb
    .selectFrom('accessLog')
    .select(['memberId', 'returned'])
    .where('event', '=', 'consents.ending listed')
    .execute();
  assert.deepEqual(
    log.map(({ memberId, returned }) => [memberId, returned]),
    [adviser, lead].map(({ id }) => [id, [note.encounterId]]),
  );
  const renewed = { id: newTimelessId<'consent'>(), until: daysOn(60) };
  await addConsent(safeguardingDb, keys, known, council.id, adviser, renewed);
  assert.deepEqual(await ending(adviser), [], 'the person agreed for longer');
});

test('a referral without an answer is on the home page of the agency asked, and late on that of who asked', async (t) => {
  const { signIn, adviser, lead, caseworker, council, note, safeguardingDb, keys, clock, nurse } =
    await aHelpedPerson(t);
  const referral = await addReferral(safeguardingDb, keys, note, council);
  const href = `/staff/safeguarding/referrals/${referral.id}`;
  const found = async (who: typeof adviser) => (await dueRows(await signIn(who))).find((row) => row.href === href);
  const asked = await found(caseworker);
  assert.equal(asked?.what, 'Answer a referral');
  assert.match(String(asked?.for), /^Referral R-\w{3}-\w{3}$/);
  assert.match(String(asked?.due), /at \d\d:\d\d$/);
  assert.equal(asked?.status, 'To do');
  assert.equal(await found(nurse), undefined, 'another agency');
  assert.equal(await found(adviser), undefined, 'it is not late');
  clock.move(new Date('2026-09-19T09:05:00Z'));
  assert.equal((await found(caseworker))?.status, 'Overdue');
  for (const who of [adviser, lead]) {
    const late = await found(who);
    assert.equal(late?.what, 'Follow up a referral without an answer');
    assert.equal(late?.status, 'Overdue');
  }
});

test('a referral stays on the first page of who asked until the answer, and of who accepted until it is finished', async (t) => {
  const { signIn, lead, caseworker, council, note, safeguardingDb, keys } = await aHelpedPerson(t);
  const answerBy = new Date('2026-09-18T23:00:00Z');
  const referral = await addReferral(safeguardingDb, keys, note, council, { answerBy });
  const href = `/staff/safeguarding/referrals/${referral.id}`;
  const found = async (who: typeof lead) => (await dueRows(await signIn(who))).find((row) => row.href === href);
  const awaited = await found(lead);
  assert.match(String(awaited?.what), /^Referral to be answered today/);
  assert.match(String(awaited?.what), /If help cannot wait, telephone the agency/);
  const accepted = await (await signIn(caseworker)).post(`${href}/decide`, {
    decision: 'accepted',
    reason: 'A room today at 18:00',
  });
  assert.equal(accepted.statusCode, 303);
  assert.match(String((await found(caseworker))?.what), /^Help the person of a referral you accepted/);
  const news = await found(lead);
  assert.equal(news?.what, 'Referral accepted');
  assert.match(String(news?.for), /^Referral R-\w{3}-\w{3}$/);
});
