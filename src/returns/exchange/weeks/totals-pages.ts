/** The page of a week's totals. */
import type { Section, SectionsPage, TableSection } from '../../../platform/rendering/pages.ts';
import { indicators } from '../../../vocabulary/figures.ts';
import { countWord, listOf, plural } from '../../../vocabulary/languages/english.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { nameOfCountry } from '../countries.ts';
import { reporterKey } from '../inbox/inbox.ts';
import { listDoubled } from '../inbox/overlaps.ts';
import type { ReadWeek } from '../inbox/reading-week.ts';
import type { RollUp, Totals } from '../inbox/roll-up.ts';
import { formatTotal, wordFigure } from '../inbox/words.ts';
import { nameReturn, nameWindow } from './names.ts';
import { partsNote, totalsByPart } from './parts-pages.ts';

const columns = (...names: string[]) => names.map((text) => ({ text }));
/** Columns of the tables by country, reporter and dates: one screen wide. */
export const mainFigures = ['premises.visited', 'visits.made', 'people.spokenTo', 'arrests.made', 'nrm.sent'] as const;

export const inOrder = (totals: Totals): string[] => {
  const known = Object.keys(indicators).filter((name) => totals.has(name));
  return [...known, ...[...totals.keys()].filter((name) => !known.includes(name))];
};

const totalText = (totals: Totals, name: string): string => {
  const total = totals.get(name);
  return total ? formatTotal(total) : 'not given';
};

const groupTable = (
  caption: string,
  first: string,
  groups: ReadonlyMap<string, Totals>,
  nameOf: (key: string) => string,
): TableSection => ({
  kind: 'table',
  caption,
  stack: true,
  columns: [{ text: first }, ...mainFigures.map((name) => ({ text: wordFigure(name), numeric: true }))],
  rows: [...groups].map(([key, totals]) => [
    { text: nameOf(key) },
    ...mainFigures.map((name) => ({ text: totalText(totals, name) })),
  ]),
  empty: 'Nothing is counted yet.',
});

export type TotalsView = Pick<ReadWeek, 'week' | 'counted' | 'lines' | 'parts' | 'alone' | 'rolled'> & {
  /** The address of the week beside those before it. */
  readonly compare: string;
};

/** Returns that are probably one operation entered twice. */
export const describeDoubled = (returns: RollUp['added']): string[] =>
  listDoubled(returns).map(
    ([one, ...rest]) =>
      `Probably doubled: ${one ? nameReturn(one) : ''} came as ${rest.length + 1} operations with the same dates. Ask the force which one counts.`,
  );

/** What the totals are of, before the totals. */
export function describeScope({ lines, parts, rolled }: Pick<TotalsView, 'lines' | 'parts' | 'rolled'>): string[] {
  const expected = lines.filter((line) => line.expected);
  const having = expected.filter(({ counted }) => counted.length > 0).length;
  return [
    `These totals come from ${rolled.added.length} ${plural(rolled.added.length, 'return')}. Returns that count came from ${having} of the ${expected.length} expected reporters.`,
    'A total is “at least” where a return gives no exact number, and “about” where one is rounded. It is “between” two numbers where returns may count the same twice, and never less than one return alone says. A joint visit counts once.',
    ...(parts.length > 0
      ? [
          `The week has ${countWord(parts.length)} ${plural(parts.length, 'part')}: ${listOf(parts.map(({ week }) => week.name))}. Their returns are added here, each operation once.`,
        ]
      : []),
    ...describeDoubled(rolled.added),
  ];
}

export function totalsPage(view: TotalsView): SectionsPage {
  const { week, rolled, parts } = view;
  const names = new Map(view.counted.map(({ reporter }) => [reporterKey(reporter), reporter.name]));
  return {
    title: 'Totals of the week',
    caption: week.name,
    back: { href: exchangePaths.week(week.id), text: 'The week' },
    lead: describeScope(view),
    actions: [
      { href: exchangePaths.breakdowns(week.id), text: 'Breakdowns of the week', secondary: true },
      { href: view.compare, text: 'Compare with weeks before', secondary: true },
      { href: exchangePaths.export(week.id), text: 'Export the week', secondary: true },
    ],
    sections: [
      {
        kind: 'table',
        caption: 'All returns',
        columns: [{ text: 'Figure' }, { text: 'Total', numeric: true }],
        rows: inOrder(rolled.totals).map((name) => [
          { text: wordFigure(name) },
          { text: totalText(rolled.totals, name) },
        ]),
        empty: 'No return counts yet.',
      },
      ...(parts.length > 0
        ? [
            groupTable('By part of the week', 'Part', totalsByPart(view), (name) => name),
            { kind: 'words' as const, lead: [partsNote] },
          ]
        : []),
      groupTable('By country', 'Country', rolled.byCountry, nameOfCountry),
      groupTable('By own dates', 'Dates', rolled.byWindow, nameWindow),
      groupTable('By reporter, as each sent it', 'Reporter', rolled.byReporter, (key) => names.get(key) ?? key),
      ...includedSection(rolled),
    ],
  };
}

const includedSection = ({ included }: RollUp): Section[] =>
  included.length === 0
    ? []
    : [
        {
          kind: 'table',
          caption: 'Returns that another return includes, so they are not added again',
          columns: columns('Return', 'Included in'),
          rows: included.map(({ what, within }) => [
            { text: `${what.reporter.name}, ${what.document.operation.name}` },
            { text: within.name },
          ]),
        },
      ];
