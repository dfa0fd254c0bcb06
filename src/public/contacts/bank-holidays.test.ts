import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reckonHolidays } from '../../../test/oracles/opening-hours.ts';
import { bankHolidays } from '../signs/load.ts';
import { openCalendar } from './bank-holidays.ts';
import type { Nation } from './hours.ts';

/** Read by hand from what the government published, so that neither the library nor our reckoning vouches for itself. */
const known: readonly [nation: Nation, day: string, name: string | undefined][] = [
  ['England and Wales', '2026-04-03', 'Good Friday'],
  ['England and Wales', '2026-04-06', 'Easter Monday'],
  ['Scotland', '2026-04-06', undefined],
  ['England and Wales', '2026-12-26', 'Boxing Day'],
  ['England and Wales', '2026-12-28', 'bank holiday for Boxing Day'],
  ['England and Wales', '2027-12-27', 'bank holiday for Christmas Day'],
  ['England and Wales', '2027-12-28', 'bank holiday for Boxing Day'],
  ['England and Wales', '2026-01-02', undefined],
  ['Scotland', '2026-01-02', 'January 2nd'],
  ['Scotland', '2026-08-03', 'Summer bank holiday'],
  ['Scotland', '2026-08-31', undefined],
  ['Scotland', '2026-06-15', 'World Cup bank holiday'],
  ['England and Wales', '2026-06-15', undefined],
  ['Northern Ireland', '2026-03-17', 'St Patrick’s Day'],
  ['Northern Ireland', '2026-07-13', 'bank holiday for Battle of the Boyne, Orangemen’s Day'],
  ['England and Wales', '2023-05-08', "King Charles III's Coronation"],
  ['England and Wales', '2026-05-10', undefined],
];

for (const [nation, day, name] of known) {
  test(`${day} in ${nation} is ${name ?? 'an ordinary day'}`, async () => {
    assert.equal((await bankHolidays())(nation, day), name);
  });
}

test('a day proclaimed since is one entry of data', async () => {
  const calendar = await openCalendar([{ nation: 'Scotland', day: '2029-03-01', name: 'a proclaimed day' }]);
  assert.equal(calendar('Scotland', '2029-03-01'), 'a proclaimed day');
  assert.equal(calendar('Northern Ireland', '2029-03-01'), undefined);
});

test('the reckoning by law knows the years in which two holidays fall on one weekend', () => {
  for (const day of ['2027-12-27', '2027-12-28']) assert.ok(reckonHolidays('England and Wales', 2027).has(day));
  for (const day of ['2022-01-03', '2022-01-04']) assert.ok(reckonHolidays('Scotland', 2022).has(day));
});
