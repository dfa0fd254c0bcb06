import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aWalkIn } from '../../../test/fixtures/walk-in.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

test('the form says that words are optional when a referral is taken on, and a reason is required to decline', async (t) => {
  const { signIn, caseworker, nurse, nurses, person } = await aWalkIn(t);
  const at = await signIn(caseworker);
  const refer = async () => {
    const id = newTimelessId();
    const ask = {
      ...{ id, to: nurses.id, agreed: 'agreed', step: 'send', needs: ['health'] },
      ...{ words: 'A check of health', purpose: 'examine and treat' },
    };
    assert.equal((await at.post(`/staff/safeguarding/people/${person.id}/refer`, ask)).statusCode, 303);
    return `/staff/safeguarding/referrals/${id}/decide`;
  };
  const nurseAt = await signIn(nurse);
  const first = await refer();
  assert.match((await nurseAt.get(first)).body, /What happens next, and when\? If you decline it, why\?/);
  const declined = await nurseAt.post(first, { decision: 'declined', reason: '' });
  assert.equal(declined.statusCode, 422, 'a reason is required');
  assert.equal((await nurseAt.post(first, { decision: 'accepted', reason: 'A room today at 18:00' })).statusCode, 303);
});
