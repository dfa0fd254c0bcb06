/** One figure through the weeks: a chart for each way of counting, each with its numbers in a table. */
import type { SectionsPage, TableSection } from '../../platform/rendering/pages.ts';
import { plural } from '../../vocabulary/languages/english.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import { type Chart, type ChartPoint, drawChart } from './chart.ts';
import { queryOf, withWeeks } from './chosen-weeks.ts';
import {
  type ComparedCell,
  type ComparedWeek,
  compareBy,
  formatCell,
  getDefinition,
  getFirstDay,
  nameAmong,
  nameOf,
} from './compared.ts';
import { addressOf } from './compared-pages.ts';
import { getDefinitionVersion, type Measure } from './measures.ts';
import { formatNote, formatScope, formatState, formatWeekDates } from './week-words.ts';

export type TrendPage = SectionsPage & {
  readonly charts: readonly {
    readonly chart: Chart;
    readonly table: TableSection;
    readonly keys: readonly ChartKey[];
  }[];
};
type ChartKey = { readonly state: ChartPoint['state']; readonly text: string };

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'returns/weeks/trend': TrendPage;
  }
}

const text = (words: string) => ({ text: words });

type Point = { readonly week: ComparedWeek; readonly cell: ComparedCell };

/** Only weeks that are counted alike share a chart: one definition of own returns or of rolled-up weeks, or one scope of what others published. */
function groupOf({ own }: Measure, week: ComparedWeek): string {
  if (week.kind === 'published') return `Published results: ${formatScope(week)}`;
  if (week.kind === 'rolled') return `Rolled-up weeks, definition of ${own ? getDefinition(week, own) : ''}`;
  return `Own returns, definition of ${own ? getDefinitionVersion(week.definitions, own) : week.definitions}`;
}

const kindOrder = ['own', 'rolled', 'published'] as const;
const rankOf = ({ week }: Point): number => kindOrder.indexOf(week.kind);

function groupPoints(measure: Measure, points: readonly Point[]): ReadonlyMap<string, readonly Point[]> {
  const groups = new Map<string, Point[]>();
  const ownFirst = [...points].sort((one, other) => rankOf(one) - rankOf(other));
  for (const point of ownFirst) {
    const name = groupOf(measure, point.week);
    groups.set(name, [...(groups.get(name) ?? []), point]);
  }
  return groups;
}

/** Marks are for a row of several definitions; a chart has one. */
const withoutMarks = (cell: ComparedCell): ComparedCell =>
  cell.kind === 'gap' ? cell : { ...cell, otherDefinition: false };

const stateOf = (week: ComparedWeek): ChartPoint['state'] =>
  week.kind !== 'own' ? week.kind : week.stage === 'final' ? 'final' : 'open';

const toPoint = ({ week, cell }: Point, among: readonly ComparedWeek[]): ChartPoint => ({
  label: nameAmong(week, among),
  dates: formatWeekDates(week),
  said: formatCell(withoutMarks(cell)),
  value: cell.kind === 'number' ? cell.value : null,
  state: stateOf(week),
});

const keyTexts: Record<ChartPoint['state'], string> = {
  final: 'final',
  open: 'provisional or revised',
  published: 'published by others',
  rolled: 'rolled up from returns',
};

const tableOf = (caption: string, points: readonly Point[], among: readonly ComparedWeek[]): TableSection => ({
  kind: 'table',
  caption,
  captionClasses: 'govuk-table__caption--s',
  stack: true,
  columns: [...['Week', 'Dates', 'Number', 'State'].map(text), ...(points.some(hasNote) ? [text('Note')] : [])],
  rows: points.map(({ week, cell }) => [
    {
      text: nameAmong(week, among),
      href: addressOf(week),
    },
    text(formatWeekDates(week)),
    text(formatCell(withoutMarks(cell))),
    text(formatState(week)),
    ...(points.some(hasNote) ? [text(formatNote(week) || 'None')] : []),
  ]),
});
const hasNote = ({ week }: Point): boolean => formatNote(week) !== '';

export function trendPage(measure: Measure, weeks: readonly ComparedWeek[]): TrendPage {
  const { cells } = compareBy(measure, weeks);
  const points = weeks.flatMap((week, index) => (cells[index] ? [{ week, cell: cells[index] }] : []));
  const dated = points.filter(({ week }) => getFirstDay(week) !== null).reverse();
  const undated = points.filter(({ week, cell }) => getFirstDay(week) === null && cell.kind !== 'gap');
  const charts = [...groupPoints(measure, dated)]
    .filter(([, group]) => group.some(({ cell }) => cell.kind !== 'gap'))
    .map(([name, group], index) => ({
      chart: drawChart(
        `chart-${index + 1}`,
        `${measure.label}. ${name}`,
        group.map((point) => toPoint(point, weeks)),
      ),
      table: tableOf(`${name}: the numbers`, group, weeks),
      keys: [...new Set(group.map(({ week }) => stateOf(week)))].map((state) => ({ state, text: keyTexts[state] })),
    }));
  return {
    title: measure.label,
    caption: 'Weeks compared',
    back: { href: withWeeks(returnPaths.weeks(), queryOf(weeks)), text: 'Weeks compared' },
    lead: [
      'Each chart has one way of counting and its own scale. Do not compare bars of two charts.',
      ...(measure.difference && charts.length > 1 ? [measure.difference] : []),
      ...(undated.length > 0
        ? [
            `${undated.map(({ week }) => nameOf(week)).join(', ')}: ${plural(undated.length, 'its source states', 'their sources state')} no first day. No chart can place ${plural(undated.length, 'it', 'them')}.`,
          ]
        : []),
    ],
    sections:
      charts.length === 0
        ? [
            {
              kind: 'states',
              items: [{ kind: 'empty', text: 'None of these weeks has this figure. Choose other weeks.' }],
            },
          ]
        : [],
    charts,
  };
}
