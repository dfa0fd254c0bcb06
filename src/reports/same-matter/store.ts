/** How the terms of reports, the decisions about them, and what became intelligence lie in PostgreSQL: in the main database alone. */
import { type Generated, sql } from 'kysely';
import type { AuditedReader, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import type { Decision } from '../../vocabulary/judgements.ts';
import { type ReportId, type ReportState, reporterKinds } from '../report.ts';
import { hasStaffMessage, type KeyedReport, type ListedReport, type ReportTables, type SealedPart } from '../store.ts';

export const matterVerdicts = ['same', 'apart'] as const;
export type MatterVerdict = (typeof matterVerdicts)[number];

export type MatterDecision = {
  readonly id: Id<'same matter decision'>;
  readonly agencyId: AgencyId;
  readonly one: ReportId;
  readonly other: ReportId;
  readonly verdict: MatterVerdict;
  readonly decidedBy: MemberId;
  readonly decidedAt: Date;
  readonly undoneBy: MemberId | null;
  readonly undoneAt: Date | null;
};
export type Acceptance = {
  /** The same as of the report. */
  readonly id: ReportId;
  readonly agencyId: AgencyId;
  readonly acceptedBy: MemberId;
  readonly acceptedAt: Date;
};
export type MatterTables = ReportTables & {
  reportTermSets: { reportId: ReportId; agencyId: AgencyId; parts: number };
  reportTerms: { reportId: ReportId; term: number; agencyId: AgencyId };
  reportMatterDecisions: Mutable<MatterDecision> & { position: Generated<number> };
  reportAcceptances: Mutable<Acceptance>;
};
type Audited = AuditedReader<MatterTables>;
type Tx = Writer<MatterTables>;

/** Messages that the reporter wrote. */
const written = sql<number>`(select count(*)::integer from report_parts p
  where p.report_id = reports.id and p.kind in ('told', 'added'))`;

/** Reports whose terms are missing, or older than what their reporter wrote last: the latest first. None that was taken back. */
export async function listUncompared(db: Reader<MatterTables>, most: number): Promise<readonly ReportId[]> {
  const rows = await db
    .selectFrom('reports')
    .leftJoin('reportTermSets as s', 's.reportId', 'reports.id')
    .select('reports.id')
    .where('reports.state', '<>', 'withdrawn')
    .where((eb) => eb.or([eb('s.parts', 'is', null), eb('s.parts', '<', written)]))
    .orderBy('reports.receivedAt', 'desc')
    .orderBy('reports.id')
    .limit(most)
    .execute();
  return rows.map(({ id }) => id);
}

type WrittenRow = Pick<KeyedReport, 'id' | 'sealedKey'> & { readonly parts: readonly SealedPart[] };

/** What the reporters of these wrote, still sealed, in the order in which it was written. */
export async function listWritten(db: Audited, ids: readonly ReportId[]): Promise<readonly WrittenRow[]> {
  if (ids.length === 0) return [];
  const reports = await db.selectFrom('reports').select(['id', 'sealedKey']).where('id', 'in', ids).execute();
  const parts = await db
    .selectFrom('reportParts')
    .selectAll()
    .where('reportId', 'in', ids)
    .where('kind', 'in', reporterKinds)
    .orderBy('place')
    .execute();
  return reports.map((report) => ({ ...report, parts: parts.filter(({ reportId }) => reportId === report.id) }));
}

export type TermSet = { readonly id: ReportId; readonly parts: number; readonly terms: readonly number[] };

/** Replaces the terms of these reports, but for those that were taken back or written to since. */
export async function saveTerms(tx: Tx, agencyId: AgencyId, sets: readonly TermSet[]): Promise<void> {
  const still = await tx
    .selectFrom('reports')
    .select(['id', written.as('parts')])
    .where(
      'id',
      'in',
      sets.map(({ id }) => id),
    )
    .where('state', '<>', 'withdrawn')
    // In one order, so that two who open the queue at once do not wait for each other.
    .orderBy('id')
    .forUpdate()
    .execute();
  for (const { id, parts, terms } of sets) {
    if (!still.some((one) => one.id === id && one.parts === parts)) continue;
    await tx.deleteFrom('reportTerms').where('reportId', '=', id).execute();
    await tx.deleteFrom('reportTermSets').where('reportId', '=', id).execute();
    await tx.insertInto('reportTermSets').values({ reportId: id, agencyId, parts }).execute();
    if (terms.length > 0)
      await tx
        .insertInto('reportTerms')
        .values(terms.map((term) => ({ reportId: id, term, agencyId })))
        .execute();
  }
}

type Holder = { readonly reportId: ReportId; readonly term: number };

/** Of each of these terms at most so many reports that have it, but for those that were taken back. */
export async function listHolders(
  db: Audited,
  agencyId: AgencyId,
  terms: readonly number[],
  most: number,
): Promise<readonly Holder[]> {
  const { rows } = await sql<Holder>`
    select held.report_id, held.term from unnest(${terms}::integer[]) asked(term)
     cross join lateral (
       select t.report_id, t.term from report_terms t join reports r on r.id = t.report_id
        where t.agency_id = ${agencyId} and t.term = asked.term and r.state <> 'withdrawn' limit ${most}) held`.execute(
    db,
  );
  return rows;
}

export type JoinedReport = { readonly id: ReportId; readonly state: ReportState };

/** All that decisions in force join with each of these, directly or through others. */
export async function listJoined(
  db: Reader<MatterTables>,
  ids: readonly ReportId[],
): Promise<ReadonlyMap<ReportId, readonly JoinedReport[]>> {
  const { rows } = await sql<JoinedReport & { start: ReportId }>`
    with recursive standing as (
      select distinct on (d.one, d.other) d.one, d.other, d.verdict from report_matter_decisions d
       where d.undone_at is null order by d.one, d.other, d.position desc),
    pairs as (
      select s.one as a, s.other as b from standing s where s.verdict = 'same'
      union all select s.other, s.one from standing s where s.verdict = 'same'),
    reached as (
      select asked.id as start, asked.id from unnest(${ids}::uuid[]) asked(id)
      union select r.start, p.b from reached r join pairs p on p.a = r.id)
    select f.start, r.id, r.state from reached f join reports r on r.id = f.id
     where f.start <> f.id order by r.received_at, r.id`.execute(db);
  const joined = new Map<ReportId, JoinedReport[]>(ids.map((id) => [id, []]));
  for (const { start, ...report } of rows) joined.get(start)?.push(report);
  return joined;
}

/** All decisions about these, undone ones too, in the order in which they were made. */
export async function listDecisionsWith(
  db: Reader<MatterTables>,
  ids: readonly ReportId[],
): Promise<readonly (MatterDecision & Decision)[]> {
  const rows = await db
    .selectFrom('reportMatterDecisions')
    .select(['id', 'agencyId', 'one', 'other', 'verdict', 'decidedBy', 'decidedAt', 'undoneBy', 'undoneAt'])
    .where((eb) => eb.or([eb('one', 'in', ids), eb('other', 'in', ids)]))
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ ...row, undone: row.undoneAt !== null }));
}

