/** How rules of retention, legal holds and certificates lie in PostgreSQL, and what the database says is due. */

import { sql } from 'kysely';
import type { AnyTables, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { checkViolation, foreignKeyViolation, refuseOn } from '../../platform/database/violations.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import type { ReportId } from '../report.ts';
import type { Certificate, Hold, Outcome, RetentionRule } from './retention.ts';

export type RetentionTables = {
  reportRetentionRules: Mutable<RetentionRule>;
  reportRetentionHolds: Mutable<Hold>;
  reportErasureCertificates: Mutable<Certificate>;
};

/** Of one's own agency, the newest first. */
export const listRules = (db: Reader<RetentionTables>): Promise<RetentionRule[]> =>
  db
    .selectFrom('reportRetentionRules')
    .selectAll()
    .orderBy('validFrom', 'desc')
    .orderBy('setAt', 'desc')
    .limit(500)
    .execute();

export const addRule = async (tx: Writer<RetentionTables>, rule: RetentionRule): Promise<void> =>
  void (await tx.insertInto('reportRetentionRules').values(rule).execute());

/** Those that hold first, by the day on which they are to be reviewed. */
export const listHolds = (db: Reader<RetentionTables>): Promise<Hold[]> =>
  db
    .selectFrom('reportRetentionHolds')
    .selectAll()
    .orderBy(sql`ended_at is null`, 'desc')
    .orderBy('reviewOn')
    .orderBy('id')
    .limit(500)
    .execute();

export const listReportHolds = (db: Reader<RetentionTables>, reportId: ReportId): Promise<Hold[]> =>
  db.selectFrom('reportRetentionHolds').selectAll().where('reportId', '=', reportId).orderBy('setAt').execute();

export const getHold = (db: Reader<RetentionTables>, id: string): Promise<Hold> =>
  db
    .selectFrom('reportRetentionHolds')
    .selectAll()
    .where('id', '=', id as Hold['id'])
    .executeTakeFirstOrThrow(() => notFound('hold'));

/** Refused where there is no such report of this agency. */
export const addHold = (tx: Writer<RetentionTables>, hold: Hold) =>
  refuseOn({ [checkViolation]: 'no such report', [foreignKeyViolation]: 'no such report' } as const, () =>
    tx.insertInto('reportRetentionHolds').values(hold).execute(),
  );

/** False where it was ended before. */
export async function endHold(
  tx: Writer<RetentionTables>,
  id: Hold['id'],
  ended: { readonly endedBy: MemberId; readonly endedAt: Date; readonly endedBecause: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('reportRetentionHolds')
    .set(ended)
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export type OutcomeCount = {
  readonly outcome: Outcome;
  readonly closed: number;
  readonly due: number;
  readonly soon: number;
  readonly held: number;
};

/** The dry run in numbers: what is closed, what would go now, and what within the days of warning. */
export async function countRetention(db: Reader<AnyTables>, now: Date): Promise<OutcomeCount[]> {
  const { rows } = await sql<OutcomeCount>`select * from ctx.retention_counts(${now})`.execute(db);
  return rows;
}

export type DueReport = {
  readonly id: ReportId;
  readonly outcome: Outcome;
  readonly dueAt: Date;
  readonly held: boolean;
  readonly days: number;
  readonly source: string;
};

/** The dry run one by one: what goes next, by the moment at which it may. */
export async function listDueReports(db: Reader<AnyTables>, now: Date, most: number): Promise<DueReport[]> {
  const { rows } = await sql<DueReport>`select * from ctx.retention_next(${now}, ${most})`.execute(db);
  return rows;
}

export type ShownCertificate = Certificate & { readonly leaf: number | undefined };

/** The latest first, each with its leaf of the sealed log. */
export async function listCertificates(
  db: Reader<RetentionTables>,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly certificates: ShownCertificate[]; readonly total: number }> {
  const { total } = await db
    .selectFrom('reportErasureCertificates')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const certificates = await db
    .selectFrom('reportErasureCertificates')
    .selectAll()
    .orderBy('destroyedAt', 'desc')
    .orderBy('id')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  const ids = certificates.map(({ id }) => id);
  const { rows } = await sql<{
    id: string;
    leaf: string;
  }>`select id, leaf::text as leaf from ctx.certificate_leaves(${ids}::uuid[])`.execute(db);
  const leaves = new Map(rows.map(({ id, leaf }) => [id, Number(leaf)]));
  return { certificates: certificates.map((one) => ({ ...one, leaf: leaves.get(one.id) })), total: Number(total) };
}

/** At once so many: a transaction that writes for long holds up the sealing of the log. */
const maxPerBatch = 200;

/** Destroys what is due, with certificate and row of the log. Says whether more waits. For the leader. */
export async function destroyDueReports(tx: Reader<AnyTables>, now: Date): Promise<boolean> {
  const { rows } = await sql<{ destroyed: number }>`
    select ctx.destroy_due_reports(${now}, ${maxPerBatch}) as destroyed`.execute(tx);
  return rows[0]?.destroyed === maxPerBatch;
}
