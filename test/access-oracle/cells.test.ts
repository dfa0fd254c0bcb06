import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, newTally, type Probe } from './cells.ts';

const table = { store: 'main', name: 'rings', rows: [], key: ['id'], columns: ['id'], written: ['id'] } as never;
const blind = (expected: string): Probe => ({
  verb: 'change',
  table,
  statement: '',
  expected: new Set([expected]),
  about: () => 'a ring',
  blind: true,
});
const refusedByCheck = { code: '23514', keys: [], said: 'violates a check' };

test('a check that refuses a change made without reading shows that a row was reached where none may be', () => {
  const tally = newTally();
  assert.equal(judge(tally, 'somebody', 'main/staff', blind('0'), refusedByCheck), false);
  assert.deepEqual(
    [...tally.wrong.values()].map(({ kind }) => kind),
    ['allow'],
  );
  assert.equal(judge(newTally(), 'somebody', 'main/staff', blind('2'), refusedByCheck), true);
});
