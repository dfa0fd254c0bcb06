/** Releases whose return was signed again after the text was written: published, under embargo, or waiting. Read under the publisher role. */
import { type SqlBool, sql } from 'kysely';
import type { Reader } from '../../platform/database/database.ts';
import type { ReleaseActor } from './release.ts';
import type { Release, ReleaseTables } from './store.ts';

export type OvertakenRelease = Pick<Release, 'id' | 'shownTitle' | 'state'>;

/** Home says it so many days after the signature; the page of the release always does. */
const daysShown = 60;

/** Releases of the reader's agency, the first so many, without those that Home names otherwise. */
export const listOvertaken = (
  db: Reader<ReleaseTables>,
  { agencyId }: Pick<ReleaseActor, 'agencyId'>,
  { now, without, limit }: { readonly now: Date; readonly without: readonly string[]; readonly limit: number },
): Promise<OvertakenRelease[]> =>
  db
    .selectFrom('releases as r')
    .select(['r.id', 'r.shownTitle', 'r.state'])
    .where('r.agencyId', '=', agencyId)
    .where('r.state', 'in', ['submitted', 'approved', 'published'])
    .where(
      sql<SqlBool>`exists (select from returns told
        join returns later on later.operation_id = told.operation_id and later.version > told.version
        join return_signatures s on s.return_id = later.id
       where told.id = r.return_id and s.signed_at > ${new Date(now.getTime() - daysShown * 24 * 60 * 60_000)})`,
    )
    .where(sql<SqlBool>`r.id <> all (${sql.val([...without])}::uuid[])`)
    .orderBy('r.editedAt', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limit)
    .execute();
