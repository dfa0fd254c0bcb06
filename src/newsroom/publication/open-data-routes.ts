/** Public routes that scripts of other sites may read: the feeds, and the figures of a release as CSV and JSON. */
import { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { notFound } from '../../platform/http/problem.ts';
import { openDataHeaders } from '../../platform/http/security-headers.ts';
import { type App, fromMemory } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { toHtml } from '../releases/text.ts';
import { findPublicationCertificate } from './certificates/store.ts';
import { type FeedItem, type FeedKind, feedEntries, feeds, makeFeed } from './feeds.ts';
import { figuresCsv, figuresJson } from './figures.ts';
import { findEntry, noCache, type OpenNews, ofSlug, readable, sendGone, textVersion, versionOf } from './news.ts';
import * as store from './store.ts';

export function openDataRoutes(app: App, parts: AreaParts, opened: OpenNews): void {
  const buffers = new PageBuffers(openDataHeaders(parts.publicHeaders), 600, parts.siteSettings);
  feedRoutes(app, parts, opened, buffers);
  figureRoutes(app, parts, opened, buffers);
}

function feedRoutes(
  app: App,
  { clock, origin, mode }: AreaParts,
  { news, asPublic }: OpenNews,
  buffers: PageBuffers,
): void {
  const readItems = async (entries: readonly store.Entry[], now: Date): Promise<FeedItem[]> => {
    const ids = feedEntries(entries).map(({ id }) => id);
    const releases = await asPublic(now, (db) => store.listPublicReleases(db, ids));
    return Promise.all(releases.map(async (release) => ({ ...release, html: await toHtml(release.body) })));
  };
  for (const [kind, type] of Object.entries(feeds) as [FeedKind, string][]) {
    app.get(`/news/feed.${kind}`, fromMemory, async (request, reply) => {
      const now = clock.now();
      const current = await news.get(now);
      const entries = readable(current, now);
      return buffers.send(request, reply, {
        key: `feed ${kind}`,
        version: versionOf(current, entries),
        cacheControl: noCache,
        type,
        make: async () =>
          makeFeed(kind, await readItems(entries, now), { origin, demonstration: mode === 'demonstration' }),
      });
    });
  }
}

const figureFiles = {
  csv: { type: 'text/csv; charset=utf-8', write: figuresCsv },
  json: { type: 'application/json; charset=utf-8', write: figuresJson },
} as const;

/** A release that states no figure has no such address. */
function figureRoutes(app: App, { clock, origin }: AreaParts, opened: OpenNews, buffers: PageBuffers): void {
  for (const [ending, { type, write }] of Object.entries(figureFiles)) {
    app.get(`/news/:slug/figures.${ending}`, ofSlug, async (request, reply) => {
      const now = clock.now();
      const { slug } = request.params;
      const entry = await findEntry(opened, slug, now);
      if ('gone' in entry) return sendGone(opened, buffers, { request, reply }, entry.gone);
      if (!entry.hasFigures) throw notFound('table of figures');
      return buffers.send(request, reply, {
        key: `${ending} ${slug}`,
        version: textVersion(entry),
        cacheControl: noCache,
        type,
        make: async () => {
          const [publication, certificate] = await opened.asPublic(now, async (db) => {
            const found = await store.getPublicRelease(db, slug);
            return [found, entry.certified ? await findPublicationCertificate(db, found) : undefined] as const;
          });
          return write(publication, `${origin}/news/${slug}`, certificate);
        },
      });
    });
  }
}
