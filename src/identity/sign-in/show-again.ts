/** Before ways in change: a member whose sign-in is no longer recent signs in again. */
import type { Reply, Request } from '../../platform/http.ts';
import { isFresh } from './way-in.ts';
import { showAgainPage } from './ways-in-pages.ts';

export const stale = (request: Request): boolean => !isFresh(request.actor.startedAt, request.now);

export async function showAgain(request: Request, reply: Reply): Promise<string> {
  const page = await reply.page('platform/page', showAgainPage(request.url.split('?')[0] ?? '/staff/ways-in'));
  if (request.method === 'POST') reply.code(403);
  return page;
}
