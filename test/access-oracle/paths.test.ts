import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../fixtures/application.ts';
import { tryByPaths } from './assurance.ts';
import { paths } from './paths.ts';
import { openWorld } from './world.ts';

test('what some of the people reach by pages, lists, files and notices is what the statement says', async (t) => {
  const walked = await tryByPaths(await openWorld(await openApplication(t)), 6, 20_260_918);
  for (const path of paths) {
    assert.deepEqual([...walked[path].allows], [], `too much by ${path}`);
    assert.deepEqual([...walked[path].denies], [], `too little by ${path}`);
    assert.ok(walked[path].cells > 50, `${walked[path].cells} by ${path}`);
  }
});
