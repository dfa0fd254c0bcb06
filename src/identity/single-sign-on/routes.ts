/** Sends a member to their agency to sign in, and takes the answer. Read, decide, change, answer. */

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { codeOf, uniqueViolation } from '../../platform/database/violations.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Reply, type Request } from '../../platform/http/server.ts';
import { type AreaParts, sessionCookie } from '../../platform/http/sites.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { hashPassword } from '../agencies/password.ts';
import { newToken, openSession } from '../agencies/session.ts';
import { findOpenInvitation } from '../members/invitation-store.ts';
import { ReturnQuery } from './forms.ts';
import { Providers } from './oidc.ts';
import { chooseAgencyPage, redirectPage, type SignOnRefusal, signOnRefusedPage } from './pages.ts';
import { attemptMinutes, meetsDemands } from './provider.ts';
import {
  type Attempt,
  beginAttempt,
  consumeAttempt,
  findMemberBySubject,
  joinBySignOn,
  listSignOnClients,
  type NamedClient,
  type Subject,
} from './store.ts';

const AgencyPath = z.object({ agency: z.uuid() });
const BeginQuery = z.object({ invitation: z.string().max(200).catch('').default('') });

/** Binds the returning person to the browser that was sent. Lax, because a return from another site carries no strict cookie. */
export const attemptCookie = 'safelight-sign-on';
const cookiePath = { path: '/staff/single-sign-on', sameSite: 'lax' } as const;

export const returnAddress = (origin: string, agencyId: string): string =>
  `${origin}/staff/single-sign-on/${agencyId}/return`;

/** The browser's half of an attempt, and the invitation it began from. */
function readCookie(request: Request): { browser: string; invitation: string } | undefined {
  const [browser = '', invitation = ''] = (request.cookies[attemptCookie] ?? '').split('.');
  return browser === '' ? undefined : { browser, invitation };
}

