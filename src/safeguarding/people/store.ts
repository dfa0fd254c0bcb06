/** Stores people’s records in the safeguarding database, each sealed under its own key and found by keyed marks. Every read is logged. */

import { sql } from 'kysely';
import { decodeHex, padText, seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { unlessDestroyed } from '../../platform/crypto/key-halves.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import {
  createSearchHasher,
  createWriteHasher,
  type TermHasher,
  toArrayLiteral,
} from '../person-search/hashed-terms.ts';
import { scoreSimilarity } from '../person-search/name-similarity.ts';
import { type PersonNames, type PersonQuery, requiredTermGroups } from '../person-search/search-terms.ts';
import type { Person, PersonDetails } from './person.ts';
import { givenName, unnamedLabel } from './unnamed.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
type PersonRow = Mutable<Omit<Person, keyof PersonDetails>> & { sealedDetails: Buffer; wrappedKey: Buffer };
export type PersonTables = { persons: PersonRow };
type Db = Reader<PersonTables>;
type Audited = AuditedReader<PersonTables>;
type Tx = Writer<PersonTables>;

const contextOf = (id: string): string => `persons/sealed_details/${id}`;

const step = 512;

const sealDetails = (key: Buffer, { id, ...known }: PersonDetails & { readonly id: PersonId }): Buffer =>
  seal(key, contextOf(id), padText(JSON.stringify(known), step));

const unsealDetails = (key: Buffer, id: string, sealed: Buffer): PersonDetails =>
  JSON.parse(unseal(key, contextOf(id), sealed).toString());

function toPerson(keys: UnitKeys, { sealedDetails, wrappedKey, ...row }: PersonRow): Person {
  const details = unsealDetails(keys.unwrap(wrappedKey, row.id), row.id, sealedDetails);
  return { ...row, ...details, called: details.called || unnamedLabel(row) };
}

const openPerson = (keys: UnitKeys, row: PersonRow | undefined): Person =>
  found(row && unlessDestroyed(() => toPerson(keys, row)), 'person');

/** The content of an earlier version; the history table keeps sealed values as text. */
export function openEarlierDetails(keys: UnitKeys, record: Readonly<Record<string, unknown>>): PersonDetails {
  const id = String(record.id);
  return unsealDetails(keys.unwrap(decodeHex(record.wrapped_key), id), id, decodeHex(record.sealed_details));
}

const pickDetails = (person: Person): PersonDetails & { readonly id: PersonId } => {
  const called = givenName(person);
  const { id, others, yearOfBirth, age, ageBasis, language, interpreter, interpreterGender } = person;
  const { aids, contactWay, contactAt, contactWhen, contactNever, cameBy } = person;
  const names = { id, called, others, yearOfBirth, age, ageBasis, language, interpreter, interpreterGender };
  return { ...names, aids, contactWay, contactAt, contactWhen, contactNever, cameBy };
};

async function saveSearchTerms(tx: Tx, keys: UnitKeys, person: Person): Promise<void> {
  const { marks, likes, born } = createWriteHasher(keys).keyed({ ...person, called: givenName(person) });
  await sql`select ctx.mark_person(${person.id}, ${toArrayLiteral(marks)}::integer[], ${likes}::bit(256), ${born}::integer)`.execute(
    tx,
  );
}

/** The row of a person. */
export function personRow(keys: UnitKeys, person: Person): PersonRow {
  const { id, agencyId, authorId, operationId, origin, originId, openedAt } = person;
  const { key, wrapped } = keys.newRecordKey(id);
  const sealedDetails = sealDetails(key, pickDetails(person));
  return { id, agencyId, authorId, operationId, origin, originId, openedAt, sealedDetails, wrappedKey: wrapped };
}

/** Writes a repeated form once. Throws “not found” if the id belongs to another record. */
export async function addPerson(tx: Tx, keys: UnitKeys, person: Person): Promise<void> {
  if (await addOnce(tx, ['persons', 'person'], personRow(keys, person), ['authorId']))
    await saveSearchTerms(tx, keys, person);
}

/** Opens the seal. */
export async function findPerson(db: Audited, keys: UnitKeys, id: PersonId): Promise<Person | undefined> {
  const row = await db.selectFrom('persons').selectAll().where('id', '=', id).executeTakeFirst();
  return row && unlessDestroyed(() => toPerson(keys, row));
}

/** Throws “not found” if the record is another agency’s, unknown, or erased. */
export const getPerson = async (db: Audited, keys: UnitKeys, id: PersonId): Promise<Person> =>
  found(await findPerson(db, keys, id), 'person');

/** Several by id; returns those that the member may see. */
export async function listPeople(
  db: Audited,
  keys: UnitKeys,
  ids: readonly PersonId[],
): Promise<Map<PersonId, Person>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('persons')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.flatMap((row) => unlessDestroyed(() => [[row.id, toPerson(keys, row)] as const]) ?? []));
}

