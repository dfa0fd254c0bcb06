/** Numbers that distinguish people met at one visit, for members who may see the visit. */
import { listAgencies } from '../../identity/agencies/index.ts';
import { listTakingPart } from '../../operations/plan/index.ts';
import type { Request } from '../../platform/http/server.ts';
import { type EncounterLabel, readEncounterLabels } from '../../visits/index.ts';
import type { OperationId } from '../../vocabulary/ids.ts';

/** Which person of which visit, for visits that the member may see. Logged only in the safeguarding database, with the notes. */
export async function findEncounterSummaries(
  request: Request,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EncounterLabel>> {
  if (!request.can('encounter.read')) return new Map();
  return request.under('encounter.read', (db) => readEncounterLabels(db, ids));
}

/** Other safeguarding leads of the operation at support agencies: they can read its notes too. */
export async function listOtherLeads(request: Request, operationId: OperationId): Promise<string[]> {
  if (!request.can('operation.read')) return [];
  const { people, helping } = await request.under('operation.read', async (db) => ({
    people: await listTakingPart(db, [operationId]),
    helping: new Set((await listAgencies(db)).flatMap(({ id, side }) => (side === 'help' ? [id as string] : []))),
  }));
  return people
    .filter(({ roles, agencyId }) => roles.includes('safeguarding lead') && helping.has(agencyId))
    .filter(({ memberId }) => memberId !== request.actor.memberId)
    .map(({ name, agencyName }) => `${name} of ${agencyName}`);
}
