/** How visits, encounters, names and observations lie in PostgreSQL. What tells of people is read by `request.look` alone. */
import { type ColumnType, sql } from 'kysely';
import { listAgencies } from '../identity/agencies/index.ts';
import { findPlannedVisit, getPlannedVisit, listPlannedVisits, listTakingPart } from '../operations/plan/index.ts';
import type { Actor } from '../platform/access-policy/access.ts';
import { dayOf } from '../platform/clock.ts';
import type { UnitKeys } from '../platform/crypto/crypto.ts';
import { seal, unseal } from '../platform/crypto/crypto.ts';
import { addOnce } from '../platform/database/add-once.ts';
import type { AnyTables, AuditedReader, Mutable, Reader, Writer } from '../platform/database/database.ts';
import { notFound } from '../platform/http/problem.ts';
import { publishEvent } from '../platform/jobs/outbox.ts';
import type { EncounterId, MemberId, OperationId, VisitId } from '../vocabulary/ids.ts';
import type { Side } from '../vocabulary/people.ts';
import { full, type LookupResult, notVisible, restricted } from '../vocabulary/visibility.ts';
import type { SpokenLanguage } from './encounters/spoken-language.ts';
import { findOnCall, type OnCallFirstResponder } from './on-call-first-responders.ts';
import type { AttachedRecords, Encounter, Observation, Recorded, Visit } from './visit.ts';

type NameRow = Recorded & { id: EncounterId; sealedName: Buffer; wrappedKey: Buffer; reason: string };
export type VisitTables = {
  visits: Mutable<Omit<Visit, 'attendees' | 'others'>> & {
    attendees: MemberId[];
    others: ColumnType<Visit['others'], string, string>;
  };
  encounters: Mutable<Encounter>;
  encounterNames: Mutable<NameRow>;
  observations: Mutable<Observation>;
  arrests: { id: string; visitId: VisitId };
  screenings: { id: string };
};

/** Who writes a record down, and when. */
export const createRecorded = ({ actor, now }: { readonly actor: Actor; readonly now: Date }): Recorded => ({
  recordedBy: actor.memberId as MemberId,
  recordedAt: now,
});

/** Lets returns hear that what they counted has changed: which operation and what kind of record, no more. */
export const announceChangedRecords = (tx: Writer<AnyTables>, operationId: OperationId, what: string): Promise<void> =>
  publishEvent(tx, 'records changed', operationId, { what });

export const findVisit = (db: Reader<VisitTables>, id: string): Promise<Visit | undefined> =>
  db
    .selectFrom('visits')
    .selectAll()
    .where('id', '=', id as VisitId)
    .executeTakeFirst();

export async function getVisit(db: Reader<VisitTables>, id: string): Promise<Visit> {
  const visit = await findVisit(db, id);
  if (!visit) throw notFound('visit');
  return visit;
}

/** Locked until the transaction ends, so that rules decide on current data and changes to the visit's records wait. */
export const lockVisit = (tx: Writer<VisitTables>, id: string): Promise<Visit> =>
  tx
    .selectFrom('visits')
    .selectAll()
    .where('id', '=', id as VisitId)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('visit'));

