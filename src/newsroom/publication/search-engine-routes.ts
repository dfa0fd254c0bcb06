/** What search engines are told: robots.txt and the list of public pages. The pages of the private journey are never listed. */
import { staffPrefix } from '../../platform/addresses.ts';
import { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { type App, fromMemory } from '../../platform/http/server.ts';
import { listAreaPages } from '../../platform/http/shells.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { escaped } from '../releases/text.ts';
import { noCache, type OpenNews, readable, versionOf } from './news.ts';
import type { Entry } from './store.ts';

export function searchEngineRoutes(app: App, parts: AreaParts, opened: OpenNews): void {
  const { clock, origin, publicHeaders, siteSettings, mode } = parts;
  const buffers = new PageBuffers(publicHeaders, 10, siteSettings);

  app.get('/robots.txt', fromMemory, async (request, reply) =>
    buffers.send(request, reply, {
      key: 'robots',
      version: '1',
      cacheControl: noCache,
      type: 'text/plain; charset=utf-8',
      make: () => robotsFile(origin, mode),
    }),
  );

  app.get('/sitemap.xml', fromMemory, async (request, reply) => {
    const now = clock.now();
    const current = await opened.news.get(now);
    const entries = readable(current, now);
    return buffers.send(request, reply, {
      key: 'sitemap',
      version: versionOf(current, entries),
      cacheControl: noCache,
      type: 'application/xml; charset=utf-8',
      make: () => sitemapFile(origin, indexedPages(app, parts), entries),
    });
  });
}

/** Named pages, and addresses that the areas offer to search engines. One that is internal, or asks for a permission, is left out whatever its area says. */
function indexedPages(app: App, { areas }: AreaParts): string[] {
  const open = app.offered.filter(
    ({ method, action, indoors, named }) => method === 'GET' && action === 'anyone' && (named || !indoors),
  );
  const indexed = new Set(['/news', ...listAreaPages(areas).flatMap((pages) => pages.indexed ?? [])]);
  return open.filter(({ url, named }) => named || indexed.has(url)).map(({ url }) => url);
}

/** Takes the origin and the mode, gives robots.txt. Nothing invented is listed: a demonstration asks to be left out whole. */
export const robotsFile = (origin: string, mode: AreaParts['mode']): string =>
  mode === 'demonstration'
    ? 'User-agent: *\nDisallow: /\n'
    : `User-agent: *\nDisallow: ${staffPrefix}\n\nSitemap: ${origin}/sitemap.xml\n`;

/** Takes the origin, addresses of pages and the public news, gives a sitemap (sitemaps.org). Releases of others are not listed. */
export function sitemapFile(
  origin: string,
  pages: readonly string[],
  entries: readonly Pick<Entry, 'slug' | 'changedAt' | 'dated' | 'importedFrom'>[],
): string {
  const own = entries.filter(({ importedFrom }) => importedFrom === null);
  const listed = [
    ...pages.map((path) => `<url><loc>${escaped(origin + path)}</loc></url>`),
    ...own.map(({ slug, changedAt, dated }) => {
      const changed = new Date(Math.max(changedAt.getTime(), dated.getTime())).toISOString();
      return `<url><loc>${escaped(`${origin}/news/${slug}`)}</loc><lastmod>${changed}</lastmod></url>`;
    }),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${listed.join('\n')}\n</urlset>\n`;
}
