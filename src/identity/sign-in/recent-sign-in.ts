/** Before ways in change: a member whose sign-in is no longer recent signs in again. */
import type { RouteShorthandOptions } from 'fastify';
import type { Reply, Request } from '../../platform/http/server.ts';
import { credentialPaths } from '../../vocabulary/paths/identity.ts';
import { isRecentSignIn } from './credential.ts';
import { signInAgainPage } from './credential-pages.ts';

/** Instead of the route, answers with the way to sign in again where the last sign-in is too long ago; a form is refused. */
export const withRecentSignIn = <Options extends RouteShorthandOptions>(options: Options) => ({
  ...options,
  preHandler: askToSignInAgain,
});

async function askToSignInAgain(request: Request, reply: Reply): Promise<unknown> {
  if (isRecentSignIn(request.actor.startedAt, request.now)) return undefined;
  const page = await reply.sections(signInAgainPage(request.url.split('?')[0] ?? credentialPaths.credentials()));
  if (request.method === 'POST') reply.code(403);
  return reply.send(page);
}
