import { test } from 'node:test';
import { assertSound } from './soundness.ts';

// A file of its own runs beside the others.
test('the other half of the pages, narrow at night: each is sound to axe and legible by keyboard, and none sticks out sideways', (t) =>
  assertSound(t, 'narrow at night', { part: 2, of: 2 }));