/** False if an arrival was already recorded. */
export async function addVisit(tx: Writer<VisitTables>, visit: Visit): Promise<boolean> {
  const added = await tx
    .insertInto('visits')
    .values({ ...visit, attendees: [...visit.attendees], others: JSON.stringify(visit.others) })
    .onConflict((on) => on.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

export async function saveVisit(tx: Writer<VisitTables>, { id, attendees, others, ...visit }: Visit): Promise<void> {
  await tx
    .updateTable('visits')
    .set({ ...visit, attendees: [...attendees], others: JSON.stringify(others) })
    .where('id', '=', id)
    .execute();
}

/** How many were met, and how many of them in talk: no more than a count. */
export const countEncounters = (
  db: Reader<VisitTables>,
  visitId: VisitId,
): Promise<{ met: number; spokenTo: number }> =>
  db
    .selectFrom('encounters')
    .select(({ fn }) => [
      fn.countAll<number>().as('met'),
      fn.countAll<number>().filterWhere('spokenTo', '=', true).as('spokenTo'),
    ])
    .where('visitId', '=', visitId)
    .executeTakeFirstOrThrow();

/** Counts of records attached to a visit, as far as row policies show them. */
export async function countAttachedRecords(db: Reader<VisitTables>, visitId: VisitId): Promise<AttachedRecords> {
  const { met, spokenTo } = await countEncounters(db, visitId);
  const { unscreened } = await db
    .selectFrom('arrests as a')
    .leftJoin('screenings as s', 's.id', 'a.id')
    .select(({ fn }) => fn.countAll<number>().as('unscreened'))
    .where('a.visitId', '=', visitId)
    .where('s.id', 'is', null)
    .executeTakeFirstOrThrow();
  return { met, spokenTo, unscreened };
}

/** As they were met. */
export const listEncounters = (db: AuditedReader<VisitTables>, visitId: VisitId): Promise<Encounter[]> =>
  db.selectFrom('encounters').selectAll().where('visitId', '=', visitId).orderBy('number').execute();

/** The languages and interpreters used at a visit, the latest first. Names no person. */
export async function listLanguagesUsed(db: AuditedReader<VisitTables>, visitId: VisitId): Promise<SpokenLanguage[]> {
  const used = await db
    .selectFrom('encounters')
    .select(['language', 'interpreter'])
    .where('visitId', '=', visitId)
    .where('spokenTo', '=', true)
    .where('language', 'is not', null)
    .orderBy('number', 'desc')
    .execute();
  return used.flatMap(({ language, interpreter }) => (language ? [{ language, interpreter }] : []));
}

/** What a member may know about a person whose record is closed to them: the number within the visit. */
export type NumberedEncounter = Pick<Encounter, 'id' | 'visitId' | 'number'>;

/** The full encounter for members who work on the visit, its number for counting. Nothing if row policies hide it or it does not exist. */
export async function lookUpEncounter(
  db: AuditedReader<VisitTables>,
  id: string,
  purpose: 'operation' | 'statistics',
): Promise<LookupResult<Encounter, NumberedEncounter>> {
  const met = db.selectFrom('encounters').where('id', '=', id as EncounterId);
  if (purpose === 'statistics') {
    const numbered = await met.select(['id', 'visitId', 'number']).executeTakeFirst();
    return numbered ? restricted(numbered) : notVisible;
  }
  const encounter = await met.selectAll().executeTakeFirst();
  return encounter ? full(encounter) : notVisible;
}

export const lockEncounter = async (tx: Writer<VisitTables>, id: string): Promise<Encounter> =>
  requireFound(
    tx
      .selectFrom('encounters')
      .selectAll()
      .where('id', '=', id as EncounterId)
      .forUpdate()
      .executeTakeFirst(),
  );

async function requireFound<Row>(row: Promise<Row | undefined>): Promise<Row> {
  const there = await row;
  if (!there) throw notFound('record');
  return there;
}

/** Who can help a person encountered at a visit: the planned contact on call there, and the safeguarding leads of the operation. */
export type SupportContacts = {
  readonly onCall: OnCallFirstResponder | undefined;
  readonly leads: readonly { readonly memberId: MemberId; readonly name: string; readonly agencyName: string }[];
};

/** Plan data alone. Not found if the member may not see the visit. */
export async function getSupportContacts(db: Reader<AnyTables>, visitId: VisitId): Promise<SupportContacts> {
  const { operationId, premises } = await getPlannedVisit(db, visitId);
  const agencies = await listAgencies(db);
  const helping = new Set(agencies.flatMap(({ id, side }) => (side === 'help' ? [id as string] : [])));
  const leads = (await listTakingPart(db, [operationId])).filter(
    ({ roles, agencyId }) => roles.includes('safeguarding lead') && helping.has(agencyId),
  );
  return { onCall: findOnCall(premises, agencies), leads };
}

/** What the safeguarding form needs of a meeting: which one, where and on which day, and whether to treat the person as a child. */
export type EncounterSummary = Pick<Encounter, 'id' | 'visitId' | 'number' | 'age' | 'language' | 'interpreter'> & {
  readonly operationId: OperationId;
  readonly day: string;
  readonly town: string;
  readonly premises: string;
  /** The visit is not finished: more people can be added to it. */
  readonly underWay: boolean;
  readonly help: SupportContacts;
};

/** The encounter with its place, or its number alone if the member may not see the plan. Never a name. */
export async function lookUpEncounterSummary(
  db: Reader<AnyTables>,
  id: string,
): Promise<LookupResult<EncounterSummary, NumberedEncounter>> {
  const row = await (db as Reader<VisitTables>)
    .selectFrom('encounters as e')
    .innerJoin('visits as v', 'v.id', 'e.visitId')
    .select(['e.id', 'e.visitId', 'e.number', 'e.age', 'e.language', 'e.interpreter', 'v.operationId', 'v.arrivedAt'])
    .select('v.finishedAt')
    .where('e.id', '=', id as EncounterId)
    .executeTakeFirst();
  if (!row) return notVisible;
  const { arrivedAt, finishedAt, ...met } = row;
  const planned = await findPlannedVisit(db, met.visitId);
  if (!planned) return restricted({ id: met.id, visitId: met.visitId, number: met.number });
  const { town, name } = planned.premises;
  const place = { day: dayOf(arrivedAt), town, premises: name, underWay: finishedAt === null };
  return full({ ...met, ...place, help: await getSupportContacts(db, met.visitId) });
}

/** Gives the next number of the visit, whose row must be held. A form sent twice is recorded once. */
export async function addEncounter(tx: Writer<VisitTables>, encounter: Omit<Encounter, 'number'>): Promise<void> {
  const { last } = await tx
    .selectFrom('encounters')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('visitId', '=', encounter.visitId)
    .executeTakeFirstOrThrow();
  await addRecord(tx, 'encounters', { ...encounter, number: ((last as number | null) ?? 0) + 1 });
}

export async function saveEncounter(
  tx: Writer<VisitTables>,
  { id, visitId: _v, number: _n, recordedBy: _b, recordedAt: _a, ...met }: Encounter,
): Promise<void> {
  await tx.updateTable('encounters').set(met).where('id', '=', id).execute();
}

/** Writes a record under the id that its form bore; the same form sent again changes nothing. Not found when the id is another visit's. */
export const addRecord = <Row extends { readonly id: string; readonly visitId: VisitId }>(
  tx: Writer<AnyTables>,
  table: 'encounters' | 'observations' | 'arrests' | 'seizures',
  record: Row,
): Promise<boolean> => addOnce(tx, [table, 'record'], record, ['visitId']);

export type Name = Recorded & { readonly name: string; readonly reason: string };

const nameContext = (id: string): string => `encounter_names/sealed_name/${id}`;
export const openName = (keys: UnitKeys, id: string, sealed: Buffer, wrapped: Buffer): string =>
  unseal(keys.unwrap(wrapped, id), nameContext(id), sealed).toString();

type EncounterKey = Pick<Encounter, 'id' | 'visitId' | 'number'>;

/** Opens the seal for enforcement. Helpers know the number of the person, and not whether a name is held; nothing where none was needed. */
export async function lookUpName(
  db: AuditedReader<VisitTables>,
  keys: UnitKeys,
  { id, visitId, number }: EncounterKey,
  side: Side,
): Promise<LookupResult<Name, NumberedEncounter>> {
  if (side === 'help') return restricted({ id, visitId, number });
  const name = await findName(db, keys, id);
  return name ? full(name) : notVisible;
}

/** The name for an answer to the person it belongs to. Undefined if none is held. */
export async function findName(
  db: AuditedReader<VisitTables>,
  keys: UnitKeys,
  id: EncounterId,
): Promise<Name | undefined> {
  const row = await db.selectFrom('encounterNames').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const { sealedName, wrappedKey, reason, recordedBy, recordedAt } = row;
  return { name: openName(keys, id, sealedName, wrappedKey), reason, recordedBy, recordedAt };
}

/** A name out of an earlier version, where the database keeps sealed values as text. */
export const openEarlierName = (keys: UnitKeys, id: string, record: Readonly<Record<string, unknown>>): string =>
  openName(keys, id, parseBytes(record.sealed_name), parseBytes(record.wrapped_key));

const parseBytes = (text: unknown): Buffer => Buffer.from(String(text).slice(2), 'hex');

/** Whether a name is held, and why, without opening it: by the same sight as the name itself. */
export async function lookUpNameReason(
  db: Reader<VisitTables>,
  { id, visitId, number }: EncounterKey,
  side: Side,
): Promise<LookupResult<string, NumberedEncounter>> {
  if (side === 'help') return restricted({ id, visitId, number });
  const row = await db.selectFrom('encounterNames').select('reason').where('id', '=', id).executeTakeFirst();
  return row ? full(row.reason) : notVisible;
}

/** To those who direct the visit: that a name is held, and nothing of it. */
export async function isNameHeld(db: Reader<AnyTables>, id: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select ctx.name_held(${id}) as held`.execute(db);
  return rows[0]?.held ?? false;
}

/** Encrypts each version with a key of its own, so that one key opens no other version. */
export async function saveName(
  tx: Writer<VisitTables>,
  keys: UnitKeys,
  id: EncounterId,
  { name, ...rest }: Name,
): Promise<void> {
  const { key, wrapped } = keys.newRecordKey(id);
  const sealed = { sealedName: seal(key, nameContext(id), name), wrappedKey: wrapped, reason: rest.reason };
  await tx
    .insertInto('encounterNames')
    .values({ id, ...sealed, ...rest })
    .onConflict((on) => on.column('id').doUpdateSet(sealed))
    .execute();
}

/** In order of recording; of one person only, if given. Enforcement cannot read disclosures from before visits refused them. */
export async function listObservations(
  db: AuditedReader<VisitTables>,
  of: { readonly visitId: VisitId } | { readonly encounterId: EncounterId },
): Promise<Observation[]> {
  const all = db
    .selectFrom('observations')
    .selectAll()
    .where('evidence', '=', 'observable')
    .orderBy('recordedAt')
    .orderBy('id');
  return 'visitId' in of
    ? all.where('visitId', '=', of.visitId).execute()
    : all.where('encounterId', '=', of.encounterId).execute();
}

export const getObservation = async (db: AuditedReader<VisitTables>, id: string): Promise<Observation> =>
  requireFound(
    db
      .selectFrom('observations')
      .selectAll()
      .where('id', '=', id)
      .where('evidence', '=', 'observable')
      .executeTakeFirst(),
  );

export const lockObservation = async (tx: Writer<VisitTables>, id: string): Promise<Observation> =>
  requireFound(
    tx
      .selectFrom('observations')
      .selectAll()
      .where('id', '=', id)
      .where('evidence', '=', 'observable')
      .forUpdate()
      .executeTakeFirst(),
  );

export async function saveObservation(
  tx: Writer<VisitTables>,
  { id, context, explanation }: Pick<Observation, 'id' | 'context' | 'explanation'>,
): Promise<void> {
  await tx.updateTable('observations').set({ context, explanation }).where('id', '=', id).execute();
}

const erasureBatchSize = 500;

/** Erases people without a recorded concern after 28 days; returns whether more are due. Runs on the leader alone. */
export async function eraseEncounters(tx: Reader<AnyTables>, now: Date): Promise<boolean> {
  const { rows } = await sql<{
    gone: number;
  }>`select ctx.dispose_encounters(${now}, ${erasureBatchSize}) as gone`.execute(tx);
  return rows[0]?.gone === erasureBatchSize;
}

export type EncounterLabel = Pick<EncounterSummary, 'number' | 'premises' | 'age' | 'language'>;

/** Number and place of each encounter whose visit the member may see. Never a name. */
export async function readEncounterLabels(
  db: Reader<AnyTables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EncounterLabel>> {
  if (ids.length === 0) return new Map();
  const rows = await (db as Reader<VisitTables>)
    .selectFrom('encounters as e')
    .innerJoin('visits as v', 'v.id', 'e.visitId')
    .select(['e.id', 'e.visitId', 'e.number', 'e.age', 'e.language', 'v.operationId'])
    .where('e.id', 'in', ids as EncounterId[])
    .execute();
  const planned = await listPlannedVisits(db, { operationIds: [...new Set(rows.map((row) => row.operationId))] });
  const names = new Map<string, string>(planned.map((visit) => [visit.id, visit.premises.name]));
  return new Map(
    rows.flatMap(({ id, visitId, number, age, language }) => {
      const premises = names.get(visitId);
      return premises ? [[id as string, { number, premises, age, language }] as const] : [];
    }),
  );
}
