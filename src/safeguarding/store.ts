/** How notes and what is counted of them lie in the safeguarding store: a database of its own. Whoever reads a note has had the look written down. */
import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { seal, type UnitKeys, unseal } from '../platform/crypto.ts';
import type { AnyTables, Reader, Seen, Writer } from '../platform/database.ts';
import { announce } from '../platform/outbox.ts';
import { pageSize } from '../platform/paging.ts';
import { notFound } from '../platform/problem.ts';
import {
  type EncounterId,
  type Id,
  type MemberId,
  newTimelessId,
  type OperationId,
  type VisitId,
} from '../vocabulary/ids.ts';
import { factsOf, type Note, type NoteId, type Said } from './note.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] extends readonly (infer One)[] ? One[] : Row[Key] };
type NoteRow = Mutable<Omit<Note, 'wants'>> & { sealedWants: Buffer | null; wrappedKey: Buffer };
type FactRow = {
  id: Id<'fact'>;
  noteId: NoteId;
  person: string;
  operationId: Note['operationId'];
  day: string;
  town: string;
  indicator: string;
  part: string | null;
};
export type TakeUp = {
  readonly noteId: NoteId;
  readonly operationId: OperationId;
  readonly memberId: MemberId;
  /** To the hour. */
  readonly takenAt: Date;
};
export type NoteTables = { notes: NoteRow; facts: FactRow; takeUps: Mutable<TakeUp> };

const wantsContext = (id: string): string => `notes/sealed_wants/${id}`;

/** Under a new key each time, so that one version opens no other. */
function sealSaid(keys: UnitKeys, id: NoteId, { wants, advice, needs, outcomes, understood }: Said) {
  const { key, wrapped } = keys.newRecordKey(id);
  return {
    advice: [...advice],
    needs: [...needs],
    outcomes: [...outcomes],
    understood,
    sealedWants: wants === null ? null : seal(key, wantsContext(id), wants),
    wrappedKey: wrapped,
  };
}

const openWants = (keys: UnitKeys, id: string, sealed: Buffer | null, wrapped: Buffer): string | null =>
  sealed && unseal(keys.unwrap(wrapped, id), wantsContext(id), sealed).toString();

const bytesOf = (text: unknown): Buffer => Buffer.from(String(text).slice(2), 'hex');

/** The words of an earlier version, where the database keeps sealed values as text. */
export const openEarlierWants = (keys: UnitKeys, record: Readonly<Record<string, unknown>>): string | null =>
  openWants(
    keys,
    String(record.id),
    record.sealed_wants ? bytesOf(record.sealed_wants) : null,
    bytesOf(record.wrapped_key),
  );

const toNote = (keys: UnitKeys, { sealedWants, wrappedKey, ...row }: NoteRow): Note => ({
  ...row,
  wants: openWants(keys, row.id, sealedWants, wrappedKey),
});

/** Her own note of this person, if she wrote one: its id alone. */
export async function findOwnNote(
  db: Reader<NoteTables>,
  encounterId: EncounterId,
  authorId: string,
): Promise<NoteId | undefined> {
  const row = await db
    .selectFrom('notes')
    .select('id')
    .where('encounterId', '=', encounterId)
    .where('authorId', '=', authorId as MemberId)
    .executeTakeFirst();
  return row?.id;
}

/** A person met, as far as who asks reads a note of her: where it lies. */
export async function findMet(
  db: Seen<NoteTables>,
  personId: string,
): Promise<{ readonly id: NoteId; readonly operationId: OperationId } | undefined> {
  const [note] = await listNotesOf(db, personId);
  return note;
}

/** All notes of one person met that who asks may read: ids alone, the oldest first. */
export async function listNotesOf(
  db: Seen<NoteTables>,
  encounterId: string,
): Promise<{ readonly id: NoteId; readonly operationId: OperationId }[]> {
  return db
    .selectFrom('notes')
    .select(['id', 'operationId'])
    .where('encounterId', '=', encounterId as EncounterId)
    .orderBy('day')
    .orderBy('id')
    .execute();
}

/** Opens the seal. Not found where it is another's, or nobody's. */
export async function getNote(db: Seen<NoteTables>, keys: UnitKeys, id: NoteId): Promise<Note> {
  const row = await db.selectFrom('notes').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('note');
  return toNote(keys, row);
}

/** What a list shows of a note: nothing that lies sealed. */
export type ListedNote = Pick<
  Note,
  'id' | 'day' | 'town' | 'agencyId' | 'authorId' | 'advice' | 'outcomes' | 'writtenAt' | 'encounterId'
