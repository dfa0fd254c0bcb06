import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityContent } from '../entities/entity.ts';
import { toCheckInputs, toPremisesInputs } from './check-inputs.ts';
import { readInvitation } from './messages.ts';

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

test('the line of another agency has an address of scheme, name and port alone', () => {
  const rest = '01a23bd1-cf6b-7f19-90f1-697b4337e227 JtOCuGyJDWTnIPiuctE+3Nr8yzdshuD0U2sSguoTpYM=';
  const read = (origin: string, isTrial = false) => readInvitation(`safelight-check-1 ${origin} ${rest}`, isTrial);
  assert.equal(read('https://check.example.org')?.origin, 'https://check.example.org');
  assert.equal(read('https://check.example.org:8443')?.origin, 'https://check.example.org:8443');
  assert.equal(read('http://localhost:8471', true)?.origin, 'http://localhost:8471');
  for (const origin of [
    ...[
      'http://check.example.org',
      'https://user:pw@example.org',
      'https://example.org?x#y',
      'https://169.254.169.254',
    ],
    ...['https://[::1]', 'https://2130706433', 'https://localhost', 'http://localhost:9', 'http://127.0.0.1:5432'],
    ...['https://intern', 'https://EXAMPLE.org', 'ftp://example.org'],
  ])
    assert.equal(read(origin), undefined, origin);
  assert.equal(readInvitation('safelight-check-1 https://example.org x y', false), undefined);
});
