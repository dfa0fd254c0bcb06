/** Stores confirmations in PostgreSQL: added by triggers, decided once. */

import { sql } from 'kysely';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import { checkViolation, refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { Result } from '../../vocabulary/result.ts';
import type { Confirmation, ConfirmationState, Decision } from './role-approval.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
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

const queryConfirmations = (db: Reader<AnyTables>) =>
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

function toConfirmationDetails(row: Record<string, unknown>): ConfirmationDetails {
  const { confirmed, grounds, decidedBy, decidedAt, name, title, agencyName, gone, nobodyAtHome, ...confirmation } =
    row;
  const decision = decidedBy ? { id: confirmation.id, confirmed, grounds, decidedBy, decidedAt } : undefined;
  return { confirmation, decision, name, title, agencyName, gone, nobodyAtHome } as unknown as ConfirmationDetails;
}

/** All that the asking member may read, the latest first; at most two hundred. */
export async function listConfirmations(
  db: Reader<AnyTables>,
  { undecided = false }: { readonly undecided?: boolean } = {},
): Promise<ConfirmationDetails[]> {
  let query = queryConfirmations(db).limit(200);
  if (undecided) query = query.where('d.id', 'is', null).where('m.gone', '=', false);
  return (await query.execute()).map(toConfirmationDetails);
}

export async function getConfirmation(db: Reader<AnyTables>, id: string): Promise<ConfirmationDetails> {
  const row = await queryConfirmations(db).where('c.id', '=', id).executeTakeFirst();
  if (!row) throw notFound('confirmation');
  return toConfirmationDetails(row);
}

/** Refused where another person decided first, or where the rules no longer allow the member these roles. */
export const addDecision = (
  tx: Writer<ConfirmationTables>,
  decision: Decision,
): Promise<Result<unknown, 'decided already' | 'not allowed'>> =>
  refuseOn({ [uniqueViolation]: 'decided already', [checkViolation]: 'not allowed' }, () =>
    tx.insertInto('confirmationDecisions').values(decision).execute(),
  );
