/** How far the results of an operation are, for the task list of its overview. */
import type { ResultState } from '../platform/area.ts';
import type { Request } from '../platform/http/server.ts';
import { listVersions } from './store.ts';

/** Undefined for members who see no return. */
export async function readResultState(request: Request, operationId: string): Promise<ResultState | undefined> {
  if (!request.can('return.read')) return undefined;
  const [latest] = await request.under('return.read', (db) => listVersions(db, operationId));
  if (!latest) return 'not counted';
  return latest.signature ? 'signed' : 'counted';
}
