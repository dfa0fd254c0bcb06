/** The one address of the journey: an entrance that reveals nothing, and every page behind it as the answer to a form. */
import { findJourneyRequest, internalOnly } from '../../platform/http/private-request.ts';
import { type App, fromMemory, type Reply, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { createEntrance } from './entrance.ts';
import { readLongForms } from './long-forms.ts';
import { startPath } from './request.ts';
import { pathOf } from './rewritten-links.ts';
import { Journeys } from './steps.ts';
import { InternalAddresses, neutralTexts, Submissions } from './submissions.ts';

/** Registered before the areas that have internal pages. */
export async function journeyRoutes(app: App, parts: AreaParts): Promise<void> {
  const { clock, views, publicShell, publicHeaders, getShell, languages } = parts;
  const journeys = new Journeys();
  const addresses = new InternalAddresses();
  const sendEntrance = await createEntrance(views, { ...publicShell, ...neutralTexts, languages }, publicHeaders);
  const showEntrance = (request: Request, reply: Reply, to = startPath): Reply =>
    sendEntrance(request, reply, addresses.has(pathOf(to)) ? to : startPath, journeys.begin(clock.now()));
  const submissions = new Submissions(app, parts, { journeys, addresses, showEntrance });

  app.addHook('onRoute', ({ method, url, config }) => {
    if (config) addresses.add([method].flat(), url, config);
  });
  app.addHook('onRequest', (request, reply, done) => {
    const visit = findJourneyRequest();
    if (visit?.body) request.body = visit.body;
    if (!request.routeOptions.config.indoors || visit) done();
    else showEntrance(request, reply, request.method === 'GET' ? request.url : startPath);
  });

  app.get('/', fromMemory, (request, reply) => {
    showEntrance(request, reply);
  });

  await app.register(async (here: App) => {
    const forms = readLongForms(here);
    here.addContentTypeParser('multipart/form-data', (_request, _stream, done) => done(null));
    here.post('/', { config: { ...fromMemory.config, island: true } }, (request, reply) =>
      submissions.answer(request, reply, forms.isTruncated(request)),
    );
  });

  app.get('/leaving', internalOnly(fromMemory), async (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(views.render('public/private-journey/public-leaving', { ...getShell(request.language), here: '/leaving' })),
  );
}
