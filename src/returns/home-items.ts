/** Tasks about returns for the home page of analysts and signers. */

import { paginateOperations } from '../operations/plan/index.ts';
import { countedTask, type HomeItem, type HomeStage } from '../platform/http/home.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { listLatestReturns } from './store.ts';

/** Returns on the home page, for those who count them. */
export const returnsHomeStage: HomeStage = {
  stage: 'returns',
  action: 'return.read',
  says: (can) => (can('return.count') ? 'results to count and returns to sign' : undefined),
  waiting: async (db, request) => {
    if (!request.can('return.count')) return [];
    const { operations } = await paginateOperations(db, { page: 1, size: 500, today: request.today, standing: 'over' });
    const latest = await listLatestReturns(db, request.actor.partnerOperations);
    const counted = new Set(latest.map(({ operationId }) => operationId));
    const named = new Map<string, string>(operations.map(({ id, codeName }) => [id, codeName]));
    const toCount = operations.filter(({ id }) => !counted.has(id));
    const toSign = latest.filter(({ signedAt }) => !signedAt);
    const changed = latest.filter(({ signedAt, changedAt }) => signedAt && changedAt);
    return [
      ...createItems(toCount, {
        what: ['Count the results of an operation', 'Count the results of # operations'],
        status: 'not started',
        path: returnPaths.operation,
        nameOf: ({ id }) => named.get(id),
      }),
      ...createItems(toSign, {
        what: ['Sign a return', 'Sign # returns'],
        status: 'to do',
        path: returnPaths.return,
        nameOf: ({ operationId }) => named.get(operationId),
      }),
      ...createItems(changed, {
        what: ['Count a signed return again', 'Count # signed returns again'],
        detail: 'Records have changed since it was signed.',
        status: 'needs attention',
        path: returnPaths.return,
        nameOf: ({ operationId }) => named.get(operationId),
      }),
    ];
  },
};

type Described<Of> = Pick<HomeItem, 'detail' | 'status'> & {
  readonly what: readonly [one: string, many: string];
  readonly path: (id: string) => string;
  readonly nameOf: (of: Of) => string | undefined;
};

/** One thing opens at once, under the name of its operation; several open the list. */
function createItems<Of extends { readonly id: string }>(
  of: readonly Of[],
  { what, detail, status, path, nameOf }: Described<Of>,
): HomeItem[] {
  const [first] = of;
  if (!first) return [];
  const only = of.length === 1;
  return [
    {
      ...{ detail, status, count: of.length },
      what: countedTask(of.length, ...what),
      for: only ? nameOf(first) : undefined,
      href: only ? path(first.id) : returnPaths.list(),
    },
  ];
}
