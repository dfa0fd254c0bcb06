/** Routes by which members read their notifications and mark them as read. */
import { z } from 'zod';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { notificationPaths } from '../../vocabulary/paths/platform.ts';
import { accept } from '../../vocabulary/result.ts';
import type { AnyTables, Reader } from '../database/database.ts';
import { buttonRoute } from '../forms/form-route.ts';
import type { HomeItems } from '../http/home.ts';
import { found } from '../http/problem.ts';
import { type App, IdPath, may } from '../http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../rendering/paging.ts';
import { isUrgent, type NotificationKind, type ReceivedNotification } from './notification.ts';
import { isReadOnItsPage, notificationHref, notificationsPage, notificationText } from './pages.ts';
import * as store from './store.ts';

export async function notificationsRoutes(app: App): Promise<void> {
  app.get(
    notificationPaths.notifications.route,
    may('notification.read', z.unknown(), PageQuery),
    async (request, reply) => {
      const { page } = request.query;
      const asked = { page, size: pageSize };
      const { notices, total } = await store.listNotifications(request.db, request.actor.memberId, asked);
      const pages = paginate(page, pageSize, total, (to) => withQuery(notificationPaths.notifications(), { page: to }));
      return reply.list(notificationsPage(notices, pages));
    },
  );

  // A button: a browser that loads links ahead, or a scanner of links, would mark it as read.
  buttonRoute(app, notificationPaths.open.route, {
    may: may('notification.acknowledge', IdPath),
    load: async ({ db, params }) => found(await store.findNotification(db, params.id), 'notification'),
    saves: null,
    event: 'notice.opened',
    subject: ({ id }) => id,
    details: ({ ownerId }) => ({ owner: ownerId }),
    change: async (tx, notice, _, { actor, now }) => {
      const { id: noticeId } = notice;
      if (isReadOnItsPage(notice)) return accept(undefined);
      const reading = { noticeId, memberId: actor.memberId as MemberId, readAt: now };
      return accept(await store.markNotificationRead(tx, reading));
    },
    next: (_, notice) => notificationHref(notice),
  });

  buttonRoute(app, notificationPaths.notifications.route, {
    may: may('notification.acknowledge'),
    load: async ({ actor }) => actor.memberId,
    saves: null,
    event: 'notices.read',
    subject: (memberId) => memberId,
    change: async (tx, memberId, _, { now }) => accept(await store.markNotificationsRead(tx, memberId, now)),
    next: () => notificationPaths.notifications(),
  });
}

/** The home page shows this many; the rest are on the notifications page. */
const most = 5;

/** Areas say which of a notification's subjects end within a day. The first page leaves those out. */
export type ExpiredSubjects = Partial<
  Record<
    NotificationKind,
    (db: Reader<AnyTables>, subjects: readonly string[], today: string) => Promise<readonly string[]>
  >
>;

export const notificationsHomeItems = (over: ExpiredSubjects): HomeItems => ({
  action: 'notification.read',
  waiting: async (db, request) => {
    const gone: string[] = [];
    const subjectsOf = (told: readonly ReceivedNotification[], kind: string) =>
      told.flatMap((one) => (one.kind === kind && one.subject ? [one.subject] : []));
    const unread = () => store.listUnreadNotifications(db, request.actor.memberId, { most, gone });
    let told = await unread();
    // Removing a notification lets an older one onto the page, and its subject may be over too.
    for (let before = -1; before < gone.length; ) {
      before = gone.length;
      for (const [kind, listOver] of Object.entries(over)) {
        const subjects = subjectsOf(told, kind);
        if (subjects.length > 0) gone.push(...(await listOver(db, subjects, request.today)));
      }
      if (gone.length > before) told = await unread();
    }
    return told.map((notice) => ({
      what: notificationText(notice),
      detail: `${formatMoment(notice.madeAt)}.`,
      status: 'new',
      ...(isUrgent(notice.kind) && { urgency: 'pressing' as const }),
      href: notificationPaths.open(notice.id),
      posts: true,
      count: 1,
    }));
  },
});
