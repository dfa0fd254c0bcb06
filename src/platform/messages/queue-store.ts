/** How messages lie in PostgreSQL: one row each. For the background work, in transactions of its own. */
import { sql } from 'kysely';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type Id, type MemberId, newId } from '../../vocabulary/ids.ts';
import type { AnyTables, Writer } from '../database/database.ts';
import type { NotificationId, NotificationKind } from '../notifications/notification.ts';
import type { Channel, QuietHours, Settled } from './message.ts';

export type MessageId = Id<'message'>;

/** A notification for which no message was considered yet. */
export type Unqueued = {
  readonly id: NotificationId;
  readonly toMember: MemberId | null;
  readonly toAgency: string | null;
  readonly toRoles: readonly string[];
  readonly urgent: boolean;
};

export const listUnqueued = async (tx: Writer<AnyTables>, limit: number): Promise<Unqueued[]> =>
  (await tx
    .selectFrom('notices')
    .select(['id', 'toMember', 'toAgency', 'toRoles', 'urgent'])
    .where('queued', '=', false)
    .orderBy('madeAt')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()) as Unqueued[];

export async function markQueued(tx: Writer<AnyTables>, ids: readonly NotificationId[]): Promise<void> {
  await tx.updateTable('notices').set({ queued: true }).where('id', 'in', ids).execute();
}

/** A confirmed address that is switched on. */
export type OpenChannel = {
  readonly memberId: MemberId;
  readonly agencyId: string;
  readonly channel: Channel;
  readonly quiet: QuietHours | null;
  readonly restedUntil: Date | null;
  readonly urgentRestedUntil: Date | null;
};

export async function listOpenChannels(
  tx: Writer<AnyTables>,
  members: readonly MemberId[],
  now: Date,
): Promise<OpenChannel[]> {
  if (members.length === 0) return [];
  const { rows } = await sql<Omit<OpenChannel, 'quiet'> & { quietFrom: number | null; quietUntil: number | null }>`
    select c.member_id, c.channel, c.quiet_from, c.quiet_until, c.rested_until, c.urgent_rested_until,
           a.agency_id
      from notification_channels c cross join lateral ctx.agency_of_member(c.member_id, ${now}) as a(agency_id)
     where c.member_id = any (${sql.val([...members])}::uuid[]) and c.switched_on and c.confirmed_at is not null
       and a.agency_id is not null`.execute(tx);
  return rows.map(({ quietFrom, quietUntil, ...row }) => ({
    ...row,
    quiet: quietFrom === null || quietUntil === null ? null : { from: quietFrom, until: quietUntil },
  }));
}

/** One message waits for each member and channel. A further notification joins it, and an urgent one brings it forward. */
export async function addToMessage(
  tx: Writer<AnyTables>,
  { memberId, agencyId, channel }: OpenChannel,
  { notice, urgent, dueAt }: { readonly notice: NotificationId; readonly urgent: boolean; readonly dueAt: Date },
  now: Date,
): Promise<void> {
  await sql`insert into notification_messages (id, member_id, agency_id, channel, notices, urgent, due_at, made_at)
    values (${newId()}, ${memberId}, ${agencyId}, ${channel}, array[${notice}]::uuid[], ${urgent}, ${dueAt}, ${floorToHour(now)})
    on conflict (member_id, channel) where state = 'waiting' do update
      set notices = notification_messages.notices || excluded.notices,
          urgent = notification_messages.urgent or excluded.urgent,
          due_at = least(notification_messages.due_at, excluded.due_at)`.execute(tx);
}

export type ClaimedMessage = {
  readonly id: MessageId;
  readonly memberId: MemberId;
  readonly channel: Channel;
  readonly notices: readonly NotificationId[];
  readonly urgent: boolean;
  readonly tries: number;
  readonly doubts: number;
  readonly madeAt: Date;
};

const columns = ['id', 'memberId', 'channel', 'notices', 'urgent', 'tries', 'doubts', 'madeAt'] as const;

