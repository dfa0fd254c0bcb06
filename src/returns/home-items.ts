/** Tasks about returns for the home page of analysts and signers. */

import { paginateOperations } from '../operations/plan/index.ts';
import type { HomeItem, HomeStage } from '../platform/http/home.ts';
import { capital, countWord, plural } from '../vocabulary/languages/english.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { listLatestReturns } from './store.ts';

/** Returns on the first page, with the actions of those who count. */
export const returnsHomeStage: HomeStage = {
  stage: 'returns',
  href: returnPaths.list(),
  action: 'return.read',
  says: 'Results of operations, counted and checked.',
  waiting: async (db, request) => {
    if (!request.can('return.count')) return [];
    const { operations } = await paginateOperations(db, { page: 1, size: 500, today: request.today, standing: 'over' });
    const latest = await listLatestReturns(db, request.actor.partnerOperations);
    const counted = new Set(latest.map(({ operationId }) => operationId));
    const toCount = operations.filter(({ id }) => !counted.has(id));
    const toSign = latest.filter(({ signedAt }) => !signedAt);
    const changed = latest.filter(({ signedAt, changedAt }) => signedAt && changedAt);
    return [
      createHomeItem(
        toCount,
        'operation is over and not counted',
        'operations are over and not counted',
        returnPaths.operation,
      ),
      createHomeItem(toSign, 'return is to be signed', 'returns are to be signed', returnPaths.return),
      createHomeItem(
        changed,
        'signed return whose records have changed',
        'signed returns whose records have changed',
        returnPaths.return,
      ),
    ].filter((waiting) => waiting.count > 0);
  },
};

/** One thing opens at once; several open the list. */
function createHomeItem(
  of: readonly { readonly id: string }[],
  one: string,
  many: string,
  path: (id: string) => string,
): HomeItem {
  const [first] = of;
  const href = of.length === 1 && first ? path(first.id) : returnPaths.list();
  return { text: `${capital(countWord(of.length))} ${plural(of.length, one, many)}`, href, count: of.length };
}
