/** Notifications: what kind of event, on which record; never what the record holds. Pure: no clock, no database, no wording. */
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import type { Role } from '../../vocabulary/people.ts';

export const noticeKinds = [
  'glass broken',
  'glass reviewed',
  'briefing time set',
  'opening asked',
  'opening decided',
  'opening ended',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export type NoticeId = Id<'notice'>;

/** One member, or all who hold one of these roles at an agency. */
export type Receiver = { readonly member: MemberId } | { readonly agency: AgencyId; readonly roles: readonly Role[] };

export type Notice = {
  readonly id: NoticeId;
  readonly kind: NoticeKind;
  readonly subject: string;
  /** The agency whose record the subject is. */
  readonly ownerId: AgencyId;
  readonly to: Receiver;
  readonly madeAt: Date;
};

export type Told = Pick<Notice, 'id' | 'kind' | 'subject' | 'madeAt'> & { readonly readAt: Date | null };
