/** Stores confirmations in PostgreSQL: added by triggers, decided once. */

import { sql } from 'kysely';
import type { Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { checkViolation, refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { Result } from '../../vocabulary/result.ts';
import type { PartnershipTables } from '../agencies/store.ts';
import type { Confirmation, ConfirmationId, ConfirmationState, Decision } from './role-approval.ts';

export type ConfirmationTables = {
  confirmations: Mutable<Confirmation>;
  confirmationDecisions: Mutable<Decision>;
};

/** With the names of the people involved. */
export type ConfirmationDetails = ConfirmationState & {
  readonly name: string;
  readonly title: string;
  readonly agencyName: string;
};

const queryConfirmations = (db: Reader<ConfirmationTables & PartnershipTables>) =>
  db
    .selectFrom('confirmations as c')
    .innerJoin('members as m', 'm.id', 'c.memberId')
    .innerJoin('agencies as a', 'a.id', 'c.agencyId')
    .leftJoin('confirmationDecisions as d', 'd.id', 'c.id')
    .selectAll('c')
    .select(['m.name', 'm.title', 'm.gone', 'a.name as agencyName'])
    .select(['d.confirmed', 'd.grounds', 'd.decidedBy', 'd.decidedAt'])
    .select(sql<boolean>`ctx.nobody_at_home(c.agency_id, c.member_id, c.asked_by)`.as('nobodyAtHome'))
    .orderBy('c.askedAt', 'desc')
    .orderBy('c.id');

/** The decision's columns are null until it is made. */
type ConfirmationRow = Confirmation &
  Omit<ConfirmationDetails, 'confirmation' | 'decision'> & {
    readonly [Column in keyof Omit<Decision, 'id'>]: Decision[Column] | null;
  };

function toConfirmationDetails({
  confirmed,
  grounds,
  decidedBy,
  decidedAt,
  name,
  title,
  agencyName,
  gone,
  nobodyAtHome,
  ...confirmation
}: ConfirmationRow): ConfirmationDetails {
  const decision =
    confirmed !== null && grounds !== null && decidedBy && decidedAt
      ? { id: confirmation.id, confirmed, grounds, decidedBy, decidedAt }
      : undefined;
  return { confirmation, decision, name, title, agencyName, gone, nobodyAtHome };
}

/** All that the asking member may read, the latest first; at most two hundred. */
export async function listConfirmations(
  db: Reader<ConfirmationTables & PartnershipTables>,
  { undecided = false }: { readonly undecided?: boolean } = {},
): Promise<ConfirmationDetails[]> {
  let query = queryConfirmations(db).limit(200);
  if (undecided) query = query.where('d.id', 'is', null).where('m.gone', '=', false);
  return (await query.execute()).map(toConfirmationDetails);
}

export const getConfirmation = async (
  db: Reader<ConfirmationTables & PartnershipTables>,
  id: string,
): Promise<ConfirmationDetails> =>
  toConfirmationDetails(
    await queryConfirmations(db)
      .where('c.id', '=', id as ConfirmationId)
      .executeTakeFirstOrThrow(() => notFound('confirmation')),
  );

/** Refused where another person decided first, or where the rules no longer allow the member these roles. */
export const addDecision = (
  tx: Writer<ConfirmationTables>,
  decision: Decision,
): Promise<Result<unknown, 'decided already' | 'not allowed'>> =>
  refuseOn({ [uniqueViolation]: 'decided already', [checkViolation]: 'not allowed' }, () =>
    tx.insertInto('confirmationDecisions').values(decision).execute(),
  );
