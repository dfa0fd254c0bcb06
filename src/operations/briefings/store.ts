/** Stores briefings and their readers in PostgreSQL; append-only. */
import { type ColumnType, sql } from 'kysely';
import type { Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { MemberId, TeamId, VisitId } from '../../vocabulary/ids.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import type { Briefing, BriefingContent, BriefingId, BriefingReading } from './briefing.ts';

export type BriefingTables = {
  briefings: Mutable<Omit<Briefing, 'content'>> & { content: ColumnType<BriefingContent, string, never> };
  briefingReadings: Mutable<BriefingReading>;
  teams: { id: TeamId; name: string };
  operations: { id: Briefing['operationId']; endsOn: string };
  plannedVisits: { id: VisitId; operationId: Briefing['operationId'] };
};

export type BriefingSummary = Omit<Briefing, 'content'> & {
  readonly changes: readonly string[];
  /** References of its visits. */
  readonly visits: readonly string[];
};
const summaryColumns = ['id', 'operationId', 'teamId', 'version', 'madeBy', 'madeAt'] as const;

/** Newest first, without what they say. */
export const listBriefings = (db: Reader<BriefingTables>, teamId: string): Promise<BriefingSummary[]> =>
  db
    .selectFrom('briefings')
    .select(summaryColumns)
    .select(sql<readonly string[]>`coalesce(content -> 'changes', '[]')`.as('changes'))
    .select(
      sql<readonly string[]>`coalesce(jsonb_path_query_array(content, '$.visits[*].reference'), '[]')`.as('visits'),
    )
    .where('teamId', '=', teamId as TeamId)
    .orderBy('version', 'desc')
    .execute();

export const getBriefing = (db: Reader<BriefingTables>, id: string): Promise<Briefing> =>
  db
    .selectFrom('briefings')
    .selectAll()
    .where('id', '=', id as BriefingId)
    .executeTakeFirstOrThrow(() => notFound('briefing'));

/** References of the operation's planned visits that the reader may see. */
export async function listOpenVisitReferences(
  db: Reader<BriefingTables>,
  operationId: Briefing['operationId'],
): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('plannedVisits').select('id').where('operationId', '=', operationId).execute();
  return new Set(rows.map(({ id }) => referenceOf('visit', id)));
}

/** The latest version of the team's briefing; undefined before the first. */
export async function findLatestContent(
  db: Reader<BriefingTables>,
  teamId: string,
): Promise<BriefingContent | undefined> {
  const latest = await db
    .selectFrom('briefings')
    .select('content')
    .where('teamId', '=', teamId as TeamId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return latest?.content;
}

export type LatestBriefing = Pick<Briefing, 'id' | 'teamId' | 'version' | 'madeAt'> & {
  /** Who of the members has read it, as far as the reader may know. */
  readonly readBy: readonly MemberId[];
};

/** The latest version of each team's briefing, with its readers and without what it says. */
export const listLatestBriefings = (db: Reader<BriefingTables>, operationId: string): Promise<LatestBriefing[]> =>
  db
    .selectFrom('briefings as b')
    .distinctOn('b.teamId')
    .select(['b.id', 'b.teamId', 'b.version', 'b.madeAt'])
    .select(sql<MemberId[]>`array(select r.member_id from briefing_readings r where r.briefing_id = b.id)`.as('readBy'))
    .where('b.operationId', '=', operationId as Briefing['operationId'])
    .orderBy('b.teamId')
    .orderBy('b.version', 'desc')
    .execute();

/** The latest version of each team's briefing in an operation, by team. */
export async function listLatestContents(
  db: Reader<BriefingTables>,
  operationId: string,
): Promise<ReadonlyMap<string, BriefingContent>> {
  const rows = await db
    .selectFrom('briefings')
    .distinctOn('teamId')
    .select(['teamId', 'content'])
    .where('operationId', '=', operationId as Briefing['operationId'])
    .orderBy('teamId')
    .orderBy('version', 'desc')
    .execute();
  return new Map(rows.map(({ teamId, content }) => [teamId, content]));
}

/** Adds the next version of a team's briefing. If two are made at once, the database refuses the second. */
export async function addBriefing(tx: Writer<BriefingTables>, briefing: Omit<Briefing, 'version'>): Promise<number> {
  const { latest } = await tx
    .selectFrom('briefings')
    .select(({ fn }) => fn.max('version').as('latest'))
    .where('teamId', '=', briefing.teamId)
    .executeTakeFirstOrThrow();
  const version = 1 + (latest ?? 0);
  await tx
    .insertInto('briefings')
    .values({ ...briefing, version, content: JSON.stringify(briefing.content) })
    .execute();
  return version;
}

/** Who has read each version of one team's briefing. Row policies limit this to the member's own readings, or show all. */
export const listReadings = (db: Reader<BriefingTables>, teamId: string): Promise<BriefingReading[]> =>
  db
    .selectFrom('briefingReadings as r')
    .innerJoin('briefings as b', 'b.id', 'r.briefingId')
    .select(['r.briefingId', 'r.memberId', 'r.readAt'])
    .where('b.teamId', '=', teamId as TeamId)
    .orderBy('r.readAt')
    .execute();

/** Once is enough: a second time changes nothing. */
export async function addReading(tx: Writer<BriefingTables>, reading: BriefingReading): Promise<void> {
  await tx
    .insertInto('briefingReadings')
    .values(reading)
    .onConflict((on) => on.columns(['briefingId', 'memberId']).doNothing())
    .execute();
}
