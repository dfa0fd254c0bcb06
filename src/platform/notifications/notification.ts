/** Notifications: what kind of event, on which record; never what the record holds. Pure: no clock, no database, no wording. */
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import type { Role } from '../../vocabulary/people.ts';

export const notificationKinds = [
  'glass broken',
  'glass reviewed',
  'briefing time set',
  'opening asked',
  'opening decided',
  'opening ended',
  'partner invited',
  'invitation answered',
  'custody notice',
  'information request',
  'information answer',
  'information deadline',
  'child arrest',
  'referral taken over',
  'urgent report',
  'return to sign',
  'release to approve',
  'release to read',
  'release stopped',
  'case news',
  'urgent case news',
  'not opened',
  'system finding',
  'agency to ring',
  'intelligence shared',
  'intelligence recalled',
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** Kinds that say of no record which it is. Those of the safeguarding database say nothing else either. */
export const generalKinds = [
  'urgent report',
  'return to sign',
  'release to approve',
  'release stopped',
  'case news',
  'urgent case news',
  'not opened',
] as const satisfies readonly NotificationKind[];
export type GeneralKind = (typeof generalKinds)[number];

/** Opening one does not mark it as read: its record has a page where the member says so. */
export const kindsReadOnTheirPage: readonly NotificationKind[] = ['release to read'];

/** Kinds that break quiet hours and go on to others while nobody opens them: danger, children, police deadlines, custody. */
export const urgentKinds: readonly NotificationKind[] = [
  'custody notice',
  'information deadline',
  'child arrest',
  'urgent report',
  'urgent case news',
  'not opened',
  'agency to ring',
];
/** The home page has a task of its own for the others, so it does not say them twice. */
export const kindsOnHome: readonly NotificationKind[] = [
  'glass broken',
  'glass reviewed',
  'briefing time set',
  'opening asked',
  'opening decided',
  'opening ended',
  'information answer',
  'referral taken over',
  'release stopped',
  'not opened',
  'system finding',
];
export const isUrgent = (kind: NotificationKind): boolean => urgentKinds.includes(kind);

export type NotificationId = Id<'notice'>;

/** One member, or all who hold one of these roles at an agency. */
export type Recipient = { readonly member: MemberId } | { readonly agency: AgencyId; readonly roles: readonly Role[] };

export type Notification = {
  readonly id: NotificationId;
  readonly kind: NotificationKind;
  /** The record. Null where the kind is a general one. */
  readonly subject: string | null;
  /** The agency whose record the subject is. */
  readonly ownerId: AgencyId;
  readonly to: Recipient;
  readonly madeAt: Date;
};

export type ReceivedNotification = Pick<Notification, 'id' | 'kind' | 'subject' | 'madeAt'> & {
  readonly readAt: Date | null;
};
