/** Finds unusual accesses in one database's log of the last days. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { createDependencyLookup, createParentLookup } from '../possible-access/pages.ts';
import { indexGrants } from '../possible-access/possible-access.ts';
import { type AccessHistory, listLogSince, readRecordStates } from '../store.ts';
import { toAccesses } from './accesses.ts';
import { getThresholds } from './thresholds.ts';
import { detectUnusualAccesses, type Finding } from './unusual-access.ts';

export type UnusualAccessQuery = {
  readonly policy: AreaPolicy;
  /** Roles and grants, which the main database holds for both logs. */
  readonly history: AccessHistory;
  readonly since: Date;
  /** How many log entries are checked at once, latest first. */
  readonly most: number;
};

export const subtractDays = (now: Date, days: number): Date => new Date(now.getTime() - days * 86_400_000);

export async function findUnusualAccesses(
  from: AuditedReader<AnyTables>,
  { policy, history, since, most }: UnusualAccessQuery,
): Promise<readonly Finding[]> {
  const entries = await listLogSince(from, since, most);
  const agencyOf = new Map(
    entries.flatMap(({ memberId, agencyId }) => (memberId ? [[memberId, agencyId] as const] : [])),
  );
  const granted = indexGrants(history.grants);
  const terms = Map.groupBy(history.terms, ({ memberId }) => memberId);
  const about = entries.flatMap(({ subject, returned }) => [...(subject ? [subject] : []), ...returned]);
  const parentOf = createParentLookup(policy);
  const standings = await readRecordStates(from, about, createDependencyLookup(policy));
  return detectUnusualAccesses(
    toAccesses(entries, { standings, parentOf, policy }),
    (member) => granted(member, agencyOf.get(member)),
    getThresholds,
    (member) => terms.get(member) ?? [],
  );
}
