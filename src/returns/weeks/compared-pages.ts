/** The page of weeks side by side: figures as rows, weeks as columns. */
import type { Cell, SectionsPage, StateItem, TableSection } from '../../platform/rendering/pages.ts';
import { plural } from '../../vocabulary/languages/english.ts';
import { exchangePaths } from '../../vocabulary/paths/exchange.ts';
import { publishedWeekPaths, returnPaths } from '../../vocabulary/paths/returns.ts';
import { type ChosenWeeks, mostCompared, queryOf, type WeekChoice, withWeeks } from './chosen-weeks.ts';
import { type ComparedGroup, type ComparedWeek, compareWeeks, formatCell, nameAmong, nameOf } from './compared.ts';
import { mostRolled } from './rolled-store.ts';
import { formatDefinitions, formatKind, formatNote, formatScope, formatState, formatWeekDates } from './week-words.ts';

export type ComparedPage = SectionsPage & {
  /** Ticked by a form that is sent by its address. */
  readonly choices: readonly WeekChoice[];
  readonly address: string;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'returns/weeks/compared': ComparedPage;
  }
}

const text = (words: string) => ({ text: words });

export const stageTags = { provisional: 'yellow', revised: 'blue', final: 'green' } as const;

const stateCell = (week: ComparedWeek): Cell =>
  week.kind === 'own' ? { text: week.stage, tag: stageTags[week.stage] } : text(formatState(week));

const openWords = { own: 'Open the return', rolled: 'Open the totals', published: 'Open the source' } as const;

export function addressOf({ kind, id }: ComparedWeek): string {
  if (kind === 'own') return returnPaths.return(id);
  return kind === 'rolled' ? exchangePaths.totals(id) : publishedWeekPaths.week(id);
}

const linkTo = (week: ComparedWeek): Cell => ({
  text: openWords[week.kind],
  href: addressOf(week),
  hidden: `of ${nameOf(week)}`,
});

const columnsOf = (weeks: readonly ComparedWeek[], first: string) => [
  text(first),
  ...weeks.map((week) => text(nameAmong(week, weeks))),
];

const aboutTable = (weeks: readonly ComparedWeek[]): TableSection => ({
  kind: 'table',
  caption: 'Weeks',
  stack: true,
  columns: columnsOf(weeks, 'About the week'),
  rows: [
    [text('Dates'), ...weeks.map((week) => text(formatWeekDates(week)))],
    [text('Kind'), ...weeks.map((week) => text(formatKind(week)))],
    [text('State'), ...weeks.map(stateCell)],
    [text('Area or scope'), ...weeks.map((week) => text(formatScope(week)))],
    [text('Definitions'), ...weeks.map((week) => text(formatDefinitions(week)))],
    ...(weeks.some((week) => formatNote(week) !== '')
      ? [[text('Note of the source'), ...weeks.map((week) => text(formatNote(week) || 'None'))]]
      : []),
    [text('Open'), ...weeks.map(linkTo)],
  ],
});

/** Of figures that only returns have, no published week has a column. */
function groupTable({ title, rows }: ComparedGroup, weeks: readonly ComparedWeek[]): TableSection {
  const ownAlone = rows.every(({ measure }) => measure.published === null);
  const shown = weeks.map((week) => !ownAlone || week.kind !== 'published');
  return {
    kind: 'table',
    caption: title,
    stack: true,
    columns: columnsOf(weeks, 'Figure').filter((_, index) => index === 0 || shown[index - 1]),
    rows: rows.map(({ measure, cells }) => [
      {
        text: measure.label,
        href: withWeeks(returnPaths.trend(measure.key), queryOf(weeks)),
        hidden: 'as a chart',
      },
      ...cells.filter((_, index) => shown[index]).map((cell) => text(formatCell(cell))),
    ]),
  };
}

