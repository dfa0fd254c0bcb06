/** Stores the texts that safeguarding leads can read, and their stops, under the publisher role. */
import { type ColumnType, sql } from 'kysely';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { StatedFigure } from '../drafting/stated-figures.ts';
import type { ReleaseActor } from '../releases/release.ts';
import type { PublicText } from '../releases/text.ts';
import type { Stop, StopReason } from './stops.ts';

/** What readers would see, and the notes beside a text that others published. */
export type SubmittedText = PublicText & {
  readonly cautions: readonly string[];
  /** What the writer left out of the table of figures; absent in older texts. */
  readonly leftOut?: readonly string[];
};

export type SubmittedRelease = {
  readonly id: string;
  readonly agencyId: string;
  readonly operationId: string | null;
  readonly revision: number;
  readonly text: SubmittedText;
  readonly figures: readonly StatedFigure[];
  readonly embargoUntil: Date | null;
  readonly submittedAt: Date;
  /** Press published it: it is public, or becomes so by itself when its embargo ends. The database sets it. */
  readonly scheduled: boolean;
};

/** Read as a value, written as its text. */
type Json<Value> = ColumnType<Value, string, string>;
export type SubmittedTables = {
  submittedReleases: Omit<
    { -readonly [Key in keyof SubmittedRelease]: SubmittedRelease[Key] },
    'text' | 'figures' | 'scheduled'
  > & {
    scheduled: ColumnType<boolean, never, never>;
    text: Json<SubmittedText>;
    figures: Json<readonly StatedFigure[]>;
  };
  releaseStops: { id: string } & { -readonly [Key in keyof Stop]: Stop[Key] };
};

/** The text that waits. The database removes it when the release is a draft again or withdrawn, and marks it when it is published. */
export async function addSubmitted(
  tx: Writer<SubmittedTables>,
  submitted: Omit<SubmittedRelease, 'scheduled'>,
): Promise<void> {
  const { text, figures, ...rest } = submitted;
  await tx.deleteFrom('submittedReleases').where('id', '=', submitted.id).where('scheduled', '=', false).execute();
  await tx
    .insertInto('submittedReleases')
    .values({ ...rest, text: JSON.stringify(text), figures: JSON.stringify(figures) })
    .execute();
}

/** One page of those that concern the member: what waits first, then the latest first; and how many there are. */
export async function listSubmitted(
  db: Reader<SubmittedTables>,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly found: number; readonly submitted: readonly SubmittedRelease[] }> {
  const { found } = await db
    .selectFrom('submittedReleases')
    .select(({ fn }) => fn.countAll<number>().as('found'))
    .executeTakeFirstOrThrow();
  const submitted = await db
    .selectFrom('submittedReleases')
    .selectAll()
    .orderBy('scheduled')
    .orderBy('submittedAt', 'desc')
    .orderBy('id')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { found, submitted };
}

/** What safeguarding leads can still stop before it is public: the text that waits or is under embargo, and that nobody stopped. */
export type ToRead = {
  readonly id: string;
  readonly title: string;
  readonly scheduled: boolean;
  readonly embargoUntil: Date | null;
};

/** Those that concern the member, the earliest embargo first. */
export const listToRead = (db: Reader<SubmittedTables>, now: Date, limit: number): Promise<ToRead[]> =>
  db
    .selectFrom('submittedReleases as s')
    .select(['s.id', 's.scheduled', 's.embargoUntil', sql<string>`s.text ->> 'title'`.as('title')])
    .where((of) => of.or([of('s.scheduled', '=', false), of('s.embargoUntil', '>', now)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('releaseStops as t')
            .select('t.id')
            .whereRef('t.releaseId', '=', 's.id')
            .whereRef('t.revision', '=', 's.revision'),
        ),
      ),
    )
    .orderBy('s.embargoUntil', (order) => order.asc().nullsLast())
    .orderBy('s.submittedAt')
    .orderBy('s.id')
    .limit(limit)
    .execute();

