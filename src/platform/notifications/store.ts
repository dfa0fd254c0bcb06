/** How notices lie in PostgreSQL: added to, never changed. Row policies leave out what the receiver may not see. */
import { sql } from 'kysely';
import { type AgencyId, type MemberId, newId } from '../../vocabulary/ids.ts';
import type { Role } from '../../vocabulary/people.ts';
import type { AnyTables, Reader, Writer } from '../database/database.ts';
import { mostCounted } from './bell.ts';
import {
  isUrgent,
  kindsOnHome,
  kindsReadOnTheirPage,
  type Notification,
  type NotificationId,
  type NotificationKind,
  type ReceivedNotification,
} from './notification.ts';
import type { Standing } from './standing.ts';

export type NotificationTables = {
  notices: Omit<Notification, 'to'> & {
    toMember: string | null;
    toAgency: string | null;
    toRoles: string[];
    urgent: boolean;
  };
  noticeReadings: { noticeId: NotificationId; memberId: MemberId; readAt: Date };
};

const recipientColumns = (to: Notification['to']) => ({
  toMember: 'member' in to ? to.member : null,
  toAgency: 'agency' in to ? to.agency : null,
  toRoles: 'agency' in to ? [...to.roles] : [],
});

/** Writes notifications in the transaction of their event. */
export async function notify(
  tx: Writer<NotificationTables>,
  notices: readonly Omit<Notification, 'id'>[],
): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map(({ to, ...notice }) => ({
    id: newId<'notice'>(),
    ...notice,
    urgent: isUrgent(notice.kind),
    ...recipientColumns(to),
  }));
  await tx.insertInto('notices').values(rows).execute();
}

/** One that brings its id, by which its sender asks whether it arrived. Written once, however often its event is delivered. For the leader. */
export async function notifyAs(tx: Writer<NotificationTables>, { to, ...notice }: Notification): Promise<void> {
  await tx
    .insertInto('notices')
    .values({ ...notice, urgent: isUrgent(notice.kind), ...recipientColumns(to) })
    .onConflict((on) => on.column('id').doNothing())
    .execute();
}

/** Sends an unopened notification one step on. The first one remembers the step. For the leader. */
export async function notifyOn(
  tx: Writer<AnyTables>,
  firstId: NotificationId,
  step: number,
  notice: Omit<Notification, 'id'>,
): Promise<void> {
  const { to, ...one } = notice;
  const row = { id: newId<'notice'>(), ...one, ...recipientColumns(to), urgent: isUrgent(one.kind), firstId };
  await tx.insertInto('notices').values(row).execute();
  await tx.updateTable('notices').set({ step }).where('id', '=', firstId).execute();
}

/** As `notify`, for events that are delivered more than once: a second notification of the same kind about the same record is left out. */
export async function notifyOnce(
  tx: Writer<NotificationTables>,
  notices: readonly Omit<Notification, 'id'>[],
): Promise<void> {
  for (const notice of notices) {
    const { kind, subject } = notice;
    const told = await tx
      .selectFrom('notices')
      .select('id')
      .where('kind', '=', kind)
      .where('subject', 'is not distinct from', subject)
      .limit(1)
      .executeTakeFirst();
    if (!told) await notify(tx, [notice]);
  }
}

export type Holders = {
  readonly agency: string | null;
  readonly operation: string | null;
  readonly roles: readonly Role[];
};

/** The members who hold one of these roles now, at an agency or at the agencies of an operation. For the leader. */
export async function listRecipients(
  tx: Reader<AnyTables>,
  { agency, operation, roles }: Holders,
  now: Date,
): Promise<readonly { readonly memberId: MemberId; readonly agencyId: AgencyId }[]> {
  const { rows } = await sql<{ memberId: MemberId; agencyId: AgencyId }>`
    select * from ctx.notice_recipients(${agency}::uuid, ${operation}::uuid, ${sql.val([...roles])}::text[], ${now})`.execute(
    tx,
  );
  return rows;
}

/** To whom it is, as the row policy says too: said here, an index finds them among those of everybody. */
const isAddressed = sql<boolean>`(n.to_member = (select ctx.member()) or n.to_agency = (select ctx.agency()))`;

const selectReceived = (db: Reader<NotificationTables>, memberId: string) =>
  db
    .selectFrom('notices as n')
    .where(isAddressed)
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
    .selectFrom('notices as n')
    .where(isAddressed)
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

/** A member's unread notifications for the home page, the latest first, up to a limit. Leaves out those whose subject is gone. */
export const listUnreadNotifications = (
  db: Reader<NotificationTables>,
  memberId: string,
  { most, gone }: { readonly most: number; readonly gone: readonly string[] },
): Promise<ReceivedNotification[]> =>
  selectReceived(db, memberId)
    .select(['n.id', 'n.kind', 'n.subject', 'n.madeAt', sql<null>`null`.as('readAt')])
    .where('r.noticeId', 'is', null)
    .where('n.kind', 'in', kindsOnHome)
    .where(sql<boolean>`(n.subject is null or n.subject <> all (${sql.val([...gone])}::uuid[]))`)
    .orderBy('n.madeAt', 'desc')
    .orderBy('n.id')
    .limit(most)
    .execute();

