import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Figures, OperationFacts } from '../../vocabulary/figures.ts';
import { exactly } from '../../vocabulary/figures.ts';
import { newId } from '../../vocabulary/ids.ts';
import { drawChart } from './chart.ts';
import { type ComparedWeek, compareBy, compareWeeks, formatCell, type OwnWeek, sortWeeks } from './compared.ts';
import { findMeasure, measures } from './measures.ts';
import type { PublishedFigures } from './published-week.ts';
import { trendPage } from './trend-page.ts';

const facts: OperationFacts = {
  weekName: 'Invented week',
  weekFocus: ['sexual exploitation'],
  officialDates: ['2026-09-14', '2026-09-20'],
  localDates: ['2026-09-14', '2026-09-20'],
  area: 'Leashire',
  leadAgency: 'Leashire Constabulary',
  codeName: 'Operation Lantern',
  unit: 'Invented unit',
  ownUnits: [],
  partners: [],
  participatingCountries: null,
  parentWeekName: null,
};

const own = (from: string, figures: Figures, more: Partial<OwnWeek> = {}): OwnWeek => ({
  kind: 'own',
  id: newId(),
  operationId: newId(),
  version: 1,
  stage: 'final',
  definitions: '2026-01',
  signedAt: new Date('2026-09-30T09:00:00Z'),
  ...more,
  facts: { ...facts, codeName: `Operation ${from}`, localDates: [from, from] },
  figures,
});
const arrests = (value: number): Figures => ({
  'arrests.made': { indicator: 'arrests.made', total: exactly(value), breakdowns: {} },
});
const published = (
  startsOn: string | null,
  figures: PublishedFigures,
  note?: string,
  scope = 'Union',
): ComparedWeek => ({
  kind: 'published',
  id: newId(),
  weekId: 'XX',
  name: `Week of ${startsOn}`,
  startsOn,
  endsOn: null,
  sourceUrl: 'https://news.example.org/week',
  figures,
  details: { scope, ...(note && { note }) },
  importedAt: new Date('2026-09-30T09:00:00Z'),
});
const number = (value: number, qualifier: 'exact' | 'more than' = 'exact') =>
  ({ kind: 'number', value, qualifier, printed: String(value) }) as const;
const measure = (key: string) => {
  const found = findMeasure(key);
  assert.ok(found, key);
  return found;
};
const said = (key: string, weeks: readonly ComparedWeek[]): string[] =>
  compareBy(measure(key), weeks).cells.map(formatCell);

test('every figure of a return and of published results is a row, once', () => {
  assert.equal(new Set(measures.map(({ key }) => key)).size, measures.length);
  const indicators = measures.flatMap((one) => one.own ?? []);
  assert.equal(new Set(indicators).size, indicators.length);
});

test('weeks stand by their dates, never by a figure', () => {
  const weeks = [
    published(null, { arrests_total: number(900) }),
    own('2025-09-16', arrests(1)),
    published('2026-01-01', {}),
    own('2026-09-16', arrests(0)),
  ];
  assert.deepEqual(
    sortWeeks(weeks).map((week) => (week.kind === 'own' ? week.facts.localDates[0] : week.startsOn)),
    ['2026-09-16', '2026-01-01', '2025-09-16', null],
  );
});

test('a gap is a gap, a stated 0 is 0, and a qualifier stays', () => {
  const weeks = [
    own('2026-09-16', arrests(0)),
    own('2025-09-16', {}),
    published('2024-09-16', { arrests_total: number(0) }),
    published('2023-09-16', {}),
    published('2022-09-16', { arrests_total: number(700, 'more than') }),
    published('2021-09-16', { arrests_total: number(90) }, 'figures published as ‘nearly’'),
  ];
  assert.deepEqual(said('arrests-total', weeks), [
    '0',
    'not counted',
    '0 (counted otherwise)',
    'not stated',
    'more than 700 (counted otherwise)',
    '90 (counted otherwise, see note)',
  ]);
  assert.deepEqual(said('new-investigations-total', weeks.slice(0, 2)), ['not in a return', 'not in a return']);
  assert.deepEqual(
    compareWeeks(weeks).map(({ rows }) => rows.map((row) => row.measure.key)),
    [['arrests-total']],
    'rows without any number are left out',
  );
});

test('published results alone are not marked, and an own return by another definition is', () => {
  assert.deepEqual(said('arrests-total', [published('2024-09-16', { arrests_total: number(5) })]), ['5']);
  const weeks = [own('2026-09-16', arrests(4)), own('2025-09-16', arrests(3), { definitions: '2024-01' })];
  assert.deepEqual(said('arrests-total', weeks), ['4', '3 (counted otherwise)']);
  const trend = trendPage(measure('arrests-total'), weeks);
  assert.equal(trend.charts.length, 2, 'each definition has a chart and a scale of its own');
});

test('a trend has a chart for each way of counting, oldest first, with the same numbers in its table', () => {
  const weeks = sortWeeks([
    own('2026-09-16', arrests(4), { stage: 'provisional' }),
    own('2025-09-16', arrests(2)),
    own('2024-09-16', {}),
    published('2024-09-16', { arrests_total: number(162) }),
    published('2023-09-16', { arrests_total: number(9) }, undefined, 'Farshire'),
    published(null, { arrests_total: number(7) }),
  ]);
  const page = trendPage(measure('arrests-total'), weeks);
  assert.deepEqual(
    page.charts.map(({ chart }) => chart.rows.map(({ said: words, share, state }) => [words, share, state])),
    [
      [
        ['not counted', null, 'final'],
        ['2', 50, 'final'],
        ['4', 100, 'open'],
      ],
      [['9', 100, 'published']],
      [['162', 100, 'published']],
    ],
  );
  for (const { chart, table } of page.charts) {
    assert.deepEqual(
      table.rows.map((row) => row[2]?.text),
      chart.rows.map((row) => row.said),
    );
    for (const row of chart.rows) assert.ok(chart.description.includes(row.said));
  }
  assert.ok(page.lead?.some((line) => /Week of null: its source states no first day/.test(line)));
});

test('a chart draws no bar for a gap or for 0, and a small number is still to be seen', () => {
  const point = (value: number | null) => ({
    label: 'Week',
    dates: '2026',
    said: String(value),
    value,
    state: 'final' as const,
  });
  const { rows, height } = drawChart('one', 'Arrests', [point(0), point(null), point(1), point(100_000)]);
  assert.deepEqual(
    rows.map(({ share }) => share),
    [0, null, 0.7, 100],
  );
  assert.equal(height, 4 * 58);
  assert.deepEqual(
    drawChart('two', 'Arrests', [point(0)]).rows.map(({ share }) => share),
    [0],
  );
  const long = drawChart('three', 'Arrests', [{ ...point(1), label: 'x'.repeat(80) }]);
  assert.equal(long.rows[0]?.label.length, 44);
});
