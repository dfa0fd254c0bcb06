import assert from 'node:assert/strict';
import { test } from 'node:test';
import { access } from '../../src/app.ts';
import { openApplication } from '../fixtures/application.ts';
import { lines, tryBySql } from './assurance.ts';
import { withoutOperation } from './policy-mutation.ts';
import { openWorld, withoutExample } from './world.ts';

test('what some of the people reach by direct SQL is what the statement says, and there is a row of every table', async (t) => {
  const world = await openWorld(await openApplication(t));
  assert.deepEqual(withoutExample(world), []);
  assert.equal(withoutOperation(access.policy, world), undefined, 'a look can be weighed by its operation');
  const tally = await tryBySql(world, 6, 20_260_918);
  for (const kind of ['allow', 'deny', 'unclear'] as const) assert.equal(lines(tally, kind), '0', kind);
  assert.ok(tally.cells >= 6_000, `${tally.cells} cells`);
});
