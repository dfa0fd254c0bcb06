import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { dueRows } from '../../../../test/fixtures/home.ts';
import { plain } from '../../../../test/fixtures/referral.ts';
import { aTeam } from '../../../../test/fixtures/visit.ts';
import { query } from '../../../../test/harness/sql.ts';
import { instantAt } from '../../../platform/clock.ts';
import { addPersonMet, addVisit } from '../../examples.ts';
import { listRecordsHeldAtVisits } from '../../subject-access-store.ts';
import { addReferralDraft, addSentReferral } from '../examples.ts';
import { findDecisionDay } from './decision-day.ts';

const on = (day: string, month = '9') => ({ 'day-day': day, 'day-month': month, 'day-year': '2026' });

/** A referral that was sent on Friday, 18 September 2026. The Home Office means to decide within five working days. */
async function aSent(t: TestContext) {
  const world = await aTeam(t, { time: '14:30' });
  const { db, keys, planned, officer, force, clock } = world;
  await query(db)`update agencies set first_responder = true where id = ${force.id}`;
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const { id } = await addSentReferral(db, keys, visit, officer, { encounterId: met.id });
  const own = `/staff/nrm-referrals/${id}`;
  const moveTo = async (day: string) => {
    clock.move(instantAt(day, '09:00'));
    return world.signIn(officer);
  };
  return { ...world, visit, met, id, own, moveTo };
}

const asks = (rows: readonly { readonly what: string }[]) =>
  rows.filter(({ what }) => what.startsWith('Ask about the decision')).length;

test('decisions are recorded in their order, each with the test of its day', async (t) => {
  const { own, met, db, keys, id, moveTo } = await aSent(t);
  const at = await moveTo('2026-10-02');
  assert.match(plain((await at.get(own)).body), /Referred; no decision yet\./);
  const decide = (said: object) => at.post(`${own}/decision`, said as Record<string, string>);
  const positive = { kind: 'reasonable grounds', outcome: 'positive', ...on('24') };
  for (const [said, says] of [
    [{ kind: 'reasonable grounds', ...on('24') }, /Select how it was decided/],
    [{ ...positive, kind: 'conclusive grounds' }, /A positive decision on reasonable grounds comes first/],
    [{ ...positive, kind: 'reconsideration' }, /There is no negative decision to reconsider/],
    [{ ...positive, ...on('17') }, /It was referred after that day/],
    [{ ...positive, ...on('3', '10') }, /This day is in the future/],
  ] as const)
    assert.match(plain((await decide(said)).body), says);
  assert.equal((await decide({ ...positive, outcome: 'negative' })).headers.location, own);
  assert.match(plain((await decide(positive)).body), /That is decided already/);
  await decide({ kind: 'reconsideration', outcome: 'positive', ...on('30') });
  const shown = plain((await at.get(own)).body);
  assert.match(shown, /Reasonable grounds: negative[^.]*24 September 2026/);
  assert.match(shown, /The test in force that day: There are reasonable grounds to believe/);
  assert.match(shown, /Reconsideration: positive[^.]*30 September 2026/);
  assert.match(shown, /Recovery lasts at least until 30 October 2026/);
  assert.match(shown, /Reasonable grounds: positive\. Recovery period/);
  const [row] = await query<{ text: string }>(db)`select to_jsonb(c)::text as text from nrm_referral_contents c
    where id = ${id}`;
  assert.doesNotMatch(String(row?.text), /negative|reconsideration/, 'sealed');
  const held = JSON.stringify(await listRecordsHeldAtVisits(db as never, keys, [met.id]));
  assert.match(held, /What the Home Office decided[\s\S]*reasonable grounds: negative, 24 September 2026/);
});

test('Home asks about a decision from the day after it was due, until one is recorded', async (t) => {
  const { own, moveTo } = await aSent(t);
  const dueDay = await moveTo('2026-09-25');
  assert.equal(asks(await dueRows(dueDay)), 0);
  assert.match(plain((await dueDay.get(own)).body), /Five working days from the referral, where possible\. That is 25/);
  const at = await moveTo('2026-09-26');
  assert.equal(asks(await dueRows(at)), 1);
  assert.match(plain((await at.get(own)).body), /It is an aim: that it is late is no fault of the person/);
  await at.post(`${own}/decision`, { kind: 'reasonable grounds', outcome: 'positive', ...on('25') });
  assert.equal(asks(await dueRows(at)), 0);
});

