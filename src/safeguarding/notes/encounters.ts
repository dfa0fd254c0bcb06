/** Numbers that distinguish people met at one visit, for members who may see the visit. */
import type { Request } from '../../platform/http/server.ts';
import { type EncounterLabel, readEncounterLabels } from '../../visits/index.ts';

/** Which person of which visit, for visits that the member may see. Logged only in the safeguarding database, with the notes. */
export async function findEncounterSummaries(
  request: Request,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EncounterLabel>> {
  if (!request.can('encounter.read')) return new Map();
  return request.under('encounter.read', (db) => readEncounterLabels(db, ids));
}
