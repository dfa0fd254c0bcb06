/** Pages of a file of premises: the upload with the columns, and what a check found before anything is stored. */

import { maxTableLines } from '../../platform/files/table-file.ts';
import {
  describeImportErrors,
  describeUploadErrors,
  importFields,
  maxShown,
  problemsTable,
  shownOf,
  type TableFilePage,
  tableUpload,
  type WaitingFile,
} from '../../platform/files/uploaded-table.ts';
import { backTo, type TableSection } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { counted, plural } from '../../vocabulary/languages/english.ts';
import { operationPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { columns } from './columns.ts';
import type { CheckedFile } from './import-check.ts';

const text = (words: string) => ({ text: words });

export const uploadErrors = describeUploadErrors('one of the premises', 'each of the premises');

/** The form that takes the file. */
export const uploadPage = ({ operation, ...plan }: Plan): TableFilePage => ({
  title: 'Add premises from a file',
  caption: operation.codeName,
  ...backTo(operationPaths.premises(operation.id), 'Premises and powers'),
  lead: [
    'Safelight checks the file first and shows what it found. It adds nothing before you press “Import”.',
    `The file can have up to ${maxTableLines.toLocaleString('en-GB')} premises. Powers of entry are not part of the file: add them to each of the premises afterwards.`,
  ],
  first: { href: operationPaths.premisesTemplate(operation.id), text: 'Download the template (CSV)' },
  action: operationPaths.premisesFile(operation.id),
  ...tableUpload,
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

export type CheckPageData = {
  readonly plan: Plan;
  readonly checked: CheckedFile;
  readonly file: WaitingFile;
  readonly warning: string | undefined;
};

/** What the check found. Imports the good lines once the reader says so. */
export function checkPage({ plan, checked, file, warning }: CheckPageData): TableFilePage {
  const { id } = plan.operation;
  const { good, bad, elsewhere } = checked;
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
      ...(checked.problems.length > 0 ? [problemsTable(checked.problems)] : []),
      ...(elsewhere.length > 0 ? [elsewhereTable(checked)] : []),
      ...(good.length > 0 ? [goodTable(checked, plan)] : []),
      ...(checked.already.length > 0 ? [alreadyTable(checked)] : []),
    ],
    closed: good.length === 0,
    action: operationPaths.importPremises(id),
    button: `Import ${good.length.toLocaleString('en-GB')} premises`,
    fields: importFields(file, { good: good.length, bad }),
    ...(good.length === 0 && { more: { href: operationPaths.premisesFile(id), text: 'Check another file' } }),
  };
}

export const importErrors = describeImportErrors('The plan has');
