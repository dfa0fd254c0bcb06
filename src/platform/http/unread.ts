/** Counts the notifications that the reader of a page has not read, for the header. */
import type { Action, Actor } from '../access-policy/access.ts';
import { type AnyTables, beginReading, type Reader, setContext } from '../database/database.ts';
import { orUnavailable } from '../database/database-problems.ts';
import type { RequestServices } from './request-services.ts';

/** In the reading of the page, where it is open and its login role may read notifications. Otherwise in a short one of its own. */
export async function countUnread(
  { countUnread: count, databases }: RequestServices,
  { action, actor, now }: { readonly action: Action; readonly actor: Actor | undefined; readonly now: Date },
  reading: Reader<AnyTables> | undefined,
): Promise<number> {
  if (!count || !actor || actor.unfinished) return 0;
  if (reading && action.store === 'main' && action.databaseRole === 'staff')
    return orUnavailable(count(reading, actor.memberId, now));
  const own = await orUnavailable(beginReading(databases.for('main', 'staff')));
  try {
    await orUnavailable(setContext(own, { now, actor }));
    return await orUnavailable(count(own, actor.memberId, now));
  } finally {
    await own.commit().execute();
  }
}
