/** Reads corrections made after a visit was finished. Row policies limit them to visits that the reader may see. */
import { sql } from 'kysely';
import type { AnyTables, AuditedReader, Reader } from '../../platform/database/database.ts';
import type { MemberId, VisitId } from '../../vocabulary/ids.ts';

/** A visit that was opened again counts as finished from its first finish on. */
const firstFinish = (visit: ReturnType<typeof sql>) => sql<Date | null>`(select least(v.finished_at,
    (select min((w.record ->> 'finished_at')::timestamptz) from visits_versions w where w.id = v.id))
  from visits v where v.id = ${visit})`;

/** When the visit was finished for the first time; undefined while it is under way. */
export async function findFirstFinish(db: Reader<AnyTables>, visitId: VisitId): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`select ${firstFinish(sql`${visitId}`)} as at`.execute(db);
  return rows[0]?.at ?? undefined;
}

export type UnreadCorrection = {
  readonly kind: 'person' | 'arrest' | 'screening' | 'child notification' | 'search';
  readonly id: string;
  readonly visitId: VisitId;
  /** The code name of the operation. */
  readonly codeName: string;
  /** The number of a person encountered. */
  readonly number: number | null;
  readonly replacedBy: MemberId | null;
  readonly replacedAt: Date;
  readonly reason: string;
  /** The age of an arrested person was under 18 or not known, and is an adult's now. */
  readonly adultNow: boolean;
};

const mostUnread = 20;

/** The latest late correction of each record, by somebody else, that the reader has not opened since. Oldest first. Begins with the corrections: visits are a hundred times as many. */
export async function listUnreadCorrections(
  db: AuditedReader<AnyTables>,
  reader: string,
  operations: readonly string[],
): Promise<UnreadCorrection[]> {
  const { rows } = await sql<UnreadCorrection>`
    with changes as materialized (
      select 'person' as kind, id, replaced_by, replaced_at, reason, record from encounters_versions where reason is not null
      union all
      select 'arrest', id, replaced_by, replaced_at, reason, record from arrests_versions where reason is not null
      union all
      select 'screening', id, replaced_by, replaced_at, reason, record from screenings_versions where reason is not null
      union all
      select 'child notification', id, replaced_by, replaced_at, reason, record
        from child_notifications_versions where reason is not null
      union all
      select 'search', id, replaced_by, replaced_at, reason, record from searches_versions where reason is not null
    ), of_visits as (
      select x.*, e.visit_id, e.number, false as adult_now
        from changes x join encounters e on e.id = x.id where x.kind = 'person'
      union all
      select x.*, a.visit_id, null,
          x.kind = 'arrest' and a.age >= 18 and coalesce((x.record ->> 'age')::integer, 0) < 18
        from changes x join arrests a on a.id = x.id where x.kind in ('arrest', 'screening', 'child notification')
      union all
      select x.*, x.id, null, false from changes x where x.kind = 'search'
    )
    select kind, id, visit_id, code_name, number, replaced_by, replaced_at, reason, adult_now from (
      select distinct on (c.kind, c.id) c.*, o.code_name
      from of_visits c join visits v on v.id = c.visit_id join operations o on o.id = v.operation_id
      where v.operation_id = any (${sql.val([...operations])}::uuid[])
        and c.replaced_at > ${firstFinish(sql`c.visit_id`)}
      order by c.kind, c.id, c.replaced_at desc) latest
    where replaced_by is distinct from ${reader}
      and not ctx.opened_after(id, array['encounter.shown', 'arrest.shown', 'visit.shown'], replaced_at)
    order by replaced_at limit ${mostUnread}`.execute(db);
  return rows;
}
