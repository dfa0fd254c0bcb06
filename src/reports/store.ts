/** How reports lie in PostgreSQL for those who read and answer them; each line in the store of its own side. */

import { type RawBuilder, sql } from 'kysely';
import type { AnyTables, AuditedReader, Reader, Writer } from '../platform/database/database.ts';
import { refuseOn, uniqueViolation } from '../platform/database/violations.ts';
import { notFound } from '../platform/http/problem.ts';
import type { Attendance } from './attendance/attendance.ts';
import type { Part, QueueShow, Report, ReportId, ReportState, Way } from './report.ts';
import type { Outcome } from './retention/retention.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] extends readonly (infer One)[] ? One[] : Row[Key] };
export type SealedPart = Part & { readonly sealed: Buffer };
export type KeyedReport = Report & ReportClosing & { readonly sealedKey: Buffer };
/** The outcome and the closing time; null while the report is open. The database sets the time. */
type ReportClosing = { readonly outcome: Outcome | null; readonly closedAt: Date | null };
type ReportRow = Mutable<KeyedReport> & { lookUp: Buffer | null; receiptKey: Buffer | null };
type ContactRow = { id: ReportId; agencyId: string; sealedKey: Buffer; sealed: Buffer };
export type ReportTables = {
  reports: ReportRow;
  reportParts: Mutable<SealedPart>;
  reportContacts: ContactRow;
  readingHours: Mutable<Attendance>;
};

const reportColumns = [
  'id',
  'agencyId',
  'way',
  'receivedAt',
  'actedAt',
  'dueAt',
  'danger',
  'queue',
  'state',
  'unread',
  'answerable',
  'sealedKey',
  'outcome',
  'closedAt',
] as const;

const isWaiting = sql<boolean>`(unread or state = 'open')`;
export const reportsPerPage = 100;

/** Whether staff have written to the reporter. Parts that arrive after that are replies. */
export const hasStaffMessage = sql<boolean>`exists (
  select 1 from report_parts p where p.report_id = reports.id and p.kind in ('asked', 'replied'))`;
export type ListedReport = KeyedReport & { readonly writtenTo: boolean };

/** What the queue shows: everything, where nothing is said. */
export type QueueFilter = { readonly way?: Way | undefined; readonly show?: QueueShow | undefined };

const shownBy: Readonly<Record<QueueShow, RawBuilder<boolean>>> = {
  waiting: isWaiting,
  asked: sql<boolean>`(reports.state = 'asked' and not reports.unread)`,
  intelligence: sql<boolean>`exists (select 1 from report_acceptances a where a.id = reports.id)`,
  referred: sql<boolean>`(reports.outcome is not distinct from 'referred for help')`,
  closed: sql<boolean>`(reports.state = 'closed')`,
  'taken-back': sql<boolean>`(reports.state = 'withdrawn')`,
};

/** One page of those that wait, and then of those that do not, each by its clock; how many there are, and how many wait. */
export async function listReports(
  db: AuditedReader<ReportTables>,
  page: number,
  { way, show }: QueueFilter = {},
): Promise<{ readonly reports: ListedReport[]; readonly total: number; readonly waiting: number }> {
  const wanted = db
    .selectFrom('reports')
    .$if(way !== undefined, (all) => all.where('way', '=', way as Way))
    .$if(show !== undefined, (all) => all.where(shownBy[show as QueueShow]));
  const reports = await wanted
    .select(reportColumns)
    .select(hasStaffMessage.as('writtenTo'))
    .orderBy(isWaiting, 'desc')
    .orderBy('danger', 'desc')
    .orderBy('queue')
    .orderBy('dueAt')
    .orderBy('id')
    .limit(reportsPerPage)
    .offset((page - 1) * reportsPerPage)
    .execute();
  const { total } = await wanted.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { reports, total: Number(total), waiting: (await countWaiting(db)).waiting };
}

/** Danger is told apart: the earliest deadline and the late ones are those of the others. */
export type WaitingCounts = {
  readonly waiting: number;
  readonly danger: number;
  readonly dangerDueAt: Date | null;
  readonly overdue: number;
  readonly dueAt: Date | null;
};

export const countWaiting = (db: Reader<ReportTables>, now = new Date(0)): Promise<WaitingCounts> =>
  db
    .selectFrom('reports')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .select(sql<number>`count(*) filter (where danger)`.as('danger'))
    .select(sql<Date | null>`min(due_at) filter (where danger)`.as('dangerDueAt'))
    .select(sql<number>`count(*) filter (where not danger and due_at <= ${now})`.as('overdue'))
    .select(sql<Date | null>`min(due_at) filter (where not danger)`.as('dueAt'))
    .where(isWaiting)
    .executeTakeFirstOrThrow();

/** Before anybody looks: what was taken back is not shown as another is. */
export async function isWithdrawn(db: Reader<ReportTables>, id: ReportId): Promise<boolean> {
  const row = await db
    .selectFrom('reports')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('report'));
  return row.state === 'withdrawn';
}

/** The state alone, of a report that may be destroyed or hidden: undefined there. */
export async function findReportState(db: Reader<ReportTables>, id: ReportId): Promise<ReportState | undefined> {
  return (await db.selectFrom('reports').select('state').where('id', '=', id).executeTakeFirst())?.state;
}

export const getReport = (db: AuditedReader<ReportTables>, id: ReportId): Promise<KeyedReport> =>
  db
    .selectFrom('reports')
    .select(reportColumns)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('report'));

/** In the order in which they were written. */
export const listParts = (db: AuditedReader<ReportTables>, id: ReportId): Promise<SealedPart[]> =>
  db.selectFrom('reportParts').selectAll().where('reportId', '=', id).orderBy('place').execute();

/** Held until the transaction ends; with the place of its last word. */
export async function lockReport(
  tx: Writer<ReportTables>,
  id: ReportId,
): Promise<{ readonly report: KeyedReport; readonly last: number }> {
  const report = await tx
    .selectFrom('reports')
    .select(reportColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('report'));
  const { last } = await tx
    .selectFrom('reportParts')
    .select(({ fn }) => fn.max('place').as('last'))
    .where('reportId', '=', id)
    .executeTakeFirstOrThrow();
  return { report, last: Number(last ?? 0) };
}

export async function addPart(tx: Writer<ReportTables>, part: SealedPart): Promise<void> {
  await tx.insertInto('reportParts').values(part).execute();
}

export async function saveHandled(
  tx: Writer<ReportTables>,
  id: ReportId,
  handled: {
    readonly state?: ReportState;
    readonly outcome?: Outcome;
    readonly unread: boolean;
    readonly actedAt: Date;
  },
): Promise<void> {
  await tx.updateTable('reports').set(handled).where('id', '=', id).execute();
}

/** The source identity, still sealed. Undefined where none was given. */
export const findContact = (
  db: AuditedReader<ReportTables>,
  id: ReportId,
): Promise<Pick<ContactRow, 'sealedKey' | 'sealed'> | undefined> =>
  db.selectFrom('reportContacts').select(['sealedKey', 'sealed']).where('id', '=', id).executeTakeFirst();

/** The newest first. */
export const listAttendances = (db: Reader<ReportTables>): Promise<Attendance[]> =>
  db.selectFrom('readingHours').selectAll().orderBy('setAt', 'desc').orderBy('id', 'desc').limit(20).execute();

/** Refused where another agency attends this line. */
export const addAttendance = (tx: Writer<AnyTables>, attendance: Attendance) =>
  refuseOn({ [uniqueViolation]: 'attended elsewhere' } as const, () =>
    tx.insertInto('readingHours').values(attendance).execute(),
  );
