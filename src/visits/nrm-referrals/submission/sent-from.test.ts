import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hidden, plain } from '../../../../test/fixtures/referral.ts';
import { aTeam } from '../../../../test/fixtures/visit.ts';
import { query } from '../../../../test/harness/sql.ts';
import { addPersonMet, addVisit } from '../../examples.ts';
import { addReferralDraft } from '../examples.ts';

const sentAt = { time: '14:20', 'day-day': '18', 'day-month': '9', 'day-year': '2026', reference: '' };

for (const [sentFrom, says] of [
  ['the form of the Home Office', true],
  ['this draft', false],
] as const)
  test(`an empty referral is recorded as sent only with how it was sent: ${sentFrom}`, async (t) => {
    const { db, keys, planned, officer, force, signIn } = await aTeam(t, { time: '14:30' });
    await query(db)`update agencies set first_responder = true where id = ${force.id}`;
    const visit = await addVisit(db, planned, officer);
    const met = await addPersonMet(db, visit, officer);
    const { id } = await addReferralDraft(db, keys, visit, officer, { encounterId: met.id });
    const own = `/staff/nrm-referrals/${id}`;
    const at = await signIn(officer);
    const page = await at.get(`${own}/submission`);
    assert.match(plain(page.body), /\d+ answers are missing\. How was it sent\?/);
    const sent = { ...sentAt, digest: hidden(page.body, 'digest') };
    const asked = await at.post(`${own}/submission`, sent);
    assert.equal(asked.statusCode, 422);
    assert.match(plain(asked.body), /Select how it was sent/);
    assert.equal((await at.post(`${own}/submission`, { ...sent, sentFrom })).statusCode, 303);
    const shown = plain((await at.get(own)).body);
    assert.match(shown, /Referred to the NRM/);
    assert.equal(/On the Home Office’s own form, not from here/.test(shown), says);
  });
