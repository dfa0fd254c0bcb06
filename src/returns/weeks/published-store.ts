/** Stores published results in PostgreSQL, each as one source gave it. Row policies leave out those of other agencies. */
import { type ColumnType, sql } from 'kysely';
import type { Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import { newId } from '../../vocabulary/ids.ts';
import { accept, type Result } from '../../vocabulary/result.ts';
import {
  digestOf,
  type PublishedContent,
  type PublishedDetails,
  type PublishedFigures,
  type PublishedWeek,
} from './published-week.ts';

/** Read as a value, written as its text. */
type Json<Value> = ColumnType<Value, string, string>;
export type PublishedWeekTables = {
  publishedWeeks: Omit<{ -readonly [Key in keyof PublishedWeek]: PublishedWeek[Key] }, 'figures' | 'details'> & {
    agencyId: string;
    figures: Json<PublishedFigures>;
    details: Json<PublishedDetails>;
    digest: string;
    importedBy: string;
  };
};

export type Importer = { readonly agencyId: string; readonly importedBy: string; readonly importedAt: Date };

const columns = [
  'id',
  'weekId',
  'name',
  'startsOn',
  'endsOn',
  'sourceUrl',
  'figures',
  'details',
  'importedAt',
] as const;

const selectWeeks = (db: Reader<PublishedWeekTables>) => db.selectFrom('publishedWeeks').select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof selectWeeks>['executeTakeFirstOrThrow']>>;
const latestFirst = sql`starts_on desc nulls last, imported_at desc, id desc`;

/** What is there of these weeks, from any source, latest import first. */
export async function listSourcesOf(
  db: Reader<PublishedWeekTables>,
  weekIds: readonly string[],
): Promise<readonly PublishedWeek[]> {
  const names = [...new Set(weekIds.map((one) => one.toLowerCase()))];
  return selectWeeks(db)
    .where(sql<boolean>`lower(week_id) = any (${sql.val(names)}::text[])`)
    .orderBy('importedAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** One page of the agency's published results, latest week first. */
export async function listPublishedWeeks(
  db: Reader<PublishedWeekTables>,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly weeks: readonly PublishedWeek[]; readonly total: number }> {
  const { total } = await db
    .selectFrom('publishedWeeks')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const weeks = await selectWeeks(db)
    .orderBy(latestFirst)
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { weeks, total };
}

/** For the comparison: those chosen, or the latest, and what else can be chosen. */
export const listLatestWeeks = (db: Reader<PublishedWeekTables>, most: number): Promise<readonly Row[]> =>
  selectWeeks(db).orderBy(latestFirst).limit(most).execute();

/** Those of these ids that the reader may see. */
export const findPublishedWeeks = (
  db: Reader<PublishedWeekTables>,
  ids: readonly string[],
): Promise<readonly PublishedWeek[]> =>
  selectWeeks(db)
    .where(sql<boolean>`id = any (${sql.val([...ids])}::uuid[])`)
    .execute();

/** Not found for any other agency. */
export const getPublishedWeek = (db: Reader<PublishedWeekTables>, id: string): Promise<PublishedWeek> =>
  selectWeeks(db)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('published week'));

/** Adds lines that are new to the agency; those that are there already change nothing. */
export async function addPublishedWeeks(
  tx: Writer<PublishedWeekTables>,
  weeks: readonly PublishedContent[],
  who: Importer,
): Promise<readonly string[]> {
  if (weeks.length === 0) return [];
  const added = await tx
    .insertInto('publishedWeeks')
    .values(
      weeks.map((week) => ({
        ...week,
        ...who,
        id: newId(),
        digest: digestOf(week),
        figures: JSON.stringify(week.figures),
        details: JSON.stringify(week.details),
      })),
    )
    .onConflict((conflict) => conflict.columns(['agencyId', 'digest']).doNothing())
    .returning('id')
    .execute();
  return added.map(({ id }) => id);
}

/** Takes it out for good: it is published elsewhere, and can be imported again. */
export async function removePublishedWeek(tx: Writer<PublishedWeekTables>, id: string): Promise<Result<string, never>> {
  const gone = await tx
    .deleteFrom('publishedWeeks')
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirstOrThrow(() => notFound('published week'));
  return accept(gone.id);
}