/** Takes the next due message for one try. It is marked before anything is sent, so that a killed process leaves a trace. */
export async function claimMessage(
  tx: Writer<AnyTables>,
  channels: readonly Channel[],
  now: Date,
): Promise<ClaimedMessage | undefined> {
  const next = (await tx
    .selectFrom('notificationMessages')
    .select(columns)
    .where('settledAt', 'is', null)
    .where('state', 'in', ['waiting', 'again'])
    .where('channel', 'in', channels)
    .where('dueAt', '<=', now)
    .orderBy('urgent', 'desc')
    .orderBy('dueAt')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()) as ClaimedMessage | undefined;
  if (!next) return undefined;
  const tries = next.tries + 1;
  await tx
    .updateTable('notificationMessages')
    .set({ state: 'sending', tries, begunAt: now })
    .where('id', '=', next.id)
    .execute();
  return { ...next, tries };
}

/** Tries that were cut off with their process. Nobody knows what the server did. */
export const listCutOff = async (tx: Writer<AnyTables>, begunBefore: Date): Promise<ClaimedMessage[]> =>
  (await tx
    .selectFrom('notificationMessages')
    .select(columns)
    .where('settledAt', 'is', null)
    .where('state', '=', 'sending')
    .where('begunAt', '<', begunBefore)
    .limit(100)
    .forUpdate()
    .skipLocked()
    .execute()) as ClaimedMessage[];

/** Keeps the outcome of the try with this number. A later try has its own. */
export async function saveOutcome(
  tx: Writer<AnyTables>,
  { id, tries }: Pick<ClaimedMessage, 'id' | 'tries'>,
  settled: Settled,
): Promise<void> {
  await tx
    .updateTable('notificationMessages')
    .set({ ...settled, begunAt: null })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('tries', '=', tries)
    .execute();
}

/** The address, where the member still wants messages there, and whether any of the notifications is unread. */
export async function findAddress(
  tx: Writer<AnyTables>,
  { memberId, channel, notices }: ClaimedMessage,
  now: Date,
): Promise<string | undefined> {
  const { rows } = await sql<{ address: string }>`
    select c.address from notification_channels c
     where c.member_id = ${memberId} and c.channel = ${channel} and c.switched_on and c.confirmed_at is not null
       and ctx.agency_of_member(c.member_id, ${now}) is not null
       and exists (select from unnest(${sql.val([...notices])}::uuid[]) as n(id)
                    where not exists (select from notice_readings r where r.notice_id = n.id and r.member_id = c.member_id))`.execute(
    tx,
  );
  return rows[0]?.address;
}

/** No further message follows before then: none that is not urgent, or none that is. */
export async function restChannel(
  tx: Writer<AnyTables>,
  { memberId, channel }: Pick<ClaimedMessage, 'memberId' | 'channel'>,
  rested: { readonly restedUntil: Date } | { readonly urgentRestedUntil: Date },
): Promise<void> {
  await tx
    .updateTable('notificationChannels')
    .set(rested)
    .where('memberId', '=', memberId)
    .where('channel', '=', channel)
    .execute();
}

/** An urgent notification that nobody opened, with the minutes since, the begun one counted. */
export type UnopenedRow = {
  readonly id: NotificationId;
  readonly kind: NotificationKind;
  readonly subject: string | null;
  readonly ownerId: string;
  readonly toMember: string | null;
  readonly step: number;
  readonly rounds: number;
};

const daysCounted = 7;

/** Counts one more minute for each. Nobody counts after a week. */
export async function countUnopened(tx: Writer<AnyTables>, now: Date): Promise<UnopenedRow[]> {
  const since = new Date(now.getTime() - daysCounted * 86_400_000);
  const { rows } = await sql<UnopenedRow>`
    update notices n set rounds = n.rounds + 1
     where n.urgent and n.first_id is null and n.step < 2 and n.made_at > ${since}
       and not exists (select from notice_readings r where r.notice_id = n.id
          or r.notice_id in (select m.id from notices m where m.first_id = n.id))
     returning n.id, n.kind, n.subject, n.owner_id, n.to_member, n.step, n.rounds`.execute(tx);
  return rows;
}

const monthsKept = 3;

/** Settled messages are forgotten after three months, addresses when their member leaves, and the rows of removed ones when their code is over. */
export async function forgetMessages(tx: Writer<AnyTables>, now: Date): Promise<void> {
  const before = new Date(now);
  before.setUTCMonth(before.getUTCMonth() - monthsKept);
  await tx.deleteFrom('notificationMessages').where('settledAt', '<', before).execute();
  await sql`delete from notification_channels where address is null and code_until < ${now}`.execute(tx);
  await sql`delete from notification_channels c where ctx.agency_of_member(c.member_id, ${now}) is null`.execute(tx);
}
