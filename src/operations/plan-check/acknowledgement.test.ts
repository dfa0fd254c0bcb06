import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decided, good, noVisits, now, one, power, premises, visitOf } from '../../../test/fixtures/plan.ts';
import type { Decision } from '../policy-log/decision.ts';
import { findingOf, mayAcknowledge } from './acknowledgement.ts';
import { adviceModel, adviceTitle, listObjections } from './advice-model.ts';
import type { Advice, Plan } from './entry-check.ts';
import { checkPlan } from './plan-check.ts';

const visit = visitOf(one, { starts: '02:00' });
const atNight: Plan = { ...good, visits: [visit] };
const only = (plan: Plan): Advice => {
  const [warning, ...more] = checkPlan(plan, now, noVisits);
  assert.ok(warning && more.length === 0, JSON.stringify([warning, ...more]));
  return warning;
};
const acknowledgement = (of: Advice, more: Partial<Decision> = {}): Decision => ({
  ...decided('warning acknowledged', premises.id),
  finding: findingOf(of),
  reason: 'The shop opens at night',
  ...more,
});
const acknowledged = (plan: Plan, ...of: Decision[]): Plan => ({ ...plan, decisions: [...plan.decisions, ...of] });

test('an acknowledged warning rests: who, when and why are shown, and it is no longer counted as open', () => {
  const warning = only(atNight);
  assert.equal(warning.rule, 'by night');
  assert.equal(warning.acknowledged, undefined);
  const plan = acknowledged(atNight, acknowledgement(warning));
  const rests = only(plan);
  assert.deepEqual(rests.acknowledged, {
    decidedBy: 'Supt Marlow',
    recordedAt: new Date('2026-09-05T09:00:00Z'),
    reason: 'The shop opens at night',
  });
  const [item] = adviceModel([rests], { change: true, leads: true, decide: true, go: true }, plan.operation.id);
  assert.equal(item?.word, 'Acknowledged warning');
  assert.match(item?.acknowledged ?? '', /^Acknowledged by Supt Marlow, .*: The shop opens at night$/);
  assert.deepEqual([item?.mends, item?.acknowledges], [[], []]);
  assert.equal(adviceTitle([rests]), 'Checks of this plan: one acknowledged');
  assert.match(listObjections([rests])[0] ?? '', /Acknowledged by Supt Marlow\.$/);
});

const changes: readonly (readonly [fact: string, Plan])[] = [
  ['another time', { ...atNight, visits: [{ ...visit, starts: '03:00' }] }],
  ['another day', { ...atNight, visits: [{ ...visit, day: '2026-09-17' }] }],
  ['another visit', { ...atNight, visits: [visitOf(one, { starts: '02:00' })] }],
  [
    'another power',
    { ...atNight, powers: [{ ...power, id: 'another' as never }], visits: [{ ...visit, powerId: 'another' as never }] },
  ],
];
for (const [fact, changed] of changes)
  test(`${fact} opens the warning again`, () => {
    const warning = only(atNight);
    const open = only(acknowledged(changed, acknowledgement(warning)));
    assert.equal(open.rule, 'by night');
    assert.equal(open.acknowledged, undefined);
  });

test('a warning that comes back with the same facts still rests, on the latest acknowledgement', () => {
  const warning = only(atNight);
  const later = acknowledgement(warning, { recordedAt: new Date('2026-09-08T09:00:00Z'), reason: 'Said again' });
  assert.equal(only(acknowledged(atNight, later, acknowledgement(warning))).acknowledged?.reason, 'Said again');
});

test('nobody acknowledges what is unlawful, or what another decision answers', () => {
  const unlawful: Plan = { ...good, powers: [{ ...power, state: 'refused', expiresOn: null }] };
  const found = only(unlawful);
  assert.equal(found.kind, 'unlawful');
  assert.equal(mayAcknowledge(found), false);
  assert.equal(only(acknowledged(unlawful, acknowledgement(found))).acknowledged, undefined);
  const [item] = adviceModel([found], { change: true, leads: true, decide: true, go: true }, good.operation.id);
  assert.deepEqual(item?.acknowledges, []);
  for (const rule of [
    'no go',
    'no-go stands',
    'visit added',
    'no referrer',
    'immigration undecided',
    'immigration unrecorded',
  ] as const)
    assert.equal(mayAcknowledge({ kind: 'unwise', rule }), false, rule);
});

test('who does not decide is offered no acknowledgement', () => {
  const warning = only(atNight);
  const [read] = adviceModel([warning], { change: true, leads: true, decide: false, go: false }, good.operation.id);
  assert.deepEqual(read?.acknowledges, []);
  const [decides] = adviceModel([warning], { change: false, leads: false, decide: true, go: true }, good.operation.id);
  assert.equal(decides?.acknowledges.length, 1);
});
