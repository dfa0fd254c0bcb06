/** The picture that other sites show with a link to a release: the partnership, its title, its points and its day, as published, and nothing else of it. */
import { dayOf } from '../../platform/clock.ts';
import { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { notFound } from '../../platform/http/problem.ts';
import { shownElsewhere } from '../../platform/http/security-headers.ts';
import type { App } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { drawSharePicture } from '../../platform/look/share-picture.ts';
import { Shelf } from '../../platform/paper/shelf.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { getPictureBytes } from '../release-picture/store.ts';
import { pointsBeyond } from './key-points.ts';
import { findEntry, noStore, type OpenNews, ofSlug, sendGone } from './news.ts';
import * as store from './store.ts';

/** A photograph has up to some megabytes: so many are kept in memory. */
const mostPhotographs = 8;

/** What others published has no picture: it is not ours to pass on. */
export function pictureRoutes(
  app: App,
  { clock, publicHeaders, siteSettings, mode }: AreaParts,
  opened: OpenNews,
): void {
  const gone = new PageBuffers(publicHeaders, 20, siteSettings);
  const shelf = new Shelf();
  app.get('/news/:slug/image.png', { ...ofSlug, ...shownElsewhere }, async (request, reply) => {
    const now = clock.now();
    const entry = await findEntry(opened, request.params.slug, now);
    if ('gone' in entry) return sendGone(opened, gone, { request, reply }, entry.gone);
    if (entry.importedFrom) throw notFound('picture');
    const { slug, version, title, dated } = entry;
    const picture = await shelf.get(slug, `${version} ${siteSettings.version}`, async () => {
      const { keyPoints } = await opened.asPublic(now, (db) => store.getPublicRelease(db, slug));
      return drawSharePicture({
        name: siteSettings.partnership?.name,
        title,
        points: pointsBeyond(title, keyPoints),
        line: longDay(dayOf(dated)),
        colour: siteSettings.look.colour,
        logo: undefined,
        demonstration: mode === 'demonstration',
      });
    });
    return reply.header('cache-control', noStore).type('image/png').send(picture);
  });
  photographRoute(app, { clock }, opened, gone);
}

/** The photograph of a release, as it was published. The database gives its bytes only while everybody may read them. */
function photographRoute(app: App, { clock }: Pick<AreaParts, 'clock'>, opened: OpenNews, gone: PageBuffers): void {
  const shelf = new Shelf(mostPhotographs);
  app.get('/news/:slug/photo.jpg', { ...ofSlug, ...shownElsewhere }, async (request, reply) => {
    const now = clock.now();
    const entry = await findEntry(opened, request.params.slug, now);
    if ('gone' in entry) return sendGone(opened, gone, { request, reply }, entry.gone);
    const { slug, version } = entry;
    const bytes = await shelf.get(slug, String(version), () =>
      opened.asPublic(now, async (db) => {
        const { picture } = await store.getPublicRelease(db, slug);
        if (!picture) throw notFound('picture');
        return getPictureBytes(db, picture.id);
      }),
    );
    return reply.header('cache-control', noStore).type('image/jpeg').send(bytes);
  });
}
