/** Pages of a file of published results: the upload with its columns, and what a check found before anything is stored. */
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
import { counted, plural } from '../../vocabulary/languages/english.ts';
import { publishedWeekPaths } from '../../vocabulary/paths/returns.ts';
import { publishedColumns, publishedDetails, publishedFigures, requiredColumns } from './published-columns.ts';
import type { CheckedFile, LineConflict } from './published-file.ts';
import { formatPublished } from './published-number.ts';
import { formatDates } from './week-words.ts';

const text = (words: string) => ({ text: words });

export const uploadErrors = describeUploadErrors('one week of one source', 'each week');

/** The form that takes the file. */
export const uploadPage = (): TableFilePage => ({
  title: 'Import published results',
  ...backTo(publishedWeekPaths.list(), 'Published results'),
  lead: [
    'Each line of the file is one week as one source published it. Safelight checks the file first and shows what it found. It adds nothing before you press “Import”.',
    'Numbers stay as they were published. Write “at least”, “more than”, “about” or “almost” before a number where the source does. Leave a cell empty where the source says nothing.',
  ],
  first: { href: publishedWeekPaths.template(), text: 'Download the template (CSV)' },
  action: publishedWeekPaths.import(),
  ...tableUpload,
  reference: columnsTable,
});

const columnMeanings: Readonly<Record<string, string>> = {
  week_id: 'Your own name for the week. Two sources of one week have the same name',
  name: 'Name of the week',
  start_date: 'First day, like 2026-09-16',
  end_date: 'Last day, like 2026-09-20',
  source_url: 'Address where it was published',
  ...publishedFigures,
  ...publishedDetails,
  reporter_level: 'Whose results they are: aggregate (several countries or forces), national, region or force',
  result_status: 'Write final, partial, first results or later results. Add the day if it was published later',
};

const columnsTable: TableSection = {
  kind: 'table',
  caption: 'Columns of the file',
  stack: true,
  columns: ['Column', 'Required', 'What to enter'].map(text),
  rows: publishedColumns.map((name) => [
    text(name),
    text((requiredColumns as readonly string[]).includes(name) ? 'Yes' : 'No'),
    text(columnMeanings[name] ?? ''),
  ]),
};

const describeOther = ({
  with: other,
  sameSource,
}: LineConflict): { readonly text: string; readonly href?: string } => {
  if ('line' in other) return text(`Line ${other.line}`);
  return {
    text: sameSource
      ? `${other.stored.name}, the same source, as imported before`
      : `${other.stored.name}, another source`,
    href: publishedWeekPaths.week(other.stored.id),
  };
};

const conflictsTable = ({ conflicts }: CheckedFile): TableSection => ({
  kind: 'table',
  caption: `Other numbers for the same week${shownOf(conflicts.length)}`,
  stack: true,
  columns: ['Line', 'Compared with', 'Which figures'].map(text),
  rows: conflicts
    .slice(0, maxShown)
    .map((conflict) => [
      text(`Line ${conflict.number}`),
      describeOther(conflict),
      text(
        conflict.conflicts
          .map(
            ({ figure, one, other, agreement }) =>
              `${publishedFigures[figure]}: ${formatPublished(other)}, there ${formatPublished(one)}${agreement === 'may agree' ? ' (both can be right)' : ''}`,
          )
          .join('. '),
      ),
    ]),
});

const goodTable = ({ good }: CheckedFile): TableSection => ({
  kind: 'table',
  caption: `Good lines${shownOf(good.length)}`,
  stack: true,
  columns: ['Line', 'Week', 'Dates', 'Figures', 'Kept as published'].map(text),
  rows: good
    .slice(0, maxShown)
    .map(({ number, week, oddities }) => [
      text(`Line ${number}`),
      text(week.name),
      text(formatDates(week)),
      text(String(Object.keys(week.figures).length)),
      text(oddities.join(' ') || 'Nothing odd'),
    ]),
});

const alreadyTable = ({ already }: CheckedFile): TableSection => ({
  kind: 'table',
  caption: `Imported before, word for word: left out${shownOf(already.length)}`,
  stack: true,
  columns: ['Line', 'Week'].map(text),
  rows: already
    .slice(0, maxShown)
    .map(({ number, id, name }) => [text(`Line ${number}`), { text: name, href: publishedWeekPaths.week(id) }]),
});

function describeCount({ good, bad, already }: CheckedFile): string {
  const there = already.length;
  return [
    `${counted(good.length, 'line')} ${plural(good.length, 'is', 'are')} good.`,
    ...(there > 0 ? [`${counted(there, 'line')} ${plural(there, 'was', 'were')} imported before.`] : []),
    ...(bad > 0 ? [`${counted(bad, 'line')} ${plural(bad, 'needs', 'need')} correction.`] : []),
  ].join(' ');
}

/** What the check found. Imports the good lines once the reader says so. */
export function checkPage(checked: CheckedFile, file: WaitingFile): TableFilePage {
  const { good, bad, conflicts, problems, already } = checked;
  return {
    title: 'Check of the file',
    ...backTo(publishedWeekPaths.import(), 'Import published results'),
    lead: [
      describeCount(checked),
      ...(good.length === 0 && bad > 0 ? ['Correct the lines in your file, and check it again.'] : []),
      ...(conflicts.length > 0
        ? [
            'Some weeks have other numbers elsewhere. All are kept with their source, and the page of the week shows them side by side.',
          ]
        : []),
    ],
    found: [
      ...(problems.length > 0 ? [problemsTable(checked.problems)] : []),
      ...(conflicts.length > 0 ? [conflictsTable(checked)] : []),
      ...(good.length > 0 ? [goodTable(checked)] : []),
      ...(already.length > 0 ? [alreadyTable(checked)] : []),
    ],
    closed: good.length === 0,
    action: publishedWeekPaths.save(),
    button: `Import ${good.length.toLocaleString('en-GB')} ${plural(good.length, 'line')}`,
    fields: importFields(file, { good: good.length, bad }),
    ...(good.length === 0 && { more: { href: publishedWeekPaths.import(), text: 'Check another file' } }),
  };
}

export const importErrors = describeImportErrors('The published results have');
