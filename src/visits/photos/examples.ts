/** Photos of visits for tests. Arranges with an all-powerful database. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import { type MemberId, newTimelessId, type VisitId } from '../../vocabulary/ids.ts';
import type { VisitPhoto } from './photo.ts';
import { addPhoto as insertPhoto } from './store.ts';

/** A row alone: its clean copy is not in the folder. */
export async function addPhoto(
  db: Db,
  keys: UnitKeys,
  visit: { readonly id: VisitId },
  by: { readonly id: MemberId },
  more: Partial<VisitPhoto> = {},
): Promise<VisitPhoto> {
  const fileId = newTimelessId<'file'>();
  const photo: VisitPhoto = {
    id: newTimelessId(),
    visitId: visit.id,
    room: 'Kitchen',
    caption: 'Three mattresses on the floor',
    format: 'jpeg',
    parts: 1,
    fileId,
    wrappedKey: keys.newRecordKey(fileId).wrapped,
    recordedBy: by.id,
    recordedAt: new Date('2026-09-18T10:00:00Z'),
    ...more,
  };
  await insertPhoto(db, photo);
  return photo;
}
