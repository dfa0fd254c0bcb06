import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findUnsoundDecision } from './edit-page.ts';
import { shownDecision } from './shown-decision.ts';

const why = 'Readers saw the officers and asked the council who they were';
const found = (more: { named?: string; on?: string | null; why?: string }) =>
  Object.keys(findUnsoundDecision({ named: 'yes', on: '2026-09-24', why, ...more }, '2026-09-24') ?? {});

test('refuses a decision dated ahead, and one without a reason in a sentence', () => {
  assert.deepEqual(found({}), []);
  assert.deepEqual(found({ on: '2026-09-25' }), ['on']);
  for (const short of ['ok', 'ok ok ok ok ok', 'ok '.repeat(20), '. . . . . .', 'We think so', 'x y z a b c d'])
    assert.deepEqual(found({ why: short }), ['why']);
  assert.deepEqual(found({ named: 'no', on: null, why: '' }), [], 'nobody is named, so nobody decided');
});

test('says who decided, when and why', () => {
  const decision = { rule: 'immigration officers by decision', by: 'Superintendent Robin Hale', on: '2026-09-24', why };
  assert.equal(
    shownDecision(decision),
    `Immigration officers by decision: Superintendent Robin Hale decided on 24 September 2026 to name them. Reason: ${why}`,
  );
});
