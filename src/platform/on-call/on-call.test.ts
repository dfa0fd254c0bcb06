import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MemberId } from '../../vocabulary/ids.ts';
import { alertedMembers, isAlerted, shiftsAt } from './on-call.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 8, 18, hour));
const [first, second] = ['first', 'second'].map((id) => ({ memberId: id as MemberId }));
const both = [first, second].flatMap((one) => one ?? []);

test('a shift counts from its start until just before its end', () => {
  const shifts = [
    { startsAt: at(4), endsAt: at(8) },
    { startsAt: at(8), endsAt: at(20) },
  ];
  assert.deepEqual(shiftsAt(shifts, at(8)), [shifts[1]]);
  assert.deepEqual(shiftsAt(shifts, at(20)), []);
});

test('it rings for one more after each interval, and at last for everybody', () => {
  for (const [rounds, rung] of [
    [0, ['first']],
    [4, ['first']],
    [5, ['first', 'second']],
    [9, ['first', 'second']],
    [10, undefined],
    [10_000, undefined],
  ] as const)
    assert.deepEqual(alertedMembers(rounds, both, { minutes: 5, oneByOne: true }), rung, String(rounds));
});

test('or for all on call at once, and after one interval for everybody', () => {
  for (const [rounds, rung] of [
    [0, ['first', 'second']],
    [14, ['first', 'second']],
    [15, undefined],
  ] as const)
    assert.deepEqual(alertedMembers(rounds, both, { minutes: 15, oneByOne: false }), rung, String(rounds));
});

test('with nobody on call it rings for everybody at once', () => {
  for (const oneByOne of [true, false]) assert.equal(alertedMembers(0, [], { minutes: 5, oneByOne }), undefined);
});

test('an alert for everybody is for any member, another only for those named', () => {
  assert.ok(isAlerted(undefined, 'anybody'));
  assert.ok(isAlerted(['first' as MemberId], 'first'));
  assert.ok(!isAlerted(['first' as MemberId], 'second'));
});
