/** The picture that other sites show with a link to a release: its title and its day, as published, and nothing else of it. */
import { dayOf } from '../../platform/clock.ts';
import { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { notFound } from '../../platform/http/problem.ts';
import { shownElsewhere } from '../../platform/http/security-headers.ts';
import type { App } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { drawSharePicture } from '../../platform/look/share-picture.ts';
import { Shelf } from '../../platform/paper/shelf.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { findEntry, noStore, type OpenNews, ofSlug, sendGone } from './news.ts';

/** What others published has no picture: it is not ours to pass on. */
export function pictureRoutes(
  app: App,
  { clock, publicHeaders, siteSettings, mode }: AreaParts,
  opened: OpenNews,
): void {
  const gone = new PageBuffers(publicHeaders, 20, siteSettings);
  const shelf = new Shelf();
  app.get('/news/:slug/image.png', { ...ofSlug, ...shownElsewhere }, async (request, reply) => {
    const entry = await findEntry(opened, request.params.slug, clock.now());
    if ('gone' in entry) return sendGone(opened, gone, { request, reply }, entry.gone);
    if (entry.importedFrom) throw notFound('picture');
    const { slug, version, title, dated } = entry;
    const picture = await shelf.get(slug, `${version} ${siteSettings.version}`, () =>
      drawSharePicture({
        title,
        line: longDay(dayOf(dated)),
        colour: siteSettings.look.colour,
        logo: undefined,
        demonstration: mode === 'demonstration',
      }),
    );
    return reply.header('cache-control', noStore).type('image/png').send(picture);
  });
}
