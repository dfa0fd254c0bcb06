/** Which records changed after a return was counted, in words that single nobody out. Pure. */
import { addDays } from '../vocabulary/calendar/days.ts';
import { capital, listOf } from '../vocabulary/languages/english.ts';
import type { Stage } from './return.ts';

const groups: Readonly<Record<string, string>> = {
  visit: 'visits',
  encounter: 'visits',
  sign: 'visits',
  search: 'search records',
  arrest: 'arrests',
  screening: 'arrests',
  seizure: 'seizures',
  premises: 'the plan',
  'planned visits': 'the plan',
  'powers of entry': 'the plan',
  dates: 'the plan',
};

/** “Visits and arrests”: each kind once, in a fixed order. */
export function nameChangedRecords(kinds: readonly string[]): string {
  const found = new Set(kinds.map((kind) => groups[kind] ?? 'other records'));
  const order = [...new Set(Object.values(groups)), 'other records'];
  return listOf(order.filter((group) => found.has(group)));
}

/** The reason that is offered for the next version, which the analyst can change. Null where nothing changed. */
export const offerReason = (version: number, kinds: readonly string[]): string | null =>
  kinds.length === 0 ? null : `${capital(nameChangedRecords(kinds))} changed after version ${version} was counted.`;

/** Referrals and notes come for weeks after a week of action, and returns hear of none: that one came tells that somebody was helped. So a count is made again after a week, for eight weeks, whether one came or not. Days. */
const [countedAgainAfter, comeFor] = [7, 56];

/** Whether this signed return should be counted again for late referrals and notes. `countedOn`, `lastDay` and `today` are ISO 8601 dates. */
export const isDueAgain = (
  stage: Stage,
  { countedOn, lastDay, today }: { readonly countedOn: string; readonly lastDay: string; readonly today: string },
): boolean =>
  stage !== 'final' &&
  today > lastDay &&
  today <= addDays(lastDay, comeFor) &&
  today >= addDays(countedOn, countedAgainAfter);
