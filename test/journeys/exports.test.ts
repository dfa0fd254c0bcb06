import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

test('only one function writes the header of a downloaded file', () => {
  const src = resolve(import.meta.dirname, '../../src');
  const writers = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.ts$/.test(name))
    .filter((name) => /content-disposition/i.test(readFileSync(join(src, name), 'utf8')));
  const known = ['demonstration/staff-walker.ts', 'platform/rendering/page-replies.ts'];
  assert.deepEqual(writers.sort(), known, 'the walker reads it');
});
