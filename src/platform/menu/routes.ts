/** More: every page that the reader may open, by place. */
import { menuPaths } from '../../vocabulary/paths/platform.ts';
import { type App, may } from '../http/server.ts';
import { groupPages, type Navigation } from './menu.ts';

type MorePage = {
  readonly title: string;
  readonly groups: ReturnType<typeof groupPages>;
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
      return reply.page('platform/more', { title: 'More', groups: groupPages(request.actor.roles, offered) });
    });
  };
