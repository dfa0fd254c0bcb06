/** Sends a member to their agency to sign in, and takes the answer. Read, decide, change, answer. */

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { codeOf, uniqueViolation } from '../../platform/database/violations.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Reply, type Request } from '../../platform/http/server.ts';
import { type AreaParts, sessionCookie } from '../../platform/http/sites.ts';
import { signInPaths, singleSignOnPaths } from '../../vocabulary/paths/identity.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { hashPassword } from '../agencies/password.ts';
import { newToken, openSession } from '../agencies/session.ts';
import { findOpenInvitation } from '../members/invitation-store.ts';
import { ReturnQuery } from './forms.ts';
import { Providers } from './oidc.ts';
import { chooseAgencyPage, redirectPage, type SignOnRefusal, signOnRefusedPage } from './pages.ts';
import { attemptMinutes, meetsDemands } from './provider.ts';
import * as store from './store.ts';

const AgencyPath = z.object({ agency: z.uuid() });
const BeginQuery = z.object({ invitation: z.string().max(200).catch('').default('') });

/** Binds the returning person to the browser that was sent. Lax, because a return from another site carries no strict cookie. */
export const attemptCookie = 'safelight-sign-on';
const cookiePath = { path: singleSignOnPaths.agencies(), sameSite: 'lax' } as const;

export const returnAddress = (origin: string, agencyId: string): string =>
  `${origin}${singleSignOnPaths.back(agencyId)}`;

/** The browser's half of an attempt, and the invitation it began from. */
function readCookie(request: Request): { browser: string; invitation: string } | undefined {
  const [browser = '', invitation = ''] = (request.cookies[attemptCookie] ?? '').split('.');
  return browser === '' ? undefined : { browser, invitation };
}

/** For each address, which a whole force may share: limits requests to the issuer and rows in the log. */
const rateLimited = <Options extends { readonly config: object }>(options: Options): Options => ({
  ...options,
  config: { ...options.config, rateLimit: { max: 1_200, timeWindow: 5 * 60_000 } },
});

type SignOnParts = AreaParts & { readonly providers: Providers };

export async function signOnRoutes(app: App, areaParts: AreaParts): Promise<void> {
  const parts = { ...areaParts, providers: new Providers() };
  const { keys, signOnSecrets } = parts;
  app.get(singleSignOnPaths.agencies.route, may('sign on'), async (request, reply) =>
    reply.sections(chooseAgencyPage(await store.listSignOnClients(request.db, keys, signOnSecrets))),
  );
  beginRoute(app, parts);
  returnRoute(app, parts);
  endRoute(app, parts);
}

async function getClient(
  { db }: Request,
  { keys, signOnSecrets }: AreaParts,
  agencyId: string,
): Promise<store.NamedClient> {
  const known = await store.listSignOnClients(db, keys, signOnSecrets);
  const found = known.find((one) => one.agencyId === agencyId);
  if (!found) throw notFound('agency');
  return found;
}

/** Shows a sentence and logs the refusal, never what the issuer sent. */
async function answerRefused(request: Request, reply: Reply, refusal: SignOnRefusal): Promise<string> {
  await request.change('sign on refused', null, async () => accept(true), { kind: 'refusal', reason: refusal });
  return reply.code(refusal === 'not reached' ? 503 : 403).sections(signOnRefusedPage(refusal));
}

/** Sends the member on to the issuer, by a page: no form may lead off ours, and a strict cookie is sent only from one of ours. */
function beginRoute(app: App, parts: SignOnParts): void {
  const options = rateLimited(may('sign on', AgencyPath, BeginQuery));
  app.get(singleSignOnPaths.begin.route, options, async (request, reply) => {
    const { now, params, query } = request;
    const agency = await getClient(request, parts, params.agency);
    await request.work.endReading(); // A slow issuer holds no connection.
    const [state, nonce, verifier, browser] = [newToken(), newToken(), newToken(), newToken()] as const;
    const returnTo = returnAddress(parts.origin, agency.agencyId);
    let to: URL;
    try {
      to = await parts.providers.begin(agency, { returnTo, state, nonce, verifier }, now);
    } catch (error) {
      request.log.warn({ err: error }, 'an issuer does not answer');
      return answerRefused(request, reply, 'not reached');
    }
    await request.change(
      'sign on begun',
      agency.agencyId,
      async (tx) => {
        const attempt = { issuer: agency.issuer, nonce, verifier };
        return accept(await store.beginAttempt(tx, attempt, { state, browser, agencyId: agency.agencyId, at: now }));
      },
      { kind: 'collection' },
    );
    const invitation = /^[\w-]+$/.test(query.invitation) ? `.${query.invitation}` : '';
    reply.setCookie(attemptCookie, `${browser}${invitation}`, { ...cookiePath, maxAge: attemptMinutes * 60 });
    reply.header('refresh', `0; url=${to.href}`);
    return reply.sections(redirectPage(`On to ${agency.agencyName}`, to.href, `Go on to ${to.host}`));
  });
}

