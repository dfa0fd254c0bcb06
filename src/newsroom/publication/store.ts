/** Stores publications in PostgreSQL. The publisher role writes; the public role reads, and can see nothing else. */
import { type ColumnType, type SqlBool, sql } from 'kysely';
import type { Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { Quote } from '../drafting/draft.ts';
import type { StatedFigure } from '../drafting/stated-figures.ts';
import type { Source } from '../release-check/finding.ts';
import type { PublicPicture } from '../release-picture/picture.ts';
import { type PublicationTimes, slugsOf } from '../releases/release.ts';
import type { ImportedFrom } from '../releases/store.ts';
import type { CertificateTables } from './certificates/store.ts';

export type Correction = { readonly at: string; readonly note: string };

export type Publication = PublicationTimes & {
  readonly id: string;
  readonly slug: string;
  readonly version: number;
  readonly area: string;
  readonly title: string;
  readonly description: string;
  readonly keyPoints: readonly string[];
  /** Markdown without any placeholder. */
  readonly body: string;
  readonly quotes: readonly Quote[];
  readonly picture: PublicPicture | null;
  readonly sources: readonly Source[];
  /** The figures that the text states, as they were approved with it. */
  readonly figures: readonly StatedFigure[];
  /** Who says it; null where others published it. */
  readonly issuedBy: string | null;
  readonly shareText: string;
  readonly importedFrom: ImportedFrom | null;
  readonly cautions: readonly string[];
  /** The instant under which it stands among the news. */
  readonly dated: Date;
  readonly corrections: readonly Correction[];
  readonly changedAt: Date;
};

type Json<Value> = ColumnType<Value, string, string>;
type Jsons = 'quotes' | 'sources' | 'figures' | 'importedFrom' | 'corrections' | 'picture';
export type PublicationTables = CertificateTables & {
  publications: Omit<{ -readonly [Key in keyof Publication]: Publication[Key] }, Jsons> & {
    keyPoints: string[];
    cautions: string[];
    quotes: Json<readonly Quote[]>;
    sources: Json<readonly Source[]>;
    figures: Json<readonly StatedFigure[]>;
    importedFrom: ColumnType<ImportedFrom | null, string | null, string | null>;
    picture: ColumnType<PublicPicture | null, string | null, string | null>;
    corrections: Json<readonly Correction[]>;
    withdrawnAt: ColumnType<Date | null, Date | null | undefined, Date | null>;
  };
  releaseWithdrawals: { id: string; slug: string | null; at: Date; hadBeenPublic: boolean; by: string; why: string };
};

const columns = [
  'id',
  'slug',
  'version',
  'area',
  'title',
  'description',
  'keyPoints',
  'body',
  'quotes',
  'picture',
  'sources',
  'figures',
  'issuedBy',
  'shareText',
  'importedFrom',
  'cautions',
  'dated',
  'publishedAt',
  'embargoUntil',
  'corrections',
  'changedAt',
] as const satisfies readonly (keyof Publication)[];

const asRow = ({
  quotes,
  picture,
  sources,
  figures,
  importedFrom,
  corrections,
  keyPoints,
  cautions,
  ...publication
}: Publication) => ({
  ...publication,
  keyPoints: [...keyPoints],
  cautions: [...cautions],
  quotes: JSON.stringify(quotes),
  picture: picture && JSON.stringify(picture),
  sources: JSON.stringify(sources),
  figures: JSON.stringify(figures),
  importedFrom: importedFrom && JSON.stringify(importedFrom),
  corrections: JSON.stringify(corrections),
});

/** The publication of a release; undefined before the first. */
export const findPublication = (
  db: Reader<PublicationTables>,
  id: string,
): Promise<(Publication & { readonly withdrawnAt: Date | null }) | undefined> =>
  db
    .selectFrom('publications')
    .select([...columns, 'withdrawnAt'])
    .where('id', '=', id)
    .executeTakeFirst();

/** Adds it under the first address that is free; `share` makes the words for that address. Returns the address. */
export async function addPublication(
  tx: Writer<PublicationTables>,
  publication: Omit<Publication, 'slug' | 'shareText'>,
  share: (slug: string) => Promise<string>,
): Promise<string> {
  for (const slug of slugsOf(publication.title)) {
    // Asked of the table's own rule, since an address of somebody else's may be taken and yet not be seen here.
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('publications')
      .values(asRow({ ...publication, slug, shareText: await share(slug) }))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows) return slug;
  }
  throw new Error('unreachable: some address is free');
}

/** Replaces the published text. The address stays, and the database keeps the earlier text. */
export async function replacePublication(tx: Writer<PublicationTables>, publication: Publication): Promise<void> {
  const { id, slug: _slug, ...changed } = asRow(publication);
  await tx.updateTable('publications').set(changed).where('id', '=', id).execute();
}

export async function addWithdrawal(
  tx: Writer<PublicationTables>,
  withdrawal: PublicationTables['releaseWithdrawals'],
): Promise<void> {
  await tx.insertInto('releaseWithdrawals').values(withdrawal).execute();
  await tx.updateTable('publications').set({ withdrawnAt: withdrawal.at }).where('id', '=', withdrawal.id).execute();
}

