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
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

export type NotificationId = Id<'notice'>;

/** One member, or all who hold one of these roles at an agency. */
export type Recipient = { readonly member: MemberId } | { readonly agency: AgencyId; readonly roles: readonly Role[] };

export type Notification = {
  readonly id: NotificationId;
  readonly kind: NotificationKind;
  readonly subject: string;
  /** The agency whose record the subject is. */
  readonly ownerId: AgencyId;
  readonly to: Recipient;
  readonly madeAt: Date;
};

export type ReceivedNotification = Pick<Notification, 'id' | 'kind' | 'subject' | 'madeAt'> & {
  readonly readAt: Date | null;
};
