/** What the background work of the check reads and writes: plans of all agencies, tags, matches. */
import { sql } from 'kysely';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, Mutable, Writer } from '../../platform/database/database.ts';
import type { AgencyId, OperationId, VisitId } from '../../vocabulary/ids.ts';
import { toPremisesInputs } from './check-inputs.ts';
import type { Contact, Failure, Match, Partner, PartnerId, PartyId, Target } from './deconfliction.ts';
import { type CheckTables, sealedInputs } from './store.ts';

type TagRow = { agencyId: AgencyId; party: PartyId; week: string; held: boolean; input: Buffer; tag: Buffer };
type RoundTables = CheckTables & {
  deconflictionTags: TagRow;
};
export type Tx = Writer<RoundTables>;

export const listContacts = (tx: Tx): Promise<Contact[]> =>
  tx.selectFrom('deconflictionContacts').selectAll().orderBy('agencyId').execute();

export const listActivePartners = (tx: Tx): Promise<Partner[]> =>
  tx
    .selectFrom('deconflictionPartners')
    .selectAll()
    .where('endedAt', 'is', null)
    .orderBy(sql`greatest(answered_at, failed_at) nulls first`)
    .orderBy('id')
    .execute();

type PlanRow = Pick<Target, 'agencyId' | 'operationId' | 'hidden'> & {
  readonly id: VisitId;
  readonly address: string;
  readonly town: string;
  readonly postcode: string | null;
};

/** Visits that are still planned in these days, and what triage has compared, of agencies that take part. */
export async function listTargets(
  tx: Tx,
  keys: UnitKeys,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly Target[]> {
  const { rows: visits } = await sql<PlanRow>`select * from ctx.plans_to_compare(${from}, ${to})`.execute(tx);
  const subjects = await tx
    .selectFrom('deconflictionSubjects as s')
    .innerJoin('deconflictionContacts as c', 'c.agencyId', 's.agencyId')
    .selectAll('s')
    .where('s.until', '>=', from)
    .orderBy('s.addedAt')
    .orderBy('s.id')
    .execute();
  return [
    ...visits.map(({ id, agencyId, operationId, hidden, ...place }) => ({
      ...{ id, agencyId, operationId, hidden },
      inputs: toPremisesInputs(place),
    })),
    ...subjects.map((subject) => ({
      ...{ id: subject.id, agencyId: subject.agencyId, operationId: null, hidden: false },
      inputs: sealedInputs.open(keys, subject.id, subject),
    })),
  ];
}

/** One side of a pair: an agency, and the other agency or partner. */
export type Side = { readonly agencyId: AgencyId; readonly party: PartyId };
export type KeptTag = { readonly input: Buffer; readonly tag: Buffer };

export const listTags = (tx: Tx, { agencyId, party }: Side, week: string, held: boolean): Promise<KeptTag[]> =>
  tx
    .selectFrom('deconflictionTags')
    .select(['input', 'tag'])
    .where('agencyId', '=', agencyId)
    .where('party', '=', party)
    .where('week', '=', week)
    .where('held', '=', held)
    .execute();

export async function addTags(
  tx: Tx,
  { agencyId, party }: Side,
  week: string,
  held: boolean,
  tags: readonly KeptTag[],
): Promise<void> {
  if (tags.length === 0) return;
  await tx
    .insertInto('deconflictionTags')
    .values(tags.map((tag) => ({ agencyId, party, week, held, ...tag })))
    .onConflict((on) => on.doNothing())
    .execute();
}

export async function removeHeld(tx: Tx, { agencyId, party }: Side, week: string, inputs: readonly Buffer[]) {
  if (inputs.length === 0) return;
  await tx
    .deleteFrom('deconflictionTags')
    .where('agencyId', '=', agencyId)
    .where('party', '=', party)
    .where('week', '=', week)
    .where('held', '=', true)
    .where('input', 'in', inputs as Buffer[])
    .execute();
}

/** Tags of other weeks answer nothing any more; counts and matches are kept for a year. */
export async function deleteOld(tx: Tx, week: string, yearAgo: Date): Promise<void> {
  await tx.deleteFrom('deconflictionTags').where('week', '<>', week).execute();
  await tx.deleteFrom('deconflictionQuestions').where('hour', '<', yearAgo).execute();
  await tx.deleteFrom('deconflictionMatches').where('endedAt', '<', yearAgo).execute();
}

type Counted = { readonly name: string; readonly week: string; readonly questions: number; readonly now: Date };

/** Counts questions that `asker` asks `holder`; false where they are more than a week allows. */
export async function countQuestions(
  tx: Writer<AnyTables>,
  holder: string,
  asker: string,
  { name, week, questions, now }: Counted,
  most: number,
): Promise<boolean> {
  const { rows } = await sql<{ allowed: boolean }>`
    select ctx.count_deconfliction(${holder}, ${asker}, ${name}, ${week}, ${questions}, ${most}, ${now}) as allowed`.execute(
    tx,
  );
  return rows[0]?.allowed === true;
}

export async function noteQuestions(
  tx: Writer<AnyTables>,
  asker: string,
  holder: string,
  { name, week, questions, now }: Counted,
  allowed: boolean,
): Promise<void> {
  await sql`
    select ctx.note_deconfliction(${asker}, ${holder}, ${name}, ${week}, ${questions}, ${allowed}, ${now})`.execute(tx);
}

export async function saveHeard(
  tx: Tx,
  id: PartnerId,
  heard: { readonly answeredAt: Date; readonly failure: null } | { readonly failedAt: Date; readonly failure: Failure },
): Promise<void> {
  await tx.updateTable('deconflictionPartners').set(heard).where('id', '=', id).execute();
}

/** Matches of one pair that are known, over or not. */
export const listKnownMatches = (tx: Tx, { agencyId, party }: Side): Promise<Match[]> =>
  tx
    .selectFrom('deconflictionMatches')
    .selectAll()
    .where('agencyId', '=', agencyId)
    .where('party', '=', party)
    .execute();

export async function addMatch(tx: Tx, match: Match): Promise<void> {
  await tx.insertInto('deconflictionMatches').values(match).execute();
}

export async function changeMatch(tx: Tx, id: string, changed: Partial<Mutable<Match>>): Promise<void> {
  await tx
    .updateTable('deconflictionMatches')
    .set(changed)
    .where('id', '=', id as Match['id'])
    .execute();
}

export async function listParticipants(tx: Tx, operationId: OperationId): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ memberId: string }>`
    select member_id from ctx.participants_to_tell(${operationId}) told(member_id)`.execute(tx);
  return new Set(rows.map(({ memberId }) => memberId));
}

/** Names of the agencies that take part, by id. */
export async function readAgencyNames(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ agencyId: string; name: string }>`select * from ctx.parties_to_compare()`.execute(tx);
  return new Map(rows.map(({ agencyId, name }) => [agencyId, name]));
}
