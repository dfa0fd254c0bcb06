/** Before ways in change: a member whose sign-in is no longer recent signs in again. */
import type { Reply, Request } from '../../platform/http/server.ts';
import { isFresh } from './credential.ts';
import { showAgainPage } from './credential-pages.ts';

export const stale = (request: Request): boolean => !isFresh(request.actor.startedAt, request.now);

export async function showAgain(request: Request, reply: Reply): Promise<string> {
  const page = await reply.page('platform/page', showAgainPage(request.url.split('?')[0] ?? '/staff/credentials'));
  if (request.method === 'POST') reply.code(403);
  return page;
}