/** What must be known before two columns are compared. */
function cautions(weeks: readonly ComparedWeek[], groups: readonly ComparedGroup[]): StateItem[] {
  const differing = groups
    .flatMap(({ rows }) => rows)
    .filter(({ cells }) => cells.some((cell) => cell.kind !== 'gap' && cell.otherDefinition));
  const reasons = differing.flatMap(({ measure: { label, difference } }) =>
    difference ? [`${label}: ${difference}`] : [],
  );
  const open = weeks.filter((week) => week.kind === 'own' && week.stage !== 'final');
  return [
    ...(differing.length > 0
      ? [
          {
            kind: 'unwise' as const,
            title: 'Counted otherwise',
            text: `Figures marked “counted otherwise” follow another definition than the latest own return or rolled-up week. Do not subtract one from the other.`,
          },
          ...reasons.map((reason) => ({ kind: 'unwise' as const, text: reason })),
        ]
      : []),
    ...(open.length > 0
      ? [
          {
            kind: 'waiting' as const,
            title: 'Not final',
            text: `${open.map(nameOf).join(', ')}: ${plural(open.length, 'this return', 'these returns')} can still change.`,
          },
        ]
      : []),
    ...cautionsOfRolled(weeks),
  ];
}

function cautionsOfRolled(weeks: readonly ComparedWeek[]): StateItem[] {
  const rolled = weeks.filter((week) => week.kind === 'rolled');
  const open = rolled.filter(({ having, expected }) => having < expected);
  return [
    ...(rolled.length > 0
      ? [
          {
            kind: 'unwise' as const,
            title: 'Rolled-up weeks',
            text: 'A rolled-up week adds the returns of many operations. Its totals are those of its own page, and a joint visit counts once.',
          },
          ...(weeks.some((week) => week.kind === 'own')
            ? [
                {
                  kind: 'unwise' as const,
                  text: 'Your own return may already be part of this total. Do not add the two.',
                },
              ]
            : []),
        ]
      : []),
    ...open.map((week) => ({
      kind: 'waiting' as const,
      title: 'Not complete',
      text: `${week.name}: returns that count came from ${week.having} of the ${week.expected} expected reporters. Its totals can still change.`,
    })),
  ];
}

export function comparedPage(
  { weeks, left }: ChosenWeeks,
  choices: readonly WeekChoice[],
  may: { readonly export: boolean; readonly readPublished: boolean },
): ComparedPage {
  const groups = compareWeeks(weeks);
  const items = cautions(weeks, groups);
  const query = queryOf(weeks);
  return {
    title: 'Weeks compared',
    back: { href: returnPaths.list(), text: 'Returns' },
    lead: [
      'Signed returns and published results side by side, latest first. “Not stated”, “not counted”, “not given” and “not known” are gaps. A gap is not 0.',
      ...(left > 0
        ? [
            `You chose more weeks than fit. The table shows the latest: up to ${mostCompared} weeks, of which up to ${mostRolled} are rolled up.`,
          ]
        : []),
    ],
    actions: [
      ...(may.export && weeks.length > 0
        ? [{ text: 'Export this comparison', href: withWeeks(returnPaths.weeksExport(), query), secondary: true }]
        : []),
      ...(may.readPublished ? [{ text: 'Published results', href: publishedWeekPaths.list(), secondary: true }] : []),
    ],
    sections:
      weeks.length === 0
        ? [
            {
              kind: 'states',
              items: [
                {
                  kind: 'empty',
                  text:
                    choices.length > 0
                      ? 'No week is chosen yet. Choose weeks below.'
                      : 'There is nothing to compare yet. Sign a return, or import published results.',
                },
              ],
            },
          ]
        : [
            ...(items.length > 0 ? [{ kind: 'states' as const, title: 'Before you compare', items }] : []),
            aboutTable(weeks),
            ...groups.map((group) => groupTable(group, weeks)),
          ],
    choices,
    address: returnPaths.weeks(),
  };
}
