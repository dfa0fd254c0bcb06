/** Weeks side by side: the columns, the figure in each cell, and what cannot be compared. Pure. */

import { dayRange } from '../../vocabulary/calendar/days.ts';
import type { Figures, Indicator, OperationFacts, Quantity } from '../../vocabulary/figures.ts';
import type { Total } from '../exchange/inbox/roll-up.ts';
import { formatTotal, isBetween } from '../exchange/inbox/words.ts';
import { formatQuantityText } from '../figure-words.ts';
import type { Stage } from '../return.ts';
import { getDefinitionVersion, type Measure, type MeasureGroup, measureGroups } from './measures.ts';
import { formatPublished, type PublishedNumber } from './published-number.ts';
import { findRounding, type PublishedWeek } from './published-week.ts';
import type { NamedRolledWeek, RolledWeek } from './rolled-week.ts';

/** The latest signed return of one operation. */
export type OwnWeek = {
  readonly kind: 'own';
  readonly id: string;
  readonly operationId: string;
  readonly version: number;
  readonly stage: Stage;
  readonly definitions: string;
  readonly facts: OperationFacts;
  readonly figures: Figures;
  readonly signedAt: Date;
};
export type ComparedWeek = OwnWeek | (PublishedWeek & { readonly kind: 'published' }) | RolledWeek;
/** Of a rolled-up week a list needs no total. */
export type OfferedWeek = Exclude<ComparedWeek, RolledWeek> | NamedRolledWeek;

export const getFirstDay = (week: OfferedWeek): string | null =>
  week.kind === 'own' ? week.facts.localDates[0] : week.startsOn;

/** Latest first; weeks without a first day last, by name. Never by a figure: a comparison is no ranking. */
export const sortWeeks = <Week extends OfferedWeek>(weeks: readonly Week[]): readonly Week[] =>
  [...weeks].sort((one, other) => {
    const [a, b] = [getFirstDay(one) ?? '', getFirstDay(other) ?? ''];
    return a === b ? nameOf(one).localeCompare(nameOf(other)) || (one.id < other.id ? -1 : 1) : a < b ? 1 : -1;
  });

export const nameOf = (week: OfferedWeek): string => (week.kind === 'own' ? week.facts.codeName : week.name);

/** The site where it was published, without “www.”. */
export const siteOf = (sourceUrl: string): string =>
  URL.canParse(sourceUrl) ? new URL(sourceUrl).hostname.replace(/^www\./, '') : sourceUrl;

/** With its source, or its version, where another of them has the same name. */
export function nameAmong(week: ComparedWeek, weeks: readonly ComparedWeek[]): string {
  const name = nameOf(week);
  if (!weeks.some((other) => other.id !== week.id && nameOf(other) === name)) return name;
  return `${name} (${describeSource(week)})`;
}

function describeSource(week: ComparedWeek): string {
  if (week.kind === 'own') return `own return of ${week.facts.weekName}`;
  return week.kind === 'rolled' ? `rolled up, ${dayRange(week.startsOn, week.endsOn)}` : siteOf(week.sourceUrl);
}

/** One number as it stands, or a gap. A gap is never 0. */
export type ComparedCell =
  | {
      readonly kind: 'number';
      readonly value: number;
      readonly qualifier: string;
      /** Counted otherwise than the first own return, or by a source whose way of counting is not known. */
      readonly otherDefinition: boolean;
      /** The note of the source may qualify it. */
      readonly seeNote: boolean;
    }
  | { readonly kind: 'words'; readonly words: string; readonly otherDefinition: boolean }
  | {
      readonly kind: 'gap';
      readonly why: 'not stated' | 'not counted' | 'not given' | 'not known' | 'not in a return';
    };

/** The definition by which a week counted a figure: several where returns of several editions are added. None of what others published. */
export function getDefinition(week: ComparedWeek, own: Indicator): string | undefined {
  if (week.kind === 'published') return undefined;
  const editions = week.kind === 'own' ? [week.definitions] : week.editions;
  return [...new Set(editions.map((edition) => getDefinitionVersion(edition, own)))].sort().join(' and ');
}

