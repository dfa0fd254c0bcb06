/** What the page “who will see what” names is what the policy opens. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationsPolicy } from '../plan/policy.ts';
import { listReadableClasses } from './access-window.ts';

test('emergency access opens premises, planned visits and powers, and the page says so', () => {
  const police = { roles: ['commander'], side: 'enforcement' } as const;
  const read = listReadableClasses(operationsPolicy, police, 'glass');
  for (const [name, { rules }] of Object.entries(operationsPolicy)) {
    const opens = rules.some(
      ({ relation, roles }) =>
        Array.isArray(roles) && roles.includes('commander') && JSON.stringify(relation).includes('glass'),
    );
    assert.equal(read.includes(name), opens, name);
  }
  assert.ok(read.length >= 3);
});
