/** Stores people’s records in the safeguarding database, each sealed under its own key and found by keyed marks. Every read is logged. */
import { sql } from 'kysely';
import { seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { KeyDestroyed } from '../../platform/crypto/key-halves.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import type { AnyTables, AuditedReader, Db, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import { listed, type Marker, soughtBy, writtenBy } from '../person-search/hashed-terms.ts';
import { likeness } from '../person-search/name-similarity.ts';
import { askedFor, type Names, type Sought } from '../person-search/search-terms.ts';
import type { Known, Person, PersonId } from './person.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
type PersonRow = Mutable<Omit<Person, keyof Known>> & { sealedKnown: Buffer; wrappedKey: Buffer };
export type PersonTables = { persons: PersonRow };

const contextOf = (id: string): string => `persons/sealed_known/${id}`;

/** Padding in steps, so that the length of the sealed value does not reveal how much is known. */
const step = 512;
const filled = (text: string): string => text + ' '.repeat(step - (Buffer.byteLength(text) % step));

const sealKnown = (key: Buffer, { id, ...known }: Known & { readonly id: PersonId }): Buffer =>
  seal(key, contextOf(id), filled(JSON.stringify(known)));

const openKnown = (key: Buffer, id: string, sealed: Buffer): Known =>
  JSON.parse(unseal(key, contextOf(id), sealed).toString());

function toPerson(keys: UnitKeys, { sealedKnown, wrappedKey, ...row }: PersonRow): Person {
  return { ...row, ...openKnown(keys.unwrap(wrappedKey, row.id), row.id, sealedKnown) };
}

/** After restoring a backup, rows of erased people are back, but without a key to open them. */
function unlessLetGo<Value>(open: () => Value): Value | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof KeyDestroyed) return undefined;
    throw error;
  }
}

function openPerson(keys: UnitKeys, row: PersonRow | undefined): Person {
  const person = row && unlessLetGo(() => toPerson(keys, row));
  if (!person) throw notFound('person');
  return person;
}

const bytesOf = (text: unknown): Buffer => Buffer.from(String(text).slice(2), 'hex');

/** The content of an earlier version; the history table keeps sealed values as text. */
export function openEarlier(keys: UnitKeys, record: Readonly<Record<string, unknown>>): Known {
  const id = String(record.id);
  return openKnown(keys.unwrap(bytesOf(record.wrapped_key), id), id, bytesOf(record.sealed_known));
}

const knownOf = (person: Known & { readonly id: PersonId }): Known & { readonly id: PersonId } => {
  const { id, called, others, yearOfBirth, age, ageBasis, language, interpreter, interpreterGender } = person;
  const { aids, contactWay, contactAt, contactWhen, contactNever, cameBy } = person;
  const names = { id, called, others, yearOfBirth, age, ageBasis, language, interpreter, interpreterGender };
  return { ...names, aids, contactWay, contactAt, contactWhen, contactNever, cameBy };
};

async function mark(tx: Writer<PersonTables>, keys: UnitKeys, person: Person): Promise<void> {
  const { marks, likes, born } = writtenBy(keys).keyed(person);
  await sql`select ctx.mark_person(${person.id}, ${listed(marks)}::integer[], ${likes}::bit(256), ${born}::integer)`.execute(
    tx as Db,
  );
}

/** The row of a person. */
export function personRow(keys: UnitKeys, person: Person): PersonRow {
  const { id, agencyId, authorId, operationId, origin, originId, openedAt } = person;
  const { key, wrapped } = keys.newRecordKey(id);
  const sealedKnown = sealKnown(key, knownOf(person));
  return { id, agencyId, authorId, operationId, origin, originId, openedAt, sealedKnown, wrappedKey: wrapped };
}

/** Writes a repeated form once. Throws “not found” if the id belongs to another record. */
export async function addPerson(tx: Writer<PersonTables>, keys: UnitKeys, person: Person): Promise<void> {
  if (await addOnce(tx, ['persons', 'person'], personRow(keys, person), ['authorId'])) await mark(tx, keys, person);
}

/** Opens the seal. */
export async function findPerson(
  db: AuditedReader<PersonTables>,
  keys: UnitKeys,
  id: PersonId,
): Promise<Person | undefined> {
  const row = await db.selectFrom('persons').selectAll().where('id', '=', id).executeTakeFirst();
  return row && unlessLetGo(() => toPerson(keys, row));
}

/** Throws “not found” if the record is another agency’s, unknown, or erased. */
export async function getPerson(db: AuditedReader<PersonTables>, keys: UnitKeys, id: PersonId): Promise<Person> {
  const person = await findPerson(db, keys, id);
  if (!person) throw notFound('person');
  return person;
}

/** Several by id; returns those that the member may see. */
export async function listPeople(
  db: AuditedReader<PersonTables>,
  keys: UnitKeys,
  ids: readonly PersonId[],
): Promise<Map<PersonId, Person>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('persons')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.flatMap((row) => unlessLetGo(() => [[row.id, toPerson(keys, row)] as const]) ?? []));
}