const daysCounted = 60;

/** How many notifications of the last two months a member has not read: one query, and at most one more than the bell counts. */
export async function countUnreadNotifications(db: Reader<AnyTables>, memberId: string, now: Date): Promise<number> {
  const since = new Date(now.getTime() - daysCounted * 86_400_000);
  const { rows } = await sql<{ unread: number }>`select count(*)::integer as unread from (
    select from notices n where n.made_at > ${since} and ${isAddressed}
       and not exists (select from notice_readings r where r.notice_id = n.id and r.member_id = ${memberId})
     limit ${mostCounted + 1}) counted`.execute(db);
  return rows[0]?.unread ?? 0;
}

/** The notification, if the member may see it. */
export const findNotification = (
  db: Reader<NotificationTables>,
  id: string,
): Promise<Pick<Notification, 'id' | 'kind' | 'subject' | 'ownerId'> | undefined> =>
  db
    .selectFrom('notices')
    .select(['id', 'kind', 'subject', 'ownerId'])
    .where('id', '=', id as NotificationId)
    .executeTakeFirst();

/** Marks one notification as read, once. */
export async function markNotificationRead(
  tx: Writer<NotificationTables>,
  reading: NotificationTables['noticeReadings'],
): Promise<void> {
  await tx
    .insertInto('noticeReadings')
    .values(reading)
    .onConflict((on) => on.columns(['noticeId', 'memberId']).doNothing())
    .execute();
}

/** Of these records, those that the member has read: every notification of this kind about it, and at least one. */
export async function listSubjectsRead(
  db: Reader<NotificationTables>,
  { kind, memberId }: { readonly kind: NotificationKind; readonly memberId: string },
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  if (subjects.length === 0) return new Set();
  const rows = await selectReceived(db, memberId)
    .select(['n.subject', sql<boolean>`bool_and(r.notice_id is not null)`.as('read')])
    .where('n.kind', '=', kind)
    .where('n.subject', '=', sql<string>`any (${sql.val([...subjects])}::uuid[])`)
    .groupBy('n.subject')
    .execute();
  return new Set(rows.flatMap(({ subject, read }) => (read && subject ? [subject] : [])));
}

/** Marks what this member was told of a record as read. Who was told nothing, because the role came later, gets it written down as told and read now. */
export async function markSubjectRead(
  tx: Writer<NotificationTables>,
  { kind, subject, actor }: { readonly kind: NotificationKind; readonly subject: string; readonly actor: MemberOf },
  readAt: Date,
): Promise<void> {
  const memberId = actor.memberId as MemberId;
  const told = await selectReceived(tx, memberId)
    .select('n.id')
    .where('n.kind', '=', kind)
    .where('n.subject', '=', subject)
    .execute();
  const ids = told.map(({ id }) => id);
  if (ids.length === 0) {
    const id = newId<'notice'>();
    const of = { kind, subject, ownerId: actor.agencyId as AgencyId, madeAt: readAt, urgent: isUrgent(kind) };
    await tx
      .insertInto('notices')
      .values({ id, ...of, ...recipientColumns({ member: memberId }) })
      .execute();
    ids.push(id);
  }
  for (const noticeId of ids) await markNotificationRead(tx, { noticeId, memberId, readAt });
}

type MemberOf = { readonly memberId: string; readonly agencyId: string };

/** Marks all current notifications of a member as read, or those of one kind. Without a kind, those that are read on a page of their own stay. */
export async function markNotificationsRead(
  tx: Writer<NotificationTables>,
  memberId: string,
  readAt: Date,
  kind?: NotificationKind,
): Promise<void> {
  let query = selectReceived(tx, memberId).select('n.id').where('r.noticeId', 'is', null);
  query = kind
    ? query.where('n.kind', '=', kind)
    : query.where((of) => of.or([of('n.subject', 'is', null), of('n.kind', 'not in', kindsReadOnTheirPage)]));
  const unread = await query.execute();
  if (unread.length === 0) return;
  await tx
    .insertInto('noticeReadings')
    .values(unread.map(({ id }) => ({ noticeId: id, memberId: memberId as MemberId, readAt })))
    .onConflict((on) => on.columns(['noticeId', 'memberId']).doNothing())
    .execute();
}

/** How far each notification is, by its id. One that is not written yet is missing. */
export async function readStandings(
  db: Reader<AnyTables>,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, Standing>> {
  const asked = ids.filter((id) => id !== null);
  if (asked.length === 0) return new Map();
  const { rows } = await sql<{ id: string; standing: Standing }>`
    select * from ctx.notices_standing(${sql.val([...asked])}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, standing }) => [id, standing]));
}

/** The same of the notification about a record; undefined where nobody was to be notified. */
export async function findStanding(
  db: Reader<AnyTables>,
  kind: 'opening asked' | 'partner invited',
  record: string,
): Promise<Standing | undefined> {
  const { rows } = await sql<{ standing: Standing | null }>`
    select ctx.records_standing(${kind}, ${record}::uuid) as standing`.execute(db);
  return rows[0]?.standing ?? undefined;
}
