/** Stores identity requests and decisions in PostgreSQL; append-only. */

import type { Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { AgencyId, MemberId, OperationId } from '../../vocabulary/ids.ts';
import type { Result } from '../../vocabulary/result.ts';
import type {
  IdentityRequest,
  IdentityRequestDecision,
  IdentityRequestEnd,
  IdentityRequestId,
} from './identity-request.ts';

export type IdentityRequestTables = {
  identityRequests: Mutable<IdentityRequest>;
  identityRequestDecisions: Mutable<IdentityRequestDecision>;
  identityRequestEnds: Mutable<IdentityRequestEnd>;
};

/** With the names of the people involved, and the decision. */
export type IdentityRequestDetails = IdentityRequest & {
  /** Name of the operation, if the member may know it. A custodian may not. */
  readonly codeName: string | null;
  readonly askerName: string;
  readonly agencyName: string;
  readonly ownerName: string;
  readonly decision: IdentityRequestDecision | undefined;
  /** Where a custodian ended it before its time. */
  readonly end: IdentityRequestEnd | undefined;
};

/** The rows that tell whose request it is, besides those of this store. */
type DetailTables = IdentityRequestTables & {
  operations: { id: OperationId; codeName: string };
  members: { id: MemberId; name: string };
  agencies: { id: AgencyId; name: string };
};

const selectIdentityRequests = (db: Reader<DetailTables>) =>
  db
    .selectFrom('identityRequests as o')
    .leftJoin('operations as p', 'p.id', 'o.operationId')
    .innerJoin('members as m', 'm.id', 'o.askedBy')
    .innerJoin('agencies as a', 'a.id', 'o.agencyId')
    .innerJoin('agencies as w', 'w.id', 'o.ownerId')
    .leftJoin('identityRequestDecisions as d', 'd.id', 'o.id')
    .leftJoin('identityRequestEnds as e', 'e.id', 'o.id')
    .selectAll('o')
    .select(['p.codeName', 'm.name as askerName', 'a.name as agencyName', 'w.name as ownerName'])
    .select(['d.granted', 'd.reasons', 'd.decidedBy', 'd.decidedAt'])
    .select(['e.reasons as endReasons', 'e.endedBy', 'e.endedAt'])
    .orderBy('o.askedAt', 'desc')
    .orderBy('o.id');

type DetailRow = Awaited<ReturnType<ReturnType<typeof selectIdentityRequests>['execute']>>[number];

function toIdentityRequestDetails({
  granted,
  reasons,
  decidedBy,
  decidedAt,
  endReasons,
  endedBy,
  endedAt,
  ...opening
}: DetailRow): IdentityRequestDetails {
  const { id } = opening;
  const decision =
    granted !== null && reasons !== null && decidedBy && decidedAt
      ? { id, granted, reasons, decidedBy, decidedAt }
      : undefined;
  const end = endReasons !== null && endedBy && endedAt ? { id, reasons: endReasons, endedBy, endedAt } : undefined;
  return { ...opening, decision, end };
}

/** All requests that the member may know about, latest first; at most 200. */
export async function listIdentityRequests(
  db: Reader<DetailTables>,
  { undecided = false }: { readonly undecided?: boolean } = {},
): Promise<IdentityRequestDetails[]> {
  let query = selectIdentityRequests(db).limit(200);
  if (undecided) query = query.where('d.id', 'is', null);
  return (await query.execute()).map(toIdentityRequestDetails);
}

export const getIdentityRequest = async (db: Reader<DetailTables>, id: string): Promise<IdentityRequestDetails> =>
  toIdentityRequestDetails(
    await selectIdentityRequests(db)
      .where('o.id', '=', id as IdentityRequestId)
      .executeTakeFirstOrThrow(() => notFound('opening')),
  );

const insertOnce = (write: () => Promise<unknown>) => refuseOn({ [uniqueViolation]: 'already' } as const, write);

/** Refused if the member has an undecided request or an open disclosure for the same name. */
export const addIdentityRequest = (
  tx: Writer<IdentityRequestTables>,
  opening: IdentityRequest,
): Promise<Result<unknown, 'already'>> => insertOnce(() => tx.insertInto('identityRequests').values(opening).execute());

/** Refused if another custodian was quicker. */
export const addDecision = (
  tx: Writer<IdentityRequestTables>,
  decision: IdentityRequestDecision,
): Promise<Result<unknown, 'already'>> =>
  insertOnce(() => tx.insertInto('identityRequestDecisions').values(decision).execute());

/** Refused where another custodian was quicker. */
export const addEarlyEnd = (
  tx: Writer<IdentityRequestTables>,
  end: IdentityRequestEnd,
): Promise<Result<unknown, 'already'>> => insertOnce(() => tx.insertInto('identityRequestEnds').values(end).execute());
