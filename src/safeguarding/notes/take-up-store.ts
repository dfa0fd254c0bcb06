/** Who wants help now and who has taken them on, by what notes, referrals, actions and take-ups say. No sealed value is opened here. */
import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import type { EncounterId, MemberId, OperationId, PersonId } from '../../vocabulary/ids.ts';
import type { NoteId } from './note.ts';
import type { NoteTables } from './store.ts';

type Db = Reader<NoteTables>;
type Audited = AuditedReader<NoteTables>;
type Tx = Writer<NoteTables>;

export type TakeUp = {
  readonly noteId: NoteId;
  readonly operationId: OperationId;
  readonly memberId: MemberId;
  /** To the hour. */
  readonly takenAt: Date;
  /** How many requests of the note had failed by then. */
  readonly failedReferrals: number;
};

/** A failed request: declined, taken back, or ended without help given or passed on. */
const failedReferral = sql<boolean>`(r.state = 'declined' or r.ended is not distinct from 'taken back'
  or (r.ended is not null and r.outcome not in ('help given', 'passed on')))`;

/** How many requests of a person failed, through any note or record in view. */
const countFailed = (encounter: string) => sql<number>`(
  (select count(*) from notes m join referrals r on r.note_id = m.id
    where m.encounter_id = ${sql.ref(encounter)} and ${failedReferral})
  + (select count(*) from persons p join referrals r on r.person_id = p.id
    where p.origin_id = ${sql.ref(encounter)} and r.note_id is null and ${failedReferral}))`;

/** When the person last said that they want help now, as the notes in view have it. */
const lastWanted = sql`(select max(m.written_at) from notes m
  where m.encounter_id = notes.encounter_id and 'wants help now' = any (m.outcomes))`;

/** A request that is open, or that led to help after the person last asked for it: help that ended before does not answer a new wish. */
const helpingReferral = sql<boolean>`(not ${failedReferral} and (r.ended_at is null or r.ended_at >= ${lastWanted}))`;

/** A referral was made of the person, whatever became of it, from any note or record in view. */
export const wasReferred = sql<boolean>`(
  exists (select from notes m join referrals r on r.note_id = m.id where m.encounter_id = notes.encounter_id)
  or exists (select from persons p join referrals r on r.person_id = p.id where p.origin_id = notes.encounter_id))`;

/** A referral helps the person, whichever note or record in view it was made from. */
export const isReferred = sql<boolean>`(
  exists (select from notes m join referrals r on r.note_id = m.id
    where m.encounter_id = notes.encounter_id and ${helpingReferral})
  or exists (select from persons p join referrals r on r.person_id = p.id
    where p.origin_id = notes.encounter_id and ${helpingReferral}))`;

/** Somebody helps the person: by such a request, or by a take-up that is newer than the last wish and the last failed request. It counts whichever note or record of the person in view it was made from. */
export const isHelped = sql<boolean>`(
  ${isReferred}
  or exists (select from notes m join note_acknowledgements t on t.note_id = m.id
    where m.encounter_id = notes.encounter_id and t.taken_at >= ${lastWanted}
      and t.failed_referrals >= ${countFailed('notes.encounterId')}))`;

/** This note says that the person wants help now, and nobody helps yet. */
export const waitsForHelp = sql<boolean>`('wants help now' = any (notes.outcomes) and not ${isHelped})`;

export const isSaidInAnyNote = (says: RawBuilder<unknown>) =>
  sql<boolean>`exists (select from notes m where m.encounter_id = notes.encounter_id and ${says})`;
export const wantsHelpInAnyNote = isSaidInAnyNote(sql`'wants help now' = any (m.outcomes)`);

