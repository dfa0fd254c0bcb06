/** The papers as pages to print, and the print room that lists them. */
import { findJourneyRequest, onBothSites } from '../../platform/http/private-request.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, fromMemory } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { renderQrCode } from '../../platform/rendering/qr-code.ts';
import type { Translator } from '../languages/language.ts';
import { translatorFor } from '../languages/load.ts';
import { noStore, type Pages } from './finished-pages.ts';
import { cardPage, leafletPage, type Printer, posterPage, sheetPage, shortAddress } from './pages-paper.ts';
import { printRoomPage } from './pages-print.ts';
import { isPaperFile, PaperShelf } from './paper-pdf.ts';

/** On the private journey they are read under its one address, with its exit; their names on the named site appear nowhere. */
export function paperRoutes(
  app: App,
  { privateAddress, siteSettings }: AreaParts,
  { render, sendDaily, today }: Pages,
): void {
  const printer: Printer = {
    entrance: privateAddress,
    settings: siteSettings,
    // The private journey names nobody.
    get partnership() {
      return findJourneyRequest() ? undefined : siteSettings.partnership;
    },
  };
  const drawPicture = (words: Translator): Promise<string> =>
    renderQrCode(privateAddress, words.plain('paper.opens', { address: shortAddress(privateAddress) }));

  app.get('/signs/poster', onBothSites(fromMemory), async (request, reply) =>
    sendDaily(request, reply, 'poster', async (content) => {
      const words = translatorFor(request.language);
      const page = posterPage(words, content, printer, await drawPicture(words));
      return render('public/signs/public-poster', request, page);
    }),
  );
  app.get('/signs/card', onBothSites(fromMemory), async (request, reply) =>
    sendDaily(request, reply, 'card', async (content) => {
      const words = translatorFor(request.language);
      const page = cardPage(words, content, printer, await drawPicture(words));
      return render('public/signs/public-card', request, page);
    }),
  );
  app.get('/signs/leaflet', onBothSites(fromMemory), async (request, reply) =>
    sendDaily(request, reply, 'leaflet', (content) =>
      render('public/signs/public-leaflet', request, leafletPage(translatorFor(request.language), content, printer)),
    ),
  );
  app.get('/signs/sheet', onBothSites(fromMemory), async (request, reply) =>
    sendDaily(request, reply, 'sheet', (content) =>
      render('public/signs/public-sheet', request, sheetPage(translatorFor(request.language), content, printer)),
    ),
  );
  app.get('/signs/print', { config: { ...fromMemory.config, named: true } }, async (request, reply) =>
    sendDaily(request, reply, 'print', () =>
      render(
        'public/signs/public-print',
        request,
        printRoomPage(translatorFor(request.language), siteSettings.offeredLanguages),
      ),
    ),
  );
  const shelf = new PaperShelf(printer);
  app.get('/signs/print/:file', fromMemory, async (request, reply) => {
    const { file } = request.params as { readonly file: string };
    const [, name = ''] = /^([a-z\d-]+)\.pdf$/.exec(file) ?? [];
    if (!isPaperFile(name)) throw notFound('paper');
    const { language } = request;
    const pdf = await shelf.get(name, language, today());
    return reply.type('application/pdf').header('cache-control', noStore).send(pdf);
  });
}
