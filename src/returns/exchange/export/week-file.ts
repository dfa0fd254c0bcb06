/** A rolled-up week as a file: a workbook with a sheet for each table, a table with a row for each cell, or data. Pure but for the workbook. */

import { toCsv } from '../../../platform/exports/csv.ts';
import type { TableShape } from '../../../platform/exports/export-reason.ts';
import { toWorkbook, type WorkbookCell, type WorkbookSheet, workbookType } from '../../../platform/exports/workbook.ts';
import { dayRange } from '../../../vocabulary/calendar/days.ts';
import { formatDateTime } from '../../../vocabulary/calendar/moments.ts';
import type { Marking } from '../../../vocabulary/marking.ts';
import type { NamedWeek } from '../store.ts';
import type { Said } from './said.ts';
import type { WeekTable } from './week-tables.ts';

export type WeekFile = {
  readonly week: NamedWeek;
  readonly tables: readonly WeekTable[];
  /** What the totals are of. */
  readonly scope: readonly string[];
  /** What this reader does not get. */
  readonly leftOut: readonly string[];
  readonly marking: Marking;
  readonly coordinatedBy: string;
  readonly madeAt: Date;
};

export async function makeWeekFile(
  shape: TableShape,
  file: WeekFile,
): Promise<{ readonly type: string; readonly content: string | Buffer }> {
  if (shape === 'json') return { type: 'application/json', content: toJson(file) };
  if (shape === 'csv') return { type: 'text/csv; header=present', content: toCsv(listCells(file)) };
  return { type: workbookType, content: await toWorkbook(listSheets(file)) };
}

const says = (cell: Said | string): string => (typeof cell === 'string' ? cell : cell.says);
const notesOf = ({ notes = [] }: WeekTable): string => notes.join(' ');

const around = ['marking', 'coordinated by', 'week', 'first day', 'last day', 'totals as of'];
const cellColumns = [
  ...['table', 'row', 'column', 'figure', 'says'],
  ...['number', 'qualifier', 'least', 'most', 'as sent', 'note'],
];

/** A row for each cell, so that no table needs columns of its own. An empty number is no 0. */
function listCells({ week, tables, marking, coordinatedBy, madeAt }: WeekFile): (string | number)[][] {
  const before = [marking, coordinatedBy, week.name, week.startsOn, week.endsOn, madeAt.toISOString()];
  return [
    [...around, ...cellColumns],
    ...tables.flatMap((table) =>
      table.rows.flatMap((row) =>
        row.cells.map((cell, index) => {
          const column = table.columns[index];
          const figure = typeof cell === 'string' ? '' : (row.figure ?? column?.figure ?? table.figure ?? '');
          return [
            ...[...before, table.title, row.name, column?.name ?? '', figure, says(cell)],
            ...(typeof cell === 'string' ? ['', '', '', '', ''] : partsOf(cell)),
            notesOf(table),
          ];
        }),
      ),
    ),
  ];
}

const partsOf = ({ number, qualifier, least, most, asSent }: Said): (string | number)[] => [
  number ?? '',
  qualifier,
  ...[least ?? '', most ?? '', asSent ?? ''],
];

/** An exact number is a number; everything else is said in words, so that no qualifier is lost. */
const toCell = (cell: Said | string): WorkbookCell =>
  typeof cell === 'string' ? cell : cell.qualifier === 'exact' ? cell.number : cell.says;

function listSheets(file: WeekFile): WorkbookSheet[] {
  const sheets = Map.groupBy(file.tables, ({ sheet }) => sheet);
  return [
    ...[...sheets].flatMap(([name, tables]) => toSheet(name, tables) ?? []),
    { name: 'About', rows: listAbout(file), widths: [28, 100] },
  ];
}

/** Several tables of one sheet are told apart by their title. Nothing for tables without a row. */
function toSheet(name: string, tables: readonly WeekTable[]): WorkbookSheet | undefined {
  const [first] = tables;
  if (!first || tables.every(({ rows }) => rows.length === 0)) return undefined;
  const isTitled = tables.some(({ figure }) => figure !== undefined);
  const hasNotes = tables.some((table) => notesOf(table) !== '');
  const heads = [first.first, ...first.columns.map((column) => column.name)];
  return {
    name,
    rows: [
      [...(isTitled ? ['Figure'] : []), ...heads, ...(hasNotes ? ['Note'] : [])],
      ...tables.flatMap((table) =>
        table.rows.map((row) => [
          ...(isTitled ? [table.title] : []),
          ...[row.name, ...row.cells.map(toCell)],
          ...(hasNotes ? [notesOf(table)] : []),
        ]),
      ),
    ],
    widths: [...(isTitled ? [44] : []), 44, ...first.columns.map(() => 26), ...(hasNotes ? [60] : [])],
  };
}

const listAbout = (file: WeekFile): string[][] => {
  const { week, tables, scope, leftOut, marking, coordinatedBy, madeAt } = file;
  return [
    ['About this file', ''],
    ['Marking', marking],
    ['Week', week.name],
    ...(week.nationalOperation === null ? [] : [['Operation', week.nationalOperation]]),
    ['Dates', dayRange(week.startsOn, week.endsOn)],
    ['Deadline', formatDateTime(week.deadline)],
    ['Coordinated by', coordinatedBy],
    ['Totals as of', formatDateTime(madeAt)],
    ...scope.map((sentence) => ['What is counted', sentence]),
    ...tables
      .filter(({ rows, notes }) => rows.length === 0 && notes)
      .flatMap((table) => (notesOf(table) === '' ? [] : [[table.title, notesOf(table)]])),
    ...(leftOut.length > 0 ? [['Left out of this file', leftOut.join('. ')]] : []),
  ];
};

const toJson = ({ week, tables, scope, leftOut, marking, coordinatedBy, madeAt }: WeekFile): string =>
  JSON.stringify(
    {
      kind: 'week of returns',
      marking,
      coordinatedBy,
      totalsAsOf: madeAt.toISOString(),
      week: {
        id: week.id,
        name: week.name,
        operation: week.nationalOperation,
        firstDay: week.startsOn,
        lastDay: week.endsOn,
        deadline: week.deadline.toISOString(),
        definitions: week.definitions,
      },
      whatIsCounted: scope,
      leftOut,
      tables: tables.map(({ title, figure, first, columns, rows, notes = [] }) => ({
        ...{ title, figure, notes, rowsAre: first, columns },
        rows,
      })),
    },
    null,
    2,
  );
