import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityContent } from '../entities/entity.ts';
import { toCheckInputs, toPremisesInputs } from './check-inputs.ts';

const share = (one: readonly string[], other: readonly string[]): boolean => one.some((input) => other.includes(input));
const place = (address: string, town: string, postcode: string | null) => toPremisesInputs({ address, town, postcode });

const places = [
  ['the same', place('12 Mill Lane', 'Watford', 'WD17 1AA'), place('12 Mill Lane', 'Watford', 'WD17 1AA'), true],
  ['postcode alone', place('12 Mill Lane', 'Watford', 'WD17 1AA'), place('12 Mill Ln', '', 'wd171aa'), true],
  ['street alone', place('12 Mill Lane', 'Watford', null), place('12 Mill Ln.', 'WATFORD', 'WD17 1AA'), true],
  [
    'two flats of one house',
    place('Flat 2, 12 Mill Lane', 'Watford', 'WD17 1AA'),
    place('12B Mill Lane', 'Watford', 'WD17 1AA'),
    true,
  ],
  ['next door', place('12 Mill Lane', 'Watford', 'WD17 1AA'), place('14 Mill Lane', 'Watford', 'WD17 1AA'), false],
  ['another town', place('12 Mill Lane', 'Watford', null), place('12 Mill Lane', 'Luton', null), false],
  [
    'another postcode and street',
    place('12 Mill Lane', 'Watford', 'WD17 1AA'),
    place('12 High Street', 'Watford', 'WD17 1AB'),
    false,
  ],
  [
    'a house without a number',
    place('Elm Farm, Chapel Lane', 'Luton', 'LU1 1AA'),
    place('Chapel Lane', 'Luton', 'LU1 1AA'),
    true,
  ],
] as const;

for (const [name, one, other, same] of places)
  test(`premises: ${name} ${same ? 'are' : 'are not'} the same`, () => {
    assert.equal(share(one, other), same, JSON.stringify([one, other]));
  });

const person = (name: string, born: string | null, aliases: readonly string[] = []): EntityContent => ({
  kind: 'person',
  name,
  aliases: [...aliases],
  born,
});

test('a person is compared by name and full date of birth, in any order and script, and by aliases', () => {
  const known = toCheckInputs(person('Olena Kovalenko', '1990-05-02'));
  assert.equal(share(known, toCheckInputs(person('KOVALENKO Olena', '1990-05-02'))), true);
  assert.equal(share(known, toCheckInputs(person('Some Other', '1990-05-02', ['Olena Kovalenko']))), true);
  assert.equal(share(known, toCheckInputs(person('Olena Kovalenko', '1990-05-03'))), false);
  for (const born of [null, '1990', '1990-05', '1990-01-01'])
    assert.deepEqual(toCheckInputs(person('Olena Kovalenko', born)), []);
  assert.deepEqual(toCheckInputs(person('Olena', '1990-05-02')), []);
});

test('telephones and vehicles are compared however they are written; accounts are not', () => {
  const phone = (number: string) => toCheckInputs({ kind: 'phone', number });
  assert.deepEqual(phone('07700 900123'), phone('+44 7700 900 123'));
  const vehicle = (registration: string) => toCheckInputs({ kind: 'vehicle', registration, description: null });
  assert.deepEqual(vehicle('ab12 cde'), vehicle('AB12CDE'));
  assert.deepEqual(toCheckInputs({ kind: 'account', account: 'someone', provider: null }), []);
});
