/** Invented proposals, for tests. Arranges with an all-powerful database. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { EntityId } from '../entities/entity.ts';
import type { ProposalId } from './proposal.ts';
import { addProposal } from './store.ts';

const proposedAt = new Date('2026-09-15T11:00:00Z');

/** One that waits. Gives its id. */
export async function addExampleProposal(
  db: Db,
  keys: UnitKeys,
  by: { readonly id: string; readonly agencyId: string },
  entityId: string,
  { id = newId<'intelligence proposal'>(), text = 'Men are kept there.' } = {},
): Promise<ProposalId> {
  const made = { id, agencyId: by.agencyId as AgencyId, proposedBy: by.id as MemberId, proposedAt };
  await addProposal(
    db,
    keys,
    { ...made, entityId: entityId as EntityId },
    { title: text, address: '3 Meadow Road', postcode: null, text, powers: null, risks: null, conditions: [] },
  );
  return id;
}
