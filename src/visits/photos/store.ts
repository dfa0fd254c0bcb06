/** Stores photos of visits in PostgreSQL; the clean copies are in the folder of files. */
import { sql } from 'kysely';
import { addOnce } from '../../platform/database/add-once.ts';
import type { AnyTables, AuditedReader, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import type { VisitId } from '../../vocabulary/ids.ts';
import type { PhotoId, PhotoKeeping, VisitPhoto } from './photo.ts';

export type PhotoTables = { visitPhotos: Mutable<VisitPhoto> };

/** In the order in which they were added. */
export const listPhotos = (db: AuditedReader<PhotoTables>, visitId: string): Promise<VisitPhoto[]> =>
  db
    .selectFrom('visitPhotos')
    .selectAll()
    .where('visitId', '=', visitId as VisitId)
    .orderBy('recordedAt')
    .orderBy('id')
    .execute();

export const getPhoto = async (db: AuditedReader<PhotoTables>, id: string): Promise<VisitPhoto> =>
  found(
    await db
      .selectFrom('visitPhotos')
      .selectAll()
      .where('id', '=', id as PhotoId)
      .executeTakeFirst(),
    'photo',
  );

/** False if the form is sent twice. */
export const addPhoto = (tx: Writer<AnyTables>, photo: VisitPhoto): Promise<boolean> =>
  addOnce(tx, ['visitPhotos', 'photo'], photo, ['visitId']);

/** What decides who may remove it. */
export async function getPhotoKeeping(db: AuditedReader<PhotoTables>, { id }: VisitPhoto): Promise<PhotoKeeping> {
  const { rows } = await sql<PhotoKeeping>`select v.finished_at, m.agency_id, t.lead_id from visit_photos p
    join visits v on v.id = p.visit_id left join members m on m.id = p.recorded_by left join teams t on t.id = v.team_id
    where p.id = ${id}`.execute(db);
  return found(rows[0], 'photo');
}

/** The row that was removed. Not found where there is none, or where the member may not remove it. */
export const removePhoto = async (tx: Writer<PhotoTables>, id: string): Promise<VisitPhoto> =>
  found(
    await tx
      .deleteFrom('visitPhotos')
      .where('id', '=', id as PhotoId)
      .returningAll()
      .executeTakeFirst(),
    'photo',
  );

/** Which of these files still belong to a visit. For the leader process. */
export async function filterKeptPhotos(tx: Reader<AnyTables>, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from ctx.visit_photos_among(${[...ids]}) as id`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
