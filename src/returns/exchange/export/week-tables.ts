/** A rolled-up week as tables, with the same numbers and words as its pages. Pure. */

import { longDay } from '../../../vocabulary/calendar/days.ts';
import { type Breakdown, breakdowns, type Dimension } from '../../../vocabulary/figures.ts';
import { formatPart } from '../../figure-words.ts';
import { nameOfCountry } from '../countries.ts';
import { type AddedBreakdown, addBreakdowns, findWrongChildren } from '../inbox/breakdowns.ts';
import { type ReporterLine, reporterKey } from '../inbox/inbox.ts';
import { isShared, listReferences, type PairDecisions } from '../inbox/joint-visits.ts';
import { countOpenPairs, type ReadWeek } from '../inbox/reading-week.ts';
import type { RollUp, Totals } from '../inbox/roll-up.ts';
import { levelWords, stateTags, wordFigure } from '../inbox/words.ts';
import { mostTowns } from '../map/map-pages.ts';
import { listCountryLines, type TownLine } from '../map/week-map.ts';
import { allAgree, describeBreakdown, listFaults, mostParts, titleOf } from '../weeks/breakdown-pages.ts';
import { nameReturn, nameWindow } from '../weeks/names.ts';
import { describePart, partColumns, partsNote, totalsByPart } from '../weeks/parts-pages.ts';
import { inOrder, mainFigures } from '../weeks/totals-pages.ts';
import { byUrgency, countStates, describeCounted, describeWindow, nameReporter } from '../weeks/week-pages.ts';
import { type Said, sayCount, sayRange, sayTotal } from './said.ts';

export type WeekColumn = { readonly name: string; readonly figure?: string };
export type WeekRow = { readonly name: string; readonly figure?: string; readonly cells: readonly (Said | string)[] };
export type WeekTable = {
  /** Of the workbook. Tables of one sheet have the same columns. */
  readonly sheet: string;
  readonly title: string;
  /** The indicator of all its numbers. */
  readonly figure?: string;
  /** What the name of a row is. */
  readonly first: string;
  readonly columns: readonly WeekColumn[];
  readonly rows: readonly WeekRow[];
  readonly notes?: readonly string[];
};

export type WeekView = ReadWeek & {
  /** The latest decision on each pair. */
  readonly answers: PairDecisions;
  readonly towns: readonly TownLine[];
  readonly hasDistricts: boolean;
};

const named = (...names: string[]): WeekColumn[] => names.map((name) => ({ name }));

function totalsTables({ counted, rolled, parts, alone }: ReadWeek): WeekTable[] {
  const names = new Map(counted.map(({ reporter }) => [reporterKey(reporter), reporter.name]));
  const group = (
    title: string,
    first: string,
    groups: ReadonlyMap<string, Totals>,
    nameOf: (key: string) => string,
  ): WeekTable => ({
    ...{ sheet: title, title, first },
    columns: mainFigures.map((figure) => ({ name: wordFigure(figure), figure })),
    rows: [...groups].map(([key, totals]) => ({
      name: nameOf(key),
      cells: mainFigures.map((figure) => sayTotal(totals.get(figure))),
    })),
  });
  return [
    {
      ...{ sheet: 'Totals', title: 'All returns', first: 'Figure' },
      columns: named('Total'),
      rows: inOrder(rolled.totals).map((figure) => ({
        ...{ name: wordFigure(figure), figure },
        cells: [sayTotal(rolled.totals.get(figure))],
      })),
    },
    ...(parts.length > 0
      ? [{ ...group('By part', 'Part', totalsByPart({ parts, alone }), (name) => name), notes: [partsNote] }]
      : []),
    group('By country', 'Country', rolled.byCountry, nameOfCountry),
    group('By own dates', 'Dates', rolled.byWindow, nameWindow),
    {
      ...group('By reporter', 'Reporter', rolled.byReporter, (key) => names.get(key) ?? key),
      notes: ['As each reporter sent it.'],
    },
    {
      ...{ sheet: 'Included', title: 'Returns that another return includes', first: 'Return' },
      columns: named('Included in'),
      rows: rolled.included.map(({ what, within }) => ({ name: nameReturn(what), cells: [within.name] })),
      notes: ['They are not added again.'],
    },
  ];
}

/** A town, or a home, can point to one premises or person. */
const placeDimensions: readonly Dimension[] = ['town', 'residence'];
const saysPlace = (breakdown: Breakdown): boolean =>
  breakdowns[breakdown].some((dimension) => placeDimensions.includes(dimension));

const breakdownTable = (one: AddedBreakdown): WeekTable => ({
  ...{ sheet: 'Breakdowns', title: titleOf(one), figure: one.indicator, first: 'Part' },
  columns: named('Total'),
  rows: one.parts
    .slice(0, mostParts)
    .map(({ of, sum }) => ({ name: formatPart(one.breakdown, of), cells: [sayRange(sum)] })),
  notes: describeBreakdown(one),
});

function breakdownTables(
  { rolled: { added, totals } }: ReadWeek,
  decisions: PairDecisions,
  isShown: (breakdown: Breakdown) => boolean,
): WeekTable[] {
  const all = addBreakdowns(added, decisions, totals);
  const faults = listFaults({ added: all, wrongChildren: findWrongChildren(added, totals, decisions) });
  return [
    ...all.filter(({ breakdown }) => isShown(breakdown)).map(breakdownTable),
    {
      ...{ sheet: 'Parts and totals', title: 'Do the parts and the totals agree?', first: 'Figure' },
      columns: named('What does not agree'),
      rows: faults.map(({ title, text }) => ({ name: title, cells: [text] })),
      notes: faults.length === 0 && all.length > 0 ? [allAgree] : [],
    },
  ];
}

