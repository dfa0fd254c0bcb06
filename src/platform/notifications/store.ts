/** How notices lie in PostgreSQL: added to, never changed. Row policies leave out what the receiver may not see. */
import { sql } from 'kysely';
import type { MemberId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { Reader, Writer } from '../database/database.ts';
import type { Notification, NotificationId, ReceivedNotification } from './notification.ts';

export type NotificationTables = {
  notices: Omit<Notification, 'to'> & { toMember: string | null; toAgency: string | null; toRoles: string[] };
  noticeReadings: { noticeId: NotificationId; memberId: MemberId; readAt: Date };
};

/** Writes notifications in the transaction of their event. */
export async function notify(
  tx: Writer<NotificationTables>,
  notices: readonly Omit<Notification, 'id'>[],
): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map(({ to, ...notice }) => ({
    id: newId<'notice'>(),
    ...notice,
    toMember: 'member' in to ? to.member : null,
    toAgency: 'agency' in to ? to.agency : null,
    toRoles: 'agency' in to ? [...to.roles] : [],
  }));
  await tx.insertInto('notices').values(rows).execute();
}

const selectReceived = (db: Reader<NotificationTables>, memberId: string) =>
  db
    .selectFrom('notices as n')
    .leftJoin('noticeReadings as r', (join) =>
      join.onRef('r.noticeId', '=', 'n.id').on('r.memberId', '=', memberId as MemberId),
    );

/** One page of a member's notifications, the latest first, and their total. */
export async function listNotifications(
  db: Reader<NotificationTables>,
  memberId: string,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly notices: ReceivedNotification[]; readonly total: number }> {
  const { total } = await db
    .selectFrom('notices')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const notices = await selectReceived(db, memberId)
    .select(['n.id', 'n.kind', 'n.subject', 'n.madeAt', 'r.readAt'])
    .orderBy('n.madeAt', 'desc')
    .orderBy('n.id')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { notices, total };
}

/** A member's unread notifications, the latest first, up to a limit. Leaves out those whose subject is gone. */
export const listUnreadNotifications = (
  db: Reader<NotificationTables>,
  memberId: string,
  { most, gone }: { readonly most: number; readonly gone: readonly string[] },
): Promise<ReceivedNotification[]> =>
  selectReceived(db, memberId)
    .select(['n.id', 'n.kind', 'n.subject', 'n.madeAt', sql<null>`null`.as('readAt')])
    .where('r.noticeId', 'is', null)
    .where(sql<boolean>`n.subject <> all (${sql.val([...gone])}::uuid[])`)
    .orderBy('n.madeAt', 'desc')
    .orderBy('n.id')
    .limit(most)
    .execute();

/** Marks all current notifications of a member as read. */
export async function markNotificationsRead(
  tx: Writer<NotificationTables>,
  memberId: string,
  readAt: Date,
): Promise<void> {
  const unread = await selectReceived(tx, memberId).select('n.id').where('r.noticeId', 'is', null).execute();
  if (unread.length === 0) return;
  await tx
    .insertInto('noticeReadings')
    .values(unread.map(({ id }) => ({ noticeId: id, memberId: memberId as MemberId, readAt })))
    .onConflict((on) => on.columns(['noticeId', 'memberId']).doNothing())
    .execute();
}
