/** Stores comparisons of releases with the names of their cases, under the publisher role. */
import { sql } from 'kysely';
import type { Reader, Writer } from '../../platform/database/database.ts';
import { newId, type ReleaseId } from '../../vocabulary/ids.ts';
import type { ReleaseActor } from './release.ts';
import type { Release, ReleaseTables } from './store.ts';
import type { NamedPlace } from './text.ts';

/** A comparison of a text with the names of its case, with the matching words of the text. */
export type NameCheck = { readonly at: Date; readonly places: readonly NamedPlace[]; readonly found: number };

export async function addNameCheck(
  tx: Writer<ReleaseTables>,
  { id, revision }: Pick<Release, 'id' | 'revision'>,
  { memberId, agencyId }: ReleaseActor,
  { at, places, found }: NameCheck,
): Promise<void> {
  await tx
    .insertInto('nameChecks')
    .values({ id: newId(), releaseId: id, revision, memberId, agencyId, at, places: JSON.stringify(places), found })
    .execute();
}

/** The last comparison of this very text; undefined where it has not been compared. */
export const findNameCheck = (
  db: Reader<ReleaseTables>,
  { id, revision }: Pick<Release, 'id' | 'revision'>,
): Promise<NameCheck | undefined> =>
  db
    .selectFrom('nameChecks')
    .select(['at', 'places', 'found'])
    .where('releaseId', '=', id)
    .where('revision', '=', revision)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** The places that earlier comparisons of a release showed, of any of its texts. */
export async function listPlacesShown(db: Reader<ReleaseTables>, releaseId: string): Promise<NamedPlace[]> {
  const ofRelease = db.selectFrom('nameChecks').where('releaseId', '=', releaseId as ReleaseId);
  const rows = await ofRelease.select('places').execute();
  return rows.flatMap(({ places }) => places);
}

/** How many comparisons of one member found something since; held until the transaction ends, so that many at once count as many. */
export async function countFinds(tx: Writer<ReleaseTables>, memberId: string, since: Date): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`name check/${memberId}`}, 0))`.execute(tx);
  const { finds } = await tx
    .selectFrom('nameChecks')
    .select(({ fn }) => fn.countAll<number>().as('finds'))
    .where('memberId', '=', memberId)
    .where('found', '>', 0)
    .where('at', '>', since)
    .executeTakeFirstOrThrow();
  return finds;
}
