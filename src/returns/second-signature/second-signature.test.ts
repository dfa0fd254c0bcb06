import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSecond, type FirstSignature, followsFinal, isSentBack, isWaiting } from './second-signature.ts';

const first: FirstSignature = {
  id: 'f',
  returnId: 'r' as FirstSignature['returnId'],
  operationId: 'o' as FirstSignature['operationId'],
  signedBy: 'analyst',
  signedAt: new Date('2026-09-21T09:00:00Z'),
  stage: 'final',
  digest: '',
  unchanged: true,
  decision: null,
};
const decided = { decidedBy: 'other', decidedAt: new Date(), approved: false, reason: 'One visit is missing' };
const cases: readonly [what: string, by: string, agency: string, of: FirstSignature | undefined, says: string][] = [
  ['somebody else of the agency that leads', 'other', 'force', first, 'ok'],
  ['the member who signed first', 'analyst', 'force', first, 'their own'],
  ['a member of a partner', 'other', 'council', first, 'another agency’s'],
  ['nothing signed', 'other', 'force', undefined, 'changed since signed'],
  ['a return that changed', 'other', 'force', { ...first, unchanged: false }, 'changed since signed'],
  ['another signature than was shown', 'other', 'force', { ...first, id: 'g' }, 'changed since signed'],
  ['a signature that was decided on', 'other', 'force', { ...first, decision: decided }, 'decided before'],
];
for (const [what, memberId, agencyId, of, says] of cases)
  test(`second signature, ${what}: ${says}`, () => {
    const allowed = checkSecond({ memberId, agencyId }, of, { leadAgency: 'force', seen: 'f' });
    assert.equal(allowed.ok ? 'ok' : allowed.refusal, says);
  });

test('a signature waits until it is decided on or the return changes', () => {
  assert.ok(isWaiting(first));
  assert.ok(!isWaiting(undefined));
  assert.ok(!isWaiting({ ...first, unchanged: false }));
  assert.ok(!isWaiting({ ...first, decision: decided }));
  assert.ok(isSentBack({ decision: decided }));
  assert.ok(!isSentBack({ decision: { ...decided, approved: true } }));
});

test('each version after a signed final one needs two signatures', () => {
  const version = (number: number, stage: 'provisional' | 'revised' | 'final', signed = true) => ({
    ...{ version: number, stage },
    signature: signed
      ? { signedBy: 'a', signedAt: new Date(), digest: '', countersignedBy: 'b', countersignedAt: new Date() }
      : null,
  });
  const final = version(2, 'final');
  assert.ok(followsFinal({ version: 3 }, [version(3, 'revised', false), final, version(1, 'provisional')]));
  assert.ok(followsFinal({ version: 5 }, [version(4, 'revised'), version(3, 'revised'), final]));
  assert.ok(!followsFinal({ version: 2 }, [final, version(1, 'provisional')]), 'not of itself');
  assert.ok(!followsFinal({ version: 3 }, [version(2, 'final', false), version(1, 'provisional')]), 'nor of a draft');
});