/** Two notes about one person count once. */
export async function countPeople(notes: SelectQueryBuilder<NoteTables, 'notes', object>): Promise<number> {
  const { count } = await notes
    .select(({ fn }) => fn.count<number>('encounterId').distinct().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export async function isWaitingForHelp(db: Audited, id: NoteId): Promise<boolean> {
  const row = await db.selectFrom('notes').select('id').where('id', '=', id).where(waitsForHelp).executeTakeFirst();
  return row !== undefined;
}

export type WaitingPerson = { readonly town: string; readonly wantedAt: Date };

/** The people who wait for help, among the notes that the member may read: the one who waits longest first. */
export async function listWaiting(db: Db): Promise<WaitingPerson[]> {
  const people = await db
    .selectFrom('notes')
    .distinctOn('encounterId')
    .select(['town', sql<Date>`${lastWanted}`.as('wantedAt')])
    .where(waitsForHelp)
    .orderBy('encounterId')
    .execute();
  return people.toSorted((one, other) => one.wantedAt.getTime() - other.wantedAt.getTime());
}

export type TakenOn = Omit<TakeUp, 'failedReferrals'> & {
  readonly encounterId: EncounterId;
  readonly town: string;
  /** Since when something recorded counts. */
  readonly since: Date;
  /** An action was recorded since: only for readers of the agency that recorded it. */
  readonly acted: boolean;
  /** Records with contact notes since, beside what was copied when the record was opened. They are sealed: whether help was given or declined is for the caller to read. */
  readonly contacted: readonly PersonId[];
};

/** Since when something recorded counts: the last wish, or after a failed referral the take-up. */
const countsSince = sql`(case when t.failed_referrals > 0 then t.taken_at else ${lastWanted} end)`;

/** The people who want help now and whom a lead took on, where no referral helps. `among` limits them to these encounters. */
export async function listTakenOn(db: Audited, among?: readonly EncounterId[]): Promise<TakenOn[]> {
  const people = await db
    .selectFrom('notes')
    .innerJoin('noteAcknowledgements as t', 't.noteId', 'notes.id')
    .distinctOn('notes.encounterId')
    .select(['notes.encounterId', 'notes.town', 't.noteId', 't.operationId', 't.memberId', 't.takenAt'])
    .select(sql<Date>`${countsSince}`.as('since'))
    .select(
      sql<boolean>`exists (select from persons p join person_actions a on a.person_id = p.id
        where p.origin_id = notes.encounter_id and a.added_at >= ${countsSince})`.as('acted'),
    )
    .select(
      sql<PersonId[]>`array(select p.id from persons p where p.origin_id = notes.encounter_id and exists (
        select from contact_notes c where c.person_id = p.id and c.id <> p.id and c.at >= ${countsSince}))`.as(
        'contacted',
      ),
    )
    .where(wantsHelpInAnyNote)
    .where(sql<boolean>`not ${isReferred}`)
    .where(sql<boolean>`t.taken_at >= ${lastWanted} and t.failed_referrals >= ${countFailed('notes.encounterId')}`)
    .$if(among !== undefined, (query) => query.where('notes.encounterId', 'in', [...(among ?? [])]))
    .orderBy('notes.encounterId')
    .orderBy('t.failedReferrals', 'desc')
    .orderBy('t.takenAt', 'desc')
    .execute();
  return people.toSorted((one, other) => one.takenAt.getTime() - other.takenAt.getTime());
}

/** The latest take-up of the person, from any of their notes. */
export const findTakeUp = (db: Audited, noteId: NoteId): Promise<TakeUp | undefined> =>
  db
    .selectFrom('noteAcknowledgements')
    .innerJoin('notes', 'notes.id', 'noteAcknowledgements.noteId')
    .selectAll('noteAcknowledgements')
    .where('notes.encounterId', '=', (one) => one.selectFrom('notes').select('encounterId').where('id', '=', noteId))
    .orderBy('failedReferrals', 'desc')
    .orderBy('takenAt', 'desc')
    .executeTakeFirst();

/** The first take-up counts until another request fails; a second take-up before that changes nothing. */
export async function addTakeUp(tx: Tx, takeUp: Omit<TakeUp, 'failedReferrals'>): Promise<void> {
  const { rows } = await sql<{ failedReferrals: number }>`
    select ${countFailed('notes.encounterId')}::integer as failed_referrals from notes
    where notes.id = ${takeUp.noteId}`.execute(tx);
  await tx
    .insertInto('noteAcknowledgements')
    .values({ ...takeUp, failedReferrals: rows[0]?.failedReferrals ?? 0 })
    .onConflict((on) => on.columns(['noteId', 'failedReferrals']).doNothing())
    .execute();
}
