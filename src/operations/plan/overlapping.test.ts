import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isOverlapping, listOverlapping } from './planned-visit.ts';

const visit = fc.record({
  day: fc.constantFrom('2026-09-15', '2026-09-16', '2026-09-17'),
  starts: fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
  minutes: fc.integer({ min: 1, max: 2_000 }),
});

test('each two visits that are under way at once are found once, in the order of the plan', () => {
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 40 }), (visits) => {
      const each = visits.flatMap((one, index) =>
        visits.slice(index + 1).flatMap((other) => (isOverlapping(one, other) ? [[one, other]] : [])),
      );
      assert.deepEqual(listOverlapping(visits), each);
    }),
  );
});
