/** The public pages of this area: finished bytes for each language, situation and minute. Ticked signs are answered in the response to the form and kept nowhere. */

import { z } from 'zod';
import { dayOf } from '../../platform/clock.ts';
import { findJourneyRequest, internalOnly, onBothSites, readerKey } from '../../platform/http/private-request.ts';
import { type App, fromMemory, type Reply, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { routeContacts, type Situation } from '../contacts/contact-router.ts';
import { translatorFor } from '../languages/load.ts';
import { organisationData } from '../partnership/pages.ts';
import { noStore, openPages, type Pages } from './finished-pages.ts';
import { noAnswers, readSelfCheck, type SelfCheckAnswers } from './forms.ts';
import { bankHolidays, contentVersion, framing, listGuidance, listPlaces, listServices, listSigns } from './load.ts';
import { frontPage, helpPage, helpSeekerAt, helpSeekerLabels, homePage } from './pages.ts';
import { answerPage, readerStepPage, signsStepPage } from './pages-check.ts';
import { type ListName, listPage, signLists } from './pages-lists.ts';
import { placesPage, tenPage } from './pages-ten.ts';
import { paperRoutes } from './paper-routes.ts';
import { adviceBasisOf, exploitationOf, helpSeekerOf, selectTicked, servicesFor } from './self-check.ts';

const HelpQuery = z
  .object({
    /** Nothing is chosen about danger before the reader says it. */
    danger: z.enum(['yes', 'no', '']).catch(''),
    who: z.string().catch('worried').transform(helpSeekerAt),
  })
  .catch({ danger: '', who: 'worried person' });

export async function signsRoutes(app: App, parts: AreaParts): Promise<void> {
  const pages = openPages(parts);
  readingRoutes(app, pages);
  paperRoutes(app, parts, pages);
  selfCheckRoutes(app, parts, pages);
  helpRoutes(app, parts, pages);
}

function readingRoutes(app: App, { buffers, render, sendDaily }: Pages): void {
  app.get('/start', internalOnly(fromMemory), async (request, reply) => {
    const { language } = request;
    return buffers.send(request, reply, {
      key: `front ${language}`,
      version: contentVersion,
      cacheControl: noStore,
      make: () => render('public/signs/public-front', request, frontPage),
    });
  });

  app.get('/signs', onBothSites(fromMemory), async (request, reply) =>
    sendDaily(request, reply, 'signs', (content) =>
      render('public/signs/public-ten', request, tenPage(translatorFor(request.language), content)),
    ),
  );
  app.get('/signs/places', onBothSites(fromMemory), async (request, reply) =>
    sendDaily(request, reply, 'places', (content) =>
      render(
        'public/signs/public-places',
        request,
        placesPage(translatorFor(request.language), content, listPlaces(content.day)),
      ),
    ),
  );
  app.get('/signs/check', onBothSites(fromMemory), async (request, reply) =>
    sendDaily(request, reply, 'check', () =>
      render('public/signs/public-signs', request, readerStepPage(translatorFor(request.language), noAnswers, framing)),
    ),
  );
  for (const name of Object.keys(signLists) as ListName[])
    app.get(`/signs/${name}`, onBothSites(fromMemory), async (request, reply) =>
      sendDaily(request, reply, name, (content) =>
        render('public/signs/public-list', request, listPage(translatorFor(request.language), name, content)),
      ),
    );
}

/** The self-check: each step is the answer to a form, at one address. Where nothing is ticked yet the bytes are finished ones. */
function selfCheckRoutes(
  app: App,
  { clock, beginJourney, siteSettings }: AreaParts,
  { buffers, render, sendDaily, today }: Pages,
): void {
  app.post('/signs', onBothSites(fromMemory), async (request, reply) => {
    const said = readSelfCheck(request.body, listSigns(today()));
    const { step, asker, place, ticked } = said;
    if (step === 'notice' && ticked.length === 0)
      return sendDaily(request, reply, `notice ${asker.reader} ${asker.kind} ${place ?? ''}`, ({ signs, day }) =>
        render(
          'public/signs/public-notice',
          request,
          signsStepPage(translatorFor(request.language), said, signs, listPlaces(day)),
        ),
      );
    return buffers.sendOnce(request, reply, await renderAnswer(said, request), noStore);
  });

  async function renderAnswer(said: SelfCheckAnswers, request: Request): Promise<string> {
    const { step, asker, ticked } = said;
    const at = clock.now();
    const day = dayOf(at);
    const signs = listSigns(day);
    const words = translatorFor(request.language);
    if (step === 'who') return render('public/signs/public-signs', request, readerStepPage(words, said, framing));
    if (step === 'notice')
      return render('public/signs/public-notice', request, signsStepPage(words, said, signs, listPlaces(day)));
    const situation: Situation = { danger: false, who: helpSeekerOf(asker), at, kind: exploitationOf(asker) };
    const services = servicesFor(
      asker,
      adviceBasisOf(selectTicked(asker, signs, ticked)),
      listServices(day, siteSettings),
    );
    const answer = routeContacts(situation, services, await bankHolidays());
    const guidance = listGuidance(day);
    const entranceStep = findJourneyRequest() ? undefined : beginJourney.step();
    return render(
      'public/signs/public-answer',
      request,
      answerPage(words, { said, signs, guidance, situation, answer, day, step: entranceStep }),
    );
  }
}

function helpRoutes(app: App, { clock, origin, siteSettings }: AreaParts, { buffers, render }: Pages): void {
  const sendHelp = (request: Request, reply: Reply, asked: unknown) => {
    const { language } = request;
    const { danger, who } = HelpQuery.parse(asked);
    const minute = Math.floor(clock.now().getTime() / 60_000);
    return buffers.send(request, reply, {
      key: `help ${readerKey(request)} ${danger} ${helpSeekerLabels[who].address}`,
      version: `${contentVersion} ${minute}`,
      cacheControl: noStore,
      shortLived: true,
      make: async () => {
        const situation: Situation = { danger: danger === 'yes', who, at: new Date(minute * 60_000) };
        const day = dayOf(situation.at);
        const answer = routeContacts(situation, listServices(day, siteSettings), await bankHolidays());
        const shown = helpPage(translatorFor(language), situation, answer, day);
        return render('public/signs/public-help', request, { ...shown, safe: danger === 'no' });
      },
    });
  };
  app.get('/', { config: { ...fromMemory.config, named: true } }, async (request, reply) => {
    const minute = Math.floor(clock.now().getTime() / 60_000);
    return buffers.send(request, reply, {
      key: `home ${readerKey(request)}`,
      version: `${contentVersion} ${minute}`,
      cacheControl: noStore,
      shortLived: true,
      make: async () => {
        const situation: Situation = { danger: false, who: 'worried person', at: new Date(minute * 60_000) };
        const day = dayOf(situation.at);
        const answer = routeContacts(situation, listServices(day, siteSettings), await bankHolidays());
        const { partnership } = siteSettings;
        return render('public/signs/public-home', request, {
          ...homePage(translatorFor(request.language), situation, answer, day),
          forMachines: partnership && organisationData(origin, partnership),
        });
      },
    });
  });
  app.get('/help', onBothSites(fromMemory), async (request, reply) => sendHelp(request, reply, request.query));
  /** The form's answers appear in no address. */
  app.post('/help', onBothSites(fromMemory), async (request, reply) => sendHelp(request, reply, request.body));
}
