/** What this process knows of the public news: which releases there are, read again when they change, and how they are read and rendered. */
import { z } from 'zod';
import { type AnyTables, beginReading, type Reader, setContext } from '../../platform/database/database.ts';
import type { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { carryLanguage, readerKey } from '../../platform/http/private-request.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, fromMemory, type Reply, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { CachedValue } from '../../platform/rendering/cached-value.ts';
import type { ViewModels } from '../../platform/rendering/views.ts';
import { isPublic, publicFrom } from '../releases/release.ts';
import { withdrawnPage } from './pages.ts';
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

/** Browsers must not cache pages: a withdrawn release must be gone, and a shared device must not show what was read. */
export const noStore = 'no-store';
/** Programs that read feeds ask each time, and are told when nothing has changed. */
export const noCache = 'no-cache';

/** What the pages and feeds of the news share: how they are read, rendered and sent. */
export function openNews(app: App, { requestServices, publicShell, getShell, views, siteSettings }: AreaParts) {
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

  /** In the layout of the reader's language, round words that are in English alone. */
  const render = <View extends keyof ViewModels>(view: View, request: Request, model: ViewModels[View]): string =>
    carryLanguage(
      views.render(view, {
        ...getShell(request.language),
        translated: false,
        press: siteSettings.partnership?.press,
        ...model,
      }),
      request,
    );
  /** For a frame on a page of others. */
  const renderFramed = <View extends keyof ViewModels>(view: View, model: ViewModels[View]): string =>
    views.render(view, { ...publicShell, ...model });

  return { asPublic, news, render, renderFramed };
}
export type OpenNews = ReturnType<typeof openNews>;

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

/** Names the text of an entry, and whether its figures have a certificate. */
export const textVersion = ({ version, certified }: store.Entry): string =>
  `${version}${certified ? ' certified' : ''}`;

/** What everybody may read at this instant. */
export const readable = ({ entries, completeFrom }: News, now: Date): readonly store.Entry[] =>
  completeFrom <= now ? entries : entries.filter((entry) => isPublic(entry, now));

/** Names the content of what may be read: another where a clock shows less of it. */
export const versionOf = (current: News, entries: readonly store.Entry[]): string =>
  entries === current.entries ? current.version : `${current.version} at ${entries.length}`;

const Slug = z.object({ slug: z.string().regex(/^[a-z0-9][a-z0-9-]{2,119}$/) });
/** For a route under the address of a release. */
export const ofSlug = { ...fromMemory, schema: { params: Slug, querystring: z.unknown() } };

/** The entry at an address. Where it was withdrawn that is the answer; what is not or not yet public was never there. */
export async function findEntry(
  { news }: Pick<OpenNews, 'news'>,
  slug: string,
  now: Date,
): Promise<store.Entry | { readonly gone: Date }> {
  const { bySlug, withdrawn: gone } = await news.get(now);
  const withdrawn = gone.get(slug);
  if (withdrawn) return { gone: withdrawn };
  const entry = bySlug.get(slug);
  if (!entry || !isPublic(entry, now)) throw notFound('release');
  return entry;
}

/** Sends neutral words, without any content of the withdrawn release. */
export function sendGone(
  { render, renderFramed }: Pick<OpenNews, 'render' | 'renderFramed'>,
  buffers: PageBuffers,
  { request, reply }: { readonly request: Request; readonly reply: Reply },
  at: Date,
  framed = false,
): Promise<Reply> {
  const make = (): string =>
    framed
      ? renderFramed('newsroom/publication/public-card-withdrawn', withdrawnPage(at))
      : render('newsroom/publication/public-withdrawn', request, withdrawnPage(at));
  const key = framed ? 'withdrawn card' : `withdrawn ${readerKey(request)}`;
  return buffers.send(request, reply, { key, version: at.toISOString(), cacheControl: noStore, make }, 410);
}
