/** What row policies read of a request. */
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { Actor, StoreName } from '../access-policy/access.ts';
import type { Context } from '../database/database.ts';

/** In the safeguarding store times are full hours, so that neither a row nor its earlier version says when a person spoke. Emergency access is left out, because it never opens that store. */
export function contextFor(
  store: StoreName,
  { now, actor }: { readonly now: Date; readonly actor: Actor | undefined },
): Context {
  if (store === 'main') return { now, actor };
  return { now: floorToHour(now), actor: actor && { ...actor, glassOperation: null } };
}
