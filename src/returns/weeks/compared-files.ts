/** A comparison as a file: a workbook, a table with a row for each number, or data. */

import { toCsv } from '../../platform/exports/csv.ts';
import type { TableShape } from '../../platform/exports/export-reason.ts';
import { toWorkbook, type WorkbookCell, workbookType } from '../../platform/exports/workbook.ts';
import {
  type ComparedCell,
  type ComparedGroup,
  type ComparedWeek,
  compareWeeks,
  formatCell,
  nameAmong,
  nameOf,
} from './compared.ts';
import { formatDefinitions, formatKind, formatNote, formatScope, formatState, formatWeekDates } from './week-words.ts';

const columns = [
  ...['figure', 'week', 'kind', 'first day', 'last day', 'dates', 'state', 'area or scope', 'definitions'],
  ...['number', 'qualifier', 'words', 'gap', 'counted otherwise', 'see note', 'source', 'note'],
];

const daysOf = (week: ComparedWeek): readonly [string, string] =>
  week.kind === 'own' ? week.facts.localDates : [week.startsOn ?? '', week.endsOn ?? ''];
function sourceOf(week: ComparedWeek): string {
  if (week.kind === 'own') return `Return ${week.id}`;
  return week.kind === 'rolled' ? `Week of returns ${week.id}` : week.sourceUrl;
}

/** What a cell says, apart: an empty number is a gap, and the gap says why. */
const partsOf = (cell: ComparedCell): readonly WorkbookCell[] => [
  cell.kind === 'number' ? cell.value : null,
  cell.kind === 'number' ? cell.qualifier : null,
  cell.kind === 'words' ? cell.words : null,
  cell.kind === 'gap' ? cell.why : null,
  cell.kind !== 'gap' && cell.otherDefinition ? 'yes' : null,
  cell.kind === 'number' && cell.seeNote ? 'yes' : null,
];

/** A row for each figure of each week. */
export const listNumbers = (
  weeks: readonly ComparedWeek[],
  groups: readonly ComparedGroup[],
): readonly (readonly WorkbookCell[])[] => [
  columns,
  ...groups.flatMap(({ rows }) =>
    rows.flatMap(({ measure, cells }) =>
      weeks.flatMap((week, index) => {
        const cell = cells[index];
        // Nobody but a return states these: on the screen, such a week has no column.
        if (!cell || (week.kind === 'published' && measure.published === null)) return [];
        return [
          [
            ...[measure.label, nameAmong(week, weeks), formatKind(week), ...daysOf(week), formatWeekDates(week)],
            ...[formatState(week), formatScope(week), formatDefinitions(week)],
            ...partsOf(cell),
            ...[sourceOf(week), formatNote(week)],
          ],
        ];
      }),
    ),
  ),
];

/** As on the screen. An exact number is a number; everything else is said in words, so that no qualifier is lost. */
const sideBySide = (
  weeks: readonly ComparedWeek[],
  groups: readonly ComparedGroup[],
): readonly (readonly WorkbookCell[])[] => [
  ['Figure', ...weeks.map((week) => nameAmong(week, weeks))],
  ['Dates', ...weeks.map(formatWeekDates)],
  ['Kind', ...weeks.map(formatKind)],
  ['State', ...weeks.map(formatState)],
  ['Area or scope', ...weeks.map(formatScope)],
  ['Definitions', ...weeks.map(formatDefinitions)],
  ['Source', ...weeks.map(sourceOf)],
  ...groups.flatMap(({ rows }) =>
    rows.map(({ measure, cells }) => [
      measure.label,
      ...cells.map((cell) =>
        cell.kind === 'number' && formatCell(cell) === cell.value.toLocaleString('en-GB')
          ? cell.value
          : formatCell(cell),
      ),
    ]),
  ),
];

export type ComparisonFile = { readonly type: string; readonly content: string | Buffer };

/** `marking` is said in the file, because a file that has left has no header. */
export async function makeComparison(
  shape: TableShape,
  weeks: readonly ComparedWeek[],
  { marking, day }: { readonly marking: string; readonly day: string },
): Promise<ComparisonFile> {
  const groups = compareWeeks(weeks);
  if (shape === 'json') return { type: 'application/json', content: toJson(weeks, groups, { marking, day }) };
  const numbers = listNumbers(weeks, groups);
  if (shape === 'csv')
    return { type: 'text/csv; header=present', content: toCsv(numbers.map((row) => row.map((cell) => cell ?? ''))) };
  const about = [
    ['About this file', ''],
    ['Marking', marking],
    ['Made on', day],
    ['Gaps', 'An empty number is a gap, and not 0. The column “gap” says why.'],
    [
      'Counted otherwise',
      'The figure follows another definition than the latest own return or rolled-up week. Do not subtract one from the other.',
    ],
    ['See note', 'The note of the source says that its numbers are rounded.'],
  ];
  return {
    type: workbookType,
    content: await toWorkbook([
      { name: 'Side by side', rows: sideBySide(weeks, groups), widths: [40, ...weeks.map(() => 24)] },
      { name: 'Numbers', rows: numbers, widths: [40, 24, 20, 12, 12, 26, 16, 20, 18, 12, 12, 16, 14, 18, 10, 40, 40] },
      { name: 'About', rows: about, widths: [20, 80] },
    ]),
  };
}

const kinds = { own: 'own return', rolled: 'rolled-up week', published: 'published' } as const;

const toJson = (
  weeks: readonly ComparedWeek[],
  groups: readonly ComparedGroup[],
  { marking, day }: { readonly marking: string; readonly day: string },
): string =>
  JSON.stringify(
    {
      kind: 'weeks compared',
      marking,
      madeOn: day,
      weeks: weeks.map((week) => ({
        id: week.id,
        kind: kinds[week.kind],
        name: nameOf(week),
        firstDay: daysOf(week)[0] || null,
        lastDay: daysOf(week)[1] || null,
        state: formatState(week),
        scope: formatScope(week),
        definitions:
          week.kind === 'published' ? null : week.kind === 'own' ? week.definitions : week.editions.join(', '),
        source: sourceOf(week),
        note: formatNote(week) || null,
      })),
      figures: groups.flatMap(({ rows }) =>
        rows.map(({ measure, cells }) => ({ key: measure.key, label: measure.label, cells })),
      ),
    },
    null,
    2,
  );
