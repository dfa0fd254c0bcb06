/** Stores imported releases in PostgreSQL. It is the only file of this module with queries, and they run under the publisher's role. */

import { type ColumnType, type SqlBool, sql } from 'kysely';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { foreignKeyViolation, refuseOn } from '../../platform/database/violations.ts';
import { notFound } from '../../platform/http/problem.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { Result } from '../../vocabulary/result.ts';
import type { Claim } from '../release-reading/parsed-release.ts';
import type { Discrepancies, FileRead, ImportedRelease, ImportedReleaseId } from './imported-release.ts';

/** Read as a value, written as its text. */
type Json<Value> = ColumnType<Value, string, string>;
export type ImportedReleaseTables = {
  importedReleases: Omit<
    { -readonly [Key in keyof ImportedRelease]: ImportedRelease[Key] },
    'claims' | 'discrepancies'
  > & {
    claims: Json<readonly Claim[]>;
    discrepancies: Json<Discrepancies>;
    words: ColumnType<never, string, never>;
  };
};

export type Importer = Pick<ImportedRelease, 'agencyId' | 'importedBy' | 'importedAt'>;

/** Keeps what was read, each under an id of its own. Answers with an id where it is new, with none where the agency has the same bytes already. */
export async function addImportedReleases(
  tx: Writer<ImportedReleaseTables>,
  files: readonly FileRead[],
  who: Importer,
): Promise<(ImportedReleaseId | undefined)[]> {
  if (files.length === 0) return [];
  const rows = files.map(({ text, findings: _, claims, discrepancies, ...file }) => ({
    ...file,
    ...who,
    id: newId<'cutting'>(),
    claims: JSON.stringify(claims),
    discrepancies: JSON.stringify(discrepancies),
    words: sql<string>`to_tsvector('english', ${text})`,
  }));
  const added = await tx
    .insertInto('importedReleases')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['agencyId', 'digest']).doNothing())
    .returning('id')
    .execute();
  const ids = new Set(added.map(({ id }) => id));
  return rows.map(({ id }) => (ids.has(id) ? id : undefined));
}

/** The agency's own imported releases with these bytes. */
export const findByDigests = (
  db: Reader<ImportedReleaseTables>,
  digests: readonly string[],
): Promise<Pick<ImportedRelease, 'id' | 'digest'>[]> =>
  db.selectFrom('importedReleases').select(['id', 'digest']).where('digest', 'in', digests).execute();

/** The agency's own imported release with the same bytes. */
export const findByDigest = (
  db: Reader<ImportedReleaseTables>,
  digest: string,
): Promise<Pick<ImportedRelease, 'id' | 'title'> | undefined> =>
  db.selectFrom('importedReleases').select(['id', 'title']).where('digest', '=', digest).executeTakeFirst();

const columns = [
  'id',
  'agencyId',
  'fileName',
  'source',
  'digest',
  'title',
  'area',
  'publishedOn',
  'url',
  'claims',
  'discrepancies',
  'importedBy',
  'importedAt',
] as const satisfies readonly (keyof ImportedRelease)[];

/** Not found for any other agency. Its text may name people: reading it is a consultation. */
export const getImportedRelease = (db: AuditedReader<ImportedReleaseTables>, id: string): Promise<ImportedRelease> =>
  db
    .selectFrom('importedReleases')
    .select(columns)
    .where('id', '=', id as ImportedReleaseId)
    .executeTakeFirstOrThrow(() => notFound('cutting'));

/** Its bytes as they came; undefined for another agency, which reads only the release that was made of it. */
export const findSource = async (db: AuditedReader<ImportedReleaseTables>, id: string): Promise<Buffer | undefined> =>
  (
    await db
      .selectFrom('importedReleases')
      .select('source')
      .where('id', '=', id as ImportedReleaseId)
      .executeTakeFirst()
  )?.source;

/** Its name alone, to say what is about to be taken out. */
export const getTitle = (
  db: Reader<ImportedReleaseTables>,
  id: string,
): Promise<Pick<ImportedRelease, 'id' | 'title' | 'fileName'>> =>
  db
    .selectFrom('importedReleases')
    .select(['id', 'title', 'fileName'])
    .where('id', '=', id as ImportedReleaseId)
    .executeTakeFirstOrThrow(() => notFound('cutting'));

/** Takes it out for good. Refuses while a release was made of it. */
export const removeImportedRelease = (
  tx: Writer<ImportedReleaseTables>,
  id: string,
): Promise<Result<ImportedReleaseId, 'a release was made of it'>> =>
  refuseOn({ [foreignKeyViolation]: 'a release was made of it' } as const, async () => {
    const gone = await tx
      .deleteFrom('importedReleases')
      .where('id', '=', id as ImportedReleaseId)
      .returning('id')
      .executeTakeFirstOrThrow(() => notFound('cutting'));
    return gone.id;
  });

export type ImportedReleaseFilter = {
  readonly words?: string | undefined;
  readonly area?: string | undefined;
  readonly year?: number | undefined;
};
export type ImportedReleaseSummary = Pick<ImportedRelease, 'id' | 'title' | 'area' | 'publishedOn'> & {
  readonly claimCount: number;
};
export type ImportedReleaseResults = {
  readonly cuttings: ImportedReleaseSummary[];
  readonly total: number;
  /** All areas and years that the agency has anything of. */
  readonly areas: readonly string[];
  readonly years: readonly number[];
  readonly all: number;
};

const yearOf = sql<number | null>`extract(year from published_on)::int`;

/** One page of the agency's imported releases, latest publication first: two queries for any number. */
export async function listImportedReleases(
  db: Reader<ImportedReleaseTables>,
  { words, area, year }: ImportedReleaseFilter,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<ImportedReleaseResults> {
  const hasWords = words ? sql<SqlBool>`words @@ websearch_to_tsquery('english', ${words})` : sql<SqlBool>`true`;
  const counted = await db
    .selectFrom('importedReleases')
    .select(({ fn }) => [
      'area',
      yearOf.as('year'),
      fn.countAll<number>().as('all'),
      fn.countAll<number>().filterWhere(hasWords).as('found'),
    ])
    .groupBy(['area', yearOf])
    .execute();
  let query = db
    .selectFrom('importedReleases')
    .select(['id', 'title', 'area', 'publishedOn'])
    .select(sql<number>`jsonb_array_length(claims)`.as('claimCount'))
    .where(hasWords);
  if (area) query = query.where('area', '=', area);
  if (year) query = query.where(yearOf, '=', year);
  const cuttings = await query
    .orderBy('publishedOn', (order) => order.desc().nullsLast())
    .orderBy('id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  const fits = counted.filter((row) => (!area || row.area === area) && (!year || row.year === year));
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  return {
    cuttings,
    total: sum(fits.map(({ found }) => found)),
    areas: [...new Set(counted.flatMap((row) => row.area ?? []))].sort(),
    years: [...new Set(counted.flatMap((row) => row.year ?? []))].sort((one, other) => other - one),
    all: sum(counted.map((row) => row.all)),
  };
}
