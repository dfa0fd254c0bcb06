/** How notices are worded, and where each leads. */

import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { emergencyAccessPaths } from '../../vocabulary/paths/access.ts';
import { deconflictionPaths, intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { monitoringPaths } from '../../vocabulary/paths/monitoring.ts';
import { newsroomPaths, submittedReleasePaths } from '../../vocabulary/paths/newsroom.ts';
import { partnerInvitationPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { messagePaths, notificationPaths } from '../../vocabulary/paths/platform.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import { receivedNoticePaths } from '../../vocabulary/paths/safeguarding/custody-notices.ts';
import { informationRequestPaths } from '../../vocabulary/paths/safeguarding/information-requests.ts';
import { arrestPaths, identityRequestPaths, officerReferralPaths } from '../../vocabulary/paths/visits.ts';
import type { ListPage } from '../rendering/pages.ts';
import type { Pages } from '../rendering/paging.ts';
import { kindsReadOnTheirPage, type NotificationKind, type ReceivedNotification } from './notification.ts';

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
  'custody notice': ['Urgent: new custody safeguarding notice', receivedNoticePaths.notice],
  'information request': ['New police request for information', informationRequestPaths.request],
  'information answer': ['An answer to your information request arrived', informationRequestPaths.request],
  'information deadline': [
    'Urgent: the deadline of a police request for information is near',
    informationRequestPaths.request,
  ],
  'child arrest': ['Urgent: a child, or somebody treated as one, was arrested', arrestPaths.arrest],
  'referral taken over': ['A colleague took over your NRM referral', officerReferralPaths.referral],
  'urgent report': ['Urgent: a report says that somebody is in danger', () => reportPaths.police.onCall()],
  'return to sign': ['A return is ready to sign', () => returnPaths.list()],
  'release to approve': ['A release waits for approval', () => newsroomPaths.list()],
  'release to read': [
    'You can read a release before it is published',
    // Those from before name no release.
    (subject) => (subject ? submittedReleasePaths.release(subject) : submittedReleasePaths.list()),
  ],
  'release stopped': ['A safeguarding lead stopped a release', () => newsroomPaths.list()],
  'case news': ['There is something new in your cases', () => staffSite],
  'urgent case news': ['Urgent: there is something new in your cases', () => staffSite],
  'agency to ring': ['Urgent: ring another agency before a visit', deconflictionPaths.match],
  'intelligence shared': ['Another agency shared intelligence with yours', intelligencePaths.receivedShare],
  'intelligence recalled': ['Another agency recalled intelligence that it shared', intelligencePaths.receivedShare],
  'system finding': ['System health needs attention', () => monitoringPaths.health()],
  'not opened': ['Urgent: nobody has opened an urgent notification of your agency', () => staffSite],
};

type Named = Pick<ReceivedNotification, 'kind' | 'subject'>;
export const notificationText = ({ kind }: Named): string => notificationTexts[kind][0];
/** Whether the member says on the page of its record that they read it. */
export const isReadOnItsPage = ({ kind, subject }: Named): boolean =>
  subject !== null && kindsReadOnTheirPage.includes(kind);
/** The page of what happened. */
export const notificationHref = ({ kind, subject }: Named): string => notificationTexts[kind][1](subject ?? '');

export const notificationsPage = (notices: readonly ReceivedNotification[], pages: Pages): ListPage => ({
  title: 'Notifications',
  actions: notices.some((notice) => !notice.readAt && !isReadOnItsPage(notice))
    ? [{ post: notificationPaths.notifications(), text: 'Mark all as read', secondary: true }]
    : [],
  links: [{ href: messagePaths.channels(), text: 'Get an e-mail or text when something is new' }],
  back: { href: staffSite, text: 'Your work' },
  lead: [
    'A notification says that something happened, but not what the record says. The notification disappears when you lose access to the record.',
    'Opening one marks it as read.',
    ...(notices.some(isReadOnItsPage)
      ? [
          'A release to read stays until you say on its page that you read it. It goes when it was stopped or is public.',
        ]
      : []),
  ],
  posts: notices.length > 0,
  list: {
    kind: 'table',
    stack: true,
    caption: 'Notifications, the latest first',
    columns: ['Notification', 'When', 'Read'].map((text) => ({ text })),
    rows: notices.map((notice) => [
      { text: notificationText(notice), post: notificationPaths.open(notice.id) },
      { text: formatMoment(notice.madeAt) },
      notice.readAt ? { text: formatMoment(notice.readAt) } : { text: 'not yet', tag: 'blue' },
    ]),
    empty: 'No notifications yet. Referrals, requests, approvals and other news for you appear here.',
    pages,
  },
});
