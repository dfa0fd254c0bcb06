/** Signing in by password, and signing out. */
import { z } from 'zod';
import { networkOf } from '../../platform/http/networks.ts';
import { type App, fromMemory, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import { type AreaParts, formOwner, sessionCookie } from '../../platform/http/sites.ts';
import { passwordBuckets } from '../../platform/throttle/throttle.ts';
import { answerTooMany } from '../../platform/throttle/too-many.ts';
import { credentialPaths, signInPaths } from '../../vocabulary/paths/identity.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { passwordMatches } from '../agencies/password.ts';
import { type Credentials, closeSession, findCredentials } from '../agencies/session.ts';
import {
  answerSignedIn,
  answerSignedOut,
  type CompletedSignIn,
  completeSignIn,
  findKnownDevice,
  findSessionToken,
  identifyBrowser,
} from '../sessions/open-session.ts';
import { nextStepAfterPassword } from './credential.ts';
import {
  codeSignInRoutes,
  newChallenge,
  openSessionOptions,
  passkeySignInRoutes,
  showSignIn,
} from './factor-routes.ts';
import { NextQuery, SignInContext, SignInForm, toStaffAddress } from './forms.ts';
import { codePage, expiredSignIn, noticesPage, signInPage, waitToSignIn, wrongPassword } from './pages.ts';
import * as store from './store.ts';

export async function signInRoutes(app: App, parts: AreaParts): Promise<void> {
  signInPageRoute(app, parts);
  passwordSignInRoute(app, parts);
  codeSignInRoutes(app, parts);
  passkeySignInRoutes(app, parts);
  noticesRoute(app);
  signOutRoute(app);
}

/** The one page for everybody: it differs only in a token and in the page to return to. */
function signInPageRoute(app: App, { views, staffShell, mode }: AreaParts): void {
  const page = ({ token, ...answers }: { token: string; next?: string }) => ({
    ...staffShell,
    ...signInPage(mode, answers),
    csrf: () => token,
  });
  const renderSignIn = views.stencil('identity/sign-in/sign-in', page, ['token']);
  const renderSignInWithNext = views.stencil('identity/sign-in/sign-in', page, ['token', 'next']);

  app.get(
    signInPaths.signIn.route,
    { ...fromMemory, schema: { params: z.unknown(), querystring: NextQuery } },
    async (request, reply) => {
      const token = reply.generateCsrf({ userInfo: formOwner(request) });
      const { next } = request.query;
      reply.type('text/html; charset=utf-8');
      return next ? renderSignInWithNext({ token, next }) : renderSignIn({ token });
    },
  );
}

function passwordSignInRoute(app: App, parts: AreaParts): void {
  const { keys, throttle, mode } = parts;
  app.post(signInPaths.signIn.route, openSessionOptions, async (request, reply) => {
    const form = readForm(SignInForm, request.body);
    if (!form.ok) return showSignIn(mode, request, reply, form.errors);
    const { email, password } = form.values;
    const found = await findCredentials(request.db, email);
    const former = await store.findPreviousSession(request.db, findSessionToken(request));
    await request.work.endReading(); // A slow hash holds no connection.

    const buckets = passwordBuckets({
      network: networkOf(request.ip),
      account: found?.memberId ?? email,
      device: findKnownDevice(request, keys, found?.memberId),
    });
    const tried = { secret: 'password', memberId: found?.memberId ?? null, buckets } as const;
    const shown = await throttle.check(request.work, tried, async (counted) =>
      (await passwordMatches(counted, password, found?.passwordHash)) && found ? accept(found) : refuse('wrong'),
    );
    if ('seconds' in shown)
      return answerTooMany(reply, shown, showSignIn(mode, request, reply, waitToSignIn(shown.seconds)));
    if (!shown.ok) return showSignIn(mode, request, reply, wrongPassword);
    return answerRightPassword(request, reply, parts, { account: shown.value, former });
  });
}

/** Opens the session, or asks for what the account or the mode demands beside the password. */
async function answerRightPassword(
  request: Request,
  reply: Reply,
  { keys, mode }: AreaParts,
  { account, former }: { readonly account: Credentials; readonly former: store.PreviousSession | undefined },
): Promise<unknown> {
  const carried = SignInContext.parse(request.body);
  const step = nextStepAfterPassword(account, mode);
  if (step === 'ask for a code' || step === 'ask for a recovery code')
    return askForCode(request, reply, keys, { account, carried });
  const arrival: CompletedSignIn = {
    memberId: account.memberId,
    method: 'password',
    carried,
    former,
    ...(step === 'set up' && { unfinished: true, reason: 'the second factor is still to be set up' }),
  };
  const opened = await completeSignIn(request, arrival);
  if (!opened.ok) return showSignIn(mode, request, reply, expiredSignIn);
  if (!arrival.unfinished) return answerSignedIn(request, reply, keys, arrival, opened.value);
  reply.setCookie(sessionCookie, opened.value.token);
  return reply.redirect(credentialPaths.secondFactor(), 303);
}

async function askForCode(
  request: Request,
  reply: Reply,
  keys: AreaParts['keys'],
  { account: { memberId, hasCode }, carried }: { readonly account: Credentials; readonly carried: SignInContext },
): Promise<string> {
  const challenge = newChallenge();
  const asked = { challenge, purpose: 'code' as const, boundTo: identifyBrowser(request, keys) };
  await request.change(
    'password.accepted',
    memberId,
    async (tx) => accept(await store.saveChallenge(tx, asked, memberId, request.now)),
    { kind: 'collection' },
  );
  return reply.form(codePage({ hasCode, challenge, carried }));
}

/** What was done with the account since its owner last signed in, shown once. */
function noticesRoute(app: App): void {
  app.get(signInPaths.signedIn.route, may('credential.read', z.unknown(), NextQuery), async (request, reply) => {
    const { memberId, startedAt = request.now } = request.actor;
    const notices = await store.listUnseenNotices(request.db, memberId, startedAt);
    if (notices.length > 0)
      await request.change('notices.read', memberId, async (tx) =>
        accept(await store.markNoticesSeen(tx, memberId, startedAt, request.now)),
      );
    return reply.sections(noticesPage(notices, toStaffAddress(request.query.next)));
  });
}

function signOutRoute(app: App): void {
  app.post(signInPaths.signOut.route, may('session.own'), async (request, reply) => {
    const token = findSessionToken(request);
    if (token) {
      await request.change(
        'session.closed',
        request.actor.memberId,
        async (tx) => accept(await closeSession(tx, token)),
        { kind: 'erasure' },
      );
    }
    return answerSignedOut(reply, request.actor.sharedWorkstation === true);
  });
}
