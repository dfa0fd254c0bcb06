/** Documents for tests, seeds and the gallery. Uses a database without restrictions; people are invented. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import { encodeCopy, FilesFolder } from '../../platform/files/index.ts';
import { newTimelessId, type PersonId } from '../../vocabulary/ids.ts';
import type { Person } from '../people/person.ts';
import type { PersonDocument } from './document.ts';
import { createCopyKey, addDocument as insertPaper } from './store.ts';

/** By the author of the record, in the same hour. With a folder given, it stores a clean copy too. */
export async function addDocument(
  db: Db,
  keys: UnitKeys,
  person: Person,
  more: Partial<PersonDocument> = {},
  storedFile?: { readonly filesFolder: string; readonly content: Uint8Array },
): Promise<PersonDocument> {
  const fileKey = await createCopyKey(newTimelessId<'file'>());
  const paper = {
    id: newTimelessId<'paper'>(),
    personId: person.id as PersonId,
    agencyId: person.agencyId,
    authorId: person.authorId,
    item: 'papers about health' as const,
    called: 'Letter of the clinic',
    kind: 'jpeg' as const,
    parts: 1,
    addedAt: person.openedAt,
    fileId: fileKey.id,
    ...more,
  };
  await insertPaper(db, keys, { ...paper, fileKey });
  if (storedFile)
    await new FilesFolder(storedFile.filesFolder).save(
      'papers',
      fileKey,
      encodeCopy({ type: 'image/jpeg', parts: [storedFile.content] }),
      paper.addedAt,
    );
  return paper;
}
