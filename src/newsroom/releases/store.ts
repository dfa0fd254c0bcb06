/** Stores releases, their steps and earlier texts in PostgreSQL, under the publisher role. */
import { type ColumnType, type SqlBool, sql } from 'kysely';
import type { Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import { newId, type ReleaseId } from '../../vocabulary/ids.ts';
import type { Quote } from '../drafting/draft.ts';
import type { Decision } from '../drafting/public-figures.ts';
import type { Justification } from '../release-check/finding.ts';
import type { ReleasePicture } from '../release-picture/picture.ts';
import { awaitsChange, isStoppedNow } from '../submitted-releases/store.ts';
import { fromRecord } from './earlier-record.ts';
import type { Act, ActKind, ReleaseActor, ReleaseStatus, State } from './release.ts';
import type { DraftText, NamedPlace } from './text.ts';

export type Release = ReleaseStatus &
  DraftText & {
    readonly agencyId: string;
    /** Null for an imported release. */
    readonly operationId: string | null;
    readonly returnId: string | null;
    readonly returnDigest: string | null;
    readonly importedReleaseId: string | null;
    readonly importedFrom: ImportedFrom | null;
    /** The title as it reads, so that a list of releases need not read their returns: those never change. */
    readonly shownTitle: string;
    /** Cautions about an imported release: what today's policy would refuse. */
    readonly cautions: readonly string[];
    /** Rows of the table of figures that the writer left out, by their keys. */
    readonly figuresLeftOut: readonly string[];
    readonly editedBy: string;
    readonly editedAt: Date;
  };

/** Read as a value, written as its text. */
type Json<Value> = ColumnType<Value, string, string>;
type Lists = 'keyPoints' | 'cautions' | 'figuresLeftOut';
type Jsons = 'decisions' | 'quotes' | 'justifications' | 'importedFrom' | 'picture';
/** Where something that others published came from, and the day they gave it. */
export type ImportedFrom = { readonly url: string | null; readonly publishedOn: string | null };

export type ReleaseTables = {
  releases: { -readonly [Key in Exclude<keyof Release, Jsons | Lists>]: Release[Key] } & {
    keyPoints: string[];
    cautions: string[];
    figuresLeftOut: string[];
    decisions: Json<readonly Decision[]>;
    quotes: Json<readonly Quote[]>;
    justifications: Json<readonly Justification[]>;
    importedFrom: ColumnType<ImportedFrom | null, string | null, string | null>;
    picture: ColumnType<ReleasePicture | null, string | null, string | null>;
  };
  releaseEvents: {
    id: string;
    releaseId: string;
    act: ActKind;
    memberId: string;
    agencyId: string;
    at: Date;
    revision: number;
    note: string | null;
  };
  nameChecks: {
    id: string;
    releaseId: string;
    revision: number;
    memberId: string;
    agencyId: string;
    at: Date;
    places: Json<readonly NamedPlace[]>;
    found: number;
  };
  releasesVersions: { id: string; version: number; record: Readonly<Record<string, unknown>>; replacedAt: Date };
};

const asRow = ({
  decisions,
  quotes,
  justifications,
  importedFrom,
  picture,
  keyPoints,
  cautions,
  figuresLeftOut,
  ...release
}: Release) => ({
  ...release,
  keyPoints: [...keyPoints],
  cautions: [...cautions],
  figuresLeftOut: [...figuresLeftOut],
  decisions: JSON.stringify(decisions),
  quotes: JSON.stringify(quotes),
  justifications: JSON.stringify(justifications),
  importedFrom: importedFrom && JSON.stringify(importedFrom),
  picture: picture && JSON.stringify(picture),
});

/** Not found for whom neither the agency nor the operation concerns. */
export const getRelease = (db: Reader<ReleaseTables>, id: string): Promise<Release> =>
  db
    .selectFrom('releases')
    .selectAll()
    .where('id', '=', id as ReleaseId)
    .executeTakeFirstOrThrow(() => notFound('release'));

/** The same, held until the transaction ends. */
export const lockRelease = (tx: Writer<ReleaseTables>, id: string): Promise<Release> =>
  tx
    .selectFrom('releases')
    .selectAll()
    .where('id', '=', id as ReleaseId)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('release'));

export async function addRelease(tx: Writer<ReleaseTables>, release: Release): Promise<void> {
  await tx.insertInto('releases').values(asRow(release)).execute();
}