/** The person’s key, for other data about them. Erasing the record’s key makes that data unreadable too. */
export async function keyOfPerson(db: Reader<PersonTables>, keys: UnitKeys, id: PersonId): Promise<Buffer> {
  const row = await db.selectFrom('persons').select('wrappedKey').where('id', '=', id).executeTakeFirst();
  const key = row && unlessLetGo(() => keys.unwrap(row.wrappedKey, id));
  if (!key) throw notFound('person');
  return key;
}

/** Held until the transaction ends. */
export async function lockPerson(tx: Writer<PersonTables>, keys: UnitKeys, id: PersonId): Promise<Person> {
  return openPerson(
    keys,
    await tx.selectFrom('persons').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
  );
}

/** Keeps the same key, so that erasure covers all versions. */
export async function savePerson(tx: Writer<PersonTables>, keys: UnitKeys, person: Person): Promise<void> {
  const { wrappedKey } = await tx
    .selectFrom('persons')
    .select('wrappedKey')
    .where('id', '=', person.id)
    .executeTakeFirstOrThrow();
  const sealedKnown = sealKnown(keys.unwrap(wrappedKey, person.id), knownOf(person));
  await tx.updateTable('persons').set({ sealedKnown }).where('id', '=', person.id).execute();
  await mark(tx, keys, person);
}

/** Two members who open a record for the same person at the same time: the second waits and finds the first record. */
export async function holdOrigin(tx: Writer<PersonTables>, originId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`persons of/${originId}`}, 0))`.execute(tx as Db);
}

/** The records of one encounter or report that the member may read. */
export async function listPersonsOf(db: Reader<PersonTables>, originId: string): Promise<PersonId[]> {
  const rows = await db
    .selectFrom('persons')
    .select('id')
    .where('originId', '=', originId as never)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** How many candidates are opened and sorted; the next is how many are shown. */
const opened = 40;
export const shownMost = 10;
/** Below this, two names have little in common. */
const alike = 0.55;
/** Candidates with a much lower count than the best visible one are not opened. */
const worthOpening = 1 / 3;

/** The most similar people among those that the member may read. Row policies apply before anything is counted or opened. */
export async function findPeople(db: AuditedReader<PersonTables>, keys: UnitKeys, sought: Sought): Promise<Person[]> {
  if (askedFor(sought).length === 0) return [];
  const rows = await candidates(db, soughtBy(keys), sought);
  const least = (rows[0]?.hits ?? 0) * worthOpening;
  return rows
    .filter(({ hits }) => hits >= least)
    .flatMap(({ hits: _, ...row }) => unlessLetGo(() => toPerson(keys, row)) ?? [])
    .map((person) => ({ person, like: sought.name === '' ? 1 : likeness(sought, person) }))
    .filter(({ like }) => like >= alike)
    .sort((one, other) => other.like - one.like || (one.person.id < other.person.id ? -1 : 1))
    .slice(0, shownMost)
    .map(({ person }) => person);
}

/** Candidates with the most shared marks first, read until there are enough visible ones. The lateral join checks them one by one. Otherwise the planner starts from all visible rows, whose number keeps growing. */
function candidates(
  db: AuditedReader<PersonTables>,
  marker: Marker,
  sought: Sought,
): Promise<(PersonRow & { hits: number })[]> {
  const { one, other, likes, exact, near } = marker.sought(sought);
  const found = sql<{
    id: PersonId;
    hits: number;
  }>`(select * from ctx.people_like(${one}::integer[], ${other}::integer[],
    ${likes}::bit(256), ${exact}::integer[], ${near}::integer[]) order by hits desc, id)`.as<'f'>('f');
  return db
    .selectFrom(found)
    .innerJoinLateral(
      (each) => each.selectFrom('persons').selectAll().whereRef('persons.id', '=', 'f.id').offset(0).as('p'),
      (join) => join.onTrue(),
    )
    .selectAll('p')
    .select('f.hits')
    .orderBy('f.hits', 'desc')
    .orderBy('f.id')
    .limit(opened)
    .execute() as Promise<(PersonRow & { hits: number })[]>;
}

const atOnce = 500;
/** An erased person gets no marks. */
const nobody: Names = { called: '', others: [], yearOfBirth: null };
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** Makes all marks again from the sealed rows after a server crash. One transaction, so that no search finds only some of them. For the leader. */
export async function markAnew(tx: Reader<AnyTables>, keys: UnitKeys): Promise<void> {
  const marker = writtenBy(keys);
  for (let beyond: string | undefined = beforeAll; beyond; ) {
    const { rows } = await sql<{ id: PersonId; sealedKnown: Buffer; wrappedKey: Buffer }>`
      select * from ctx.unmarked_persons(${beyond}, ${atOnce})`.execute(tx as Db);
    for (const { id, sealedKnown, wrappedKey } of rows) {
      const known = unlessLetGo(() => openKnown(keys.unwrap(wrappedKey, id), id, sealedKnown));
      const { marks, likes, born } = marker.keyed(known ?? nobody);
      await sql`select ctx.mark_anew(${id}, ${listed(marks)}::integer[], ${likes}::bit(256), ${born}::integer)`.execute(
        tx as Db,
      );
    }
    beyond = rows.length === atOnce ? rows.at(-1)?.id : undefined;
  }
}
