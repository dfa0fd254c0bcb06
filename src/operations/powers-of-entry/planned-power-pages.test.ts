/** What a new warrant must have, whatever was typed around it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMissingOnNewWarrant } from './planned-power-pages.ts';

const fields = (typed: Record<string, string>): string[] => findMissingOnNewWarrant(typed).flatMap(Object.keys);

test('a granted warrant needs its reference and its days, with spaces or hidden characters around the answers', () => {
  const missing = ['reference', 'progressOn', 'lastDay'];
  assert.deepEqual(fields({ basis: ' pace-s8 ', progress: ' granted ' }), missing);
  assert.deepEqual(fields({ basis: 'pace-s8', progress: 'granted', reference: '\u200b' }), missing);
});

test('a last day beside “applied for” is refused, not dropped', () => {
  const day = { 'lastDay-day': '1', 'lastDay-month': '12', 'lastDay-year': '2026' };
  assert.deepEqual(fields({ basis: 'pace-s8', progress: 'applied for', ...day }), ['lastDay']);
  assert.deepEqual(fields({ basis: 'pace-s8', progress: 'applied for' }), []);
});
