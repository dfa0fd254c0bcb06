import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstReviewOn, gradeOf, mayDispose } from './item.ts';

test('a grade is written as on a 3x5x2 form, and is reviewed after six years', () => {
  assert.equal(gradeOf({ sourceEvaluation: '2', assessment: 'C', handling: 'P' }), '2CP');
  assert.equal(firstReviewOn('2026-12-02'), '2032-12-02');
  assert.equal(firstReviewOn('2024-02-29'), '2030-02-28');
});

test('what is no longer necessary is disposed of from its review day on, what should not be there at once', () => {
  const item = { reviewOn: '2032-12-02' };
  const cases = [
    ['no longer necessary', '2032-12-01', false],
    ['no longer necessary', '2032-12-02', true],
    ['identifies its source', '2026-12-02', true],
    ['recorded twice', '2026-12-02', true],
    ['should not have been recorded', '2026-12-02', true],
  ] as const;
  for (const [reason, today, allowed] of cases) assert.equal(mayDispose(item, reason, today), allowed, reason);
});
