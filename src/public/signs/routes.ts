/** The public pages of this area: finished bytes for each language, situation and minute. Ticked signs are answered in the response to the form and kept nowhere. */
import { z } from 'zod';
import { dayOf } from '../../platform/clock.ts';
import { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { internalOnly } from '../../platform/http/private-request.ts';
import { type App, fromMemory, type Reply, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { renderQrCode } from '../../platform/rendering/qr-code.ts';
import type { ViewModels } from '../../platform/rendering/views.ts';
import { routeContacts, type Situation } from '../contacts/contact-router.ts';
import { translatorFor } from '../languages/load.ts';
import { noAnswers, readSelfCheck, type SelfCheckAnswers } from './forms.ts';
import { bankHolidays, contentVersion, framing, listGuidance, listServices, listSigns } from './load.ts';
import { frontPage, helpPage, helpSeekerAt, helpSeekerLabels } from './pages.ts';
import { answerPage, readerStepPage, signsStepPage } from './pages-check.ts';
import {
  cardPage,
  type ListName,
  listPage,
  type PaperContent,
  posterPage,
  sheetPage,
  signLists,
} from './pages-paper.ts';
import { adviceBasisOf, helpSeekerOf, selectTicked, servicesFor } from './self-check.ts';

const HelpQuery = z
  .object({
    danger: z.enum(['yes', 'no']).catch('no'),
    who: z.string().catch('worried').transform(helpSeekerAt),
  })
  .catch({ danger: 'no', who: 'worried person' });

/** Nobody's browser keeps these: the phone may be looked at by somebody else. */
const noStore = 'no-store';

/** What the pages of this area are made with, and sent by. */
function openPages({ clock, views, publicShell, getShell, publicHeaders }: AreaParts) {
  const buffers = new PageBuffers(publicHeaders);
  return {
    buffers,
    today: (): string => dayOf(clock.now()),
    render: <View extends keyof ViewModels>(view: View, language: string, model: ViewModels[View]): string =>
      views.render(view, { ...getShell(language), ...model }),
    /** On paper nobody leaves by a button: these are no part of the journey, and are passed on by their addresses. */
    renderForPrint: <View extends keyof ViewModels>(view: View, model: ViewModels[View]): string =>
      views.render(view, { ...publicShell, ...model }),
    /** Finished once a day, and whenever its content changes. */
    sendDaily: (
      request: Request,
      reply: Reply,
      key: string,
      make: (content: PaperContent) => string | Promise<string>,
    ) => {
      const day = dayOf(clock.now());
      return buffers.send(request, reply, {
        key: `${key} ${request.language}`,
        version: `${contentVersion} ${day}`,
        cacheControl: noStore,
        make: () =>
          make({ signs: listSigns(day), framing, guidance: listGuidance(day), services: listServices(day), day }),
      });
    },
  };
}

type Pages = ReturnType<typeof openPages>;

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
      make: () => render('public/signs/public-front', language, frontPage),
    });
  });

  app.get('/signs', internalOnly(fromMemory), async (request, reply) =>
    sendDaily(request, reply, 'signs', () =>
      render(
        'public/signs/public-signs',
        request.language,
        readerStepPage(translatorFor(request.language), noAnswers, framing),
      ),
    ),
  );
  for (const name of Object.keys(signLists) as ListName[])
    app.get(`/signs/${name}`, internalOnly(fromMemory), async (request, reply) =>
      sendDaily(request, reply, name, (content) =>
        render('public/signs/public-list', request.language, listPage(translatorFor(request.language), name, content)),
      ),
    );
}

function paperRoutes(app: App, { origin }: AreaParts, { renderForPrint, sendDaily }: Pages): void {
  app.get('/signs/sheet', fromMemory, async (request, reply) =>
    sendDaily(request, reply, 'sheet', (content) =>
      renderForPrint('public/signs/public-sheet', sheetPage(content, origin)),
    ),
  );
  app.get('/signs/card', fromMemory, async (request, reply) =>
    sendDaily(request, reply, 'card', (content) =>
      renderForPrint('public/signs/public-card', cardPage(content, origin)),
    ),
  );
  app.get('/signs/poster', fromMemory, async (request, reply) =>
    sendDaily(request, reply, 'poster', async (content) => {
      const picture = await renderQrCode(`${origin}/help`, 'Picture to scan, which opens who can help at this minute');
      return renderForPrint('public/signs/public-poster', posterPage(content, origin, picture));
    }),
  );
}

/** The self-check: each step is the answer to a form, at one address. Where nothing is ticked yet the bytes are finished ones. */
function selfCheckRoutes(app: App, { clock }: AreaParts, { buffers, render, sendDaily, today }: Pages): void {
  app.post('/signs', internalOnly(fromMemory), async (request, reply) => {
    const said = readSelfCheck(request.body, listSigns(today()));
    const { step, asker, ticked } = said;
    if (step === 'notice' && ticked.length === 0)
      return sendDaily(request, reply, `notice ${asker.reader} ${asker.kind}`, ({ signs }) =>
        render(
          'public/signs/public-notice',
          request.language,
          signsStepPage(translatorFor(request.language), said, signs),
        ),
      );
    return buffers.sendOnce(request, reply, await renderAnswer(said, request.language), noStore);
  });

  async function renderAnswer(said: SelfCheckAnswers, language: string): Promise<string> {
    const { step, asker, ticked } = said;
    const at = clock.now();
    const day = dayOf(at);
    const signs = listSigns(day);
    const words = translatorFor(language);
    if (step === 'who') return render('public/signs/public-signs', language, readerStepPage(words, said, framing));
    if (step === 'notice') return render('public/signs/public-notice', language, signsStepPage(words, said, signs));
    const situation: Situation = { danger: false, who: helpSeekerOf(asker), at };
    const services = servicesFor(asker, adviceBasisOf(selectTicked(asker, signs, ticked)), listServices(day));
    const answer = routeContacts(situation, services, await bankHolidays());
    const guidance = listGuidance(day);
    return render(
      'public/signs/public-answer',
      language,
      answerPage(words, { said, signs, guidance, situation, answer, day }),
    );
  }
}

function helpRoutes(app: App, { clock }: AreaParts, { buffers, render }: Pages): void {
  const sendHelp = (request: Request, reply: Reply, asked: unknown) => {
    const { language } = request;
    const { danger, who } = HelpQuery.parse(asked);
    const minute = Math.floor(clock.now().getTime() / 60_000);
    return buffers.send(request, reply, {
      key: `help ${language} ${danger} ${helpSeekerLabels[who].address}`,
      version: `${contentVersion} ${minute}`,
      cacheControl: noStore,
      shortLived: true,
      make: async () => {
        const situation: Situation = { danger: danger === 'yes', who, at: new Date(minute * 60_000) };
        const day = dayOf(situation.at);
        return render(
          'public/signs/public-help',
          language,
          helpPage(
            translatorFor(language),
            situation,
            routeContacts(situation, listServices(day), await bankHolidays()),
            day,
          ),
        );
      },
    });
  };
  app.get('/help', internalOnly(fromMemory), async (request, reply) => sendHelp(request, reply, request.query));
  /** The form's answers appear in no address. */
  app.post('/help', internalOnly(fromMemory), async (request, reply) => sendHelp(request, reply, request.body));
}
