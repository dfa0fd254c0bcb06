/** Tasks about returns for the home page of analysts and signers. */

import { paginateOperations } from '../operations/plan/index.ts';
import { countedTask, type HomeItem, type HomeStage } from '../platform/http/home.ts';
import { dayOf } from '../vocabulary/calendar/wall-clock.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { isDueAgain } from './changed-records.ts';
import { mayCountersign } from './second-signature/routes.ts';
import { type FirstSignature, isSentBack, isWaiting } from './second-signature/second-signature.ts';
import { listFirstSignatures } from './second-signature/store.ts';
import { listLatestReturns } from './store.ts';

/** Returns on the home page, for those who count them. */
export const returnsHomeStage: HomeStage = {
  stage: 'returns',
  action: 'return.read',
  says: (can) =>
    can('return.count')
      ? 'results to count and returns to sign'
      : can('return.countersign')
        ? 'returns to countersign'
        : can('exchange.read')
          ? 'returns from partnerships that are due, missing or wrong, and joint visits to decide'
          : undefined,
  waiting: async (db, request) => {
    if (!request.can('return.countersign')) return [];
    const { operations } = await paginateOperations(db, { page: 1, size: 500, today: request.today, standing: 'over' });
    const latest = await listLatestReturns(db, request.actor.partnerOperations);
    const counted = new Set(latest.map(({ operationId }) => operationId));
    const named = new Map<string, string>(operations.map(({ id, codeName }) => [id, codeName]));
    const toCount = operations.filter(({ id }) => !counted.has(id));
    const unsigned = latest.filter(({ signedAt }) => !signedAt);
    const firsts = new Map<string, FirstSignature>(
      unsigned.length === 0
        ? []
        : (
            await listFirstSignatures(
              db,
              unsigned.map(({ id }) => id),
            )
          ).map((first) => [first.returnId, first]),
    );
    const led = new Map<string, string>(operations.map(({ id, agencyId }) => [id, agencyId]));
    const toCountersign = unsigned.filter(({ id, operationId }) =>
      mayCountersign(request.actor, firsts.get(id), led.get(operationId) ?? ''),
    );
    const secondSignatures = createItems(toCountersign, {
      what: toCountersign.every(({ id }) => firsts.get(id)?.stage === 'final')
        ? ['Countersign a final return', 'Countersign # final returns']
        : ['Countersign a return', 'Countersign # returns'],
      detail: 'A colleague signed it. It counts when you countersign it.',
      status: 'to do',
      path: returnPaths.countersign,
      nameOf: ({ operationId }) => named.get(operationId),
    });
    if (!request.can('return.count')) return secondSignatures;
    const sentBack = unsigned.filter(({ id }) => isSentBack(firsts.get(id)));
    const toSign = unsigned.filter(({ id }) => !isWaiting(firsts.get(id)) && !isSentBack(firsts.get(id)));
    const changed = latest.filter(({ signedAt, changedAt }) => signedAt && changedAt);
    const endsOn = new Map(operations.map((one) => [one.id as string, one.endsOn]));
    const due = latest.filter(
      ({ operationId, signedAt, changedAt, stage, madeAt }) =>
        signedAt &&
        !changedAt &&
        isDueAgain(stage, {
          countedOn: dayOf(madeAt),
          lastDay: endsOn.get(operationId) ?? request.today,
          today: request.today,
        }),
    );
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
      ...createItems(sentBack, {
        what: ['Correct a return that was sent back', 'Correct # returns that were sent back'],
        detail: 'The page of the return says why.',
        status: 'needs attention',
        path: returnPaths.return,
        nameOf: ({ operationId }) => named.get(operationId),
      }),
      ...secondSignatures,
      ...createItems(changed, {
        what: ['Count a signed return again', 'Count # signed returns again'],
        detail: 'Records have changed since it was signed.',
        status: 'needs attention',
        path: returnPaths.return,
        nameOf: ({ operationId }) => named.get(operationId),
      }),
      ...createItems(due, {
        what: ['Count a return again for late referrals', 'Count # returns again for late referrals'],
        detail: 'Counted more than a week ago. Referrals and notes may have come since.',
        status: 'to do',
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
