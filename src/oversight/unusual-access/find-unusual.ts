/** Finds unusual accesses in one database's log of the last days. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { parentIn } from '../possible-access/pages.ts';
import { grantsTo } from '../possible-access/possible-access.ts';
import { gatherStandings, type History, listLogSince } from '../store.ts';
import { lookedFrom } from './accesses.ts';
import { thresholdsOn } from './thresholds.ts';
import { type Finding, unusual } from './unusual-access.ts';

export type Weighing = {
  readonly policy: AreaPolicy;
  /** Roles and grants, which the main database holds for both logs. */
  readonly history: History;
  readonly since: Date;
  /** How many log entries are checked at once, latest first. */
  readonly most: number;
};

export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * 86_400_000);

export async function weigh(
  from: AuditedReader<AnyTables>,
  { policy, history, since, most }: Weighing,
): Promise<readonly Finding[]> {
  const entries = await listLogSince(from, since, most);
  const agencyOf = new Map(
    entries.flatMap(({ memberId, agencyId }) => (memberId ? [[memberId, agencyId] as const] : [])),
  );
  const granted = grantsTo(history.grants);
  const terms = Map.groupBy(history.terms, ({ memberId }) => memberId);
  const about = entries.flatMap(({ subject, returned }) => [...(subject ? [subject] : []), ...returned]);
  const parentOf = parentIn(policy);
  const standings = await gatherStandings(from, about, parentOf);
  return unusual(
    lookedFrom(entries, { standings, parentOf, policy }),
    (member) => granted(member, agencyOf.get(member)),
    thresholdsOn,
    (member) => terms.get(member) ?? [],
  );
}
