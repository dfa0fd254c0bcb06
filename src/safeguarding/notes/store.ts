/** Stores notes and their counts in the safeguarding database. Every read of a note is logged. */
import { createHmac } from 'node:crypto';
import { type Generated, sql } from 'kysely';
import { decodeHex, seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { unlessDestroyed } from '../../platform/crypto/key-halves.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import { countRows } from '../../platform/database/count-rows.ts';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import { pageSize } from '../../platform/rendering/paging.ts';
import { type EncounterId, type Id, type MemberId, newTimelessId, type VisitId } from '../../vocabulary/ids.ts';
import { childPurpose, nrmPurpose } from '../../vocabulary/information-shared.ts';
import { deriveFacts, type Note, type NoteAnswers, type NoteId } from './note.ts';
import {
  countPeople,
  isHelped,
  isReferred,
  isSaidInAnyNote,
  type TakeUp,
  waitsForHelp,
  wantsHelpInAnyNote,
  wasReferred,
} from './take-up-store.ts';

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
export type NoteTables = {
  notes: NoteRow & { number: Generated<number> };
  noteFacts: FactRow;
  noteAcknowledgements: Mutable<TakeUp>;
};
type Db = Reader<NoteTables>;
type Audited = AuditedReader<NoteTables>;
type Tx = Writer<NoteTables>;

const wantsContext = (id: string): string => `notes/sealed_wants/${id}`;

/** Each version has a new key, so that one version opens no other. */
function sealNoteAnswers(
  keys: UnitKeys,
  id: NoteId,
  { wants, advice, needs, outcomes, disclosed, understood }: NoteAnswers,
) {
  const { key, wrapped } = keys.newRecordKey(id);
  return {
    advice: [...advice],
    needs: [...needs],
    outcomes: [...outcomes],
    disclosed: [...disclosed],
    understood,
    sealedWants: wants === null ? null : seal(key, wantsContext(id), wants),
    wrappedKey: wrapped,
  };
}

const openWants = (keys: UnitKeys, id: string, sealed: Buffer | null, wrapped: Buffer): string | null =>
  sealed && unseal(keys.unwrap(wrapped, id), wantsContext(id), sealed).toString();

/** The sealed wishes of an earlier version; the history table keeps sealed values as text. */
export const openEarlierWants = (keys: UnitKeys, record: Readonly<Record<string, unknown>>): string | null =>
  openWants(
    keys,
    String(record.id),
    record.sealed_wants ? decodeHex(record.sealed_wants) : null,
    decodeHex(record.wrapped_key),
  );

const toNote = (
  keys: UnitKeys,
  { sealedWants, wrappedKey, number: _order, ...row }: NoteRow & { number: number },
): Note => ({
  ...row,
  wants: openWants(keys, row.id, sealedWants, wrappedKey),
});

/** Id of the member’s own note about this person, if there is one. */
export async function findOwnNote(db: Db, encounterId: EncounterId, authorId: string): Promise<NoteId | undefined> {
  const row = await db
    .selectFrom('notes')
    .select('id')
    .where('encounterId', '=', encounterId)
    .where('authorId', '=', authorId as MemberId)
    .executeTakeFirst();
  return row?.id;
}

/** How the author was to be reached in their latest note, so that they type it once a day. */
export async function findLastAuthorPhone(db: Db, authorId: string): Promise<string | null> {
  const row = await db
    .selectFrom('notes')
    .select('authorPhone')
    .where('authorId', '=', authorId as MemberId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.authorPhone ?? null;
}

/** Where a person was met, if the member may read a note about them. */
export async function findNoteOfPerson(
  db: Audited,
  personId: string,
): Promise<Pick<Note, 'id' | 'operationId' | 'age' | 'language' | 'interpreter'> | undefined> {
  const [note] = await listNotesOfPerson(db, personId);
  return note;
}

/** Ids of all notes about one person met that the member may read, oldest first. */
export async function listNotesOfPerson(
  db: Audited,
  encounterId: string,
): Promise<Pick<Note, 'id' | 'operationId' | 'age' | 'language' | 'interpreter'>[]> {
  return db
    .selectFrom('notes')
    .select(['id', 'operationId', 'age', 'language', 'interpreter'])
    .where('encounterId', '=', encounterId as EncounterId)
    .orderBy('day')
    .orderBy('id')
    .execute();
}

/** Those of these people about whom the member can read no note. */
export async function filterWithoutNote(db: Audited, people: readonly string[]): Promise<ReadonlySet<string>> {
  const noted = await db
    .selectFrom('notes')
    .select('encounterId')
    .where('encounterId', 'in', [...people] as EncounterId[])
    .execute();
  const known = new Set<string>(noted.map(({ encounterId }) => encounterId));
  return new Set(people.filter((id) => !known.has(id)));
}

/** What the notes of one person say, oldest first, with the person’s own words. Leaves out a note whose key is destroyed. */
export async function listNoteContents(db: Audited, keys: UnitKeys, encounterId: string): Promise<Note[]> {
  const rows = await db
    .selectFrom('notes')
    .selectAll()
    .where('encounterId', '=', encounterId as EncounterId)
    .orderBy('day')
    .orderBy('number')
    .execute();
  return rows.flatMap((row) => unlessDestroyed(() => toNote(keys, row)) ?? []);
}

/** The outcomes in their notes, without sealed content. */
export const listNoteOutcomes = (
  db: Audited,
  people: readonly string[],
): Promise<Pick<Note, 'id' | 'authorId' | 'authorPhone' | 'agencyId' | 'outcomes' | 'day' | 'writtenAt'>[]> =>
  db
    .selectFrom('notes')
    .select(['id', 'authorId', 'authorPhone', 'agencyId', 'outcomes', 'day', 'writtenAt'])
    .where('encounterId', 'in', [...people] as EncounterId[])
    .orderBy('id')
    .execute();

/** Opens the seal. Throws “not found” if the note is another author’s or does not exist. */
export async function getNote(db: Audited, keys: UnitKeys, id: NoteId): Promise<Note> {
  const row = found(await db.selectFrom('notes').selectAll().where('id', '=', id).executeTakeFirst(), 'note');
  return toNote(keys, row);
}

/** What lists show of a note: nothing sealed. */
const listedColumns = [
  ...(['id', 'day', 'town', 'agencyId', 'authorId', 'advice', 'outcomes'] as const),
  ...(['writtenAt', 'encounterId', 'metNumber', 'age', 'language', 'interpreter'] as const),
] as const;
/** What all notes about the person that the reader may see say together. */
type PersonState = {
  /** The person wants help now, and nobody helps yet. */
  readonly waits: boolean;
  readonly wantsHelp: boolean;
  /** A referral helps, or waits for an answer. */
  readonly referred: boolean;
  readonly child: boolean;
  /** The person agreed to a referral, and none was made from any note or record in view. */
  readonly toRefer: boolean;
};
export type ListedNote = Pick<Note, (typeof listedColumns)[number]> & PersonState;

const isChildInAnyNote = isSaidInAnyNote(sql`m.age in ('under 18', 'not known')`);

const waitsForReferral = sql<boolean>`(${isSaidInAnyNote(sql`'referral agreed' = any (m.outcomes)`)} and not ${wasReferred})`;

/** A person treated as a child about whom none of these agencies was told, by a grant or a disclosure that is about a child. What is sent for another purpose does not count: a safe place, or a draft for the NRM. If there is no such agency, any disclosure on the ground “child” counts. The author of a note learns only that a council knows, also from another agency. */
const councilNotNotified = (councils: readonly string[]) => {
  const council = (table: string) => sql`${sql.ref(`${table}.recipient`)} = any (${sql.val([...councils])}::uuid[])`;
  const isSamePerson = (table: string) => sql`(${sql.ref(`${table}.personId`)} = notes.encounter_id
    or exists (select from persons p where p.id = ${sql.ref(`${table}.personId`)} and p.origin_id = notes.encounter_id))`;
  return sql<boolean>`(notes.age in ('under 18', 'not known')
    and not ctx.council_notified(notes.encounter_id, ${sql.val([...councils])}::uuid[])
    and not exists (select from person_grants g where ${council('g')} and ${isSamePerson('g')} and g.purpose = ${childPurpose})
    and not exists (select from disclosures d where ${isSamePerson('d')} and d.approved_at is not null and d.purpose <> ${nrmPurpose}
      and (d.purpose = ${childPurpose} or d.basis = 'child')
      and (d.timing <> 'after approval' or exists (select from person_grants g where g.disclosure_id = d.id))
      and (${council('d')} or (${councils.length === 0} and d.basis = 'child'))))`;
};

/** How many children the council’s services were not told about, among the notes that the member may read. */
export const countCouncilNotNotified = (db: Db, councils: readonly string[]): Promise<number> =>
  countPeople(db.selectFrom('notes').where(councilNotNotified(councils)));

/** When the first of their notes was written; null if there are none. */
export async function findOldestNotNotified(db: Db, councils: readonly string[]): Promise<Date | null> {
  const { since } = await db
    .selectFrom('notes')
    .select(({ fn }) => fn.min('writtenAt').as('since'))
    .where(councilNotNotified(councils))
    .executeTakeFirstOrThrow();
  return since;
}

export async function isCouncilNotNotified(db: Db, id: NoteId, councils: readonly string[]): Promise<boolean> {
  const row = await db
    .selectFrom('notes')
    .select('id')
    .where('id', '=', id)
    .where(councilNotNotified(councils))
    .executeTakeFirst();
  return row !== undefined;
}

/** One page of the notes that the member may read, latest first, with the total. `visit` limits it to one visit. */
export async function listNotes(
  db: Audited,
  {
    page,
    visit,
    waiting,
    untoldTo,
  }: {
    readonly page: number;
    readonly visit?: VisitId | undefined;
    readonly waiting?: boolean;
    /** Lists only children about whom none of these agencies was told. */
    readonly untoldTo?: readonly string[] | undefined;
  },
): Promise<{ readonly notes: ListedNote[]; readonly total: number }> {
  const ofVisit = visit ? db.selectFrom('notes').where('visitId', '=', visit) : db.selectFrom('notes');
  const wanting = waiting ? ofVisit.where(waitsForHelp) : ofVisit;
  const asked = untoldTo ? wanting.where(councilNotNotified(untoldTo)) : wanting;
  const total = await countRows(asked);
  const notes = await asked
    .select(listedColumns)
    .select(sql<boolean>`(${wantsHelpInAnyNote} and not ${isHelped})`.as('waits'))
    .select(wantsHelpInAnyNote.as('wantsHelp'))
    .select(isReferred.as('referred'))
    .select(isChildInAnyNote.as('child'))
    .select(waitsForReferral.as('toRefer'))
    .orderBy('day', 'desc')
    .orderBy('number', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return { notes, total };
}

/** Writes a repeated form once. Throws “not found” if the id belongs to another note. */
export async function addNote(tx: Tx, keys: UnitKeys, note: Note): Promise<void> {
  const { wants: _sealed, ...row } = note;
  const written = { ...row, ...sealNoteAnswers(keys, note.id, note) };
  if (!(await addOnce(tx, ['notes', 'note'], written, ['encounterId', 'authorId']))) return;
  await writeFacts(tx, keys, note);
}

export async function lockNote(tx: Tx, keys: UnitKeys, id: NoteId): Promise<Note> {
  const row = await tx.selectFrom('notes').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return toNote(keys, found(row, 'note'));
}

/** Replaces the facts with those of the corrected note. */
export async function saveNote(tx: Tx, keys: UnitKeys, note: Note): Promise<void> {
  const { age, language, interpreter, authorPhone } = note;
  await tx
    .updateTable('notes')
    .set({ ...sealNoteAnswers(keys, note.id, note), age, language, interpreter, authorPhone })
    .where('id', '=', note.id)
    .execute();
  await tx.deleteFrom('noteFacts').where('noteId', '=', note.id).execute();
  await writeFacts(tx, keys, note);
}

async function writeFacts(tx: Tx, keys: UnitKeys, note: Note): Promise<void> {
  const facts = deriveFacts(note);
  if (facts.length === 0) return;
  const { id: noteId, operationId, day, town } = note;
  const person = derivePseudonym(keys, note.encounterId);
  await tx
    .insertInto('noteFacts')
    .values(facts.map((fact) => ({ id: newTimelessId<'fact'>(), noteId, person, operationId, day, town, ...fact })))
    .execute();
}

/** A pseudonym that counting roles cannot reverse. Two helpers who advised the same person produce the same one. */
function derivePseudonym(keys: UnitKeys, encounterId: EncounterId): string {
  const bytes = createHmac('sha256', keys.derive('facts')).update(encounterId).digest();
  const hex = bytes.toString('hex').slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
