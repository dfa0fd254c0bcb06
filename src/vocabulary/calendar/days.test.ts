import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortDay } from './days.ts';

test('a short day has its year where that is not the year of today', () => {
  assert.equal(shortDay('2026-12-31', '2026-11-29'), '31 Dec');
  assert.equal(shortDay('2019-12-31', '2026-11-29'), '31 Dec 2019');
  assert.equal(shortDay('2027-01-02', '2026-11-29'), '2 Jan 2027');
});
