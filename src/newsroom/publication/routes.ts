/** Public routes of releases. Pages are kept in memory as bytes; each request checks whether they may be shown now. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { dayOf } from '../../platform/clock.ts';
import { type AnyTables, beginReading, type Reader, setContext } from '../../platform/database/database.ts';
import { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, fromMemory } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { CachedValue } from '../../platform/rendering/cached-value.ts';
import { pageSize } from '../../platform/rendering/paging.ts';
import type { ViewModels } from '../../platform/rendering/views.ts';
import { contentVersion } from '../../public/signs/index.ts';
import { isPublic, publicFrom } from '../releases/release.ts';
import { toHtml } from '../releases/text.ts';
import * as pages from './pages.ts';
import * as store from './store.ts';

/** All public news, as this process last read it. */
type News = {
  readonly version: string;
  readonly entries: readonly store.Entry[];
  readonly bySlug: ReadonlyMap<string, store.Entry>;
  readonly withdrawn: ReadonlyMap<string, Date>;
  /** The instant from which all of it may be read: later than now only where a clock was set back. */
  readonly completeFrom: Date;
};

const newsCache = new WeakMap<AreaParts['requestServices'], CachedValue<News>>();

/** Staff of this process have changed what is public: its readers ask at once. Those of others ask within a second. */
export const clearNewsCache = ({ requestServices }: Pick<AreaParts, 'requestServices'>): void =>
  newsCache.get(requestServices)?.forget();

const Slug = z.object({ slug: z.string().regex(/^[a-z0-9][a-z0-9-]{2,119}$/) });
const anything = { params: z.unknown(), querystring: z.unknown() };

