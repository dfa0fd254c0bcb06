/** How people lie in the safeguarding store: each under a key of its own, found again by keyed marks. Whoever reads one has had the look written down. */
import { sql } from 'kysely';
import { seal, type UnitKeys, unseal } from '../../platform/crypto.ts';
import type { AnyTables, Db, Reader, Seen, Writer } from '../../platform/database.ts';
import { KeyDestroyed } from '../../platform/key-halves.ts';
import { notFound } from '../../platform/problem.ts';
import { addOnce } from '../../platform/store-once.ts';
import { listed, type Marker, soughtBy, writtenBy } from './keyed.ts';
import { likeness } from './likeness.ts';
import { askedFor, type Names, type Sought } from './marks.ts';
import type { Known, Person, PersonId } from './person.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
type PersonRow = Mutable<Omit<Person, keyof Known>> & { sealedKnown: Buffer; wrappedKey: Buffer };
export type PersonTables = { persons: PersonRow };

const contextOf = (id: string): string => `persons/sealed_known/${id}`;

/** In steps, so that the length of what is sealed does not tell how much is known of a person. */
const step = 512;
const filled = (text: string): string => text + ' '.repeat(step - (Buffer.byteLength(text) % step));

const sealKnown = (key: Buffer, { id, ...known }: Known & { readonly id: PersonId }): Buffer =>
  seal(key, contextOf(id), filled(JSON.stringify(known)));

const openKnown = (key: Buffer, id: string, sealed: Buffer): Known =>
  JSON.parse(unseal(key, contextOf(id), sealed).toString());

function toPerson(keys: UnitKeys, { sealedKnown, wrappedKey, ...row }: PersonRow): Person {
  return { ...row, ...openKnown(keys.unwrap(wrappedKey, row.id), row.id, sealedKnown) };
}

/** Of somebody who was let go, in a database brought back from a backup: there is nothing to open. */
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

/** What an earlier version said, where the database keeps sealed values as text. */
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

/** What the row of a person holds. */
export function personRow(keys: UnitKeys, person: Person): PersonRow {
  const { id, agencyId, authorId, operationId, origin, originId, openedAt } = person;
  const { key, wrapped } = keys.newRecordKey(id);
  const sealedKnown = sealKnown(key, knownOf(person));
  return { id, agencyId, authorId, operationId, origin, originId, openedAt, sealedKnown, wrappedKey: wrapped };
}

/** A form that is sent twice opens one record. Not found when the id is another's. */
export async function addPerson(tx: Writer<PersonTables>, keys: UnitKeys, person: Person): Promise<void> {
  if (await addOnce(tx, ['persons', 'person'], personRow(keys, person), ['authorId'])) await mark(tx, keys, person);
}

/** Opens the seal. */
export async function findPerson(db: Seen<PersonTables>, keys: UnitKeys, id: PersonId): Promise<Person | undefined> {
  const row = await db.selectFrom('persons').selectAll().where('id', '=', id).executeTakeFirst();
  return row && unlessLetGo(() => toPerson(keys, row));
}

/** Not found where it is another's, or nobody's, or was let go. */
export async function getPerson(db: Seen<PersonTables>, keys: UnitKeys, id: PersonId): Promise<Person> {
  const person = await findPerson(db, keys, id);
  if (!person) throw notFound('person');
  return person;
}

/** Several at once, by their ids; who asks is shown those that she may see. */
export async function listPeople(
  db: Seen<PersonTables>,
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

/** The key of a person, for what else is kept of the same person: it opens with the record, and is gone with it. */
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

/** Under the same key as before: who is let go is gone in every version. */
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

/** Whoever opens a record of the same person met at the same moment waits, and then finds it. */
export async function holdOrigin(tx: Writer<PersonTables>, originId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`persons of/${originId}`}, 0))`.execute(tx as Db);
}

/** The records opened of one person met, or of one report, that who asks may read. */
export async function listPersonsOf(db: Reader<PersonTables>, originId: string): Promise<PersonId[]> {
  const rows = await db
    .selectFrom('persons')
    .select('id')
    .where('originId', '=', originId as never)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** As many as are opened to be put in order, and as are shown. */
const opened = 40;
export const shownMost = 10;
/** Below this, two names have little in common. */
const alike = 0.55;
/** Who shares so much less than the first of those who may be seen is not opened. */
const worthOpening = 1 / 3;

/** The people most like what was typed among those that who asks may read: the row policies choose before any is counted or opened. */
export async function findPeople(db: Seen<PersonTables>, keys: UnitKeys, sought: Sought): Promise<Person[]> {
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

/** Those who share most come first, and rows are read in that order until there are enough that may be seen: what lies further down costs nothing. Asked one by one, or the database would begin with all who may be seen, who are ever more. */
function candidates(db: Seen<PersonTables>, marker: Marker, sought: Sought): Promise<(PersonRow & { hits: number })[]> {
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
/** Who was let go bears no mark. */
const nobody: Names = { called: '', others: [], yearOfBirth: null };
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** Makes anew, from the sealed rows, the marks that a fall of the server took: all of them in one transaction, so that no search finds a part. For the leader. */
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
