/** What tells people met at one visit from each other, for whoever may see the visit. */
import type { Request } from '../../platform/http.ts';
import { type Told, tellApart } from '../../visits/index.ts';

/** Which person of which visit: of those whose visit who asks may see. Written down behind the wall alone, with the notes. */
export async function metOf(request: Request, ids: readonly string[]): Promise<ReadonlyMap<string, Told>> {
  if (!request.can('encounter.read')) return new Map();
  return request.under('encounter.read', (db) => tellApart(db, ids));
}
