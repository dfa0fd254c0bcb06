import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MemberId } from '../../vocabulary/ids.ts';
import {
  maxRequestHours,
  mayDecideRequest,
  type RequestState,
  requestEnd,
  requestStateOf,
} from './custodian-decision.ts';

const at = (hours: number): Date => new Date(Date.parse('2026-09-18T09:00:00Z') + hours * 3_600_000);
const request = { askedBy: 'asker' as MemberId, until: at(4) };

test('what is open closes by itself, and an undecided request ends after the time asked for', () => {
  const cases: readonly (readonly [{ granted: boolean } | undefined, number, RequestState])[] = [
    [undefined, 0, 'waits'],
    [undefined, 3.999, 'waits'],
    [undefined, 4, 'nobody decided in time'],
    [{ granted: true }, 1, 'open'],
    [{ granted: true }, 3.999, 'open'],
    [{ granted: true }, 4, 'opened, and closed again'],
    [{ granted: false }, 1, 'refused'],
    [{ granted: false }, 9, 'refused'],
  ];
  for (const [decision, hours, state] of cases) assert.equal(requestStateOf(request, decision, at(hours)), state);
  assert.equal(requestStateOf(request, { granted: true }, at(3), {}), 'ended by a custodian');
  assert.deepEqual(requestEnd(at(0), maxRequestHours), at(24));
});

test('somebody else than who asked decides, once and in time', () => {
  for (const [memberId, decision, hours, expected] of [
    ['custodian', undefined, 1, 'accepted'],
    ['custodian', undefined, 3.999, 'accepted'],
    ['custodian', undefined, 4, 'too late'],
    ['asker', undefined, 1, 'their own'],
    ['custodian', {}, 1, 'decided already'],
  ] as const) {
    const result = mayDecideRequest(request, memberId, decision, at(hours));
    assert.equal(result.ok ? 'accepted' : result.refusal, expected, `${memberId} after ${hours}`);
  }
});
