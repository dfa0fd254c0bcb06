/** What the pages of published results show: the list, one week beside its other sources, and removing one. */
import type { CasePage, FormPage, ListPage, SummaryRow, TableSection } from '../../platform/rendering/pages.ts';
import { backTo } from '../../platform/rendering/pages.ts';
import type { Pages } from '../../platform/rendering/paging.ts';
import { formatDateTime } from '../../vocabulary/calendar/moments.ts';
import { counted, plural } from '../../vocabulary/languages/english.ts';
import { publishedWeekPaths, returnPaths } from '../../vocabulary/paths/returns.ts';
import { siteOf } from './compared.ts';
import { publishedDetailNames, publishedDetails, publishedFigureNames, publishedFigures } from './published-columns.ts';
import { formatPublished, type PublishedNumber } from './published-number.ts';
import { findConflicts, findOddities, findRounding, type PublishedWeek } from './published-week.ts';
import { formatDates } from './week-words.ts';

const text = (words: string) => ({ text: words });

export const publishedListPage = (
  weeks: readonly PublishedWeek[],
  pages: Pages,
  { mayImport, imported }: { readonly mayImport: boolean; readonly imported: number },
): ListPage => ({
  title: 'Published results',
  back: { href: returnPaths.weeks(), text: 'Weeks compared' },
  lead: [
    'These are results of weeks of action as others published them, each with its source. Your agency imported them, and no other agency sees them here.',
  ],
  ...(imported > 0 && {
    done: `${counted(imported, 'line')} ${plural(imported, 'was', 'were')} imported.`,
  }),
  actions: mayImport ? [{ text: 'Import published results', href: publishedWeekPaths.import() }] : [],
  list: {
    kind: 'table',
    caption: 'Weeks',
    stack: true,
    columns: ['Week', 'Dates', 'Scope', 'State', 'Source'].map(text),
    rows: weeks.map((week) => [
      { text: week.name, href: publishedWeekPaths.week(week.id) },
      text(formatDates(week)),
      text(week.details.scope ?? 'Not stated'),
      text(week.details.result_status ?? 'Not stated'),
      text(siteOf(week.sourceUrl)),
    ]),
    empty: mayImport
      ? 'Your agency has no published results yet. Import a file to put a week beside its predecessors.'
      : 'Your agency has no published results yet. An analyst or a coordinator can import them.',
    pages,
  },
});

/** “17 (see note)” where the note says that numbers are rounded. */
export const formatWithNote = (one: PublishedNumber | undefined, rounding: string | undefined): string => {
  if (!one) return 'not stated';
  const marked = rounding !== undefined && one.kind === 'number' && one.qualifier === 'exact';
  return `${formatPublished(one)}${marked ? ' (see note)' : ''}`;
};

function figuresTable(week: PublishedWeek, others: readonly PublishedWeek[]): TableSection {
  const shown = [week, ...others];
  return {
    kind: 'table',
    caption: 'Figures',
    stack: true,
    columns: [
      text('Figure'),
      ...shown.map(({ sourceUrl, importedAt }, index) => ({
        text:
          others.length === 0
            ? 'As published'
            : `${siteOf(sourceUrl)}${index > 0 && sourceUrl === week.sourceUrl ? `, imported ${formatDateTime(importedAt)}` : ''}`,
      })),
    ],
    rows: publishedFigureNames.map((name) => [
      text(publishedFigures[name]),
      ...shown.map((one) => text(formatWithNote(one.figures[name], findRounding(one)))),
    ]),
  };
}

/** What two sources of one week say otherwise. Nobody decides here which of them is right. */
function conflictItems(week: PublishedWeek, others: readonly PublishedWeek[]) {
  return others.flatMap((other) =>
    findConflicts(week.figures, other.figures).map(({ figure, one, other: there, agreement }) => ({
      kind: 'unwise' as const,
      text: `${publishedFigures[figure]}: ${formatPublished(one)} here, ${formatPublished(there)} at ${siteOf(other.sourceUrl)}.${agreement === 'may agree' ? ' Both can be right.' : ''}`,
    })),
  );
}

const summaryRow = (key: string, value: string): SummaryRow => ({ key: text(key), value: text(value) });

export function publishedWeekPage(
  week: PublishedWeek,
  others: readonly PublishedWeek[],
  { mayRemove }: { readonly mayRemove: boolean },
): CasePage {
  const items = [
    ...conflictItems(week, others),
    ...findOddities(week).map((found) => ({ kind: 'waiting' as const, text: found })),
  ];
  return {
    back: { href: publishedWeekPaths.list(), text: 'Published results' },
    caption: 'Published by others',
    title: week.name,
    lead: ['Each figure is as the source printed it. “Not stated” means that the source says nothing.'],
    actions: [
      { text: 'Compare this week', href: `${returnPaths.weeks()}?published=${week.id}` },
      ...(mayRemove ? [{ text: 'Remove', href: publishedWeekPaths.remove(week.id), secondary: true }] : []),
    ],
    sections: [
      ...(items.length > 0 ? [{ kind: 'states' as const, title: 'Read with care', items }] : []),
      figuresTable(week, others),
      {
        kind: 'summary',
        title: 'Source',
        rows: [
          summaryRow('Dates', formatDates(week)),
          summaryRow('Published at', week.sourceUrl),
          ...publishedDetailNames.flatMap((name) => {
            const said = week.details[name];
            return said ? [summaryRow(publishedDetails[name], said)] : [];
          }),
          summaryRow('Name in the file', week.weekId),
          summaryRow('Imported', formatDateTime(week.importedAt)),
        ],
      },
    ],
  };
}

export const removePage = ({ id, name, sourceUrl }: PublishedWeek): FormPage => ({
  title: 'Remove these published results',
  caption: name,
  lead: [`The figures from ${siteOf(sourceUrl)} are deleted here. You can import them again from a file.`],
  ...backTo(publishedWeekPaths.week(id), name),
  action: publishedWeekPaths.remove(id),
  button: 'Remove',
  dangerous: true,
});