/** Adds the release of an imported one; false if there is one that was not withdrawn. */
export async function addReleaseOfImported(tx: Writer<ReleaseTables>, release: Release): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('releases')
    .values(asRow(release))
    .onConflict((conflict) => conflict.column('importedReleaseId').where('state', '<>', 'withdrawn').doNothing())
    .executeTakeFirst();
  return Boolean(numInsertedOrUpdatedRows);
}

/** The database keeps the earlier text. */
export async function saveRelease(tx: Writer<ReleaseTables>, release: Release): Promise<void> {
  const { id, agencyId: _agency, ...changed } = asRow(release);
  await tx.updateTable('releases').set(changed).where('id', '=', id).execute();
}

export async function addAct(
  tx: Writer<ReleaseTables>,
  { id, revision }: Pick<Release, 'id' | 'revision'>,
  act: ActKind,
  { memberId, agencyId }: ReleaseActor,
  at: Date,
  note: string | null = null,
): Promise<void> {
  await tx
    .insertInto('releaseEvents')
    .values({ id: newId(), releaseId: id, act, memberId, agencyId, at, revision, note })
    .execute();
}

/** Oldest first. All of them: the rules read them. */
export const listActs = (db: Reader<ReleaseTables>, releaseId: string): Promise<Act[]> =>
  db
    .selectFrom('releaseEvents')
    .select(['act', 'memberId', 'agencyId', 'at', 'revision', 'note'])
    .where('releaseId', '=', releaseId)
    .orderBy('at')
    .orderBy('id')
    .execute();

export type EarlierRevision = { readonly revision: number; readonly editedBy: string; readonly editedAt: Date };

/** Earlier texts, the newest first: the last state of each revision. */
export async function listRevisions(db: Reader<ReleaseTables>, { id, revision }: Release): Promise<EarlierRevision[]> {
  const number = sql<number>`(record->>'revision')::int`;
  const rows = await db
    .selectFrom('releasesVersions')
    .distinctOn(number)
    .select([
      number.as('revision'),
      sql<string>`record->>'edited_by'`.as('editedBy'),
      sql<Date>`(record->>'edited_at')::timestamptz`.as('editedAt'),
    ])
    .where('id', '=', id)
    .where(number, '<', revision)
    .orderBy(number, 'desc')
    .orderBy('version', 'desc')
    .execute();
  return rows;
}

/** A revision as it last stood. Not found where there was none. */
export async function getRevision(db: Reader<ReleaseTables>, release: Release, revision: number): Promise<Release> {
  if (revision === release.revision) return release;
  const row = await db
    .selectFrom('releasesVersions')
    .select('record')
    .where('id', '=', release.id)
    .where(sql<SqlBool>`(record->>'revision')::int = ${revision}`)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow(() => notFound('revision'));
  return fromRecord(row.record);
}

export type ReleaseFilter = {
  readonly state?: State | undefined;
  readonly area?: string | undefined;
  readonly words?: string | undefined;
};
export type ReleaseSummary = Pick<
  Release,
  | 'id'
  | 'shownTitle'
  | 'area'
  | 'state'
  | 'publishedRevision'
  | 'correction'
  | 'embargoUntil'
  | 'editedAt'
  | 'editedBy'
  | 'importedReleaseId'
>;

