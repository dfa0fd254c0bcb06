/** Before ways in change: a member whose sign-in is no longer recent signs in again. */
import type { Reply, Request } from '../../platform/http/server.ts';
import { isRecentSignIn } from './credential.ts';
import { signInAgainPage } from './credential-pages.ts';

export const isSignInStale = (request: Request): boolean => !isRecentSignIn(request.actor.startedAt, request.now);

export async function askToSignInAgain(request: Request, reply: Reply): Promise<string> {
  const page = await reply.page('platform/page', signInAgainPage(request.url.split('?')[0] ?? '/staff/credentials'));
  if (request.method === 'POST') reply.code(403);
  return page;
}
