/** A document that the application made: it needs no cleaner, and stays as made. */

import type { Writer } from '../../platform/database/database.ts';
import { decodeCopy, FilesFolder, type WorkingCopyType } from '../../platform/files/index.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId, type PersonId } from '../../vocabulary/ids.ts';
import type { DocumentGroup } from '../../vocabulary/information-shared.ts';
import { type DocumentId, maxDocuments, type PersonDocument } from './document.ts';
import { addDocument, countDocuments, createCopyKey, type DocumentTables } from './store.ts';

export type DocumentMediaType = WorkingCopyType | 'application/pdf';

/** The parts of a document to open, by its kind. */
export const unpackParts = (
  { kind }: Pick<PersonDocument, 'kind'>,
  bytes: Buffer,
): { readonly type: DocumentMediaType; readonly parts: readonly Uint8Array[] } =>
  kind === 'written here' ? { type: 'application/pdf', parts: [bytes] } : decodeCopy(bytes);

export type StoredDocument = {
  readonly id: DocumentId;
  /** Adds its row in the caller's transaction; false if the record has the most documents already. */
  readonly add: (tx: Writer<DocumentTables>, called: string) => Promise<boolean>;
  /** Deletes the file if no row was added. */
  readonly drop: () => Promise<void>;
};

/** Seals a PDF of the application in the folder; it belongs to the person once its row is added. */
export async function storeGeneratedDocument(
  { keys, filesFolder }: Pick<AreaParts, 'keys' | 'filesFolder'>,
  pdf: Uint8Array,
  about: { readonly personId: PersonId; readonly item: DocumentGroup },
  by: { readonly agencyId: AgencyId; readonly authorId: MemberId; readonly now: Date },
): Promise<StoredDocument> {
  const folder = new FilesFolder(filesFolder);
  const fileKey = await createCopyKey(newTimelessId<'file'>());
  await folder.save('papers', fileKey, pdf, by.now);
  const { now, ...author } = by;
  const kept = { kind: 'written here', parts: 1, fileKey, fileId: fileKey.id, addedAt: floorToHour(now) } as const;
  const id = newTimelessId<'paper'>();
  return {
    id,
    add: async (tx, called) => {
      if ((await countDocuments(tx, about.personId)) >= maxDocuments) return false;
      return addDocument(tx, keys, { id, called, ...about, ...author, ...kept });
    },
    drop: () => folder.destroy(fileKey.id, 'papers'),
  };
}
