/** Stores requests to open a source identity, or a file as received, in PostgreSQL. Rows are added and never changed. */

import { sql } from 'kysely';
import type { AnyTables, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { refuseOn, uniqueViolation, wrongState } from '../../platform/database/violations.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { Result } from '../../vocabulary/result.ts';
import type { ReportId } from '../report.ts';
import type { SourceIdentityDecision, SourceIdentityRequest } from './identity-request.ts';

export type ContactTables = {
  sourceIdentityRequests: Mutable<SourceIdentityRequest>;
  sourceIdentityDecisions: Mutable<SourceIdentityDecision>;
};

export type IdentityRequestDetails = SourceIdentityRequest & { readonly decision: SourceIdentityDecision | undefined };

const queryRequests = (db: Reader<ContactTables>) =>
  db
    .selectFrom('sourceIdentityRequests as o')
    .leftJoin('sourceIdentityDecisions as d', 'd.id', 'o.id')
    .selectAll('o')
    .select(['d.granted', 'd.reasons', 'd.decidedBy', 'd.decidedAt'])
    .orderBy('o.askedAt', 'desc')
    .orderBy('o.id');

type DetailRow = Awaited<ReturnType<ReturnType<typeof queryRequests>['execute']>>[number];

function toRequestDetails({ granted, reasons, decidedBy, decidedAt, ...opening }: DetailRow): IdentityRequestDetails {
  const decision =
    granted !== null && reasons !== null && decidedBy && decidedAt
      ? { id: opening.id, granted, reasons, decidedBy, decidedAt }
      : undefined;
  return { ...opening, decision };
}

/** All that who asks may know of, the latest first. */
export const listSourceIdentityRequests = async (db: Reader<ContactTables>): Promise<IdentityRequestDetails[]> =>
  (await queryRequests(db).limit(200).execute()).map(toRequestDetails);

export const listReportIdentityRequests = async (
  db: Reader<ContactTables>,
  reportId: ReportId,
): Promise<IdentityRequestDetails[]> =>
  (await queryRequests(db).where('o.reportId', '=', reportId).execute()).map(toRequestDetails);

export const getSourceIdentityRequest = async (
  db: Reader<ContactTables>,
  id: string,
): Promise<IdentityRequestDetails> =>
  toRequestDetails(
    await queryRequests(db)
      .where('o.id', '=', id as SourceIdentityRequest['id'])
      .executeTakeFirstOrThrow(() => notFound('opening')),
  );

/** Whether a reader's report bears it at all. */
export async function hasSourceIdentity(db: Reader<AnyTables>, id: ReportId): Promise<boolean> {
  const { rows } = await sql<{ held: boolean | null }>`select ctx.contact_held(${id}) as held`.execute(db);
  return rows[0]?.held === true;
}

const refuseRepeat = (write: () => Promise<unknown>) =>
  refuseOn({ [uniqueViolation]: 'already', [wrongState]: 'taken back' } as const, write);

/** Refused where one has asked already and waits, or has it open. */
export const addSourceIdentityRequest = (
  tx: Writer<ContactTables>,
  opening: SourceIdentityRequest,
): Promise<Result<unknown, 'already' | 'taken back'>> =>
  refuseRepeat(() => tx.insertInto('sourceIdentityRequests').values(opening).execute());

/** Refused where another custodian was quicker. */
export const addSourceIdentityDecision = (
  tx: Writer<ContactTables>,
  decision: SourceIdentityDecision,
): Promise<Result<unknown, 'already' | 'taken back'>> =>
  refuseRepeat(() => tx.insertInto('sourceIdentityDecisions').values(decision).execute());
