/** More: every page that the reader may open, by place. */
import { menuPaths } from '../../vocabulary/paths/platform.ts';
import { type App, may } from '../http/server.ts';
import { groupPages, type Navigation } from './menu.ts';

type MorePage = {
  readonly title: string;
  readonly lead: string;
  readonly groups: readonly {
    readonly place?: string;
    readonly title: string;
    readonly pages: readonly { readonly href: string; readonly text: string; readonly says: string }[];
  }[];
};

declare module '../rendering/views.ts' {
  interface ViewModels {
    'platform/more': MorePage;
  }
}

export const moreRoutes =
  (pages: readonly Navigation[]) =>
  async (app: App): Promise<void> => {
    app.get(menuPaths.more.route, may('home.read'), async (request, reply) => {
      const offered = pages.filter(({ action }) => request.can(action));
      const groups = groupPages(request.actor.roles, offered);
      return reply.page('platform/more', { title: 'More', lead: 'Your pages, and what each is for.', groups });
    });

    app.get(menuPaths.potentialVictim.route, may('home.read'), async (request, reply) =>
      reply.page('platform/more', potentialVictimPage(pages.filter(({ action }) => request.can(action)))),
    );
  };

/** Asks who it is about, and leads to where that person is reported. Everybody may use the public form. */
const potentialVictimPage = (offered: readonly Navigation[]): MorePage => ({
  title: 'Report a potential victim',
  lead: 'Each answer leads to the right page.',
  groups: [
    {
      title: 'Who is it about?',
      pages: [
        { href: 'tel:999', text: 'Somebody in danger now', says: 'Call 999 first.' },
        ...offered.flatMap(({ href, potentialVictim: one }) =>
          one ? [{ href: one.href ?? href, text: one.who, says: one.does }] : [],
        ),
        {
          href: '/report',
          text: 'Anybody else',
          says: 'Use the public form. You choose whether police or a support agency reads your report. You do not have to give your name.',
        },
      ],
    },
  ],
});
