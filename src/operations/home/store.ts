/** What the home page needs of briefings, in one query each. */
import { sql } from 'kysely';
import type { Actor } from '../../platform/access-policy/access.ts';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { instantAt } from '../../vocabulary/calendar/wall-clock.ts';

/** The teams of these operations that have a briefing. */
export async function listBriefedTeams(
  db: Reader<AnyTables>,
  operationIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ teamId: string }>`
    select distinct team_id as "teamId" from briefings
    where operation_id = any (${sql.val([...operationIds])}::uuid[])`.execute(db);
  return new Set(rows.map(({ teamId }) => teamId));
}

export type UnreadBriefing = {
  readonly id: string;
  readonly version: number;
  readonly teamName: string;
  readonly codeName: string;
  /** The team's first visit of today and later, if the member may see one. */
  readonly firstVisit: Date | undefined;
};

/** The latest briefing of each of these teams, if this member has not confirmed reading it. */
export async function listUnreadBriefings(
  db: Reader<AnyTables>,
  { teams, memberId }: Pick<Actor, 'teams' | 'memberId'>,
  today: string,
): Promise<UnreadBriefing[]> {
  const { rows } = await sql<Omit<UnreadBriefing, 'firstVisit'> & { readonly first: string | null }>`
    select b.id, b.version, t.name as "teamName", o.code_name as "codeName",
      (select min(v.day::text || ' ' || v.starts) from planned_visits v
        where v.team_id = b.team_id and v.state = 'planned' and v.day >= ${today}::date) as first
    from briefings b
    join teams t on t.id = b.team_id
    join operations o on o.id = b.operation_id
    where o.ends_on >= ${today}::date
      and b.team_id = any (${sql.val([...teams])}::uuid[])
      and b.version = (select max(l.version) from briefings l where l.team_id = b.team_id)
      and not exists (select from briefing_readings r where r.briefing_id = b.id and r.member_id = ${memberId})
    order by t.name`.execute(db);
  return rows.map(({ first, ...briefing }) => {
    const [day, time] = first?.split(' ') ?? [];
    return { ...briefing, firstVisit: day && time ? instantAt(day, time) : undefined };
  });
}

/** The code names of these operations, as far as the member may see them. */
export async function listCodeNames(
  db: Reader<AnyTables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, code_name as name from operations where id = any (${sql.val([...ids])}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
