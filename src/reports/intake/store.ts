/** What the public site may do with the stores: call functions that add, and none that reads a report. */
import { CompiledQuery, sql } from 'kysely';
import type { AnyTables, Db, Reader } from '../../platform/database/database.ts';
import { refuseOn, wrongState } from '../../platform/database/violations.ts';
import type { Attendance } from '../attendance/attendance.ts';
import type { MessageKind, PartId, Queue, ReportId, Way } from '../report.ts';

/** A pool of the public's own login role. */
type PublicDatabase = Db | Reader<AnyTables>;

/** Queries of every page are sent as raw text, because building one takes as long as sending it. */
const queryRaw = async <Row>(db: PublicDatabase, text: string, values: readonly unknown[]): Promise<readonly Row[]> =>
  (await (db as Db).executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;

export type AttendanceStatus = { readonly attendance: Attendance | undefined; readonly openedAt: Date | null };

export async function getAttendance(db: PublicDatabase): Promise<AttendanceStatus> {
  const { rows } = await sql<{ attendance: Record<string, unknown>; openedAt: Date | null }>`
    select attendance, opened_at from ctx.attendance_now()`.execute(db);
  const [row] = rows;
  return row
    ? { attendance: toAttendance(row.attendance), openedAt: row.openedAt }
    : { attendance: undefined, openedAt: null };
}

const inCamelCase = (name: string): string =>
  name.replaceAll(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase());

function toAttendance(row: Record<string, unknown>): Attendance {
  const named: Record<string, unknown> = Object.fromEntries(
    Object.entries(row).map(([name, value]) => [inCamelCase(name), value]),
  );
  return { ...named, setAt: new Date(String(row.set_at)) } as Attendance;
}

export type SealedReport = {
  readonly id: ReportId;
  readonly way: Way;
  readonly sealedKey: Buffer;
  readonly receiptKey: Buffer | null;
  readonly lookUp: Buffer | null;
  readonly hour: Date;
  readonly hoursToWait: number;
  readonly danger: boolean;
  readonly queue: Queue;
  readonly partId: PartId;
  readonly told: Buffer;
  readonly contact: { readonly sealedKey: Buffer; readonly sealed: Buffer } | null;
  readonly requestId: string;
};

/** Resolves when the report, what its receipt opens and its row of the log are on disk; it ends the draft, in the same transaction where both lie in one store. True where the receipt opens it: one that was sent before keeps the receipt that it had. Undefined where the line is attended no longer as it was when this was sealed: nothing was taken in. 'other content' where a report of this id is kept that says something else: nothing was taken in either. */
export async function receiveReport(
  db: PublicDatabase,
  report: SealedReport,
  asTold: Attendance['id'],
  draft: Buffer | null,
): Promise<boolean | 'other content' | undefined> {
  const { id, way, sealedKey, receiptKey, lookUp, hour, hoursToWait, danger, queue, partId, told, contact, requestId } =
    report;
  const text =
    'select ctx.receive_as_told($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) as opens';
  const values = [
    ...[asTold, draft, id, way, sealedKey, receiptKey, lookUp, hour, hoursToWait, danger, queue, partId, told],
    ...[contact?.sealedKey ?? null, contact?.sealed ?? null, requestId],
  ];
  const sent = await refuseOn({ [wrongState]: 'other content' } as const, () =>
    queryRaw<{ opens: boolean | null }>(db, text, values),
  );
  return sent.ok ? (sent.value[0]?.opens ?? undefined) : sent.refusal;
}

export type Mailbox = {
  readonly id: ReportId;
  readonly receiptKey: Buffer;
  readonly partId: PartId | null;
  readonly sealed: Buffer | null;
  readonly kind: MessageKind | null;
};

export async function findMailbox(db: PublicDatabase, lookUp: Buffer, hour: Date): Promise<Mailbox | undefined> {
  const { rows } = await sql<Mailbox>`
    select id, receipt_key, part_id, sealed, kind from ctx.mailbox(${lookUp}, ${hour})`.execute(db);
  return rows[0];
}

export async function addToReport(
  db: PublicDatabase,
  lookUp: Buffer,
  said: { readonly partId: PartId; readonly sealed: Buffer; readonly hour: Date; readonly requestId: string },
): Promise<boolean> {
  const { rows } = await sql<{ added: boolean }>`
    select ctx.add_to_report(${lookUp}, ${said.partId}, ${said.sealed}, ${said.hour}, ${said.requestId}) as added`.execute(
    db as Db,
  );
  return rows[0]?.added === true;
}

export async function withdrawReport(
  db: PublicDatabase,
  lookUp: Buffer,
  hour: Date,
  requestId: string,
): Promise<boolean> {
  const { rows } = await sql<{ withdrawn: boolean }>`
    select ctx.withdraw_report(${lookUp}, ${hour}, ${requestId}) as withdrawn`.execute(db);
  return rows[0]?.withdrawn === true;
}

export async function findDraft(db: PublicDatabase, hash: Buffer, now: Date): Promise<Buffer | undefined> {
  const rows = await queryRaw<{ sealed: Buffer | null }>(db, 'select ctx.draft($1, $2) as sealed', [hash, now]);
  return rows[0]?.sealed ?? undefined;
}

/** False where the draft that it follows is no longer there. */
export async function replaceDraft(
  db: PublicDatabase,
  used: Buffer | null,
  next: { readonly hash: Buffer; readonly sealed: Buffer; readonly endsAt: Date },
): Promise<boolean> {
  const { hash, sealed, endsAt } = next;
  const text = 'select ctx.turn_draft($1, $2, $3, $4) as turned';
  const rows = await queryRaw<{ turned: boolean }>(db, text, [used, hash, sealed, endsAt]);
  return rows[0]?.turned === true;
}

/** Limits the number of drafts and their bytes. Beyond that the oldest are deleted; half of the limit is for drafts with no answer yet. */
export async function capDrafts(
  db: PublicDatabase,
  most: { readonly rows: number; readonly bytes: number },
): Promise<void> {
  await sql`select ctx.cap_drafts(${most.rows}, ${most.bytes})`.execute(db);
}

export async function endDraft(db: PublicDatabase, hash: Buffer): Promise<void> {
  await sql`select ctx.end_draft(${hash})`.execute(db);
}

export async function deleteExpiredDrafts(tx: Reader<AnyTables>, now: Date): Promise<void> {
  await sql`select ctx.forget_drafts(${now})`.execute(tx);
}
