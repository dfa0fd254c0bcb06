/** What other areas show of taskings: the deadline of a week, and the return that is due on Home. */

import { listOperations } from '../../../operations/weeks/index.ts';
import type { TaskedOperation, TaskedWeek, WeekTasking } from '../../../platform/area.ts';
import type { HomeItem, HomeItems } from '../../../platform/http/home.ts';
import type { Request } from '../../../platform/http/server.ts';
import { taskingPaths } from '../../../vocabulary/paths/exchange.ts';
import { returnPaths } from '../../../vocabulary/paths/returns.ts';
import { listLatestReturns } from '../../store.ts';
import { findConflicts, listInForce, type ReceivedTasking } from './received.ts';
import { listCoordinatorKeys, listTaskings, listTaskingsOfWeek } from './received-store.ts';

/** The taskings of a week that are in force, for members who read taskings. */
export async function readWeekTaskings(
  request: Request,
  week: TaskedWeek,
  operations: readonly TaskedOperation[],
): Promise<readonly WeekTasking[]> {
  if (!request.can('tasking.read')) return [];
  const taskings = await request.under('tasking.read', (db) => listTaskingsOfWeek(db, week.id));
  return taskings.map(({ id, document }) => ({
    href: taskingPaths.tasking(id),
    coordinator: document.instance.name,
    deadline: new Date(document.deadline),
    definitions: document.definitions,
    area: document.area ?? null,
    conflicts: findConflicts(document, { week, operations, today: request.today }),
  }));
}

/** A deadline stays on Home for this long, for who does not see whether the return was signed. */
const shownAfter = 24 * 60 * 60_000;

const item = (
  { document }: ReceivedTasking,
  more: Pick<HomeItem, 'what' | 'detail' | 'href' | 'status'>,
): HomeItem => ({ for: document.week.name, due: new Date(document.deadline), count: 1, ...more });

/** The own operations of a tasking's week that have no signed return. */
async function listUnsigned(request: Request, taskings: readonly ReceivedTasking[]) {
  const counts = request.can('return.workings');
  const own = await request.under(counts ? 'return.workings' : 'tasking.read', async (db) =>
    (await listOperations(db)).filter(
      ({ agencyId, weekId }) =>
        agencyId === request.actor.agencyId && taskings.some((tasking) => tasking.weekId === weekId),
    ),
  );
  if (own.length === 0 || !counts) return own;
  const ids = own.map(({ id }) => id);
  const latest = await request.under('return.read', (db) => listLatestReturns(db, ids));
  const signed = new Set<string>(latest.filter(({ signedAt }) => signedAt).map(({ operationId }) => operationId));
  return own.filter(({ id }) => !signed.has(id));
}

function dueItems(
  request: Request,
  tasking: ReceivedTasking,
  unsigned: Awaited<ReturnType<typeof listUnsigned>>,
): HomeItem[] {
  const href = taskingPaths.tasking(tasking.id);
  if (tasking.weekId === null)
    return request.can('tasking.use')
      ? [item(tasking, { what: 'Choose the week of a tasking', detail: undefined, href, status: 'to do' })]
      : [
          item(tasking, {
            what: 'Return due to a coordinator',
            detail: 'No week is chosen yet.',
            href,
            status: 'to do',
          }),
        ];
  const mine = unsigned.filter(({ weekId }) => weekId === tasking.weekId);
  if (mine.length === 0) return [];
  const [first] = mine;
  const detail = mine.map(({ codeName }) => codeName).join(', ');
  const open = request.can('return.workings') && first && mine.length === 1 ? returnPaths.operation(first.id) : href;
  return [item(tasking, { what: 'Return due to a coordinator', detail, href: open, status: 'to do' })];
}

/** Deadlines of taskings, until the return is signed. */
export const taskingHomeItems: HomeItems = {
  action: 'tasking.read',
  apart: async (request) => {
    const inForce = await request.under('tasking.read', async (db) =>
      listInForce(await listTaskings(db), await listCoordinatorKeys(db)),
    );
    const seesReturns = request.can('return.workings');
    const open = inForce.filter(
      ({ document }) => seesReturns || new Date(document.deadline).getTime() + shownAfter > request.now.getTime(),
    );
    if (open.length === 0) return [];
    const unsigned = await listUnsigned(request, open);
    return open.flatMap((tasking) => dueItems(request, tasking, unsigned));
  },
};
