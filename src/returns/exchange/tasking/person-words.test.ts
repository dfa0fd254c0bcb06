import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLikelyName, findPersonWords } from './person-words.ts';

test('a date of birth, a house and a title with a name are found', () => {
  for (const [text, kind] of [
    ['Look for Mei Lin, born 2001, at the car wash', 'a date of birth'],
    ['DOB 03/04/2001', 'a date of birth'],
    ['date of birth: 3 April 2001', 'a date of birth'],
    ['She was born on 3 April', 'a date of birth'],
    ['Start at 3 Tannery Yard', 'the address of one home or business'],
    ['start at 12a, high street', 'the address of one home or business'],
    ['Visit WD17 1AB first', 'a postcode'],
    ['Ask Mrs. Arden at the counter', 'a name'],
  ] as const)
    assert.equal(findPersonWords(text)?.kind, kind, text);
});

test('words of a usual tasking are not', () => {
  for (const text of [
    'Visit nail bars.\nReport nil returns too.',
    'Visit at least 10 nail bars in High Street and 5 on the street.',
    'Report by 22 September 2026 at 12:00. Use 3 teams a day.',
    'Children born here count too. Look for signs of debt. Ask for help in Milton Keynes.',
    'Look for people in need. Definitions 2026-11 count.',
  ]) {
    assert.equal(findPersonWords(text), undefined, text);
    assert.equal(findLikelyName(text), undefined, text);
  }
});

test('what may be a name is asked about', () => {
  assert.equal(findLikelyName('Please look for Mei Lin at car washes'), 'Mei Lin');
  assert.equal(findLikelyName('Trace a woman called Ana Maria Pop.'), 'Ana Maria Pop');
  assert.equal(findLikelyName('Look for signs of Operation Lantern'), undefined);
});
