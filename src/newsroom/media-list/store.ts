/** Stores the media list and the rounds of e-mails to it in PostgreSQL, under the publisher role. */
import { sql } from 'kysely';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import type { MessageState } from '../../platform/messages/message.ts';
import { type Id, newId } from '../../vocabulary/ids.ts';

export type ContactId = Id<'press contact'>;

export type PressContact = {
  readonly id: ContactId;
  readonly agencyId: string;
  readonly newsroom: string;
  readonly address: string;
  /** Area or language that it works in; may be empty. */
  readonly covers: string;
  readonly addedBy: string;
  readonly addedAt: Date;
};

/** The most newsrooms on a list: all are sent to within a minute. */
export const mostContacts = 300;

/** By name. Those of the member’s own agency. */
export const listContacts = async (db: Reader<AnyTables>): Promise<PressContact[]> =>
  (await db.selectFrom('pressContacts').selectAll().orderBy('newsroom').orderBy('id').execute()) as PressContact[];

export const getContact = async (db: Reader<AnyTables>, id: string): Promise<PressContact> =>
  found(
    (await db.selectFrom('pressContacts').selectAll().where('id', '=', id).executeTakeFirst()) as
      | PressContact
      | undefined,
    'press contact',
  );

/** False where the address is on the list already. */
export async function addContact(tx: Writer<AnyTables>, contact: PressContact): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('pressContacts')
    .values(contact)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Boolean(numInsertedOrUpdatedRows);
}

/** What was sent to it goes as well. */
export async function removeContact(tx: Writer<AnyTables>, id: string): Promise<void> {
  await tx.deleteFrom('pressContacts').where('id', '=', id).execute();
}

export const occasions = ['published', 'corrected', 'withdrawn'] as const;
export type Occasion = (typeof occasions)[number];

export type Round = {
  readonly releaseId: string;
  readonly agencyId: string;
  readonly occasion: Occasion;
  readonly version: number;
  readonly replyTo: string | null;
  readonly dueAt: Date;
};

/** In the transaction of what happened. */
export async function addRound(tx: Writer<AnyTables>, round: Round): Promise<void> {
  await tx
    .insertInto('pressRounds')
    .values({ id: newId(), ...round })
    .execute();
}

export type Delivery = {
  readonly newsroom: string;
  readonly occasion: Occasion;
  readonly state: MessageState;
  readonly reason: string | null;
  readonly settledAt: Date | null;
};

/** How the e-mails about a release went, the latest first. Of the member’s own list alone. */
export async function listDeliveries(db: Reader<AnyTables>, releaseId: string): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select c.newsroom, r.occasion, n.state, n.reason, n.settled_at
      from press_rounds r join press_notices n on n.round_id = r.id join press_contacts c on c.id = n.contact_id
     where r.release_id = ${releaseId} order by r.due_at desc, r.version desc, c.newsroom, c.id`.execute(db);
  return rows;
}
