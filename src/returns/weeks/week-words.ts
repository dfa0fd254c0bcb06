/** How a week is worded: its dates and its state. Pure. */
import { dayRange, longDay } from '../../vocabulary/calendar/days.ts';
import { listOf, plural } from '../../vocabulary/languages/english.ts';
import { nameOfCountry } from '../exchange/countries.ts';
import type { ComparedWeek } from './compared.ts';
import type { PublishedContent } from './published-week.ts';

type Dated = Pick<PublishedContent, 'startsOn' | 'endsOn' | 'details'>;

/** What the source says of its dates, and nothing more. */
export function formatDates({ startsOn, endsOn, details }: Dated): string {
  const note = details.date_note;
  if (startsOn && endsOn) return dayRange(startsOn, endsOn);
  if (startsOn) return `From ${longDay(startsOn)}; last day not stated`;
  if (endsOn) return `Until ${longDay(endsOn)}; first day not stated`;
  return note ? `Not stated: ${note}` : 'Not stated';
}

export function formatWeekDates(week: ComparedWeek): string {
  if (week.kind === 'own') return dayRange(...week.facts.localDates);
  return week.kind === 'rolled' ? dayRange(week.startsOn, week.endsOn) : formatDates(week);
}

/** “provisional”, how many returns came, or what the source says of its results. */
export function formatState(week: ComparedWeek): string {
  if (week.kind === 'own') return week.stage;
  if (week.kind === 'rolled') return `returns from ${week.having} of ${week.expected} expected reporters`;
  return week.details.result_status ?? 'not stated';
}

export function formatKind(week: ComparedWeek): string {
  if (week.kind === 'own') return `Own return, version ${week.version}`;
  return week.kind === 'rolled' ? 'Rolled up from returns of partnerships' : 'Published by others';
}

/** By which rules its figures were counted. */
export function formatDefinitions(week: ComparedWeek): string {
  if (week.kind === 'own') return `Edition ${week.definitions}`;
  if (week.kind === 'published') return 'Those of the source';
  return week.editions.length === 0
    ? 'No return counts yet'
    : `${plural(week.editions.length, 'Edition')} ${listOf(week.editions)}`;
}

const mostCountries = 4;

/** Whom its figures are about. */
export function formatScope(week: ComparedWeek): string {
  if (week.kind === 'own') return week.facts.area;
  if (week.kind === 'published')
    return [week.details.scope, week.details.reporter_level].filter(Boolean).join(', ') || 'Not stated';
  const { returns, countries } = week;
  if (returns === 0) return 'No return counts yet';
  const where =
    countries.length > mostCountries ? `${countries.length} countries` : listOf(countries.map(nameOfCountry));
  return `${returns} ${plural(returns, 'return')} from ${where}`;
}

export const formatNote = (week: ComparedWeek): string => (week.kind === 'published' ? (week.details.note ?? '') : '');
