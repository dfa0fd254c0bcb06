/** Stores arrests, screenings, seizures and search records in PostgreSQL. Row policies limit them to enforcement. */
import type { AuditedReader, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { EncounterId, VisitId } from '../../vocabulary/ids.ts';
import { full, type LookupResult, notVisible, restricted } from '../../vocabulary/visibility.ts';
import type { Arrest, Recorded, Screening, Search, Seizure } from '../visit.ts';

export type ArrestTables = {
  arrests: Mutable<Arrest>;
  screenings: Mutable<Screening>;
  seizures: Mutable<Seizure>;
  searches: Mutable<Search>;
  visits: { id: VisitId; finishedAt: Date | null };
};

const searchColumns = [
  'id',
  'searched',
  'rooms',
  'forceUsed',
  'damage',
  'noticeLeft',
  'officerInCharge',
  'roles',
  'beganAt',
  'endedAt',
  'articlesFound',
  'witnessRefused',
  'peopleChecked',
  'vehiclesChecked',
  'documentsChecked',
  'suspects',
  'consentFrom',
  'consentWay',
  'consentByWordBecause',
  'consentLanguage',
  'consentWithdrawnAt',
  'recordedBy',
  'recordedAt',
] as const;

async function requireFound<Row>(row: Promise<Row | undefined>): Promise<Row> {
  const there = await row;
  if (!there) throw notFound('record');
  return there;
}

export type ArrestWithScreening = Arrest & { readonly screening: Screening['outcome'] | null };

/** In the order of recording, each with the outcome of its screening. */
export const listArrests = (db: AuditedReader<ArrestTables>, visitId: VisitId): Promise<ArrestWithScreening[]> =>
  db
    .selectFrom('arrests as a')
    .leftJoin('screenings as s', 's.id', 'a.id')
    .selectAll('a')
    .select('s.outcome as screening')
    .where('a.visitId', '=', visitId)
    .orderBy('a.arrestedAt')
    .orderBy('a.id')
    .execute();

/** What counting may know of one arrest. */
export type CountedArrest = Pick<Arrest, 'id' | 'visitId' | 'kind' | 'matter'>;

/** The arrest for enforcement on the visit; its kind and matter for counting; nothing where row policies hide it, or where there is none. */
export async function lookUpArrest(
  db: AuditedReader<ArrestTables>,
  id: string,
  purpose: 'operation' | 'statistics',
): Promise<LookupResult<Arrest, CountedArrest>> {
  const made = db.selectFrom('arrests').where('id', '=', id);
  if (purpose === 'statistics') {
    const counted = await made.select(['id', 'visitId', 'kind', 'matter']).executeTakeFirst();
    return counted ? restricted(counted) : notVisible;
  }
  const arrest = await made.selectAll().executeTakeFirst();
  return arrest ? full(arrest) : notVisible;
}

/** The arrest of somebody met at the visit, where one is linked; the latest if there are several. */
export const findArrestOf = (db: AuditedReader<ArrestTables>, encounterId: string): Promise<Arrest | undefined> =>
  db
    .selectFrom('arrests')
    .selectAll()
    .where('encounterId', '=', encounterId as EncounterId)
    .orderBy('recordedAt', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();

export const lockArrest = async (tx: Writer<ArrestTables>, id: string): Promise<Arrest> =>
  requireFound(tx.selectFrom('arrests').selectAll().where('id', '=', id).forUpdate().executeTakeFirst());

export async function saveArrest(
  tx: Writer<ArrestTables>,
  { id, visitId: _v, recordedBy: _b, recordedAt: _a, ...arrest }: Arrest,
): Promise<void> {
  await tx.updateTable('arrests').set(arrest).where('id', '=', id).execute();
}

/** Visits with unscreened arrests, and how many. */
export const listUnscreened = (db: Reader<ArrestTables>): Promise<{ visitId: VisitId; count: number }[]> =>
  db
    .selectFrom('arrests as a')
    .leftJoin('screenings as s', 's.id', 'a.id')
    .select(({ fn }) => ['a.visitId', fn.countAll<number>().as('count')])
    .where('s.id', 'is', null)
    .groupBy('a.visitId')
    .orderBy('a.visitId')
    .execute();

/** A reader logs the access itself; in a change, the transaction writes its own log row. */
type LoggedDatabase = AuditedReader<ArrestTables> | Writer<ArrestTables>;

/** In a change, lock the arrest first: its lock covers the screening. */
export const findScreening = (db: LoggedDatabase, arrestId: string): Promise<Screening | undefined> =>
  db.selectFrom('screenings').selectAll().where('id', '=', arrestId).executeTakeFirst();

/** Adds or corrects the screening. The first author stays its author; versions keep the later ones. */
export async function saveScreening(tx: Writer<ArrestTables>, screening: Screening): Promise<void> {
  const { id: _i, recordedBy: _b, recordedAt: _a, ...said } = screening;
  await tx
    .insertInto('screenings')
    .values(screening)
    .onConflict((on) => on.column('id').doUpdateSet(said))
    .execute();
}

export const listSeizures = (db: AuditedReader<ArrestTables>, visitId: VisitId): Promise<Seizure[]> =>
  db.selectFrom('seizures').selectAll().where('visitId', '=', visitId).orderBy('recordedAt').orderBy('id').execute();

export const getSeizure = async (db: AuditedReader<ArrestTables>, id: string): Promise<Seizure> =>
  requireFound(db.selectFrom('seizures').selectAll().where('id', '=', id).executeTakeFirst());

export const lockSeizure = async (tx: Writer<ArrestTables>, id: string): Promise<Seizure> =>
  requireFound(tx.selectFrom('seizures').selectAll().where('id', '=', id).forUpdate().executeTakeFirst());

export async function saveSeizure(
  tx: Writer<ArrestTables>,
  { id, ...said }: Omit<Seizure, 'visitId' | keyof Recorded>,
): Promise<void> {
  await tx.updateTable('seizures').set(said).where('id', '=', id).execute();
}

/** In a change, lock the visit first: its lock covers the search record. */
export const findSearch = (db: LoggedDatabase, visitId: VisitId): Promise<Search | undefined> =>
  db.selectFrom('searches').select(searchColumns).where('id', '=', visitId).executeTakeFirst();

export async function saveSearch(tx: Writer<ArrestTables>, search: Search): Promise<void> {
  const { id: _i, recordedBy: _b, recordedAt: _a, ...said } = search;
  await tx
    .insertInto('searches')
    .values(search)
    .onConflict((on) => on.column('id').doUpdateSet(said))
    .execute();
}
