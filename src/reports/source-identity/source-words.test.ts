import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSourceWords } from './source-words.ts';

test('a name is found in any order and spelling that people use, and a number however it is spaced', () => {
  const source = { name: 'Ms Zoë Quarrington-Hale', channel: '07700 900123' };
  const cases: readonly (readonly [text: string, found: readonly string[]])[] = [
    ['Seen by Zoë.', ['Zoë']],
    ['Seen by ZOE QUARRINGTON.', ['ZOE', 'QUARRINGTON']],
    ['Hale’s car was there.', ['Hale’s']],
    ['Ring +44 (0)7700 900123.', ['+44 (0)7700 900123']],
    ['Ring 07700-900-123.', ['07700-900-123']],
    ['Ring 07700 900124.', []],
    ['Nobody was there, Ms Hall says.', []],
  ];
  for (const [text, found] of cases) assert.deepEqual(findSourceWords(text, source), found, text);
});

test('a name that is a word too counts with a capital inside a sentence alone', () => {
  const source = { name: 'Will May' };
  assert.deepEqual(findSourceWords('They will come in the spring and may stay. Will they?', source), []);
  assert.deepEqual(findSourceWords('The men know Will.', source), ['Will']);
});

test('a short form of a name is found, and a mailbox without its domain', () => {
  const source = { name: 'Michael Rasmund', channel: 'm.rasmund61@example.org' };
  assert.deepEqual(findSourceWords('Ask Mick about it.', source), ['Mick']);
  assert.deepEqual(findSourceWords('Ask Ras about it.', source), ['Ras']);
  assert.deepEqual(findSourceWords('Write to m.rasmund61 (at) example.org.', source), ['m.rasmund61']);
});

test('where nothing is known of a source, nothing is found', () => {
  assert.deepEqual(findSourceWords('Ring 07700 900123, says Zoë.', {}), []);
});

test('letters without an accent to take away are read as their plain letters, and a whole address is found', () => {
  assert.deepEqual(findSourceWords('Ask Pawel there.', { name: 'Paweł Łoś' }), ['Pawel']);
  assert.deepEqual(findSourceWords('Ask Søren there.', { name: 'Soren' }), ['Søren']);
  assert.deepEqual(findSourceWords('Write to OQ@example.org.', { channel: 'oq@example.org' }), ['OQ@example.org']);
  assert.deepEqual(findSourceWords('Ring 07700–900–123.', { channel: '07700 900123' }), ['07700–900–123']);
});
