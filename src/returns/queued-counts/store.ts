/** How counts that were asked for lie in PostgreSQL. Read and written under the statistics role. */
import { sql } from 'kysely';
import type { Db, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import type { OperationId, ReturnId } from '../../vocabulary/ids.ts';
import { type CountRequest, type CountState, keptFor, longestSilence } from './count-request.ts';

export type CountRequestTables = { countRequests: CountRequest & { askedBy: string } };

const columns = ['id', 'operationId', 'note', 'askedAt', 'aliveAt', 'state', 'returnId'] as const;

/** Undefined if the member takes no part in the operation. */
export const findCountRequest = (db: Reader<CountRequestTables>, id: string): Promise<CountRequest | undefined> =>
  db.selectFrom('countRequests').select(columns).where('id', '=', id).executeTakeFirst();

/** Not found if the member takes no part in the operation. */
export const getCountRequest = async (db: Reader<CountRequestTables>, id: string): Promise<CountRequest> =>
  found(await findCountRequest(db, id), 'count');

/** The count of an operation that still goes on, the latest of several. */
export const findRunningCount = (
  db: Reader<CountRequestTables>,
  operationId: string,
  now: Date,
): Promise<CountRequest | undefined> =>
  db
    .selectFrom('countRequests')
    .select(columns)
    .where('operationId', '=', operationId as OperationId)
    .where('state', '=', 'counting')
    .where('aliveAt', '>=', new Date(now.getTime() - longestSilence))
    .orderBy('askedAt', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Writes down that a count was asked for. One of the same operation that was stopped can no longer become a return; old ones are deleted. */
export async function addCountRequest(
  tx: Writer<CountRequestTables>,
  asked: Pick<CountRequest, 'id' | 'operationId' | 'note'> & { readonly askedBy: string },
  now: Date,
): Promise<void> {
  const { operationId } = asked;
  await tx
    .updateTable('countRequests')
    .set({ state: 'stopped' })
    .where('operationId', '=', operationId)
    .where('state', '=', 'counting')
    .where('aliveAt', '<', new Date(now.getTime() - longestSilence))
    .execute();
  await tx
    .deleteFrom('countRequests')
    .where('operationId', '=', operationId)
    .where('askedAt', '<', new Date(now.getTime() - keptFor))
    .execute();
  await tx
    .insertInto('countRequests')
    .values({ ...asked, askedAt: now, aliveAt: now, state: 'counting', returnId: null })
    .execute();
}

/** Says which return the count became. False where it was given up meanwhile: then nothing may be kept. */
export async function finishCountRequest(
  tx: Writer<CountRequestTables>,
  id: string,
  returnId: ReturnId,
): Promise<boolean> {
  const finished = await tx
    .updateTable('countRequests')
    .set({ state: 'counted', returnId })
    .where('id', '=', id)
    .where('state', '=', 'counting')
    .returning('id')
    .executeTakeFirst();
  return finished !== undefined;
}

/** Says that the count goes on, or how it ended without a return. Needs no session: the analyst may have signed out. */
export async function tellOfCount(
  db: Db,
  id: string,
  { at, state }: { readonly at: Date; readonly state: Exclude<CountState, 'counted'> },
): Promise<void> {
  await sql`select ctx.tell_of_count(${id}::uuid, ${at}, ${state})`.execute(db);
}
