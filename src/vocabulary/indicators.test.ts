import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDay } from './calendar/days.ts';
import {
  breakdowns,
  breakdownsOf,
  exactly,
  type Figures,
  type Indicator,
  isNilReturn,
  isSafeguarding,
  type Quantity,
} from './figures.ts';
import { getIndicator, indicatorNames } from './indicators.ts';

test('every row of the table has a parent, breakdowns and a day that exist', () => {
  for (const indicator of indicatorNames) {
    const { name, definition, unit, parent, validFrom } = getIndicator(indicator);
    assert.match(name, /^[a-zA-Z]/, indicator);
    assert.match(definition, /^Each .+\.$/, indicator);
    assert.notEqual(unit, '', indicator);
    assert.ok(isDay(validFrom), indicator);
    assert.ok(parent === null || indicatorNames.includes(parent), indicator);
    for (const breakdown of breakdownsOf[indicator] ?? [])
      assert.ok(breakdown in breakdowns, `${indicator} ${breakdown}`);
  }
});

test('a part of a protected figure is protected too, and so is every count of potential victims', () => {
  for (const indicator of indicatorNames) {
    const { parent } = getIndicator(indicator);
    if (parent && isSafeguarding(parent)) assert.ok(isSafeguarding(indicator), indicator);
    if (/^victims\.|^nrm\.|potential victim/.test(indicator + getIndicator(indicator).name))
      assert.ok(isSafeguarding(indicator), indicator);
  }
});

const figures = (totals: Partial<Record<Indicator, Quantity>>): Figures =>
  Object.fromEntries(
    Object.entries(totals).map(([indicator, total]) => [indicator, { indicator, total, breakdowns: {} }]),
  ) as Figures;
const nothing = Object.fromEntries(indicatorNames.map((indicator) => [indicator, exactly(0)]));

for (const [what, totals, is] of [
  ['nought everywhere', nothing, true],
  [
    'visits, checks and a declined contact',
    { ...nothing, 'visits.made': exactly(3), 'checks.people': exactly(9) },
    true,
  ],
  ['no number of suspects', { ...nothing, 'suspects.identified': { kind: 'not known' } }, true],
  ['an arrest', { ...nothing, 'arrests.made': exactly(1) }, false],
  [
    'fewer than five advised, who may be nobody',
    { ...nothing, 'people.advised': { kind: 'words', words: 'fewer than 5' } },
    true,
  ],
  ['fewer than five arrests', { ...nothing, 'arrests.made': { kind: 'words', words: 'fewer than 5' } }, false],
  ['a suspect', { ...nothing, 'suspects.identified': { kind: 'number', value: 1, qualifier: 'at least' } }, false],
  ['arrests that are not known', { ...nothing, 'arrests.made': { kind: 'not known' } }, false],
  ['no figure at all', {}, false],
] as const satisfies readonly (readonly [string, Partial<Record<Indicator, Quantity>>, boolean])[])
  test(`${what}: ${is ? 'a' : 'no'} nil return`, () => assert.equal(isNilReturn(figures(totals)), is));