/** The person’s key, for other data about them. Erasing the record’s key makes that data unreadable too. */
export async function keyOfPerson(db: Db, keys: UnitKeys, id: PersonId): Promise<Buffer> {
  const row = await db.selectFrom('persons').select('wrappedKey').where('id', '=', id).executeTakeFirst();
  return found(row && unlessDestroyed(() => keys.unwrap(row.wrappedKey, id)), 'person');
}

export const lockPerson = async (tx: Tx, keys: UnitKeys, id: PersonId): Promise<Person> =>
  openPerson(keys, await tx.selectFrom('persons').selectAll().where('id', '=', id).forUpdate().executeTakeFirst());

/** Keeps the same key, so that erasure covers all versions. */
export async function savePerson(tx: Tx, keys: UnitKeys, person: Person): Promise<void> {
  const { wrappedKey } = await tx
    .selectFrom('persons')
    .select('wrappedKey')
    .where('id', '=', person.id)
    .executeTakeFirstOrThrow();
  const sealedDetails = sealDetails(keys.unwrap(wrappedKey, person.id), pickDetails(person));
  await tx.updateTable('persons').set({ sealedDetails }).where('id', '=', person.id).execute();
  await saveSearchTerms(tx, keys, person);
}

/** Two members who open a record for the same person at the same time: the second waits and finds the first record. */
export async function lockOrigin(tx: Tx, originId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`persons of/${originId}`}, 0))`.execute(tx);
}

/** The records of one encounter or report that the member may read. */
export async function listPersonsByOrigin(db: Db, originId: string): Promise<PersonId[]> {
  const rows = await db
    .selectFrom('persons')
    .select('id')
    .where('originId', '=', originId as Person['originId'])
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** How many candidates are opened and sorted; the next is how many are shown. */
const maxOpened = 40;
export const maxResults = 10;
/** Below this, two names have little in common. */
const minSimilarity = 0.55;
/** Candidates with a much lower count than the best visible one are not opened. */
const minHitShare = 1 / 3;

/** The most similar people among those that the member may read. Row policies apply before anything is counted or opened. */
export async function searchPeople(db: Audited, keys: UnitKeys, sought: PersonQuery): Promise<Person[]> {
  if (requiredTermGroups(sought).length === 0) return [];
  const rows = await candidates(db, createSearchHasher(keys), sought);
  const least = (rows[0]?.hits ?? 0) * minHitShare;
  return rows
    .filter(({ hits }) => hits >= least)
    .flatMap(({ hits: _, ...row }) => unlessDestroyed(() => toPerson(keys, row)) ?? [])
    .map((person) => ({ person, like: sought.name === '' ? 1 : scoreSimilarity(sought, person) }))
    .filter(({ like }) => like >= minSimilarity)
    .sort((one, other) => other.like - one.like || (one.person.id < other.person.id ? -1 : 1))
    .slice(0, maxResults)
    .map(({ person }) => person);
}

/** Candidates with the most shared marks first, read until there are enough visible ones. The lateral join checks them one by one. Otherwise the planner starts from all visible rows, whose number keeps growing. */
function candidates(db: Audited, marker: TermHasher, sought: PersonQuery): Promise<(PersonRow & { hits: number })[]> {
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
    .limit(maxOpened)
    .execute() as Promise<(PersonRow & { hits: number })[]>;
}

const batchSize = 500;
/** An erased person gets no marks. */
const emptyNames: PersonNames = { called: '', others: [], yearOfBirth: null };
const lowestId = '00000000-0000-0000-0000-000000000000';

/** Makes all marks again from the sealed rows after a server crash. One transaction, so that no search finds only some of them. For the leader. */
export async function rebuildSearchTerms(tx: Db, keys: UnitKeys): Promise<void> {
  const marker = createWriteHasher(keys);
  for (let afterId: string | undefined = lowestId; afterId; ) {
    const { rows } = await sql<{ id: PersonId; sealedDetails: Buffer; wrappedKey: Buffer }>`
      select * from ctx.unmarked_persons(${afterId}, ${batchSize})`.execute(tx);
    for (const { id, sealedDetails, wrappedKey } of rows) {
      const known = unlessDestroyed(() => unsealDetails(keys.unwrap(wrappedKey, id), id, sealedDetails));
      const { marks, likes, born } = marker.keyed(known ?? emptyNames);
      await sql`select ctx.mark_anew(${id}, ${toArrayLiteral(marks)}::integer[], ${likes}::bit(256), ${born}::integer)`.execute(
        tx,
      );
    }
    afterId = rows.length === batchSize ? rows.at(-1)?.id : undefined;
  }
}
