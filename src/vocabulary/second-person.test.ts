import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maySecond, type SecondPersonRule } from './second-person.ts';

test('the second person is of the agency that answers for it, in one of the roles, and wrote none of it', () => {
  const rule: SecondPersonRule = { authors: ['author', 'co-author'], agencyId: 'force', roles: ['commander'] };
  for (const [memberId, agencyId, roles, expected] of [
    ['other', 'force', ['commander'], 'accepted'],
    ['other', 'force', ['press', 'commander'], 'accepted'],
    ['other', 'force', ['press'], 'another agency’s'],
    ['other', 'council', ['commander'], 'another agency’s'],
    ['author', 'force', ['commander'], 'their own'],
    ['co-author', 'force', ['commander'], 'their own'],
    ['author', 'council', ['commander'], 'another agency’s'],
  ] as const) {
    const may = maySecond({ memberId, agencyId, roles }, rule);
    assert.equal(may.ok ? 'accepted' : may.refusal, expected, `${memberId} of ${agencyId}`);
  }
});

test('without an agency or roles, only the authors are refused', () => {
  assert.equal(maySecond({ memberId: 'other' }, { authors: ['author'] }).ok, true);
  assert.equal(maySecond({ memberId: 'author' }, { authors: ['author'] }).ok, false);
});
