/** Stores the texts that safeguarding leads can read before publication, and their stops, under the publisher role. */
import { type ColumnType, sql } from 'kysely';
import type { Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { StatedFigure } from '../drafting/stated-figures.ts';
import type { ReleaseActor } from '../releases/release.ts';
import type { PublicText } from '../releases/text.ts';
import type { Stop, StopReason } from './stops.ts';

/** What readers would see, and the notes beside a text that others published. */
export type SubmittedText = PublicText & { readonly cautions: readonly string[] };

export type SubmittedRelease = {
  readonly id: string;
  readonly agencyId: string;
  readonly operationId: string | null;
  readonly revision: number;
  readonly text: SubmittedText;
  readonly figures: readonly StatedFigure[];
  readonly embargoUntil: Date | null;
  readonly submittedAt: Date;
  /** Published: it becomes public by itself when its embargo ends. The database sets it. */
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
  releaseStops: { id: string; releaseId: string } & { -readonly [Key in keyof Stop]: Stop[Key] };
};

/** The database removes it when the release is a draft again, public or withdrawn. A correction takes the place of the text before it. */
export async function addSubmitted(
  tx: Writer<SubmittedTables>,
  submitted: Omit<SubmittedRelease, 'scheduled'>,
): Promise<void> {
  const { text, figures, ...rest } = submitted;
  await tx.deleteFrom('submittedReleases').where('id', '=', submitted.id).execute();
  await tx
    .insertInto('submittedReleases')
    .values({ ...rest, text: JSON.stringify(text), figures: JSON.stringify(figures) })
    .execute();
}

/** More wait at once nowhere. */
const most = 200;

/** Those that concern the member, the latest first. */
export const listSubmitted = (db: Reader<SubmittedTables>): Promise<SubmittedRelease[]> =>
  db.selectFrom('submittedReleases').selectAll().orderBy('submittedAt', 'desc').orderBy('id').limit(most).execute();

export const findSubmitted = (db: Reader<SubmittedTables>, id: string): Promise<SubmittedRelease | undefined> =>
  db.selectFrom('submittedReleases').selectAll().where('id', '=', id).executeTakeFirst();

/** Not found once it was public, sent back or withdrawn. */
export async function getSubmitted(db: Reader<SubmittedTables>, id: string): Promise<SubmittedRelease> {
  const found = await findSubmitted(db, id);
  if (!found) throw notFound('release');
  return found;
}

/** The stops of these releases, the latest first, by release. */
export async function listStops(
  db: Reader<SubmittedTables>,
  releaseIds: readonly string[],
): Promise<Map<string, Stop[]>> {
  if (releaseIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('releaseStops')
    .select(['releaseId', 'revision', 'reason', 'memberId', 'agencyId', 'at'])
    .where('releaseId', '=', sql<string>`any (${sql.val([...releaseIds])}::uuid[])`)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return Map.groupBy(rows, ({ releaseId }) => releaseId);
}

export const listStopsOf = async (db: Reader<SubmittedTables>, releaseId: string): Promise<readonly Stop[]> =>
  (await listStops(db, [releaseId])).get(releaseId) ?? [];

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

/** Its key waits for a publication that has locked the release, so that one of the two sees the other. */
export async function addStop(
  tx: Writer<SubmittedTables>,
  { id, revision }: Pick<SubmittedRelease, 'id' | 'revision'>,
  reason: StopReason,
  { memberId, agencyId }: ReleaseActor,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('releaseStops')
    .values({ id: newId(), releaseId: id, revision, reason, memberId, agencyId, at })
    .execute();
}