const hasFigure = (week: ComparedWeek, own: Indicator): boolean =>
  week.kind === 'own' ? week.figures[own] !== undefined : week.kind === 'rolled' && week.totals.has(own);

/** The definition that the row is read by: that of the latest own return or rolled-up week which has the figure. */
function getRowDefinition({ own }: Measure, weeks: readonly ComparedWeek[]): string | undefined {
  const first = own && weeks.find((week) => hasFigure(week, own));
  return own && first ? getDefinition(first, own) : undefined;
}

function ownCell(quantity: Quantity | undefined, otherDefinition: boolean): ComparedCell {
  if (!quantity) return { kind: 'gap', why: 'not counted' };
  if (quantity.kind === 'not known') return { kind: 'gap', why: 'not known' };
  if (quantity.kind === 'words') return { kind: 'words', words: formatQuantityText(quantity), otherDefinition };
  return { kind: 'number', value: quantity.value, qualifier: quantity.qualifier, otherDefinition, seeNote: false };
}

/** As its totals page says it. A range is words: no number in it is the count. */
function rolledCell(total: Total | undefined, otherDefinition: boolean): ComparedCell {
  if (!total) return { kind: 'gap', why: 'not given' };
  const { value, qualifier, isRounded } = total;
  if (qualifier === 'not known') return { kind: 'gap', why: 'not known' };
  if (isRounded || isBetween(total)) return { kind: 'words', words: formatTotal(total), otherDefinition };
  return { kind: 'number', value, qualifier, otherDefinition, seeNote: false };
}

function publishedCell(one: PublishedNumber | undefined, otherDefinition: boolean, rounding: boolean): ComparedCell {
  if (!one) return { kind: 'gap', why: 'not stated' };
  if (one.kind === 'words') return { kind: 'words', words: formatPublished(one), otherDefinition };
  const { value, qualifier } = one;
  return { kind: 'number', value, qualifier, otherDefinition, seeNote: rounding && qualifier === 'exact' };
}

export function toCell(measure: Measure, week: ComparedWeek, rowDefinition: string | undefined): ComparedCell {
  const { own, published } = measure;
  if (week.kind !== 'published') {
    if (!own) return { kind: 'gap', why: 'not in a return' };
    const isOther = getDefinition(week, own) !== rowDefinition;
    return week.kind === 'own' ? ownCell(week.figures[own]?.total, isOther) : rolledCell(week.totals.get(own), isOther);
  }
  if (!published) return { kind: 'gap', why: 'not stated' };
  return publishedCell(week.figures[published], rowDefinition !== undefined, findRounding(week) !== undefined);
}

export type ComparedRow = { readonly measure: Measure; readonly cells: readonly ComparedCell[] };
export type ComparedGroup = { readonly title: string; readonly rows: readonly ComparedRow[] };

/** Rows in which no week has anything are left out. */
export function compareWeeks(
  weeks: readonly ComparedWeek[],
  groups: readonly MeasureGroup[] = measureGroups,
): readonly ComparedGroup[] {
  return groups
    .map(({ title, measures }) => ({
      title,
      rows: measures
        .map((measure) => compareBy(measure, weeks))
        .filter(({ cells }) => cells.some(({ kind }) => kind !== 'gap')),
    }))
    .filter(({ rows }) => rows.length > 0);
}

export function compareBy(measure: Measure, weeks: readonly ComparedWeek[]): ComparedRow {
  const definition = getRowDefinition(measure, weeks);
  return { measure, cells: weeks.map((week) => toCell(measure, week, definition)) };
}

/** “at least 37,000”; the marks for another definition and for a note follow it. */
export function formatCell(cell: ComparedCell): string {
  if (cell.kind === 'gap') return cell.why;
  const said =
    cell.kind === 'words'
      ? cell.words
      : `${cell.qualifier === 'exact' ? '' : `${cell.qualifier} `}${cell.value.toLocaleString('en-GB')}`;
  const marks = [
    ...(cell.otherDefinition ? ['counted otherwise'] : []),
    ...(cell.kind === 'number' && cell.seeNote ? ['see note'] : []),
  ];
  return marks.length > 0 ? `${said} (${marks.join(', ')})` : said;
}