export async function signOnRoutes(app: App, { keys, origin, signOnSecrets }: AreaParts): Promise<void> {
  const providers = new Providers();
  // For each address, which a whole force may share: limits requests to the issuer and rows in the log.
  const rateLimited = { rateLimit: { max: 1_200, timeWindow: 5 * 60_000 } };
  const signingOn = may('sign on', AgencyPath, BeginQuery);
  const returning = may('sign on', AgencyPath, ReturnQuery);

  const clientOf = async (request: Request, agencyId: string): Promise<NamedClient> => {
    const known = await listSignOnClients(request.db, keys, signOnSecrets);
    const found = known.find((one) => one.agencyId === agencyId);
    if (!found) throw notFound('agency');
    return found;
  };

  /** Shows a sentence and logs the refusal, never what the issuer sent. */
  const refused = async (request: Request, reply: Reply, refusal: SignOnRefusal) => {
    await request.change('sign on refused', null, async () => accept(true), { kind: 'refusal', reason: refusal });
    return reply.code(refusal === 'not reached' ? 503 : 403).page('platform/page', signOnRefusedPage(refusal));
  };

  app.get('/single-sign-on', may('sign on'), async (request, reply) =>
    reply.page('platform/page', chooseAgencyPage(await listSignOnClients(request.db, keys, signOnSecrets))),
  );

  app.get(
    '/single-sign-on/:agency',
    { ...signingOn, config: { ...signingOn.config, ...rateLimited } },
    async (request, reply) => {
      const { now, params, query } = request;
      const agency = await clientOf(request, params.agency);
      await request.work.endReading(); // A slow issuer holds no connection.
      const [state, nonce, verifier, browser] = [newToken(), newToken(), newToken(), newToken()] as const;
      const returnTo = returnAddress(origin, agency.agencyId);
      let to: URL;
      try {
        to = await providers.begin(agency, { returnTo, state, nonce, verifier }, now);
      } catch (error) {
        request.log.warn({ err: error }, 'an issuer does not answer');
        return refused(request, reply, 'not reached');
      }
      await request.change(
        'sign on begun',
        agency.agencyId,
        async (tx) => {
          const attempt = { issuer: agency.issuer, nonce, verifier };
          return accept(await beginAttempt(tx, attempt, { state, browser, agencyId: agency.agencyId, at: now }));
        },
        { kind: 'collection' },
      );
      const invitation = /^[\w-]+$/.test(query.invitation) ? `.${query.invitation}` : '';
      reply.setCookie(attemptCookie, `${browser}${invitation}`, { ...cookiePath, maxAge: attemptMinutes * 60 });
      reply.header('refresh', `0; url=${to.href}`);
      return reply.page('platform/page', redirectPage(`On to ${agency.agencyName}`, to.href, `Go on to ${to.host}`));
    },
  );

  app.get(
    '/single-sign-on/:agency/return',
    { ...returning, config: { ...returning.config, ...rateLimited } },
    async (request, reply) => {
      const { now, params, query } = request;
      const agency = await clientOf(request, params.agency);
      const cookie = readCookie(request);
      reply.clearCookie(attemptCookie, cookiePath);
      const attempt = cookie && (await claimAttempt(request, cookie.browser, query.state, agency.agencyId));
      // The settings changed after the attempt began: an answer of another issuer is refused.
      if (!attempt || attempt.issuer !== agency.issuer) return refused(request, reply, 'not begun here');

      const cameTo = new URL(request.url.slice(request.url.indexOf('?')), returnAddress(origin, agency.agencyId));
      let subject: Subject;
      try {
        const { nonce, verifier } = attempt;
        const claims = await providers.finish(agency, { cameTo, state: query.state, nonce, verifier }, now);
        if (!meetsDemands(agency.demands, { acr: claims.acr, amr: claims.amr }))
          return refused(request, reply, 'one factor');
        subject = { agencyId: agency.agencyId, issuer: claims.iss, subject: claims.sub };
      } catch (error) {
        request.log.warn({ err: error }, 'an issuer did not sign somebody in');
        return refused(request, reply, 'not signed in there');
      }
      const opened = cookie.invitation
        ? await joinByInvitation(request, cookie.invitation, subject)
        : await signInSubject(request, subject);
      if (typeof opened === 'string') return refused(request, reply, opened);
      reply.setCookie(sessionCookie, opened.token);
      reply.header('refresh', '0; url=/staff');
      return reply.page('platform/page', redirectPage('You are signed in', '/staff', 'Go on'));
    },
  );

  app.get(
    '/single-sign-on/:agency/end',
    { ...signingOn, config: { ...signingOn.config, ...rateLimited } },
    async (request, reply) => {
      const agency = await clientOf(request, request.params.agency);
      await request.work.endReading();
      try {
        const to = await providers.end(agency, `${origin}/staff/sign-in`, request.now);
        if (!to) return refused(request, reply, 'no sign-out');
        reply.header('refresh', `0; url=${to.href}`);
        return reply.page(
          'platform/page',
          redirectPage(`Sign out at ${agency.agencyName}`, to.href, `Go on to ${to.host}`),
        );
      } catch (error) {
        request.log.warn({ err: error }, 'an issuer does not answer');
        return refused(request, reply, 'not reached');
      }
    },
  );
}

/** Used up, whatever the result. */
async function claimAttempt(
  request: Request,
  browser: string,
  state: string,
  agencyId: string,
): Promise<Attempt | undefined> {
  const result = await request.change(
    'sign on returned',
    agencyId,
    async (tx) => {
      const attempt = await consumeAttempt(tx, { state, browser, agencyId, at: request.now });
      return attempt ? accept(attempt) : refuse('none');
    },
    { kind: 'erasure' },
  );
  return result.ok ? result.value : undefined;
}

const method = { method: 'single sign-on', sharedWorkstation: false } as const;

async function signInSubject(request: Request, subject: Subject): Promise<{ token: string } | SignOnRefusal> {
  const known = await request.under('sign on', (db) => findMemberBySubject(db, subject, request.now));
  if (!known) return 'nobody here';
  const opened = await request.change(
    'session.opened by agency',
    known,
    async (tx) => {
      const memberId = await findMemberBySubject(tx, subject, request.now);
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
  subject: Subject,
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
        const memberId = await joinBySignOn(tx, invitation, passwordHash, subject, request.now);
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
