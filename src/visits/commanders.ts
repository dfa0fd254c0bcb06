/** Names of the commanders of an operation, for a page that says “Ask your commander”. Safelight holds no telephone numbers of members. */
import { listTakingPart } from '../operations/plan/index.ts';
import type { AnyTables, Reader } from '../platform/database/database.ts';
import { listOf } from '../vocabulary/languages/english.ts';

/** One sentence to put after “Ask your commander”; undefined where the reader may see no commander. */
export async function nameCommanders(db: Reader<AnyTables>, operationId: string): Promise<string | undefined> {
  const commanders = (await listTakingPart(db, [operationId])).filter(({ roles }) => roles.includes('commander'));
  if (commanders.length === 0) return undefined;
  const names = commanders.map(({ title, name, agencyName }) => `${title} ${name} (${agencyName})`.trim());
  return `${names.length === 1 ? 'The commander is' : 'The commanders are'} ${listOf(names)}.`;
}
