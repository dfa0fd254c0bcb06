import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  findEmails,
  findPhones,
  findPostcodes,
  findRegistrations,
  foldRegistration,
  formatPostcode,
} from './written-identifiers.ts';

const cases: readonly (readonly [find: (text: string) => readonly string[], text: string, found: readonly string[]])[] =
  [
    [findPostcodes, 'The flat above 12 Meadow Road, WD17 1AA, and sg11ab too', ['WD17 1AA', 'sg11ab']],
    [findPostcodes, 'Room 17 at 1 AA', []],
    [findRegistrations, 'A grey van AB12 CDE, then AB12CDF and A123 BCD', ['AB12 CDE', 'AB12CDF', 'A123 BCD']],
    [findRegistrations, 'in 20 men, ab12 cde', []],
    [findPhones, 'Ring 07700 900123 or +44 7700 900456 after 18:30', ['07700 900123', '+44 7700 900456']],
    [findPhones, 'On 12/09/2026 at 07:30', []],
    [findEmails, 'Write to work.now@jobs.example, not to @jobs', ['work.now@jobs.example']],
  ];

for (const [find, text, found] of cases)
  test(`${find.name} finds ${found.join(', ') || 'nothing'} in “${text}”`, () => assert.deepEqual(find(text), found));

test('a postcode and a registration are written in one way', () => {
  assert.deepEqual(['wd171aa', 'WD17 1AA', 'e1 6an'].map(formatPostcode), ['WD17 1AA', 'WD17 1AA', 'E1 6AN']);
  assert.equal(foldRegistration('ab12 cde'), 'AB12CDE');
});
