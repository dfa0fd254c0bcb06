/** Stores reports from people who are signed in, through a database function, and lists what each member sent. */
import { sql } from 'kysely';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import type { SealedReport } from '../intake/store.ts';
import { dangerHours, type ReportId } from '../report.ts';
import type { StaffIntakeWay } from './staff-intake.ts';

export type StaffIntake = {
  readonly id: ReportId;
  readonly way: StaffIntakeWay;
  readonly agencyId: AgencyId;
  readonly takenBy: MemberId;
  /** The agency of the member who took it. */
  readonly takenFor: AgencyId;
  readonly takenAt: Date;
};
type Row = { -readonly [Key in keyof StaffIntake]: StaffIntake[Key] };
export type TakingTables = { reportIntakes: Row };

export type IntakeResult = 'taken' | 'there already' | 'not attended';

/** Kept once, however often it is sent; by the line whose key it is sealed to, if that is attended. */
export async function addStaffReport(
  tx: Writer<AnyTables>,
  report: SealedReport,
  keyId: string,
): Promise<IntakeResult> {
  const { id, way, sealedKey, receiptKey, lookUp, danger, partId, told, contact } = report;
  const { rows } = await sql<{ taken: IntakeResult }>`
    select ctx.take_report(${id}, ${way}, ${keyId}, ${sealedKey}, ${receiptKey}, ${lookUp}, ${dangerHours}, ${danger},
      ${partId}, ${told}, ${contact?.sealedKey ?? null}, ${contact?.sealed ?? null}) as taken`.execute(tx);
  return rows[0]?.taken ?? 'not attended';
}

/** The member who took or sent it, if any. */
export const findStaffIntake = (db: Reader<TakingTables>, id: ReportId): Promise<StaffIntake | undefined> =>
  db.selectFrom('reportIntakes').selectAll().where('id', '=', id).executeTakeFirst();

/** Reports that a member sent, the latest first. */
export const listSentReports = (db: Reader<TakingTables>, memberId: string): Promise<StaffIntake[]> =>
  db
    .selectFrom('reportIntakes')
    .selectAll()
    .where('takenBy', '=', memberId as MemberId)
    .orderBy('takenAt', 'desc')
    .orderBy('id')
    .limit(100)
    .execute();
