/** Files on plans for tests and the gallery. Arranges with an all-powerful database. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import { encodeCopy, FilesFolder } from '../../platform/files/index.ts';
import { type MemberId, newId, newTimelessId } from '../../vocabulary/ids.ts';
import type { PlanFile } from './plan-file.ts';
import { type FilePlace, addPlanFile as insertFile } from './store.ts';

/** With a folder given, it stores a clean copy too. */
export async function addPlanFile(
  db: Db,
  keys: UnitKeys,
  place: FilePlace,
  by: { readonly id: MemberId },
  more: Partial<PlanFile> = {},
  stored?: { readonly filesFolder: string; readonly content: Uint8Array },
): Promise<PlanFile> {
  const fileId = newTimelessId<'file'>();
  const { key, wrapped } = keys.newRecordKey(fileId);
  const file: PlanFile = {
    id: newId(),
    operationId: place.operationId,
    premisesId: place.premisesId,
    kind: 'site plan',
    title: 'Ground floor',
    format: 'jpeg',
    parts: 1,
    fileId,
    wrappedKey: wrapped,
    addedBy: by.id,
    addedAt: new Date('2026-09-10T09:00:00Z'),
    ...more,
  };
  await insertFile(db, file);
  if (stored)
    await new FilesFolder(stored.filesFolder).save(
      'plans',
      { id: fileId, key, side: 'working copy' },
      encodeCopy({ type: 'image/jpeg', parts: [stored.content] }),
      file.addedAt,
    );
  return file;
}
