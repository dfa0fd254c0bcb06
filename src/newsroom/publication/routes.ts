/** Public routes of releases. Pages are kept in memory as bytes; each request checks whether they may be shown now. */
import { z } from 'zod';
import { dayOf } from '../../platform/clock.ts';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { readerKey } from '../../platform/http/private-request.ts';
import { type App, fromMemory } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { pageSize } from '../../platform/rendering/paging.ts';
import { contentVersion, listServices } from '../../public/signs/index.ts';
import { toHtml } from '../releases/text.ts';
import { embedRoutes } from './embed-routes.ts';
import {
  findEntry,
  noCache,
  noStore,
  type OpenNews,
  ofSlug,
  openNews,
  readable,
  sendGone,
  textVersion,
  versionOf,
} from './news.ts';
import { openDataRoutes } from './open-data-routes.ts';
import * as pages from './pages.ts';
import { pictureRoutes } from './picture-routes.ts';
import { searchEngineRoutes } from './search-engine-routes.ts';
import * as store from './store.ts';

/** An answer that cannot be read is `null`: the page says so. */
const nullIfInvalid = <Answer>(answer: z.ZodType<Answer>) => answer.optional().nullable().catch(null);
const QueryText = nullIfInvalid(
  z
    .string()
    .max(100)
    .transform((text) => text.replace(/\p{Cc}/gu, ' ').trim() || undefined),
);
const periodLike = (form: RegExp) =>
  nullIfInvalid(
    z
      .string()
      .regex(form)
      .transform((text) => text || undefined),
  );
const NewsQueryString = z.object({
  q: QueryText,
  area: QueryText,
  year: periodLike(/^(?:\d{4})?$/),
  month: periodLike(/^(?:\d{4}-(0[1-9]|1[0-2]))?$/),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

export async function newsPublicRoutes(app: App, parts: AreaParts): Promise<void> {
  const opened = openNews(app, parts);
  const buffers = new PageBuffers(parts.publicHeaders, 600, parts.siteSettings);
  listRoute(app, parts, opened, buffers);
  openDataRoutes(app, parts, opened);
  embedRoutes(app, parts, opened);
  pictureRoutes(app, parts, opened);
  searchEngineRoutes(app, parts, opened);
  releaseRoutes(app, parts, opened, buffers);
}

/** What is asked of the list; each part that cannot be read is named in `unread`. */
function readQuery(query: unknown): pages.NewsQuery {
  const { q, page, ...choice } = NewsQueryString.parse(query);
  const unread = [
    q === null && 'words',
    choice.area === null && 'area',
    choice.year === null && 'year',
    choice.month === null && 'month',
  ] as const;
  return {
    words: q ?? undefined,
    area: choice.area ?? undefined,
    year: choice.year ?? undefined,
    month: choice.month ?? undefined,
    page,
    unread: unread.filter((name) => name !== false),
  };
}

function listRoute(
  app: App,
  { clock, origin, publicHeaders, siteSettings }: AreaParts,
  opened: OpenNews,
  buffers: PageBuffers,
): void {
  const { asPublic, news, render } = opened;
  /** Separate from the other pages: searches are unlimited in number and may evict only each other. */
  const searches = new PageBuffers(publicHeaders, 200, siteSettings);

  app.get('/news', fromMemory, async (request, reply) => {
    const now = clock.now();
    const asked = readQuery(request.query);
    const { words, area, year, month, page, unread } = asked;
    const current = await news.get(now);
    const all = readable(current, now);
    const fits = (entry: store.Entry): boolean =>
      (!area || entry.area === area) &&
      (!year || pages.yearOf(entry) === year) &&
      (!month || pages.monthOf(entry) === month);
    const pageOf = (found: readonly store.Entry[]): string =>
      render('newsroom/publication/public-list', request, pages.newsListPage({ asked, found, all, origin }));
    const narrowed = all.filter(fits);
    const version = versionOf(current, all);
    const key = `news ${readerKey(request)} ${JSON.stringify(asked)}`;
    // Pages that there are for certain keep their place; what somebody typed has one among its like.
    if (
      !words &&
      !(area || year || month) &&
      unread.length === 0 &&
      (page - 1) * pageSize < Math.max(1, narrowed.length)
    )
      return buffers.send(request, reply, { key, version, cacheControl: noStore, make: () => pageOf(narrowed) });
    const make = async (): Promise<string> => {
      if (!words) return pageOf(narrowed);
      const ids = new Set(await asPublic(now, (db) => store.searchPublicReleases(db, words)));
      return pageOf(narrowed.filter((entry) => ids.has(entry.id)));
    };
    return searches.send(request, reply, { key, version, cacheControl: noStore, shortLived: true, make });
  });
}

function releaseRoutes(
  app: App,
  { clock, origin, siteSettings }: AreaParts,
  opened: OpenNews,
  buffers: PageBuffers,
): void {
  const { asPublic, render } = opened;
  app.get('/news/:slug', ofSlug, async (request, reply) => {
    const now = clock.now();
    const { slug } = request.params;
    const entry = await findEntry(opened, slug, now);
    if ('gone' in entry) return sendGone(opened, buffers, { request, reply }, entry.gone);
    const today = dayOf(now);
    return buffers.send(request, reply, {
      key: `release ${readerKey(request)} ${slug}`,
      version: `${textVersion(entry)} ${contentVersion} ${today}`,
      cacheControl: noStore,
      make: async () => {
        const publication = await asPublic(now, (db) => store.getPublicRelease(db, slug));
        return render(
          'newsroom/publication/public-release',
          request,
          pages.releasePublicPage(publication, await toHtml(publication.body), origin, {
            services: listServices(today, siteSettings),
            today,
            isCertified: entry.certified,
          }),
        );
      },
    });
  });

  app.get('/news/:slug.md', ofSlug, async (request, reply) => {
    const now = clock.now();
    const { slug } = request.params;
    const entry = await findEntry(opened, slug, now);
    if ('gone' in entry) return sendGone(opened, buffers, { request, reply }, entry.gone);
    return buffers.send(request, reply, {
      key: `markdown ${slug}`,
      version: `${entry.version}`,
      cacheControl: noCache,
      type: 'text/markdown; charset=utf-8',
      make: async () => fileOf(await asPublic(now, (db) => store.getPublicRelease(db, slug)), origin),
    });
  });
}

function fileOf(publication: store.Publication, origin: string): Promise<string> {
  const { importedFrom, dated, slug } = publication;
  const url = importedFrom?.url ?? `${origin}/news/${slug}`;
  return pages.markdownFile({
    ...publication,
    url,
    day: importedFrom?.publishedOn ?? dayOf(dated),
    origin: importedFrom ? undefined : origin,
  });
}

/** What everybody may read by this id, as a file; undefined where that is nothing. A text of others has bytes of its own, which only press of who read it in may take. */
export async function exportPublished(
  db: Reader<AnyTables>,
  id: string,
  origin: string,
): Promise<Buffer | 'of others' | undefined> {
  const publication = await store.findPublicRelease(db, id);
  if (!publication) return undefined;
  return publication.importedFrom ? 'of others' : Buffer.from(await fileOf(publication, origin));
}