const answers = { same: 'the same visit', different: 'different visits', open: 'not decided yet' } as const;

function jointTables(view: ReadWeek): WeekTable[] {
  const { rolled, pairs, unlisted, decisions } = view;
  const references = listReferences(rolled.added);
  const shared = references.filter(isShared).length;
  const answerOf = (key: string) => decisions.find(({ pair }) => pair === key)?.answer ?? 'open';
  return [
    {
      ...{ sheet: 'Joint visits', title: 'Joint visits', first: 'Joint visits' },
      columns: named('Number'),
      rows: [
        { name: 'Shared references that count once', cells: [sayCount(shared)] },
        { name: 'References that one return alone names', cells: [sayCount(references.length - shared)] },
        { name: 'Likely pairs to decide', cells: [sayCount(countOpenPairs(view))] },
      ],
    },
    {
      ...{ sheet: 'Shared references', title: 'Shared references', first: 'Reference' },
      columns: named('Visit', 'Returns', 'State'),
      rows: references.map((one) => ({
        name: one.reference,
        cells: [
          one.lines[0] ? sayPlace(one.lines[0].line) : '',
          one.lines.map(({ from }) => nameReturn(from)).join('; '),
          isShared(one) ? 'counts once' : 'named by one return alone',
        ],
      })),
    },
    {
      ...{ sheet: 'Likely pairs', title: 'Likely pairs', first: 'Visit' },
      columns: named('Returns', 'Decision'),
      rows: pairs.map((pair) => ({
        name: sayPlace(pair),
        cells: [pair.groups.map(({ from }) => nameReturn(from)).join('; '), answers[answerOf(pair.key)]],
      })),
      notes:
        unlisted > 0
          ? [`There are ${unlisted.toLocaleString('en-GB')} more pairs to decide. This list has the first.`]
          : [],
    },
  ];
}

const sayPlace = ({ day, town, kind }: { readonly day: string; readonly town: string; readonly kind: string }) =>
  `${longDay(day)}, ${town}, ${kind}`;

const reportersTable = (title: string, lines: readonly ReporterLine[], { included }: RollUp): WeekTable => ({
  ...{ sheet: 'Reporters', title, first: 'Reporter' },
  columns: named('State', 'Level', 'What counts', 'Own dates'),
  rows: [...lines].sort(byUrgency).map((line) => ({
    name: nameReporter(line),
    cells: [
      stateTags[line.state].text,
      levelWords[line.reporter.level],
      describeCounted(line, included) || 'Nothing yet',
      describeWindow(line),
    ],
  })),
});

function reporterTables({ judged: { lines }, rolled, alone, parts }: ReadWeek): WeekTable[] {
  return [
    {
      ...{ sheet: 'Where it stands', title: 'Where it stands', first: 'State' },
      columns: named('Reporters'),
      rows: countStates(lines).map(({ label, value }) => ({ name: label, cells: [sayCount(value)] })),
    },
    ...(parts.length > 0
      ? [
          {
            ...{ sheet: 'Parts', title: 'Parts of the week', first: 'Part' },
            columns: named(...partColumns),
            rows: parts.map((part) => ({ name: part.week.name, cells: describePart(part) })),
          },
        ]
      : []),
    reportersTable('Reporters', lines, alone ?? rolled),
    ...parts.map((part) => reportersTable(`Reporters of ${part.week.name}`, part.judged.lines, part.rolled)),
  ];
}

function mapTables({ rolled, towns, hasDistricts }: WeekView): WeekTable[] {
  const sayOnMap = (isOnMap: boolean): string => (isOnMap ? 'yes' : 'no');
  const [visits, premises] = [
    { name: 'Visits', figure: 'visits.made' },
    { name: 'Premises', figure: 'premises.visited' },
  ];
  return [
    {
      ...{ sheet: 'Towns', title: 'Towns with visits', first: 'Town' },
      columns: [...named(...(hasDistricts ? ['District'] : [])), visits, ...named('By whom', 'On the map')],
      rows: towns.slice(0, mostTowns).map((line) => ({
        name: line.country === 'GB' ? line.town : `${line.town}, ${nameOfCountry(line.country)}`,
        cells: [
          ...(hasDistricts ? [line.district ?? 'not known'] : []),
          ...[sayCount(line.visits), line.by.join(', '), sayOnMap(line.isOnMap)],
        ],
      })),
      notes: towns.length > mostTowns ? [`The ${mostTowns} towns with the most visits.`] : [],
    },
    {
      ...{ sheet: 'Countries', title: 'Countries with returns', first: 'Country' },
      columns: [visits, premises, ...named('By whom', 'On the map')],
      rows: listCountryLines(rolled).map((line) => ({
        name: `${line.name} (${line.code})`,
        cells: [sayTotal(line.visits), sayTotal(line.premises), line.by.join(', '), sayOnMap(line.isOnMap)],
      })),
    },
  ];
}

/** Sheets that say a day, a town or a kind of premises of few visits. */
const placeSheets = ['Shared references', 'Likely pairs', 'Towns'];
export const leftOutOfFilesThatLeave = [
  'Parts by town and by home',
  'The list of joint visits',
  'The list of towns',
] as const;

/** `leaves`: the file goes to somebody else. */
export function listWeekTables(view: WeekView, leaves: boolean): WeekTable[] {
  const tables = [
    ...totalsTables(view),
    ...breakdownTables(view, view.answers, (breakdown) => !leaves || !saysPlace(breakdown)),
    ...reporterTables(view),
    ...jointTables(view),
    ...mapTables(view),
  ];
  return leaves ? tables.filter(({ sheet }) => !placeSheets.includes(sheet)) : tables;
}
