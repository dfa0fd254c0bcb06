import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../vocabulary/ids.ts';
import type { Totals } from '../exchange/inbox/roll-up.ts';
import { type ComparedWeek, compareBy, formatCell } from './compared.ts';
import { listNumbers } from './compared-files.ts';
import { comparedPage } from './compared-pages.ts';
import { findMeasure } from './measures.ts';
import type { PublishedFigures } from './published-week.ts';
import type { RolledWeek } from './rolled-week.ts';
import { trendPage } from './trend-page.ts';

const rolled = (totals: Totals, more: Partial<RolledWeek> = {}): RolledWeek => ({
  ...{ kind: 'rolled', id: newId(), name: 'Autumn week', startsOn: '2026-09-14', endsOn: '2026-09-20', totals },
  ...{ returns: 2, editions: ['2026-11'], countries: ['FR', 'GB'], expected: 3, having: 2 },
  ...more,
});
const published = (figures: PublishedFigures): ComparedWeek => ({
  ...{ kind: 'published', id: newId(), weekId: 'XX', name: 'Published week', startsOn: '2024-09-16', endsOn: null },
  ...{ sourceUrl: 'https://news.example.org/week', figures, details: { scope: 'Union' } },
  importedAt: new Date('2026-09-30T09:00:00Z'),
});
const measure = (key: string) => {
  const found = findMeasure(key);
  assert.ok(found, key);
  return found;
};
const said = (key: string, weeks: readonly ComparedWeek[]): string[] =>
  compareBy(measure(key), weeks).cells.map(formatCell);
const totals = new Map([
  ['arrests.made', { value: 7, qualifier: 'about', least: 5 }],
  ['premises.visited', { value: 12, qualifier: 'at least' }],
  ['people.deployed', { value: 0, qualifier: 'not known' }],
  ['checks.people', { value: 0, qualifier: 'exact' }],
] as const) satisfies Totals;

test('a rolled-up week keeps the qualifiers of its totals, and a figure that no return gives is a gap', () => {
  const weeks = [
    rolled(totals),
    published({ vehicles_checked: { kind: 'number', value: 0, qualifier: 'exact', printed: '0' } }),
  ];
  const cells = (key: string) => said(key, weeks);
  assert.deepEqual(cells('arrests-total'), ['between 5 and 7', 'not stated']);
  assert.deepEqual(cells('locations-checked'), ['at least 12', 'not stated']);
  assert.deepEqual(cells('officers'), ['not known', 'not stated']);
  assert.deepEqual(cells('persons-checked'), ['0', 'not stated']);
  assert.deepEqual(cells('vehicles-checked'), ['not given', '0']);
  assert.deepEqual(cells('new-investigations-total'), ['not in a return', 'not stated']);
  const file = listNumbers(weeks, [{ title: 'All', rows: [compareBy(measure('arrests-total'), weeks)] }]);
  assert.deepEqual(file[1]?.slice(9, 14), [null, null, 'between 5 and 7', null, null]);
  assert.equal(file[1]?.[2], 'Rolled up from returns of partnerships');
});

test('published results beside a rolled-up week are marked, and so is a week of other definitions', () => {
  const arrests = (value: number): Totals => new Map([['arrests.made', { value, qualifier: 'exact' as const }]]);
  const theirs = published({ arrests_total: { kind: 'number', value: 9, qualifier: 'exact', printed: '9' } });
  const before = rolled(arrests(3), { startsOn: '2025-09-15', endsOn: '2025-09-21', editions: ['2024-01', '2026-11'] });
  const weeks = [rolled(arrests(4)), before, theirs];
  assert.deepEqual(said('arrests-total', weeks), ['4', '3 (counted otherwise)', '9 (counted otherwise)']);
  const page = trendPage(measure('arrests-total'), weeks);
  assert.equal(page.charts.length, 3, 'each way of counting has a chart and a scale of its own');
  assert.match(page.charts[0]?.chart.title ?? '', /^Arrests\. Rolled-up weeks, definition of/);
});

test('the page says how many reporters a rolled-up week is of, and that its totals can change', () => {
  const weeks = [rolled(totals), rolled(totals, { startsOn: '2025-09-15', endsOn: '2025-09-21', having: 3 })];
  const page = JSON.stringify(
    comparedPage({ weeks, left: 0, chosen: true }, [], { export: false, readPublished: false }),
  );
  assert.match(page, /Autumn week: returns that count came from 2 of the 3 expected reporters/);
  assert.equal(page.match(/Not complete/g)?.length, 1);
  assert.match(page, /2 returns from France and United Kingdom/);
  assert.match(page, /Autumn week \(rolled up, 15 to 21 September 2025\)/);
});
