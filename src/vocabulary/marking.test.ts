import assert from 'node:assert/strict';
import { test } from 'node:test';
import { highestMarking, isWithinMarking, markedName, markingOrder, markings } from './marking.ts';

test('markings have one order, which includes every marking', () => {
  assert.deepEqual([...markingOrder].sort(), Object.keys(markings).sort());
  for (const [index, marking] of markingOrder.entries()) {
    for (const [above, ceiling] of markingOrder.entries())
      assert.equal(isWithinMarking(marking, ceiling), index <= above);
    assert.equal(highestMarking(markingOrder.slice(0, index + 1).toReversed()), marking);
  }
  assert.equal(highestMarking([]), 'OFFICIAL');
});

test('a descriptor is the end of its marking, and is used with SENSITIVE alone', () => {
  for (const [marking, { sensitive, descriptor, asks }] of Object.entries(markings)) {
    assert.equal(marking, sensitive ? `OFFICIAL-SENSITIVE: ${descriptor}` : 'OFFICIAL');
    assert.ok(asks.length > 0);
  }
});

test('a file’s name bears its marking before the ending', () => {
  assert.equal(
    markedName('return-lantern-1.csv', 'OFFICIAL-SENSITIVE: OPERATIONAL'),
    'return-lantern-1.official-sensitive-operational.csv',
  );
  assert.equal(markedName('notes', 'OFFICIAL'), 'notes.official');
});
