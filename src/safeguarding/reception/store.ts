/** Stores reception centres in the safeguarding database: places and rota in plain text, people by number, debriefs sealed. */
import { sql } from 'kysely';
import { seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import { countRows } from '../../platform/database/count-rows.ts';
import type { AnyTables, AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import type { AgencyId, Id, MemberId, PersonId } from '../../vocabulary/ids.ts';
import type { Need, NeedId, Reception, ReceptionId, RotaEntry, RotaId, Wristband, WristbandId } from './reception.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
export type DebriefId = Id<'debrief'>;
export type Debrief = {
  readonly id: DebriefId;
  readonly receptionId: ReceptionId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  readonly writtenAt: Date;
  readonly words: string;
};
export type ReceptionTables = {
  receptionCentres: Mutable<Reception>;
  receptionRota: Mutable<RotaEntry>;
  wristbands: Mutable<Wristband>;
  wristbandNeeds: Mutable<Need>;
  wristbandPeople: { wristbandId: WristbandId; personId: PersonId; memberId: MemberId };
  firstNights: { wristbandId: WristbandId; rotaId: RotaId; memberId: MemberId };
  receptionDebriefs: Mutable<Omit<Debrief, 'words'>> & { sealedWords: Buffer; wrappedKey: Buffer };
};
type Audited = AuditedReader<ReceptionTables>;
type Db = Reader<ReceptionTables>;
type Tx = Writer<ReceptionTables>;

/** Those that the member may see, the latest first. */
export const listReceptions = (db: Db): Promise<Reception[]> =>
  db.selectFrom('receptionCentres').selectAll().orderBy('opensAt', 'desc').orderBy('id').limit(100).execute();

export const getReception = async (db: Db, id: ReceptionId): Promise<Reception> =>
  found(await db.selectFrom('receptionCentres').selectAll().where('id', '=', id).executeTakeFirst(), 'reception');

/** Locked until the transaction ends, so that numbers are given in order. */
export async function lockReception(tx: Tx, id: ReceptionId): Promise<Reception> {
  const row = await tx.selectFrom('receptionCentres').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return found(row, 'reception');
}

export const addReception = (tx: Tx, reception: Reception): Promise<boolean> =>
  addOnce(tx, ['receptionCentres', 'reception'], reception, ['agencyId']);

export async function saveReception(tx: Tx, { id, stoodDownAt, stoodDownBy }: Reception): Promise<void> {
  await tx.updateTable('receptionCentres').set({ stoodDownAt, stoodDownBy }).where('id', '=', id).execute();
}

export const listRota = (db: Db, id: ReceptionId): Promise<RotaEntry[]> =>
  db
    .selectFrom('receptionRota')
    .selectAll()
    .where('receptionId', '=', id)
    .orderBy('startsAt')
    .orderBy('work')
    .orderBy('id')
    .execute();

export const getEntry = async (db: Db, id: RotaId): Promise<RotaEntry> =>
  found(await db.selectFrom('receptionRota').selectAll().where('id', '=', id).executeTakeFirst(), 'rota entry');

export const addEntry = (tx: Tx, entry: RotaEntry): Promise<boolean> =>
  addOnce(tx, ['receptionRota', 'rota entry'], entry, ['receptionId']);

/** Ends an entry once. Not found if the member may not see it, or it has ended. */
export async function endEntry(tx: Tx, id: RotaId, at: Date): Promise<ReceptionId> {
  const row = await tx
    .updateTable('receptionRota')
    .set({ endedAt: at })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning('receptionId')
    .executeTakeFirst();
  return found(row, 'rota entry').receptionId;
}

/** The receptions where a volunteer is on shift at this hour. */
export async function listShifts(db: Db, memberId: string, at: Date): Promise<ReceptionId[]> {
  const rows = await db
    .selectFrom('receptionRota')
    .select('receptionId')
    .where('memberId', '=', memberId as MemberId)
    .where('endedAt', 'is', null)
    .where('startsAt', '<=', at)
    .where('endsAt', '>', at)
    .execute();
  return rows.map(({ receptionId }) => receptionId);
}

export const listWristbands = (db: Audited | Tx, id: ReceptionId): Promise<Wristband[]> =>
  (db as Db).selectFrom('wristbands').selectAll().where('receptionId', '=', id).orderBy('number').execute();

export const getWristband = async (db: Audited, id: WristbandId): Promise<Wristband> =>
  found(await db.selectFrom('wristbands').selectAll().where('id', '=', id).executeTakeFirst(), 'wristband');

/** Makes simultaneous transactions wait for each other, so that each decides on the result of the one before. */
const takeAdvisoryLock = async (tx: Tx, what: string): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtextextended(${what}, 0))`.execute(tx));

/** Gives the next number. Simultaneous requests wait, so that no number is given twice; a repeated form gives one. */
export async function addWristband(tx: Tx, band: Omit<Wristband, 'number' | 'leftAt'>): Promise<WristbandId> {
  await takeAdvisoryLock(tx, `wristband/${band.receptionId}`);
  const { last } = await tx
    .selectFrom('wristbands')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('receptionId', '=', band.receptionId)
    .executeTakeFirstOrThrow();
  await addOnce(tx, ['wristbands', 'wristband'], { ...band, number: (last ?? 0) + 1, leftAt: null }, ['receptionId']);
  return band.id;
}

export async function recordDeparture(tx: Tx, id: WristbandId, at: Date): Promise<void> {
  await tx.updateTable('wristbands').set({ leftAt: at }).where('id', '=', id).where('leftAt', 'is', null).execute();
}

export const listNeeds = (db: Audited, ids: readonly WristbandId[]): Promise<Need[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('wristbandNeeds')
        .selectAll()
        .where('wristbandId', 'in', ids)
        .orderBy('askedAt')
        .orderBy('kind')
        .orderBy('id')
        .execute();

export const addNeed = (tx: Tx, need: Need): Promise<boolean> =>
  addOnce(tx, ['wristbandNeeds', 'need'], need, ['wristbandId']);

/** The first member to meet a need is recorded; a repeat changes nothing. */
export async function meetNeed(tx: Tx, id: NeedId, at: Date): Promise<WristbandId> {
  const row = await tx
    .updateTable('wristbandNeeds')
    .set(({ fn, ref, val }) => ({ metAt: fn.coalesce(ref('metAt'), val(at)) }))
    .where('id', '=', id)
    .returning('wristbandId')
    .executeTakeFirst();
  return found(row, 'need').wristbandId;
}

/** The people with this number, among records that the member may read. */
export async function listPeopleOf(db: Audited | Tx, id: WristbandId): Promise<PersonId[]> {
  const rows = await (db as Db)
    .selectFrom('wristbandPeople')
    .select('personId')
    .where('wristbandId', '=', id)
    .orderBy('personId')
    .execute();
  return rows.map(({ personId }) => personId);
}

/** The numbers that were linked to one record. */
export const listBandsOf = (db: AuditedReader<AnyTables>, personId: string): Promise<Wristband[]> =>
  (db as Audited)
    .selectFrom('wristbands as w')
    .innerJoin('wristbandPeople as l', 'l.wristbandId', 'w.id')
    .selectAll('w')
    .where('l.personId', '=', personId as PersonId)
    .orderBy('w.cameAt')
    .orderBy('w.id')
    .execute();

/** The numbers of a recorded person that are in use now. */
export const listBandsWorn = (db: Audited, personId: PersonId): Promise<Wristband[]> =>
  db
    .selectFrom('wristbands as w')
    .innerJoin('wristbandPeople as p', 'p.wristbandId', 'w.id')
    .selectAll('w')
    .where('p.personId', '=', personId)
    .where('w.leftAt', 'is', null)
    .orderBy('w.cameAt', 'desc')
    .orderBy('w.id')
    .execute();

export const findByNumber = (db: Audited, receptionId: ReceptionId, number: number): Promise<Wristband | undefined> =>
  db
    .selectFrom('wristbands')
    .selectAll()
    .where('receptionId', '=', receptionId)
    .where('number', '=', number)
    .executeTakeFirst();

/** False if the number belongs to another record that the member may read. A record they may not read must stay unknown, so its number seems free, by the same steps. */
export async function linkPerson(tx: Tx, link: ReceptionTables['wristbandPeople']): Promise<boolean> {
  await takeAdvisoryLock(tx, `link/${link.wristbandId}`);
  const known = await listPeopleOf(tx, link.wristbandId);
  if (known.some((id) => id !== link.personId)) return false;
  await tx
    .insertInto('wristbandPeople')
    .values(link)
    .onConflict((on) => on.doNothing())
    .execute();
  return true;
}

export const listFirstNights = (db: Audited, ids: readonly WristbandId[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : db.selectFrom('firstNights').selectAll().where('wristbandId', 'in', ids).execute();

/** One bed each: a new one replaces the first. False if the last bed was given to others since. */
export async function assignFirstNight(
  tx: Tx,
  { receptionId, ...night }: ReceptionTables['firstNights'] & { readonly receptionId: ReceptionId },
  beds: number,
): Promise<boolean> {
  await takeAdvisoryLock(tx, `nights/${receptionId}`);
  const taken = await countRows(
    tx.selectFrom('firstNights').where('rotaId', '=', night.rotaId).where('wristbandId', '!=', night.wristbandId),
  );
  if (taken >= beds) return false;
  await tx.deleteFrom('firstNights').where('wristbandId', '=', night.wristbandId).execute();
  await tx.insertInto('firstNights').values(night).execute();
  return true;
}

/** A repeated form starts one shift. */
export async function startShift(tx: Tx, entry: RotaEntry & { readonly memberId: MemberId }, now: Date): Promise<void> {
  await takeAdvisoryLock(tx, `shift/${entry.memberId}`);
  const already = await listShifts(tx, entry.memberId, now);
  if (!already.includes(entry.receptionId)) await addEntry(tx, entry);
}

const contextOf = (id: DebriefId): string => `reception_debriefs/sealed_words/${id}`;

export async function addDebrief(tx: Tx, keys: UnitKeys, debrief: Debrief): Promise<void> {
  const { words, ...row } = debrief;
  const { key, wrapped } = keys.newRecordKey(debrief.id);
  const sealedWords = seal(key, contextOf(debrief.id), words);
  await addOnce(tx, ['receptionDebriefs', 'debrief'], { ...row, sealedWords, wrappedKey: wrapped }, ['receptionId']);
}

export async function listDebriefs(db: Audited, keys: UnitKeys, id: ReceptionId): Promise<Debrief[]> {
  const rows = await db
    .selectFrom('receptionDebriefs')
    .selectAll()
    .where('receptionId', '=', id)
    .orderBy('writtenAt')
    .orderBy('id')
    .execute();
  return rows.map(({ sealedWords, wrappedKey, ...row }) => ({
    ...row,
    words: unseal(keys.unwrap(wrappedKey, row.id), contextOf(row.id), sealedWords).toString(),
  }));
}