function returnRoute(app: App, parts: SignOnParts): void {
  const options = rateLimited(may('sign on', AgencyPath, ReturnQuery));
  app.get(singleSignOnPaths.back.route, options, async (request, reply) => {
    const { params, query } = request;
    const agency = await getClient(request, parts, params.agency);
    const cookie = readCookie(request);
    reply.clearCookie(attemptCookie, cookiePath);
    const attempt = cookie && (await claimAttempt(request, cookie.browser, query.state, agency.agencyId));
    // The settings changed after the attempt began: an answer of another issuer is refused.
    if (!attempt || attempt.issuer !== agency.issuer) return answerRefused(request, reply, 'not begun here');

    const subject = await findSubject(request, parts, agency, { ...attempt, state: query.state });
    if (typeof subject === 'string') return answerRefused(request, reply, subject);
    const opened = cookie.invitation
      ? await joinByInvitation(request, cookie.invitation, subject)
      : await signInSubject(request, subject);
    if (typeof opened === 'string') return answerRefused(request, reply, opened);
    reply.setCookie(sessionCookie, opened.token);
    reply.header('refresh', `0; url=${staffSite}`);
    return reply.sections(redirectPage('You are signed in', staffSite, 'Go on'));
  });
}

/** Who came back from the issuer, if it signed them in as the agency demands. */
async function findSubject(
  request: Request,
  { origin, providers }: SignOnParts,
  agency: store.NamedClient,
  { nonce, verifier, state }: store.Attempt & { readonly state: string },
): Promise<store.Subject | SignOnRefusal> {
  const cameTo = new URL(request.url.slice(request.url.indexOf('?')), returnAddress(origin, agency.agencyId));
  try {
    const claims = await providers.finish(agency, { cameTo, state, nonce, verifier }, request.now);
    if (!meetsDemands(agency.demands, { acr: claims.acr, amr: claims.amr })) return 'one factor';
    return { agencyId: agency.agencyId, issuer: claims.iss, subject: claims.sub };
  } catch (error) {
    request.log.warn({ err: error }, 'an issuer did not sign somebody in');
    return 'not signed in there';
  }
}

/** Sends a member who signed out here on to sign out at the agency. */
function endRoute(app: App, parts: SignOnParts): void {
  const options = rateLimited(may('sign on', AgencyPath, BeginQuery));
  app.get(singleSignOnPaths.end.route, options, async (request, reply) => {
    const agency = await getClient(request, parts, request.params.agency);
    await request.work.endReading();
    try {
      const to = await parts.providers.end(agency, `${parts.origin}${signInPaths.signIn()}`, request.now);
      if (!to) return answerRefused(request, reply, 'no sign-out');
      reply.header('refresh', `0; url=${to.href}`);
      return reply.sections(redirectPage(`Sign out at ${agency.agencyName}`, to.href, `Go on to ${to.host}`));
    } catch (error) {
      request.log.warn({ err: error }, 'an issuer does not answer');
      return answerRefused(request, reply, 'not reached');
    }
  });
}

/** Used up, whatever the result. */
async function claimAttempt(
  request: Request,
  browser: string,
  state: string,
  agencyId: string,
): Promise<store.Attempt | undefined> {
  const result = await request.change(
    'sign on returned',
    agencyId,
    async (tx) => {
      const attempt = await store.consumeAttempt(tx, { state, browser, agencyId, at: request.now });
      return attempt ? accept(attempt) : refuse('none');
    },
    { kind: 'erasure' },
  );
  return result.ok ? result.value : undefined;
}

const method = { method: 'single sign-on', sharedWorkstation: false } as const;

async function signInSubject(request: Request, subject: store.Subject): Promise<{ token: string } | SignOnRefusal> {
  const known = await request.under('sign on', (db) => store.findMemberBySubject(db, subject, request.now));
  if (!known) return 'nobody here';
  const opened = await request.change(
    'session.opened by agency',
    known,
    async (tx) => {
      const memberId = await store.findMemberBySubject(tx, subject, request.now);
      if (!memberId) return refuse('nobody here');
      return accept({ token: await openSession(tx, memberId, request.now, method) });
    },
    { kind: 'collection' },
  );
  return opened.ok ? opened.value : opened.refusal;
}

async function joinByInvitation(
  request: Request,
  invitation: string,
  subject: store.Subject,
): Promise<{ token: string } | SignOnRefusal> {
  // The hash of a password that no one knows, so that the account cannot be guessed into.
  const passwordHash = await hashPassword(randomBytes(32).toString('base64url'));
  const open = await request.under('sign on', (db) => findOpenInvitation(db, invitation, request.now));
  if (!open) return 'link over';
  try {
    const opened = await request.change(
      'invitation.accepted',
      open.memberId,
      async (tx) => {
        const memberId = await store.joinBySignOn(tx, invitation, passwordHash, subject, request.now);
        if (!memberId) return refuse('link over');
        return accept({ token: await openSession(tx, memberId, request.now, method) });
      },
      { kind: 'collection', fields: ['subject'] },
    );
    return opened.ok ? opened.value : opened.refusal;
  } catch (error) {
    if (codeOf(error) === uniqueViolation) return 'linked already';
    throw error;
  }
}
