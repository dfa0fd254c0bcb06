/** Routes by which members read their notifications and mark them as read. */
import { z } from 'zod';
import { accept } from '../../vocabulary/result.ts';
import type { AnyTables, Reader } from '../database/database.ts';
import type { Desk } from '../http/home.ts';
import { type App, may } from '../http/server.ts';
import { addressWith, PageQuery, pageSize, pagesOf } from '../rendering/paging.ts';
import type { NoticeKind } from './notification.ts';
import { noticeHref, noticesPage, noticeWords } from './pages.ts';
import * as store from './store.ts';

export async function noticesRoutes(app: App): Promise<void> {
  app.get('/notifications', may('notice.read', z.unknown(), PageQuery), async (request, reply) => {
    const { page } = request.query;
    const asked = { page, size: pageSize };
    const { notices, total } = await store.pageOfNotices(request.db, request.actor.memberId, asked);
    const pages = pagesOf(page, pageSize, total, (to) => addressWith('/staff/notifications', { page: to }));
    return reply.page('platform/page', noticesPage(notices, pages));
  });

  app.post('/notifications', may('notice.acknowledge'), async (request, reply) => {
    const { memberId } = request.actor;
    await request.change('notices.read', memberId, async (tx) =>
      accept(await store.readNotices(tx, memberId, request.now)),
    );
    return reply.redirect('/staff/notifications', 303);
  });
}

/** The home page shows this many; the rest are on the notifications page. */
const most = 5;

/** Areas say which of a notification's subjects end within a day. The first page leaves those out. */
export type Over = Partial<
  Record<NoticeKind, (db: Reader<AnyTables>, subjects: readonly string[], today: string) => Promise<readonly string[]>>
>;

export const noticesDesk = (over: Over): Desk => ({
  action: 'notice.read',
  title: 'What you were told',
  more: { href: '/staff/notifications', text: 'All notices' },
  waiting: async (db, request) => {
    const gone: string[] = [];
    const unread = () => store.listUnreadNotices(db as never, request.actor.memberId, { most, gone });
    let told = await unread();
    // Removing a notification lets an older one onto the page, and its subject may be over too.
    for (let before = -1; before < gone.length; ) {
      before = gone.length;
      for (const [kind, listOver] of Object.entries(over)) {
        const subjects = told.flatMap((one) => (one.kind === kind ? [one.subject] : []));
        if (subjects.length > 0) gone.push(...(await listOver(db, subjects, request.today)));
      }
      if (gone.length > before) told = await unread();
    }
    return told.map((notice) => ({ text: noticeWords(notice), href: noticeHref(notice), count: 1 }));
  },
});
