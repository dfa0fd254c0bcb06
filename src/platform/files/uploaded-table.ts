/** A table that a member uploads: it waits sealed while they read what a check found. Its columns, and what can be wrong with them, in words. */
import { z } from 'zod';
import { listOf } from '../../vocabulary/languages/english.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { formatSize } from '../../vocabulary/sizes.ts';
import { toCsv } from '../exports/csv.ts';
import { CheckboxList } from '../forms/forms.ts';
import type { FormErrors } from '../http/server.ts';
import type { FormPage, TableSection } from '../rendering/pages.ts';
import type { FilesFolder } from './folder.ts';
import type { FileKey } from './sealed-stream.ts';
import type { UploadedFile } from './staff-copies.ts';
import {
  type ColumnProblem,
  type LineProblem,
  maxTableBytes,
  maxTableLines,
  readTable,
  type Table,
  type TableRefusal,
} from './table-file.ts';

/** The button below what a check found: which file, and how many good lines were shown. */
export const ImportForm = z.object({
  file: z.uuid(),
  key: z.base64(),
  good: z.coerce.number().int().catch(0),
  only: CheckboxList(['good']),
});

/** An empty file with these columns. */
export const writeTemplate = (fileName: string, columns: readonly string[]) => ({
  fileName,
  type: 'text/csv',
  // A mark at the beginning, by which spreadsheets know that it is UTF-8.
  content: `\uFEFF${toCsv([columns])}`,
});

export type OpenedTable = { readonly file: FileKey; readonly table: Table };

/** The table of a file that has just come; it waits under the key that is given back. */
export async function openTable(
  folder: FilesFolder,
  { came }: UploadedFile,
): Promise<Result<OpenedTable, UploadRefusal>> {
  if (came === undefined || came === 'empty') return refuse(came === undefined ? 'no file' : 'no lines');
  if (came === 'too large' || came === 'no room') return refuse(came);
  if (typeof came === 'string' || came.found.kind !== 'text') return refuse('no table');
  return openWaiting(folder, came.key);
}

/** The table of a file that waits, by what the form sends back. */
export const openAgain = (folder: FilesFolder, { file, key }: z.output<typeof ImportForm>) =>
  openWaiting(folder, { id: file, key: Buffer.from(key, 'base64'), side: 'as it came' });

/** Any group: a file that waits is found under all of them. */
async function openWaiting(folder: FilesFolder, file: FileKey): Promise<Result<OpenedTable, UploadRefusal>> {
  const bytes = await folder.open('papers', file).catch(() => undefined);
  if (!bytes) return refuse('gone');
  const table = await readTable(bytes);
  return table.ok ? accept({ file, table: table.value }) : table;
}

export type UploadRefusal = 'no file' | 'too large' | 'no table' | 'no room' | 'gone' | TableRefusal;

/** What is wrong with a file, at its field. `one` is what a line holds: “one of the premises”; `each` begins with “each”. */
export const describeUploadErrors = (one: string, each: string): Record<UploadRefusal, FormErrors> => ({
  'no file': { file: 'Select a file' },
  'too large': { file: `The file must be smaller than ${formatSize(maxTableBytes)}. Split it into several files` },
  'no table': { file: 'This file is not a CSV file. Save the table as “CSV UTF-8” and select that file' },
  'no room': { file: 'There is too little room just now, or the store of files does not answer. Try again later' },
  gone: { file: 'Safelight keeps a checked file for a few hours only. Select the file again' },
  'not UTF-8': { file: 'The letters of this file are not UTF-8. Save the table as “CSV UTF-8” and select that file' },
  'quotation mark': {
    file: 'A quotation mark in this file has no end. Check the cells that begin with a quotation mark',
  },
  'no lines': { file: `The file has no lines below the names of the columns. Enter ${one} on each line` },
  'too many lines': {
    file: `The file has more than ${maxTableLines.toLocaleString('en-GB')} lines. Split it into several files`,
  },
  'too many columns': {
    file: 'The file has far more columns than the template. Delete the columns that are not in the template',
  },
  'long line': { file: `A line of the file is too long. Check that ${each} has a line of its own` },
});

const columnWords: Record<ColumnProblem['kind'], (names: string) => string> = {
  missing: (names) => `The file lacks these columns: ${names}. Use the names in the first line of the template`,
  unknown: (names) =>
    `These columns are not known: ${names}. Use the names in the first line of the template, and delete other columns`,
  twice: (names) => `These columns are in the file twice: ${names}. Delete one of each`,
};
const maxNames = 10;
export const describeColumnProblem = ({ kind, names }: ColumnProblem): FormErrors => ({
  file: columnWords[kind](listOf(names.slice(0, maxNames).map((name) => `“${name.slice(0, 60)}”`))),
});

/** A form about a file. */
export type TableFilePage = FormPage & {
  /** Above the form: what the check found. */
  readonly found?: readonly TableSection[];
  /** Below the form: the columns that a file can have. */
  readonly reference?: TableSection;
};

declare module '../rendering/views.ts' {
  interface ViewModels {
    'platform/table-file': TableFilePage;
  }
}

/** What every form has that takes a table. */
export const tableUpload = {
  button: 'Check the file',
  sending: 'The file is being sent and checked. There is nothing more to press.',
  fields: (ask) => [
    ask.file('file', 'CSV file', {
      hint: `Separated by commas or semicolons, up to ${formatSize(maxTableBytes)}. In a spreadsheet, save it as “CSV UTF-8”`,
      accept: '.csv,text/csv',
    }),
  ],
} as const satisfies Pick<FormPage, 'button' | 'sending' | 'fields'>;

/** How many rows of a finding a page shows. */
export const maxShown = 200;
export const shownOf = (total: number): string =>
  total > maxShown ? ` (the first ${maxShown} of ${total.toLocaleString('en-GB')})` : '';

export const problemsTable = (problems: readonly LineProblem[]): TableSection => ({
  kind: 'table',
  caption: `Lines to correct${shownOf(problems.length)}`,
  stack: true,
  columns: ['Line', 'Column', 'What to do'].map((text) => ({ text })),
  rows: problems
    .slice(0, maxShown)
    .map(({ number, column, what }) => [
      { text: `Line ${number}` },
      { text: column ?? 'The whole line' },
      { text: what },
    ]),
});

/** Where the checked file waits: its key is in the page alone. */
export type WaitingFile = { readonly id: string; readonly key: string };
export const toWaiting = ({ id, key }: FileKey): WaitingFile => ({ id, key: Buffer.from(key).toString('base64') });

/** The fields of the button below a check. Where some lines are bad, the reader says that only the others come. */
export const importFields =
  ({ id, key }: WaitingFile, { good, bad }: { readonly good: number; readonly bad: number }): FormPage['fields'] =>
  (ask) => [
    ask.hidden('file', id),
    ask.hidden('key', key),
    ask.hidden('good', String(good)),
    ...(bad === 0
      ? []
      : [
          ask.many('only', 'The other lines', [
            { value: 'good', text: 'Import only the good lines, and leave out the lines to correct' },
          ]),
        ]),
  ];

export type ImportRefusal = 'not only good' | 'changed meanwhile';
/** `what` has changed since the check: “The plan has”. */
export const describeImportErrors = (what: string): Record<ImportRefusal, FormErrors> => ({
  'not only good': {
    only: 'Tick this if you want to import only the good lines. To import all, correct the file and check it again',
  },
  'changed meanwhile': {
    '': `${what} changed since you checked the file. Nothing was imported. Look at the result again, then import`,
  },
});