/** An answer that cannot be read is `null`: the page says so. */
const nullIfInvalid = <Answer>(answer: z.ZodType<Answer>) => answer.optional().nullable().catch(null);
const QueryText = nullIfInvalid(
  z
    .string()
    .max(100)
    .transform((text) => text.replace(/\p{Cc}/gu, ' ').trim() || undefined),
);
const NewsQueryString = z.object({
  q: QueryText,
  area: QueryText,
  month: nullIfInvalid(
    z
      .string()
      .regex(/^(?:\d{4}-(0[1-9]|1[0-2]))?$/)
      .transform((text) => text || undefined),
  ),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

/** Browsers must not cache pages: a withdrawn release must be gone, and a shared device must not show what was read. */
const noStore = 'no-store';
/** Programs that read feeds ask each time, and are told when nothing has changed. */
const noCache = 'no-cache';

/** What the pages and feeds of the news share: how they are read, rendered and sent. */
function openNews(app: App, { requestServices, publicShell, views }: AreaParts) {
  /** Reads as everybody, under the database's public role. */
  const asPublic = async <Value>(now: Date, read: (db: Reader<AnyTables>) => Promise<Value>): Promise<Value> => {
    const tx = await beginReading(requestServices.databases.for('main', 'public'));
    try {
      await setContext(tx, { now });
      const value = await read(tx);
      await tx.commit().execute();
      return value;
    } catch (error) {
      await tx.rollback().execute();
      throw error;
    }
  };

  const news = new CachedValue<News>({
    load: (now, before) => asPublic(now, (db) => readNews(db, before)),
    onError: (error) => app.log.error({ err: error }, 'what may be shown could not be asked'),
  });
  newsCache.set(requestServices, news);

  const render = <View extends keyof ViewModels>(view: View, model: ViewModels[View]): string =>
    views.render(view, { ...publicShell, ...model });

  return { asPublic, news, render };
}
type OpenNews = ReturnType<typeof openNews>;

/** All that everybody may read; what was read before, where nothing has changed. */
async function readNews(db: Reader<AnyTables>, before: News | undefined): Promise<News> {
  const version = await store.getNewsVersion(db);
  if (before?.version === version) return before;
  const entries = await store.listEntries(db);
  const gone = await store.listWithdrawnEntries(db);
  return {
    version,
    entries,
    bySlug: new Map(entries.map((entry) => [entry.slug, entry])),
    withdrawn: new Map(gone.map(({ slug, at }) => [slug, at])),
    completeFrom: new Date(Math.max(0, ...entries.map((entry) => publicFrom(entry).getTime()))),
  };
}

const readable = ({ entries, completeFrom }: News, now: Date): readonly store.Entry[] =>
  completeFrom <= now ? entries : entries.filter((entry) => isPublic(entry, now));

/** Names the content of what may be read: another where a clock shows less of it. */
const versionOf = (current: News, entries: readonly store.Entry[]): string =>
  entries === current.entries ? current.version : `${current.version} at ${entries.length}`;

export async function newsPublicRoutes(app: App, parts: AreaParts): Promise<void> {
  const opened = openNews(app, parts);
  const buffers = new PageBuffers(parts.publicHeaders);
  listRoute(app, parts, opened, buffers);
  feedRoutes(app, parts, opened, buffers);
  releaseRoutes(app, parts, opened, buffers);
}

/** What is asked of the list; each part that cannot be read is named in `unread`. */
function readQuery(query: unknown): pages.NewsQuery {
  const { q, page, ...choice } = NewsQueryString.parse(query);
  const unread = [q === null && 'words', choice.area === null && 'area', choice.month === null && 'month'] as const;
  return {
    words: q ?? undefined,
    area: choice.area ?? undefined,
    month: choice.month ?? undefined,
    page,
    unread: unread.filter((name) => name !== false),
  };
}

function listRoute(
  app: App,
  { clock, origin, publicHeaders }: AreaParts,
  opened: OpenNews,
  buffers: PageBuffers,
): void {
  const { asPublic, news, render } = opened;
  /** Separate from the other pages: searches are unlimited in number and may evict only each other. */
  const searches = new PageBuffers(publicHeaders, 200);

  app.get('/news', fromMemory, async (request, reply) => {
    const now = clock.now();
    const asked = readQuery(request.query);
    const { words, area, month, page, unread } = asked;
    const current = await news.get(now);
    const all = readable(current, now);
    const fits = (entry: store.Entry): boolean =>
      (!area || entry.area === area) && (!month || pages.monthOf(entry) === month);
    const pageOf = (found: readonly store.Entry[]): string =>
      render('newsroom/publication/public-list', pages.newsListPage({ asked, found, all, origin }));
    const narrowed = all.filter(fits);
    const version = versionOf(current, all);
    const key = `news ${JSON.stringify(asked)}`;
    // Pages that there are for certain keep their place; what somebody typed has one among its like.
    if (!words && !(area || month) && unread.length === 0 && (page - 1) * pageSize < Math.max(1, narrowed.length))
      return buffers.send(request, reply, { key, version, cacheControl: noStore, make: () => pageOf(narrowed) });
    const make = async (): Promise<string> => {
      if (!words) return pageOf(narrowed);
      const ids = new Set(await asPublic(now, (db) => store.searchPublicReleases(db, words)));
      return pageOf(narrowed.filter((entry) => ids.has(entry.id)));
    };
    return searches.send(request, reply, { key, version, cacheControl: noStore, shortLived: true, make });
  });
}

function feedRoutes(app: App, { clock, origin }: AreaParts, { news }: OpenNews, buffers: PageBuffers): void {
  for (const [kind, type] of Object.entries(pages.feeds) as [pages.FeedKind, string][]) {
    app.get(`/news/feed.${kind}`, fromMemory, async (request, reply) => {
      const now = clock.now();
      const current = await news.get(now);
      const entries = readable(current, now);
      const version = versionOf(current, entries);
      return buffers.send(request, reply, {
        key: `feed ${kind}`,
        version,
        cacheControl: noCache,
        type,
        make: () => pages.makeFeed(kind, entries, origin),
      });
    });
  }
}

function releaseRoutes(app: App, { clock, origin }: AreaParts, opened: OpenNews, buffers: PageBuffers): void {
  const { asPublic, news, render } = opened;

  /** The entry at an address. Where it was withdrawn that is the answer; what is not or not yet public was never there. */
  const find = async (slug: string, now: Date): Promise<store.Entry | { readonly gone: Date }> => {
    const { bySlug, withdrawn: gone } = await news.get(now);
    const withdrawn = gone.get(slug);
    if (withdrawn) return { gone: withdrawn };
    const entry = bySlug.get(slug);
    if (!entry || !isPublic(entry, now)) throw notFound('release');
    return entry;
  };

  /** Neutral words, without any content of the withdrawn release. */
  const sendGone = (request: FastifyRequest, reply: FastifyReply, at: Date): Promise<FastifyReply> => {
    const make = (): string => render('newsroom/publication/public-withdrawn', pages.withdrawnPage(at));
    return buffers.send(request, reply, { key: 'gone', version: at.toISOString(), cacheControl: noStore, make }, 410);
  };

  app.get('/news/:slug', { ...fromMemory, schema: { ...anything, params: Slug } }, async (request, reply) => {
    const now = clock.now();
    const { slug } = request.params;
    const entry = await find(slug, now);
    if ('gone' in entry) return sendGone(request, reply, entry.gone);
    const today = dayOf(now);
    return buffers.send(request, reply, {
      key: `release ${slug}`,
      version: `${entry.version} ${contentVersion} ${today}`,
      cacheControl: noStore,
      make: async () => {
        const publication = await asPublic(now, (db) => store.getPublicRelease(db, slug));
        return render(
          'newsroom/publication/public-release',
          pages.releasePublicPage(publication, await toHtml(publication.body), origin, today),
        );
      },
    });
  });

  app.get('/news/:slug.md', { ...fromMemory, schema: { ...anything, params: Slug } }, async (request, reply) => {
    const now = clock.now();
    const { slug } = request.params;
    const entry = await find(slug, now);
    if ('gone' in entry) return sendGone(request, reply, entry.gone);
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
  return pages.markdownFile({ ...publication, url, day: importedFrom?.publishedOn ?? dayOf(dated) });
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
