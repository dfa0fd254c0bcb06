/** Stores briefing times in PostgreSQL; append-only. Database triggers derive the grants. */
import { sql } from 'kysely';
import type { AnyTables, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import type { OperationId } from '../../vocabulary/ids.ts';
import type { SetBriefingTime } from './briefing-time.ts';

export type BriefingTimeTables = { briefingTimes: Mutable<SetBriefingTime> };

/** All that were ever set in these operations, newest first. */
export const listBriefingTimes = (
  db: Reader<BriefingTimeTables>,
  operationIds: readonly string[],
): Promise<SetBriefingTime[]> =>
  db
    .selectFrom('briefingTimes')
    .selectAll()
    .where('operationId', '=', sql<OperationId>`any (${sql.val([...operationIds])}::uuid[])`)
    .orderBy('setAt', 'desc')
    .orderBy('id', 'desc')
    .execute();

export async function insertBriefingTime(tx: Writer<BriefingTimeTables>, set: SetBriefingTime): Promise<void> {
  await tx.insertInto('briefingTimes').values(set).execute();
}

/** Teams whose briefing was before the given day. A team's own time takes precedence over the time of the operation. */
export async function listBriefedBefore(
  db: Reader<AnyTables>,
  teamIds: readonly string[],
  day: string,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from teams t
     where t.id = any (${sql.val([...teamIds])}::uuid[])
       and (select b.day from briefing_times b
             where b.operation_id = t.operation_id and (b.team_id = t.id or b.team_id is null)
             order by b.team_id is null, b.set_at desc, b.id desc limit 1) < ${day}::date`.execute(db);
  return rows.map(({ id }) => id);
}

export type TeamDay = { readonly teamId: string; readonly day: string };

/** The days on which the member's teams go out. Before the briefing, the day alone is readable. */
export async function listTeamDays(db: Reader<AnyTables>): Promise<TeamDay[]> {
  const { rows } = await sql<TeamDay>`select * from ctx.team_days() order by day`.execute(db);
  return rows;
}

/** A grant in one operation with its start and end. Grants that never started are left out. */
export type GrantInterval = {
  readonly relation: 'member' | 'partner' | 'team' | 'glass';
  readonly subject: string;
  readonly memberId: string | null;
  readonly agencyId: string | null;
  readonly since: Date;
  readonly until: Date | null;
};

export const listGrantIntervals = async (db: Reader<AnyTables>, operationId: string): Promise<GrantInterval[]> =>
  db
    .selectFrom('grants')
    .select(['relation', 'subject', 'memberId', 'agencyId', 'since', 'until'])
    .where('operationId', '=', operationId)
    .where((on) => on.or([on('until', 'is', null), on('until', '>', sql<Date>`since`)]))
    .orderBy('since')
    .orderBy('id')
    .execute() as Promise<GrantInterval[]>;
