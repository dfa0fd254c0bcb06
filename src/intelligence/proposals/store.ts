/** Stores proposals in PostgreSQL: the case sealed under a key of its own, the decision in the open. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { EntityId } from '../entities/entity.ts';
import { sealedContentOf } from '../sealed-content.ts';
import type { OpenProposal, Proposal, ProposalContent, ProposalId } from './proposal.ts';

type ProposalRow = Mutable<Proposal> & { sealedContent: Buffer; wrappedKey: Buffer };
export type ProposalTables = { intelligenceProposals: ProposalRow };
type Audited = AuditedReader<ProposalTables>;
type Tx = Writer<ProposalTables>;

const sealed = sealedContentOf<ProposalContent>('intelligence_proposals', 1_024);

const openRow = (keys: UnitKeys, { sealedContent, wrappedKey, ...proposal }: ProposalRow): OpenProposal => ({
  ...proposal,
  ...sealed.open(keys, proposal.id, { sealedContent, wrappedKey }),
});

type Made = Pick<Proposal, 'id' | 'agencyId' | 'entityId' | 'proposedBy' | 'proposedAt'>;

export async function addProposal(tx: Tx, keys: UnitKeys, made: Made, content: ProposalContent): Promise<void> {
  await tx
    .insertInto('intelligenceProposals')
    .values({ ...made, state: 'proposed', ...sealed.seal(keys, made.id, content) } as never)
    .execute();
}

export async function getProposal(db: Audited, keys: UnitKeys, id: ProposalId): Promise<OpenProposal> {
  const row = await db.selectFrom('intelligenceProposals').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('proposal');
  return openRow(keys, row);
}

/** One page, those that wait first, then the latest. */
export async function listProposals(
  db: Audited,
  keys: UnitKeys,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly proposals: readonly OpenProposal[]; readonly total: number }> {
  const rows = await db
    .selectFrom('intelligenceProposals')
    .selectAll()
    .orderBy((eb) => eb('state', '=', 'proposed'), 'desc')
    .orderBy('proposedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  const { count } = await db
    .selectFrom('intelligenceProposals')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { proposals: rows.map((row) => openRow(keys, row)), total: Number(count) };
}

/** Of these entities, the latest first: without the case. */
export async function listProposalsOf(db: Audited, entityIds: readonly EntityId[]): Promise<readonly Proposal[]> {
  if (entityIds.length === 0) return [];
  const rows = await db
    .selectFrom('intelligenceProposals')
    .selectAll()
    .where('entityId', 'in', entityIds as EntityId[])
    .orderBy('proposedAt', 'desc')
    .execute();
  return rows.map(({ sealedContent: _, wrappedKey: __, ...proposal }) => proposal);
}

export async function countWaitingProposals(db: Reader<ProposalTables>): Promise<number> {
  const { count } = await db
    .selectFrom('intelligenceProposals')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', 'proposed')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Locked until the transaction ends; undefined where it was removed with its intelligence. */
export const lockProposal = (tx: Tx, id: ProposalId): Promise<Pick<Proposal, 'state' | 'result'> | undefined> =>
  tx
    .selectFrom('intelligenceProposals')
    .select(['state', 'result'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

type Decided = Partial<Pick<Proposal, 'state' | 'decidedBy' | 'decidedAt' | 'reason' | 'operationId' | 'premisesId'>>;
export async function saveDecision(tx: Tx, id: ProposalId, decided: Decided): Promise<void> {
  await tx.updateTable('intelligenceProposals').set(decided).where('id', '=', id).execute();
}

export async function saveResult(
  tx: Tx,
  id: ProposalId,
  result: Pick<Proposal, 'result' | 'resultBy' | 'resultAt'>,
): Promise<void> {
  await tx.updateTable('intelligenceProposals').set(result).where('id', '=', id).execute();
}
