/** A member's own addresses for messages outside Safelight, and the counts of messages of an agency. */
import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Id, MemberId } from '../../vocabulary/ids.ts';
import type { AnyTables, Reader, Writer } from '../database/database.ts';
import { type Channel, isOfAddress, type MessageState } from './message.ts';

export type ChannelId = Id<'notification channel'>;

export type OwnChannel = {
  readonly id: ChannelId;
  readonly memberId: MemberId;
  readonly channel: Channel;
  readonly address: string;
  readonly switchedOn: boolean;
  readonly quietFrom: number | null;
  readonly quietUntil: number | null;
  readonly codeUntil: Date | null;
  readonly codeTries: number;
  readonly confirmedAt: Date | null;
};

const columns = [
  ...(['id', 'memberId', 'channel', 'address', 'switchedOn', 'quietFrom', 'quietUntil'] as const),
  ...(['codeUntil', 'codeTries', 'confirmedAt'] as const),
];

/** At most one of each. */
export const listOwnChannels = async (db: Reader<AnyTables>, memberId: string): Promise<OwnChannel[]> =>
  (await db
    .selectFrom('notificationChannels')
    .select(columns)
    .where('memberId', '=', memberId)
    .orderBy('channel')
    .execute()) as OwnChannel[];

export const lockOwnChannel = async (
  tx: Writer<AnyTables>,
  memberId: string,
  channel: Channel,
): Promise<OwnChannel | undefined> =>
  (await tx
    .selectFrom('notificationChannels')
    .select(columns)
    .where('memberId', '=', memberId)
    .where('channel', '=', channel)
    .forUpdate()
    .executeTakeFirst()) as OwnChannel | undefined;

const hashCode = (id: string, code: string): Buffer => hash('sha256', `${id}/${code}`, 'buffer');

/** A new address is unconfirmed until its code comes back. Another address takes the place of the former one. */
export async function saveAddress(
  tx: Writer<AnyTables>,
  { id, memberId, channel }: Pick<OwnChannel, 'id' | 'memberId' | 'channel'>,
  { address, code, codeUntil }: { readonly address: string; readonly code: string; readonly codeUntil: Date },
): Promise<void> {
  const said = { address, codeHash: hashCode(id, code), codeUntil, codeTries: 0, confirmedAt: null, switchedOn: true };
  await tx
    .insertInto('notificationChannels')
    .values({ id, memberId, channel, ...said })
    .onConflict((on) => on.columns(['memberId', 'channel']).doUpdateSet(said))
    .execute();
}

/** Whether it was the code. A wrong one is counted. */
export async function tryCode(tx: Writer<AnyTables>, { id }: OwnChannel, code: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('notificationChannels')
    .set({ confirmedAt: now, codeHash: null, codeUntil: null })
    .where('id', '=', id)
    .where('codeHash', '=', hashCode(id, code))
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return true;
  await tx.updateTable('notificationChannels').set({ codeTries: sql`code_tries + 1` }).where('id', '=', id).execute();
  return false;
}

export async function saveOwnChannel(
  tx: Writer<AnyTables>,
  memberId: string,
  change: Partial<Pick<OwnChannel, 'switchedOn' | 'quietFrom' | 'quietUntil'>>,
  channel?: Channel,
): Promise<void> {
  let query = tx.updateTable('notificationChannels').set(change).where('memberId', '=', memberId);
  if (channel) query = query.where('channel', '=', channel);
  await query.execute();
}

export async function removeOwnChannel(tx: Writer<AnyTables>, memberId: string, channel: Channel): Promise<void> {
  await tx.deleteFrom('notificationChannels').where('memberId', '=', memberId).where('channel', '=', channel).execute();
}

export type DeliveryCount = {
  readonly channel: Channel;
  readonly state: MessageState;
  readonly reason: string | null;
  readonly count: number;
};

/** A member whose last message by this way was refused, for the address or number itself. */
export type FailingAddress = { readonly member: string; readonly channel: Channel };

const daysCounted = 7;

/** Messages to members of the reader's agency: those on their way, and those of the last seven days, by outcome. */
export async function countDelivery(db: Reader<AnyTables>, now: Date): Promise<DeliveryCount[]> {
  const since = new Date(now.getTime() - daysCounted * 86_400_000);
  const { rows } = await sql<DeliveryCount>`
    select channel, state, reason, count(*)::integer as count from notification_messages
     where settled_at is null or settled_at >= ${since} group by channel, state, reason order by channel, state, reason`.execute(
    db,
  );
  return rows;
}

/** Members of the reader’s agency, without address and time. Other refusals are no fault of the address. */
export async function listFailingAddresses(db: Reader<AnyTables>, now: Date): Promise<FailingAddress[]> {
  const since = new Date(now.getTime() - daysCounted * 86_400_000);
  const { rows } = await sql<FailingAddress & { readonly reason: string | null }>`
    select trim(m.title || ' ' || m.name) as member, l.channel, l.reason
      from (select distinct on (member_id, channel) member_id, channel, state, reason from notification_messages
             where settled_at >= ${since} and state in ('accepted', 'refused', 'unknown')
             order by member_id, channel, settled_at desc, id desc) l
      join members m on m.id = l.member_id
     where l.state = 'refused' and not m.gone
     order by m.name, m.id, l.channel`.execute(db);
  return rows.filter(({ reason }) => isOfAddress(reason));
}
