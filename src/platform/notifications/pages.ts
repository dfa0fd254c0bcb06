/** How notices are worded, and where each leads. */

import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { emergencyAccessPaths } from '../../vocabulary/paths/access.ts';
import { partnerInvitationPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { notificationPaths } from '../../vocabulary/paths/platform.ts';
import { identityRequestPaths } from '../../vocabulary/paths/visits.ts';
import type { ListPage } from '../rendering/pages.ts';
import type { Pages } from '../rendering/paging.ts';
import type { NotificationKind, ReceivedNotification } from './notification.ts';

/** Kinds alone: details are on the page that a notification links to. */
const notificationTexts: Record<NotificationKind, readonly [words: string, href: (subject: string) => string]> = {
  'glass broken': ['Emergency access to an operation began', emergencyAccessPaths.emergencyAccess],
  'glass reviewed': ['Your emergency access was reviewed', emergencyAccessPaths.emergencyAccess],
  'opening asked': ['New identity request', identityRequestPaths.request],
  'opening decided': ['A custodian decided your identity request', identityRequestPaths.request],
  'opening ended': ['A custodian ended your access to a name', identityRequestPaths.request],
  'partner invited': ['Your agency was invited to an operation', partnerInvitationPaths.invitation],
  'invitation answered': ['A partner answered your invitation', partnerInvitationPaths.invitation],
  'briefing time set': ['The briefing time of your team was set', teamPaths.briefingTime],
};

export const notificationText = ({ kind }: ReceivedNotification): string => notificationTexts[kind][0];
export const notificationHref = ({ kind, subject }: ReceivedNotification): string =>
  notificationTexts[kind][1](subject);

export const notificationsPage = (notices: readonly ReceivedNotification[], pages: Pages): ListPage => ({
  title: 'Notifications',
  actions: notices.some(({ readAt }) => !readAt)
    ? [{ post: notificationPaths.notifications(), text: 'I have read all of these', secondary: true }]
    : [],
  back: { href: staffSite, text: 'Your work' },
  lead: [
    'A notification says that something happened, but not what the record says. The notification disappears when you lose access to the record.',
  ],
  list: {
    kind: 'table',
    caption: 'Notifications, the latest first',
    columns: ['Notification', 'When', 'Read'].map((text) => ({ text })),
    rows: notices.map((notice) => [
      { text: notificationTexts[notice.kind][0], href: notificationHref(notice) },
      { text: formatMoment(notice.madeAt) },
      notice.readAt ? { text: formatMoment(notice.readAt) } : { text: 'not yet', tag: 'blue' },
    ]),
    empty: 'No notifications yet. Briefing times, emergency access and other news appear here.',
    pages,
  },
});
