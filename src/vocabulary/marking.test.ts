import assert from 'node:assert/strict';
import { test } from 'node:test';
import { highest, type Marking, markingOrder, markings, within } from './marking.ts';

test('every marking has its place in the order, once', () => {
  assert.deepEqual([...markingOrder].sort(), Object.keys(markings).sort());
});

test('what is marked more closely than the ceiling stays within', () => {
  const cases: readonly (readonly [Marking, Marking, boolean])[] = [
    ['OFFICIAL', 'OFFICIAL', true],
    ['OFFICIAL', 'OFFICIAL-SENSITIVE: PERSONAL DATA', true],
    ['OFFICIAL-SENSITIVE: OPERATIONAL', 'OFFICIAL', false],
    ['OFFICIAL-SENSITIVE: PERSONAL DATA', 'OFFICIAL-SENSITIVE: OPERATIONAL', false],
    ['OFFICIAL-SENSITIVE: PERSONAL DATA', 'OFFICIAL-SENSITIVE: PERSONAL DATA', true],
  ];
  for (const [marking, ceiling, leaves] of cases)
    assert.equal(within(marking, ceiling), leaves, `${marking}, ${ceiling}`);
  assert.equal(highest([]), 'OFFICIAL');
  assert.equal(
    highest(['OFFICIAL', 'OFFICIAL-SENSITIVE: PERSONAL DATA', 'OFFICIAL-SENSITIVE: OPERATIONAL']),
    'OFFICIAL-SENSITIVE: PERSONAL DATA',
  );
});
