/** A document that the application made: it needs no cleaner, and stays as made. */

import { floorToHour } from '../../platform/audit-hook/audit.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { type CopyType, FilesFolder, unpacked } from '../../platform/files/index.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import type { DocumentGroup, PersonId } from '../../vocabulary/information-shared.ts';
import { mostPapers, type Paper, type PaperId } from './document.ts';
import { addPaper, countPapers, newCopyKey } from './store.ts';

export type PaperType = CopyType | 'application/pdf';

/** The parts of a document to open, by its kind. */
export const partsOf = (
  { kind }: Pick<Paper, 'kind'>,
  bytes: Buffer,
): { readonly type: PaperType; readonly parts: readonly Uint8Array[] } =>
  kind === 'written here' ? { type: 'application/pdf', parts: [bytes] } : unpacked(bytes);

export type KeptPaper = {
  readonly id: PaperId;
  /** Adds its row in the caller's transaction; false if the record has the most documents already. */
  readonly add: (tx: Writer<AnyTables>, called: string) => Promise<boolean>;
  /** Deletes the file if no row was added. */
  readonly drop: () => Promise<void>;
};

/** Seals a PDF of the application in the folder; it belongs to the person once its row is added. */
export async function keepWritten(
  { keys, filesFolder }: Pick<AreaParts, 'keys' | 'filesFolder'>,
  pdf: Uint8Array,
  about: { readonly personId: PersonId; readonly item: DocumentGroup },
  by: { readonly agencyId: AgencyId; readonly authorId: MemberId; readonly now: Date },
): Promise<KeptPaper> {
  const folder = new FilesFolder(filesFolder);
  const fileKey = await newCopyKey(newTimelessId<'file'>());
  await folder.save('papers', fileKey, pdf, by.now);
  const { now, ...author } = by;
  const kept = { kind: 'written here', parts: 1, fileKey, fileId: fileKey.id, addedAt: floorToHour(now) } as const;
  const id = newTimelessId<'paper'>();
  return {
    id,
    add: async (tx, called) => {
      if ((await countPapers(tx as never, about.personId)) >= mostPapers) return false;
      return addPaper(tx as never, keys, { id, called, ...about, ...author, ...kept });
    },
    drop: () => folder.destroy(fileKey.id, 'papers'),
  };
}
