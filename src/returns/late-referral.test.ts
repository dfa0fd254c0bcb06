import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countNow, signNow } from '../../test/fixtures/counted-return.ts';
import { hidden, plain } from '../../test/fixtures/referral.ts';
import { aTeam } from '../../test/fixtures/visit.ts';
import { query } from '../../test/harness/sql.ts';
import { deliverEvents } from '../platform/jobs/outbox.ts';
import { addPersonMet, addVisit } from '../visits/examples.ts';
import { addReferralDraft } from '../visits/nrm-referrals/examples.ts';
import { instantAt } from '../vocabulary/calendar/wall-clock.ts';
import { isDueAgain, nameChangedRecords, offerReason } from './changed-records.ts';
import { returnsListeners } from './index.ts';
import type { Stage } from './return.ts';

for (const [kinds, words] of [
  [[], ''],
  [['arrest', 'screening'], 'arrests'],
  [['premises', 'seizure', 'visit', 'encounter'], 'visits, seizures and the plan'],
  [['something new'], 'other records'],
] as const)
  test(`changed records in words: ${kinds.join(', ') || 'none'}`, () => assert.equal(nameChangedRecords(kinds), words));

test('a return is due again a week after its count, for eight weeks after the operation, until it is final', () => {
  const lastDay = '2026-09-20';
  const due = (countedOn: string, today: string, stage: Stage = 'provisional') =>
    isDueAgain(stage, { countedOn, lastDay, today });
  for (const [countedOn, today, is] of [
    ['2026-09-18', '2026-09-20', false],
    ['2026-09-14', '2026-09-21', true],
    ['2026-09-18', '2026-09-24', false],
    ['2026-09-18', '2026-09-25', true],
    ['2026-11-08', '2026-11-15', true],
    ['2026-11-08', '2026-11-16', false],
  ] as const)
    assert.equal(due(countedOn, today), is, `${countedOn} ${today}`);
  assert.equal(due('2026-09-14', '2026-10-21', 'final'), false);
});

test('a reason is offered only where something changed', () => {
  assert.equal(offerReason(2, []), null);
  assert.equal(offerReason(2, ['arrest']), 'Arrests changed after version 2 was counted.');
});

test('a referral weeks later tells returns nothing, and the return is due again whether one came or not', async (t) => {
  const application = await aTeam(t, { today: '2026-12-01', endsOn: '2027-01-20' });
  const { db, keys, planned, officer, operation, force, signIn, on, clock } = application;
  await query(db)`update agencies set first_responder = true where id = ${force.id}`;
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const { id } = await addReferralDraft(db, keys, visit, officer, { encounterId: met.id });
  const deliver = () => deliverEvents(application.databases, clock, returnsListeners, 'main');
  await deliver();
  const analyst = await on(['analyst']);
  const provisional = await countNow(analyst, operation.id);
  assert.equal((await signNow(analyst, provisional, 'open')).statusCode, 303);
  assert.doesNotMatch((await analyst.get(provisional)).body, /Records were changed after/);

  const before = await application.db.selectFrom('returnChanges').selectAll().execute();
  clock.move(instantAt('2027-01-05', '10:00'));
  const at = await signIn(officer);
  const own = `/staff/nrm-referrals/${id}`;
  const digest = hidden((await at.get(`${own}/submission`)).body, 'digest');
  const moment = { time: '09:55', 'day-day': '5', 'day-month': '1', 'day-year': '2027', reference: '' };
  const sent = await at.post(`${own}/submission`, { ...moment, digest, sentFrom: 'this draft' });
  assert.equal(sent.statusCode, 303, plain(sent.body));
  await deliver();
  assert.deepEqual(await application.db.selectFrom('returnChanges').selectAll().execute(), before);

  clock.move(instantAt('2027-01-28', '10:00'));
  const later = await on(['analyst']);
  assert.match(plain((await later.get('/staff')).body), /Count a return again for late referrals/);
  const page = plain((await later.get(provisional)).body).replace(/^.*Where it stands/, '');
  assert.match(page, /Referrals and notes may have come since Count a new version to include them/);
  assert.doesNotMatch(page, /Records were changed after/);
  const revised = plain((await later.get(await countNow(later, operation.id, 'Late referrals'))).body);
  assert.match(revised, /Return 2, revised/);
  assert.match(revised, /Why this version Late referrals/);
  // One person more is not to be told from none: the words stay, and the page says why.
  assert.match(revised, /Referrals by officers: fewer than five people came or went since the count of 1 Dec/);
  assert.match(revised, /NRM referrals by officers fewer than 5/);
  assert.match(revised, /What changed against version 1 Every figure is as it was in version 1/);
});
