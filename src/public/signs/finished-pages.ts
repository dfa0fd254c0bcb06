/** What the pages of this area are made with, and sent by: finished bytes for each language and day. */
import { dayOf } from '../../platform/clock.ts';
import { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { carryLanguage, readerKey } from '../../platform/http/private-request.ts';
import type { Reply, Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { ViewModels } from '../../platform/rendering/views.ts';
import { type ApprovedContacts, contentVersion, framing, listGuidance, listServices, listSigns } from './load.ts';
import type { DayContent } from './pages-lists.ts';

/** Nobody's browser keeps these: the phone may be looked at by somebody else. */
export const noStore = 'no-store';

export const contentOf = (day: string, settings?: ApprovedContacts): DayContent => ({
  signs: listSigns(day),
  framing,
  guidance: listGuidance(day),
  services: listServices(day, settings),
  day,
});

export function openPages({ clock, views, getShell, publicHeaders, siteSettings }: AreaParts) {
  const buffers = new PageBuffers(publicHeaders, 600, siteSettings);
  return {
    buffers,
    today: (): string => dayOf(clock.now()),
    render: <View extends keyof ViewModels>(view: View, request: Request, model: ViewModels[View]): string =>
      carryLanguage(views.render(view, { ...getShell(request.language), ...model }), request),
    /** Finished once a day, and whenever its content changes. */
    sendDaily: (
      request: Request,
      reply: Reply,
      key: string,
      make: (content: DayContent) => string | Promise<string>,
    ) => {
      const day = dayOf(clock.now());
      return buffers.send(request, reply, {
        key: `${key} ${readerKey(request)}`,
        version: `${contentVersion} ${day}`,
        cacheControl: noStore,
        make: () => make(contentOf(day, siteSettings)),
      });
    },
  };
}

export type Pages = ReturnType<typeof openPages>;
