import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldTown, isOneSlip, listSlips, mostSlips } from './town-names.ts';

for (const [one, other] of [
  ['St Albans', 'SAINT  ALBANS'],
  ['St. Albans', 'saint-albans'],
  ['King’s Lynn', 'Kings Lynn'],
  ["King's Lynn", 'king s lynn'],
  ['Málaga', 'Malaga'],
  ['Łódź', 'Lodz'],
  ['Stoke-on-Trent', 'Stoke on Trent'],
  ['Sankt Pölten', 'St. Polten'],
  ['Gt Yarmouth', 'Great Yarmouth'],
] as const)
  test(`${one} and ${other} are one town`, () => {
    assert.equal(foldTown(one), foldTown(other));
    assert.equal(foldTown(foldTown(one)), foldTown(one));
  });

test('a street or a town that ends with a short word keeps it', () => {
  assert.equal(foldTown('Weston St'), 'weston st');
  assert.notEqual(foldTown('Newport'), foldTown('New Port'));
});

test('one slip is one letter missing, added, changed or swapped', () => {
  for (const other of ['watord', 'wattford', 'watfird', 'watfrod']) assert.ok(isOneSlip('watford', other), other);
  for (const other of ['watford', 'watf', 'wotfird', 'wtaford s', 'fordwat'])
    assert.ok(!isOneSlip('watford', other), other);
});

test('numbers, short names and two known towns are no slips', () => {
  assert.deepEqual(listSlips(['sector 4', 'sector 5']), []);
  assert.deepEqual(listSlips(['ware', 'wara']), []);
  assert.deepEqual(listSlips(['harlow', 'marlow']), [], 'both are on the map');
  assert.deepEqual(listSlips(['watford', 'watfrod', 'hatfield', 'watfordd']), [
    ['watford', 'watfordd'],
    ['watford', 'watfrod'],
  ]);
});

test('20,000 names are compared in less than two seconds', (t) => {
  const letters = 'abcdefghij';
  const nameOf = (number: number) =>
    [...String(number).padStart(5, '0')].map((digit) => letters[Number(digit)]).join('xyz');
  const names = Array.from({ length: 20_000 }, (_, index) => nameOf(index * 5));
  const began = process.cpuUsage();
  const found = listSlips(names);
  const { user, system } = process.cpuUsage(began);
  const ms = Math.round((user + system) / 1_000);
  t.diagnostic(`${ms} ms, ${found.length} pairs`);
  assert.equal(found.length, mostSlips, 'no more than are looked at');
  assert.ok(ms < 2_000, `${ms} ms`);
});
