/** Turns log entries into accesses that can be checked: which people they showed, in which operation, and whether it was closed. Pure. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { dayOf, timeOf } from '../../platform/clock.ts';
import type { RecordState } from '../possible-access/possible-access.ts';
import type { Entry } from '../store.ts';
import type { Access } from './unusual-access.ts';

/** Tables a row of which is about one person. */
const personTables = new Set(['encounters', 'arrests', 'observations', 'notes', 'referrals', 'persons']);

export type AccessContext = {
  readonly standings: ReadonlyMap<string, readonly RecordState[]>;
  readonly parentOf: (standing: RecordState) => string | undefined;
  readonly policy: AreaPolicy;
};

/** The column of each table with the time of closing. */
function listClosedColumns(policy: AreaPolicy): ReadonlyMap<string, string> {
  const all = Object.values(policy).flatMap(({ tables }) => Object.entries(tables));
  return new Map(all.flatMap(([table, { closed }]) => (closed ? [[table, closed] as const] : [])));
}

export function toAccesses(entries: readonly Entry[], { standings, parentOf, policy }: AccessContext): Access[] {
  const closed = listClosedColumns(policy);
  // A visit bears its plan's id: both are that record.
  const now = (id: string): readonly RecordState[] =>
    (standings.get(id) ?? []).filter(({ until }) => until === Infinity);
  // Some records bear the id of their parent, so an id is asked about once: else it would be its own ancestor.
  const upwards = <Value>(
    id: string | null,
    tell: (standing: RecordState) => Value | undefined,
    asked: ReadonlySet<string> = new Set(),
  ): Value | undefined => {
    if (id === null || asked.has(id)) return undefined;
    for (const standing of now(id)) {
      const above = parentOf(standing);
      const told = tell(standing) ?? (above ? upwards(above, tell, new Set([...asked, id])) : undefined);
      if (told) return told;
    }
    return undefined;
  };
  const isOfPerson = (id: string): boolean => now(id).some(({ keptIn }) => personTables.has(keptIn));
  return entries.map((entry) => {
    const { at, event, memberId, requestId, subject, returned, breakGlassId } = entry;
    const closedAt = upwards(
      subject,
      ({ keptIn, said }) => (said[closed.get(keptIn) ?? ''] ?? undefined) as string | undefined,
    );
    return {
      at: at.getTime(),
      day: dayOf(at),
      time: timeOf(at),
      event,
      memberId: memberId ?? '',
      requestId,
      subject,
      people: [...(subject ? [subject] : []), ...returned].filter(isOfPerson),
      operation: upwards(subject, ({ said }) => said.operation_id as string | undefined),
      closedAt: closedAt ? new Date(closedAt).getTime() : undefined,
      breakGlass: breakGlassId !== null,
    };
  });
}
