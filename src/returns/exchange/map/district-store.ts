/** How boundaries of districts lie in PostgreSQL: one import for each agency. */
import type { ColumnType } from 'kysely';
import type { Reader, Writer } from '../../../platform/database/database.ts';
import type { AgencyId, Id } from '../../../vocabulary/ids.ts';
import type { District } from './districts.ts';

export type DistrictMap = {
  readonly id: Id<'district map'>;
  readonly agencyId: AgencyId;
  readonly source: string;
  readonly shapes: readonly District[];
  readonly importedBy: string;
  readonly importedAt: Date;
};
type Json<Value> = ColumnType<Value, string, string>;
export type DistrictTables = { districtMaps: Omit<DistrictMap, 'shapes'> & { shapes: Json<readonly District[]> } };

export const findDistrictMap = (db: Reader<DistrictTables>): Promise<DistrictMap | undefined> =>
  db.selectFrom('districtMaps').selectAll().orderBy('importedAt', 'desc').limit(1).executeTakeFirst();

/** In place of the one before. */
export async function replaceDistrictMap(tx: Writer<DistrictTables>, { shapes, ...map }: DistrictMap): Promise<void> {
  await tx.deleteFrom('districtMaps').where('agencyId', '=', map.agencyId).execute();
  await tx
    .insertInto('districtMaps')
    .values({ ...map, shapes: JSON.stringify(shapes) })
    .execute();
}
