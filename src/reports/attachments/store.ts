/** How files of reports lie in PostgreSQL: what they are is sealed, and the files themselves lie elsewhere. */
import { sql } from 'kysely';
import type { AuditedReader, Db, Writer } from '../../platform/database/database.ts';
import type { CleaningFailure } from '../../platform/files/index.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { ReportId } from '../report.ts';

/** Not looked at yet; a working copy is there; there is none of its kind, and it is kept as it came; none could be made. */
export const fileStates = ['waiting', 'ready', 'as it came', 'not cleaned'] as const;
export type FileState = (typeof fileStates)[number];

/** Each report keeps at most this many files, whenever they came. */
export const maxFilesPerReport = 100;

export type ReportFile = {
  readonly id: string;
  readonly reportId: ReportId;
  readonly place: number;
  readonly about: Buffer;
  /** Of the file as it came; null once that was destroyed. */
  readonly sealedKey: Buffer | null;
  readonly keepsOriginal: boolean;
  readonly state: FileState;
  readonly copyId: string | null;
  readonly copyKey: Buffer | null;
  readonly parts: number | null;
  readonly why: CleaningFailure | null;
  /** Of one that was added through the mailbox: the hour, and the words that it was sent with. */
  readonly addedAt: Date | null;
  readonly addedWith: string | null;
};
export type FileTables = { reportFiles: { -readonly [Key in keyof ReportFile]: ReportFile[Key] } };

export type SealedFile = Pick<ReportFile, 'id' | 'place' | 'about' | 'keepsOriginal'> & {
  readonly sealedKey: Buffer;
  readonly copied: boolean;
};

/** Adds a file to an existing report; a repeat is stored once. */
export async function addFiles(
  db: Db,
  reportId: ReportId,
  files: readonly SealedFile[],
  hour: Date,
  requestId: string,
): Promise<void> {
  const { ids, abouts, keys, states, keeps } = columnsOf(files);
  await sql`select ctx.add_report_files(${reportId}, ${ids}, ${abouts}, ${keys}, ${states}, ${keeps}, ${hour}, ${requestId})`.execute(
    db,
  );
}

const columnsOf = (files: readonly SealedFile[]) => ({
  ids: files.map(({ id }) => id),
  abouts: files.map(({ about }) => about),
  keys: files.map(({ sealedKey }) => sealedKey),
  states: files.map(({ copied }) => (copied ? 'waiting' : 'as it came')),
  keeps: files.some(({ keepsOriginal }) => keepsOriginal),
});

/** Adds a file to the report that this receipt opens; a repeat is stored once. Undefined where it opens none. */
export async function addFilesByReceipt(
  db: Db,
  lookUp: Buffer,
  files: readonly SealedFile[],
  sent: { readonly partId: string; readonly hour: Date; readonly requestId: string },
): Promise<'added' | 'sent before' | 'no room' | undefined> {
  const { ids, abouts, keys, states, keeps } = columnsOf(files);
  const { partId, hour, requestId } = sent;
  const { rows } = await sql<{ added: 'added' | 'sent before' | 'no room' | null }>`
    select ctx.add_files_later(${lookUp}, ${partId}, ${ids}, ${abouts}, ${keys}, ${states}, ${keeps}, ${hour}, ${requestId}) as added`.execute(
    db,
  );
  return rows[0]?.added ?? undefined;
}

/** Of these files, those that were sent to this store's line. */
export async function findSentFiles(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from ctx.report_files_among(${[...ids]}) as id`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

export const listFiles = (db: AuditedReader<FileTables>, reportId: ReportId): Promise<ReportFile[]> =>
  db.selectFrom('reportFiles').selectAll().where('reportId', '=', reportId).orderBy('place').execute();

export const getFile = (db: AuditedReader<FileTables>, id: string): Promise<ReportFile> =>
  db
    .selectFrom('reportFiles')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('file'));

/** Held until the transaction ends. */
export const lockFile = (tx: Writer<FileTables>, id: string): Promise<ReportFile> =>
  tx
    .selectFrom('reportFiles')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('file'));

export async function saveCleaned(
  tx: Writer<FileTables>,
  id: string,
  cleaned: Partial<Pick<ReportFile, 'state' | 'sealedKey' | 'copyId' | 'copyKey' | 'parts' | 'why'>>,
): Promise<void> {
  await tx.updateTable('reportFiles').set(cleaned).where('id', '=', id).execute();
}
