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
  /** It takes the place of the confirmed one when its code comes back. */
  readonly newAddress: string | null;
  readonly switchedOn: boolean;
  readonly quietFrom: number | null;
  readonly quietUntil: number | null;
  readonly codeUntil: Date | null;
  readonly codeTries: number;
  readonly confirmedAt: Date | null;
};

/** With what a removed one leaves: when its last code was sent. */
type LockedChannel = Omit<OwnChannel, 'address'> & { readonly address: string | null };

const columns = [
  ...(['id', 'memberId', 'channel', 'address', 'newAddress', 'switchedOn', 'quietFrom', 'quietUntil'] as const),
  ...(['codeUntil', 'codeTries', 'confirmedAt'] as const),
];

/** At most one of each. */
export const listOwnChannels = async (db: Reader<AnyTables>, memberId: string): Promise<OwnChannel[]> =>
  (await db
    .selectFrom('notificationChannels')
    .select(columns)
    .where('memberId', '=', memberId)
    .where('address', 'is not', null)
    .orderBy('channel')
    .execute()) as OwnChannel[];

/** Of two requests at once the later waits, also where there is no row yet. */
export async function lockOwnChannel(
  tx: Writer<AnyTables>,
  memberId: string,
  channel: Channel,
): Promise<LockedChannel | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`notification channels/${memberId}`}, 0))`.execute(tx);
  return (await tx
    .selectFrom('notificationChannels')
    .select(columns)
    .where('memberId', '=', memberId)
    .where('channel', '=', channel)
    .forUpdate()
    .executeTakeFirst()) as LockedChannel | undefined;
}

const hashCode = (id: string, code: string): Buffer => hash('sha256', `${id}/${code}`, 'buffer');

/** A new address is unconfirmed until its code comes back. A confirmed one keeps its messages until then. An address that is added takes the quiet hours of the other one. */
export async function saveAddress(
  tx: Writer<AnyTables>,
  { id, memberId, channel }: Pick<OwnChannel, 'id' | 'memberId' | 'channel'>,
  { address, code, codeUntil }: { readonly address: string; readonly code: string; readonly codeUntil: Date },
): Promise<void> {
  const sent = { codeHash: hashCode(id, code), codeUntil, codeTries: 0 };
  const { numUpdatedRows } = await tx
    .updateTable('notificationChannels')
    .set({ ...sent, newAddress: address })
    .where('id', '=', id)
    .where('confirmedAt', 'is not', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  const quiet = await tx
    .selectFrom('notificationChannels')
    .select(['quietFrom', 'quietUntil'])
    .where('memberId', '=', memberId)
    .limit(1)
    .executeTakeFirst();
  const said = { ...sent, address, confirmedAt: null, switchedOn: true };
  await tx
    .insertInto('notificationChannels')
    .values({ id, memberId, channel, ...said, ...quiet })
    .onConflict((on) => on.columns(['memberId', 'channel']).doUpdateSet(said))
    .execute();
}

/** Forgets the change of a confirmed address. Its time stays, because no other code is sent for two minutes. */
export async function dropNewAddress(tx: Writer<AnyTables>, { id }: Pick<OwnChannel, 'id'>): Promise<void> {
  await tx.updateTable('notificationChannels').set({ newAddress: null, codeHash: null }).where('id', '=', id).execute();
}

/** Whether it was the code. A wrong one is counted. */
export async function tryCode(
  tx: Writer<AnyTables>,
  { id }: Pick<OwnChannel, 'id'>,
  code: string,
  now: Date,
): Promise<boolean> {
  const confirmed = { confirmedAt: now, newAddress: null, switchedOn: true, codeHash: null, codeUntil: null };
  const { numUpdatedRows } = await tx
    .updateTable('notificationChannels')
    .set({ ...confirmed, address: sql`coalesce(new_address, address)` })
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

/** While a code works, the row stays without its address: added again, it cannot send the next code sooner. */
export async function removeOwnChannel(
  tx: Writer<AnyTables>,
  memberId: string,
  channel: Channel,
  now: Date,
): Promise<void> {
  const mine = await lockOwnChannel(tx, memberId, channel);
  if (!mine) return;
  const { id, codeUntil } = mine;
  if (codeUntil && codeUntil > now)
    await tx
      .updateTable('notificationChannels')
      .set({ address: null, newAddress: null, codeHash: null, confirmedAt: null })
      .where('id', '=', id)
      .execute();
  else await tx.deleteFrom('notificationChannels').where('id', '=', id).execute();
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
