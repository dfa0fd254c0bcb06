/** The public pages of this room: finished bytes, one for each situation and minute. */
import { z } from 'zod';
import { Buffers } from '../platform/buffers.ts';
import { dayOf } from '../platform/clock.ts';
import type { RoomParts } from '../platform/doors.ts';
import { type App, fromMemory } from '../platform/http.ts';
import { indoors } from '../platform/indoors.ts';
import { bankHolidays, contentVersion, framing, listServices, listSigns } from './load.ts';
import { frontPage, helpPage, signsPage, whoAt, whoWords } from './pages.ts';
import { routesFor, type Situation } from './router.ts';

const Questions = z.object({
  danger: z.enum(['yes', 'no']).catch('no'),
  who: z.string().catch('worried').transform(whoAt),
});

/** Nobody's browser keeps these: the phone may be looked at by somebody else. */
const notKept = 'no-store';

export async function signsRoutes(app: App, { clock, views, shellIn, publicHeaders }: RoomParts): Promise<void> {
  const buffers = new Buffers(publicHeaders);
  const render = (view: string, language: string, model: Readonly<Record<string, unknown>>): string =>
    views.render(view, { ...shellIn(language), ...model });

  app.get('/start', indoors(fromMemory), async (request, reply) => {
    const { language } = request;
    return buffers.send(request, reply, {
      key: `front ${language}`,
      version: contentVersion,
      cacheControl: notKept,
      make: () => render('signs/public-front', language, frontPage),
    });
  });

  app.get('/signs', indoors(fromMemory), async (request, reply) => {
    const { language } = request;
    const day = dayOf(clock.now());
    return buffers.send(request, reply, {
      key: `signs ${language}`,
      version: `${contentVersion} ${day}`,
      cacheControl: notKept,
      make: () => render('signs/public-signs', language, signsPage(listSigns(day), framing)),
    });
  });

  app.get('/help', indoors(fromMemory), async (request, reply) => {
    const { language } = request;
    const { danger, who } = Questions.parse(request.query);
    const minute = Math.floor(clock.now().getTime() / 60_000);
    return buffers.send(request, reply, {
      key: `help ${language} ${danger} ${whoWords[who].address}`,
      version: `${contentVersion} ${minute}`,
      cacheControl: notKept,
      shortLived: true,
      make: async () => {
        const situation: Situation = { danger: danger === 'yes', who, at: new Date(minute * 60_000) };
        const day = dayOf(situation.at);
        return render(
          'signs/public-help',
          language,
          helpPage(situation, routesFor(situation, listServices(day), await bankHolidays()), day),
        );
      },
    });
  });
}
