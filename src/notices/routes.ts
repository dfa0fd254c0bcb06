/** Who may read what she was told, and say that she has. */
import { z } from 'zod';
import type { Desk } from '../platform/home.ts';
import { type App, may } from '../platform/http.ts';
import { addressWith, PageQuery, pageSize, pagesOf } from '../platform/paging.ts';
import { accept } from '../vocabulary/result.ts';
import { noticeHref, noticesPage, noticeWords } from './pages.ts';
import * as store from './store.ts';

export async function noticesRoutes(app: App): Promise<void> {
  app.get('/notices', may('notice.read', z.unknown(), PageQuery), async (request, reply) => {
    const { page } = request.query;
    const asked = { page, size: pageSize };
    const { notices, total } = await store.pageOfNotices(request.db, request.actor.memberId, asked);
    const pages = pagesOf(page, pageSize, total, (to) => addressWith('/staff/notices', { page: to }));
    return reply.page('platform/page', noticesPage(notices, pages));
  });

  app.post('/notices', may('notice.acknowledge'), async (request, reply) => {
    const { memberId } = request.actor;
    await request.change('notices.read', memberId, async (tx) =>
      accept(await store.readNotices(tx, memberId, request.now)),
    );
    return reply.redirect('/staff/notices', 303);
  });
}

/** As many as the first page names; the rest stand on the page of notices. */
const most = 5;

export const noticesDesk: Desk = {
  action: 'notice.read',
  title: 'What you were told',
  more: { href: '/staff/notices', text: 'All notices' },
  waiting: async (db, request) =>
    (await store.listUnreadNotices(db, request.actor.memberId, most)).map((notice) => ({
      text: noticeWords(notice),
      href: noticeHref(notice),
      count: 1,
    })),
};
