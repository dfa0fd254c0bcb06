/** Stores documents in the safeguarding database: the name is sealed under a key of its own, with the key of the file; both are erased with the person. */

import { sql } from 'kysely';
import { padText, seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { unlessDestroyed } from '../../platform/crypto/key-halves.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import { countRows } from '../../platform/database/count-rows.ts';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { type FileKey, newFileKey } from '../../platform/files/index.ts';
import { found } from '../../platform/http/problem.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import type { DocumentDetails, DocumentId, PersonDocument } from './document.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
type PaperRow = Mutable<Omit<PersonDocument, keyof DocumentDetails>> & { sealedDocument: Buffer; wrappedKey: Buffer };
export type DocumentTables = { personDocuments: PaperRow };
type Db = Reader<DocumentTables>;
type Audited = AuditedReader<DocumentTables>;

/** The key of the clean copy is sealed with the rest. */
export type OpenDocument = PersonDocument & { readonly fileKey: FileKey };

const contextOf = (id: string): string => `person_documents/sealed_document/${id}`;
const step = 256;

export const createCopyKey = async (fileId: string): Promise<FileKey> => ({
  id: fileId,
  key: await newFileKey(),
  side: 'working copy',
});

const toDocuments = (keys: UnitKeys, { sealedDocument, wrappedKey, ...row }: PaperRow): OpenDocument[] =>
  unlessDestroyed(() => {
    const opened = unseal(keys.unwrap(wrappedKey, row.id), contextOf(row.id), sealedDocument).toString();
    const { key, ...said } = JSON.parse(opened) as DocumentDetails & { readonly key: string };
    return [{ ...row, ...said, fileKey: { id: row.fileId, key: Buffer.from(key, 'base64'), side: 'working copy' } }];
  }) ?? [];

/** Adds a document once: false if the form is sent twice. Not found if the id is another person's. */
export async function addDocument(tx: Writer<DocumentTables>, keys: UnitKeys, paper: OpenDocument): Promise<boolean> {
  const { called, kind, parts, fileKey, ...row } = paper;
  const { key, wrapped } = keys.newRecordKey(row.id);
  const said = { called, kind, parts, key: Buffer.from(fileKey.key).toString('base64') };
  const sealedDocument = seal(key, contextOf(row.id), padText(JSON.stringify(said), step));
  return addOnce(tx, ['personDocuments', 'paper'], { ...row, sealedDocument, wrappedKey: wrapped }, ['personId']);
}

/** Documents of one record, the latest first. */
export async function listDocuments(db: Audited, keys: UnitKeys, personId: PersonId): Promise<OpenDocument[]> {
  const rows = await db
    .selectFrom('personDocuments')
    .selectAll()
    .where('personId', '=', personId)
    .orderBy('addedAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.flatMap((row) => toDocuments(keys, row));
}

/** Who added documents to one record and when, without their names. */
export const listDocumentTimes = (
  db: Audited,
  personId: PersonId,
): Promise<Pick<PersonDocument, 'id' | 'authorId' | 'addedAt'>[]> =>
  db
    .selectFrom('personDocuments')
    .select(['id', 'authorId', 'addedAt'])
    .where('personId', '=', personId)
    .orderBy('addedAt')
    .orderBy('id')
    .execute();

export const countDocuments = async (db: Db, personId: PersonId): Promise<number> =>
  countRows(db.selectFrom('personDocuments').where('personId', '=', personId));

/** In the given order. Not found if the member may not see one of them, or its grant is over. */
export const getDocuments = (db: Audited, keys: UnitKeys, ids: readonly string[]): Promise<OpenDocument[]> =>
  openDocuments(db, keys, ids);

/** Whether the member may still see it; the look at it was written down before. Not found as `getDocument`. */
export const isDocumentShown = async (db: Db, keys: UnitKeys, id: string): Promise<boolean> =>
  (await openDocuments(db, keys, [id])).length === 1;

async function openDocuments(db: Db, keys: UnitKeys, ids: readonly string[]): Promise<OpenDocument[]> {
  const rows = await db
    .selectFrom('personDocuments')
    .selectAll()
    .where(
      'id',
      'in',
      ids.map((id) => id as DocumentId),
    )
    .execute();
  const opened = new Map(rows.flatMap((row) => toDocuments(keys, row)).map((paper) => [paper.id as string, paper]));
  return ids.map((id) => found(opened.get(id), 'paper'));
}

export const getDocument = async (db: Audited, keys: UnitKeys, id: string): Promise<OpenDocument> =>
  found((await getDocuments(db, keys, [id]))[0], 'paper');

/** Which of these files still belong to a record. For the leader process. */
export async function filterKeptFiles(tx: Db, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from ctx.papers_among(${[...ids]}) as id`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
