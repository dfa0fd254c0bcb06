/** Public routes for pages of others: the card of a release, the one page of ours that they may frame, and oEmbed. */
import { z } from 'zod';
import { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import { frameableHeaders, openDataHeaders } from '../../platform/http/security-headers.ts';
import { type App, fromMemory } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { cardPage, oEmbedAnswer, slugAt } from './embed.ts';
import { findEntry, noCache, noStore, type OpenNews, ofSlug, sendGone } from './news.ts';
import * as store from './store.ts';

const Pixels = z.coerce.number().int().min(1).max(10_000).optional().catch(undefined);
const OEmbedQuery = z.object({
  url: z.string().max(1_000),
  maxwidth: Pixels,
  maxheight: Pixels,
  format: z.string().default('json').catch('unknown'),
});

export function embedRoutes(app: App, parts: AreaParts, opened: OpenNews): void {
  cardRoute(app, parts, opened);
  oEmbedRoute(app, parts, opened);
}

/** What others published has no card: it is not ours to pass on. */
function cardRoute(app: App, { clock, origin, publicHeaders, siteSettings }: AreaParts, opened: OpenNews): void {
  const buffers = new PageBuffers(frameableHeaders(publicHeaders), 600, siteSettings);
  app.get('/news/:slug/card', ofSlug, async (request, reply) => {
    const now = clock.now();
    const { slug } = request.params;
    const entry = await findEntry(opened, slug, now);
    if ('gone' in entry) return sendGone(opened, buffers, { request, reply }, entry.gone, true);
    if (entry.importedFrom) throw notFound('card');
    return buffers.send(request, reply, {
      key: `card ${slug}`,
      version: `${entry.version}`,
      cacheControl: noStore,
      make: async () => {
        const release = await opened.asPublic(now, (db) => store.getPublicRelease(db, slug));
        return opened.renderFramed('newsroom/publication/public-card', cardPage(release, origin));
      },
    });
  });
}

function oEmbedRoute(app: App, { clock, origin, publicHeaders, publicShell }: AreaParts, opened: OpenNews): void {
  const headers = openDataHeaders(publicHeaders);
  app.get('/oembed', fromMemory, async (request, reply) => {
    const query = OEmbedQuery.safeParse(request.query);
    if (!query.success) throw new Problem('bad request', 'the address of a release is missing');
    if (query.data.format !== 'json') return reply.code(501).headers(headers).type('text/plain').send('JSON only');
    const slug = slugAt(query.data.url, origin);
    if (!slug) throw notFound('release');
    const entry = await findEntry(opened, slug, clock.now());
    // What is withdrawn is not passed on, and what others published is not ours to pass on.
    if ('gone' in entry || entry.importedFrom) throw notFound('release');
    return reply
      .headers({ ...headers, 'cache-control': noCache })
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(oEmbedAnswer(entry, query.data, origin, publicShell.siteName)));
  });
}
