import { test } from 'node:test';
import { assertSound } from './soundness.ts';

// A file of its own runs beside the others.
test('every page at a desk: each is sound to axe and legible by keyboard, and none sticks out sideways', (t) =>
  assertSound(t, 'at a desk', { part: 1, of: 1 }));
