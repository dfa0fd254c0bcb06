import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSought } from './search-store.ts';

test('reads words and a reference from what was typed', () => {
  assert.deepEqual(readSought('  Ana   Ion '), {
    text: 'Ana Ion',
    words: ['Ana', 'Ion'],
    reference: readSought('anaion').reference,
  });
  assert.deepEqual(readSought('V-4F7-K2Q').reference?.kind, 'visit');
  assert.deepEqual(readSought('v 4f7 k2q').reference?.kind, 'visit');
  assert.equal(readSought('Lea Garage').reference, undefined);
});

test('searches in names only with two letters or more, and six words at most', () => {
  assert.deepEqual(readSought('a').words, []);
  assert.deepEqual(readSought('a b c').words, []);
  assert.deepEqual(readSought('a bc').words, ['a', 'bc']);
  assert.deepEqual(readSought('one two three four five six seven').words, []);
});