>;

/** Somebody wants help now, and neither has anybody taken it up nor any agency been asked. */
const waits = sql<boolean>`'wants help now' = any (notes.outcomes)
  and not exists (select from take_ups t where t.note_id = notes.id)
  and not exists (select from referrals r where r.note_id = notes.id)`;

/** How many people wait for help among the notes that who asks may read. */
export async function countWaiting(db: Reader<NoteTables>): Promise<number> {
  const { count } = await db
    .selectFrom('notes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(waits)
    .executeTakeFirstOrThrow();
  return count;
}

export async function findTakeUp(db: Seen<NoteTables>, noteId: NoteId): Promise<TakeUp | undefined> {
  return db.selectFrom('takeUps').selectAll().where('noteId', '=', noteId).executeTakeFirst();
}

/** The first who says so takes it up; who says it again changes nothing. */
export async function addTakeUp(tx: Writer<NoteTables>, takeUp: TakeUp): Promise<void> {
  await tx
    .insertInto('takeUps')
    .values(takeUp)
    .onConflict((on) => on.column('noteId').doNothing())
    .execute();
}

/** One page of the notes that who asks may read, the latest first, and how many there are; of one visit, where one is named. */
export async function listNotes(
  db: Seen<NoteTables>,
  { page, visit, waiting }: { readonly page: number; readonly visit?: VisitId | undefined; readonly waiting?: boolean },
): Promise<{ readonly notes: ListedNote[]; readonly total: number }> {
  const ofVisit = visit ? db.selectFrom('notes').where('visitId', '=', visit) : db.selectFrom('notes');
  const asked = waiting ? ofVisit.where(waits) : ofVisit;
  const { total } = await asked.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const notes = await asked
    .select(['id', 'day', 'town', 'agencyId', 'authorId', 'advice', 'outcomes', 'writtenAt', 'encounterId'])
    .orderBy('day', 'desc')
    .orderBy('writtenAt', 'desc')
    .orderBy('id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return { notes, total };
}

/** A form that is sent twice is written once. Not found when the id is another's. */
export async function addNote(tx: Writer<NoteTables>, keys: UnitKeys, note: Note): Promise<void> {
  const { wants: _sealed, ...row } = note;
  const added = await tx
    .insertInto('notes')
    .values({ ...row, ...sealSaid(keys, note.id, note) })
    .onConflict((on) => on.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added) {
    await writeFacts(tx, keys, note);
    return tellReturns(tx, note.operationId);
  }
  const sameForm = await tx
    .selectFrom('notes')
    .select('id')
    .where('id', '=', note.id)
    .where('encounterId', '=', note.encounterId)
    .where('authorId', '=', note.authorId)
    .executeTakeFirst();
  if (!sameForm) throw notFound('note');
}

/** Held until the transaction ends. */
export async function lockNote(tx: Writer<NoteTables>, keys: UnitKeys, id: NoteId): Promise<Note> {
  const row = await tx.selectFrom('notes').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw notFound('note');
  return toNote(keys, row);
}

/** The facts are those of the note as it is now. */
export async function saveNote(tx: Writer<NoteTables>, keys: UnitKeys, note: Note): Promise<void> {
  await tx
    .updateTable('notes')
    .set(sealSaid(keys, note.id, note))
    .where('id', '=', note.id)
    .execute();
  await tx.deleteFrom('facts').where('noteId', '=', note.id).execute();
  await writeFacts(tx, keys, note);
  await tellReturns(tx, note.operationId);
}

/** That what is counted of an operation's help has changed, by the full hour: no note, no person, no author. */
export const tellReturns = (tx: Writer<AnyTables>, operationId: OperationId): Promise<void> =>
  announce(tx, 'records changed', operationId, { what: 'help' });

async function writeFacts(tx: Writer<NoteTables>, keys: UnitKeys, note: Note): Promise<void> {
  const facts = factsOf(note);
  if (facts.length === 0) return;
  const { id: noteId, operationId, day, town } = note;
  const person = pseudonymOf(keys, note.encounterId);
  await tx
    .insertInto('facts')
    .values(facts.map((fact) => ({ id: newTimelessId<'fact'>(), noteId, person, operationId, day, town, ...fact })))
    .execute();
}

/** One person under one name that nobody who counts can turn back: two helpers who advised her are counted as one. */
function pseudonymOf(keys: UnitKeys, encounterId: EncounterId): string {
  const bytes = createHmac('sha256', keys.derive('facts')).update(encounterId).digest();
  const hex = bytes.toString('hex').slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