export type Withdrawal = { readonly at: Date; readonly why: string; readonly by: string };

export const findWithdrawal = (db: Reader<PublicationTables>, id: string): Promise<Withdrawal | undefined> =>
  db.selectFrom('releaseWithdrawals').select(['at', 'why', 'by']).where('id', '=', id).executeTakeFirst();

/** The first address that no release which this reader can see has taken. */
export async function findFreeSlug(db: Reader<PublicationTables>, title: string): Promise<string> {
  for (const slug of slugsOf(title)) {
    const taken = await db.selectFrom('publications').select('id').where('slug', '=', slug).executeTakeFirst();
    if (!taken) return slug;
  }
  throw new Error('no address is free');
}

/** Where a release was that the public could read, and when it was withdrawn. */
export const findPublicWithdrawal = async (
  db: Reader<PublicationTables>,
  id: string,
): Promise<{ readonly slug: string; readonly at: Date } | undefined> => {
  const row = await db.selectFrom('releaseWithdrawals').select(['slug', 'at']).where('id', '=', id).executeTakeFirst();
  return row?.slug ? { slug: row.slug, at: row.at } : undefined;
};

/** What the index in memory knows of each publication: enough to list it. */
export type Entry = Pick<
  Publication,
  | 'id'
  | 'slug'
  | 'version'
  | 'area'
  | 'title'
  | 'description'
  | 'dated'
  | 'publishedAt'
  | 'embargoUntil'
  | 'changedAt'
  | 'importedFrom'
  | 'issuedBy'
> & { readonly corrected: boolean; readonly hasFigures: boolean; readonly certified: boolean };

/**
 * One word for all that everybody may read at this instant: equal words, equal news. Nothing leaves the public's sight
 * without a withdrawal that adds to their number, and while that stays, additions and corrections only count up.
 */
export async function getNewsVersion(db: Reader<PublicationTables>): Promise<string> {
  const { shown, versions, withdrawn, certificates } = await db
    .selectNoFrom((none) => [
      none
        .selectFrom('publications')
        .select(({ fn }) => fn.countAll<number>().as('shown'))
        .as('shown'),
      none
        .selectFrom('publications')
        .select(({ fn }) => fn.sum<number | null>('version').as('versions'))
        .as('versions'),
      none
        .selectFrom('releaseWithdrawals')
        .select(({ fn }) => fn.countAll<number>().as('withdrawn'))
        .as('withdrawn'),
      none
        .selectFrom('publicationCertificates')
        .select(({ fn }) => fn.countAll<number>().as('certificates'))
        .as('certificates'),
    ])
    .executeTakeFirstOrThrow();
  return `${shown} ${versions ?? 0} ${withdrawn} ${certificates}`;
}

/** Whether the text that is published now has a certificate of its figures. */
const certified = sql<boolean>`exists (select from publication_certificates c
  where c.publication_id = publications.id and c.version = publications.version)`;

/** All public news, newest first. */
export async function listEntries(db: Reader<PublicationTables>): Promise<Entry[]> {
  const rows = await db
    .selectFrom('publications')
    .select([
      'id',
      'slug',
      'version',
      'area',
      'title',
      'description',
      'dated',
      'publishedAt',
      'embargoUntil',
      'changedAt',
      'importedFrom',
      'issuedBy',
    ])
    .select(sql<boolean>`jsonb_array_length(corrections) > 0`.as('corrected'))
    .select(sql<boolean>`jsonb_array_length(figures) > 0`.as('hasFigures'))
    .select(certified.as('certified'))
    .orderBy('dated', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows;
}

export type WithdrawnEntry = { readonly slug: string; readonly at: Date };

export const listWithdrawnEntries = async (db: Reader<PublicationTables>): Promise<WithdrawnEntry[]> =>
  (await db.selectFrom('releaseWithdrawals').select(['slug', 'at']).execute()) as WithdrawnEntry[];

/** Not found where the public's own role sees none: not yet, no longer, never. */
export const getPublicRelease = (db: Reader<PublicationTables>, slug: string): Promise<Publication> =>
  db
    .selectFrom('publications')
    .select(columns)
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow(() => notFound('release'));

/** Those of these ids that the public's own role sees, newest first. */
export const listPublicReleases = async (
  db: Reader<PublicationTables>,
  ids: readonly string[],
): Promise<Publication[]> =>
  ids.length === 0
    ? []
    : db
        .selectFrom('publications')
        .select(columns)
        .where('id', 'in', ids)
        .orderBy('dated', 'desc')
        .orderBy('id', 'desc')
        .execute();

/** The same by its id; undefined where the public's own role sees none. */
export const findPublicRelease = (db: Reader<PublicationTables>, id: string): Promise<Publication | undefined> =>
  db.selectFrom('publications').select(columns).where('id', '=', id).executeTakeFirst();

/** Ids of what everybody may read and the words are found in, the newest first. */
export async function searchPublicReleases(db: Reader<PublicationTables>, words: string): Promise<string[]> {
  const rows = await db
    .selectFrom('publications')
    .select('id')
    .where(sql<SqlBool>`words @@ websearch_to_tsquery('english', ${words})`)
    .orderBy('dated', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ id }) => id);
}