/** Whether a notification of this text is still one for the member: it waits, and nobody stopped it. For the staff role, which reads no release. */
export async function mayReadBefore(db: Reader<AnyTables>, id: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`select ctx.release_waits(${id}::uuid, ${now}) as waits`.execute(db);
  return rows[0]?.waits === true;
}

/** Which text of a release: the one that waits, or the one that press published. */
export type Which = 'waiting' | 'published';

export const findSubmitted = (
  db: Reader<SubmittedTables>,
  id: string,
  which: Which,
): Promise<SubmittedRelease | undefined> =>
  db
    .selectFrom('submittedReleases')
    .selectAll()
    .where('id', '=', id)
    .where('scheduled', '=', which === 'published')
    .executeTakeFirst();

/** The text that waits, else the published one. Not found while it is a draft that was never published, and once it was withdrawn. */
export async function getSubmitted(
  db: Reader<SubmittedTables>,
  id: string,
  which: Which = 'waiting',
): Promise<SubmittedRelease> {
  const found = (await findSubmitted(db, id, which)) ?? (await findSubmitted(db, id, 'published'));
  if (!found) throw notFound('release');
  return found;
}

const stopColumns = ['releaseId', 'revision', 'reason', 'withdraws', 'memberId', 'agencyId', 'at'] as const;

/** The stops of these releases, the latest first, by release. */
export async function listStops(
  db: Reader<SubmittedTables>,
  releaseIds: readonly string[],
): Promise<Map<string, Stop[]>> {
  if (releaseIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('releaseStops')
    .select(stopColumns)
    .where('releaseId', '=', sql<string>`any (${sql.val([...releaseIds])}::uuid[])`)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return Map.groupBy(rows, ({ releaseId }) => releaseId);
}

export const listStopsOf = async (db: Reader<SubmittedTables>, releaseId: string): Promise<readonly Stop[]> =>
  (await listStops(db, [releaseId])).get(releaseId) ?? [];

type AboutOf = { readonly id: string; readonly operationId: string | null; readonly importedReleaseId: string | null };
export type StopAbout = Stop & { readonly isOfWithdrawn: boolean };

/** The stops of a release, and of every other one about the same operation or imported release; the latest first. For press. */
export async function listStopsAbout(
  db: Reader<SubmittedTables>,
  { id, operationId, importedReleaseId }: AboutOf,
): Promise<readonly StopAbout[]> {
  const { rows } = await sql<StopAbout>`
    select s.release_id, s.revision, s.reason, s.withdraws, s.member_id, s.agency_id, s.at,
           r.state = 'withdrawn' as is_of_withdrawn
      from release_stops s join releases r on r.id = s.release_id
     where r.id = ${id} or r.operation_id = ${operationId} or r.imported_release_id = ${importedReleaseId}
     order by s.at desc, s.id desc`.execute(db);
  return rows;
}

/** In a query of releases as `r`: the text as it is was stopped. */
export const isStoppedNow = sql<boolean>`exists (select from release_stops s
  where s.release_id = r.id and s.revision = r.revision)`;

/** The same, until a changed text was submitted: the same words cannot be. */
export const awaitsChange = sql<boolean>`(r.state in ('draft', 'submitted', 'approved') and exists (
  select from release_stops s where s.release_id = r.id and not exists (
    select from release_events a where a.release_id = r.id and a.act = 'submitted' and a.revision > s.revision)))`;

/** Of these releases, those that were stopped and whose change was not submitted yet. For press. */
export async function listStopped(db: Reader<SubmittedTables>, releaseIds: readonly string[]): Promise<Set<string>> {
  if (releaseIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`select r.id from releases r
    where r.id = any (${sql.val([...releaseIds])}::uuid[]) and ${awaitsChange}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Its key waits for a publication that has locked the release, so that one of the two sees the other. The database withdraws what was published. */
export async function addStop(
  tx: Writer<SubmittedTables>,
  { id, revision, scheduled }: Pick<SubmittedRelease, 'id' | 'revision' | 'scheduled'>,
  reason: StopReason,
  { memberId, agencyId }: ReleaseActor,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('releaseStops')
    .values({ id: newId(), releaseId: id, revision, reason, withdraws: scheduled, memberId, agencyId, at })
    .execute();
}
