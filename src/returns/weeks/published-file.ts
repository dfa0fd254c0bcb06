/** Checks a file of published results without storing anything: errors by line, what is odd, and which sources contradict each other. Pure. */
import type { ColumnProblem, LineProblem, Table } from '../../platform/files/table-file.ts';
import { isDay, longDay } from '../../vocabulary/calendar/days.ts';
import {
  type PublishedDetail,
  type PublishedFigure,
  placePublishedColumns,
  publishedDetailNames,
  publishedFigureNames,
} from './published-columns.ts';
import { type PublishedNumber, readPublishedNumber } from './published-number.ts';
import {
  digestOf,
  type FigureConflict,
  findConflicts,
  findOddities,
  type PublishedContent,
  type PublishedWeek,
} from './published-week.ts';

export type GoodLine = {
  readonly number: number;
  readonly week: PublishedContent;
  readonly oddities: readonly string[];
};
/** A good line against another source of the same week: another line, or a week that is there already. */
export type LineConflict = {
  readonly number: number;
  readonly with: { readonly line: number } | { readonly stored: Pick<PublishedWeek, 'id' | 'name' | 'sourceUrl'> };
  /** The same source said otherwise before. */
  readonly sameSource: boolean;
  readonly conflicts: readonly FigureConflict[];
};
export type CheckedFile = {
  readonly good: readonly GoodLine[];
  readonly problems: readonly LineProblem[];
  readonly bad: number;
  /** Lines that are there already, word for word. They are left out. */
  readonly already: readonly { readonly number: number; readonly id: string; readonly name: string }[];
  readonly conflicts: readonly LineConflict[];
};

const longest = { week_id: 80, name: 200, detail: 2_000, source_url: 500 } as const;
const tooLong = (most: number): string => `Use ${most.toLocaleString('en-GB')} characters or fewer`;

/** 2026-09-16, or 16/09/2026 as a spreadsheet of this country rewrites it. */
function readDay(cell: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(cell) ?? [];
  const read = year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : cell;
  return isDay(read) ? read : undefined;
}

/** Sources of earlier years are on http. An address with a user part leads elsewhere than it seems to. */
function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s\\]+$/i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** A day and a month that could stand the other way round are said in words: the reader compares them with the source. */
function listReadDays(cells: Readonly<Record<string, string>>): string[] {
  return ['start_date', 'end_date'].flatMap((column) => {
    const cell = cells[column] ?? '';
    const [, day, month] = /^(\d{1,2})\/(\d{1,2})\/\d{4}$/.exec(cell) ?? [];
    const read = readDay(cell);
    if (!day || !read || Number(day) > 12 || Number(day) === Number(month)) return [];
    return [`“${cell}” is read as ${longDay(read)}, day before month.`];
  });
}

type Found = (column: string | undefined, what: string) => void;

function readText(
  cells: Readonly<Record<string, string>>,
  column: keyof typeof longest,
  missing: string,
  found: Found,
) {
  const text = cells[column] ?? '';
  if (text === '') found(column, missing);
  else if (text.length > longest[column]) found(column, tooLong(longest[column]));
  return text;
}

function readDays(cells: Readonly<Record<string, string>>, found: Found): readonly [string | null, string | null] {
  const [startsOn, endsOn] = ['start_date', 'end_date'].map((column) => {
    const cell = cells[column] ?? '';
    if (cell === '') return null;
    const day = readDay(cell);
    if (!day) found(column, 'Enter a real date like 2026-09-16. If the source gives none, leave it empty');
    return day ?? null;
  });
  if (startsOn && endsOn && endsOn < startsOn) found('end_date', 'The last day is before the first day');
  return [startsOn ?? null, endsOn ?? null];
}

const numberErrors = {
  'no number':
    'This is no number that Safelight reads. Enter one number, such as 1500 or “more than 1500”, or leave it empty and say it in the note',
  'long words': 'Enter one number, or a few words such as “several”. Say more in the note',
} as const;

function readFigures(
  cells: Readonly<Record<string, string>>,
  found: Found,
): Partial<Record<PublishedFigure, PublishedNumber>> {
  const figures: Partial<Record<PublishedFigure, PublishedNumber>> = {};
  for (const name of publishedFigureNames) {
    const read = readPublishedNumber(cells[name] ?? '');
    if (!read.ok) found(name, numberErrors[read.refusal]);
    else if (read.value) figures[name] = read.value;
  }
  return figures;
}