/** Whether each is a report that the member may read and that was not taken back. */
export async function areComparable(tx: Tx, ids: readonly ReportId[]): Promise<boolean> {
  const rows = await tx
    .selectFrom('reports')
    .select('id')
    .where('id', 'in', ids)
    .where('state', '<>', 'withdrawn')
    .execute();
  return rows.length === new Set(ids).size;
}

/** One after another: two decisions at once could contradict each other. */
export async function lockDecisions(tx: Tx, agencyId: AgencyId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`report_matter_decisions/${agencyId}`}, 0))`.execute(tx);
}

export async function saveDecision(tx: Tx, decision: Omit<MatterDecision, 'undoneBy' | 'undoneAt'>): Promise<void> {
  await tx
    .insertInto('reportMatterDecisions')
    .values({ ...decision, undoneBy: null, undoneAt: null })
    .execute();
}

export async function saveUndo(tx: Tx, id: string, undoneBy: MemberId, undoneAt: Date): Promise<void> {
  await tx
    .updateTable('reportMatterDecisions')
    .set({ undoneBy, undoneAt })
    .where('id', '=', id as MatterDecision['id'])
    .execute();
}

export const findDecision = (db: Audited, id: string): Promise<MatterDecision | undefined> =>
  db
    .selectFrom('reportMatterDecisions')
    .select(['id', 'agencyId', 'one', 'other', 'verdict', 'decidedBy', 'decidedAt', 'undoneBy', 'undoneAt'])
    .where('id', '=', id as MatterDecision['id'])
    .executeTakeFirst();

/** What the pages say of these, without their text. */
export const listSummaries = async (db: Audited, ids: readonly ReportId[]): Promise<MatterSummary[]> =>
  ids.length === 0
    ? []
    : db
        .selectFrom('reports')
        .select(['id', 'way', 'receivedAt', 'state', 'unread', 'answerable', 'outcome'])
        .select(hasStaffMessage.as('writtenTo'))
        .where('id', 'in', ids)
        .where('state', '<>', 'withdrawn')
        .orderBy('receivedAt', 'desc')
        .orderBy('id')
        .execute();
export type MatterSummary = Pick<
  ListedReport,
  'id' | 'way' | 'receivedAt' | 'state' | 'unread' | 'answerable' | 'outcome' | 'writtenTo'
>;

/** Which of these became intelligence. */
export async function listAccepted(db: Reader<MatterTables>, ids: readonly ReportId[]): Promise<ReadonlySet<ReportId>> {
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom('reportAcceptances').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}

/** Once for a report, however much intelligence is recorded from it. For the area that records it. */
export async function saveAcceptance(tx: Writer<MatterTables>, acceptance: Acceptance): Promise<void> {
  await tx
    .insertInto('reportAcceptances')
    .values(acceptance)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
