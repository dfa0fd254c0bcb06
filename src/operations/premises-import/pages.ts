/** Pages of a file of premises: the upload with the columns, and what a check found before anything is stored. */
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage, type TableSection } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { counted, listOf, plural } from '../../vocabulary/languages/english.ts';
import { operationPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import { formatSize } from '../../vocabulary/sizes.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import type { ColumnProblem } from './columns.ts';
import { columns } from './columns.ts';
import type { CheckedFile } from './import-check.ts';
import { maxTableBytes, maxTableLines, type TableRefusal } from './table-file.ts';

export type PremisesFilePage = FormPage & {
  /** Above the form: what the check found. */
  readonly found?: readonly TableSection[];
  /** Below the form: the columns that a file can have. */
  readonly reference?: TableSection;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'operations/premises-import/check': PremisesFilePage;
  }
}

const text = (words: string) => ({ text: words });

export type UploadRefusal = 'no file' | 'too large' | 'no table' | 'no room' | 'gone' | TableRefusal;

export const uploadErrors: Record<UploadRefusal, FormErrors> = {
  'no file': { file: 'Select a file' },
  'too large': { file: `The file must be smaller than ${formatSize(maxTableBytes)}. Split it into several files` },
  'no table': { file: 'This file is not a CSV file. Save the table as “CSV UTF-8” and select that file' },
  'no room': { file: 'There is too little room on the disk just now. Try again later' },
  gone: { file: 'Safelight keeps a checked file for a few hours only. Select the file again' },
  'not UTF-8': { file: 'The letters of this file are not UTF-8. Save the table as “CSV UTF-8” and select that file' },
  'quotation mark': {
    file: 'A quotation mark in this file has no end. Check the cells that begin with a quotation mark',
  },
  'no lines': { file: 'The file has no lines below the names of the columns. Enter one of the premises on each line' },
  'too many lines': {
    file: `The file has more than ${maxTableLines.toLocaleString('en-GB')} lines. Split it into several files`,
  },
  'too many columns': {
    file: 'The file has far more columns than the template. Delete the columns that are not in the template',
  },
  'long line': {
    file: 'A line of the file is longer than any premises need. Check that each of the premises has a line of its own',
  },
};

const columnWords: Record<ColumnProblem['kind'], (names: string) => string> = {
  missing: (names) => `The file lacks these columns: ${names}. Use the names in the first line of the template`,
  unknown: (names) =>
    `These columns are not known: ${names}. Use the names in the first line of the template, and delete other columns`,
  twice: (names) => `These columns are in the file twice: ${names}. Delete one of each`,
};
const maxNames = 10;
export const columnError = ({ kind, names }: ColumnProblem): FormErrors => ({
  file: columnWords[kind](listOf(names.slice(0, maxNames).map((name) => `“${name.slice(0, 60)}”`))),
});

/** The form that takes the file. */
export const uploadPage = ({ operation, ...plan }: Plan): PremisesFilePage => ({
  title: 'Add premises from a file',
  caption: operation.codeName,
  ...backTo(operationPaths.premises(operation.id), 'Premises and powers'),
  lead: [
    'Safelight checks the file first and shows what it found. It adds nothing before you press “Import”.',
    `The file can have up to ${maxTableLines.toLocaleString('en-GB')} premises. Powers of entry are not part of the file: add them to each of the premises afterwards.`,
  ],
  first: { href: operationPaths.premisesTemplate(operation.id), text: 'Download the template (CSV)' },
  action: operationPaths.premisesFile(operation.id),
  button: 'Check the file',
  sending: 'The file is being sent and checked. There is nothing more to press.',
  fields: (ask) => [
    ask.file('file', 'CSV file', {
      hint: `Separated by commas or semicolons, up to ${formatSize(maxTableBytes)}. In a spreadsheet, save it as “CSV UTF-8”`,
      accept: '.csv,text/csv',
    }),
  ],
  reference: columnsTable({ operation, ...plan }),
});

/** Long lists are two sentences. */
const describeChoices = (choices: readonly string[]): string =>
  choices.length > 0
    ? [
        `One of: ${choices.slice(0, 6).join(', ')}`,
        ...(choices.length > 6 ? [`Or: ${choices.slice(6).join(', ')}`] : []),
      ].join('. ')
    : 'There is nothing to choose from yet: leave it empty';

const columnsTable = (plan: Plan): TableSection => ({
  kind: 'table',
  caption: 'Columns of the file',
  stack: true,
  columns: ['Column', 'Required', 'What to enter'].map(text),
  rows: columns.map(({ name, required, requiredWith, hint, choices }) => [
    text(name),
    text(required ? 'Yes' : (requiredWith ?? 'No')),
    text([hint, choices && describeChoices(choices(plan).map((choice) => choice.text))].filter(Boolean).join('. ')),
  ]),
});

const maxShown = 200;

const shownOf = (total: number): string =>
  total > maxShown ? ` (the first ${maxShown} of ${total.toLocaleString('en-GB')})` : '';

