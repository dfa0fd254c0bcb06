/** The partnership's own pages on the named site: who it is, privacy, accessibility, contact, and whom to tell of a fault in security. */
import { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { carryLanguage, readerKey } from '../../platform/http/private-request.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, fromMemory } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { translatorFor } from '../languages/load.ts';
import { partnershipPage, partnershipPages, securityFile } from './pages.ts';

const named = { config: { ...fromMemory.config, named: true } };

export async function partnershipRoutes(app: App, parts: AreaParts): Promise<void> {
  const { views, getShell, publicHeaders, origin, siteSettings } = parts;
  const buffers = new PageBuffers(publicHeaders, 60, siteSettings);
  for (const page of partnershipPages)
    app.get(`/${page}`, named, async (request, reply) =>
      buffers.send(request, reply, {
        key: `${page} ${readerKey(request)}`,
        version: '1',
        cacheControl: 'no-store',
        make: () => {
          const { language } = request;
          const model = partnershipPage(translatorFor(language), page, siteSettings.partnership);
          const shown = { ...getShell(language), translated: false, ...model };
          return carryLanguage(views.render(`public/partnership/public-${page}`, shown), request);
        },
      }),
    );

  app.get('/.well-known/security.txt', fromMemory, async (request, reply) => {
    const { partnership } = siteSettings;
    if (!partnership) throw notFound('security.txt');
    return buffers.send(request, reply, {
      key: 'security.txt',
      version: '1',
      cacheControl: 'no-cache',
      type: 'text/plain; charset=utf-8',
      make: () => securityFile(origin, partnership),
    });
  });
}
