import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeReference, readReference } from './reference.ts';

test('a reference is eight letters and digits that are not mistaken for each other', () => {
  assert.equal(makeReference(Buffer.alloc(8, 0)), 'JV-2222-2222');
  assert.equal(makeReference(Buffer.from([31, 63, 8, 9, 10, 11, 12, 13])), 'JV-ZZAB-CDEF');
});

test('a reference is read as people type it', () => {
  for (const typed of ['JV-ABCD-2345', 'jv abcd 2345', ' JVABCD2345 '])
    assert.equal(readReference(typed), 'JV-ABCD-2345');
  for (const typed of ['', 'JV', 'JV-ABCD-234', 'JV-ABCD-23456', 'JV-ABCI-2345', 'XX-ABCD-2345'])
    assert.equal(readReference(typed), undefined, typed);
});
