/** How e-mails to media lists lie in PostgreSQL: one row each. For the background work, in transactions of its own. */
import { sql } from 'kysely';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { hoursToTry } from '../../platform/messages/message.ts';
import { type Id, newId } from '../../vocabulary/ids.ts';
import type { Round } from './store.ts';

type RoundId = Id<'press round'>;

/** Queues an e-mail to each newsroom of the list for each round that is due. Of two processes at once each takes its own rounds. A round from before a mail server was set is old news, and is not sent. */
export async function openRounds(tx: Writer<AnyTables>, now: Date): Promise<void> {
  const { rows } = await sql<{ id: RoundId; agencyId: string; dueAt: Date }>`
    select id, agency_id, due_at from press_rounds where opened_at is null and due_at <= ${now}
     order by due_at limit 20 for update skip locked`.execute(tx);
  for (const { id, agencyId, dueAt } of rows) {
    const late = now.getTime() - dueAt.getTime() > hoursToTry * 3_600_000;
    const contacts = late
      ? []
      : ((await tx.selectFrom('pressContacts').select('id').where('agencyId', '=', agencyId).execute()) as readonly {
          readonly id: string;
        }[]);
    if (contacts.length > 0)
      await tx
        .insertInto('pressNotices')
        .values(contacts.map(({ id: contactId }) => ({ id: newId(), roundId: id, contactId, agencyId, dueAt: now })))
        .execute();
    await tx.updateTable('pressRounds').set({ openedAt: now }).where('id', '=', id).execute();
  }
}

export type ClaimedNotice = Omit<Round, 'agencyId' | 'dueAt'> & {
  readonly id: string;
  readonly tries: number;
  readonly address: string;
  /** When the round was due. */
  readonly since: Date;
};

/** Takes the next due e-mail for one try; withdrawals first. It is marked before anything is sent, so that a killed process leaves a trace. */
export async function claimNotice(
  tx: Writer<AnyTables>,
  { now, mostAMinute }: { readonly now: Date; readonly mostAMinute: number },
): Promise<ClaimedNotice | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended('press notices', 0))`.execute(tx);
  const { rows } = await sql<ClaimedNotice>`
    with next as (
      select n.id from press_notices n join press_rounds r on r.id = n.round_id
       where n.settled_at is null and n.state in ('waiting', 'again') and n.due_at <= ${now}
         and (select count(*) from press_notices b where b.begun_at > ${now}::timestamptz - interval '1 minute') < ${mostAMinute}
       order by (r.occasion = 'withdrawn') desc, n.due_at, n.id limit 1 for update of n skip locked)
    update press_notices n set state = 'sending', tries = n.tries + 1, begun_at = ${now}
      from next, press_rounds r, press_contacts c
     where n.id = next.id and r.id = n.round_id and c.id = n.contact_id
    returning n.id, n.tries, r.release_id, r.occasion, r.version, r.reply_to, r.due_at as since, c.address`.execute(tx);
  return rows[0];
}

export type Settled = {
  readonly state: 'accepted' | 'refused' | 'unknown' | 'not needed' | 'again';
  readonly dueAt: Date;
  readonly settledAt: Date | null;
  readonly reason: string | null;
};

/** Keeps the outcome of the try with this number. */
export async function saveOutcome(
  tx: Writer<AnyTables>,
  { id, tries }: Pick<ClaimedNotice, 'id' | 'tries'>,
  settled: Settled,
): Promise<void> {
  await tx
    .updateTable('pressNotices')
    .set(settled)
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('tries', '=', tries)
    .execute();
}

/** Tries that were cut off with their process. Nobody knows what the server did, so none is sent again. */
export async function settleCutOff(tx: Writer<AnyTables>, begunBefore: Date, now: Date): Promise<void> {
  await tx
    .updateTable('pressNotices')
    .set({ state: 'unknown', reason: 'CUT_OFF', settledAt: now })
    .where('state', '=', 'sending')
    .where('begunAt', '<', begunBefore)
    .execute();
}

/** How the e-mails went is kept for so long. */
const daysKept = 90;

export async function forgetNotices(tx: Writer<AnyTables>, now: Date): Promise<void> {
  await tx
    .deleteFrom('pressNotices')
    .where('settledAt', '<', new Date(now.getTime() - daysKept * 86_400_000))
    .execute();
}
