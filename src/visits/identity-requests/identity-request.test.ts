import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxRequestHours } from '../../access/custodian-decisions/index.ts';
import type { AgencyId, EncounterId, MemberId, OperationId } from '../../vocabulary/ids.ts';
import {
  type EndRefusal,
  type IdentityDecisionRefusal,
  type IdentityRequest,
  type IdentityRequestDecision,
  type IdentityRequestId,
  mayDecide,
  mayEnd,
  requestableHours,
} from './identity-request.ts';

const at = (hours: number): Date => new Date(Date.parse('2026-09-18T09:00:00Z') + hours * 3_600_000);
const opening: IdentityRequest = {
  id: 'o' as IdentityRequestId,
  encounterId: 'e' as EncounterId,
  operationId: 'x' as OperationId,
  ownerId: 'force' as AgencyId,
  askedBy: 'asker' as MemberId,
  agencyId: 'force' as AgencyId,
  purpose: 'crime prevention',
  reason: 'A reason of at least a sentence',
  askedAt: at(0),
  until: at(4),
};
const decided = (granted: boolean): IdentityRequestDecision => ({
  id: opening.id,
  granted,
  reasons: 'Reasons of at least a sentence',
  decidedBy: 'custodian' as MemberId,
  decidedAt: at(1),
});

test('a custodian of the owner decides, who did not ask, once and in time', () => {
  const cases: readonly (readonly [
    string,
    string,
    IdentityRequestDecision | undefined,
    number,
    IdentityDecisionRefusal | 'accepted',
  ])[] = [
    ['custodian', 'force', undefined, 1, 'accepted'],
    ['custodian', 'force', undefined, 3.999, 'accepted'],
    ['custodian', 'force', undefined, 4, 'too late'],
    ['custodian', 'another force', undefined, 1, 'another agency’s'],
    ['asker', 'force', undefined, 1, 'their own'],
    ['custodian', 'force', decided(false), 1, 'decided already'],
    ['custodian', 'force', decided(true), 1, 'decided already'],
  ];
  for (const [memberId, agencyId, decision, hours, expected] of cases) {
    const result = mayDecide(opening, { memberId, agencyId }, decision, at(hours));
    assert.equal(result.ok ? 'accepted' : result.refusal, expected, `${memberId} of ${agencyId} after ${hours}`);
  }
});

test('refuses a request for longer than a day', () => {
  for (const hours of requestableHours) assert.ok(Number(hours) <= maxRequestHours, hours);
});

test('only a custodian of the leading agency ends an open disclosure, and only once', () => {
  const end = { id: opening.id, reasons: 'Reasons of at least a sentence', endedBy: 'c' as MemberId, endedAt: at(2) };
  const cases: readonly (readonly [
    string,
    IdentityRequestDecision | undefined,
    boolean,
    number,
    EndRefusal | 'accepted',
  ])[] = [
    ['force', decided(true), false, 2, 'accepted'],
    ['another force', decided(true), false, 2, 'another agency’s'],
    ['force', undefined, false, 2, 'not open'],
    ['force', decided(false), false, 2, 'not open'],
    ['force', decided(true), true, 3, 'not open'],
    ['force', decided(true), false, 4, 'not open'],
  ];
  for (const [agencyId, decision, ended, hours, expected] of cases) {
    const result = mayEnd(opening, { agencyId }, { decision, end: ended ? end : undefined }, at(hours));
    assert.equal(result.ok ? 'accepted' : result.refusal, expected);
  }
});
