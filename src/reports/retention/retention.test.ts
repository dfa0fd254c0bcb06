import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { findRuleInForce, type Outcome, type RetentionRule } from './retention.ts';

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
