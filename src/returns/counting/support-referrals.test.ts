import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventRecords } from '../../../test/assurance/returns/assurance.ts';
import { chance } from '../../../test/harness/assurance.ts';
import { fewerThanFive } from '../../vocabulary/figures.ts';
import type { Records } from './counting.ts';
import { countIndicators, editions } from './definitions.ts';
import { type KeptRelease, protectCount } from './disclosure-control.ts';

const latest = editions[editions.length - 1] ?? editions[0];
const around = { towns: ['Ware'], organisations: [], responders: ['Leashire Constabulary'] };
type Sent = Records['submittedReferrals'][number];

const sent = (name: string, many: number, responder: string, outcome: Sent['outcome'] = 'referral'): Sent[] =>
  Array.from({ length: many }, (_, i) => ({ id: `${name} ${i}`, person: `person ${name} ${i}`, responder, outcome }));

async function count(submittedReferrals: Sent[], earlier: readonly KeptRelease[] = []) {
  const records = { ...inventRecords(chance(3)), submittedReferrals };
  const made = await protectCount(countIndicators(latest, records), records, { around, earlier, today: '2026-12-01' });
  const countedAt = new Date('2026-12-01T10:00:00Z');
  const own = made.populations.find(({ population }) => population === 'referrals by support agencies');
  return { ...made, own, all: [...earlier, ...made.releases.map((release) => ({ ...release, countedAt }))] };
}

test('says referrals of support agencies by kind of first responder, rounded, and never exactly', async () => {
  const { counted, own } = await count([
    ...sent('a', 11, 'council'),
    ...sent('b', 7, 'charity'),
    ...sent('c', 6, 'council', 'notification'),
  ]);
  assert.equal(own?.state, 'protected');
  for (const indicator of ['nrm.sentBySupport', 'nrm.referredBySupport', 'nrm.notifiedBySupport'] as const) {
    const figure = counted.figures[indicator];
    const cells = figure?.breakdowns.byResponder ?? [];
    for (const quantity of [figure?.total, ...cells.map((cell) => cell.quantity)])
      if (quantity?.kind === 'number') assert.ok(quantity.qualifier === 'about' && quantity.value % 5 === 0, indicator);
      else assert.deepEqual(quantity, fewerThanFive);
  }
  const whole = counted.figures['nrm.sentBySupport'];
  assert.ok(whole?.total.kind === 'number' && Math.abs(whole.total.value - 24) < 5);
  const council = whole?.breakdowns.byResponder?.find(({ of }) => of.responder === 'council')?.quantity;
  assert.ok(council?.kind === 'number' && Math.abs(council.value - 17) < 5);
  assert.ok(!counted.countedRecords.some(({ indicator }) => indicator.includes('BySupport')), 'no record is named');
});

test('of nobody and of a few it says the same, without a kind', async () => {
  for (const few of [[], sent('a', 1, 'charity'), sent('a', 4, 'council')]) {
    const figure = (await count(few)).counted.figures['nrm.sentBySupport'];
    assert.deepEqual(figure?.total, fewerThanFive);
    assert.deepEqual(figure?.breakdowns, {});
  }
});

test('a difference of fewer than five people shows nothing, and two counts never tell one person', async () => {
  const before = await count(sent('a', 9, 'council'));
  const after = await count([...sent('a', 9, 'council'), ...sent('b', 1, 'charity')], before.all);
  assert.equal(after.own?.state, 'unchanged');
  for (const indicator of ['nrm.sentBySupport', 'nrm.referredBySupport'] as const)
    assert.deepEqual(after.counted.figures[indicator], before.counted.figures[indicator]);
});

test('what an earlier edition did not count, a return of it does not say', async () => {
  const records = { ...inventRecords(chance(3)), submittedReferrals: sent('a', 9, 'council') };
  const { counted, populations } = await protectCount(countIndicators(editions[0], records), records, {
    around,
    earlier: [],
    today: '2026-09-18',
  });
  assert.equal(counted.figures['nrm.sentBySupport'], undefined);
  assert.ok(!populations.some(({ population }) => population === 'referrals by support agencies'));
});
