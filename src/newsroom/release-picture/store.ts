/** Stores pictures of releases in PostgreSQL: clean copies, made to be published. Everybody reads those of publications. */
import type { Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';

export type PictureTables = {
  releasePictures: { id: string; releaseId: string; content: Buffer; addedBy: string; addedAt: Date };
};

export async function addPicture(
  tx: Writer<PictureTables>,
  picture: { id: string; releaseId: string; content: Buffer; addedBy: string; addedAt: Date },
): Promise<void> {
  await tx.insertInto('releasePictures').values(picture).execute();
}

/** The bytes of a picture. Not found where it is gone, and for the public where no publication shows it. */
export const getPictureBytes = async (db: Reader<PictureTables>, id: string): Promise<Buffer> =>
  found(await db.selectFrom('releasePictures').select('content').where('id', '=', id).executeTakeFirst(), 'picture')
    .content;

/** Of these pictures, those whose bytes are kept. */
export async function listKeptPictures(db: Reader<PictureTables>, releaseId: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('releasePictures').select('id').where('releaseId', '=', releaseId).execute();
  return new Set(rows.map(({ id }) => id));
}

/** Removes all pictures of a release but these. */
export async function keepPictures(
  tx: Writer<PictureTables>,
  releaseId: string,
  kept: readonly ({ readonly id: string } | null | undefined)[],
): Promise<void> {
  const ids = kept.flatMap((picture) => picture?.id ?? []);
  let query = tx.deleteFrom('releasePictures').where('releaseId', '=', releaseId);
  if (ids.length > 0) query = query.where('id', 'not in', ids);
  await query.execute();
}