test('the day is five working days after the referral, over a weekend and a bank holiday', async () => {
  const of = (sentAt: string, more: object = {}) =>
    findDecisionDay({
      answers: { nation: 'england' },
      decisions: [],
      submission: { way: 'referral', sentAt: new Date(`${sentAt}T12:00:00Z`), facts: {}, ...more },
    } as never);
  assert.equal(await of('2026-09-18'), '2026-09-25');
  assert.equal(await of('2026-12-24'), '2027-01-05');
  assert.equal(await of('2026-09-18', { way: 'notification' }), null);
});

test('a corrected time moves the day, and cannot come after the first decision', async (t) => {
  const { own, id, db, moveTo } = await aSent(t);
  const at = await moveTo('2026-09-24');
  const dueOf = async () =>
    (await query<{ due: string | null }>(db)`select decision_due::text as due from nrm_referrals where id = ${id}`)[0]
      ?.due;
  assert.equal(await dueOf(), '2026-09-25');
  const wrong = { time: '10:00', reference: 'NRM 4417', why: 'It was sent on Monday', ...on('21') };
  assert.equal((await at.post(`${own}/submission/correct`, wrong)).headers.location, own);
  assert.equal(await dueOf(), '2026-09-28');
  await at.post(`${own}/decision`, { kind: 'reasonable grounds', outcome: 'positive', ...on('22') });
  const late = await at.post(`${own}/submission/correct`, { ...wrong, ...on('23') });
  assert.match(plain(late.body), /This is after the first decision of the Home Office/);
  await at.post(`${own}/submission/correct`, { ...wrong, ...on('22') });
  assert.equal(await dueOf(), null, 'a decision is there');
});

test('of a Duty to Notify and of a draft no decision is recorded', async (t) => {
  const { visit, officer, db, keys, moveTo } = await aSent(t);
  const [one, other] = [await addPersonMet(db, visit, officer), await addPersonMet(db, visit, officer)];
  const notified = await addSentReferral(db, keys, visit, officer, { encounterId: one.id }, 'notification');
  const draft = await addReferralDraft(db, keys, visit, officer, { encounterId: other.id });
  const at = await moveTo('2026-09-28');
  for (const { id } of [notified, draft]) {
    const own = `/staff/nrm-referrals/${id}`;
    assert.equal((await at.get(`${own}/decision`)).headers.location, own);
    assert.doesNotMatch(plain((await at.get(own)).body), /Record a decision/);
  }
  assert.equal(asks(await dueRows(at)), 1, 'the referral alone');
});

test('nobody but the officer, or who took it over, reads or records a decision', async (t) => {
  const { own, on: as, agency, signIn, planner, adviser, moveTo } = await aSent(t);
  const said = { kind: 'reasonable grounds', outcome: 'positive', ...on('18') };
  const plans = await signIn(planner);
  for (const other of [
    await as(['enforcement']),
    await as(['enforcement'], await agency('immigration', { firstResponder: true })),
    plans,
    await signIn(adviser),
  ])
    for (const answer of [await other.get(`${own}/decision`), await other.post(`${own}/decision`, said)])
      assert.ok([403, 404].includes(answer.statusCode), String(answer.statusCode));
  const at = await moveTo('2026-09-18');
  await at.post(`${own}/decision`, { ...said, outcome: 'negative' });
  assert.doesNotMatch(plain((await plans.get(own)).body), /negative|Decided/, 'the state says nothing of it');
  await plans.post(`${own}/take-over`, { why: 'the officer can no longer open it' });
  assert.match(plain((await plans.get(own)).body), /Reasonable grounds: negative/);
  const again = { kind: 'reconsideration', outcome: 'positive', ...on('18') };
  assert.equal((await plans.post(`${own}/decision`, again)).headers.location, own);
});
