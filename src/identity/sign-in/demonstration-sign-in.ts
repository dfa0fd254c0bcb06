/** Signing in with one press, in a demonstration alone. */

import { notFound } from '../../platform/http/problem.ts';
import type { Reply, Request } from '../../platform/http/server.ts';
import { type AreaParts, sessionCookie } from '../../platform/http/sites.ts';
import { findCredentials } from '../agencies/session.ts';
import { completeSignIn, findSessionToken, forgetPagesOf } from '../sessions/open-session.ts';
import { nextStepAfterPassword } from './credential.ts';
import * as store from './store.ts';

/** Opens a session of the member with this email address. Not found in live mode, and for an account that asks for more than a password. */
export async function openWithoutPassword(
  request: Request,
  reply: Reply,
  mode: AreaParts['mode'],
  email: string,
): Promise<void> {
  const account = mode === 'demonstration' ? await findCredentials(request.db, email) : undefined;
  if (!account || nextStepAfterPassword(account, mode) !== 'open') throw notFound('page');
  const former = await store.findPreviousSession(request.db, findSessionToken(request));
  const arrival = { memberId: account.memberId, method: 'password', carried: {}, former } as const;
  const opened = await completeSignIn(request, { ...arrival, reason: 'with one press, in a demonstration' });
  if (!opened.ok) throw notFound('page');
  reply.setCookie(sessionCookie, opened.value.token);
  forgetPagesOf(reply, arrival);
}