const problemsTable = ({ problems }: CheckedFile): TableSection => ({
  kind: 'table',
  caption: `Lines to correct${shownOf(problems.length)}`,
  stack: true,
  columns: ['Line', 'Column', 'What to do'].map(text),
  rows: problems
    .slice(0, maxShown)
    .map(({ number, column, what }) => [text(`Line ${number}`), text(column ?? 'The whole line'), text(what)]),
});

const goodTable = ({ good }: CheckedFile, { teams }: Plan): TableSection => ({
  kind: 'table',
  caption: `Good lines${shownOf(good.length)}`,
  stack: true,
  columns: ['Line', 'Premises', 'Address', 'First visit'].map(text),
  rows: good.slice(0, maxShown).map(({ number, premises, visit }) => {
    const { name, address, town, postcode } = premises;
    const team = teams.find(({ id }) => id === visit?.teamId);
    return [
      text(`Line ${number}`),
      text(name),
      text([address, town, postcode].filter(Boolean).join(', ')),
      text(visit ? `${longDay(visit.day)} at ${visit.starts}, ${team?.name ?? ''}` : 'None'),
    ];
  }),
});

const alreadyTable = ({ already }: CheckedFile): TableSection => ({
  kind: 'table',
  caption: `Already in this operation: left out${shownOf(already.length)}`,
  stack: true,
  columns: ['Line', 'Premises there'].map(text),
  rows: already
    .slice(0, maxShown)
    .map(({ number, premises }) => [
      text(`Line ${number}`),
      { text: premises.name, href: premisesPaths.premises(premises.id) },
    ]),
});

const elsewhereTable = ({ elsewhere }: CheckedFile): TableSection => ({
  kind: 'table',
  caption: `Addresses that another operation of yours has${shownOf(elsewhere.length)}`,
  stack: true,
  columns: ['Line', 'Premises there', 'Operation'].map(text),
  rows: elsewhere
    .slice(0, maxShown)
    .map(({ number, premises }) => [
      text(`Line ${number}`),
      { text: premises.name, href: premisesPaths.premises(premises.id) },
      text(premises.codeName),
    ]),
});

/** “Three lines are good. Two lines are already in this operation. One line needs correction.” */
function describeCount({ good, bad, already }: CheckedFile): string {
  const there = already.length;
  return [
    `${counted(good.length, 'line')} ${plural(good.length, 'is', 'are')} good.`,
    ...(there > 0 ? [`${counted(there, 'line')} ${plural(there, 'is', 'are')} already in this operation.`] : []),
    ...(bad > 0 || there > 0 ? [`${counted(bad, 'line')} ${plural(bad, 'needs', 'need')} correction.`] : []),
  ].join(' ');
}

/** Where the checked file waits: its key is in the page alone. */
export type WaitingFile = { readonly id: string; readonly key: string };

export type CheckPageData = {
  readonly plan: Plan;
  readonly checked: CheckedFile;
  readonly file: WaitingFile;
  readonly warning: string | undefined;
};

/** What the check found. Imports the good lines once the reader says so. */
export function checkPage({ plan, checked, file, warning }: CheckPageData): PremisesFilePage {
  const { id } = plan.operation;
  const { good, bad, elsewhere } = checked;
  const all = bad === 0;
  return {
    title: 'Check of the file',
    caption: plan.operation.codeName,
    ...backTo(operationPaths.premisesFile(id), 'Add premises from a file'),
    lead: [
      describeCount(checked),
      ...(good.length === 0 && bad > 0 ? ['Correct the lines in your file, and check it again.'] : []),
      ...(checked.already.length > 0
        ? ['Lines that are already there change nothing. If one is another unit or flat, add that to its address.']
        : []),
      ...(elsewhere.length > 0
        ? [
            'Some addresses are in another operation too. Ask its planner before you import them, so that two teams do not meet there.',
          ]
        : []),
    ],
    ...(warning !== undefined && { warning }),
    found: [
      ...(checked.problems.length > 0 ? [problemsTable(checked)] : []),
      ...(elsewhere.length > 0 ? [elsewhereTable(checked)] : []),
      ...(good.length > 0 ? [goodTable(checked, plan)] : []),
      ...(checked.already.length > 0 ? [alreadyTable(checked)] : []),
    ],
    closed: good.length === 0,
    action: operationPaths.importPremises(id),
    button: `Import ${good.length.toLocaleString('en-GB')} premises`,
    fields: (ask) => [
      ask.hidden('file', file.id),
      ask.hidden('key', file.key),
      ask.hidden('good', String(good.length)),
      ...(all
        ? []
        : [
            ask.many('only', 'The other lines', [
              { value: 'good', text: 'Import only the good lines, and leave out the lines to correct' },
            ]),
          ]),
    ],
    ...(good.length === 0 && { more: { href: operationPaths.premisesFile(id), text: 'Check another file' } }),
  };
}

export type ImportRefusal = 'not only good' | 'changed meanwhile';

export const importErrors: Record<ImportRefusal, FormErrors> = {
  'not only good': {
    only: 'Tick this if you want to import only the good lines. To import all, correct the file and check it again',
  },
  'changed meanwhile': {
    '': 'The plan has changed since you checked the file. Nothing was imported. Look at the result again, then import',
  },
};
