/** Which weeks a page compares: those that its address names, or the latest. */
import { z } from 'zod';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { dayRange } from '../../vocabulary/calendar/days.ts';
import { type ComparedWeek, nameOf, type OfferedWeek, siteOf, sortWeeks } from './compared.ts';
import { findPublishedWeeks, listLatestWeeks } from './published-store.ts';
import { listRolledWeeks, readRolledWeeks } from './rolled-store.ts';
import { listSignedWeeks } from './signed-store.ts';

/** More columns than a screen shows. */
export const mostCompared = 8;
/** Shown where nothing is chosen. */
export const mostAtFirst = 5;
/** What can be chosen from: the latest of each kind. */
export const mostOffered = 60;

/** One id, several, or none; what is no id is as if it were not there. */
const Ids = z
  .preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.uuid().toLowerCase()).max(200))
  .catch([]);
export const WeeksQuery = z.object({ operation: Ids, published: Ids, rolled: Ids });
export type WeeksQuery = z.output<typeof WeeksQuery>;

/** The address of the same weeks on another page. */
export function withWeeks(path: string, { operation, published, rolled }: WeeksQuery): string {
  const query = new URLSearchParams([
    ...operation.map((id): [string, string] => ['operation', id]),
    ...published.map((id): [string, string] => ['published', id]),
    ...rolled.map((id): [string, string] => ['rolled', id]),
  ]);
  return query.size > 0 ? `${path}?${query}` : path;
}
export const queryOf = (weeks: readonly ComparedWeek[]): WeeksQuery => ({
  operation: weeks.flatMap((week) => (week.kind === 'own' ? [week.operationId] : [])),
  published: weeks.flatMap((week) => (week.kind === 'published' ? [week.id] : [])),
  rolled: weeks.flatMap((week) => (week.kind === 'rolled' ? [week.id] : [])),
});

export type ChosenWeeks = {
  readonly weeks: readonly ComparedWeek[];
  /** Chosen, and more than fit. */
  readonly left: number;
  readonly chosen: boolean;
};

/** Ids of weeks that the reader may not see are as if they were not there. Rolled-up weeks are read where they are chosen. */
export async function readChosenWeeks(
  db: Reader<AnyTables>,
  { operation, published, rolled }: WeeksQuery,
  { most, first, now }: { readonly most: number; readonly first: number; readonly now: Date },
): Promise<ChosenWeeks> {
  const chosen = operation.length + published.length + rolled.length > 0;
  const own = chosen
    ? await listSignedWeeks(db, { most: mostOffered, only: operation })
    : await listSignedWeeks(db, { most: first });
  const theirs = chosen ? await findPublishedWeeks(db, published) : await listLatestWeeks(db, first);
  const added = await readRolledWeeks(db, rolled, now);
  const all = sortWeeks<ComparedWeek>([
    ...own,
    ...theirs.map((week) => ({ ...week, kind: 'published' as const })),
    ...added.weeks,
  ]);
  if (chosen) return { weeks: all.slice(0, most), left: Math.max(0, all.length - most) + added.left, chosen };
  // Half of each kind, so that the own weeks have others beside them.
  const half = Math.floor(first / 2);
  const kept = [
    ...own.slice(0, Math.max(half, first - theirs.length)).map(({ id }) => id),
    ...theirs.slice(0, Math.max(half, first - own.length)).map(({ id }) => id),
  ];
  return { weeks: all.filter(({ id }) => kept.includes(id)), left: 0, chosen };
}

export type WeekChoice = {
  readonly name: string;
  readonly value: string;
  readonly text: string;
  readonly checked: boolean;
};

/** What can be ticked: the latest of each kind, and what is shown now. */
export async function listChoices(
  db: Reader<AnyTables>,
  shown: readonly ComparedWeek[],
): Promise<readonly WeekChoice[]> {
  const own = await listSignedWeeks(db, { most: mostOffered });
  const theirs = await listLatestWeeks(db, mostOffered);
  const rolled = await listRolledWeeks(db, mostOffered);
  const offered = sortWeeks<OfferedWeek>([
    ...own,
    ...theirs.map((week) => ({ ...week, kind: 'published' as const })),
    ...rolled,
  ]);
  const more: readonly OfferedWeek[] = shown.filter(({ id }) => !offered.some((one) => one.id === id));
  return [...more, ...offered].map((week) => ({
    name: week.kind === 'own' ? 'operation' : week.kind,
    value: week.kind === 'own' ? week.operationId : week.id,
    text: describeChoice(week),
    checked: shown.some(({ id }) => id === week.id),
  }));
}

function describeChoice(week: OfferedWeek): string {
  if (week.kind === 'own') return `${nameOf(week)}, ${week.facts.weekName} (own return, ${week.stage})`;
  if (week.kind === 'rolled')
    return `${week.name}, ${dayRange(week.startsOn, week.endsOn)} (rolled up from returns of partnerships)`;
  return `${week.name} (published at ${siteOf(week.sourceUrl)}${week.details.scope ? `, ${week.details.scope}` : ''})`;
}
