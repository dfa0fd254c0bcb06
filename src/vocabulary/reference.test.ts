import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseReference, type Referenced, referenceLetters, referenceOf } from './reference.ts';

test('writes the letter of the kind and the last thirty bits of the id', () => {
  assert.equal(referenceOf('visit', '00000000-0000-4000-8000-000000000000'), 'V-000-000');
  assert.equal(referenceOf('case', '00000000-0000-4000-8000-00003fffffff'), 'C-ZZZ-ZZZ');
  assert.equal(referenceOf('operation', '019ad1f2-7c11-7abc-9def-0123456789ab'), referenceOf('operation', 'x456789ab'));
  assert.equal(referenceOf('referral', '00000000-0000-4000-8000-000000000021'), 'R-000-011');
});

test('reads every reference back to the end of its id, however it is typed', () => {
  const kinds = Object.keys(referenceLetters) as Referenced[];
  const typings = [
    (reference: string) => reference,
    (reference: string) => reference.toLowerCase(),
    (reference: string) => reference.replaceAll('-', ''),
    (reference: string) => reference.replaceAll('-', ' '),
    (reference: string) => ` ${reference.replaceAll('0', 'o')} `,
    (reference: string) => reference.replaceAll('1', 'l'),
  ];
  fc.assert(
    fc.property(fc.uuid(), fc.constantFrom(...kinds), fc.constantFrom(...typings), (id, kind, typing) => {
      // A letter O that stands for “operation” is not a nought.
      const reference = referenceOf(kind, id);
      const parsed = parseReference(typing(reference));
      assert.equal(parsed?.kind, kind);
      assert.ok(parsed?.idEndings.includes(id.slice(-8)), `${reference} of ${id}`);
      const short = parseReference(typing(reference.slice(2)));
      assert.ok(short?.idEndings.includes(id.slice(-8)));
    }),
  );
});

test('reads nothing else as a reference', () => {
  for (const typed of ['', 'V', 'Ion', 'V-000-0', 'V-000-0000', 'X-000-000', 'V-00U-000', '07700 900123', 'V-ÄÄÄ-000'])
    assert.equal(parseReference(typed), undefined, typed);
});

test('each kind has a letter of its own', () => {
  const letters = Object.values(referenceLetters);
  assert.equal(new Set(letters).size, letters.length);
});
