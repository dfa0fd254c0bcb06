import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import {
  daysOfWarning,
  destructionTime,
  findRuleInForce,
  type Outcome,
  type RetentionRule,
  retentionStateOf,
} from './retention.ts';

const at = (day: string): Date => new Date(`${day}T00:00:00Z`);
const rule = (days: number, validFrom: string, more: Partial<RetentionRule> = {}): RetentionRule => ({
  id: newTimelessId(),
  agencyId: newTimelessId() as unknown as AgencyId,
  outcome: 'no further action',
  days,
  source: 'Notice',
  validFrom,
  setBy: newTimelessId() as unknown as MemberId,
  setAt: at(validFrom),
  ...more,
});

test('the newest rule in force on the day holds, for its own outcome alone', () => {
  const rules = [rule(365, '2026-01-01'), rule(30, '2026-06-01'), rule(700, '2026-12-01')];
  const days = (outcome: Outcome, day: string) => findRuleInForce(rules, outcome, day)?.days;
  assert.equal(days('no further action', '2025-12-31'), undefined);
  assert.equal(days('no further action', '2026-05-31'), 365);
  assert.equal(days('no further action', '2026-06-01'), 30);
  assert.equal(days('no further action', '2026-12-01'), 700);
  assert.equal(days('referred for help', '2026-12-01'), undefined);
  const corrected = rule(40, '2026-06-01', { setAt: at('2026-06-02') });
  assert.equal(
    findRuleInForce([...rules, corrected], 'no further action', '2026-06-03')?.days,
    40,
    'said last, it holds',
  );
});

test('a shorter rule takes nothing before the days of warning have passed', () => {
  const closed = at('2026-01-01');
  assert.deepEqual(destructionTime(closed, rule(365, '2025-01-01')), at('2027-01-01'));
  assert.deepEqual(destructionTime(closed, rule(7, '2026-09-01')), at('2026-09-15'));
  assert.equal(daysOfWarning, 14);
});

test('the state of a report follows from the day, the warning and the holds', () => {
  const closed = at('2026-01-01');
  const year = rule(365, '2025-01-01');
  const cases = [
    [undefined, [], '2040-01-01', 'no rule'],
    [year, [], '2026-12-17', 'kept'],
    [year, [], '2026-12-18', 'destroyed soon'],
    [year, [], '2026-12-31', 'destroyed soon'],
    [year, [], '2027-01-01', 'due'],
    [year, [{ endedAt: null }], '2030-01-01', 'held'],
    [year, [{ endedAt: at('2027-02-01') }], '2030-01-01', 'due'],
  ] as const;
  for (const [rule, holds, day, expected] of cases)
    assert.equal(retentionStateOf(closed, rule, holds, at(day)), expected, day);
});
