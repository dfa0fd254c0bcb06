import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysOfWarning } from './classes.ts';
import { closedRecordStateOf, destructionTime } from './closed-record.ts';

const at = (day: string): Date => new Date(`${day}T00:00:00Z`);
const rule = (days: number, validFrom: string) => ({ days, validFrom });

test('a shorter rule takes nothing before the days of warning have passed', () => {
  const closed = at('2026-01-01');
  assert.deepEqual(destructionTime(closed, rule(365, '2025-01-01')), at('2027-01-01'));
  assert.deepEqual(destructionTime(closed, rule(7, '2026-09-01')), at('2026-09-15'));
  assert.equal(daysOfWarning, 14);
});

test('the state of a closed record follows from the day, the warning and the holds', () => {
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
    assert.equal(closedRecordStateOf(closed, rule, holds, at(day)), expected, day);
});
