import assert from 'node:assert/strict';
import { test } from 'node:test';
import { access } from '../../src/app.ts';
import { loggedTables } from '../../src/platform/audit-hook/unlogged-reads.ts';

test('a class about people of which no look is written down says why', () => {
  for (const [name, { looks, marking }] of Object.entries(access.policy))
    if (marking === 'OFFICIAL-SENSITIVE: PERSONAL DATA' && typeof looks === 'object')
      assert.match(looks.none, /\w{3}/, `${name} is about people and says why no look is written`);
  assert.ok(loggedTables(access.policy, 'staff').has('premises'));
  assert.ok(!loggedTables(access.policy, 'statistics').has('visits'), 'who counts fields looks at nobody');
});
