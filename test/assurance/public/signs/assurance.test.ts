import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assureRouting } from './assurance.ts';

test('hours and routes agree with the oracle on more than two million decisions', async () => {
  for (const { what, figure, passed } of await assureRouting({ seed: 20261124, quick: true }))
    assert.ok(passed, `${what}: ${figure}`);
});
