/** What the staff site adds to every request: sessions, form tokens, repeats, compression. Loaded where that site is opened. */
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import csrfProtection from '@fastify/csrf-protection';
import formbody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { staffPrefix } from '../addresses.ts';
import { CrossSiteForm } from '../audit-hook/refusals.ts';
import { answerRepeat, SentForm } from '../forms/idempotency.ts';
import { answerOutcome, asksForOutcome } from '../forms/outcome-check.ts';
import { moreRoutes } from '../menu/routes.ts';
import { searchRoutes } from '../search/routes.ts';
import { homeRoutes } from './home.ts';
import { registerSavedNotice } from './saved-notice.ts';
import { typed } from './server.ts';
import { formCookie, formOwner, listAreaPages, listNavigation } from './shells.ts';
import type { AreaParts, SitesOptions } from './sites.ts';

/** Each form of each page has one of its own. */
const formToken = ({ body }: FastifyRequest): string =>
  String((body as { readonly _csrf?: unknown } | null)?._csrf ?? '');

export async function registerStaffSite(site: FastifyInstance, options: SitesOptions, parts: AreaParts): Promise<void> {
  const { keys } = options;
  const areaPages = listAreaPages(options.areas);
  const cookies = { path: staffPrefix, httpOnly: true, sameSite: 'strict', secure: 'auto' } as const;
  await site.register(cookie, { parseOptions: cookies });
  await site.register(formbody);
  await site.register(rateLimit, { global: false, hook: 'preHandler' });
  await site.register(csrfProtection, {
    sessionPlugin: '@fastify/cookie',
    cookieKey: formCookie,
    cookieOpts: cookies,
    csrfOpts: { userInfo: true, hmacKey: keys.derive('csrf'), saltLength: 22 },
    getUserInfo: formOwner,
    getToken: formToken,
  });
  await site.register(compress, {
    global: true,
    threshold: 6_144, // What is shorter fits the first packets as it is, and packing it takes longer than making it.
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
  site.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    // Staff pages judge releases by what the partnership approved, perhaps in another process.
    await options.siteSettings.refresh();
  });
  site.addHook('preHandler', (request, reply, done) => {
    if (request.method === 'GET' || request.method === 'HEAD' || request.routeOptions.config.signed) done();
    else if (isCrossSite(request)) done(new CrossSiteForm());
    else site.csrfProtection(request, reply, done);
  });
  const idempotencySecret = keys.derive('idempotency');
  site.addHook('preHandler', async (request, reply) => {
    const { signed, repeatable } = request.routeOptions.config;
    const sends = request.method !== 'GET' && request.method !== 'HEAD' && !signed;
    if (!sends || repeatable || !request.work?.actor) return; // Without a session there is no form to repeat.
    const form = new SentForm(idempotencySecret, formToken(request), request.url, request.body);
    if (asksForOutcome(request.body)) return answerOutcome(request, reply, form);
    request.work.form = form;
    await answerRepeat(request, reply);
  });
  registerSavedNotice(site);
  await homeRoutes(
    areaPages.flatMap(({ homeStage = [] }) => (typeof homeStage === 'function' ? homeStage(parts) : homeStage)),
    areaPages.flatMap(({ homeItems = [] }) => (typeof homeItems === 'function' ? homeItems(parts) : homeItems)),
  )(typed(site));
  await moreRoutes(listNavigation(options.areas))(typed(site));
  await searchRoutes(
    areaPages.flatMap(({ search = [] }) => search),
    keys,
  )(typed(site));
  for (const pages of areaPages) await pages.staff?.(typed(site), parts);
}

/** The browser itself says that a page of another site sends this; one that does not say has the form's token alone to show. */
const isCrossSite = ({ headers }: FastifyRequest): boolean =>
  headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';
