import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeShared, matterTerms, type WrittenPart } from './matter-terms.ts';

/** As the page of the first says it of the second. */
function reasons(one: readonly WrittenPart[], other: readonly WrittenPart[]): readonly string[] {
  const its = new Set(matterTerms(other).map(({ term }) => term));
  return describeShared(matterTerms(one).filter(({ term }) => its.has(term)));
}

const flat = { what: 'Men sleep there', place: 'Flat above the shop, 12 Meadow Road', postcode: 'WD17 1AA' };
const cases: readonly (readonly [title: string, one: WrittenPart, other: WrittenPart, said: readonly string[]])[] = [
  [
    'a postcode with a number, one in its boxes and one in a sentence',
    flat,
    { what: 'Six people are taken to 12 Meadow Rd, Watford wd171aa each night' },
    ['Both give the postcode WD17 1AA and number 12', 'Both give 12 Meadow Road'],
  ],
  [
    'another number in the same postcode, in another street',
    flat,
    { place: '14 Field Lane', postcode: 'WD17 1AA' },
    [],
  ],
  ['the postcode alone', flat, { place: 'Somewhere near', postcode: 'WD17 1AA' }, []],
  [
    'a registration in capitals and in small letters',
    { vehicles: 'grey van, ab12 cde' },
    { what: 'The van AB12CDE waits outside' },
    ['Both give the registration AB12 CDE'],
  ],
  ['registrations that differ in one letter', { vehicles: 'AB12 CDE' }, { vehicles: 'AB12 CDF' }, []],
  [
    'a telephone number, with and without the country',
    { what: 'The poster says 07700 900123' },
    { what: 'The number was +44 7700 900123.' },
    ['Both give the telephone number 07700 900123'],
  ],
  [
    'an e-mail address',
    { what: 'Apply to Work@jobs.example' },
    { what: 'They wrote from work@jobs.example yesterday' },
    ['Both give the e-mail address Work@jobs.example'],
  ],
  [
    'a street at the beginning of a sentence',
    { what: 'Opposite Meadow Road there is a nail bar.' },
    { place: 'Meadow Rd' },
    ['Both give Meadow Road'],
  ],
  ['a street of every town', { place: 'High Street' }, { place: 'The shop on High Street' }, []],
  [
    'a street of every town with its number',
    { place: '40 High Street' },
    { what: 'It is at 40 High St, on the left' },
    ['Both give 40 High Street'],
  ],
  [
    'three words of a place',
    { place: 'Hand car wash behind the closed garage, Stevenage' },
    { place: 'The car wash at Stevenage' },
    ['Both describe the place with the three words car, wash and Stevenage'],
  ],
  ['two words of a place', { place: 'The car wash' }, { place: 'A car wash in Hatfield' }, []],
  [
    'where the reporter lives, how they know it and what is said of people',
    { knows: 'I live at 3 Field Lane, WD17 2BB', people: 'Two men from Ruritania' },
    { knows: 'My shop is at 3 Field Lane, WD17 2BB', people: 'Women from Ruritania' },
    [],
  ],
  ['a time is no house number', { place: 'Every day at 12:30, WD17 1AA' }, { place: '12 o’clock, WD17 1AA' }, []],
];

for (const [title, one, other, said] of cases)
  test(`compares ${title}`, () => {
    assert.deepEqual(reasons([one], [other]), said);
    assert.equal(reasons([other], [one]).length, said.length, 'the other way round, too');
  });

test('what a reporter adds later is compared too, and a long text gives no more than a hundred terms', () => {
  assert.deepEqual(
    reasons([{ what: 'Men sleep there' }, { words: 'The van is AB12 CDE' }], [{ vehicles: 'AB12 CDE' }]),
    ['Both give the registration AB12 CDE'],
  );
  const long = Array.from({ length: 500 }, (_, at) => `${at} Meadow Road`).join(', ');
  assert.equal(matterTerms([{ place: long, postcode: 'WD17 1AA' }]).length, 100);
});
