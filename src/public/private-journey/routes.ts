/** The one address of the journey: an entrance that reveals nothing, and every page behind it as the answer to a form. */
import { privateEntrance } from '../../platform/addresses.ts';
import { privateRobots } from '../../platform/http/private-host.ts';
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
/** As people type the address that they read on paper, whose sentence goes on behind it. */
const typedFromPaper = ['/Information', '/INFORMATION', `${privateEntrance}.`, `${privateEntrance},`];

/** It names nobody, and no sitemap. */
const robotsOfPrivateHost = 'User-agent: *\nDisallow: /\n';

export async function journeyRoutes(app: App, parts: AreaParts): Promise<void> {
  const { clock, views, publicShell, publicHeaders, getShell, siteSettings, privateHost } = parts;
  // A process that serves everything has the unit's key file, so its own reports in progress survive a restart.
  const key = parts.stepKey ?? Buffer.from(parts.keys.derive('steps of journeys'), 'base64');
  const journeys = new Journeys({ key, startedAt: clock.now() });
  const addresses = new InternalAddresses();
  const entranceAt = (entrance: string, headers: typeof publicHeaders) =>
    createEntrance(views, { ...publicShell, ...neutralTexts, entrance }, () => siteSettings.offeredLanguages, headers);
  const sendEntrance = entranceAt(privateEntrance, publicHeaders);
  const sendPrivate = privateHost ? entranceAt('/', privateHost.headers) : sendEntrance;
  const showEntrance = (request: Request, reply: Reply, to = startPath): Reply => {
    const sendPage = privateHost?.isAsked(request) ? sendPrivate : sendEntrance;
    return sendPage(request, reply, addresses.has(pathOf(to)) ? to : startPath, journeys.begin(clock.now()));
  };
  const submissions = new Submissions(app, parts, { journeys, addresses, showEntrance });

  app.addHook('onRoute', ({ method, url, config }) => {
    if (config) addresses.add([method].flat(), url, config);
  });
  app.addHook('onRequest', (request, reply, done) => {
    const visit = findJourneyRequest();
    if (visit?.body) request.body = visit.body;
    const { indoors, named } = request.routeOptions.config;
    if (!indoors || named || visit) done();
    else showEntrance(request, reply, request.method === 'GET' ? request.url : startPath);
  });

  parts.beginJourney.step = () => journeys.begin(clock.now());

  for (const url of [privateEntrance, ...typedFromPaper])
    app.get(url, fromMemory, (request, reply) => {
      showEntrance(request, reply);
    });

  if (privateHost)
    app.get(privateRobots, fromMemory, async (_request, reply) =>
      reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(robotsOfPrivateHost),
    );

  await app.register(async (here: App) => {
    const forms = readLongForms(here);
    here.addContentTypeParser('multipart/form-data', (_request, _stream, done) => done(null));
    here.post(privateEntrance, { config: { ...fromMemory.config, island: true } }, (request, reply) =>
      submissions.answer(request, reply, forms.isTruncated(request)),
    );
  });

  app.get('/leaving', internalOnly(fromMemory), async (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(views.render('public/private-journey/public-leaving', { ...getShell(request.language), here: '/leaving' })),
  );
}
