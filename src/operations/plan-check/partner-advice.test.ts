import assert from 'node:assert/strict';
import { test } from 'node:test';
import { good, health, now, today } from '../../../test/fixtures/plan.ts';
import type { Agreement } from '../../identity/agreements/index.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { Invitation } from '../invitations/invitation.ts';
import { partnerAdvice } from './partner-advice.ts';

const invitation = (more: Partial<Invitation> = {}): Invitation => ({
  id: health.id,
  operationId: health.operationId,
  agencyId: health.agencyId,
  needsAgreement: false,
  saidBy: null,
  saidAt: null,
  invitedBy: newId(),
  invitedAt: now,
  answer: null,
  reason: null,
  answeredBy: null,
  answeredAt: null,
  ...more,
});
const declined = {
  answer: 'declined',
  reason: 'No nurses are free',
  answeredBy: newId<'member'>(),
  answeredAt: now,
} as const;
const [agreement] = good.agreements as [Agreement];
const live = { needsAgreement: true };

/** The invitations and agreements, and what is found: the kind, the rule and words of it. */
const cases: readonly (readonly [string, readonly Invitation[], readonly Agreement[], readonly string[]])[] = [
  ['partners from before invitations, with an agreement', [], [agreement], []],
  ['a partner that accepted', [invitation({ ...declined, answer: 'accepted', reason: null })], [agreement], []],
  ['a partner that was invited', [invitation()], [agreement], ['unwise partner not accepted']],
  ['a partner that declined', [invitation(declined)], [agreement], ['unwise partner declined']],
  ['no agreement in a demonstration', [], [], ['note no agreement on file', 'note no agreement on file']],
  [
    'no agreement on a live site',
    [invitation(live)],
    [],
    ['unwise partner not accepted', 'unwise no agreement on file', 'unwise no agreement on file'],
  ],
  [
    'an agreement past its review with all',
    [],
    [{ ...agreement, reviewOn: '2026-09-09' }],
    ['note no agreement on file', 'note no agreement on file'],
  ],
  [
    'an agreement with one of two',
    [],
    [{ ...agreement, agencies: [good.operation.agencyId, health.agencyId] }],
    ['note no agreement on file'],
  ],
];

for (const [says, invitations, agreements, found] of cases)
  test(`the plan check of partners: ${says}`, () => {
    const advice = partnerAdvice({ ...good, invitations, agreements }, today);
    assert.deepEqual(
      advice.map(({ kind, rule }) => `${kind} ${rule}`),
      found,
    );
  });

test('the reason of a partner that declined is in the plan check', () => {
  const [advice] = partnerAdvice({ ...good, invitations: [invitation(declined)] }, today);
  assert.match(advice?.what ?? '', /declined its invitation: No nurses are free/);
});
