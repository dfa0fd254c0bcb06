/** The logo of the named site, and the picture that other sites show with a link to its pages. */
import { logoAddress, sharedPicture } from '../../platform/addresses.ts';
import { isolatedResponse } from '../../platform/files/index.ts';
import { notFound } from '../../platform/http/problem.ts';
import { shownElsewhere } from '../../platform/http/security-headers.ts';
import { type App, fromMemory } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { bytesOf, mediaTypes } from '../../platform/look/logo.ts';
import { drawSharePicture } from '../../platform/look/share-picture.ts';
import { Shelf } from '../../platform/paper/shelf.ts';

export async function lookRoutes(app: App, { siteSettings, origin, mode }: AreaParts): Promise<void> {
  app.get(logoAddress, { ...fromMemory, ...isolatedResponse }, async (_request, reply) => {
    const { logo } = siteSettings.look;
    if (!logo) throw notFound('logo');
    // Nobody's browser keeps it: a phone may be looked at by somebody else. Opened by itself, it runs nothing.
    return reply.header('cache-control', 'no-store').type(mediaTypes[logo.format]).send(bytesOf(logo));
  });

  const shelf = new Shelf();
  app.get(sharedPicture, { ...fromMemory, ...shownElsewhere }, async (_request, reply) => {
    const { partnership, look, version } = siteSettings;
    if (!partnership) throw notFound('picture');
    const picture = await shelf.get('site', version, () =>
      drawSharePicture({
        title: partnership.name,
        line: new URL(origin).host,
        colour: look.colour,
        logo: look.logo,
        demonstration: mode === 'demonstration',
      }),
    );
    return reply.header('cache-control', 'no-cache').type('image/png').send(picture);
  });
}
