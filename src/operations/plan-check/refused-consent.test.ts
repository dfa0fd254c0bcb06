import assert from 'node:assert/strict';
import { test } from 'node:test';
import { good, now, one, power, visitOf } from '../../../test/fixtures/plan.ts';
import type { VisitState } from '../../platform/area.ts';
import { instantAt } from '../../platform/clock.ts';
import { mayAcknowledge } from './acknowledgement.ts';
import type { Plan } from './entry-check.ts';
import { checkPlan } from './plan-check.ts';

const first = visitOf(one, { day: '2026-09-09', basis: 'consent' });
const again = visitOf(one, { day: '2026-09-14', basis: 'consent' });
const madeWith = (answer: string): ReadonlyMap<string, VisitState> => {
  const arrivedAt = instantAt('2026-09-09', '10:00');
  const ended = { leftAt: arrivedAt, finishedAt: arrivedAt };
  return new Map([[first.id, { id: first.id, arrivedAt, ...ended, answer, powerId: null, basis: null }]]);
};
const find = (plan: Partial<Plan>, answer: string) =>
  checkPlan({ ...good, ...plan }, now, madeWith(answer)).filter(({ rule }) => rule === 'consent refused before');

test('a visit by consent after a refusal at the same place is a warning that can be acknowledged', () => {
  const [found = assert.fail(), ...others] = find({ visits: [first, again] }, 'refused entry');
  assert.deepEqual(others, []);
  assert.deepEqual([found.kind, found.visitId, mayAcknowledge(found)], ['unwise', again.id, true]);
  assert.match(found.what, /^Entry was refused here on 9 September 2026\. The visit on 14 September 2026/);
});

test('no reply is no refusal, and a warrant needs no consent', () => {
  assert.deepEqual(find({ visits: [first, again] }, 'no reply'), []);
  const warrant = visitOf(one, { day: '2026-09-14', basis: power.basis });
  assert.deepEqual(find({ visits: [first, warrant] }, 'refused entry'), []);
});
