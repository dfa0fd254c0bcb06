import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countryOptions } from './wording.ts';

test('lists each country once, under its present code', () => {
  const names = countryOptions.map(({ text }) => text);
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  );
  const codes = new Set(countryOptions.map(({ value }) => value));
  for (const today of [
    'VN',
    'DE',
    'FR',
    'RU',
    'GB',
    'RS',
    'BJ',
    'BF',
    'CD',
    'CW',
    'MM',
    'TL',
    'VU',
    'YE',
    'ZW',
    'SS',
    'XK',
  ])
    assert.ok(codes.has(today), today);
  for (const before of ['VD', 'DD', 'FX', 'SU', 'UK', 'CS', 'YU', 'DY', 'HV', 'ZR', 'AN', 'BU', 'TP', 'NH', 'YD', 'RH'])
    assert.ok(!codes.has(before), before);
  // ISO 3166-1 has 249, and Kosovo is added.
  assert.equal(codes.size, 250);
});
