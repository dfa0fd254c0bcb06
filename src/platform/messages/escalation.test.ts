import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgencyId } from '../../vocabulary/ids.ts';
import { findNext, leads } from './escalation.ts';

const ownerId = 'agency' as AgencyId;
const kind = 'urgent case news';

test('an unopened urgent notification goes to all holders of the role, then to the leads, and no further', () => {
  for (const [toOne, step, rounds, expected] of [
    // To one member alone.
    [true, 0, 15, undefined],
    [true, 0, 16, 1],
    [true, 0, 400, 1],
    [true, 1, 30, undefined],
    [true, 1, 31, 2],
    [true, 2, 10_000, undefined],
    // To a role at the agency.
    [false, 0, 15, undefined],
    [false, 0, 16, 2],
    [false, 2, 10_000, undefined],
  ] as const)
    assert.equal(findNext({ kind, ownerId, toOne, step, rounds }, 15)?.step, expected, `${toOne} ${step} ${rounds}`);
});

test('holders of the role get the same kind, and the leads learn only that it was not opened', () => {
  const of = { kind, ownerId, toOne: true } as const;
  assert.deepEqual(findNext({ ...of, step: 0, rounds: 6 }, 5), {
    kind,
    step: 1,
    to: { agency: ownerId, roles: ['safeguarding lead', 'partner caseworker'] },
  });
  assert.deepEqual(findNext({ ...of, step: 1, rounds: 11 }, 5), {
    kind: 'not opened',
    step: 2,
    to: { agency: ownerId, roles: leads },
  });
});

test('each interval counts in whole minutes, whatever its length: the begun one is none', () => {
  for (const minutes of [1, 7, 60]) {
    assert.equal(findNext({ kind, ownerId, toOne: false, step: 0, rounds: minutes }, minutes), undefined);
    assert.equal(findNext({ kind, ownerId, toOne: false, step: 0, rounds: minutes + 1 }, minutes)?.step, 2);
  }
});