function readDetails(cells: Readonly<Record<string, string>>, found: Found): Partial<Record<PublishedDetail, string>> {
  const details: Partial<Record<PublishedDetail, string>> = {};
  for (const name of publishedDetailNames) {
    const text = cells[name] ?? '';
    if (text.length > longest.detail) found(name, tooLong(longest.detail));
    else if (text !== '') details[name] = text;
  }
  return details;
}

function readLine(cells: Readonly<Record<string, string>>, found: Found): PublishedContent {
  const weekId = readText(cells, 'week_id', 'Enter a name for the week, the same for each of its sources', found);
  const name = readText(cells, 'name', 'Enter the name of the week', found);
  const sourceUrl = readText(cells, 'source_url', 'Enter the address where it was published', found);
  if (sourceUrl !== '' && !isWebAddress(sourceUrl))
    found('source_url', 'Enter a full web address, like https://example.org/news');
  const [startsOn, endsOn] = readDays(cells, found);
  return {
    weekId,
    name,
    sourceUrl,
    startsOn,
    endsOn,
    figures: readFigures(cells, found),
    details: readDetails(cells, found),
  };
}

const sourceOf = ({ weekId, sourceUrl }: Pick<PublishedContent, 'weekId' | 'sourceUrl'>): string =>
  JSON.stringify([weekId.toLowerCase(), sourceUrl]);

/** Groups by the name of the week, whatever its capitals. */
function groupByWeek<Item>(items: readonly Item[], weekIdOf: (item: Item) => string): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = weekIdOf(item).toLowerCase();
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Each good line against the lines before it and the weeks that are there. */
function listConflicts(good: readonly GoodLine[], stored: readonly PublishedWeek[]): LineConflict[] {
  const lines = groupByWeek(good, ({ week }) => week.weekId);
  const there = groupByWeek(stored, ({ weekId }) => weekId);
  return good.flatMap(({ number, week }) => {
    const key = week.weekId.toLowerCase();
    const inFile = (lines.get(key) ?? []).filter((other) => other.number < number);
    return [
      ...inFile.map((other) => ({
        number,
        with: { line: other.number },
        sameSource: false,
        conflicts: findConflicts(other.week.figures, week.figures),
      })),
      ...(there.get(key) ?? []).map(({ id, name, sourceUrl, figures }) => ({
        number,
        with: { stored: { id, name, sourceUrl } },
        sameSource: sourceUrl === week.sourceUrl,
        conflicts: findConflicts(figures, week.figures),
      })),
    ].filter(({ conflicts }) => conflicts.length > 0);
  });
}

/** Every two sources of a week are compared, so a file may not bring many of one. */
const mostSources = 20;

/** Checks the lines in their order. The same source twice for one week is a problem; two sources are kept, and compared. */
export function checkPublishedFile(table: Table, stored: readonly PublishedWeek[]): CheckedFile | ColumnProblem {
  const places = placePublishedColumns(table.columns);
  if ('kind' in places) return places;
  const good: GoodLine[] = [];
  const problems: LineProblem[] = [];
  const already: CheckedFile['already'][number][] = [];
  const there = new Map(stored.map((week) => [digestOf(week), week]));
  const sources = new Map<string, number>();
  const sourcesOfWeek = new Map([...groupByWeek(stored, ({ weekId }) => weekId)].map(([id, all]) => [id, all.length]));
  const badLines = new Set<number>();
  for (const { number, cells } of table.lines) {
    const found: Found = (column, what) => {
      problems.push({ number, column, what });
      badLines.add(number);
    };
    if (cells.slice(places.length).some((cell) => cell !== ''))
      found(undefined, 'This line has more cells than there are columns. Put text with a comma in quotation marks');
    const named = Object.fromEntries(places.flatMap((place, index) => (place ? [[place, cells[index] ?? '']] : [])));
    const week = readLine(named, found);
    const earlier = sources.get(sourceOf(week));
    if (earlier !== undefined && !badLines.has(number))
      found('source_url', `Line ${earlier} has the same week from the same source. Keep the line that is right`);
    const same = there.get(digestOf(week));
    const id = week.weekId.toLowerCase();
    const many = sourcesOfWeek.get(id) ?? 0;
    if (!same && many >= mostSources)
      found('week_id', `This week has ${mostSources} sources already, which is the most. Leave this line out`);
    if (badLines.has(number)) continue;
    sources.set(sourceOf(week), number);
    if (same) already.push({ number, id: same.id, name: same.name });
    else {
      sourcesOfWeek.set(id, many + 1);
      good.push({ number, week, oddities: [...listReadDays(named), ...findOddities(week)] });
    }
  }
  return { good, problems, bad: badLines.size, already, conflicts: listConflicts(good, stored) };
}