/** One page of the releases that concern the member, latest change first, and the number in each state. */
export async function listReleases(
  db: Reader<ReleaseTables>,
  { state, area, words }: ReleaseFilter,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{
  readonly releases: ReleaseSummary[];
  readonly counts: ReadonlyMap<State, number>;
  readonly areas: string[];
}> {
  const like = words ? `%${words.replace(/[\\%_]/g, '\\$&')}%` : undefined;
  const counted = await db
    .selectFrom('releases')
    .select(['state', 'area', ({ fn }) => fn.countAll<number>().as('count')])
    .$if(like !== undefined, (query) => query.where('shownTitle', 'ilike', like ?? ''))
    .groupBy(['state', 'area'])
    .execute();
  let query = db
    .selectFrom('releases')
    .select(['id', 'shownTitle', 'area', 'state', 'correction', 'embargoUntil'])
    .select(['editedAt', 'editedBy', 'importedReleaseId', 'publishedRevision']);
  if (state) query = query.where('state', '=', state);
  if (area) query = query.where('area', '=', area);
  if (like) query = query.where('shownTitle', 'ilike', like);
  const releases = await query
    .orderBy('editedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  const counts = new Map<State, number>();
  for (const row of counted) {
    if (!area || row.area === area) counts.set(row.state, (counts.get(row.state) ?? 0) + row.count);
  }
  return { releases, counts, areas: [...new Set(counted.map((row) => row.area))].sort() };
}

/** Of these operations, those with a release, each with the one that was changed last. */
export async function listReleasesAbout(
  db: Reader<ReleaseTables>,
  operationIds: readonly string[],
): Promise<Map<string, string>> {
  if (operationIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('releases')
    .distinctOn('operationId')
    .select(['id', 'operationId'])
    .where('operationId', '=', sql<string>`any (${sql.val([...new Set(operationIds)])}::uuid[])`)
    .where('state', '!=', 'withdrawn')
    .orderBy('operationId')
    .orderBy('editedAt', 'desc')
    .execute();
  return new Map(rows.map(({ id, operationId }) => [operationId ?? '', id]));
}

/** Whether there is a release of this imported one that is not withdrawn. */
export async function findReleaseOfImported(
  db: Reader<ReleaseTables>,
  importedReleaseId: string,
): Promise<ReleaseId | undefined> {
  const row = await db
    .selectFrom('releases')
    .select('id')
    .where('importedReleaseId', '=', importedReleaseId)
    .where('state', '!=', 'withdrawn')
    .executeTakeFirst();
  return row?.id;
}

export type OwnOpenRelease = Pick<
  Release,
  'id' | 'shownTitle' | 'state' | 'correction' | 'operationId' | 'returnId' | 'policy' | 'importedReleaseId'
>;

/** What this member wrote of and is not published, the latest change first. */
export const listOwnOpen = (
  db: Reader<ReleaseTables>,
  { memberId }: Pick<ReleaseActor, 'memberId'>,
  limit: number,
): Promise<OwnOpenRelease[]> =>
  db
    .selectFrom('releases as r')
    .select(['r.id', 'r.shownTitle', 'r.state', 'r.correction', 'r.operationId', 'r.returnId', 'r.policy'])
    .select('r.importedReleaseId')
    .where('r.state', 'in', ['draft', 'submitted', 'approved'])
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('releaseEvents as a')
          .select('a.id')
          .whereRef('a.releaseId', '=', 'r.id')
          .where('a.memberId', '=', memberId)
          .where('a.act', 'in', ['drafted', 'edited', 'correction begun'])
          .where(sql<SqlBool>`a.revision > coalesce(r.published_revision, 0)`),
      ),
    )
    .orderBy('r.editedAt', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limit)
    .execute();

/** Actions for this member: texts they may approve, approved ones that are not published, and stopped ones of their agency. */
export async function countWaiting(
  db: Reader<ReleaseTables>,
  { memberId, agencyId }: ReleaseActor,
): Promise<{
  readonly toApprove: number;
  readonly toPublish: number;
  readonly toChange: number;
  /** One of each, to open it where it is the only one. */
  readonly approveId: string | null;
  readonly publishId: string | null;
  readonly changeId: string | null;
  /** Titles of the first few. */
  readonly approveTitles: readonly string[] | null;
  readonly publishTitles: readonly string[] | null;
  readonly changeTitles: readonly string[] | null;
}> {
  const isWritten = sql<SqlBool>`exists (select from release_events a where a.release_id = r.id
    and a.act in ('drafted', 'edited', 'correction begun') and a.revision > coalesce(r.published_revision, 0)
    and (a.member_id = ${memberId} or ((r.approval = 'another agency' or r.imported_release_id is not null)
      and a.agency_id = ${agencyId})))`;
  const toApprove = sql<SqlBool>`r.state = 'submitted' and not ${isWritten} and not ${isStoppedNow}`;
  const toPublish = sql<SqlBool>`r.state = 'approved' and not ${isStoppedNow}`;
  const toChange = sql<SqlBool>`r.agency_id = ${agencyId} and ${awaitsChange}`;
  const titlesOf = (of: typeof toChange) =>
    sql<string[] | null>`(array_agg(r.shown_title order by r.edited_at desc, r.id) filter (where ${of}))[1:3]`;
  return db
    .selectFrom('releases as r')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere(toApprove).as('toApprove'),
      fn.countAll<number>().filterWhere(toPublish).as('toPublish'),
      fn.countAll<number>().filterWhere(toChange).as('toChange'),
      fn.min<string | null>(sql<string>`r.id::text`).filterWhere(toApprove).as('approveId'),
      fn.min<string | null>(sql<string>`r.id::text`).filterWhere(toPublish).as('publishId'),
      fn.min<string | null>(sql<string>`r.id::text`).filterWhere(toChange).as('changeId'),
      titlesOf(toApprove).as('approveTitles'),
      titlesOf(toPublish).as('publishTitles'),
      titlesOf(toChange).as('changeTitles'),
    ])
    .executeTakeFirstOrThrow();
}
